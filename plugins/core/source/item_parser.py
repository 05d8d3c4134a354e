"""Parse a text file of the content folder to an item."""

from __future__ import annotations

from hashlib import blake2b
from typing import Generic, NamedTuple, TypeVar

from plugins.core.errors import Problem, errors
from plugins.core.markdown.fragment import Pieces
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.media import secret_scan, sniff
from plugins.core.model import frontmatter
from plugins.core.model.fields import read_fields
from plugins.core.model.item import Document, Item, metadata_digest_of
from plugins.core.runtime.cpu_limit import TEXT_BYTES, TEXT_SECONDS, LimitError, processor_time
from plugins.core.text import conflicts
from plugins.core.text.encoding.detect import decode
from plugins.core.text.vietnamese import nfc

_LFS_POINTER = b"version https://git-lfs.github.com/spec/"

T = TypeVar("T", bound=Item)


def too_long(message_path: str, line: int) -> Problem:
    """Return the problem of a text that is too long, or takes too long to parse."""
    message = "Bài quá dài hoặc có đoạn ký hiệu lặp bất thường, không dựng được. Tách bài hoặc xóa đoạn đó."
    return Problem(message_path, line, 0, "TEXT_TOO_COMPLEX", message)


class ParsedItem(NamedTuple, Generic[T]):
    """The result of reading a text file."""

    item: T | None
    """``None`` if there is an error among the problems."""

    pieces: Pieces
    """The HTML of the body."""

    problems: list[Problem]
    metadata_digest: bytes = b""
    """The digest of all that other pages may show of the item."""


def read_item(model: type[T], raw: bytes, path: str, parser: MarkdownParser) -> ParsedItem[T]:
    """Parse the bytes of the text file ``path`` (from the content folder) to an item of ``model``."""
    message_path = f"content/{path}"
    if raw.startswith(_LFS_POINTER):
        return ParsedItem(None, (), [sniff.lfs_problem(path)])
    text, character_problems = decode(raw, message_path)
    if text is None:
        return ParsedItem(None, (), character_problems)
    front, problems = frontmatter.parse(text, message_path)
    conflict_problems = conflicts.find_conflicts(text, message_path, is_markdown=True)
    if conflict_problems and (front is None or conflict_problems[0].line < front.body_line):
        front, problems = None, []  # a conflict in the front matter explains all its other problems
    problems += (*conflict_problems, *character_problems, *secret_scan.find_secrets(text, message_path))
    if front is None:
        return ParsedItem(None, (), problems)
    values, field_problems = read_fields(model, front, message_path)
    problems += field_problems
    body = nfc(front.body).strip("\n")
    body_line = front.body_line + len(front.body) - len(front.body.lstrip("\n"))
    fragment = None
    try:
        if len(body) > TEXT_BYTES:
            raise LimitError
        with processor_time(TEXT_SECONDS):
            fragment = parser.parse(body)
    except (LimitError, RecursionError):
        problems.append(too_long(message_path, body_line))
    if errors(problems) or fragment is None:
        return ParsedItem(None, (), problems)
    digest = blake2b(body.encode(), digest_size=16).hexdigest()
    field_positions = {name: (value.line, value.column) for name, value in front.values.items()}
    outline = fragment.outline
    item = model(document=Document.of(path, digest, outline, field_positions, body_line, len(body)), **values)
    return ParsedItem(item, fragment.pieces, problems, metadata_digest_of(item, outline))
