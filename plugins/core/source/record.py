"""Describe a file as it was read, so that the next build need not read it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from msgspec import Struct

from plugins.core.errors import Problem
from plugins.core.media.csv_table import Table
from plugins.core.media.picture_file import PictureFile
from plugins.core.model.item import Item


class SourceRecord(Struct, frozen=True, array_like=True):
    """One file of the content folder as it was read."""

    stat_signature: bytes
    """The stat signature; empty where it may not be trusted."""

    digest: bytes
    """The digest of its bytes."""

    problems: tuple[Problem, ...] = ()
    picture: PictureFile | None = None

    metadata_digest: bytes = b""
    """The digest of all but the words of the body: of what other pages may show of the item. Empty where the file is no item."""

    body_digest: str = ""
    table: Table = ()
    page_count: int = 0


class ReadText(NamedTuple):
    """An item and its body, as they were read from a text."""

    path: str
    digest: bytes
    """The digest of the file's bytes."""

    item: bytes
    """JSON of the section's model."""

    body_digest: str
    body: bytes
    """The HTML of the body: ``Pieces``, MessagePack."""


class RecordStore(Protocol):
    """The store in which the reader finds and saves what it has read."""

    @property
    def records(self) -> Mapping[str, SourceRecord]:
        """Return the record of every file, by its path."""

    def add_texts(self, texts: Iterable[ReadText]) -> None:
        """Keep the items and bodies of texts that were read anew."""

    def items(
        self, records: Mapping[str, SourceRecord], decode: Callable[[str, memoryview], Item]
    ) -> Mapping[str, Item]:
        """Return the item of every text of ``records``, by its path. ``decode`` is given the path and the JSON of ``ReadText``."""

    def save(self, records: dict[str, SourceRecord]) -> None:
        """Keep ``records`` and their items, and no others."""
