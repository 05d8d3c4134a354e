"""Markdown → Fragment: safe HTML in which links and pictures are still as written.

A fragment depends on the text alone, so it can be kept by the digest of the text.
Where its links lead and how its pictures are drawn is decided later, by the page
that shows it (``body.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import nh3
from msgspec import Struct

from plugins.core.markdown.bare_addresses import link_bare_addresses
from plugins.core.markdown.converter import Converter
from plugins.core.markdown.html_tags import TAG
from plugins.core.markdown.leaf_blocks import TextNote
from plugins.core.markdown.raw_signs import FOREIGN_BRACE, raw_signs
from plugins.core.text.vietnamese import line_and_column, without_code


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
    a handler, ``href`` for an address that could run code, an address' scheme (``ftp:``), ``words`` for
    words that no rule knows of. ``is_loss``: with what it held."""

    name: str
    is_loss: bool
    place: Place = Place(0, 0)


class TextRemark(Struct, frozen=True, array_like=True):
    """Something about a text that its author should know: what is quoted of the text, where. ``kind``
    is the sign's (``raw_signs.KINDS``) for a ``RAW_SIGN``."""

    code: str
    quote: str
    place: Place = Place(0, 0)
    kind: str = ""


class Outline(Struct, frozen=True, array_like=True):
    """All that is to be known of a text but its HTML: where it leads and what it shows, in
    their order; what was taken out; the names in it that a link may lead to; what its author
    should know."""

    refs: tuple[LinkRef | ImageRef, ...] = ()
    removed: tuple[Removed, ...] = ()
    anchors: tuple[str, ...] = ()
    is_empty: bool = False
    remarks: tuple[TextRemark, ...] = ()


Parts = tuple[str | LinkRef | ImageRef, ...]
"""HTML cut at every link and picture: plain strings are already safe to print."""


class Fragment(NamedTuple):
    """What a Markdown text becomes."""

    parts: Parts
    removed: tuple[Removed, ...] = ()
    remarks: tuple[TextRemark, ...] = ()

    @property
    def refs(self) -> tuple[LinkRef | ImageRef, ...]:
        return tuple(part for part in self.parts if not isinstance(part, str))

    @property
    def outline(self) -> Outline:
        """The fragment without its HTML."""
        anchors = dict.fromkeys(name for part in self.parts if isinstance(part, str) for name in _ids(part))
        return Outline(self.refs, self.removed, tuple(anchors), not self.parts, self.remarks)


_ID = re.compile(r' id="([^"]+)"')


def _ids(part: str) -> Iterator[str]:
    for found in _ID.finditer(part):
        before = part[: found.start()]
        # what stands behind a link's address is still its tag
        if max(before.rfind("<"), 0 if part[0] == '"' else -1) > before.rfind(">"):
            yield unescape(found[1])


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
_LOST = _DROPPED_WHOLE | {"video", "audio"}  # what they show is in no words
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
_BACK = re.compile(r'(?:&nbsp;)?<a class="footnote-backref" href="#([^"]*)"[^>]*>[^<]*</a>')  # from a note to its sign
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


class Markup:
    """Makes fragments. One for the whole process."""

    def __init__(self) -> None:
        self._converter = Converter()

    def fragment(self, text: str) -> Fragment:
        """The fragment of a Markdown text. Whatever the text, the result has no active content."""
        unsafe = self._converter.html(text)
        has_html = "<" in text
        if has_html:
            unsafe = _as_markdowns(unsafe)
        html = _CLEANER.clean(unsafe)
        if _CONTROL.search(html):
            html = _CONTROL.sub("", html)
        removed = _removed(unsafe, html, text)
        remarks = _remarks(self._converter.notes, html, text)
        if "footnote-backref" in html:
            html = _BACK.sub(lambda back: back[0] if f' id="{back[1]}"' in html else "", html)
        html = link_bare_addresses(html)
        if "<table" in html:
            html = _in_boxes(html, is_ours=not has_html)
        places = _Places(text)
        parts: list[str | LinkRef | ImageRef] = []
        position = 0
        for found in _REF.finditer(html):
            image, anchor, href = found.groups()
            if image is None:
                parts.append(f'{html[position : found.start()]}<a{anchor} href="')
                written = unescape(href)
                place = places.of(written)
                if written[:1].isupper() and (scheme := _SCHEME.match(written)):  # a telephone's “Https://”
                    written = f"{scheme[0].lower()}{written[scheme.end() :]}"
                parts.append(LinkRef(written, place))
            else:
                parts.append(html[position : found.start()])
                given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(image)}
                src, role = given.get("src", ""), given.get("data-role", "wide")
                caption = given.get("data-caption", "")
                parts.append(ImageRef(src, given.get("alt", ""), role, caption, places.of(src)))
            position = found.end()
        parts.append(html[position:])
        return Fragment(tuple(part for part in parts if part != ""), removed, remarks)


# An editor's own HTML gets the form that Markdown's has.
_NAMED = re.compile(r"(<a\s(?:[^>]*?\s)?)name(?=\s*=)", re.I)
_ALIGNED = re.compile(
    r"""(<t[dh]\b[^>]*?)\s(?:align\s*=\s*["']?|style\s*=\s*(["'])(?:(?!\2)[^>])*?text-align:\s*)(right|center)\b["']?""",
    re.I,
)


def _as_markdowns(html: str) -> str:
    """Name anchors by ``id`` and align cells by ``class``, as the HTML that Markdown makes does."""
    html = _NAMED.sub(r"\1id", html)
    return _ALIGNED.sub(lambda found: f'{found[1]} class="{found[3].lower()}"', html) if "<t" in html else html


_TABLE = re.compile(r"<(/?)table\b[^>]*>")
_BOLD_ROW = re.compile(
    r"(<table>\s*(?:<caption>.*?</caption>\s*)?(?:<tbody>\s*)?<tr>\s*)((?:<td(?: [^>]*)?>\s*(?:<p>)?<(strong|b)>(?:(?!</?t[dr]\b|</\3>).)*</\3>(?:</p>)?\s*</td>\s*)+)(?=</tr>)",
    re.S,
)


def _in_boxes(html: str, *, is_ours: bool) -> str:
    """Put each table into a box that scrolls and that the keyboard can reach.

    A first row that is bold throughout is a header, in tables that are typed as HTML too.
    """
    if not is_ours:
        html = _BOLD_ROW.sub(lambda row: row[1] + re.sub(r"<(/?)td\b", r"<\1th", row[2]), html)
    count = depth = 0

    def put(tag: re.Match[str]) -> str:
        nonlocal count, depth
        depth += -1 if tag[1] else 1
        if tag[1] or depth > 1:
            return f"{tag[0]}\n</div>" if depth == 0 else tag[0]
        count += 1  # landmarks of one page need names of their own
        return f'<div aria-label="Bảng {count}" class="table" role="region" tabindex="0">\n{tag[0]}'

    return _TABLE.sub(put, html)


def _remarks(notes: list[TextNote], html: str, text: str) -> tuple[TextRemark, ...]:
    """What the author of ``text`` should know, in the order of the lines."""
    remarks = {(note.code, note.line): TextRemark(note.code, note.quote, Place(note.line, 0)) for note in notes}
    signs = list(raw_signs(html))
    if signs:
        source = _ESCAPED.sub("\0\0", without_code(text))  # what is escaped is meant as it is
        position = 0
        for sign in signs:
            start = sign.quote if sign.quote in source else sign.quote[:8]  # it may go over a mark of emphasis
            found = source.find(start, position)
            if found >= 0:
                position = found + len(start)
                place = Place(*line_and_column(text, found))
                remarks.setdefault((sign.kind, place.line), TextRemark("RAW_SIGN", sign.quote, place, sign.kind))
    if "\t" in text and (rows := _TABBED.search(without_code(text))):
        place = Place(*line_and_column(text, rows.start()))
        remarks["TABLE_TABS", place.line] = TextRemark("TABLE_TABS", "", place)
    return tuple(sorted(remarks.values(), key=lambda remark: remark.place))


# Two lines of cells with tabs between them, as spreadsheets put on the clipboard; “1.⇥Mục” is an item of a list.
_CELLS = r"(?:[^\t\n]*[^\W\d_]{2}[^\t\n]*\t[^\t\n]*\S|[^\t\n]+\t[^\t\n]+\t).*"
_TABBED = re.compile(rf"^{_CELLS}\n{_CELLS}", re.M)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")


def _removed(unsafe: str, html: str, text: str) -> tuple[Removed, ...]:
    """What the cleaner took out, each kind once. Markdown has escaped what is only text."""
    found = []
    if (
        "<" in text or "=" in text or ("{" in text and FOREIGN_BRACE.search(text))
    ):  # without these, all tags and attributes are Markdown's own
        names = sorted({name.lower() for name in _TAG.findall(unsafe)} - _TAGS)
        found = [Removed(name, name in _LOST, _first(rf"<{re.escape(name)}\b", text)) for name in names]
        if _HANDLER.search(unsafe):
            found.append(Removed("on…", False, _first(r"\bon[a-z]+\s*=", text)))
    if unsafe.count(" href=") > html.count(" href=") or unsafe.count(" src=") > html.count(" src="):
        found += _refused(unsafe, text) or ([] if found else [_active(text)])
    if "&#" in unsafe and _CONTROL.search(unescape(unsafe)):
        found.append(Removed("&#…;", False, _first(_NUMERIC, text)))
    if "<" in text and not any(removed.is_loss for removed in found) and (lost := _lost_word(unsafe, html)):
        found.append(Removed("words", True, _first(re.escape(lost), text)))
    return tuple(found)


_ATTRIBUTE_ADDRESS = re.compile(r"""\s(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_ACTIVE = ("javascript", "vbscript", "data")
_ALLOWED = ("http", "https", "mailto", "tel")


def _refused(unsafe: str, text: str) -> list[Removed]:
    """The addresses whose scheme is not allowed, each scheme once; of a disk of Windows, ``file:``."""
    found: dict[str, Removed] = {}
    for attribute, *groups in _ATTRIBUTE_ADDRESS.findall(unsafe):
        address = re.sub(r"[\x00-\x20]", "", unescape("".join(groups)))
        if (scheme := _SCHEME.match(address)) and (name := scheme[1].lower()) not in _ALLOWED:
            if name in _ACTIVE and (attribute.lower(), name) != ("src", "data"):
                found.setdefault("href", _active(text))
            else:
                name = "file" if len(name) == 1 else name
                written = _first(re.escape("".join(groups)), text)
                found.setdefault(name, Removed(f"{name}:", True, written))
    return list(found.values())


def _active(text: str) -> Removed:
    return Removed("href", True, _first(r"(javascript|vbscript|data|file)\W*:", text))


_WORD = re.compile(r"\w+")


def _lost_word(unsafe: str, html: str) -> str:
    """A word of ``unsafe`` that the cleaner's parser has swallowed; empty when all are there."""
    before, after = (_WORD.findall(unescape(TAG.sub("", part))) for part in (unsafe, html))
    if Counter("".join(before)) <= Counter("".join(after)):
        return ""  # in another order perhaps: words between a table's rows go before the table
    word: str = next(iter(Counter(before) - Counter(after)), before[0])
    return word


def _first(pattern: str, text: str) -> Place:
    """Where a text first has the pattern: outside what is quoted as code, if it can be told."""
    found = re.search(pattern, without_code(text), re.I) or re.search(pattern, text, re.I)
    return Place(*line_and_column(text, found.start() if found else 0))


class _Places:
    """Finds addresses in a text in the order in which they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = f"{text}\n"  # what stands first or last is whole there
        self._has_code = "`" in text or "~~~" in text
        self._next: dict[str, int] = {}
        self._code_free = ""

    def of(self, written: str) -> Place:
        """The next place of ``written``; the text's beginning where it stands in another form."""
        if not written:
            return Place(0, 0)
        start = self._next.get(written, 0)
        found = self._find(written, start)
        if found < 0:  # “www.…” was made https://www.…, “a@b.vn” mailto:a@b.vn
            bare = written.partition("://")[2] or written.removeprefix("mailto:")
            found = self._find(bare, start) if bare != written else found
        if found < 0:
            return Place(0, 0)
        self._next[written] = found + len(written)
        return Place(*line_and_column(self._text, found))

    def _find(self, written: str, start: int) -> int:
        """Where ``written`` stands as a whole address, not as a part of a longer one, nor in code."""
        text = self._text
        found = text.find(written, start)
        while found >= 0:
            if text[found - 1] in _BEFORE and text[found + len(written) : found + len(written) + 1] in _BEHIND:
                if not self._has_code:
                    return found
                self._code_free = self._code_free or without_code(text)
                if self._code_free.startswith(written, found):
                    return found
            found = text.find(written, found + 1)
        return text.find(written, start)


_BEFORE = " \n\t\xa0(<\"'=:[“‘>*_,;"
_BEHIND = " \n\t\xa0)>\"'.,;:!?]”’<*_"
