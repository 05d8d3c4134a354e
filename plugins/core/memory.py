"""Memory: the content folder as the last build read it, so that nothing is read or made twice.

Two files of the cache. ``reading``, sealed, has what every file was read as, by path;
``texts``, a SQLite file, the HTML of every text by its digest, loaded only by the pages
that show it. How it is decided that a file has not changed: docs/adr/0006.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from plugins.core import sealed
from plugins.core.markup import Parts
from plugins.core.pictures import PictureFile
from plugins.core.problems import MachineError, Problem
from plugins.core.tables import Table


class LostError(Exception):
    """Something that was kept cannot be read back. The build begins from nothing."""


class Kept(Struct, frozen=True, array_like=True):
    """One file as it was read. ``stamp`` is what the file system said of it, empty when that
    may not be trusted; ``digest`` that of its bytes. A text has its ``item`` (JSON of
    the section's model), the digest of its ``facts``, that is all that other pages may
    know, and the digest of its ``text``. A CSV file has its ``table``, a PDF its ``page_count``."""

    stamp: bytes
    digest: bytes
    problems: tuple[Problem, ...] = ()
    picture: PictureFile | None = None
    item: bytes = b""
    facts: bytes = b""
    text: str = ""
    table: Table = ()
    page_count: int = 0


_decode = msgspec.msgpack.Decoder(dict[str, Kept]).decode


class Memory:
    """What is kept under ``folder`` by programs of one ``version`` (16 bytes)."""

    def __init__(self, folder: Path, name: str, version: bytes) -> None:
        self._path = folder / f"reading-{name}"
        self._version = version
        self.texts = Texts(folder, version)
        self.files: dict[str, Kept] = {}
        self._saved: dict[str, Kept] = {}
        data = sealed.read(self._path, version)
        if data is not None:
            try:
                self.files = _decode(data)
            except msgspec.MsgspecError:
                return
            known = self.texts.digests()
            self.files = {path: kept for path, kept in self.files.items() if not kept.text or kept.text in known}
            self._saved = dict(self.files)

    def save(self) -> None:
        """Keep it for the next build, if anything is new."""
        self.texts.save()
        if self.files != self._saved:
            sealed.write(self._path, self._version, msgspec.msgpack.encode(self.files))
            self._saved = dict(self.files)

    def forget(self) -> None:
        """Nothing is kept any more."""
        self._path.unlink(missing_ok=True)
        self.files, self._saved = {}, {}
        self.texts.forget()


_encode_parts = msgspec.msgpack.Encoder().encode
_decode_parts: Callable[[bytes], Parts] = msgspec.msgpack.Decoder(Parts).decode


def pack(parts: Parts) -> bytes:
    """A text as ``Texts`` keeps it: its parts, and before them the digest that proves them whole."""
    data = _encode_parts(parts)
    return sealed.digest(data) + data


class Texts:
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
            self._connection.execute("PRAGMA synchronous = OFF")  # a cache: what is lost is made again
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID"
            )
            self._owner = os.getpid()
        return self._connection

    def digests(self) -> set[str]:
        """Those of all texts that are kept."""
        try:
            found = {row[0] for row in self._open().execute("SELECT digest FROM texts")}
        except sqlite3.Error:
            self.forget()
            return set()
        self.close()  # nobody may fork while it is open
        return found

    def add(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep texts, packed, by their digests."""
        try:
            self._open().executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", rows)
        except sqlite3.OperationalError as fault:  # a full disk, a missing right, another build at work
            message = (
                f"Không ghi được bộ nhớ đệm ({fault}). Kiểm tra ổ đĩa, quyền ghi, và có lần dựng nào khác đang chạy."
            )
            raise MachineError([Problem(str(self._path), 0, 0, "MACHINE", message)]) from fault
        except sqlite3.Error as fault:
            raise LostError from fault

    def parts(self, digest: str) -> Parts:
        """A text that was kept. Raises ``LostError`` where it is not whole."""
        try:
            row = self._open().execute("SELECT data FROM texts WHERE digest = ?", (digest,)).fetchone()
            packed: bytes = row[0] if row else b""
            if packed[:16] != sealed.digest(packed[16:]):
                raise LostError
            return _decode_parts(packed[16:])
        except (sqlite3.Error, msgspec.MsgspecError) as fault:
            raise LostError from fault

    def keep_only(self, wanted: set[str]) -> None:
        """Forget the others, once they are more than those."""
        have = self.digests()
        if len(have) > 2 * len(wanted) + 100:
            connection = self._open()
            connection.executemany("DELETE FROM texts WHERE digest = ?", [(digest,) for digest in have - wanted])
            connection.commit()
            connection.execute("VACUUM")

    def save(self) -> None:
        """Make sure that what was added is on the disk, and of no other version."""
        self.close()
        for other in self._path.parent.glob("texts-*.sqlite*"):
            if not other.name.startswith(self._path.name):
                other.unlink(missing_ok=True)

    def close(self) -> None:
        if self._connection is not None and self._owner == os.getpid():
            self._connection.commit()
            self._connection.close()
            self._connection = None

    def forget(self) -> None:
        self.close()
        self._path.unlink(missing_ok=True)
