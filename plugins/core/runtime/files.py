"""Write files that others read, or that a kill may interrupt."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, temporary: Path | None = None) -> None:
    """Write the whole of a file or nothing of it, first as ``temporary`` beside it. Its folder must exist."""
    temporary = temporary or path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data)
    os.replace(temporary, path)
