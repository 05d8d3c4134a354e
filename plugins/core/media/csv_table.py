"""Read the table of a CSV file (RFC 4180), for pages that show its rows and offer the file."""

from __future__ import annotations

import csv
import io

from plugins.core.text.encoding.detect import decode
from plugins.core.text.vietnamese import nfc

#: The largest table that a page can show; a longer one is only offered as a file.
MAX_ROWS = 500
MAX_COLUMNS = 20

Table = tuple[tuple[str, ...], ...]


def read_table(raw: bytes) -> Table:
    """Read the rows of a CSV file, the heading first, all of one length; none if the file holds no such table.

    The separator is the most frequent in the heading of comma, semicolon and tab.
    """
    text, _ = decode(raw, "")
    if not text or not text.strip():
        return ()
    heading = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    try:
        rows = [
            tuple(nfc(cell).strip() for cell in row)
            for row in csv.reader(io.StringIO(text), delimiter=separator, strict=True)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        return ()
    fits = len(rows) <= MAX_ROWS and len(rows[0]) <= MAX_COLUMNS and all(len(row) == len(rows[0]) for row in rows)
    return tuple(rows) if fits else ()
