"""Read the rows of a dump: those of INSERT statements and of PostgreSQL's COPY. Nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from scripts.errors import RefusedError
from scripts.joomla.dump_text import decode_text
from scripts.joomla.schemas import guess_columns, is_essential
from scripts.joomla.sql_literals import Literal, Value, literal_of, unescape_postgresql
from scripts.joomla.sql_scanner import Dialect, Scanner

#: The columns that are wanted of a table, by its name; ``None`` for a table that is not.
Wanted = Callable[[str], Collection[str] | None]

_STATEMENT = re.compile(rb"(insert|replace)\b|create\b|copy\b|delimiter\b|use\b|lock tables|unlock tables|\\")
_NO_COLUMNS = {
    b"primary",
    b"key",
    b"unique",
    b"index",
    b"spatial",
    b"constraint",
    b"foreign",
    b"check",
    b"like",
}
_SQL = re.compile(rb"\b(?:insert\s|replace\s+into|create\s+table|copy\s|drop\s+table|set\s|lock\s+tables|begin;)", re.I)
_MYSQL_TOOL = re.compile(rb"^(?:--|#|/\*)[^\n]*(?:MySQL|MariaDB|phpMyAdmin|Adminer|HeidiSQL|mysqldump)", re.M | re.I)
_POSTGRESQL_TOOL = re.compile(rb"^--[^\n]*PostgreSQL|standard_conforming_strings|^COPY .* FROM stdin;", re.M)
_PLAIN_BACKSLASHES = re.compile(rb"sql_mode\b[^;]*NO_BACKSLASH_ESCAPES", re.I)
_FIRST_NAME = re.compile(rb"\b(?:INTO|TABLE|EXISTS)\s+(?:\w+\.)?([`\"])", re.I)
_QUICK = re.compile(
    rb"\s*+(?:'([^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+)'|(-?\d++(?:\.\d++)?+)|(?i:NULL))\s*+([,)])", re.DOTALL
)
_HEAD = 1 << 16


class Row(NamedTuple):
    """One row of a wanted table: the values of its wanted columns, as text."""

    table: str
    values: Mapping[str, Value]


class DumpReader:
    """The rows of one dump, in its order."""

    def __init__(self, scanner: Scanner, wanted: Wanted, restart: Callable[[str], None] = lambda table: None) -> None:
        """``restart`` is told the name of a table that is created anew: its rows so far are another dump's."""
        self._scanner, self._wanted, self._restart = scanner, wanted, restart
        self._database = ""
        self._columns: dict[str, list[str]] = {}
        self.tables: dict[str, int] = {}
        """Every table that has rows, its name in lower case → how many were read; 0 for those that are not wanted."""

        self.unknown: set[str] = set()
        """Wanted tables whose columns nobody knows: the dump names none, and creates no table."""

        self.repeated: set[str] = set()
        """Wanted tables that the dump has more than once."""

        self.is_complete = True
        """Whether the dump ends as the program that wrote it ends one, as far as that can be known."""

    def rows(self) -> Iterator[Row]:
        """Yield the rows of the wanted tables. Raises ``RefusedError`` for a dump that is none, or is cut off."""
        scanner = self._scanner
        head = scanner.buffer[:_HEAD]
        if b"\0" in head[:1024] or not _SQL.search(scanner.buffer[: 1 << 20]):
            raise RefusedError(
                f"{scanner.name}: không phải bản xuất SQL (không có lệnh INSERT, CREATE TABLE hay COPY). "
                "Xuất cơ sở dữ liệu bằng mysqldump, phpMyAdmin hoặc pg_dump, dạng văn bản."
            )
        scanner.dialect = dialect_of(head)
        is_locked = False
        while statement := scanner.peek():
            match = _STATEMENT.match(statement)
            keyword = match[0] if match else b""
            if keyword in (b"insert", b"replace"):
                yield from self._insert()
            elif keyword == b"create":
                self._create()
            elif keyword == b"copy" and scanner.dialect == "postgresql":
                yield from self._copy()
            elif keyword == b"use":
                self._use()
            elif keyword == b"delimiter":
                self._skip_routines()
            elif keyword == b"\\":
                scanner.line()
            else:
                is_locked = keyword == b"lock tables" or (is_locked and keyword != b"unlock tables")
                if not scanner.skip_statement():
                    break
        if is_locked:
            raise self._cut()
        self.is_complete = _ends_well(head, scanner.buffer[-4096:])

    def _cut(self) -> RefusedError:
        return self._scanner.refusal("tệp kết thúc giữa một bảng: bản xuất bị cắt. Xuất lại, hoặc chép lại cho đủ")

    def _token(self) -> tuple[str, bytes]:
        """Return the next token. Raises ``RefusedError`` at the end of the file."""
        kind, token = self._scanner.token()
        if not kind:
            raise self._cut()
        return kind, token

    # -- statements --------------------------------------------------------------

    def _insert(self) -> Iterator[Row]:
        table, token = self._table_after(
            {b"insert", b"replace", b"into", b"ignore", b"delayed", b"low_priority", b"high_priority", b"only"}
        )
        wanted = self._wanted(table) if table else None
        columns = self._columns.get(table, [])
        if token == b"(":
            columns = []
            while token != b")":
                kind, token = self._token()
                if kind in ("word", "string"):
                    columns.append(name_of(token).lower())
            _, token = self._token()
        self.tables.setdefault(table, 0)
        if wanted is None or token.lower() not in (b"values", b"value"):
            self._skip()
            return
        _, token = self._token()
        while token == b"(":
            values = self._values()
            names = columns or guess_columns(table, [read() for read in values])
            columns = names
            if not names and not is_essential(table):
                self.unknown.add(table)
                break
            if len(names) != len(values):
                message = (
                    f"bảng {table} có {len(values)} cột, không khớp với {len(names)} tên cột. Xuất lại, kèm tên cột"
                )
                raise self._scanner.refusal(message)
            self.tables[table] += 1
            yield Row(table, {name: read() for name, read in zip(names, values, strict=True) if name in wanted})
            _, token = self._token()
            if token == b",":
                _, token = self._token()
        if token != b";":
            self._skip()

    def _values(self) -> list[Literal]:
        """Read the values of one row, behind its bracket, with the bracket that ends it."""
        scanner = self._scanner
        is_mysql = scanner.dialect == "mysql"
        values = []
        while True:
            match = _QUICK.match(scanner.buffer, scanner.position)
            text = match[1] if match else None
            if match and match.end() < len(scanner.buffer) and (is_mysql or text is None or b"\\" not in text):
                scanner.position = match.end()
                values.append(Literal(text if text is not None else match[2], text is not None, scanner.dialect))
                end = match[3]
            else:
                value, end = self._expression()
                values.append(value)
            if end == b")":
                return values

    def _expression(self) -> tuple[Literal, bytes]:
        """Read one value of whatever form, with the sign that ends it. A function's is its first literal's."""
        literal: Literal | None = None
        depth = 0
        while True:
            kind, token = self._token()
            if depth == 0 and token in (b",", b")") and kind == "sign":
                return literal or Literal(None, False, self._scanner.dialect), token
            depth += (token == b"(") - (token == b")") if kind == "sign" else 0
            if kind in ("string", "number", "hex", "bits") and literal is None:
                literal = literal_of(kind, token, self._scanner.dialect)
            elif kind == "string" and literal is not None and literal.is_text and depth == 0:
                literal = literal.joined(literal_of(kind, token, self._scanner.dialect))
            elif kind == "word" and literal is None and token.lower() in (b"true", b"false"):
                literal = Literal(b"1" if token.lower() == b"true" else b"0", False, self._scanner.dialect)

    def _create(self) -> None:
        """Remember the columns of a table."""
        words = self._scanner.peek()
        if not re.match(rb"create\s+(?:(?:temporary|unlogged|global|local)\s+)*table\b", words):
            self._skip()
            return
        table, token = self._table_after(
            {b"create", b"temporary", b"unlogged", b"global", b"local", b"table", b"if", b"not", b"exists"}
        )
        columns: list[str] = []
        depth, is_first = 1, True
        while token == b"(" and depth:
            kind, word = self._token()
            is_name = kind == "string" or (kind == "word" and not self._is_key(word))
            if is_first and is_name and depth == 1:
                columns.append(name_of(word).lower())
            is_first = kind == "sign" and word == b"," and depth == 1
            depth += (word == b"(") - (word == b")") if kind == "sign" else 0
        if columns:
            self._columns[table] = columns
        if self.tables.get(table):
            self.tables[table] = 0
            self.repeated.add(table)
            self._restart(table)
        if token != b";":
            self._skip()

    def _is_key(self, word: bytes) -> bool:
        """Return whether a line of CREATE TABLE that begins with ``word`` is no column's."""
        if word.lower() == b"fulltext":  # phpMyAdmin 2 may leave out the quotes of Joomla's column
            return not re.match(rb"\w*text\b", self._scanner.peek())
        return word.lower() in _NO_COLUMNS

    def _use(self) -> None:
        self._token()
        self._database = name_of(self._token()[1]).lower()
        self._skip()

    def _table_after(self, keywords: Collection[bytes]) -> tuple[str, bytes]:
        """Return the table that a statement names, with its database where the dump says one, and the next token."""
        kind, token = self._token()
        while kind == "word" and token.lower() in keywords:
            kind, token = self._token()
        table, database = name_of(token).lower(), self._database
        _, token = self._token()
        while token == b".":
            database, table = table, name_of(self._token()[1]).lower()
            _, token = self._token()
        is_schema = self._scanner.dialect == "postgresql"
        return (f"{database}.{table}" if database and not is_schema else table), token

    def _copy(self) -> Iterator[Row]:
        scanner = self._scanner
        header = scanner.line() or b""
        match = re.match(rb"COPY\s+(?:ONLY\s+)?([^\s(]+)\s*(?:\(([^)]*)\))?\s*FROM\s+stdin", header, re.I)
        if not match:
            return
        table = name_of(match[1].rpartition(b".")[2]).lower()
        listed = [name_of(name.strip()).lower() for name in match[2].split(b",")] if match[2] else []
        columns = listed or self._columns.get(table, [])
        wanted = self._wanted(table)
        self.tables.setdefault(table, 0)
        while (line := scanner.line()) != b"\\.":
            if line is None:
                raise self._cut()
            if wanted is None:
                continue
            cells = line.split(b"\t")
            if len(cells) != len(columns):
                raise scanner.refusal(f"bảng {table} có {len(cells)} cột, cần {len(columns)}")
            self.tables[table] += 1
            yield Row(
                table,
                {
                    name: None if cell == b"\\N" else decode_text(unescape_postgresql(cell))
                    for name, cell in zip(columns, cells, strict=True)
                    if name in wanted
                },
            )

    def _skip_routines(self) -> None:
        """Pass over triggers and procedures: between ``DELIMITER ;;`` and ``DELIMITER ;``."""
        line = self._scanner.line()
        while line is not None and line.split()[-1:] != [b";"]:
            line = self._scanner.line()
            while line is not None and not line.lower().startswith(b"delimiter"):
                line = self._scanner.line()

    def _skip(self) -> None:
        if not self._scanner.skip_statement():
            raise self._cut()


def name_of(token: bytes) -> str:
    """Return the identifier that a token writes, without its quotes."""
    return token.decode("utf-8", "replace").strip("`\"[]'")


def dialect_of(head: bytes) -> Dialect:
    """Tell whose quoting rules a dump follows: by the program that wrote it, else by how it quotes names."""
    if _PLAIN_BACKSLASHES.search(re.split(rb"(?i)^(?:insert|replace)\s", head, maxsplit=1)[0]):
        return "standard"
    if _MYSQL_TOOL.search(head):
        return "mysql"
    if _POSTGRESQL_TOOL.search(head):
        return "postgresql"
    match = _FIRST_NAME.search(head)
    return "postgresql" if match and match[1] == b'"' else "mysql"


def _ends_well(head: bytes, tail: bytes) -> bool:
    if re.search(rb"^-- (?:MySQL|MariaDB) dump ", head, re.M):
        return b"-- Dump completed" in tail
    if re.search(rb"^-- phpMyAdmin SQL Dump[^;]*;[^\0]*SET @OLD_CHARACTER_SET_CLIENT=", head):
        return b"CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT" in tail
    return b"-- PostgreSQL database dump" not in head or b"dump complete" in tail
