"""Write and delete files so that a kill or a power cut at any moment leaves the old or the new."""

import os
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

STALE_SECONDS = 3600
SYNCED_ONE_BY_ONE = 300


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that a reader finds the old text or the new, never a part; whoever else writes it too."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(mode)
    try:
        os.replace(temporary, path)
    except IsADirectoryError:  # nobody's but a damaged disk's
        delete(path)
        os.replace(temporary, path)


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder on the way from a site's own, which is "", to its files."""
    folders = {""}
    for path in paths:
        while (path := path.rpartition("/")[0]) not in folders:
            folders.add(path)
    return folders


def sweep(folder: Path) -> None:
    """Delete what a `write_whole` that was killed an hour ago or more has left."""
    for path in folder.glob(".*.new"):
        with suppress(FileNotFoundError):
            if path.is_file() and time.time() - path.stat().st_mtime > STALE_SECONDS:
                path.unlink()


def sync(paths: Iterable[Path | str]) -> None:
    """Have files, or renames in folders, survive a power cut."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_all(paths: Iterable[Path]) -> None:
    """Do as `sync`; of very many files by one call for the whole disk, which is sooner done."""
    paths = list(paths)
    if len(paths) > SYNCED_ONE_BY_ONE:
        os.sync()
    else:
        sync(paths)


def throw_away(path: Path, trash: Path) -> None:
    """Take a file or folder out of its place at once; `empty` deletes it."""
    number = 0
    while os.path.lexists(path):
        trash.mkdir(exist_ok=True)
        target = trash / f"{path.name}.{os.getpid()}.{number}"
        number += 1
        if not os.path.lexists(target):
            os.rename(path, target)


def empty(trash: Path) -> None:
    """Delete what was thrown away. The folder stays: others may be throwing away."""
    for path in trash.iterdir() if trash.is_dir() else ():
        delete(path)


def delete(path: Path) -> None:
    """Delete whatever lies at a path."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def borrow_cache(cache: Path, target: Path, *more: str) -> None:
    """Take from a cache what is no work of a build's own: pictures, named by their content, and comments.

    Only files, where files belong: a disk may have damaged the rest. Pictures are never written into, and linked.
    """
    for name in (".", "pictures", "pictures-sums", *more):
        (target / name).mkdir(parents=True, exist_ok=True)
        for path in (cache / name).iterdir() if (cache / name).is_dir() else ():
            if path.is_file() and (name != "." or path.name == "comments.json"):
                (os.link if name == "pictures" else shutil.copyfile)(path, target / name / path.name)


def renew_cache(cache: Path) -> None:
    """Make a cache anew of what is still of use in it. What was read stays for its history alone (`--fresh`)."""
    draft = cache.with_name(f"{cache.name}.renewed")
    delete(draft)
    borrow_cache(cache, draft, "state")
    delete(cache)
    draft.rename(cache)
