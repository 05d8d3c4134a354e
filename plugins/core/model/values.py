"""Define the values in which templates see links, pictures, files and texts."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct

from plugins.core.media.picture_file import SHARED_WIDTH
from plugins.core.text import dates
from plugins.core.text.vietnamese import file_size


class Link(Struct, frozen=True):
    """A name and the address it leads to (from the server's root, or absolute)."""

    title: str
    url: str

    @property
    def is_external(self) -> bool:
        return self.url.startswith(("http://", "https://"))


class Moment(Struct, frozen=True, array_like=True, gc=False):
    """A moment, in the forms in which pages say it."""

    at: datetime

    @property
    def long(self) -> str:
        """``Thứ Năm, 30 tháng 7 năm 2020, 16:36``"""
        return dates.long_date(self.at)

    @property
    def weekday(self) -> str:
        """``Thứ Năm, 30/7/2020``"""
        return dates.weekday_date(self.at)

    @property
    def short(self) -> str:
        """``30/7/2020``"""
        return dates.short_date(self.at)

    @property
    def minute(self) -> str:
        """``16:36, 30/7/2020``"""
        return f"{self.at:%H:%M}, {self.short}"

    @property
    def clock(self) -> str:
        """``16:36, Thứ Năm 30/7/2020``"""
        return f"{self.at:%H:%M}, {self.weekday.replace(',', '', 1)}"

    @property
    def iso(self) -> str:
        """``2020-07-30T16:36:00+07:00``, for machines (HTML § 2.3.5)"""
        return self.at.isoformat()

    @property
    def day(self) -> str:
        """``2020-07-30``: the day alone, for lists, which print no hour"""
        return self.at.date().isoformat()

    @property
    def rfc822(self) -> str:
        """``Thu, 30 Jul 2020 16:36:00 +0700``, for RSS"""
        return dates.rfc822(self.at)


class SharedImage(Struct, frozen=True):
    """The picture that stands for a page where it is shared; sizes in pixels."""

    url: str
    width: int
    height: int
    alt: str


class Picture(Struct, frozen=True):
    """A picture as published: upright, in several widths, each as AVIF and JPEG.

    ``width`` and ``height`` are the original's, in pixels; ``widths`` those that exist,
    ascending. ``stem`` is the common beginning of the files' addresses.
    """

    stem: str
    width: int
    height: int
    widths: tuple[int, ...]
    alt: str = ""

    def srcset(self, kind: str, most: int = 10_000, least: int = 0) -> str:
        """Return the ``srcset`` of one format (``avif`` or ``jpg``), without widths below ``least`` and above ``most``."""
        candidates = [f"{self.stem}-{width}.{kind} {width}w" for width in self.widths if least <= width <= most]
        return ", ".join(candidates) or f"{self.stem}-{self.widths[0]}.{kind} {self.widths[0]}w"

    def url(self, kind: str, least: int = 0) -> str:
        """Return the narrowest file of at least ``least`` pixels, or else the widest."""
        for width in self.widths:
            if width >= least:
                break
        return f"{self.stem}-{width}.{kind}"

    @property
    def shared(self) -> SharedImage:
        """The file for where a page is shared, which is made of pictures that stand for an item."""
        width = max(min(self.width, SHARED_WIDTH), self.widths[-1])
        return SharedImage(f"{self.stem}-{width}.jpg", width, max(1, round(self.height * width / self.width)), self.alt)

    def described(self, alt: str) -> Picture:
        """Return the same picture with another alternative text."""
        return msgspec.structs.replace(self, alt=alt)


class FileLink(Struct, frozen=True):
    """A published file: a document, a film. ``size`` is in bytes; ``size`` and ``pages`` are
    0 where nobody knows or counts them."""

    title: str
    url: str
    kind: str
    size: int
    pages: int = 0

    @property
    def label(self) -> str:
        """``PDF, 320 KB``, ``PDF, 12 trang, 320 KB`` or, of a picture, ``JPG``."""
        pages = f"{self.pages} trang" if self.pages else ""
        size = file_size(self.size) if self.size else ""
        return ", ".join(filter(None, (self.kind.upper(), pages, size)))


class FullText:
    """A body within structured data: it becomes HTML when the page is rendered."""

    __slots__ = ("body", "otherwise", "url")

    def __init__(self, body: Body, url: str, otherwise: str) -> None:
        self.body = body
        self.otherwise = otherwise
        """The words that stand there where the body is empty."""

        self.url = url
        """The page that shows it."""


class Body(Struct, frozen=True):
    """A text that is made into HTML only when a template asks: ``{{ view.body|html }}``.

    ``digest`` stands for the source; ``targets`` are what its links and pictures, in
    their order, have become; ``template`` has the macro ``figure_picture`` that renders
    the pictures.
    """

    digest: str
    targets: tuple[str | Picture, ...] = ()
    template: str = "macros/picture.html"
