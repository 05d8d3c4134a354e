"""Describe a picture of the content folder, and the files that are made of it. Without Pillow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

#: Widths in pixels of the files for pages.
WIDTHS = (240, 480, 720, 1080)

#: Width in pixels of the file for where a page is shared: search engines and social networks ask for no less.
SHARED_WIDTH = 1200
FORMATS: Mapping[str, Mapping[str, Any]] = {
    # ADR 18; with one thread: the bytes must not depend on the number of cores
    "avif": {"format": "AVIF", "quality": 47, "speed": 8, "advanced": {"deltaq-strength": "60"}, "max_threads": 1},
    "jpg": {"format": "JPEG", "quality": 72, "optimize": True, "progressive": True},
}
#: Bytes of the digest that the names of a picture's files begin with.
DIGEST_BYTES = 10
_FULL_PIXELS = 25_000_000  # a page of A3 at 300 dots per inch has 17, most cameras' pictures 12 to 24


class PictureFile(Struct, frozen=True):
    """A picture that an editor committed."""

    path: str
    """From the content folder."""

    digest: str
    """The digest of its bytes and of how pictures are made: the stem of the files made of it."""

    width: int
    """Of the upright picture, in pixels."""

    height: int

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths that are made of it, never larger than the original."""
        return _widths(self.width)

    @property
    def names(self) -> list[str]:
        """The names of the files that are made of it for pages."""
        return [f"{self.digest}-{width}.{kind}" for width in self.widths for kind in FORMATS]

    def size_at(self, width: int) -> tuple[int, int]:
        """Return the width and height of a file of this width."""
        return width, max(1, round(self.height * width / self.width))

    @property
    def shared_name(self) -> str:
        """The name of the file for where a page is shared; it is one of ``names`` where the original is no wider."""
        return f"{self.digest}-{max(min(self.width, SHARED_WIDTH), self.widths[-1])}.jpg"

    @property
    def full_name(self) -> str:
        """The name of the file at full size: a scan, a poster to be printed."""
        return f"{self.digest}-full.jpg"

    @property
    def full_size(self) -> tuple[int, int]:
        """The width and height of the file at full size."""
        scale = min(1.0, (_FULL_PIXELS / (self.width * self.height)) ** 0.5)
        return max(1, int(self.width * scale)), max(1, int(self.height * scale))


@cache
def _widths(original_width: int) -> tuple[int, ...]:
    return tuple(sorted({min(width, original_width) for width in WIDTHS}))
