"""Write what was planned, and remember it: nothing that an editor has changed is overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from plugins.core.runtime.files import write_whole
from scripts.joomla.article import Converted, Converter
from scripts.joomla.item_text import Placement, fields_of, write_item
from scripts.joomla.model import OldArticle
from scripts.joomla.old_files import copy_file
from scripts.joomla.references import Context
from scripts.joomla.state import Entry, digest
from scripts.joomla.target import ALBUMS

Fate = Literal["new", "same", "renewed", "edited", "gone", "moved", "failed"]


class Source(Protocol):
    """Where articles are read, one at a time."""

    def article(self, number: int) -> OldArticle:
        """Return the article at a position."""


class Job(NamedTuple):
    """An article to write."""

    number: int
    key: str
    placement: Placement
    path: str
    known: Entry | None
    """What an earlier run wrote."""


class Outcome(NamedTuple):
    """What became of an article."""

    key: str
    path: str
    digest: str
    fate: Fate
    notes: tuple[str, ...]
    lost: tuple[str, ...]
    """Addresses of pictures that nobody has."""

    documents: tuple[str, ...]
    """Old paths of the files beside it, pictures aside."""

    file_count: int
    words: int


class Writer:
    """Converts articles and writes them below the content folder."""

    def __init__(self, source: Source, context: Context, content: Path, unit: str) -> None:
        self._source, self._context, self._content, self._unit = source, context, content, unit

    def run(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Write some articles. Each file is written whole or not at all."""
        return [self._outcome(job) for job in jobs]

    def _outcome(self, job: Job) -> Outcome:
        """Write an article. One that our code cannot read stays out and is named; the others come along."""
        try:
            return self._write(job)
        except OSError:
            raise  # the machine's: a full disk stops everything
        except Exception as error:
            note = f"chương trình không đọc được bài này ({type(error).__name__}: {error}): báo người phát triển"
            return Outcome(job.key, job.path, job.known.digest if job.known else "", "failed", (note,), (), (), 0, 0)

    def _write(self, job: Job) -> Outcome:
        article = self._source.article(job.number)
        placement = job.placement
        converted = Converter(article, self._context).convert(keeps_pictures=placement.target.folder == ALBUMS)
        fields, _ = fields_of(placement, converted, self._unit)
        written = write_item(fields, converted.body, f"content/{job.path}")
        notes = (*converted.notes, *written.notes)
        raw = written.text.encode("utf-8", "replace")
        path, fate, stored = self._store(job, raw, converted)
        words = len(converted.plain_text.split())
        return Outcome(
            job.key,
            path,
            stored,
            fate,
            notes,
            tuple(converted.lost),
            tuple(converted.documents),
            len(converted.files),
            words,
        )

    def _store(self, job: Job, raw: bytes, converted: Converted) -> tuple[str, Fate, str]:
        """Write a text and its files. Returns its path, what became of it, and the digest to remember."""
        known, new_digest = job.known, digest(raw)
        current = self._read(known.path) if known else None
        if known and known.digest and current is None:
            return known.path, "gone", known.digest
        fate: Fate = "new"
        if known and current is not None:
            if known.digest and digest(current) != known.digest:
                return known.path, "edited", known.digest
            if not known.digest and current != raw:  # a run that was stopped had not come to it, somebody else has
                return known.path, "edited", digest(raw)
            fate = "same" if current == raw and known.path == job.path else "renewed"
            if known.path != job.path:
                self._move(known.path, job.path)
                fate = "moved"
        target = self._content / job.path
        target.parent.mkdir(parents=True, exist_ok=True)
        for name, file in converted.files.items():
            copy_file(file, target.parent / name)
        if self._read(job.path) != raw:
            write_whole(target, raw)
        return job.path, fate, new_digest

    def _read(self, path: str) -> bytes | None:
        try:
            return (self._content / path).read_bytes()
        except FileNotFoundError:
            return None

    def _move(self, old: str, new: str) -> None:
        """Move the folder of an article whose category the operator has mapped anew."""
        target = (self._content / new).parent
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move((self._content / old).parent, target)
        remove_empty_folders((self._content / old).parent.parent, self._content)


def remove_empty_folders(folder: Path, root: Path) -> None:
    """Remove a folder and those above it as long as they are empty."""
    while folder != root and folder.is_relative_to(root) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def remove_item(content: Path, entry: Entry) -> bool:
    """Remove an article that the operator no longer wants, with its files, unless an editor has changed it."""
    path = content / entry.path
    raw = path.read_bytes() if path.is_file() else b""
    if digest(raw) != entry.digest:
        return False
    folder = path.parent
    for file in sorted(folder.iterdir()):
        if file.is_file() and (file.name == "index.md" or file.name.encode() in raw):
            file.unlink()
    remove_empty_folders(folder, content)
    return True
