"""Quarantine: one broken story must not hold up all the others.

With ``KEEP_LAST_GOOD`` a build that finds mistakes goes on without them: an item that is
broken keeps its last good version, a new one stays out, and both are reported loudly.
The street itself does not change: it is given another listing, in which each broken item's
files are those of the last good build. These lie in the cache, each once, named by the
digest of its bytes.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from plugins.core import hashing
from plugins.core.errors import Problem, errors
from plugins.core.source.reader import Found, Listing, stat_signature_of

_ROUNDS = 10  # each takes out at least one more item: who links to what was taken out, and so on


class LastGood:
    """The files of the last good build of one content folder, kept under ``folder``."""

    def __init__(self, folder: Path, content: Path) -> None:
        name = hashing.digest(os.fsencode(content.resolve())).hex()[:16]
        self._list = folder / f"listing-{name}"
        self._objects = folder / "objects"

    @property
    def is_kept(self) -> bool:
        """Whether there was a good build."""
        return self._list.is_file()

    def digests(self) -> dict[str, bytes]:
        """The digest of each file's bytes by its path; nothing where that is in doubt."""
        return _load(self._list)

    def found(self, digest: bytes) -> Found | None:
        """A file that was kept, as a listing has it; ``None`` where it is not whole."""
        place = self._objects / digest.hex()
        try:
            status = place.stat()
        except OSError:
            return None
        is_whole = hashing.read_same(place, digest) is not None
        return Found(str(place), status.st_size, stat_signature_of(status)) if is_whole else None

    def keep(self, listing: Listing, digests: Mapping[str, bytes]) -> None:
        """Keep the files of ``listing``, whose bytes were read as ``digests`` say. Where one has changed
        since, the version before stays: the next build will keep it."""
        read = {path for path, file in listing.files.items() if file.size == 0 or digests[path] != _NOTHING}
        files = {path: digests[path] for path in read}
        self._objects.mkdir(parents=True, exist_ok=True)
        present = set(os.listdir(self._objects))
        for path, digest in files.items():
            if digest.hex() not in present:
                raw = hashing.read_same(listing.files[path].place, digest)
                if raw is None:
                    return
                temporary = self._objects / "new.tmp"
                temporary.write_bytes(raw)
                os.replace(temporary, self._objects / digest.hex())
                present.add(digest.hex())
        hashing.write(self._list, _VERSION, msgspec.msgpack.encode(files))
        wanted = {digest.hex() for other in self._list.parent.glob("listing-*") for digest in _load(other).values()}
        for name in present - wanted:
            with suppress(OSError, ValueError):
                bytes.fromhex(name)  # else somebody else's
                (self._objects / name).unlink()


_NOTHING = hashing.digest(b"")  # the digest of what was not read at all, too
_VERSION = hashing.digest(b"last good 1")
_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode


def _load(path: Path) -> dict[str, bytes]:
    kept = hashing.read(path, _VERSION)
    return _decode(kept[0]) if kept else {}


def isolate(
    listing: Listing,
    good: LastGood,
    problems: Iterable[Problem],
    problems_of: Callable[[Listing], Iterable[Problem]],
) -> tuple[Listing, list[Problem]]:
    """A listing like the first without its ``problems``, and all that was found on the way.

    ``problems_of`` checks a listing.
    """
    kept = good.digests()
    now, found = listing, list(problems)
    told: list[Problem] = []
    broken: set[str] = set()
    out: set[str] = set()  # broken also as they were: they link to what is no more
    for _ in range(_ROUNDS):
        new = {unit for problem in errors(found) if (unit := _unit(now, kept, problem.path))} - out
        if not new:
            break
        out |= new & broken
        broken |= new
        told += [problem for problem in errors(found) if problem not in told]
        now = _without(listing, broken, good, {path: kept[path] for path in kept if not _unit_in(out, path)})
        found = list(problems_of(now))
    notes = [_note(unit, _has_version(unit, kept), unit in out) for unit in sorted(broken)]
    as_warnings = [Problem(p.path, p.line, p.column, p.code, p.message, "warning") for p in told]
    return now, [*found, *(problem for problem in as_warnings if problem not in found), *notes]


def _unit(listing: Listing, kept: Mapping[str, bytes], path: str) -> str | None:
    """What stands or falls together: the item's folder, or its file where it has none."""
    inside = path.removeprefix("content/")
    if inside == path:
        return None  # settings, templates: no item's fault
    refused = {problem.path for problem in listing.problems}
    parent = posixpath.dirname(inside)
    while parent:
        index = f"{parent}/index.md"
        if index in listing.files or index in kept or f"content/{index}" in refused:
            return parent
        parent = posixpath.dirname(parent)
    return inside


def _unit_in(units: set[str], path: str) -> str:
    """Return the one of ``units`` that a path is or lies in; nothing where that is none."""
    while path and path not in units:
        path = posixpath.dirname(path)
    return path


def _has_version(unit: str, kept: Mapping[str, bytes]) -> bool:
    """Whether an item was good once; files that lay there without a text are none."""
    return unit in kept or f"{unit}/index.md" in kept


def _without(listing: Listing, broken: set[str], good: LastGood, kept: Mapping[str, bytes]) -> Listing:
    """The listing with the last good version in place of each ``broken`` item."""
    files = {path: file for path, file in listing.files.items() if not _unit_in(broken, path)}
    for path, digest in kept.items():
        if (unit := _unit_in(broken, path)) and _has_version(unit, kept) and (file := good.found(digest)):
            files[path] = file
    problems = [told for told in listing.problems if not _unit_in(broken, told.path.removeprefix("content/"))]
    return listing._replace(files=dict(sorted(files.items())), problems=problems)


def _note(unit: str, has_good: bool, is_out: bool) -> Problem:
    message = "Có lỗi: đang dùng bản tốt gần nhất." if has_good else "Có lỗi và chưa từng đăng: tạm để ngoài."
    if has_good and is_out:
        message = "Có lỗi, bản tốt gần nhất cũng không còn đúng với các bài khác: tạm để ngoài."
    return Problem(f"content/{unit}", 0, 0, "QUARANTINED", message, "warning")
