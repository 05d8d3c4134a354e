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
    """What the file system said of it; empty where that may not be trusted."""

    digest: bytes
    """That of its bytes."""

    problems: tuple[Problem, ...] = ()
    picture: PictureFile | None = None

    item: bytes = b""
    """JSON of the section's model, where the file is a text."""

    metadata_digest: bytes = b""
    """That of all which other pages may know of the item: all but the wording of its body."""

    body_digest: str = ""
    table: Table = ()
    page_count: int = 0


class RecordStore(Protocol):
    """Where the reader finds what files were read as, and keeps it."""

    items: dict[str, tuple[SourceRecord, Item]]
    """What has been decoded of the records, by path, each beside what it was decoded of."""

    @property
    def records(self) -> Mapping[str, SourceRecord]:
        """What every file was read as, by its path."""

    def add_fragments(self, fragments: Iterable[tuple[str, bytes]]) -> None:
        """Keep the HTML of bodies (``Pieces``, MessagePack, ``hashing.with_checksum``) by their digests."""

    def save(self, records: dict[str, SourceRecord]) -> None:
        """Keep ``records``, and no others."""

    def release(self) -> None:
        """Let go of what is in memory."""
