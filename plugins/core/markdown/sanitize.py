"""Remove active content from HTML, and say what was removed from an editor's text."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import nh3

from plugins.core.markdown.fragment import Removed
from plugins.core.markdown.html_tags import TAG
from plugins.core.markdown.positions import first_position
from plugins.core.markdown.raw_signs import FOREIGN_BRACE

ALLOWED_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "details", "summary"),
    *("blockquote", "cite", "q", "strong", "b", "em", "i", "u", "s", "del", "ins", "small", "sub", "sup", "mark", "abbr", "a"),
    *("code", "pre", "kbd", "img", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}  # fmt: skip
_DROPPED_WITH_CONTENT = {
    *("script", "style", "iframe", "object", "embed", "template", "noscript"),
    *("svg", "math", "form", "select", "textarea"),
}  # fmt: skip
_CONTENT_LOST = _DROPPED_WITH_CONTENT | {"video", "audio"}  # what they show is not in their words
_ACTIVE_SCHEMES = ("javascript", "vbscript", "data")
_ALLOWED_SCHEMES = ("http", "https", "mailto", "tel")
_CLASSES = {
    "div": {"gallery", "odd", "many", "table", "footnote"},
    "a": {"footnote-ref", "footnote-backref"},
    "td": {"right", "center"},
    "th": {"right", "center"},
}
#: The classes that the HTML of a text may have.
BODY_CLASSES = frozenset[str]().union(*_CLASSES.values())
_CLEANER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
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
    allowed_classes=_CLASSES,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    url_schemes=set(_ALLOWED_SCHEMES),
    link_rel=None,
)

TAG_NAME = re.compile(r"<([a-zA-Z][\w:-]*)")
EVENT_HANDLER = re.compile(r"<[a-zA-Z][^>]*[\s/\"']on[a-z]+\s*=", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # by ``&#1;``: no XML may hold them
_NUMERIC = r"&#(x0*[01]?[0-9a-f]|0*(?:\d|[12]\d|3[01])|x0*[89][0-9a-f]|0*1[2-5]\d)(?![0-9a-f])"


def sanitize(unsafe: str) -> str:
    """Return ``unsafe`` HTML without active content and without characters that XML may not hold."""
    html = _CLEANER.clean(unsafe)
    return _CONTROL.sub("", html) if _CONTROL.search(html) else html


def find_removed(unsafe: str, html: str, text: str) -> tuple[Removed, ...]:
    """Return what sanitising removed, each kind once. In ``unsafe``, Markdown has escaped all that is only text."""
    removed = []
    may_have_html = "<" in text or "=" in text or ("{" in text and FOREIGN_BRACE.search(text))
    if may_have_html:  # else all tags and attributes are Markdown's own
        names = sorted({name.lower() for name in TAG_NAME.findall(unsafe)} - ALLOWED_TAGS)
        removed = [
            Removed(name, name in _CONTENT_LOST, first_position(rf"<{re.escape(name)}\b", text)) for name in names
        ]
        if EVENT_HANDLER.search(unsafe):
            removed.append(Removed("on…", False, first_position(r"\bon[a-z]+\s*=", text)))
    if unsafe.count(" href=") > html.count(" href=") or unsafe.count(" src=") > html.count(" src="):
        removed += _forbidden_addresses(unsafe, text) or ([] if removed else [_active_address(text)])
    if "&#" in unsafe and _CONTROL.search(unescape(unsafe)):
        removed.append(Removed("&#…;", False, first_position(_NUMERIC, text)))
    if "<" in text and not any(entry.is_loss for entry in removed) and (lost := _lost_word(unsafe, html)):
        removed.append(Removed("words", True, first_position(re.escape(lost), text)))
    return tuple(removed)


_ATTRIBUTE_ADDRESS = re.compile(r"""\s(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)


def _forbidden_addresses(unsafe: str, text: str) -> list[Removed]:
    """Return the addresses whose scheme is not allowed, each scheme once; a Windows drive counts as ``file:``."""
    removed: dict[str, Removed] = {}
    for attribute, *groups in _ATTRIBUTE_ADDRESS.findall(unsafe):
        address = re.sub(r"[\x00-\x20]", "", unescape("".join(groups)))
        if (scheme := SCHEME.match(address)) and (name := scheme[1].lower()) not in _ALLOWED_SCHEMES:
            if name in _ACTIVE_SCHEMES and (attribute.lower(), name) != ("src", "data"):
                removed.setdefault("href", _active_address(text))
            else:
                name = "file" if len(name) == 1 else name
                position = first_position(re.escape("".join(groups)), text)
                removed.setdefault(name, Removed(f"{name}:", True, position))
    return list(removed.values())


def _active_address(text: str) -> Removed:
    return Removed("href", True, first_position(r"(javascript|vbscript|data|file)\W*:", text))


_WORD = re.compile(r"\w+")


def _lost_word(unsafe: str, html: str) -> str:
    """Return a word of ``unsafe`` that the sanitiser's parser has dropped; empty if there is none."""
    before, after = (_WORD.findall(unescape(TAG.sub("", markup))) for markup in (unsafe, html))
    if Counter("".join(before)) <= Counter("".join(after)):
        return ""  # perhaps in another order: words between a table's rows move before the table
    word: str = next(iter(Counter(before) - Counter(after)), before[0])
    return word
