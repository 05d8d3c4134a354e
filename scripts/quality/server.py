"""Serve a built portal by nginx with docs/nginx.conf."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import local_nginx
from scripts.quality.programs import program


@contextmanager
def served(output: Path) -> Iterator[str]:
    """Serve a copy of the folder, and yield its address."""
    with tempfile.TemporaryDirectory(prefix="quality-") as name:
        here = Path(name)
        here.chmod(0o755)
        shutil.copytree(output, here / "current", copy_function=shutil.copyfile)
        for folder in (here / "current", *(path for path in (here / "current").rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        with local_nginx.served(here, here, program("nginx")) as port:
            yield f"http://localhost:{port}"
