"""Keep pictures and the theme's files of many sites in one folder beside their outputs.

A server that keeps several releases has each file once, and the pages of an earlier one find theirs. Names hold a
digest, so a file never changes under its name; files are only ever added. The list of those that the site needs
lies in the output's mark.

Where readers are served from another such folder (``served``), which this build may only read, what lies there is
neither made nor added again.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Set
from contextlib import suppress
from pathlib import Path

from plugins.core import hashing
from plugins.core.build.packing import pack, packed_names
from plugins.core.incremental.manifest import Manifest
from plugins.core.runtime.files import write_whole

#: The folders of the output whose files are shared.
FOLDERS = ("anh/", "theme/")

_SIGNATURE = struct.Struct("<qQ").pack


class Shared:
    """The shared folder, and the names of the files in it that one output needs."""

    def __init__(self, root: Path, mark: Path, served: Path | None = None) -> None:
        self._root = str(root)
        self._roots = tuple(map(str, filter(None, (root, served))))
        self._list = mark / "shared"
        self._names: set[str] | None = None
        self._present: dict[str, Set[str]] = {}

    @staticmethod
    def holds(path: str) -> bool:
        """Return whether the output's file at ``path`` is a shared one."""
        return path.startswith(FOLDERS)

    def add(self, path: str, data: bytes) -> None:
        """Have a small file be there with these bytes, packed too, and the site need it."""
        names = packed_names(path)
        self._need(path, *names)
        for root in self._roots:
            with suppress(OSError):
                if Path(root, path).read_bytes() == data and all(os.path.exists(f"{root}/{name}") for name in names):
                    return
        for name in names:
            self._write(f"{self._root}/{name}", pack(name, data, is_page=False))
        self._write(f"{self._root}/{path}", data)

    def add_file(self, path: str, original: Path, read: Callable[[], bytes]) -> None:
        """Have a file be there, and the site need it. Where it is missing it becomes a hard link of ``original``
        once ``read`` has found that whole, or a copy where the disk is another."""
        self._need(path)
        folder, _, name = path.partition("/")
        if name in self.names(folder):
            return
        data = read()
        target = f"{self._root}/{path}"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        try:
            os.link(original, target)
        except FileExistsError:
            return
        except OSError:
            self._write(target, data)

    def names(self, folder: str) -> Set[str]:
        """Return the names of the files that were in ``folder`` when it was first asked for: they need not be made."""
        if folder not in self._present:
            names: set[str] = set()
            for root in self._roots:
                with suppress(FileNotFoundError):
                    names.update(os.listdir(f"{root}/{folder}"))
            self._present[folder] = names
        return self._present[folder]

    def _need(self, *paths: str) -> None:
        if self._names is None:
            self._names = set()
        self._names.update(paths)

    def _write(self, target: str, data: bytes) -> None:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        temporary = f"{target}.{os.getpid()}.tmp"
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)

    def save(self) -> None:
        """Write the list of what the site needs, if it was asked anew and is another."""
        if self._names is None:
            return
        text = "".join(f"{name}\n" for name in sorted(self._names)).encode()
        if self._read() != text:
            write_whole(self._list, text, self._list.with_name("shared.new"))

    def _read(self) -> bytes | None:
        try:
            return self._list.read_bytes()
        except OSError:
            return None

    @property
    def digest(self) -> bytes:
        """Stands for the list, and for the moment when the last file came or went."""
        text = self._read()
        if text is None:
            return b""
        signatures = (_signature(f"{root}/{folder}") for root in self._roots for folder in FOLDERS)
        return hashing.digest(text) + hashing.digest(*signatures)

    def is_as_in(self, last: Manifest) -> bool:
        """Return whether the site needs the same files as after the last build, and all are there."""
        digest = self.digest
        if last.shared_digest == digest:
            return digest != b""
        half = len(digest) // 2
        return digest != b"" and last.shared_digest[:half] == digest[:half] and self._has_all()

    def _has_all(self) -> bool:
        """Look for each file of the list: others came or went, as when a server has taken over what was made."""
        paths = (self._read() or b"").decode().splitlines()
        return all(name in self.names(folder) for folder, _, name in (path.partition("/") for path in paths))


def _signature(folder: str) -> bytes:
    try:
        status = os.stat(folder)
    except OSError:
        return b""
    return _SIGNATURE(status.st_mtime_ns, status.st_ino)
