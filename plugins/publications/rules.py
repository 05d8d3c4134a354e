"""What a publication has to hold beyond its single fields."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.media.csv_table import MOST_COLUMNS, MOST_ROWS
from plugins.core.site.content import Content
from plugins.publications.model import MONTHLY, Publication
from plugins.publications.sheets import sheet_of


def rules(content: Content) -> Iterator[Problem]:
    """An issue has its month, a part its title, a table of figures its columns."""
    issues: dict[str, Publication] = {}
    for item in content.every(Publication):
        yield from _month(item, issues)
        yield from _titles(item)
        yield from _tables(content, item)


def _month(item: Publication, issues: dict[str, Publication]) -> Iterator[Problem]:
    if (item.kind == MONTHLY) != bool(item.month):
        message = f"Chỉ {MONTHLY} có tháng, và phải có. Thêm dòng month: 2026-11, hoặc xóa dòng month nếu là loại khác."
        yield item.problem("month", "ISSUE_MONTH", message)
    elif item.month and item.is_listed:
        first = issues.setdefault(item.month, item)
        if first is not item:
            message = (
                f"Tháng {item.short_month} đã có content/{first.document.path}. Xem lại month, có lẽ chép từ số cũ."
            )
            yield item.problem("month", "MONTH_TWICE", message, "warning")


def _titles(item: Publication) -> Iterator[Problem]:
    files, titles = len(item.files), len(item.part_titles)
    if files != titles and (titles or files > 1):
        message = (
            f"Có {files} tệp (files) mà có {titles} tên phần (part_titles). Ghi cho mỗi tệp một tên, không trùng nhau, "
            "theo đúng thứ tự; mỗi tên một dòng, bắt đầu bằng gạch ngang."
        )
        yield item.problem("part_titles" if titles else "files", "PART_TITLES", message)


def _tables(content: Content, item: Publication) -> Iterator[Problem]:
    for path, title in item.parts:
        if path.endswith(".csv") and path in content.files and not sheet_of(title, content.tables.get(path, ())):
            message = (
                f"“{posixpath.basename(path)}” chỉ được đăng thành tệp, không hiện thành bảng. Bảng cần dòng đầu là tên các "
                f"cột (không bỏ trống), mọi dòng cùng số ô, nhiều nhất {MOST_ROWS} dòng và {MOST_COLUMNS} cột."
            )
            yield item.problem("files", "TABLE_UNREADABLE", message, "warning")
