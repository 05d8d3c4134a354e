"""Take over what another account has built: as files of ours, and nothing but files."""

import os
import shutil
import stat
from pathlib import Path
from typing import NamedTuple

from .files import folders_of, sync_all
from .layout import BUILDERS_OWN, SHARED_FOLDERS
from .outcome import Exit, ReleaseError


class Changes(NamedTuple):
    """What differs now from what lay there before, by path."""

    written: list[str]
    removed: list[str]


def require_folder(path: Path) -> None:
    """Refuse a link that a build has put in place of its folder: we would follow it with our own rights."""
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        raise ReleaseError(Exit.INTERNAL, f"{path} không phải thư mục: xóa nó rồi dựng lại.")


def not_a_file(path: str) -> ReleaseError:
    """Return the error of a build that hands over a link, a pipe or a device."""
    return ReleaseError(Exit.INTERNAL, f"Trang dựng xong có thứ không phải tệp: {path!a}")


def add_shared(source: Path, target: Path, list_path: Path) -> None:
    """Copy those files of a site's list that the store does not have yet. They are named by their content.

    Builds take what has its name in the store for good, so none has it before it is safe on the disk.
    """
    drafts = target / ".new"
    shutil.rmtree(drafts, ignore_errors=True)
    added: list[str] = []
    for folder in SHARED_FOLDERS:
        if not os.path.lexists(source / folder):
            continue
        require_folder(source)
        require_folder(source / folder)
        (target / folder).mkdir(parents=True, exist_ok=True)
        names = [name for name in os.listdir(source / folder) if not os.path.lexists(target / folder / name)]
        needed = set(list_path.read_text("utf-8").splitlines()) if names else set()
        for name in sorted(names):
            if f"{folder}/{name}" in needed:
                drafts.mkdir(exist_ok=True)
                _copy(source / folder / name, drafts / str(len(added)))
                added.append(f"{folder}/{name}")
    sync_all(drafts / str(number) for number in range(len(added)))
    for number, path in enumerate(added):
        os.rename(drafts / str(number), target / path)


def mirror(source: Path, target: Path) -> Changes:
    """Make `target` hold the files of `source`, as files of ours.

    A file of the same size and time is the same. Files are copied aside and renamed: those of the
    target may be hard links of a live release. Raises `ReleaseError` for what is neither file nor folder.
    """
    changes = Changes([], [])
    _mirror_all(source, target, changes)
    return changes


def take_changes(source: Path, target: Path, hints: Changes) -> Changes:
    """Do as `mirror` where the two were the same and only what `hints` names has changed since.

    Nothing else is looked at but the build's own notes: a portal has many files. The names are of
    `handover.changes_of`. Raises `ReleaseError` as `mirror` does.
    """
    changes, draft = Changes([], []), _draft(target)
    try:
        for path in hints.removed:
            (target / path).unlink(missing_ok=True)
            changes.removed.append(path)
            _remove_empty(target, path)
        for folder in (*sorted(folders_of(hints.written)), BUILDERS_OWN):
            require_folder(source / folder)
        for path in hints.written:
            if not stat.S_ISREG(os.lstat(source / path).st_mode):
                raise not_a_file(path)
            _copy(source / path, draft)
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(draft, target / path)
            changes.written.append(path)
        _mirror(source / BUILDERS_OWN, target / BUILDERS_OWN, f"{BUILDERS_OWN}/", changes, draft)
    except OSError:  # a folder where a file was, or what a build does not know of: look at everything
        _mirror_all(source, target, changes)
    return changes


def _mirror_all(source: Path, target: Path, changes: Changes) -> None:
    require_folder(source)
    _mirror(source, target, "", changes, _draft(target))


def _draft(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.new")


def _remove_empty(root: Path, path: str) -> None:
    """Delete the folders on the way to `path` that have become empty."""
    while path := path.rpartition("/")[0]:
        try:
            (root / path).rmdir()
        except OSError:
            return


def _mirror(source: Path, target: Path, prefix: str, changes: Changes, draft: Path) -> None:
    target.mkdir(exist_ok=True)
    before = {entry.name: entry for entry in os.scandir(target)}
    with os.scandir(source) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            status, earlier = entry.stat(follow_symlinks=False), before.pop(entry.name, None)
            path = prefix + entry.name
            if stat.S_ISDIR(status.st_mode):
                if earlier and not earlier.is_dir(follow_symlinks=False):
                    _remove(earlier, path, changes)
                _mirror(source / entry.name, target / entry.name, f"{path}/", changes, draft)
            elif stat.S_ISREG(status.st_mode):
                if earlier and earlier.is_dir(follow_symlinks=False):
                    _remove(earlier, path, changes)
                    earlier = None
                if not earlier or not _is_same(status, earlier.stat(follow_symlinks=False)):
                    _copy(source / entry.name, draft)
                    os.replace(draft, target / entry.name)
                    changes.written.append(path)
            else:
                raise not_a_file(path)
    for name, entry in before.items():
        _remove(entry, prefix + name, changes)


def _is_same(left: os.stat_result, right: os.stat_result) -> bool:
    return stat.S_ISREG(right.st_mode) and (left.st_size, left.st_mtime_ns) == (right.st_size, right.st_mtime_ns)


def _copy(source: Path, draft: Path) -> None:
    """Copy one file, which must not become a link or a pipe in the meantime."""
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise not_a_file(source.name) from error
    with open(handle, "rb") as reading, draft.open("wb") as writing:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise not_a_file(source.name)
        while data := reading.read(1 << 20):
            writing.write(data)
        status = os.fstat(reading.fileno())
    draft.chmod(0o644)
    os.utime(draft, ns=(status.st_atime_ns, status.st_mtime_ns))


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
