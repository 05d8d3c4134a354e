"""Define publications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from plugins.core.errors import Problem
from plugins.core.model.fields import matching, one_of
from plugins.core.model.item import StoryWithFiles
from plugins.core.text import dates

MONTHLY, PAPERS, FIGURES, BOOK = "tai-lieu-sinh-hoat", "van-kien", "so-lieu", "sach"
KINDS = (MONTHLY, PAPERS, FIGURES, BOOK)


class Publication(StoryWithFiles, frozen=True, kw_only=True):
    """A publication; ``image`` is its cover. ``month`` (``2026-11``) is what an issue of the
    monthly material is for, which need not be when it appears. A single file may go without
    ``part_titles``: it is the publication."""

    kind: Annotated[str, one_of(*KINDS)]
    month: Annotated[str, matching(r"(19|20)\d\d-(0[1-9]|1[0-2])", "2026-11")] = ""

    @property
    def titled_files(self) -> tuple[tuple[str, str], ...]:
        """Return the path and the title of each file: a single one may be called as the publication is."""
        return tuple(zip(self.files, self.part_titles or (self.title,), strict=False))

    @property
    def year(self) -> str:
        return self.month[:4]

    @property
    def short_month(self) -> str:
        """``11/2026``"""
        return f"{int(self.month[5:])}/{self.year}"

    @property
    def starts(self) -> datetime:
        """The first minute of an issue's month."""
        return dates.parse(f"{self.month}-01")

    def own_problems(self) -> Iterator[Problem]:
        """Check that an issue has its month, and a part its title."""
        if (self.kind == MONTHLY) != bool(self.month):
            message = (
                f"Chỉ {MONTHLY} có tháng, và phải có. Thêm dòng month: 2026-11, hoặc xóa dòng month nếu là loại khác."
            )
            yield self.problem("month", "ISSUE_MONTH", message)
        yield from super().own_problems()
        if len(self.files) > 1 and not self.part_titles:
            yield self.titles_problem("files")


def month_after(moment: datetime) -> datetime:
    """Return the first minute of the next month."""
    return datetime(moment.year + moment.month // 12, moment.month % 12 + 1, 1, tzinfo=dates.VIETNAM)


def current(issues: Sequence[Publication], now: datetime) -> Publication | None:
    """Return the issue of this month, else the newest; ``issues`` have the newest month first."""
    this_month = f"{now:%Y-%m}"
    return next((issue for issue in issues if issue.month == this_month), issues[0] if issues else None)
