"""Tables: a CSV file's rows, for pages that show the figures and offer the file (RFC 4180)."""

from __future__ import annotations

import csv
import io

from plugins.core.text.encoding.detect import decode
from plugins.core.text.vietnamese import nfc

#: The largest table that a page can show; a longer one is only offered as a file.
MOST_ROWS = 500
MOST_COLUMNS = 20

Table = tuple[tuple[str, ...], ...]


def read_table(raw: bytes) -> Table:
    """The rows of a CSV file, the heading first, all of one length; empty when the file holds
    no such table. The separator is what the heading has most of: comma, semicolon or tab."""
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
    fits = len(rows) <= MOST_ROWS and len(rows[0]) <= MOST_COLUMNS and all(len(row) == len(rows[0]) for row in rows)
    return tuple(rows) if fits else ()
