"""Decode the literals of SQL: what MySQL and PostgreSQL write between quotes."""

from __future__ import annotations

import re
from typing import NamedTuple

from scripts.joomla.dump_text import decode_text
from scripts.joomla.sql_scanner import Dialect

Value = str | None

_ESCAPE = re.compile(rb"\\(.)|''", re.DOTALL)
_ESCAPES = {b"0": b"\0", b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"Z": b"\x1a", b"%": b"\\%", b"_": b"\\_"}
_PG_ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|''", re.DOTALL)
_PG_ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


class Literal(NamedTuple):
    """A value as it is written; calling it decodes it. Columns that nobody wants are never decoded."""

    raw: bytes | None
    is_text: bool
    dialect: Dialect

    def __call__(self) -> Value:
        if self.raw is None or not self.is_text:
            return None if self.raw is None else self.raw.decode("latin-1")
        return decode_text(unescape(self.raw, self.dialect))

    def joined(self, other: Literal) -> Literal:
        return self._replace(raw=(self.raw or b"") + (other.raw or b""))


def literal_of(kind: str, token: bytes, dialect: Dialect) -> Literal:
    """Return the value of a literal."""
    if kind == "hex":
        digits = token[2:].rstrip(b"'")
        raw = bytes.fromhex((b"0" * (len(digits) % 2) + digits).decode())
        return Literal(raw.replace(b"\\", b"\\\\").replace(b"'", b"''"), True, "mysql")
    if kind == "bits":
        return Literal(str(int(token[2:-1] or b"0", 2)).encode(), False, dialect)
    if kind == "number":
        return Literal(token, False, dialect)
    if token[:1] in b"eE" and dialect == "postgresql":
        return Literal(unescape_postgresql(token[2:-1]).replace(b"'", b"''"), True, dialect)
    if token[:1] == b"$":
        return Literal(token[token.index(b"$", 1) + 1 : token.rindex(b"$", 0, -1)].replace(b"'", b"''"), True, dialect)
    return Literal(token[1:-1], True, dialect)


def unescape(raw: bytes, dialect: Dialect) -> bytes:
    """Return the bytes that a quoted string stands for (MySQL § 9.1.1; PostgreSQL § 4.1.2.1)."""
    if dialect != "mysql":
        return raw.replace(b"''", b"'")
    if b"\\" not in raw and b"''" not in raw:
        return raw
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]) if match[1] else b"'", raw)


def unescape_postgresql(raw: bytes) -> bytes:
    """Return what an ``E'…'`` string, or a cell of COPY, stands for."""
    return _PG_ESCAPE.sub(_pg_escape, raw) if b"\\" in raw or b"''" in raw else raw


def _pg_escape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code is None:
        return match[0] if match[0] != b"''" else b"'"
    if code[:1] == b"x" and len(code) > 1:
        return bytes([int(code[1:], 16)])
    if code.isdigit() and code[0] < ord("8"):
        return bytes([int(code, 8) & 255])
    if code[:1] in b"uU" and len(code) > 4:
        return chr(int(code[1:], 16)).encode("utf-8", "surrogatepass")
    return _PG_ESCAPES.get(code, code)
