"""Take over what another account has built: as files of ours, and nothing but files."""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from .layout import SHARED_FOLDERS
from .outcome import Exit, ReleaseError


class Changes(NamedTuple):
    """What differs now from what lay there before, by path."""

    written: list[str]
    removed: list[str]


def require_folder(path: Path) -> None:
    """Refuse a link that a build has put in place of its folder: we would follow it with our own rights."""
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        raise ReleaseError(Exit.INTERNAL, f"{path} không phải thư mục: xóa nó rồi dựng lại.")


def add_shared(source: Path, target: Path, list_path: Path) -> None:
    """Copy those files of a site's list that the store does not have yet. They are named by their content."""
    try:
        names = list_path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return
    present = set()
    for folder in SHARED_FOLDERS:
        (target / folder).mkdir(parents=True, exist_ok=True)
        present |= {f"{folder}/{name}" for name in os.listdir(target / folder)}
    for name in names:
        if name not in present:
            folder, _, file = name.partition("/")
            if folder not in SHARED_FOLDERS or "/" in file or file.startswith("."):
                raise ReleaseError(Exit.INTERNAL, f"Tên không dùng được trong kho ảnh: {name!a}")
            require_folder(source)
            require_folder(source / folder)
            _copy(source / name, target / name)


def mirror(source: Path, target: Path) -> Changes:
    """Make `target` hold the files of `source`, as files of ours.

    A file of the same size and time is the same. Files are copied aside and renamed: those of the
    target may be hard links of a live release. Raises `ReleaseError` for what is neither file nor folder.
    """
    require_folder(source)
    changes = Changes([], [])
    _mirror(source, target, "", changes)
    return changes


def _mirror(source: Path, target: Path, prefix: str, changes: Changes) -> None:
    target.mkdir(exist_ok=True)
    before = {entry.name: entry for entry in os.scandir(target)}
    with os.scandir(source) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            status, earlier = entry.stat(follow_symlinks=False), before.pop(entry.name, None)
            path = prefix + entry.name
            if stat.S_ISDIR(status.st_mode):
                if earlier and not earlier.is_dir(follow_symlinks=False):
                    _remove(earlier, path, changes)
                _mirror(source / entry.name, target / entry.name, f"{path}/", changes)
            elif stat.S_ISREG(status.st_mode):
                if earlier and earlier.is_dir(follow_symlinks=False):
                    _remove(earlier, path, changes)
                    earlier = None
                if not earlier or not _is_same(status, earlier.stat(follow_symlinks=False)):
                    _copy(source / entry.name, target / entry.name)
                    changes.written.append(path)
            else:
                message = f"Trang dựng xong có thứ không phải tệp: {path!a}"
                raise ReleaseError(Exit.INTERNAL, message)
    for name, entry in before.items():
        _remove(entry, prefix + name, changes)


def _is_same(left: os.stat_result, right: os.stat_result) -> bool:
    return stat.S_ISREG(right.st_mode) and (left.st_size, left.st_mtime_ns) == (right.st_size, right.st_mtime_ns)


def _copy(source: Path, target: Path) -> None:
    """Copy one file, which must not become a link in the meantime, under a name of its own."""
    temporary = target.with_name(f".{target.name[:200]}.new")
    handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    with open(handle, "rb") as reading, temporary.open("wb") as writing:
        while data := reading.read(1 << 20):
            writing.write(data)
        status = os.fstat(reading.fileno())
    temporary.chmod(0o644)
    os.utime(temporary, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace(temporary, target)


def _remove(entry: "os.DirEntry[str]", path: str, changes: Changes) -> None:
    """Delete what the build no longer has."""
    if entry.is_dir(follow_symlinks=False):
        with os.scandir(entry.path) as children:
            for child in children:
                _remove(child, f"{path}/{child.name}", changes)
        os.rmdir(entry.path)
    else:
        os.unlink(entry.path)
        changes.removed.append(path)
