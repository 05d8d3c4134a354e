"""Replace each broken item by its last good version, so that it does not hold up all the others.

With ``KEEP_LAST_GOOD`` a build that finds mistakes goes on without them: an item that is
broken keeps its last good version, a new one stays out, and both are reported loudly.
The pipeline itself does not change: it is given another listing, in which each broken item's
files are those of the last good build. These lie in the cache, each once, named by the
digest of its bytes (``LastGood``); or a server has laid them out from its repository (``Committed``).
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import msgspec

from plugins.core import hashing
from plugins.core.errors import Problem, errors
from plugins.core.runtime.files import write_whole
from plugins.core.source.listing import ListedFile, Listing, list_files, stat_signature
from plugins.core.text.vietnamese import file_form

_MAX_ROUNDS = 10  # each takes out at least one more item: who links to what was taken out, and so on


class Versions(Protocol):
    """The last good version of every item."""

    def versions(self) -> Mapping[str, Any]:
        """Return a key for each file by its path; nothing where that is in doubt."""

    def file(self, version: Any) -> ListedFile | None:
        """Return the file of a key, as a listing has it; ``None`` where it is not whole."""


class Committed:
    """The files of the last good version as a server's repository has them (scripts/publishing/last_good.py).

    They are those of ``listing``, but for the ones that ``folder/paths`` names: these lie in ``folder/content``.
    """

    def __init__(self, folder: Path, listing: Listing) -> None:
        raw = (folder / "paths").read_bytes().decode("utf-8", "surrogateescape")
        changed = {file_form(path) for path in raw.split("\0")}
        before = list_files(folder / "content").files
        self._files = {path: file for path, file in listing.files.items() if path not in changed} | before

    def versions(self) -> Mapping[str, ListedFile]:
        return self._files

    def file(self, version: ListedFile) -> ListedFile:
        return version


class LastGood:
    """The files of the last good build of one content folder, kept under ``folder``."""

    def __init__(self, folder: Path, content: Path) -> None:
        name = hashing.digest(os.fsencode(content.resolve())).hex()[:16]
        self._list = folder / f"listing-{name}"
        self._objects = folder / "objects"

    @property
    def exists(self) -> bool:
        """Whether there was a good build."""
        return self._list.is_file()

    def versions(self) -> dict[str, bytes]:
        """Return the digest of each file's bytes by its path; nothing where that is in doubt."""
        return _load(self._list)

    def file(self, version: bytes) -> ListedFile | None:
        """Return a file that was kept, as a listing has it; ``None`` where it is not whole."""
        path = self._objects / version.hex()
        try:
            status = path.stat()
        except OSError:
            return None
        is_whole = hashing.read_same(path, version) is not None
        return ListedFile(str(path), status.st_size, stat_signature(status)) if is_whole else None

    def keep(self, listing: Listing, digests: Mapping[str, bytes]) -> None:
        """Keep the files of ``listing``, whose bytes were read as ``digests`` say. Where one has changed
        since, the version before stays: the next build will keep it."""
        read = {path for path, file in listing.files.items() if file.size == 0 or digests[path] != _NOTHING}
        files = {path: digests[path] for path in read}
        self._objects.mkdir(parents=True, exist_ok=True)
        present = set(os.listdir(self._objects))
        for path, digest in files.items():
            if digest.hex() not in present:
                raw = hashing.read_same(listing.files[path].disk_path, digest)
                if raw is None:
                    return
                write_whole(self._objects / digest.hex(), raw, self._objects / "new.tmp")
                present.add(digest.hex())
        data = _VERSION + hashing.with_checksum(_VERSION, msgspec.msgpack.encode(files))
        write_whole(self._list, data, self._list.with_suffix(".tmp"))
        wanted = {digest.hex() for other in self._list.parent.glob("listing-*") for digest in _load(other).values()}
        for name in present - wanted:
            with suppress(OSError, ValueError):
                bytes.fromhex(name)  # else somebody else's
                (self._objects / name).unlink()


_NOTHING = hashing.digest(b"")  # the digest of what was not read at all, too
_VERSION = hashing.digest(b"last good 1")
_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode


def _load(path: Path) -> dict[str, bytes]:
    try:
        return _decode(hashing.verified(_VERSION, path.read_bytes().removeprefix(_VERSION)))
    except (OSError, hashing.CorruptedCacheError):
        return {}


def isolate(
    listing: Listing,
    good: Versions,
    problems: Iterable[Problem],
    problems_of: Callable[[Listing], Iterable[Problem]],
) -> tuple[Listing, list[Problem], list[str]]:
    """Return a listing like the first without its ``problems``, all problems that were met on the way, and the
    items that were good once: files or folders below the content.

    ``problems_of`` checks a listing.
    """
    versions = good.versions()
    current, remaining = listing, list(problems)
    met: list[Problem] = []
    broken: set[str] = set()
    out: set[str] = set()  # broken also as they were: they link to what is no more
    for _ in range(_MAX_ROUNDS):
        new = {unit for problem in errors(remaining) if (unit := _unit(current, versions, problem.path))} - out
        if not new:
            break
        out |= new & broken
        broken |= new
        met += [problem for problem in errors(remaining) if problem not in met]
        current = _without(
            listing, broken, good, {path: versions[path] for path in versions if not _unit_in(out, path)}
        )
        remaining = list(problems_of(current))
    notes = [_note(unit, _has_version(unit, versions), unit in out) for unit in sorted(broken)]
    warnings = [Problem(p.path, p.line, p.column, p.code, p.message, "warning") for p in met]
    stale = [unit for unit in sorted(broken) if _has_version(unit, versions)]
    return current, [*remaining, *(problem for problem in warnings if problem not in remaining), *notes], stale


def _unit(listing: Listing, versions: Mapping[str, Any], path: str) -> str | None:
    """Return what stands or falls together: the item's folder, or its file where it has none."""
    inside = path.removeprefix("content/")
    if inside == path:
        return None  # settings, templates: no item's fault
    refused = {problem.path for problem in listing.problems}
    parent = posixpath.dirname(inside)
    while parent:
        index = f"{parent}/index.md"
        if index in listing.files or index in versions or f"content/{index}" in refused:
            return parent
        parent = posixpath.dirname(parent)
    return inside


def _unit_in(units: set[str], path: str) -> str:
    """Return the one of ``units`` that a path is or lies in; nothing where that is none."""
    while path and path not in units:
        path = posixpath.dirname(path)
    return path


def _has_version(unit: str, versions: Mapping[str, Any]) -> bool:
    """Return whether an item was good once; files that lay there without a text are none."""
    return unit in versions or f"{unit}/index.md" in versions


def _without(listing: Listing, broken: set[str], good: Versions, versions: Mapping[str, Any]) -> Listing:
    """Return the listing with the last good version in place of each ``broken`` item."""
    files = {path: file for path, file in listing.files.items() if not _unit_in(broken, path)}
    for path, version in versions.items():
        if (unit := _unit_in(broken, path)) and _has_version(unit, versions) and (file := good.file(version)):
            files[path] = file
    problems = [problem for problem in listing.problems if not _unit_in(broken, problem.path.removeprefix("content/"))]
    return listing._replace(files=dict(sorted(files.items())), problems=problems)


def _note(unit: str, has_good: bool, is_out: bool) -> Problem:
    message = "Có lỗi: đang dùng bản tốt gần nhất." if has_good else "Có lỗi và chưa từng đăng: tạm để ngoài."
    if has_good and is_out:
        message = "Có lỗi, bản tốt gần nhất cũng không còn đúng với các bài khác: tạm để ngoài."
    return Problem(f"content/{unit}", 0, 0, "QUARANTINED", message, "warning")
