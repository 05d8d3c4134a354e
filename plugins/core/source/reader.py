"""Read the content folder once: items, pictures, tables, and every mistake in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from plugins.core import hashing
from plugins.core.errors import Problem
from plugins.core.media.csv_table import Table
from plugins.core.media.picture_file import PictureFile
from plugins.core.model.item import Item
from plugins.core.runtime.workers import map_chunks
from plugins.core.source.file_reader import read_file
from plugins.core.source.listing import ListedFile, Listing
from plugins.core.source.record import ReadText, RecordStore, SourceRecord


@dataclass(frozen=True)
class Reading:
    """The content folder as it was read."""

    items: dict[str, tuple[Item, ...]]
    """By the folder that they lie in."""

    files: dict[str, int]
    """Every file's size in bytes."""

    disk_paths: dict[str, str]
    """The paths on the disk of files other than texts; their letters may be decomposed."""

    pictures: dict[str, PictureFile]
    tables: dict[str, Table]
    page_counts: dict[str, int]
    problems: tuple[Problem, ...]

    digests: dict[str, bytes]
    """The digest of each file's bytes."""

    metadata_digest: bytes
    """Stands for all that pages are made of but the bodies of texts: equal digests, equal pages, apart
    from those that show a body which is another in ``body_digests``."""

    metadata_digests: dict[str, bytes]
    """The digest of all but the body, by the item's path."""

    body_digests: dict[str, str]
    """The digest of the body, by the item's path."""

    external_inputs: Mapping[str, bytes]
    """What other programs left for sections, by their names."""


def read(
    listing: Listing,
    models: Mapping[str, type[Item]],
    store: RecordStore,
    workers: int = 1,
) -> Reading:
    """Read every file of ``listing`` that ``store`` does not know as it is now, and keep it there.

    ``models`` say what the texts of each folder are read as. Raises ``CorruptedCacheError``.
    """
    records = _read_changed(listing.files, models, store, workers)
    decoded = store.items(records, _decoder(models))
    store.save(records)
    items: dict[str, list[Item]] = {folder: [] for folder in models}
    problems = list(listing.problems)
    pictures: dict[str, PictureFile] = {}
    tables: dict[str, Table] = {}
    page_counts: dict[str, int] = {}
    digests: dict[str, bytes] = {}
    metadata_digests: dict[str, bytes] = {}
    body_digests: dict[str, str] = {}
    metadata: list[bytes] = []
    for path in listing.files:
        record = records[path]
        problems += record.problems
        digests[path] = record.digest
        if record.metadata_digest:
            items[path.partition("/")[0]].append(decoded[path])
            metadata_digests[path], body_digests[path] = record.metadata_digest, record.body_digest
        elif record.picture:
            pictures[path] = record.picture
        elif record.table:
            tables[path] = record.table
        elif record.page_count:
            page_counts[path] = record.page_count
        metadata += path.encode(), record.metadata_digest or record.digest
    metadata += (part for name, raw in sorted(listing.external_inputs.items()) for part in (name.encode(), raw))
    return Reading(
        items={folder: tuple(section_items) for folder, section_items in items.items()},
        files={path: file.size for path, file in listing.files.items()},
        disk_paths={path: file.disk_path for path, file in listing.files.items() if not path.endswith(".md")},
        pictures=pictures,
        tables=tables,
        page_counts=page_counts,
        problems=tuple(problems),
        digests=digests,
        metadata_digest=hashing.digest(*metadata),
        metadata_digests=metadata_digests,
        body_digests=body_digests,
        external_inputs=listing.external_inputs,
    )


def _read_changed(
    files: Mapping[str, ListedFile], models: Mapping[str, type[Item]], store: RecordStore, workers: int
) -> dict[str, SourceRecord]:
    """Return what each file was read as, now or earlier."""
    previous = store.records
    records = {
        path: previous[path]
        for path, file in files.items()
        if file.stat_signature and path in previous and previous[path].stat_signature == file.stat_signature
    }

    def read_files(paths: Sequence[str]) -> list[tuple[str, SourceRecord, ReadText | None]]:
        return [(path, *read_file(path, files[path], models, previous.get(path))) for path in paths]

    unread = [path for path in files if path not in records]
    for chunk in map_chunks(read_files, unread, workers, joins=False):
        records.update((path, record) for path, record, _ in chunk)
        store.add_texts(text for _, _, text in chunk if text)
    return records


def _decoder(models: Mapping[str, type[Item]]) -> Callable[[str, memoryview], Item]:
    """Return what decodes the item of a path."""
    # not MessagePack: it would lose dates' offsets
    decoders = {folder: msgspec.json.Decoder(model).decode for folder, model in models.items()}
    return lambda path, data: decoders[path.partition("/")[0]](data)
