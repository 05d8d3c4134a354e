"""Digest bytes, and tell by a checksum whether cached data are whole."""

from __future__ import annotations

import os
from array import array
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

_SIZE = 16
CHECKSUM_SIZE = 4
"""In bytes."""


class CorruptedCacheError(Exception):
    """Something that was kept cannot be read back. The build starts cold."""


def digest(*values: bytes | memoryview) -> bytes:
    """Return 16 bytes that stand for ``values`` and for where each of them ends."""
    hasher = blake2b(array("Q", map(len, values)), digest_size=_SIZE)
    for value in values:
        hasher.update(value)
    return hasher.digest()


def read_same(path: str | os.PathLike[str], expected: bytes) -> bytes | None:
    """Return the bytes of a file if their digest is ``expected``, ``None`` if it has changed or is gone."""
    try:
        raw = Path(path).read_bytes()
    except OSError:
        return None
    return raw if digest(raw) == expected else None


def with_checksum(key: bytes, data: bytes) -> bytes:
    """Return ``data`` behind a checksum of it and of the ``key`` under which it is kept.

    CRC-32 finds what disks and broken-off writes do to a file; nobody forges a cache of their own.
    """
    return checksum(key, data) + data


def verified(key: object, stored: object) -> memoryview:
    """Return what ``with_checksum`` was given. Raises ``CorruptedCacheError`` if it is not that."""
    if not isinstance(key, bytes) or not isinstance(stored, bytes):
        raise CorruptedCacheError
    data = memoryview(stored)[CHECKSUM_SIZE:]
    if stored[:CHECKSUM_SIZE] != checksum(key, data):
        raise CorruptedCacheError
    return data


def checksum(key: bytes, data: bytes | memoryview) -> bytes:
    """Return the checksum, ``CHECKSUM_SIZE`` bytes, of ``data`` that are kept under ``key``."""
    return crc32(data, crc32(key)).to_bytes(CHECKSUM_SIZE)
