"""Bring the comments of JComments and K2 to the file from which builds read approved comments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from plugins.comments.model import FIRST_IMPORTED, Approved, in_order, read, write
from plugins.core.runtime.files import write_whole
from plugins.core.text.vietnamese import nfc
from scripts.joomla.model import OldComment
from scripts.joomla.text_repair import repair

_K2_OFFSET = 500_000_000
_ORPHAN_NAME = "Bạn đọc"
_SIMPLE = {"b": "strong", "i": "em", "quote": "blockquote", "code": "code"}


def add_comments(path: Path, comments: Iterable[OldComment], urls: Mapping[str, str]) -> int:
    """Add comments to the file at ``path``; those that are there stay. Returns how many were brought.

    ``urls``: key of an article → the address of its page.
    """
    brought = {comment.id: comment for comment in _approved(comments, urls)}
    if not brought:
        return 0
    present = read(path.read_bytes()) if path.is_file() else ()
    from_isso = (comment for comment in present if comment.id < FIRST_IMPORTED)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, write(in_order((*from_isso, *brought.values()))))
    return len(brought)


def _approved(comments: Iterable[OldComment], urls: Mapping[str, str]) -> Iterator[Approved]:
    for comment in comments:
        offset = FIRST_IMPORTED if comment.is_bbcode else FIRST_IMPORTED + _K2_OFFSET
        text = to_html(comment.text, is_bbcode=comment.is_bbcode)
        if comment.article in urls and text:
            yield Approved(
                thread=urls[comment.article],
                id=offset + comment.id,
                parent=offset + comment.parent if comment.parent else 0,
                author=repair(comment.author)[:80] or _ORPHAN_NAME,
                created=_seconds(comment.created),
                html=text,
            )


def _seconds(written: str) -> int:
    """Return a moment of the database, UTC, in Unix seconds; 0 where it is none."""
    try:
        return max(0, int(datetime.fromisoformat(written.strip().replace(" ", "T")).replace(tzinfo=UTC).timestamp()))
    except (ValueError, OverflowError):
        return 0


def to_html(text: str, *, is_bbcode: bool) -> str:
    """Return a comment as HTML: paragraphs of its words, with the few marks that comments have."""
    text = re.sub(r"<br\s*/?>", "\n", text, flags=re.I)
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    shown = html.escape(nfc(repair(text)).strip(), quote=False)
    if is_bbcode:
        for mark, tag in _SIMPLE.items():
            shown = re.sub(rf"\[{mark}(?:=[^\]]*)?\](.*?)\[/{mark}\]", rf"<{tag}>\1</{tag}>", shown, flags=re.I | re.S)
        shown = re.sub(r"\[url=(https?://[^\]\s\"]+)\](.*?)\[/url\]", r'<a href="\1">\2</a>', shown, flags=re.I | re.S)
        shown = re.sub(r"\[/?(?:url|img|u|s|size|color|list|\*|hide|email)[^\]]*\]", "", shown, flags=re.I)
    paragraphs = [part.strip().replace("\n", "<br>") for part in re.split(r"\n\s*\n", shown)]
    return "".join(f"<p>{part}</p>" for part in paragraphs if part)
