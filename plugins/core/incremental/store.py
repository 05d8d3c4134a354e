"""Store what one build keeps for the next in one SQLite file, each row with a checksum (docs/adr/0012).

Whatever cannot be read back raises ``CorruptedCacheError``: the build starts cold. What the machine
does not allow (a full disk, a missing right, a lock) raises ``MachineError``: then the file is good.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sys import intern
from weakref import WeakSet

import msgspec

from plugins.core.errors import MachineError, Problem
from plugins.core.hashing import CHECKSUM_SIZE, CorruptedCacheError, checksum, verified, with_checksum
from plugins.core.markdown.fragment import Pieces
from plugins.core.model.item import Item
from plugins.core.source.record import ReadText, SourceRecord

#: What SQLite says of a machine that stands in the way, not of a damaged file: permission, busy, locked,
#: memory, read-only, input or output, full, cannot open.
_MACHINE_ERRORS = {3, 5, 6, 7, 8, 10, 13, 14}

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (path TEXT PRIMARY KEY, record BLOB);
CREATE TABLE IF NOT EXISTS item (path TEXT PRIMARY KEY, json BLOB);
CREATE TABLE IF NOT EXISTS fragment (digest TEXT PRIMARY KEY, html BLOB);
CREATE TABLE IF NOT EXISTS snapshot (name TEXT PRIMARY KEY, version BLOB, data BLOB);
"""

_SNAPSHOT = "SELECT version, data FROM snapshot WHERE name = ?"

#: A row that is there keeps its place: a replaced one would move to the end of the table, and in its index.
_SAVE_SNAPSHOT = """
INSERT INTO snapshot VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version, data = excluded.data
"""

_HEX = "[0-9a-f]" * 16

#: The store of each content folder.
PATTERN = f"store-{_HEX}.sqlite*"

#: What earlier versions of ours kept in the same folder.
FORMER_PATTERNS = (f"manifest-{_HEX}*", f"output-{_HEX}*", f"reading-{_HEX}*", f"texts-{_HEX}.sqlite*")

_MIN_BLOB_BYTES = 1 << 20  # from which a copy of what is saved costs more than two calls

_UNUSED_SECONDS = 30 * 24 * 3600  # after which the store of another content folder goes

_encode = msgspec.msgpack.Encoder().encode
_decode_record = msgspec.msgpack.Decoder(SourceRecord).decode
_decode_pieces: Callable[[memoryview], Pieces] = msgspec.msgpack.Decoder(Pieces).decode


class Store:
    """The cache of one content folder, an SQLite file. ``version``: 16 bytes that stand for the code that reads texts."""

    def __init__(self, path: Path, version: bytes = b"") -> None:
        self.path = path
        self._version = version
        self._connection: sqlite3.Connection | None = None
        self._records: dict[str, SourceRecord] | None = None
        self._items: dict[str, Item] | None = None
        _stores.add(self)

    # -- what was read -------------------------------------------------------

    @property
    def records(self) -> dict[str, SourceRecord]:
        """Return the record of every file, by its path."""
        if self._records is None or not self.path.exists():  # somebody may have cleared the cache
            self._records, self._items = self._load(), None
        return self._records

    def _load(self) -> dict[str, SourceRecord]:
        if self.snapshot("source", self._version) is None:
            with self._errors():  # what another version read is of no use
                for table in ("source", "item", "fragment"):
                    self._open().execute(f"DELETE FROM {table}")
            self.save_snapshot("source", self._version, b"")
            return {}
        with self._errors():
            rows = self._open().execute("SELECT path, record FROM source")
            return {_path(key): _decode_record(verified(key, record)) for key, record in rows}

    def add_texts(self, texts: Iterable[ReadText]) -> None:
        """Keep the items and bodies of texts that were read anew."""
        items, bodies = [], []
        for text in texts:
            items.append((text.path, with_checksum(_item_key(text.path, text.digest), text.item)))
            bodies.append((text.body_digest, with_checksum(text.body_digest.encode(), text.body)))
            if self._items is not None:
                self._items.pop(text.path, None)
        with self._errors():
            self._open().executemany("INSERT OR REPLACE INTO item VALUES (?, ?)", items)
            self._open().executemany("INSERT OR REPLACE INTO fragment VALUES (?, ?)", bodies)

    def items(
        self, records: Mapping[str, SourceRecord], decode: Callable[[str, memoryview], Item]
    ) -> Mapping[str, Item]:
        """Return the item of every text of ``records``, by its path. ``decode`` is given the path and the JSON of ``ReadText``."""
        texts = {path: record.digest for path, record in records.items() if record.metadata_digest}
        items = {} if self._items is None else self._items
        with self._errors():
            # row by row: their JSON takes as much memory as they do
            for key, stored in self._item_rows(texts.keys() - items.keys()):
                path = _path(key)
                if path in texts:
                    items[path] = decode(path, verified(_item_key(path, texts[path]), stored))
        if texts.keys() - items.keys():
            raise CorruptedCacheError
        self._items = {path: items[path] for path in texts}
        return self._items

    def _item_rows(self, paths: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
        """Yield path and item of these texts; where none is in memory, of all texts at once."""
        query = "SELECT path, json FROM item"
        if self._items is None:
            yield from self._open().execute(query)
        else:
            for path in paths:
                yield from self._open().execute(f"{query} WHERE path = ?", (path,))

    def fragment(self, digest: str) -> Pieces:
        """Return the HTML of a body."""
        with self._errors():
            row = self._open().execute("SELECT html FROM fragment WHERE digest = ?", (digest,)).fetchone()
            return _decode_pieces(verified(digest.encode(), row[0] if row else b""))

    def save(self, records: dict[str, SourceRecord]) -> None:
        """Keep ``records`` and their items, and no others."""
        saved = self.records
        changed = [(path, record) for path, record in records.items() if saved.get(path) is not record]
        gone = saved.keys() - records.keys()
        no_items = gone | {path for path, record in changed if not record.metadata_digest}
        with self._errors():
            if changed or gone:
                rows = ((path, with_checksum(path.encode(), _encode(record))) for path, record in changed)
                self._open().executemany("INSERT OR REPLACE INTO source VALUES (?, ?)", rows)
                self._open().executemany("DELETE FROM source WHERE path = ?", [(path,) for path in gone])
                self._open().executemany("DELETE FROM item WHERE path = ?", [(path,) for path in no_items])
                self._prune_fragments({record.body_digest for record in records.values()})
        self._records = records
        self.close()
        self._prune_stores()

    def _prune_fragments(self, used: set[str]) -> None:
        """Delete the fragments that no text has, once they are more than the others."""
        if self._open().execute("SELECT count(*) FROM fragment").fetchone()[0] > 2 * len(used) + 100:
            digests = {digest.decode() for (digest,) in self._open().execute("SELECT digest FROM fragment")}
            self._open().executemany("DELETE FROM fragment WHERE digest = ?", [(digest,) for digest in digests - used])

    def _prune_stores(self) -> None:
        """Delete what earlier versions kept, and the stores of content folders that nobody has built for long."""
        folder = self.path.parent
        unused = [path for path in folder.glob(PATTERN) if path.stat().st_mtime < time.time() - _UNUSED_SECONDS]
        for path in [*unused, *(path for pattern in FORMER_PATTERNS for path in folder.glob(pattern))]:
            path.unlink(missing_ok=True)

    # -- what was built --------------------------------------------------------

    def snapshot(self, name: str, version: bytes | None = None) -> memoryview | None:
        """Return what was saved under ``name`` by the same ``version``, or by any where none is given."""
        with self._errors():
            is_there = self._connection is not None or self.path.exists()
            row = self._open().execute(_SNAPSHOT, (name,)).fetchone() if is_there else None
            return verified(*row) if row and version in (None, row[0]) else None

    def each_snapshot(self, names: Iterable[str], version: bytes) -> Iterator[memoryview | None]:
        """Yield what was saved under each of many ``names`` by the same ``version``."""
        with self._errors():
            for name in names:
                row = self._open().execute(_SNAPSHOT, (name,)).fetchone()
                yield verified(*row) if row and row[0] == version else None

    def snapshots(self, names: str) -> list[tuple[str, bytes, bytes]]:
        """Return name, version and data of the snapshots whose names match ``names`` and that can be read."""
        readable = []
        with self._errors():
            query = "SELECT name, version, data FROM snapshot WHERE name GLOB ?"
            for name, version, stored in self._open().execute(query, (names,)):
                with suppress(CorruptedCacheError):
                    readable.append((name.decode(), version, bytes(verified(version, stored))))
        return readable

    def save_snapshot(self, name: str, version: bytes, data: bytes) -> None:
        self.save_snapshots(version, [(name, data)])

    def save_snapshots(self, version: bytes, snapshots: Iterable[tuple[str, bytes]]) -> None:
        """Save many, each with its name."""
        with self._errors():
            for name, data in snapshots:  # not `executemany`: what makes them may read others, and fork
                if len(data) < _MIN_BLOB_BYTES:
                    self._open().execute(_SAVE_SNAPSHOT, (name, version, with_checksum(version, data)))
                else:
                    self._save_blob(name, version, data)

    def _save_blob(self, name: str, version: bytes, data: bytes) -> None:
        """Save a large snapshot, a manifest for example, without a copy of it."""
        row = name, version, CHECKSUM_SIZE + len(data)
        cursor = self._open().execute("INSERT OR REPLACE INTO snapshot VALUES (?, ?, zeroblob(?))", row)
        with self._open().blobopen("snapshot", "data", cursor.lastrowid or 0) as blob:
            blob.write(checksum(version, data))
            blob.write(data)

    def delete_snapshot(self, name: str) -> None:
        with self._errors():
            self._open().execute("DELETE FROM snapshot WHERE name = ?", (name,))

    def delete_snapshots(self, names: str) -> None:
        """Delete the snapshots whose names match ``names``."""
        with self._errors():
            self._open().execute("DELETE FROM snapshot WHERE name GLOB ?", (names,))

    # -- the file ----------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        """Open a connection, and begin the transaction that ``close`` commits."""
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            self._connection.text_factory = bytes  # what is damaged need be no text
            self._connection.execute("PRAGMA page_size = 16384")  # most records are larger than the usual 4096
            self._connection.execute("PRAGMA synchronous = OFF")  # a cache: what is lost is made again
            self._connection.executescript(_SCHEMA)
            self._connection.execute("BEGIN")  # once: else the file is locked anew for each row
            os.utime(self.path)
        return self._connection

    def close(self) -> None:
        """Commit what was added, and let go of the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with self._errors(), closing(connection):
                if connection.in_transaction:
                    connection.execute("COMMIT")

    def __del__(self) -> None:
        if self._connection is not None:  # a build that was broken off: what it has not committed is made again
            self._connection.close()

    def release(self) -> None:
        """Let go of what is in memory: it is loaded again when somebody asks."""
        self._records = self._items = None

    def forget(self, but: str) -> None:
        """Delete everything, except the snapshots whose names match ``but`` and that can be read."""
        try:
            snapshots = self.snapshots(but)
        except CorruptedCacheError:
            snapshots = []
        with suppress(CorruptedCacheError):
            self.close()
        self.path.unlink(missing_ok=True)
        self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
        self.release()
        for name, version, data in snapshots:
            self.save_snapshot(name, version, data)
        self.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except msgspec.MsgspecError as fault:
            raise CorruptedCacheError from fault
        except sqlite3.Error as fault:
            if getattr(fault, "sqlite_errorcode", 0) & 0xFF not in _MACHINE_ERRORS:
                raise CorruptedCacheError from fault
            message = f"Không đọc hoặc ghi được bộ nhớ đệm ({fault}). Kiểm tra chỗ trống, quyền ghi, và chương trình khác đang giữ tệp."
            raise MachineError([Problem(str(self.path), 0, 0, "MACHINE", message)]) from fault


def _path(key: object) -> str:
    """Return the path that is a row's key. A damaged one is none of a file."""
    if not isinstance(key, bytes):
        raise CorruptedCacheError
    return intern(key.decode("utf-8", "replace"))


def _item_key(path: str, digest: bytes) -> bytes:
    """Return the key of an item's checksum: an item of other bytes, which a build that was broken off left, is none."""
    return b"%s\0%s" % (path.encode(), digest)


_stores: WeakSet[Store] = WeakSet()


def _close_stores() -> None:
    """Close all connections before a fork, which must not use its parent's: each opens its own."""
    for store in _stores:
        store.close()


os.register_at_fork(before=_close_stores)
