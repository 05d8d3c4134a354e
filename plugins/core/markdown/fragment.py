"""Define the result of parsing a Markdown text: safe HTML, cut at its links and pictures.

A fragment depends on the text alone, so it can be stored by the digest of the text. Where its links
lead and how its pictures are shown is decided later, by the page that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from msgspec import Struct


class Position(NamedTuple):
    """A line and a column of a text, both counted from 0."""

    line: int
    column: int


class LinkRef(Struct, frozen=True, array_like=True, tag="link"):
    """A link with its address as written."""

    href: str
    position: Position = Position(0, 0)


class ImageRef(Struct, frozen=True, array_like=True, tag="image"):
    """A picture with its address as written."""

    src: str
    alt: str
    role: str
    """``wide`` stands alone, ``grid`` is one of a gallery."""

    caption: str = ""
    position: Position = Position(0, 0)


class Removed(Struct, frozen=True, array_like=True):
    """Something forbidden that was removed from a text."""

    name: str
    """A tag's name, ``on…`` for an event handler, ``href`` for an address that could run code, an address'
    scheme (``ftp:``), ``&#…;`` for control characters, ``words`` for words lost for another reason."""

    is_loss: bool
    """True if its content was removed too."""
    position: Position = Position(0, 0)


class TextRemark(Struct, frozen=True, array_like=True):
    """A remark on a text for its author, with a quotation."""

    code: str
    quote: str
    position: Position = Position(0, 0)
    kind: str = ""
    """For a ``RAW_SIGN``, a key of ``raw_signs.KINDS``."""


class Outline(Struct, frozen=True, array_like=True):
    """A fragment without its HTML."""

    refs: tuple[LinkRef | ImageRef, ...] = ()
    """Its links and pictures, in the order of the text."""

    removed: tuple[Removed, ...] = ()
    anchors: tuple[str, ...] = ()
    """The ids in it that a link may lead to."""

    is_empty: bool = False
    remarks: tuple[TextRemark, ...] = ()


Pieces = tuple[str | LinkRef | ImageRef, ...]
"""HTML cut at every link and picture; the strings are safe to print."""


class Fragment(NamedTuple):
    """The result of parsing a Markdown text."""

    pieces: Pieces
    removed: tuple[Removed, ...] = ()
    remarks: tuple[TextRemark, ...] = ()

    @property
    def refs(self) -> tuple[LinkRef | ImageRef, ...]:
        return tuple(piece for piece in self.pieces if not isinstance(piece, str))

    @property
    def outline(self) -> Outline:
        """Return the fragment without its HTML."""
        anchors = dict.fromkeys(name for piece in self.pieces if isinstance(piece, str) for name in _ids(piece))
        return Outline(self.refs, self.removed, tuple(anchors), not self.pieces, self.remarks)


_ID = re.compile(r' id="([^"]+)"')


def _ids(piece: str) -> Iterator[str]:
    for match in _ID.finditer(piece):
        html_before = piece[: match.start()]
        # a string that follows a link's address begins within the link's tag
        if max(html_before.rfind("<"), 0 if piece[0] == '"' else -1) > html_before.rfind(">"):
            yield unescape(match[1])
