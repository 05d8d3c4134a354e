"""Check publications against each other and against their files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.media.csv_table import MAX_COLUMNS, MAX_ROWS
from plugins.core.site.content import Content
from plugins.publications.model import MONTHLY, Publication
from plugins.publications.sheets import sheet_of


def rules(content: Content) -> Iterator[Problem]:
    """Report months with two issues, and tables that cannot be shown."""
    issues: dict[str, Publication] = {}
    for item in content.every(Publication):
        yield from _month_twice(item, issues)
        yield from _tables(content, item)


def _month_twice(item: Publication, issues: dict[str, Publication]) -> Iterator[Problem]:
    if item.kind == MONTHLY and item.month and item.is_listed:
        first = issues.setdefault(item.month, item)
        if first is not item:
            message = (
                f"Tháng {item.short_month} đã có content/{first.document.path}. Xem lại month, có lẽ chép từ số cũ."
            )
            yield item.problem("month", "MONTH_TWICE", message, "warning")


def _tables(content: Content, item: Publication) -> Iterator[Problem]:
    for path, title in item.titled_files:
        if path.endswith(".csv") and path in content.files and not sheet_of(title, content.tables.get(path, ())):
            message = (
                f"“{posixpath.basename(path)}” chỉ được đăng thành tệp, không hiện thành bảng. Bảng cần dòng đầu là tên các "
                f"cột (không bỏ trống), mọi dòng cùng số ô, nhiều nhất {MAX_ROWS} dòng và {MAX_COLUMNS} cột."
            )
            yield item.problem("files", "TABLE_UNREADABLE", message, "warning")
