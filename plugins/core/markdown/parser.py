"""Parse a Markdown text to a fragment of safe HTML."""

from __future__ import annotations

import re
from html import unescape

from plugins.core.markdown.bare_addresses import link_bare_addresses
from plugins.core.markdown.converter import Converter
from plugins.core.markdown.fragment import Fragment, ImageRef, LinkRef
from plugins.core.markdown.positions import AddressLocator
from plugins.core.markdown.remarks import find_remarks
from plugins.core.markdown.sanitize import SCHEME, find_removed, sanitize

_ATTRIBUTES = r'(?: [a-z-]+="[^"]*")*'
_LINK_OR_IMAGE = re.compile(rf'<(?:img({_ATTRIBUTES})>|a({_ATTRIBUTES}?) href="([^"]*)(?="))')
_BACKLINK = re.compile(
    r'(?:&nbsp;)?<a class="footnote-backref" href="#([^"]*)"[^>]*>[^<]*</a>'
)  # from a footnote to its reference
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


class MarkdownParser:
    """A parser of Markdown texts to fragments; one serves the whole process."""

    def __init__(self) -> None:
        self._converter = Converter()

    def parse(self, text: str) -> Fragment:
        """Parse a Markdown text. Whatever the text, the result has no active content."""
        unsafe = self._converter.html(text)
        has_html = "<" in text
        if has_html:
            unsafe = _normalize_html(unsafe)
        html = sanitize(unsafe)
        removed = find_removed(unsafe, html, text)
        remarks = find_remarks(self._converter.notes, html, text)
        if "footnote-backref" in html:
            html = _BACKLINK.sub(lambda back: back[0] if f' id="{back[1]}"' in html else "", html)
        html = link_bare_addresses(html)
        if "<table" in html:
            html = _wrap_tables(html, is_markdown=not has_html)
        locator = AddressLocator(text)
        pieces: list[str | LinkRef | ImageRef] = []
        end = 0
        for match in _LINK_OR_IMAGE.finditer(html):
            image, anchor, href = match.groups()
            if image is None:
                pieces.append(f'{html[end : match.start()]}<a{anchor} href="')
                address = unescape(href)
                position = locator.next_position(address)
                if address[:1].isupper() and (scheme := SCHEME.match(address)):  # “Https://”, as telephones write
                    address = f"{scheme[0].lower()}{address[scheme.end() :]}"
                pieces.append(LinkRef(address, position))
            else:
                pieces.append(html[end : match.start()])
                attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(image)}
                src, role = attributes.get("src", ""), attributes.get("data-role", "wide")
                caption = attributes.get("data-caption", "")
                pieces.append(ImageRef(src, attributes.get("alt", ""), role, caption, locator.next_position(src)))
            end = match.end()
        pieces.append(html[end:])
        return Fragment(tuple(piece for piece in pieces if piece != ""), removed, remarks)


# HTML that an editor wrote gets the form of Markdown's.
_NAMED = re.compile(r"(<a\s(?:[^>]*?\s)?)name(?=\s*=)", re.I)
_ALIGNED = re.compile(
    r"""(<t[dh]\b[^>]*?)\s(?:align\s*=\s*["']?|style\s*=\s*(["'])(?:(?!\2)[^>])*?text-align:\s*)(right|center)\b["']?""",
    re.I,
)


def _normalize_html(html: str) -> str:
    """Name anchors by ``id`` and align cells by ``class``, as in the HTML that Markdown makes."""
    html = _NAMED.sub(r"\1id", html)
    return _ALIGNED.sub(lambda cell: f'{cell[1]} class="{cell[3].lower()}"', html) if "<t" in html else html


_TABLE = re.compile(r"<(/?)table\b[^>]*>")
_BOLD_ROW = re.compile(
    r"(<table>\s*(?:<caption>.*?</caption>\s*)?(?:<tbody>\s*)?<tr>\s*)((?:<td(?: [^>]*)?>\s*(?:<p>)?<(strong|b)>(?:(?!</?t[dr]\b|</\3>).)*</\3>(?:</p>)?\s*</td>\s*)+)(?=</tr>)",
    re.S,
)


def _wrap_tables(html: str, *, is_markdown: bool) -> str:
    """Wrap each table in a box that scrolls and that the keyboard can reach.

    In a table typed as HTML, a first row that is bold throughout becomes its header.
    """
    if not is_markdown:
        html = _BOLD_ROW.sub(lambda row: row[1] + re.sub(r"<(/?)td\b", r"<\1th", row[2]), html)
    count = depth = 0

    def wrap(tag: re.Match[str]) -> str:
        nonlocal count, depth
        depth += -1 if tag[1] else 1
        if tag[1] or depth > 1:
            return f"{tag[0]}\n</div>" if depth == 0 else tag[0]
        count += 1  # each landmark of a page needs another name
        return f'<div aria-label="Bảng {count}" class="table" role="region" tabindex="0">\n{tag[0]}'

    return _TABLE.sub(wrap, html)
