"""Write files that others read, or that a kill may interrupt."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write the whole of a file or nothing of it. Its folder must exist."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data)
    os.replace(temporary, path)
