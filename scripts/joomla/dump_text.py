"""Decode the text of a dump: UTF-8, Latin-1, or UTF-8 that a wrong connection has encoded twice."""

from __future__ import annotations

import re

#: The bytes that Windows-1252 leaves open are taken as they are: MySQL's “latin1” does so.
_CP1252 = {chr(byte): bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 160)}
_TO_BYTES = {ord(shown): raw for raw, shown in _CP1252.items()}
_TWICE = re.compile("[ÃÂÄÅÆáâ][\x80-\xbf\u0152-\u2122]")
_LATIN = str.maketrans(_CP1252)
_MAX_TIMES = 3


def decode_text(raw: bytes) -> str:
    """Return the text of ``raw``. What is UTF-8 of UTF-8, as a wrong connection writes it, is read twice."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _mixed(raw)
    if text.isascii():
        return text
    for _ in range(_MAX_TIMES):
        if not _TWICE.search(text):
            break
        try:
            text = _read_again(text.translate(_TO_BYTES).encode("latin-1"))
        except UnicodeError:
            break
    return text


def _read_again(raw: bytes) -> str:
    """Decode UTF-8; half a letter at the end of a column that was too short goes. Raises ``UnicodeError``."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or raw[: error.start].isascii():
            raise
        return raw[: error.start].decode("utf-8")


def _mixed(raw: bytes) -> str:
    """Decode what is UTF-8 as such, and every other byte as Windows-1252: a column may be cut within a letter."""
    text = raw.decode("utf-8", "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda match: chr(ord(match[0]) - 0xDC00).translate(_LATIN), text)
