"""Markdown → Fragment: safe HTML in which links and pictures are still as written.

A fragment depends on the text alone, so it can be kept by the digest of the text.
Where its links lead and how its pictures are drawn is decided later, by the page
that shows it (``body.py``).
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

import nh3
from msgspec import Struct

from plugins.core.converter import Converter
from plugins.core.text import without_code


class Place(NamedTuple):
    """Where something stands in a text: line and column, from 0."""

    line: int
    column: int


class LinkRef(Struct, frozen=True, array_like=True, tag="link"):
    """A link's address, as written."""

    href: str
    place: Place = Place(0, 0)


class ImageRef(Struct, frozen=True, array_like=True, tag="image"):
    """A picture as written. ``role``: ``wide`` stands alone, ``grid`` is one of a gallery."""

    src: str
    alt: str
    role: str
    caption: str = ""
    place: Place = Place(0, 0)


class Removed(Struct, frozen=True, array_like=True):
    """Something that a text may not hold and that was taken out: a tag's name, ``on…`` for
    a handler, ``href`` for an address that could run code. ``is_loss``: with what it held."""

    name: str
    is_loss: bool
    place: Place = Place(0, 0)


class Outline(Struct, frozen=True, array_like=True):
    """All that is to be known of a text but its HTML: where it leads and what it shows, in
    their order; what was taken out; the names in it that a link may lead to."""

    refs: tuple[LinkRef | ImageRef, ...] = ()
    removed: tuple[Removed, ...] = ()
    anchors: tuple[str, ...] = ()
    is_empty: bool = False


Parts = tuple[str | LinkRef | ImageRef, ...]
"""HTML cut at every link and picture: plain strings are already safe to print."""


class Fragment(NamedTuple):
    """What a Markdown text becomes."""

    parts: Parts
    removed: tuple[Removed, ...] = ()

    @property
    def refs(self) -> tuple[LinkRef | ImageRef, ...]:
        return tuple(part for part in self.parts if not isinstance(part, str))

    @property
    def outline(self) -> Outline:
        """The fragment without its HTML."""
        found = (_ID.findall(part) for part in self.parts if isinstance(part, str))
        anchors = dict.fromkeys(unescape(name) for names in found for name in names)
        return Outline(self.refs, self.removed, tuple(anchors), not self.parts)


_ID = re.compile(r'<[a-z][^>]* id="([^"]+)"')

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "details", "summary"),
    *("blockquote", "cite", "q", "strong", "b", "em", "i", "u", "s", "del", "ins", "small", "sub", "sup", "mark", "abbr", "a"),
    *("code", "pre", "kbd", "img", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}  # fmt: skip
_DROPPED_WHOLE = {
    *("script", "style", "iframe", "object", "embed", "template", "noscript"),
    *("svg", "math", "form", "select", "textarea"),
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={
        "*": {"lang", "title", "id", "dir"},
        "a": {"href", "role", "rev"},
        "img": {"src", "alt", "data-role", "data-caption"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "div": {"tabindex", "role", "aria-label"},
        "li": {"value"},
        "ol": {"start", "type"},
    },
    allowed_classes={
        "div": {"gallery", "table", "footnote"},
        "a": {"footnote-ref", "footnote-backref"},
        "td": {"right", "center"},
        "th": {"right", "center"},
    },
    clean_content_tags=_DROPPED_WHOLE,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

_TAG = re.compile(r"<([a-zA-Z][\w:-]*)")
_HANDLER = re.compile(r"<[a-zA-Z][^>]*[\s/\"']on[a-z]+\s*=", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # by ``&#1;``: no XML may hold them
_NUMERIC = r"&#(x0*[01]?[0-9a-f]|0*(?:\d|[12]\d|3[01])|x0*[89][0-9a-f]|0*1[2-5]\d)(?![0-9a-f])"
_ATTRIBUTES = r'(?: [a-z-]+="[^"]*")*'
_REF = re.compile(rf'<(?:img({_ATTRIBUTES})>|a({_ATTRIBUTES}?) href="([^"]*)(?="))')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


class Markup:
    """Makes fragments. One for the whole process."""

    def __init__(self) -> None:
        self._converter = Converter()

    def fragment(self, text: str) -> Fragment:
        """The fragment of a Markdown text. Whatever the text, the result has no active content."""
        unsafe = self._converter.html(text)
        html = _CLEANER.clean(unsafe)
        if _CONTROL.search(html):
            html = _CONTROL.sub("", html)
        places = _Places(text)
        parts: list[str | LinkRef | ImageRef] = []
        position = 0
        for found in _REF.finditer(html):
            image, anchor, href = found.groups()
            if image is None:
                parts.append(f'{html[position : found.start()]}<a{anchor} href="')
                parts.append(LinkRef(unescape(href), places.of(unescape(href))))
            else:
                parts.append(html[position : found.start()])
                given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(image)}
                src, role = given.get("src", ""), given.get("data-role", "wide")
                caption = given.get("data-caption", "")
                parts.append(ImageRef(src, given.get("alt", ""), role, caption, places.of(src)))
            position = found.end()
        parts.append(html[position:])
        return Fragment(tuple(part for part in parts if part != ""), _removed(unsafe, html, text))


def _removed(unsafe: str, html: str, text: str) -> tuple[Removed, ...]:
    """What the cleaner took out, each kind once. Markdown has escaped what is only text."""
    found = []
    if any(sign in text for sign in "<={"):  # without these, all tags and attributes are Markdown's own
        names = sorted({name.lower() for name in _TAG.findall(unsafe)} - _TAGS)
        found = [Removed(name, name in _DROPPED_WHOLE, _first(rf"<{re.escape(name)}\b", text)) for name in names]
        if _HANDLER.search(unsafe):
            found.append(Removed("on…", False, _first(r"\bon[a-z]+\s*=", text)))
    if unsafe.count(" href=") > html.count(" href=") and not found:
        found.append(Removed("href", True, _first(r"(javascript|vbscript|data|file)\W*:", text)))
    if "&#" in unsafe and _CONTROL.search(unescape(unsafe)):
        found.append(Removed("&#…;", False, _first(_NUMERIC, text)))
    return tuple(found)


def _first(pattern: str, text: str) -> Place:
    """Where a text first has the pattern: outside what is quoted as code, if it can be told."""
    found = re.search(pattern, without_code(text), re.I) or re.search(pattern, text, re.I)
    start = found.start() if found else 0
    return Place(text.count("\n", 0, start), start - (text.rfind("\n", 0, start) + 1))


class _Places:
    """Finds addresses in a text in the order in which they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def of(self, written: str) -> Place:
        """The next place of ``written``; the text's beginning where it stands in another form."""
        found = self._text.find(written, self._next.get(written, 0)) if written else -1
        if found < 0:
            return Place(0, 0)
        self._next[written] = found + len(written)
        before = self._text.rfind("\n", 0, found) + 1
        return Place(self._text.count("\n", 0, found), found - before)
