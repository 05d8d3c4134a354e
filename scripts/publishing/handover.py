"""Know that the output of the account that builds is what was taken over of it last.

After each build that ends well, the builder gives its output a mark, among the build's notes: these are taken over,
and lie in whatever becomes a copy of that release. Where both have the same mark, only what the next build says that
it has changed needs to be taken over. While a build runs there is none, so one that was killed is looked through.
"""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from .files import delete
from .layout import BUILDERS_OWN
from .takeover import Changes

MAX_RESULT = 64 * 1024 * 1024
MAX_MARK = 200


def new_mark(socket: Path) -> str:
    """Return a mark: when this socket was made, which is at each start of the machine, and something that is new.

    What a power cut has left is looked through, whatever it is.
    """
    status = socket.stat()
    return f"{status.st_ino}-{status.st_mtime_ns} {os.urandom(16).hex()}"


def is_same(site: Path, other: Path, new: str) -> bool:
    """Return whether two outputs have the same mark, and have it since the start in which the `new` one was made."""
    mark = load_mark(site)
    return _start(mark) == _start(new) and mark == load_mark(other)


def load_mark(site: Path) -> str:
    """Return the mark of an output; "" where it has none."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return _read(_path(site), MAX_MARK).decode("ascii")
    return ""


def take_mark(site: Path) -> str:
    """Return the mark of an output, which loses it: it is going to change."""
    mark = load_mark(site)
    delete(_path(site))
    return mark


def give_mark(site: Path, earlier: str, new: str, changes: Changes | None) -> None:
    """Give a finished output the new mark; the `earlier` one where the build says that it has changed nothing."""
    is_unchanged = changes == Changes([], []) and _start(earlier) == _start(new)
    if _path(site).parent.is_dir():
        _path(site).write_text(earlier if is_unchanged else new, "ascii")


def load_result(path: Path) -> dict[str, Any]:
    """Return what a build wrote to PORTAL_RESULT; nothing where that is not JSON, or a link to elsewhere."""
    with contextlib.suppress(OSError, ValueError):
        result = json.loads(_read(path, MAX_RESULT))
        return result if isinstance(result, dict) else {}
    return {}


def changes_of(result: dict[str, Any]) -> Changes | None:
    """Return the files that a build says it has changed; None where it does not say, or names something else."""
    lists: list[Any] = [result.get("written"), result.get("removed")]
    if all(isinstance(paths, list) and all(map(_is_name, paths)) for paths in lists):
        return Changes(*lists)
    return None


def _is_name(path: object) -> bool:
    """Return whether this is the path of a file that may lie in a site."""
    return isinstance(path, str) and "\0" not in path and {"", ".", "..", BUILDERS_OWN}.isdisjoint(path.split("/"))


def _path(site: Path) -> Path:
    return site / BUILDERS_OWN / "handed-over"


def _read(path: Path, most: int) -> bytes:
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        return file.read(most)


def _start(mark: str) -> str:
    return mark.partition(" ")[0]
