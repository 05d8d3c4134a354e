"""An import as operators run it, into a tiny site."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest

from scripts.__main__ import main
from tests.joomla.old_site import PORTAL, OldPortal
from tests.tiny import CONF, TinySite, a_jpeg, a_tiny_site


@dataclass
class Move:
    """A tiny site, and the old portal that moves into it."""

    site: TinySite
    root: Path

    @property
    def images(self) -> Path:
        return self.root / "cong-cu"

    def old_file(self, path: str, data: bytes | None = None) -> None:
        target = self.images / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(a_jpeg() if data is None else data)

    def dump(self, text: str | bytes, name: str = "cu.sql") -> Path:
        path = self.root / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def run(self, source: Path, *more: str) -> tuple[int, str]:
        """Import as ``make import`` does. Returns the exit code, and all that was told."""
        words = ["import", "-s", CONF, "--into", str(self.site.content), *more, str(source)]
        if self.images.is_dir():
            words[1:1] = ["--images", str(self.images)]
        return self._main(words)

    def check(self) -> str:
        """Return what ``make check`` says."""
        return self._main(["check", "-s", CONF, str(self.site.content)])[1]

    def _main(self, words: list[str]) -> tuple[int, str]:
        printed = StringIO()
        variables = {"CACHE": str(self.root / "cache"), "NOW": "2026-11-23 20:00", "WORKERS": "1"}
        sys.modules.pop("pelicanconf", None)  # it reads the environment as it is loaded
        with redirect_stdout(printed), redirect_stderr(printed), patch.dict(os.environ, variables):
            code = main(words)
        return code, printed.getvalue()

    def text(self, path: str) -> str:
        return (self.site.content / path / "index.md").read_text("utf-8")

    def at_root(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def texts(self) -> dict[str, bytes]:
        """All files of the content folder."""
        content = self.site.content
        return {
            path.relative_to(content).as_posix(): path.read_bytes()
            for path in sorted(content.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def move(tmp_path: Path) -> Move:
    return Move(a_tiny_site(tmp_path), tmp_path)


def with_pictures(move: Move) -> Move:
    """Give the old portal the files that its stories show, but for the one that nobody has."""
    for name in ("ra-quan.jpg", "IMG_2041.JPG", "trao-qua.jpg"):
        move.old_file(f"images/stories/2012/{name}")
    for name in "ab":
        move.old_file(f"images/2014/trang-ram/{name}.jpg")
    return move


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return an empty folder that nginx's workers may enter, which run as another account."""
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def portal() -> OldPortal:
    return PORTAL
