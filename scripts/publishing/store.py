"""The store: pictures and the theme's files of all releases, beside which nginx serves the live one.

The portal's build puts files there under names that hold a digest, and lists those that the site needs in
`.portal-build/shared`. A page that a reader still has open finds its style sheet for 30 days after the last
release that names it was replaced.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from .files import sync_all, throw_away, write_whole
from .layout import SHARED_FOLDERS, Layout, needed_list
from .manifest import Release, parse_sums
from .outcome import DamageError, Exit, ReleaseError

KEPT_SECONDS = 30 * 24 * 3600


def accept_list(layout: Layout, notes: Path, base: str) -> str:
    """Take over the list of a new release's files in the store; return the list's digest.

    `base` is the digest of the list before it: of what is in both nothing is read again. Raises `ReleaseError`
    where a file is missing.
    """
    try:
        data = needed_list(notes).read_bytes()
    except FileNotFoundError:
        return ""
    digest = hashlib.sha256(data).hexdigest()[:16]
    target = list_path(layout, digest)
    if target.exists():
        return digest
    new = set(data.decode("utf-8").splitlines()) - set(names_in(layout, base))
    sums = load_store_sums(layout)
    added = {}
    for name in sorted(new):
        folder, _, file_name = name.partition("/")
        if folder not in SHARED_FOLDERS or "/" in file_name or file_name.startswith("."):
            raise ReleaseError(Exit.INTERNAL, f"Tên không dùng được trong kho ảnh: {name!a}")
        if name not in sums:
            added[name] = _sum(layout, name)
        elif not (layout.store / name).is_file():
            raise DamageError(Exit.INTERNAL, f"Kho thiếu {name}: không đưa lên.")
    if added:
        paths = [layout.store / name for name in added]
        sync_all([*paths, *{path.parent for path in paths}])
        with _sums_path(layout).open("a", encoding="utf-8") as file:
            file.write("".join(f"{digest}  {name}\n" for name, digest in added.items()))
            file.flush()
            os.fsync(file.fileno())
    write_whole(target, data.decode("utf-8"))
    return digest


def _sum(layout: Layout, name: str) -> str:
    """Return the sha256 of a file that came into the store, once nginx may read it."""
    try:
        with (layout.store / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if os.fstat(file.fileno()).st_mode & 0o777 != 0o644:
                os.fchmod(file.fileno(), 0o644)
    except FileNotFoundError:
        raise DamageError(Exit.INTERNAL, f"Kho thiếu {name}: không đưa lên.") from None
    return digest


def list_path(layout: Layout, digest: str) -> Path:
    """Return where a list of files in the store is."""
    return layout.manifests / f"shared-{digest}.txt"


def names_in(layout: Layout, digest: str) -> list[str]:
    """Return the names of the files in the store that releases with this list need."""
    try:
        return list_path(layout, digest).read_text("utf-8").splitlines() if digest else []
    except FileNotFoundError:
        return []


def throw_away_damaged(layout: Layout, digest: str) -> None:
    """Take those files of a list out of the store that are not as they came: a build puts them there again."""
    sums = load_store_sums(layout)
    for name in names_in(layout, digest):
        path = layout.store / name
        with suppress(FileNotFoundError), path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sums.get(name):
                throw_away(path, layout.trash)


def _sums_path(layout: Layout) -> Path:
    return layout.manifests / "store.sha256"


def load_store_sums(layout: Layout) -> dict[str, str]:
    """Return the sha256 of every file that ever came into the store."""
    try:
        return parse_sums(_sums_path(layout).read_text("utf-8"))
    except FileNotFoundError:
        return {}


def clean_store(layout: Layout, releases: Iterable[Release]) -> None:
    """Delete what none of `releases` has named for 30 days, and the lists that none of them has."""
    lists = {release.shared for release in releases if release.shared}
    needed = {name for digest in lists for name in names_in(layout, digest)}
    if any(not list_path(layout, digest).exists() for digest in lists):
        return  # nobody knows what is needed
    ceased_path = layout.manifests / "store-ceased.json"
    try:
        ceased = dict(json.loads(ceased_path.read_bytes()))
    except (OSError, ValueError, TypeError):
        ceased = {}
    now = int(time.time())
    unneeded = [name for name in _names(layout.store) if name not in needed]
    later = {name: ceased.get(name, now) for name in unneeded}
    gone = {name for name, when in later.items() if not now - KEPT_SECONDS <= when <= now}
    gone -= {name for name, when in later.items() if when > now}  # the clock was ahead: begin to count again
    for name in gone:
        (layout.store / name).unlink(missing_ok=True)
    still_ceased = {name: min(when, now) for name, when in later.items() if name not in gone}
    if still_ceased != ceased:
        write_whole(ceased_path, json.dumps(still_ceased))
    if gone:
        sums = load_store_sums(layout)
        lines = (f"{digest}  {name}\n" for name, digest in sums.items() if name not in gone)
        write_whole(_sums_path(layout), "".join(lines))
    for path in layout.manifests.glob("shared-*.txt"):
        if path.stem.removeprefix("shared-") not in lists:
            path.unlink()


def _names(store: Path) -> Iterator[str]:
    for folder in SHARED_FOLDERS:
        if (store / folder).is_dir():
            yield from (f"{folder}/{name}" for name in sorted(os.listdir(store / folder)))


def import_release(layout: Layout, release: Path) -> None:
    """Link into the store what a release of earlier programs has of it, so that readers of its pages find it."""
    for folder in SHARED_FOLDERS:
        if (release / folder).is_dir():
            target = layout.store / folder
            target.mkdir(parents=True, exist_ok=True)
            for path in (release / folder).iterdir():
                if path.is_file() and not (target / path.name).exists():
                    os.link(path, target / path.name)
