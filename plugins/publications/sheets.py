"""Show a CSV file's rows as a table that everybody can read."""

from __future__ import annotations

import re

from msgspec import Struct

from plugins.core.media.csv_table import Table

_NUMBER = re.compile(r"[-−+]?\d[\d.,\s]*%?")
_NOTHING = ("", "-", "–", "…")


class Sheet(Struct, frozen=True):
    """A table under its title. The first row names the columns, the first cell of every
    other row what the row is about; ``is_number`` says which columns hold numbers."""

    title: str
    rows: Table
    is_number: tuple[bool, ...]

    @property
    def heading(self) -> list[tuple[str, bool]]:
        """The columns' names, each with whether numbers stand below it."""
        return list(zip(self.rows[0], self.is_number, strict=True))

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        """Each row: what it is about, and its other cells."""
        return [(row[0], list(zip(row[1:], self.is_number[1:], strict=True))) for row in self.rows[1:]]


def sheet_of(title: str, rows: Table) -> Sheet | None:
    """Return a table, or ``None`` where there is nothing to show or a column has no name."""
    if len(rows) < 2 or not all(rows[0]):
        return None
    return Sheet(title, rows, (False, *(_holds_numbers(column) for column in list(zip(*rows[1:], strict=True))[1:])))


def _holds_numbers(column: tuple[str, ...]) -> bool:
    cells = [cell for cell in column if cell not in _NOTHING]
    return bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)
