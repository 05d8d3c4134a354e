"""Define items: the texts that editors write, one a file, with typed fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from sys import intern
from typing import Annotated

import msgspec
from msgspec import Struct

from plugins.core.errors import Problem, Severity
from plugins.core.markdown.fragment import ImageRef, Outline, Position
from plugins.core.media.formats import PICTURE_EXTENSIONS
from plugins.core.model.fields import DateTime, Files, Image, OldAddresses, Slug, Text, TextList, Title, one_of
from plugins.core.model.references import SCHEMES, is_remote, resolve_path
from plugins.core.text.vietnamese import slugify

#: A path whose folders and name are slugs already, as nearly all are.
_SAFE_PATH = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:/|$)){2,}(?<!/)")

Status = Annotated[str, one_of("published", "draft", "unlisted")]

#: Set a field of a frozen struct: strings that many items have are kept once, a third of what 10,000 stories take.
_share = msgspec.structs.force_setattr


class Document(Struct, frozen=True, array_like=True):
    """The file of an item and the outline of its text."""

    path: str
    """From the content folder."""

    digest: str
    """Of the text."""

    body_line: int
    """The line on which the text begins, from 1."""

    length: int
    """Of the text, in characters."""

    references: tuple[str, ...]
    """What the text shows or links to in the portal, without duplicates: paths of files and texts from the
    content folder, addresses from the portal's root."""

    is_simple: bool
    """True if all links and pictures are valid as soon as all ``references`` exist."""

    is_empty: bool
    packed: bytes
    """The outline and the positions of the fields, encoded: most builds read those of few items."""

    def __post_init__(self) -> None:
        _share(self, "path", intern(self.path))
        _share(self, "references", tuple(map(intern, self.references)))

    @classmethod
    def of(
        cls,
        path: str,
        digest: str,
        outline: Outline,
        field_positions: Mapping[str, tuple[int, int]],
        body_line: int,
        length: int,
    ) -> Document:
        references, is_simple = _references(path, outline)
        return cls(
            path,
            digest,
            body_line,
            length,
            references,
            is_simple,
            outline.is_empty,
            _encode((outline, field_positions)),
        )

    @property
    def outline(self) -> Outline:
        """The links, pictures and headings of the text."""
        return _unpack(self.packed)[0]

    @property
    def field_positions(self) -> Mapping[str, tuple[int, int]]:
        """The line and column of each field in the file."""
        return _unpack(self.packed)[1]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_unpack = msgspec.msgpack.Decoder(tuple[Outline, dict[str, tuple[int, int]]]).decode


def _references(path: str, outline: Outline) -> tuple[tuple[str, ...], bool]:
    """Return ``Document.references`` and ``Document.is_simple``."""
    references: dict[str, None] = {}
    is_simple = True
    for ref in outline.refs:
        if isinstance(ref, ImageRef):
            reference = resolve_path(path, ref.src)
            is_simple &= reference.lower().endswith(PICTURE_EXTENSIONS) and not is_remote(ref.src)
        elif ref.href.startswith(SCHEMES):
            continue
        else:
            reference, has_anchor, _ = ref.href.partition("#")
            is_simple &= not has_anchor
            if reference.startswith("/"):
                is_simple &= not _QUERY_OR_ESCAPE.search(reference)
            elif reference or not has_anchor:
                reference = resolve_path(path, reference)
                is_simple &= reference.endswith(".md")
            else:
                continue  # to a heading of the same text
        references[reference] = None
    return tuple(references), bool(is_simple)


_QUERY_OR_ESCAPE = re.compile(r"[?%]")


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of all items. A section's model adds fields."""

    document: Document
    title: Title
    summary: Text = ""
    status: Status = "published"
    """A draft is nowhere in the output. An unlisted item has a page, for those who know its address, and
    appears in no list, feed or sitemap."""

    slug: Slug = ""
    aliases: OldAddresses = ()
    """Former addresses of the item, which redirect to its page."""

    @property
    def name(self) -> str:
        """The item's address below its section's: the slugs of its folders."""
        path = self.document.path.removesuffix(".md").removesuffix("/index")
        if not self.slug and len(path) <= 120 and _SAFE_PATH.fullmatch(path):
            return path.partition("/")[2]
        segments = [slugify(name) for name in path.split("/")[1:]]
        if self.slug:
            segments[-1:] = [self.slug]
        return "/".join(segments)

    @property
    def lead_picture(self) -> str:
        """The picture that stands for the item, a path from the content folder; empty without one."""
        return str(getattr(self, "image", ""))

    @property
    def reference(self) -> str:
        """What it is referred to by, beside its title: the number of a document."""
        return ""

    @property
    def is_listed(self) -> bool:
        return self.status == "published"

    def is_public(self, now: datetime) -> bool:
        """Return whether the item has a page at the time ``now``."""
        return self.status != "draft"

    def own_problems(self) -> Iterable[Problem]:
        """Return the problems of this item that need no other item, found by its section's model."""
        return ()

    def problem(self, field: str, code: str, message: str, severity: Severity = "error") -> Problem:
        """Return a problem at the position of one of the item's fields."""
        line, column = self.document.field_positions.get(field, (1, 0))
        return Problem(f"content/{self.document.path}", line, column, code, message, severity)

    def problem_at(self, position: Position, code: str, message: str, severity: Severity = "error") -> Problem:
        """Return a problem at a position of the item's text."""
        line = self.document.body_line + position.line
        return Problem(f"content/{self.document.path}", line, position.column + 1, code, message, severity)


class Story(Item, frozen=True, kw_only=True):
    """An item with a date, before which it is not published; it may have a picture and tags."""

    date: DateTime
    updated: DateTime | None = None
    """When it last changed so that readers should know."""

    tags: TextList = ()
    category: Slug = ""
    author: Text = ""
    image: Image = ""
    image_alt: Text = ""
    image_caption: Text = ""
    image_credit: Text = ""
    """Who took the picture, or whom it is from."""

    def __post_init__(self) -> None:
        _share(self, "tags", tuple(map(intern, self.tags)))
        _share(self, "category", intern(self.category))
        _share(self, "image", intern(self.image))

    def is_public(self, now: datetime) -> bool:
        return self.status != "draft" and self.date <= now

    def update_known_at(self, now: datetime) -> datetime | None:
        """Return ``updated``, once its minute has come."""
        return self.updated if self.updated and self.updated <= now else None

    def modified_at(self, now: datetime) -> datetime:
        """Return when it last changed, as far as readers know at ``now``."""
        return self.update_known_at(now) or self.date


def metadata_digest_of(item: Item, outline: Outline) -> bytes:
    """Return the digest of all that other pages may show of an item.

    That is everything but the words of its text and the positions in it, which only messages
    name. ``outline`` is that of its text.
    """
    refs = [
        (ref.src, ref.alt, ref.role, ref.caption) if isinstance(ref, ImageRef) else ref.href for ref in outline.refs
    ]
    fields = [getattr(item, name) for name in item.__struct_fields__ if name != "document"]
    metadata = item.document.path, refs, outline.anchors, outline.is_empty, fields
    return blake2b(_encode(metadata), digest_size=16).digest()


class StoryWithFiles(Story, frozen=True, kw_only=True):
    """A story that offers files for download."""

    files: Files = ()
    part_titles: TextList = ()
    """What the files are, in their order; without them readers see the files' names."""

    @property
    def titled_files(self) -> tuple[tuple[str, str], ...]:
        """Return the path and the title of each file; an empty title where it has none."""
        titles = self.part_titles or ("",) * len(self.files)
        return tuple(zip(self.files, titles, strict=False))

    def own_problems(self) -> Iterable[Problem]:
        """Check that each file has a title, or none has."""
        files, titles = len(self.files), len(self.part_titles)
        if titles and files != titles:
            yield self.titles_problem("part_titles")

    def titles_problem(self, field: str) -> Problem:
        """Return the problem of files that have not as many titles, at one of these two fields."""
        message = (
            f"Có {len(self.files)} tệp (files) mà có {len(self.part_titles)} tên phần (part_titles). Ghi cho mỗi tệp"
            " một tên, không trùng nhau, theo đúng thứ tự; mỗi tên một dòng, bắt đầu bằng gạch ngang."
        )
        return self.problem(field, "PART_TITLES", message)
