"""Describe the output of a build and its inputs, so that the next one writes only what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from plugins.core.errors import Problem


class OutputRecord(Struct, frozen=True, array_like=True):
    """One file of the output."""

    fingerprints: tuple[bytes, ...]
    """Each stands for all that decided its bytes, bodies of texts apart: where one is as it was, the file is."""

    stat_signature: bytes
    """The stat signature of the file as it was written."""

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

    pages: dict[str, OutputRecord]
    files: dict[str, OutputRecord]

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

    pages: dict[str, OutputRecord]
    files: dict[str, OutputRecord]


_decode_files = msgspec.msgpack.Decoder(_Files).decode


def stat_signatures(data: bytes | memoryview) -> dict[str, bytes]:
    """Return the stat signatures of all files of a manifest, also of one that another version of ours kept."""
    try:
        manifest = _decode_files(data)
    except msgspec.MsgspecError:
        return {}
    return {path: record.stat_signature for files in (manifest.pages, manifest.files) for path, record in files.items()}
