"""Define recruitment notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from plugins.core.errors import Problem
from plugins.core.model.fields import Count, Deadline, Text, TextList, one_of
from plugins.core.model.item import StoryWithFiles

#: How a job is held → what search engines call it (schema.org, ``employmentType``).
EMPLOYMENT_TYPES = {
    "toan-thoi-gian": "FULL_TIME",
    "ban-thoi-gian": "PART_TIME",
    "thoi-vu": "TEMPORARY",
    "cong-tac-vien": "CONTRACTOR",
    "thuc-tap": "INTERN",
    "tinh-nguyen": "VOLUNTEER",
}


class Notice(StoryWithFiles, frozen=True, kw_only=True):
    """A recruitment notice. Open through its deadline, inclusive; a deadline without an
    hour lasts to the end of its day."""

    deadline: Deadline
    unit: Text
    place: Text = ""
    positions: TextList = ()
    quota: Count = 0
    employment: Annotated[str, one_of("", *EMPLOYMENT_TYPES)] = ""

    def is_open(self, now: datetime) -> bool:
        return now <= self.deadline

    def days_left(self, now: datetime) -> int:
        """Return the whole days from today to the last: 0 on the last day, negative after it."""
        return (self.deadline.date() - now.date()).days

    def own_problems(self) -> Iterator[Problem]:
        """Check that it does not close before it appears."""
        yield from super().own_problems()
        if self.deadline < self.date:
            yield self.problem("deadline", "DEADLINE_BEFORE_DATE", "Hạn nộp (deadline) sớm hơn ngày đăng (date).")
