"""Check that a file is complete and hides nothing, without decoding it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from plugins.core.media import gif, jpeg

_CODE_MARKS = (b"<script", b"<?php ", b"<?php\n", b"<?php\r", b"<?php\t", b"<html>", b"<html ", b"<!doctype html")
_LOWER_CASE = ord("a")
_MAX_CHUNKS = 200_000
_MAX_BOXES = 10_000
_FIRST_BYTES = 4096
_LAST_BYTES = 65_536


def has_code(raw: bytes) -> bool:
    """Return whether HTML, PHP or a ZIP archive is hidden in a file of another kind.

    Searched are the parts that browsers and servers read: the first 4 KB and the end.
    """
    ends = (raw[:_FIRST_BYTES] + raw[max(_FIRST_BYTES, len(raw) - _LAST_BYTES) :]).lower()
    return any(mark in ends for mark in _CODE_MARKS) or ends_as_zip(raw)


def ends_as_zip(raw: bytes) -> bool:
    """Return whether an unpacker would take the file for a ZIP archive, whatever it starts with."""
    end = raw.rfind(b"PK\5\6", -_LAST_BYTES - 22)  # an archive's last record, and a comment of at most 64 KB
    return end >= 0 and b"PK\3\4" in raw and end + 22 + int.from_bytes(raw[end + 20 : end + 22], "little") <= len(raw)


def boxes(raw: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the type and the end offset of each top-level box of an MP4 or AVIF file."""
    offset = 0
    for _ in range(_MAX_BOXES):
        size = int.from_bytes(raw[offset : offset + 4])
        if size == 1:
            size = int.from_bytes(raw[offset + 8 : offset + 16])
        kind = raw[offset + 4 : offset + 8]
        offset = offset + max(size, 8) if size else len(raw)
        yield kind, offset
        if offset >= len(raw):
            break


def is_whole(kind: str, raw: bytes) -> bool:
    """Return whether a picture has its kind's end, and every length and checksum in it is right."""
    if kind == "jpg":
        return jpeg.is_whole(raw)
    if kind == "png":
        return _png_is_whole(raw)
    if kind == "gif":
        return bool(gif.read_frames(raw))
    if kind == "webp":
        return _webp_is_whole(raw)
    if kind == "avif":
        return 0 < max((end for _, end in boxes(raw)), default=0) <= len(raw)
    return kind != "bmp" or int.from_bytes(raw[2:6], "little") <= len(raw)


def _png_is_whole(raw: bytes) -> bool:
    """Check all chunks but those that a decoder may skip (first letter lower-case): some programs write these wrongly."""
    offset, view = 8, memoryview(raw)
    for _ in range(_MAX_CHUNKS):
        end = offset + 12 + int.from_bytes(raw[offset : offset + 4])
        kind = raw[offset + 4 : offset + 8]
        if end > len(raw):
            break
        if kind[0] < _LOWER_CASE and zlib.crc32(view[offset + 4 : end - 4]) != int.from_bytes(raw[end - 4 : end]):
            return False
        if kind == b"IEND":
            return True
        offset = end
    return False


def _webp_is_whole(raw: bytes) -> bool:
    end = int.from_bytes(raw[4:8], "little") + 8
    offset = 12
    for _ in range(_MAX_CHUNKS):
        if offset + 8 > min(end, len(raw)):
            break
        size = int.from_bytes(raw[offset + 4 : offset + 8], "little")
        offset += 8 + size + size % 2
    return end <= len(raw) and offset <= end + end % 2
