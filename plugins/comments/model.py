"""Readers' comments: where they are kept, and what of them reaches a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from itertools import groupby

import msgspec
import nh3
from msgspec import Struct

from plugins.core.text.vietnamese import nfc

_SERVER = re.compile(r"(https://[\w.-]+|http://(localhost|127\.0\.0\.1))(:\d+)?(/[\w-]+)*", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # no page may hold them
_LONGEST_NAME = 80  # letters; Isso has no limit
_REL = "nofollow ugc noopener"
_CLEANER = nh3.Cleaner(
    tags={"p", "br", "a", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li"},
    attributes={"*": set(), "a": {"href"}},
    url_schemes={"http", "https"},
    link_rel=_REL,
    clean_content_tags={"script", "style"},
)


class Setting(Struct, frozen=True, forbid_unknown_fields=True):
    """``COMMENTS``. ``isso``: the address of the unit's Isso server, as browsers reach it."""

    isso: str

    def __post_init__(self) -> None:
        if not _SERVER.fullmatch(self.isso):
            raise ValueError(
                f"isso “{self.isso}” phải là địa chỉ https của máy chủ Isso, không có / ở cuối, "
                "ví dụ https://binh-luan.tinhdoan.example.vn"
            )


class Approved(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A comment that a moderator has let through.

    ``thread`` is the address of the page it is about; ``parent`` the comment that it answers, 0 for
    none; ``created`` in Unix seconds; ``html`` what Isso made of the reader's Markdown, to be cleaned.
    """

    thread: str
    id: int
    parent: int = 0
    author: str = ""
    created: int
    html: str


class _Said(Struct):
    """A comment as Isso 0.14 tells of it at ``/latest``. Websites and votes are left behind."""

    uri: str
    id: int
    parent: int | None
    author: str | None
    created: float
    text: str
    mode: int


def from_isso(answer: bytes) -> tuple[Approved, ...]:
    """What Isso answered to ``/latest``, in an order that does not depend on it.

    Raises ``msgspec.MsgspecError`` for anything else than a list of comments.
    """
    said = msgspec.json.decode(answer, type=list[_Said])
    found = [
        Approved(
            thread=one.uri,
            id=one.id,
            parent=one.parent or 0,
            author=_plain(unescape(one.author or ""))[:_LONGEST_NAME],  # Isso keeps names as HTML
            created=int(one.created),
            html=_plain(one.text),
        )
        for one in said
        if one.mode == 1
    ]
    return tuple(sorted(found, key=lambda one: (one.thread, one.created, one.id)))


def _plain(text: str) -> str:
    return _CONTROL.sub("", nfc(text)).strip()


def write(comments: tuple[Approved, ...]) -> bytes:
    """The file that lies beside the content: JSON, a line for each value."""
    return msgspec.json.format(msgspec.json.encode(comments), indent=1) + b"\n"


@lru_cache(maxsize=1)
def threads(raw: bytes) -> Mapping[str, tuple[Approved, ...]]:
    """What ``write`` wrote, by the address of the page, oldest first. What is not whole is not there:
    the next ``make comments`` writes it anew."""
    try:
        comments = msgspec.json.decode(raw, type=tuple[Approved, ...])
    except msgspec.MsgspecError:
        return {}
    return {thread: tuple(some) for thread, some in groupby(comments, key=lambda one: one.thread)}


def clean(html: str) -> str:
    """The HTML of a comment, whatever it was, as a page may show it."""
    shown = _CONTROL.sub("", _CLEANER.clean(html))  # by ``&#1;``
    return shown.replace(f'<a rel="{_REL}">', "<a>")  # what leads nowhere has no rel
