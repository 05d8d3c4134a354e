"""Define consultations and the rules of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from plugins.core.errors import Problem
from plugins.core.model.fields import DateTime, Deadline, File, Text, TextList
from plugins.core.model.item import StoryWithFiles

#: The heading under which a text tells what became of the opinions, as links know it.
ANSWER = "tiep-thu-giai-trinh"

Stage = Literal["coming", "open", "closed", "answered"]


class Consultation(StoryWithFiles, frozen=True, kw_only=True):
    """A draft on which opinions are asked for.

    Open from ``opens`` (else from its publishing) through ``closes``, inclusive; a
    closing day without an hour lasts to its end. ``answered`` is the day on which the
    answer was added: under a heading of the text, or as the file ``answer``.
    """

    closes: Deadline
    unit: Text
    opens: DateTime | None = None
    questions: TextList = ()
    answered: DateTime | None = None
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
        """Return the whole days from today to the last: 0 on the last day."""
        return (self.closes.date() - now.date()).days

    def own_problems(self) -> Iterator[Problem]:
        """Check that its times agree, and that there is something to say an opinion on."""
        yield from super().own_problems()
        yield from self._times()
        if not (self.files or self.questions) and self.document.is_empty:
            message = "Chưa có gì để góp ý: thêm files (tệp dự thảo), questions hoặc nội dung."
            yield self.problem("title", "CONSULTATION_EMPTY", message)
        if self.answered and not self.is_answered_in_text and not self.answer:
            message = (
                "Có ngày trả lời (answered) mà chưa có bản trả lời. Thêm mục “## Tiếp thu, giải trình”"
                " hoặc answer: tệp.pdf"
            )
            yield self.problem("answered", "ANSWER_MISSING", message)

    def _times(self) -> Iterator[Problem]:
        if self.closes < self.starts:
            name = "opens" if self.opens else "date"
            message = f"Hạn góp ý (closes) sớm hơn ngày mở ({name}). Sửa một trong hai."
            yield self.problem("closes", "CLOSES_BEFORE_OPENS", message)
        elif self.answered and self.answered.date() < self.closes.date():
            message = "Ngày trả lời (answered) sớm hơn hạn góp ý (closes): ý kiến chưa nhận xong. Sửa một trong hai."
            yield self.problem("answered", "ANSWERED_BEFORE_CLOSES", message)
