"""List the content folder: every file with its path on the disk and its stat signature. Nothing is opened."""

from __future__ import annotations

import os
import stat
import struct
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from sys import intern
from typing import NamedTuple

from plugins.core import hashing
from plugins.core.errors import Problem
from plugins.core.media import file_names
from plugins.core.text.vietnamese import file_form

_pack = struct.Struct("<QqqQ").pack
_SECOND = 1_000_000_000
_TICK = _SECOND // 5  # nanoseconds; kernels count in 4 to 10 milliseconds, some file systems in seconds


class ListedFile(NamedTuple):
    """A file of the content folder."""

    disk_path: str
    """The path on the disk, whose letters may be decomposed."""

    size: int

    stat_signature: bytes
    """The stat signature; empty where it may not be trusted."""


class Listing(NamedTuple):
    """Every file that a build reads."""

    files: dict[str, ListedFile]
    """Every file of the content folder by its path, sorted."""

    problems: list[Problem]
    """The paths of files that are not read."""

    external_inputs: Mapping[str, bytes] = {}
    """What other programs left for sections, by their names."""

    @property
    def digest(self) -> bytes:
        """Stands for where every file lies, what the file system says of it, and what other programs
        left; empty where that may not be trusted."""
        if not all(file.stat_signature for file in self.files.values()):
            return b""
        problems = (str(problem).encode() for problem in sorted(self.problems))
        external_inputs = (part for name, raw in sorted(self.external_inputs.items()) for part in (name.encode(), raw))
        files = (path.encode() + file.stat_signature for path, file in self.files.items())
        return hashing.digest(*files, *problems, *external_inputs)


def list_files(root: Path) -> Listing:
    """List what lies under ``root``."""
    now = time.time_ns()
    problems: list[Problem] = []
    files: dict[str, ListedFile] = {}
    twins: dict[str, str] = {}
    folders: list[tuple[str, str]] = []
    entries = sorted(_walk(root, folders, problems))
    doubled = file_names.twin_folders(folders, problems)
    problems += file_names.copied_folders([path for path, _ in folders])
    problems += file_names.submodules(root)
    for path, disk_path, status in entries:
        other = twins.setdefault(path.casefold(), disk_path)
        mode = status.st_mode
        if other is disk_path and stat.S_ISREG(mode):
            files[path] = ListedFile(disk_path, status.st_size, stat_signature(status, now))
        elif stat.S_ISREG(mode):
            if not doubled or path.rpartition("/")[0].casefold() not in doubled:
                problems.append(file_names.twin_problem(path, "Hai tệp", other, disk_path))
        elif stat.S_ISDIR(mode):
            message = "Máy không cho mở thư mục này. Xem lại quyền đọc của thư mục."
            problems.append(Problem(f"content/{path}", 0, 0, "FILE_UNREADABLE", message))
        else:
            kind = "liên kết (symlink)" if stat.S_ISLNK(mode) else "tệp đặc biệt"
            message = f"Đây là {kind}, không phải tệp thường. Chép tệp thật vào đây."
            problems.append(Problem(f"content/{path}", 0, 0, "FILE_SPECIAL", message))
    for path, problem in file_names.copied_texts(files):
        problems.append(problem)
        del files[path]
    return Listing(files, problems)


def stat_signature(status: os.stat_result, now: int | None = None) -> bytes:
    """Pack what the file system says of a file, if it may be trusted.

    ``now`` is its clock, where the file may be written again.
    """
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    if now is not None:
        # what was written a tick of the file system's clock ago may be written again unseen
        tick = _TICK if changed % _SECOND else 3 * _SECOND
        if max(modified, changed) > now - tick:
            return b""
    return _pack(status.st_size, modified, changed, status.st_ino)


def _walk(
    root: Path, folders: list[tuple[str, str]], problems: list[Problem]
) -> Iterator[tuple[str, str, os.stat_result]]:
    """Yield everything below ``root`` but folders: its path in the form that we store, where it lies, its status.

    ``folders`` and ``problems`` with names are added to. Links are not followed.
    """
    todo = [(str(root), "")]
    while todo:
        folder, prefix = todo.pop()
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            if prefix:
                continue  # gone since its parent was read
            raise
        except PermissionError:
            if prefix:
                yield prefix.rstrip("/"), folder, os.lstat(folder)
                continue
            raise
        with entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if verdict := file_names.judge(entry.name, is_folder=is_folder):
                    path = f"content/{prefix}{file_names.printable_name(entry.name)}"
                    if verdict is file_names.GIT_NESTED:  # the content itself may be a repository of its own
                        path = f"content/{prefix[:-1]}" if prefix else ""
                    if verdict.code and path:
                        problems.append(Problem(path, 0, 0, verdict.code, verdict.message, verdict.severity))
                    if verdict.is_passed_over:
                        continue
                path = intern(prefix + file_form(entry.name))
                if is_folder:
                    todo.append((entry.path, f"{path}/"))
                    folders.append((path, entry.path))
                else:
                    try:
                        yield path, entry.path, entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # gone since its folder was read
