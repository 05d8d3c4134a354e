"""Read the HTML of a saved page: its encoding, what programs that saved it have added, where its links lead."""

from __future__ import annotations

import codecs
import re

from bs4 import BeautifulSoup

from plugins.core.text.vietnamese import plain
from scripts.joomla.dump_text import decode_text

_COMMENT_LINK = re.compile(r"(?:gui|them|viet|xem)?\s*(?:binh luan|loi binh|comments?|y kien)\b.{0,20}", re.I)
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.I)
_ATTRIBUTE = re.compile(r'\b(src|href)="(?![a-z][a-z0-9+.-]*:|/|#|data:)([^"]+)"', re.I)
#: What the Wayback Machine adds: its toolbar, and itself before each address.
_WAYBACK = re.compile(
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->"
    r"|(?:https?:)?(?://)?(?:web\.archive\.org)?/web/\d{8,14}(?:[a-z]{2}_)?/(?=https?:)",
    re.S,
)


def decode(raw: bytes) -> str:
    """Return the text of a page, without what the Wayback Machine has added. What reads as UTF-8 is UTF-8."""
    match = _CHARSET.search(raw[:4096])
    name = match[1].decode("ascii").lower() if match else "utf-8"
    try:
        if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            text = raw.decode("utf-16", "replace")
        elif name in ("utf-8", "utf8") or _is_utf8(raw):
            text = decode_text(raw.removeprefix(codecs.BOM_UTF8))
        else:
            text = raw.decode(name, "replace")
    except LookupError:
        text = decode_text(raw)
    return _WAYBACK.sub("", text)


def _is_utf8(raw: bytes) -> bool:
    try:
        return bool(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def without_comment_link(text: str) -> str:
    """Drop the last line of a page's text if it asks for comments."""
    soup = BeautifulSoup(text, "lxml")
    body = soup.body
    if body is None:
        return text
    strings = [string for string in body.find_all(string=True) if string.strip()]
    if not strings or not _COMMENT_LINK.fullmatch(plain(strings[-1]).strip()):
        return text
    parent = strings[-1].parent
    strings[-1].extract()
    while parent is not None and parent is not body and not parent.get_text(strip=True) and not parent.find("img"):
        above = parent.parent
        parent.decompose()
        parent = above
    return body.decode_contents()


def rooted(text: str, base: str) -> str:
    """Make relative addresses begin at the site's root: saved pages stand in folders."""

    def root(match: re.Match[str]) -> str:
        parts: list[str] = [part for part in base.split("/") if part]
        for part in match[2].split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part != ".":
                parts.append(part)
        return f'{match[1]}="/{"/".join(parts)}"'.replace(".php%3F", ".php?")

    return _ATTRIBUTE.sub(root, text) if text else text
