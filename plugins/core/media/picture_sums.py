"""Remember the digest of each picture file that was made, so that a damaged one is never published.

The sums lie in a folder beside that of the files, in one text for all whose names begin with the same two letters.
A line is added before its file comes into place; a cut last line is none.
"""

from __future__ import annotations

import os
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
    expected = ""
    try:
        lines = path_of(picture).read_text("ascii", "replace").split("\n")[:-1]
    except OSError:
        lines = []
    for line in lines:
        digest, _, name = line.partition(" ")
        if name == picture.name:
            expected = digest
    if expected:
        return _digest(raw) == expected
    return integrity.is_whole(picture.suffix[1:], raw)


def _digest(data: bytes | memoryview) -> str:
    return blake2b(data, digest_size=16).hexdigest()
