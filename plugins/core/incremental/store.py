"""Memory: the content folder as the last build read it, so that nothing is read or made twice.

In the cache, ``reading`` has what every file was read as, by path, and ``reading.more``
what has become different since it was written; ``texts``, a SQLite file, the HTML of every
text by its digest, loaded only by the pages that show it. How it is decided that a file has
not changed: docs/adr/0006.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from plugins.core import hashing
from plugins.core.errors import MachineError, Problem
from plugins.core.markdown.fragment import Parts
from plugins.core.media.csv_table import Table
from plugins.core.media.picture_file import PictureFile

#: What SQLite says of a machine that stands in the way, not of a damaged file: permission, busy, locked,
#: memory, read-only, input or output, full, cannot open.
_MACHINE = {3, 5, 6, 7, 8, 10, 13, 14}


#: What names in a cache end with; whatever else lies there is somebody else's.
NAME = "[0-9a-f]" * 16
_KEPT_SECONDS = 30 * 24 * 3600  # of what was read of other content folders


class CacheCorruptedError(Exception):
    """Something that was kept cannot be read back. The build begins from nothing."""


class SourceRecord(Struct, frozen=True, array_like=True):
    """One file as it was read. ``stamp`` is what the file system said of it, empty when that
    may not be trusted; ``digest`` that of its bytes. A text has its ``item`` (JSON of
    the section's model), the digest of its metadata, that is all that other pages may
    know, and the digest of its ``text``. A CSV file has its ``table``, a PDF its ``page_count``."""

    stamp: bytes
    digest: bytes
    problems: tuple[Problem, ...] = ()
    picture: PictureFile | None = None
    item: bytes = b""
    metadata_digest: bytes = b""
    text: str = ""
    table: Table = ()
    page_count: int = 0


_decode = msgspec.msgpack.Decoder(dict[str, SourceRecord]).decode
_encode = msgspec.msgpack.Encoder().encode


class Store:
    """What is kept under ``folder`` by programs of one ``version`` (16 bytes)."""

    def __init__(self, folder: Path, name: str, version: bytes) -> None:
        self._folder, self._name = folder, f"reading-{name}"
        self._store = hashing.AppendLog(folder / self._name, version)
        self.fragments = FragmentStore(folder, version)
        self._files: dict[str, SourceRecord] | None = None
        self._saved: dict[str, SourceRecord] = {}
        self.items: dict[str, tuple[SourceRecord, Any]] = {}
        """What has been decoded of ``files``, each beside what it was decoded of."""

    @property
    def files(self) -> dict[str, SourceRecord]:
        """What every file was read as, by its path."""
        if self._files is None:
            self._files = self._load()
            self._saved = dict(self._files)
        return self._files

    @files.setter
    def files(self, files: dict[str, SourceRecord]) -> None:
        self._files = files

    def _load(self) -> dict[str, SourceRecord]:
        files: dict[str, SourceRecord] = {}
        try:
            for part in self._store.read():
                files.update(_decode(part))
        except msgspec.MsgspecError:
            files = {}
        known = self.fragments.digests() if files else set()
        return {path: kept for path, kept in files.items() if not kept.text or kept.text in known}

    def save(self) -> None:
        """Keep it for the next build, if anything is new."""
        self.fragments.save()
        new = {path: kept for path, kept in self.files.items() if self._saved.get(path) is not kept}
        if (new and self._store.is_full) or len(new) > len(self.files) // 20:
            self._store.write(_encode(self.files))
        elif new:  # what is gone may stay: nobody asks for it
            self._store.append(_encode(new))
        self._saved = dict(self.files)
        self._prune()

    def _prune(self) -> None:
        """Delete what was read of other content folders that nobody has built for long."""
        for other in self._folder.glob(f"reading-{NAME}*"):
            if not other.name.startswith(self._name) and other.stat().st_mtime < time.time() - _KEPT_SECONDS:
                other.unlink(missing_ok=True)

    def release(self) -> None:
        """Let go of what is on the disk: it is loaded again when somebody asks."""
        self._files, self._saved = None, {}
        self.items.clear()

    def forget(self) -> None:
        """Nothing is kept any more."""
        self._store.forget()
        self._files, self._saved = {}, {}
        self.items.clear()
        self.fragments.forget()


_decode_parts: Callable[[bytes], Parts] = msgspec.msgpack.Decoder(Parts).decode


def pack(parts: Parts) -> bytes:
    """A text as ``FragmentStore`` keeps it: its parts, and before them the digest that proves them whole."""
    data = _encode(parts)
    return hashing.digest(data) + data


class FragmentStore:
    """The HTML of texts, by the digest of what the editor wrote."""

    def __init__(self, folder: Path, version: bytes) -> None:
        self._path = folder / f"texts-{version.hex()[:16]}.sqlite"
        self._owner = 0
        self._connection: sqlite3.Connection | None = None

    def _open(self) -> sqlite3.Connection:
        """This process's own connection: a fork must not use its parent's."""
        if self._connection is None or self._owner != os.getpid():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, check_same_thread=False)
            self._owner = os.getpid()
            self._connection.execute("PRAGMA synchronous = OFF")  # a cache: what is lost is made again
            self._connection.execute("CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, data BLOB)")
            self._connection.execute("BEGIN")  # once: else the file is locked anew for each text
        return self._connection

    def digests(self) -> set[str]:
        """Those of all texts that are kept."""
        try:
            with self._told():
                found = {row[0] for row in self._open().execute("SELECT digest FROM texts")}
        except CacheCorruptedError:
            self.forget()
            return set()
        self.close()  # nobody may fork while it is open
        return found

    def add(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep texts, packed, by their digests."""
        with self._told():
            self._open().executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", rows)

    def parts(self, digest: str) -> Parts:
        """A text that was kept. Raises ``CacheCorruptedError`` where it is not whole."""
        with self._told():
            row = self._open().execute("SELECT data FROM texts WHERE digest = ?", (digest,)).fetchone()
            packed: bytes = row[0] if row else b""
            if packed[:16] != hashing.digest(packed[16:]):
                raise CacheCorruptedError
            return _decode_parts(packed[16:])

    def keep_only(self, wanted: set[str]) -> None:
        """Forget the others, once they are more than those."""
        have = self.digests()
        if len(have) > 2 * len(wanted) + 100:
            with self._told():
                connection = self._open()
                connection.executemany("DELETE FROM texts WHERE digest = ?", [(digest,) for digest in have - wanted])
                connection.commit()
                connection.execute("VACUUM")

    def save(self) -> None:
        """Make sure that what was added is on the disk, and of no other version."""
        self.close()
        for other in self._path.parent.glob(f"texts-{NAME}.sqlite*"):
            if not other.name.startswith(self._path.name):
                other.unlink(missing_ok=True)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None and self._owner == os.getpid():
            with self._told(), closing(connection):
                connection.commit()

    def forget(self) -> None:
        with suppress(CacheCorruptedError):
            self.close()
        self._path.unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise ``CacheCorruptedError`` for a file that is not whole, ``MachineError`` for a machine that stands in the
        way: a full disk, a missing right, a lock. Then the file itself is good."""
        try:
            yield
        except msgspec.MsgspecError as fault:
            raise CacheCorruptedError from fault
        except sqlite3.Error as fault:
            if getattr(fault, "sqlite_errorcode", 0) & 0xFF not in _MACHINE:
                raise CacheCorruptedError from fault
            message = f"Không đọc hoặc ghi được bộ nhớ đệm ({fault}). Kiểm tra chỗ trống, quyền ghi, và chương trình khác đang giữ tệp."
            raise MachineError([Problem(str(self._path), 0, 0, "MACHINE", message)]) from fault
