"""Bytes → files: each written beside its place, all renamed into it together, the rest taken away."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from plugins.core.crew import share
from plugins.core.manifest import Made, Manifest, stamp, stamp_of
from plugins.core.problems import ConfigError, Problem

_FOREIGN = "Thư mục xuất bản có tệp lạ, không phải do cổng tạo ra. Chọn một thư mục trống."


class Output:
    """The output folder. What is written waits beside its place until ``commit``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folder = str(root)
        self._was_empty = False

    def prepare(self, is_ours: bool) -> None:
        """Make sure that the folder is ours to change. Raises ``ConfigError`` if it is not.

        A folder that we never wrote, is not empty and holds no portal may be somebody's
        home: a wrong OUTPUT must not cost files.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        self._was_empty = not any(self.root.iterdir())
        strange = not is_ours and not self._was_empty and not (self.root / "sitemap.xml").exists()
        if strange or (self.root / ".git").exists() or (self.root / "pelicanconf.py").exists():
            raise ConfigError([Problem(str(self.root), 0, 0, "OUTPUT_NOT_OURS", _FOREIGN)])

    def is_whole(self, last: Manifest) -> bool:
        """Whether every file of the last build is still as it was made."""
        return all(self.has(path, made) for part in (last.pages, last.files) for path, made in part.items())

    def has(self, path: str, made: Made) -> bool:
        """Whether the file at ``path`` is still as it was made."""
        return stamp(f"{self._folder}/{path}") == made.stamp

    def write(
        self, path: str, data: bytes, key: bytes, texts: tuple[str, ...] = (), hint: bytes = b""
    ) -> tuple[Made, bool]:
        """Write one file beside its place. What is equal already stays untouched: then ``False``."""
        target = f"{self._folder}/{path}"
        is_same = None if self._was_empty else _holds(target, data)
        if is_same:
            return Made(key, stamp(target), texts, hint), False
        if is_same is None:
            _make(os.path.dirname(target))
        return Made(key, _put(_waiting(target), data), texts, hint), True

    def commit(self, paths: Sequence[str], workers: int = 1) -> None:
        """Put the files of ``paths`` that were written into their places."""
        for _ in share(self._put_in_place, paths, workers):
            pass

    def _put_in_place(self, paths: Sequence[str]) -> None:
        for path in paths:
            target = f"{self._folder}/{path}"
            os.replace(_waiting(target), target)

    def discard(self, paths: Iterable[str]) -> None:
        """Take away what was written for ``paths`` and shall not be published."""
        self._unlink(_waiting(f"{self._folder}/{path}") for path in paths)

    def remove(self, paths: Iterable[str]) -> int:
        """Delete files that belong no more, and the folders that are empty without them."""
        return self._unlink(f"{self._folder}/{path}" for path in paths)

    def _unlink(self, targets: Iterable[str]) -> int:
        gone = 0
        for target in targets:
            with suppress(OSError):
                os.unlink(target)
                gone += 1
            with suppress(OSError):
                while (target := os.path.dirname(target)) != self._folder:
                    os.rmdir(target)
        return gone

    def sweep(self, known: Iterable[str]) -> int:
        """Delete every file of the folder that is not among ``known``, and every empty folder."""
        if self._was_empty:
            return 0  # there is nothing but what we wrote
        kept = {f"{self._folder}/{path}" for path in known}
        gone = 0
        for folder, _, names in os.walk(self._folder, topdown=False):
            strange = [name for name in names if f"{folder}/{name}" not in kept]
            for name in strange:
                os.unlink(f"{folder}/{name}")
            gone += len(strange)
            if len(strange) == len(names) and folder != self._folder and not os.listdir(folder):
                os.rmdir(folder)
        return gone


def _waiting(target: str) -> str:
    folder, _, name = target.rpartition("/")
    return f"{folder}/.{name}.tmp"


def _make(folder: str) -> None:
    """Make sure of a folder, which is nearly always the only one of its path that is new."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


# Files are many and small: what Python's own files cost beside these calls is more than the writing.


def _put(target: str, data: bytes) -> bytes:
    """Write a file. Returns its stamp."""
    file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        while data:
            data = data[os.write(file, data) :]
        return stamp_of(os.fstat(file))
    finally:
        os.close(file)


def _holds(target: str, data: bytes) -> bool | None:
    """Whether a file is ``data``; ``None`` where there is none that can be read."""
    try:
        if os.stat(target).st_size != len(data):
            return False
        file = os.open(target, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.read(file, len(data) + 1) == data
        finally:
            os.close(file)
    except OSError:
        return None
