"""Item: what an editor wrote in one file, read, checked and typed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Generic, NamedTuple, TypeVar
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from plugins.core.errors import Problem, Severity, errors
from plugins.core.markdown.fragment import ImageRef, Outline, Parts, Position
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.media import secret_scan, sniff
from plugins.core.media.formats import PICTURE_EXTENSIONS
from plugins.core.model import frontmatter
from plugins.core.model.fields import Image, Moment, OldAddresses, Slug, Text, TextList, Title, one_of, read_fields
from plugins.core.runtime.cpu_limit import TEXT_BYTES, TEXT_SECONDS, LimitError, processor_time
from plugins.core.text import conflicts
from plugins.core.text.encoding.detect import decode
from plugins.core.text.vietnamese import file_form, nfc, slugify

#: A path of folders and a name that are addresses as they are: nearly every one is.
_SAFE = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:/|$)){2,}(?<!/)")

_LFS = b"version https://git-lfs.github.com/spec/"

Status = Annotated[str, one_of("published", "draft", "unlisted")]

T = TypeVar("T", bound="Item")


class Document(Struct, frozen=True, array_like=True):
    """Where an item comes from: ``path``, from the content folder; ``digest`` of its text, which
    begins on ``body_line`` and has ``length`` characters.

    ``leads`` are the things of the portal that the text shows or links to, each once: the paths of
    files and texts, from the content folder, and addresses, from the portal's root. ``is_simple``:
    to look for them is all there is to check. The rest is packed, since most builds ask few items for it.
    """

    path: str
    digest: str
    body_line: int
    length: int
    leads: tuple[str, ...]
    is_simple: bool
    is_empty: bool
    packed: bytes

    @classmethod
    def of(
        cls,
        path: str,
        digest: str,
        outline: Outline,
        places: Mapping[str, tuple[int, int]],
        body_line: int,
        length: int,
    ) -> Document:
        leads, is_simple = _leads(path, outline)
        return cls(path, digest, body_line, length, leads, is_simple, outline.is_empty, _encode((outline, places)))

    @property
    def outline(self) -> Outline:
        """Where the text leads, what it shows, its headings."""
        return _unpack(self.packed)[0]

    @property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """The line and column of each field."""
        return _unpack(self.packed)[1]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_unpack = msgspec.msgpack.Decoder(tuple[Outline, dict[str, tuple[int, int]]]).decode

#: What an address begins with that is not for the content folder.
SCHEMES = ("http://", "https://", "mailto:", "tel:")
_PLAIN = re.compile(r"((?:\.\./)*)((?:[\w-][\w.-]*/)*[\w-][\w.-]*)", re.ASCII)


def path_from(source: str, href: str) -> str:
    """The path, from the content folder, that a relative address in the text ``source`` means."""
    folders = source.split("/")[:-1]
    if plain := _PLAIN.fullmatch(href):  # nearly every one: there is nothing to decode
        up = len(plain[1]) // len("../")
        if up <= len(folders):
            return "/".join([*folders[: len(folders) - up], plain[2]])
    href = file_form(unquote(href))
    for prefix in ("{filename}", "{static}", "{attach}"):
        if href.startswith(prefix):
            href = href.removeprefix(prefix)
            if href.startswith("/"):
                return posixpath.normpath(href[1:])
    return posixpath.normpath(posixpath.join(*folders, "", href))


def page_path(address: str) -> str:
    """Return the path of an address of the portal: decoded, without query and fragment."""
    return unquote(_PATH_END.split(address, maxsplit=1)[0])


def page_address(address: str) -> str:
    """Return the page that an address of the portal means, as ``Content.addresses`` writes it."""
    return f"/{page_path(address).strip('/')}/"


_PATH_END = re.compile("[?#]")


def _leads(path: str, outline: Outline) -> tuple[tuple[str, ...], bool]:
    """What ``Document`` says of them."""
    leads: dict[str, None] = {}
    is_simple = True
    for ref in outline.refs:
        if isinstance(ref, ImageRef):
            lead = path_from(path, ref.src)
            is_simple &= lead.lower().endswith(PICTURE_EXTENSIONS) and not is_remote(ref.src)
        elif ref.href.startswith(SCHEMES):
            continue
        else:
            lead, hash_mark, _ = ref.href.partition("#")
            is_simple &= not hash_mark
            if lead.startswith("/"):
                is_simple &= not _ODD.search(lead)
            elif lead or not hash_mark:
                lead = path_from(path, lead)
                is_simple &= lead.endswith(".md")
            else:
                continue  # to a heading of its own
        leads[lead] = None
    return tuple(leads), bool(is_simple)


_ODD = re.compile(r"[?%]")


def is_remote(src: str) -> bool:
    """Whether a picture's address is no file of ours."""
    return src.startswith(("http://", "https://", "//", "data:"))


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
        if not self.slug and len(path) <= 120 and _SAFE.fullmatch(path):
            return path.partition("/")[2]
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

    def problem_at(self, place: Position, code: str, message: str, severity: Severity = "error") -> Problem:
        """A problem at a place of the item's text."""
        line = self.document.body_line + place.line
        return Problem(f"content/{self.document.path}", line, place.column + 1, code, message, severity)


class Story(Item, frozen=True, kw_only=True):
    """An item with a day: it may have a picture and tags, and stays back until its minute."""

    date: Moment
    tags: TextList = ()
    category: Slug = ""
    author: Text = ""
    image: Image = ""
    image_alt: Text = ""
    image_caption: Text = ""

    def is_public(self, now: datetime) -> bool:
        return self.status != "draft" and self.date <= now


def metadata_digest_of(item: Item, outline: Outline) -> bytes:
    """Digest of all that other pages may know of an item: everything but the wording of its
    text and the places of things in it, which only messages tell. ``outline`` is that of its text."""
    refs = [
        (ref.src, ref.alt, ref.role, ref.caption) if isinstance(ref, ImageRef) else ref.href for ref in outline.refs
    ]
    fields = [getattr(item, name) for name in item.__struct_fields__ if name != "document"]
    known = item.document.path, refs, outline.anchors, outline.is_empty, fields
    return blake2b(_encode(known), digest_size=16).digest()


def too_long(shown: str, line: int) -> Problem:
    """Tell that a text is too long, or would take too long."""
    message = "Bài quá dài hoặc có đoạn ký hiệu lặp bất thường, không dựng được. Tách bài hoặc xóa đoạn đó."
    return Problem(shown, line, 0, "TEXT_TOO_COMPLEX", message)


class Parsed(NamedTuple, Generic[T]):
    """What a file was read as. Without an ``item`` there is at least one problem. ``metadata_digest`` is
    the digest of all that other pages may know of the item."""

    item: T | None
    parts: Parts
    problems: list[Problem]
    metadata_digest: bytes = b""


def read_item(model: type[T], raw: bytes, path: str, markup: MarkdownParser) -> Parsed[T]:
    """The item that the bytes of ``path`` (from the content folder) hold, and its text."""
    shown = f"content/{path}"
    if raw.startswith(_LFS):
        return Parsed(None, (), [sniff.lfs_problem(path)])
    text, signs = decode(raw, shown)
    if text is None:
        return Parsed(None, (), signs)
    front, problems = frontmatter.parse(text, shown)
    doubled = conflicts.find_conflicts(text, shown, is_markdown=True)
    if doubled and (front is None or doubled[0].line < front.body_line):
        front, problems = None, []  # of two heads in one there is nothing else to say
    problems += (*doubled, *signs, *secret_scan.find_secrets(text, shown))
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
            fragment = markup.parse(body)
    except (LimitError, RecursionError):
        problems.append(too_long(shown, body_line))
    if errors(problems) or fragment is None:
        return Parsed(None, (), problems)
    digest = blake2b(body.encode(), digest_size=16).hexdigest()
    places = {name: (value.line, value.column) for name, value in front.values.items()}
    outline = fragment.outline
    item = model(document=Document.of(path, digest, outline, places, body_line, len(body)), **values)
    return Parsed(item, fragment.parts, problems, metadata_digest_of(item, outline))
