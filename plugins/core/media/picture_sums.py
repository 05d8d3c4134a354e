"""Remember the digest of each picture file that was made, so that a damaged one is never published.

The sums lie in a folder beside that of the files, in one text for all whose names begin with the same two letters.
A line is added before its file comes into place; a cut last line is none.
"""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from plugins.core.media import integrity


def path_of(picture: Path) -> Path:
    """Return where the sum of a picture file is."""
    return picture.parent.with_name(f"{picture.parent.name}-sums") / f"{picture.name[:2]}.txt"


def add(picture: Path, data: bytes | memoryview) -> None:
    """Note the digest of a file that is about to come into place."""
    line = f"{_digest(data)} {picture.name}\n".encode()
    # One write: lines of several processes do not mix.
    path = path_of(picture)
    path.parent.mkdir(exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
    try:
        os.write(file, line)
    finally:
        os.close(file)


def is_intact(picture: Path, raw: bytes) -> bool:
    """Return whether a file is as it was made; of one made before sums were noted, whether it is whole."""
    path = path_of(picture)
    try:
        status = os.stat(path)
        expected = _load(path, status.st_size, status.st_mtime_ns).get(picture.name)
    except OSError:
        expected = None
    if expected:
        return _digest(raw) == expected
    return integrity.is_whole(picture.suffix[1:], raw)


@lru_cache(maxsize=2)  # files are asked for in the order of their names
def _load(path: Path, size: int, modified: int) -> dict[str, str]:
    """Return the digests in a text by the files' names; size and time say which text it is."""
    lines = path.read_text("ascii", "replace").split("\n")[:-1]
    pairs = (line.partition(" ") for line in lines)
    return {name: digest for digest, _, name in pairs}


def _digest(data: bytes | memoryview) -> str:
    return blake2b(data, digest_size=16).hexdigest()
