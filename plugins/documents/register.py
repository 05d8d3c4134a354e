"""Write the whole register as files: a table for spreadsheets, and what the list page's script searches."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from msgspec import Struct

from plugins.core.model.values import FileLink
from plugins.core.site.identity import Site
from plugins.core.site.views import Card, TextView
from plugins.core.text.vietnamese import plain

#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class State(Struct, frozen=True):
    """Where a document stands: ``slug`` as in addresses, and in words."""

    slug: str
    words: str

    @property
    def is_usual(self) -> bool:
        """Whether short lists may leave it out: what is in force needs no word."""
        return self.slug == "con"


class Row(Card, frozen=True, kw_only=True):
    """A document as the register shows it. ``kind`` and ``unit`` are for readers;
    ``facets`` what it can be found by: field of the form → value."""

    number: str
    kind: str
    unit: str
    state: State
    files: tuple[FileLink, ...]
    facets: tuple[tuple[str, str], ...]

    @property
    def of(self) -> str:
        """What kind it is, and whose."""
        return f"{self.kind} · {self.unit}"

    @property
    def words(self) -> str:
        """What a search looks into: without marks, in small letters."""
        return plain(" ".join((self.number, self.title, self.kind, self.unit, self.summary)))


class SearchView(TextView, frozen=True, kw_only=True):
    """The documents as JSON, newest first: what a row shows (``n`` number, ``u`` address, ``t`` title,
    ``d`` day, ``s`` day for readers, ``m`` kind and unit, ``e`` state, ``f`` files), its ``facets``, and ``q``, its words."""

    rows: tuple[Row, ...]

    def text(self, site: Site) -> str:
        none = site.t.documents.no_number
        return json.dumps([_searched(row, none) for row in self.rows], ensure_ascii=False, separators=(",", ":")) + "\n"


def _searched(row: Row, no_number: str) -> dict[str, Any]:
    return {
        "n": row.number or no_number,
        "u": row.url,
        "t": row.title,
        "d": row.date.day,
        "s": row.date.short,
        "m": row.of,
        "e": row.state.words,
        "f": [[file.url, file.label] for file in row.files],
        "q": row.words,
        **dict(row.facets),
    }


class TableView(TextView, frozen=True, kw_only=True):
    """The documents as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8."""

    rows: tuple[tuple[str, ...], ...]

    def text(self, site: Site) -> str:
        out = io.StringIO()
        csv.writer(out).writerows([_harmless(cell) for cell in row] for row in self.rows)
        return "\ufeff" + out.getvalue()


def _harmless(cell: str) -> str:
    """Return ``cell`` such that no spreadsheet works it out."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
