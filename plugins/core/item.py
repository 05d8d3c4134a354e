"""Item: what an editor wrote in one file, read, checked and typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Generic, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from plugins.core import frontmatter, secrets
from plugins.core.encoding import decode
from plugins.core.fields import File, Moment, OldAddresses, Slug, Text, Texts, Title, one_of, read_fields
from plugins.core.limits import TEXT_BYTES, TEXT_SECONDS, LimitError, processor_time
from plugins.core.markup import Markup, Outline, Parts, Place
from plugins.core.problems import Problem, Severity, errors
from plugins.core.text import nfc, slugify

Status = Annotated[str, one_of("published", "draft", "unlisted")]

T = TypeVar("T", bound="Item")


class Document(Struct, frozen=True):
    """Where an item comes from: ``path``, from the content folder; ``digest`` and
    ``outline`` of its text, which begins on ``body_line`` and has ``length`` characters;
    ``places``, the line and column of each field."""

    path: str
    digest: str
    outline: Outline
    places: Mapping[str, tuple[int, int]]
    body_line: int
    length: int = 0

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


class Item(Struct, frozen=True, kw_only=True):
    """What every kind of item has. A section's model adds its own fields.

    A draft is nowhere in the output. An unlisted item has its page, for those who
    were given the address, and appears in no list, feed or sitemap. ``aliases`` are
    addresses that the item had before: they lead to where it is now.
    """

    document: Document
    title: Title
    summary: Text = ""
    status: Status = "published"
    slug: Slug = ""
    aliases: OldAddresses = ()

    @property
    def name(self) -> str:
        """The item's address below its section's: the folders' names, made safe."""
        path = self.document.path.removesuffix(".md").removesuffix("/index")
        parts = [slugify(part) for part in path.split("/")[1:]]
        if self.slug:
            parts[-1:] = [self.slug]
        return "/".join(parts)

    @property
    def is_listed(self) -> bool:
        return self.status == "published"

    def is_public(self, now: datetime) -> bool:
        """Whether the item has its page at the moment ``now``."""
        return self.status != "draft"

    def own_problems(self) -> Iterable[Problem]:
        """What a section's model says of one item by itself, its text's length too."""
        return ()

    def problem(self, field: str, code: str, message: str, severity: Severity = "error") -> Problem:
        """A problem at the line of one of the item's fields."""
        line, column = self.document.places.get(field, (1, 0))
        return Problem(f"content/{self.document.path}", line, column, code, message, severity)

    def problem_at(self, place: Place, code: str, message: str, severity: Severity = "error") -> Problem:
        """A problem at a place of the item's text."""
        line = self.document.body_line + place.line
        return Problem(f"content/{self.document.path}", line, place.column + 1, code, message, severity)


class Story(Item, frozen=True, kw_only=True):
    """An item with a day: it may have a picture and tags, and stays back until its minute."""

    date: Moment
    tags: Texts = ()
    category: Slug = ""
    author: Text = ""
    image: File = ""
    image_alt: Text = ""
    image_caption: Text = ""

    def is_public(self, now: datetime) -> bool:
        return self.status != "draft" and self.date <= now


def facts_of(item: Item) -> bytes:
    """Digest of all that other pages may know of an item: everything but the wording of its
    text and the places of things in it, which only messages tell."""
    bare = [msgspec.structs.replace(ref, place=_NOWHERE) for ref in item.document.outline.refs]
    outline = msgspec.structs.replace(item.document.outline, refs=tuple(bare))
    document = Document(item.document.path, "", outline, {}, 0)
    return blake2b(_encode(msgspec.structs.replace(item, document=document)), digest_size=16).digest()


_NOWHERE = Place(0, 0)
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Parsed(NamedTuple, Generic[T]):
    """What a file was read as. Without an ``item`` there is at least one problem."""

    item: T | None
    parts: Parts
    problems: list[Problem]


def read_item(model: type[T], raw: bytes, path: str, markup: Markup) -> Parsed[T]:
    """The item that the bytes of ``path`` (from the content folder) hold, and its text."""
    shown = f"content/{path}"
    text, signs = decode(raw, shown)
    if text is None:
        return Parsed(None, (), signs)
    front, problems = frontmatter.parse(text, shown)
    problems += signs
    problems += secrets.told(text, shown)
    if front is None:
        return Parsed(None, (), problems)
    values, wrong = read_fields(model, front, shown)
    problems += wrong
    body = nfc(front.body).strip("\n")
    body_line = front.body_line + len(front.body) - len(front.body.lstrip("\n"))
    fragment = None
    try:
        if len(body) > TEXT_BYTES:
            raise LimitError
        with processor_time(TEXT_SECONDS):
            fragment = markup.fragment(body)
    except (LimitError, RecursionError):
        message = "Bài quá dài hoặc có đoạn ký hiệu lặp bất thường, không dựng được. Tách bài hoặc xóa đoạn đó."
        problems.append(Problem(shown, body_line, 0, "TEXT_TOO_COMPLEX", message))
    if errors(problems) or fragment is None:
        return Parsed(None, (), problems)
    digest = blake2b(body.encode(), digest_size=16).hexdigest()
    places = {name: (value.line, value.column) for name, value in front.values.items()}
    item = model(document=Document(path, digest, fragment.outline, places, body_line, len(body)), **values)
    return Parsed(item, fragment.parts, problems)
