"""Manifest: what the last build made, so that the next one makes only what has changed."""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from plugins.core import hashing
from plugins.core.errors import Problem

_STAMP = struct.Struct("<QqQ").pack


class OutputRecord(Struct, frozen=True, array_like=True):
    """One file of the output."""

    digest: bytes
    """Stands for all that decided its bytes: the view of a page, what another file is made from."""

    stat_signature: bytes
    """What the file system said of it as it was written."""

    body_digests: tuple[str, ...] = ()
    """The bodies that the page shows."""

    inputs: bytes = b""
    """The fingerprint of what the page's view was made from; empty where it has none."""


class Manifest(Struct, frozen=True, kw_only=True):
    """What one build made, of what. ``look`` stands for the theme (``version.look``), ``fixed`` for
    the names of its files.

    ``inputs`` stands for every file of the content folder as it lay there, ``metadata_digest`` for
    what was read of them (``reader.Reading``), ``body_digests`` are the digests of the items'
    texts by path. ``problems`` are all warnings, ``site_problems`` those that no
    file has by itself. Until ``next_change`` the
    portal stays the same by itself.
    """

    look: bytes
    fixed: bytes
    inputs: bytes
    metadata_digest: bytes
    body_digests: dict[str, str]
    pages: dict[str, OutputRecord]
    files: dict[str, OutputRecord]
    problems: tuple[Problem, ...]
    site_problems: tuple[Problem, ...]
    now: datetime
    next_change: datetime | None

    def reworded(self, body_digests: Mapping[str, str]) -> list[str]:
        """The items that had another text than in ``body_digests`` (digest by path), or none, or are no more."""
        return [
            path
            for path in self.body_digests.keys() | body_digests.keys()
            if self.body_digests.get(path) != body_digests.get(path)
        ]

    def covers(self, now: datetime) -> bool:
        """Whether, at ``now``, time alone has changed nothing since this build."""
        return self.now <= now and (self.next_change is None or now < self.next_change)


_decode = msgspec.msgpack.Decoder(Manifest).decode
_encode = msgspec.msgpack.Encoder().encode


def save(path: Path, version: bytes, manifest: Manifest) -> None:
    """Keep ``manifest`` for builds of the same ``version`` (16 bytes: code, settings)."""
    hashing.write(path, version, _encode(manifest))


def load(path: Path, version: bytes) -> Manifest | None:
    """What the last build of this ``version`` made, if that is known for sure."""
    found = hashing.read(path, version)
    try:
        return _decode(found[0]) if found else None
    except msgspec.MsgspecError:
        return None


def stamps(path: Path) -> dict[str, bytes]:
    """The stamps of all files of a manifest by their paths, also of one that another version of ours kept."""
    found = hashing.read(path)
    try:
        kept = msgspec.msgpack.decode(found[0]) if found else {}
        return {name: made[1] for part in ("pages", "files") for name, made in kept.get(part, {}).items()}
    except (msgspec.MsgspecError, AttributeError, LookupError, TypeError):
        return {}


def stamp(path: str) -> bytes:
    """What the file system says of a file that we wrote; empty where it is gone."""
    try:
        return stat_signature_of(os.stat(path))
    except OSError:
        return b""


def stat_signature_of(status: os.stat_result) -> bytes:
    """The same of a file that was asked already."""
    return _STAMP(status.st_size, status.st_mtime_ns, status.st_ino)
