"""Files that a build keeps for the next one: sealed, so that any doubt means nothing kept.

A sealed file begins with the digest of all that its meaning depends on (our code, the
libraries) and the digest of its own bytes. Both are compared before anything is decoded.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

_SIZE = 16


def digest(*parts: bytes) -> bytes:
    """16 bytes that stand for ``parts``, whichever way they are cut."""
    lengths = b"".join([len(part).to_bytes(8, "little") for part in parts])
    return blake2b(b"".join((lengths, *parts)), digest_size=_SIZE).digest()


def write(path: Path, version: bytes, data: bytes) -> None:
    """Keep ``data`` at ``path``: the whole of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        file.write(version + digest(version, data))
        file.write(data)
    os.replace(temporary, path)


def read(path: Path, version: bytes) -> bytes | None:
    """What was kept at ``path``, if it is whole and of this ``version`` (16 bytes)."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    data = raw[2 * _SIZE :]
    whole = raw[:_SIZE] == version and raw[_SIZE : 2 * _SIZE] == digest(version, data)
    return data if whole else None
