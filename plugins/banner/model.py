"""Define banners."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from msgspec import field

from plugins.core.errors import Problem
from plugins.core.model.fields import Address, Count, DateTime, Deadline, Image, Text, one_of
from plugins.core.model.item import Item

POSITIONS = ("left", "right", "top", "home")


class Banner(Item, frozen=True, kw_only=True):
    """A picture that leads somewhere, shown from ``from`` through ``until``.

    ``alt`` says what the banner says, for those who do not see it: it is required.
    """

    image: Image
    alt: Text
    link: Address
    position: Annotated[str, one_of(*POSITIONS)]
    order: Count = 100
    starts: DateTime | None = field(default=None, name="from")  # "from" is Python's own word
    until: Deadline | None = None

    def is_shown(self, now: datetime) -> bool:
        return (
            self.status == "published"
            and (self.starts is None or self.starts <= now)
            and (self.until is None or now <= self.until)
        )

    def own_problems(self) -> Iterator[Problem]:
        """Check that it does not end before it begins."""
        if self.starts and self.until and self.until < self.starts:
            yield self.problem("until", "UNTIL_BEFORE_FROM", "Ngày kết thúc (until) sớm hơn ngày bắt đầu (from).")
