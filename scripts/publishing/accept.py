"""Make the finished folder of a build a release, without reading again what the release before has."""

import filecmp
import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from . import standby, store
from .build import Result, move_notes
from .files import folders_of, sync, sync_all, throw_away
from .layout import BUILDERS_OWN
from .manifest import Release, save_release, save_sums
from .outcome import DamageError, Exit
from .server import Server
from .standby import Base


def accept(server: Server, base: Base, draft: Release, result: Result) -> Release:
    """Make the finished folder a release, safe on the disk before it can go live.

    Only what differs from the release before is read: the build says what that is, or the folder is searched for it.
    Where nothing differs, that release stays, and is known to be of this commit too.
    """
    original = server.releases / (base.release.name if base.release else "none")
    if result.written is None or base.release is None:
        files = set(standby.walk(server.standby))
        changed, removed = _other_files(server.standby, original, files), base.sums.keys() - files
    else:
        changed, removed = sorted(result.written), base.sums.keys() & set(result.removed)
    sums = {path: digest for path, digest in base.sums.items() if path not in removed}
    size = (base.release.size if base.release else 0) - _size(original, (*changed, *removed))
    sums |= _settle(server.standby, changed)
    written = [path for path in changed if sums[path] != base.sums.get(path) or not _restore(original, path, server)]
    size += _size(server.standby, changed)
    shared = store.accept_list(server, server.standby / BUILDERS_OWN, base.release.shared if base.release else "")
    draft = replace(draft, written=len(written), removed=len(removed), count=len(sums), size=size, shared=shared)
    if base.release and not written and not removed and shared == base.release.shared:
        same = replace(draft, name=base.release.name, written=base.release.written, removed=base.release.removed)
        save_release(server.manifests, replace(same, base=base.release.base))
        return same
    notes = standby.notes_of(server, draft.name)
    for left in (notes, server.releases / draft.name):
        throw_away(left, server.trash)  # by a build of the same second that was killed: it has no manifest
    move_notes(server.standby, notes)
    _sync(server.standby, written, removed)
    save_sums(server.manifests, draft.name, sums)
    os.rename(server.standby, server.releases / draft.name)
    sync([server.releases])
    save_release(server.manifests, draft)
    sync([server.manifests])
    return draft


def _sync(site: Path, written: list[str], removed: Iterable[str]) -> None:
    """Have a site survive a power cut."""
    paths = (site / path for path in (*written, *folders_of((*written, *removed))))
    sync_all(path for path in paths if path.exists())


def _settle(site: Path, written: list[str]) -> dict[str, str]:
    """Return the sha256 of files that are new in `site`, once nginx may read them.

    A file written through tempfile is private whatever the umask.
    """
    sums = {}
    for path in written:
        if not path.isprintable() or (site / path).is_symlink():
            raise DamageError(Exit.INTERNAL, f"Trang dựng xong có tên tệp hoặc liên kết không dùng được: {path!r}")
        with (site / path).open("rb") as file:
            sums[path] = hashlib.file_digest(file, "sha256").hexdigest()
            if os.fstat(file.fileno()).st_mode & 0o777 != 0o644:
                os.fchmod(file.fileno(), 0o644)
    for folder in folders_of(written):
        if (site / folder).stat().st_mode & 0o777 != 0o755:
            (site / folder).chmod(0o755)
    return sums


def _other_files(site: Path, original: Path, paths: Iterable[str]) -> list[str]:
    """Return those of `paths` that are not the same file in two folders."""

    def is_same(path: str) -> bool:
        with suppress(FileNotFoundError):
            return os.path.samefile(site / path, original / path)
        return False

    return sorted(path for path in paths if not is_same(path))


def _size(folder: Path, paths: Iterable[str]) -> int:
    """Return the bytes of files, of those that are there."""
    size = 0
    for path in paths:
        with suppress(FileNotFoundError):
            size += (folder / path).lstat().st_size
    return size


def _restore(original: Path, path: str, server: Server) -> bool:
    """Make a file that has the same bytes as one of the release before that very file: readers' copies stay good.

    Returns whether it has: a person, or a disk, may have changed that one since.
    """
    copy = server.standby / path
    try:
        if not filecmp.cmp(original / path, copy, shallow=False):
            return False
        link = copy.with_name(f".{copy.name}.link")
        os.link(original / path, link)
        os.replace(link, copy)
    except FileNotFoundError:
        return False
    return True
