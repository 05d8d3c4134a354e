"""Cut a stream of SQL into tokens, without ever holding more of it than one value.

Nothing is executed. A file of 4 GB on one line takes the memory of its longest value.
"""

from __future__ import annotations

import re
from typing import Literal

from plugins.core.text.vietnamese import number
from scripts.errors import RefusedError
from scripts.joomla.dump_file import Read

Dialect = Literal["mysql", "standard", "postgresql"]
"""``standard``: MySQL's names, and backslashes that mean themselves (``NO_BACKSLASH_ESCAPES``)."""

CHUNK = 1 << 20
MAX_VALUE = 64 << 20
"""The longest value, in bytes: longer ones are a quote that is missing. Articles have a thousandth of it."""

_BACKTICKS = rb"`[^`]*+(?:``[^`]*+)*+`"
_STRING = {
    "mysql": rb"'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+'|\"[^\"\\]*+(?:(?:\\.|\"\")[^\"\\]*+)*+\"|" + _BACKTICKS,
    "standard": rb"'[^']*+(?:''[^']*+)*+'|\"[^\"]*+(?:\"\"[^\"]*+)*+\"|" + _BACKTICKS,
    "postgresql": (
        rb"(?<![\w])[eE]'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+'|'[^']*+(?:''[^']*+)*+'|\"[^\"]*+(?:\"\"[^\"]*+)*+\""
        rb"|\$(?P<tag>[A-Za-z_]*)\$.*?\$(?P=tag)\$"
    ),
}
_COMMENT = rb"--[^\r\n]*+(?:[\r\n]|\Z)|\#[^\r\n]*+(?:[\r\n]|\Z)|/\*(?!M?!).*?\*/|/\*M?!\d*+|\*/"
_TOKEN = {
    dialect: re.compile(
        rb"(?P<space>(?:\s++|" + _COMMENT + rb")++)"
        rb"|(?P<string>" + string + rb")"
        rb"|(?P<hex>0[xX][0-9a-fA-F]++|[xX]'[0-9a-fA-F]*+')|(?P<bits>[bB]'[01]*+')"
        rb"|(?P<word>[A-Za-z_\x80-\xff][\w$\x80-\xff]*+|\[[^\]\n]{1,64}+\]|@@?[\w$.]++)"
        rb"|(?P<number>[-+]?(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?\d++)?+)"
        rb"|(?P<sign>.)",
        re.DOTALL,
    )
    for dialect, string in _STRING.items()
}
_SKIPPED = {
    dialect: re.compile(
        rb"(?:[^'\"`;$#/-]++|" + string + rb"|" + _COMMENT + rb"|-(?!-)|/(?!\*)|" + dollar + rb")*+", re.DOTALL
    )
    for (dialect, string), dollar in zip(_STRING.items(), (rb"\$", rb"\$", rb"\$(?![A-Za-z_]*\$)|`"), strict=True)
}


class Scanner:
    """A position in a stream of SQL."""

    def __init__(self, read: Read, name: str) -> None:
        self._read = read
        self.name = name
        self.dialect: Dialect = "mysql"
        self.buffer = b""
        self.position = 0
        self._offset = 0  # of the buffer in the stream
        self.is_at_end = False
        self._fill()

    # -- the buffer --------------------------------------------------------------

    def _fill(self) -> bool:
        """Read on; drop what lies behind. Returns whether there was more."""
        if self.is_at_end:
            return False
        if self.position:
            self.buffer = self.buffer[self.position :]
            self._offset += self.position
            self.position = 0
        size = max(CHUNK, len(self.buffer))  # twice as much each time: a long value costs no more than its length
        chunks = [self.buffer]
        while size > 0 and (chunk := self._read(size)):
            chunks.append(chunk)
            size -= len(chunk)
        self.is_at_end = size > 0
        self.buffer = b"".join(chunks)
        return len(chunks) > 1

    def _grow(self) -> None:
        """Read on in the middle of a value. Raises ``RefusedError`` where it never ends."""
        if len(self.buffer) - self.position > MAX_VALUE:
            raise self.refusal(f"một giá trị dài quá {MAX_VALUE >> 20} MB: có lẽ thiếu một dấu nháy")
        if not self._fill():
            raise self.refusal("tệp kết thúc giữa một câu lệnh: bản xuất bị cắt. Xuất lại, hoặc chép lại cho đủ")

    def refusal(self, reason: str) -> RefusedError:
        """Return the error that says where the dump cannot be read."""
        return RefusedError(f"{self.name}, byte {number(self._offset + self.position)}: {reason}.")

    # -- tokens ------------------------------------------------------------------

    def token(self) -> tuple[str, bytes]:
        """Return the kind and the bytes of the next token, which is consumed; kind ``""`` at the end."""
        pattern = _TOKEN[self.dialect]
        while True:
            match = pattern.match(self.buffer, self.position)
            if match is None:
                if not self._fill():
                    return "", b""
                continue
            kind = "string" if match.lastgroup == "tag" else str(match.lastgroup)
            is_open = kind == "sign" and self._is_open(match.start())
            if is_open or (match.end() == len(self.buffer) and not self.is_at_end):
                self._grow()  # raises at the end: nothing closes the quote
                continue
            self.position = match.end()
            if kind != "space":
                return kind, match[0]

    def _is_open(self, start: int) -> bool:
        """Return whether a string or a comment begins at ``start`` that the buffer does not end."""
        first_bytes = self.buffer[start : start + 2]
        return (
            first_bytes[:1] in (b"'", b'"')
            or first_bytes == b"/*"
            or (first_bytes[:1] == b"`" and self.dialect != "postgresql")
        )

    def peek(self, size: int = 200) -> bytes:
        """Return the next bytes after blanks and comments, in lower case; they are not consumed."""
        while True:
            match = _TOKEN[self.dialect].match(self.buffer, self.position)
            if match and match.lastgroup == "space" and (match.end() < len(self.buffer) or self.is_at_end):
                self.position = match.end()
            elif len(self.buffer) - self.position >= size or not self._fill():
                return self.buffer[self.position : self.position + size].lower()

    def skip_statement(self) -> bool:
        """Move behind the next ``;`` that stands in no string. Returns whether there was one."""
        pattern = _SKIPPED[self.dialect]
        while True:
            match = pattern.match(self.buffer, self.position)
            assert match
            self.position = match.end()
            rest = self.buffer[self.position : self.position + 1]
            if rest == b";":
                self.position += 1
                return True
            if rest:
                self._grow()  # within a string or a comment
                continue
            if not self.is_at_end and self.buffer[-1:] in (b"-", b"/", b"$") and match.end() > match.start():
                self.position -= 1  # perhaps half of a comment's mark
            if not self._fill():
                return False

    def line(self) -> bytes | None:
        """Return the next line without its end, which is consumed; ``None`` at the end."""
        while True:
            end = self.buffer.find(b"\n", self.position)
            if end >= 0:
                line = self.buffer[self.position : end]
                self.position = end + 1
                return line.removesuffix(b"\r")
            if self.is_at_end:
                line = self.buffer[self.position :]
                self.position = len(self.buffer)
                return line or None
            self._grow()
