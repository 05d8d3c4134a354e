"""Keep the files made of pictures: find those that are missing, half written, damaged, or not shown for long.

Several content folders may share one cache, and a cache may be copied to another machine.
"""

from __future__ import annotations

import fnmatch
import os
import time
from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from plugins.core.errors import MachineError, Problem
from plugins.core.media import picture_sums
from plugins.core.media.picture_file import DIGEST_BYTES, PictureFile
from plugins.core.runtime.files import write_whole

DIGEST = "[0-9a-f]" * 2 * DIGEST_BYTES
"""The beginning of the names of the files made of pictures, as a glob."""

#: Days after which a picture that no build has shown is deleted, and after which a build notes again what it shows.
_UNUSED_DAYS, _NOTE_DAYS = 90, 7
_NOTES = "shown.txt"
_DAY = 86_400


class Job(NamedTuple):
    """A picture whose files have to be made."""

    original: Path
    picture: PictureFile
    cache: Path
    """The folder to write to."""

    names: frozenset[str]
    """The files to make."""


def missing(
    shown: Iterable[PictureFile],
    shared: Iterable[PictureFile],
    offered: Iterable[PictureFile],
    locate: Callable[[str], Path],
    cache: Path,
    elsewhere: Set[str] = frozenset(),
) -> list[Job]:
    """Return what has to be made: of ``shown`` pictures the files for pages, of ``shared`` ones that for social
    networks, of ``offered`` ones the file at full size. The former are not made where they are ``elsewhere``.

    ``locate`` returns the path of an original. Raises ``MachineError`` where the cache cannot be used.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        present = sweep(cache)
    except OSError as error:
        raise disk_error(error, cache) from error
    pictures: dict[str, PictureFile] = {}
    names: dict[str, set[str]] = {}
    wanted = chain(
        ((picture, name) for picture in shown for name in picture.names),
        ((picture, picture.shared_name) for picture in shared),
        ((picture, picture.full_name) for picture in offered),
    )
    for picture, name in wanted:
        if name not in present and (name not in elsewhere or name == picture.full_name):
            pictures[picture.digest] = picture
            names.setdefault(picture.digest, set()).add(name)
    return [
        Job(locate(picture.path), picture, cache, frozenset(names[digest]))
        for digest, picture in sorted(pictures.items())
    ]


def sweep(cache: Path) -> set[str]:
    """Delete files that a worker left half written; return the names of all others."""
    names = set(os.listdir(cache))
    for name in fnmatch.filter(names, f"{DIGEST}-*.tmp"):
        if not _is_running(name.split(".")[-2]):
            names.discard(name)
            with suppress(OSError):
                (cache / name).unlink()
    return names


def _is_running(process: str) -> bool:
    """Return whether another process of this number runs: then it still writes the file."""
    if not process.isdecimal() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def delete_damaged(cache: Path) -> int:
    """Delete the files that are not as they were made, as a copy or a disk may leave them; return how many."""
    paths = sorted(cache.glob(f"{DIGEST}-*"))
    damaged = [path for path in paths if not picture_sums.is_intact(path, path.read_bytes())]
    for path in damaged:
        path.unlink()
    return len(damaged)


def prune(cache: Path, shown: Iterable[str]) -> int:
    """Delete the files of pictures that no build has shown for ninety days; return how many.

    Once a week a build notes in ``shown.txt`` on which day each picture was last shown, as builds of other
    content folders do with theirs. What is shown now is noted first, so a wrong clock deletes nothing in use.
    """
    notes, now = cache / _NOTES, time.time()
    with suppress(FileNotFoundError):
        if abs(now - notes.stat().st_mtime) < _NOTE_DAYS * _DAY:
            return 0
    today, width = int(now // _DAY), 2 * DIGEST_BYTES
    digests = {name[:width] for name in shown}
    last_shown = _read_notes(notes)
    pictures: dict[str, list[Path]] = {}
    for path in cache.glob(f"{DIGEST}-*"):
        pictures.setdefault(path.name[:width], []).append(path)
    days = {digest: today if digest in digests else last_shown.get(digest, today) for digest in pictures}
    unused = [path for digest, paths in pictures.items() if today - days[digest] > _UNUSED_DAYS for path in paths]
    for path in unused:
        path.unlink(missing_ok=True)
    lines = [f"{digest} {day}\n" for digest, day in sorted(days.items()) if today - day <= _UNUSED_DAYS]
    write_whole(notes, "".join(lines).encode("ascii"), notes.with_suffix(".new"))
    return len(unused)


def _read_notes(notes: Path) -> dict[str, int]:
    """Return the day, counted from 1970, on which each picture was last shown, by its digest."""
    try:
        pairs = [line.split(" ") for line in notes.read_text("ascii", "replace").splitlines()]
    except FileNotFoundError:
        return {}
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdecimal()}


def disk_error(error: OSError, cache: Path) -> MachineError:
    """Return what stops a build whose pictures cannot be written."""
    reason = f"Không chuẩn bị được ảnh: {error.strerror or error}. Kiểm tra chỗ trống và quyền ghi của ổ đĩa."
    return MachineError([Problem(error.filename or str(cache), 0, 0, "PICTURE_DISK", reason)])
