"""The folder that the next build goes into: a copy, by hard links, of the newest release.

It is made after a push was answered. A build replaces files by renaming new ones into their place, so the
release that shares them stays as it is. What the build's own notes are is copied: they tell it what is there.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .files import throw_away, write_whole
from .layout import BUILDERS_OWN
from .manifest import Release, load_release, load_sums
from .outcome import DamageError, Exit, ReleaseError
from .server import Server


@dataclass
class Base:
    """What the folder of a build holds before it."""

    release: Release | None = None
    sums: dict[str, str] = field(default_factory=dict)


def notes_of(server: Server, name: str) -> Path:
    """Return where the build's own notes of a release are."""
    return server.work / "notes" / name


def take(server: Server) -> Base:
    """Return what `standby` is a copy of. From here on it is a build's: whatever ends that, it is made anew."""
    for _ in range(2):
        base = _load(server)
        if base:
            server.standby_record.unlink()
            return base
        make(server)
    throw_away_all(server)
    return Base()


def take_empty(server: Server) -> Base:
    """Return the newest release, with an empty folder to build it in again: something in a copy may be damaged."""
    throw_away_all(server)
    history = server.history()
    try:
        return Base(history[-1], load_sums(server.manifests, history[-1].name)) if history else Base()
    except ReleaseError:
        return Base()


def make(server: Server) -> None:
    """Make the standby of the newest release, if it can be built upon and there is none yet. Needs the build lock."""
    if _load(server):
        return
    throw_away_all(server)
    history = server.history()
    notes = notes_of(server, history[-1].name) if history else None
    if notes is None or not notes.is_dir():
        return
    name = history[-1].name
    draft = server.root / "standby.new"
    throw_away(draft, server.trash)
    try:
        _link_all(server.releases / name, load_sums(server.manifests, name), draft)
    except (ReleaseError, OSError):
        throw_away(draft, server.trash)  # somebody deleted a file of it: the next build begins with nothing
        return
    shutil.copytree(notes, draft / BUILDERS_OWN)
    os.sync()  # its folders are new: a release that it becomes must have them after a power cut
    os.rename(draft, server.standby)
    write_whole(server.standby_record, f"{name}\n")


def throw_away_all(server: Server) -> None:
    """Throw the standby away, whatever it is."""
    for path in (server.standby_record, server.standby):
        throw_away(path, server.trash)


def _load(server: Server) -> Base | None:
    try:
        name = server.standby_record.read_text("ascii").strip()
        release = load_release(server.manifests / f"{name}.json")
        if release is None or not server.standby.is_dir():
            return None
        return Base(release, load_sums(server.manifests, name))
    except (OSError, ValueError, ReleaseError):
        return None


def _link_all(release: Path, sums: dict[str, str], target: Path) -> None:
    """Link the files of a release into a new folder: those of its manifest, whatever else lies there."""
    target.mkdir()
    folders = {""}
    source, draft = f"{release}/", f"{target}/"
    for path in sums:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            os.makedirs(draft + folder, exist_ok=True)
            folders.add(folder)
        os.link(source + path, draft + path, follow_symlinks=False)


def walk(site: Path) -> Iterator[str]:
    """Yield the path of every file of a site. Raises `ReleaseError` where something else lies."""
    todo = [""]
    while todo:
        prefix = todo.pop()
        with os.scandir(f"{site}/{prefix}") as entries:
            for entry in entries:
                path = prefix + entry.name
                if path == BUILDERS_OWN:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    todo.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    yield path
                else:
                    message = f"Trang dựng xong có liên kết tượng trưng hoặc tệp đặc biệt: {path}"
                    raise DamageError(Exit.INTERNAL, message)


def prune_notes(server: Server, newest: str) -> None:
    """Delete the notes of all releases but the newest."""
    folder = server.work / "notes"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name != newest:
            throw_away(path, server.trash)
