"""Define documents of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from plugins.core.errors import Problem
from plugins.core.model.fields import DateTime, Deadline, Text, TextList, matching, one_of
from plugins.core.model.item import StoryWithFiles
from plugins.core.text import dates
from plugins.documents.kinds import KINDS, Kind
from plugins.documents.number import DocumentNumber, Number

#: Where a document stands, in the order of lists: in force, no longer, not yet.
STATES = ("con", "het", "chua")


class Paper(StoryWithFiles, frozen=True, kw_only=True):
    """A document that was issued: a plan, a notice, a law. ``date`` is the day of issue.

    ``number`` has the form of Hướng dẫn 29-HD/TWĐTN-VP (the union's documents) or of Nghị
    định 30/2020/NĐ-CP (the state's), see ``number.py``; only a constitution has none. It is
    in force from ``effective``, or else from its date, through ``expires``, inclusive, until another one
    ``replaces`` it. ``unit`` is who issued or drew it up; ``signer`` the office of who signed.

    ``replaces``, ``amends`` and ``related`` name other documents of the register, each by its
    number or address. It is written on one side only; the other one is worked out.
    """

    kind: Annotated[str, one_of(*KINDS)]
    unit: Annotated[str, matching(r".*[A-Za-z].*", "Ban Phong trào")]
    number: DocumentNumber | None = None
    effective: DateTime | None = None
    expires: Deadline | None = None
    signer: Text = ""
    signer_name: Text = ""
    replaces: TextList = ()
    amends: TextList = ()
    related: TextList = ()

    @property
    def starts(self) -> datetime:
        """The first minute in which it is in force."""
        return self.effective or self.date

    @property
    def void_from(self) -> datetime | None:
        """The first minute after ``expires``, as documents say it: “hết hiệu lực từ ngày …”."""
        return dates.minute_after(self.expires) if self.expires else None

    @property
    def sort(self) -> Kind:
        """Its kind, with title and abbreviations."""
        return KINDS[self.kind]

    @property
    def shown_number(self) -> str:
        """The number as it is printed, empty where there is none."""
        return self.number.text if self.number else ""

    @property
    def reference(self) -> str:
        return self.shown_number

    def state(self, now: datetime, successors: Sequence[Paper]) -> str:
        """Return one of ``STATES``. ``successors``: the documents that replace it."""
        if any(other.starts <= now for other in successors) or (self.expires and self.expires < now):
            return "het"
        return "con" if self.starts <= now else "chua"

    def own_problems(self) -> Iterator[Problem]:
        """Check what its fields say of each other."""
        yield from super().own_problems()
        if self.number:
            yield from self._number_problems(self.number)
        elif self.kind != "hien-phap":
            yield self.problem("kind", "FIELD_MISSING", "Thiếu trường “number”: số, ký hiệu văn bản.")
        if self.expires and self.expires < self.starts:
            yield self.problem("expires", "DOCUMENT_EXPIRES", "Văn bản hết hiệu lực (expires) trước khi có hiệu lực.")

    def _number_problems(self, number: Number) -> Iterator[Problem]:
        if not number.agrees_with(self.kind):
            right = [kind for kind in KINDS if number.agrees_with(kind)]
            advice = f"Ghi kind: {' hoặc '.join(right)}, hoặc sửa số." if right else "Sửa ký hiệu."
            message = f"Số {number.text} không phải của loại “{self.sort.title}”. {advice}"
            yield self.problem("kind", "DOCUMENT_KIND", message)
        if number.year and number.year != self.date.year:
            message = f"Số {number.text} là của năm {number.year}, nhưng ngày ban hành (date) ở năm {self.date.year}."
            yield self.problem("date", "DOCUMENT_YEAR", message)
