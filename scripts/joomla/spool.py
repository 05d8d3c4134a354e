"""Keep rows on the disk while a dump is read: articles are large, and their categories may stand behind them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, str | None]).decode


class Spool:
    """Rows by table, in a file that vanishes with the process."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as the spool
        self._spans: dict[str, list[tuple[int, int]]] = {}
        self._numbers: dict[str, dict[str, int]] = {}
        """Table → id of a row → its position."""

        self._end = 0
        self._is_buffered = False

    def add(self, table: str, row: Mapping[str, str | None]) -> None:
        """Keep a row. One with the id of an earlier row of its table takes that one's place."""
        raw = _encode(row)
        self._file.write(raw)
        self._is_buffered = True
        spans, span = self._spans.setdefault(table, []), (self._end, len(raw))
        self._end += len(raw)
        row_id = row.get("id")
        number = self._numbers.setdefault(table, {}).setdefault(row_id, len(spans)) if row_id else len(spans)
        spans[number : number + 1] = [span]

    def clear(self, table: str) -> None:
        """Forget the rows of a table."""
        self._spans.pop(table, None)
        self._numbers.pop(table, None)

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a table in their order; NULL is ``""``."""
        for number in range(self.count(table)):
            yield self.row(table, number)

    def row(self, table: str, number: int) -> dict[str, str]:
        """Return one row."""
        offset, size = self._spans[table][number]
        if self._is_buffered:
            self._file.flush()
            self._is_buffered = False
        raw = os.pread(self._file.fileno(), size, offset)  # forked workers share the position of the file
        return {name: value or "" for name, value in _decode(raw).items()}

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return len(self._spans.get(table, ()))

    def close(self) -> None:
        """Let the file vanish."""
        self._file.close()

    @property
    def tables(self) -> list[str]:
        return list(self._spans)
