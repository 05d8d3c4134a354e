"""Describe a file as it was read, so that the next build need not read it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

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

    item: bytes = b""
    """JSON of the section's model, where the file is a text."""

    metadata_digest: bytes = b""
    """The digest of all but the words of the body: of what other pages may show of the item."""

    body_digest: str = ""
    table: Table = ()
    page_count: int = 0


class RecordStore(Protocol):
    """The store in which the reader finds and saves records."""

    items: dict[str, tuple[SourceRecord, Item]]
    """The decoded items by path, each with the record that it was decoded from."""

    @property
    def records(self) -> Mapping[str, SourceRecord]:
        """Return the record of every file, by its path."""

    def add_fragments(self, fragments: Iterable[tuple[str, bytes]]) -> None:
        """Keep the HTML of bodies (``Pieces``, MessagePack, ``hashing.with_checksum``) by their digests."""

    def save(self, records: dict[str, SourceRecord]) -> None:
        """Keep ``records``, and no others."""

    def release(self) -> None:
        """Let go of what is in memory."""
