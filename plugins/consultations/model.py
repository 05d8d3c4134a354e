"""What a consultation is, and what it has to hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from plugins.core.errors import Problem
from plugins.core.model.fields import Deadline, File, Files, Moment, Text, TextList
from plugins.core.model.item import Story
from plugins.core.site.content import Content

#: The heading under which a text tells what became of the opinions, as links know it.
ANSWER = "tiep-thu-giai-trinh"

OVERDUE_DAYS = 30  # so long after closing there should be an answer

Stage = Literal["coming", "open", "closed", "answered"]


class Consultation(Story, frozen=True, kw_only=True):
    """A draft on which opinions are asked for.

    Open from ``opens`` (else from its publishing) through ``closes``, inclusive; a
    closing day without an hour lasts to its end. ``answered`` is the day on which the
    answer was added: under a heading of the text, or as the file ``answer``.
    """

    closes: Deadline
    unit: Text
    opens: Moment | None = None
    questions: TextList = ()
    files: Files = ()
    answered: Moment | None = None
    answer: File = ""

    @property
    def starts(self) -> datetime:
        return self.opens or self.date

    @property
    def is_answered_in_text(self) -> bool:
        return ANSWER in self.document.outline.anchors

    def stage(self, now: datetime) -> Stage:
        if self.answered and self.answered <= now:
            return "answered"
        if now > self.closes:
            return "closed"
        return "open" if self.starts <= now else "coming"

    def days_left(self, now: datetime) -> int:
        """Whole days from today to the last: 0 on the last day."""
        return (self.closes.date() - now.date()).days


def rules(content: Content) -> Iterator[Problem]:
    """What a consultation says of its time holds together, there is something to say an
    opinion on, and opinions are answered."""
    for item in content.every(Consultation):
        yield from _times(item)
        if not (item.files or item.questions) and item.document.is_empty:
            yield item.problem(
                "title",
                "CONSULTATION_EMPTY",
                "Chưa có gì để góp ý: thêm files (tệp dự thảo), questions hoặc nội dung.",
            )
        if item.answered and not item.is_answered_in_text and not item.answer:
            message = "Có ngày trả lời (answered) mà chưa có bản trả lời. Thêm mục “## Tiếp thu, giải trình” hoặc answer: tệp.pdf"
            yield item.problem("answered", "ANSWER_MISSING", message)
        if item.status != "draft" and not item.answered and content.now > item.closes + timedelta(days=OVERDUE_DAYS):
            message = (
                f"Đóng đã hơn {OVERDUE_DAYS} ngày mà chưa trả lời. Thêm mục “## Tiếp thu, giải trình” và dòng answered: "
                f"{content.now:%Y-%m-%d}"
            )
            yield item.problem("closes", "ANSWER_OVERDUE", message, "warning")


def _times(item: Consultation) -> Iterator[Problem]:
    if item.closes < item.starts:
        name = "opens" if item.opens else "date"
        yield item.problem(
            "closes", "CLOSES_BEFORE_OPENS", f"Hạn góp ý (closes) sớm hơn ngày mở ({name}). Sửa một trong hai."
        )
    elif item.answered and item.answered.date() < item.closes.date():
        message = "Ngày trả lời (answered) sớm hơn hạn góp ý (closes): ý kiến chưa nhận xong. Sửa một trong hai."
        yield item.problem("answered", "ANSWERED_BEFORE_CLOSES", message)
