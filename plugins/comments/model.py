"""Read and sanitise the comments of readers that a page may show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import unescape
from itertools import groupby

import msgspec
import nh3
from msgspec import Struct

from plugins.core.text.vietnamese import nfc

_SERVER = re.compile(r"(https://[\w.-]+|http://(localhost|127\.0\.0\.1))(:\d+)?(/[\w-]+)*", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # no page may hold them
FIRST_IMPORTED = 1_000_000_000
"""Comments of another portal have ids from here on; those of an Isso server are smaller."""

_MAX_NAME = 80  # letters; Isso has no limit
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
    """A comment that a moderator has let through."""

    thread: str
    """The address of the page that it is about."""

    id: int
    parent: int = 0
    """The comment that it answers, 0 for none."""

    author: str = ""
    created: int
    """In Unix seconds."""

    html: str
    """What Isso made of the reader's Markdown, not sanitised yet."""


class _IssoComment(Struct):
    """A comment as Isso 0.14 gives it at ``/latest``, without website and votes."""

    uri: str
    id: int
    parent: int | None
    author: str | None
    created: float
    text: str
    mode: int


def from_isso(answer: bytes) -> tuple[Approved, ...]:
    """Read what Isso answered to ``/latest``, in an order that does not depend on it.

    Raises ``msgspec.MsgspecError`` for anything else than a list of comments.
    """
    return in_order(
        Approved(
            thread=comment.uri,
            id=comment.id,
            parent=comment.parent or 0,
            author=_plain(unescape(comment.author or ""))[:_MAX_NAME],  # Isso keeps names as HTML
            created=int(comment.created),
            html=_plain(comment.text),
        )
        for comment in msgspec.json.decode(answer, type=list[_IssoComment])
        if comment.mode == 1
    )


def in_order(comments: Iterable[Approved]) -> tuple[Approved, ...]:
    """Sort comments by their page and, on each, from the oldest."""
    return tuple(sorted(comments, key=lambda comment: (comment.thread, comment.created, comment.id)))


def read(raw: bytes) -> tuple[Approved, ...]:
    """Decode what ``write`` encoded. A damaged file holds nothing: the next ``make comments`` writes it anew."""
    try:
        return msgspec.json.decode(raw, type=tuple[Approved, ...])
    except msgspec.MsgspecError:
        return ()


def _plain(text: str) -> str:
    return _CONTROL.sub("", nfc(text)).strip()


def write(comments: tuple[Approved, ...]) -> bytes:
    """Encode comments for the file that a build reads: JSON, a line for each value."""
    return msgspec.json.format(msgspec.json.encode(comments), indent=1) + b"\n"


@lru_cache(maxsize=1)
def threads(raw: bytes) -> Mapping[str, tuple[Approved, ...]]:
    """Return the comments of a file by the address of the page, oldest first."""
    return {thread: tuple(group) for thread, group in groupby(read(raw), key=lambda comment: comment.thread)}


def clean(html: str) -> str:
    """Sanitise the HTML of a comment."""
    shown = _CONTROL.sub("", _CLEANER.clean(html))  # by ``&#1;``
    return shown.replace(f'<a rel="{_REL}">', "<a>")  # what leads nowhere has no rel
