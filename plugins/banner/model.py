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

#: The drawings of static/banner-figures.svg.
FIGURES = ("boat", "book", "chart", "globe", "lotus", "map", "papers", "people", "road", "star")

COLOURS = ("blue", "navy", "red", "teal", "sand")


class Banner(Item, frozen=True, kw_only=True):
    """A panel or a picture that leads somewhere, shown from ``from`` through ``until``.

    A panel shows ``title``, ``line`` and a drawing; a picture says all that by itself, so its ``alt`` is required.
    """

    link: Address
    position: Annotated[str, one_of(*POSITIONS)]
    line: Text = ""
    figure: Annotated[str, one_of(*FIGURES)] = ""
    colour: Annotated[str, one_of(*COLOURS)] = "blue"
    image: Image = ""
    alt: Text = ""
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
        """Check that a picture is described, and that the banner does not end before it begins."""
        if self.image and not self.alt:
            message = "Banner có ảnh (image) thì phải có alt: ghi lại những chữ trên ảnh, cho người không nhìn thấy."
            yield self.problem("image", "FIELD_MISSING", message)
        if self.starts and self.until and self.until < self.starts:
            yield self.problem("until", "UNTIL_BEFORE_FROM", "Ngày kết thúc (until) sớm hơn ngày bắt đầu (from).")
