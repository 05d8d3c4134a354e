"""Read and write checksummed cache files; any mismatch is a cache miss.

A checksummed file begins with the digest of all that its meaning depends on (our code, the
libraries) and the digest of its own bytes. Both are compared before anything is decoded.
"""

from __future__ import annotations

import os
from array import array
from hashlib import blake2b
from pathlib import Path

_SIZE = 16


def digest(*parts: bytes) -> bytes:
    """16 bytes that stand for ``parts``, whichever way they are cut."""
    lengths = array("Q", map(len, parts)).tobytes()
    return blake2b(b"".join((lengths, *parts)), digest_size=_SIZE).digest()


def read_same(path: str | os.PathLike[str], kept: bytes) -> bytes | None:
    """Return the bytes of a file if their digest is ``kept``, ``None`` if it has changed or is gone."""
    try:
        raw = Path(path).read_bytes()
    except OSError:
        return None
    return raw if digest(raw) == kept else None


def checksum(version: bytes, data: bytes | memoryview) -> bytes:
    """16 bytes that stand for ``data`` and what it is for. Nothing is copied: it may be large."""
    made = blake2b(version, digest_size=_SIZE)
    made.update(data)
    return made.digest()


def write(path: Path, version: bytes, data: bytes) -> bytes:
    """Keep ``data`` at ``path``: the whole of it or nothing. Returns its seal."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    found = checksum(version, data)
    with temporary.open("wb") as file:
        file.write(version + found)
        file.write(data)
    os.replace(temporary, path)
    return found


def read(path: Path, version: bytes = b"") -> tuple[memoryview, bytes] | None:
    """What was kept at ``path``, and its seal, if it is whole and of this ``version`` (16 bytes; of any
    where none is given)."""
    try:
        raw = memoryview(path.read_bytes())
    except OSError:
        return None
    version = version or bytes(raw[:_SIZE])
    if raw[:_SIZE] != version:
        return None
    data, expected = raw[2 * _SIZE :], bytes(raw[_SIZE : 2 * _SIZE])
    return (data, expected) if expected == checksum(version, data) else None


class AppendLog:
    """A checksummed file that small changes are added to instead of writing it anew: they go into
    a second one beside it, each checksummed for the very bytes of the first."""

    def __init__(self, path: Path, version: bytes) -> None:
        self._path = path
        self._more = path.with_name(f"{path.name}.more")
        self._version = version
        self._seal = b""  # of the file that additions are for
        self._sizes = 0, 0

    def read(self) -> list[memoryview]:
        """What was written and, in their order, what was added; nothing where that is in doubt."""
        found = read(self._path, self._version)
        if found is None:
            return []
        data, self._seal = found
        parts = [data]
        try:
            raw = memoryview(self._more.read_bytes())
        except OSError:
            raw = memoryview(b"")
        position = 0
        while position < len(raw):
            start = position + 2 * _SIZE + 8
            end = start + int.from_bytes(raw[start - 8 : start], "little")
            part = raw[start:end]
            if raw[position : start - 8] != self._seal + checksum(self._seal, part):
                break  # cut short; nothing after it can have been added
            parts.append(part)
            position = end
        self._sizes = len(data), position
        return parts

    def write(self, data: bytes) -> None:
        """Keep ``data`` alone."""
        self._more.unlink(missing_ok=True)
        self._seal = write(self._path, self._version, data)
        self._sizes = len(data), 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to write it anew: there is none yet, or much was added."""
        first, more = self._sizes
        return not self._seal or more > first // 4 or not self._path.exists()

    def append(self, data: bytes) -> None:
        """Add ``data`` to what was written."""
        first, more = self._sizes
        with open(os.open(self._more, os.O_WRONLY | os.O_CREAT, 0o666), "wb") as file:
            file.truncate(more)  # behind what was read as whole
            file.seek(more)
            file.write(b"".join((self._seal, checksum(self._seal, data), len(data).to_bytes(8, "little"), data)))
            self._sizes = first, file.tell()

    def forget(self) -> None:
        """Keep nothing."""
        self._more.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)
        self._seal, self._sizes = b"", (0, 0)
