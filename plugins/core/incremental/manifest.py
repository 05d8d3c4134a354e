"""Describe the output of a build and its inputs, so that the next one writes only what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain

import msgspec
from msgspec import Struct

from plugins.core.errors import Problem

#: A file of the output that is no page: its stat signature as it was written, and behind it its fingerprint, which
#: stands for all its bytes. Not a structure: there are very many, and every build reads and writes them all.
FileRecord = bytes

SIGNATURE_BYTES = 24


class PageRecord(Struct, frozen=True, array_like=True):
    """One page of the output."""

    fingerprints: tuple[bytes, ...]
    """Each stands for all that decided its bytes, bodies of texts apart: where one is as it was, the page is."""

    stat_signature: bytes
    """The stat signature of its file as it was written."""

    body_digests: tuple[str, ...] = ()
    """The bodies that the page shows."""


class Manifest(Struct, frozen=True, kw_only=True):
    """One build."""

    theme: bytes
    """The digest of the theme (``versions.theme``)."""

    asset_paths_digest: bytes
    """Stands for the paths of the theme's files."""

    listing_digest: bytes
    """Stands for every file of the content folder as it lay there; empty where that was not all that was built."""

    metadata_digest: bytes
    """Stands for all that was read but the bodies of texts; empty where that was not all that was built."""

    body_digests: dict[str, str]
    """The digest of each item's body, by the item's path."""

    pages: dict[str, PageRecord]
    files: dict[str, FileRecord]
    section_files: dict[str, FileRecord]
    """What sections made beside their pages."""

    shared_digest: bytes = b""
    """Stands for the files that lie in a folder shared with other sites (``build/shared.py``)."""

    problems: tuple[Problem, ...]
    """All warnings."""

    site_problems: tuple[Problem, ...]
    """The problems of the site as a whole."""

    now: datetime
    """The moment of the build."""

    next_change: datetime | None
    """Until then the portal stays the same by itself."""

    def stat_signatures(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and the stat signature of every file of the output."""
        return _stat_signatures(self)

    def still_valid_at(self, now: datetime) -> bool:
        """Return whether time alone has changed nothing since the build."""
        return self.now <= now and (self.next_change is None or now < self.next_change)

    def reworded(self, body_digests: Mapping[str, str]) -> list[str]:
        """List the items that had another body than in ``body_digests``, or none, or are no more."""
        return [
            path
            for path in self.body_digests.keys() | body_digests.keys()
            if self.body_digests.get(path) != body_digests.get(path)
        ]


encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Manifest).decode


class _Files(Struct):
    """The little of a manifest that any version of ours understands."""

    pages: dict[str, PageRecord]
    files: dict[str, FileRecord | PageRecord]  # those of versions before December 2026 are like those of pages
    section_files: dict[str, FileRecord | PageRecord] = {}


_decode_files = msgspec.msgpack.Decoder(_Files).decode


def stat_signatures(data: bytes | memoryview) -> dict[str, bytes]:
    """Return the stat signatures of all files of a manifest, also of one that another version of ours kept."""
    try:
        manifest = _decode_files(data)
    except msgspec.MsgspecError:
        return {}
    return dict(_stat_signatures(manifest))


def _stat_signatures(manifest: Manifest | _Files) -> Iterator[tuple[str, bytes]]:
    for path, record in chain(manifest.pages.items(), manifest.files.items(), manifest.section_files.items()):
        yield path, record[:SIGNATURE_BYTES] if isinstance(record, bytes) else record.stat_signature
