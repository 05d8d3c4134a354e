"""Whether a file is whole, and holds nothing but itself. Nothing is decoded."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from plugins.core.media import gif, jpeg

_CODE = (b"<script", b"<?php ", b"<?php\n", b"<?php\r", b"<?php\t", b"<html>", b"<html ", b"<!doctype html")
_SMALL = ord("a")
_MOST_CHUNKS = 200_000
_MOST_BOXES = 10_000
_HEAD = 4096
_TAIL = 65_536


def has_code(raw: bytes) -> bool:
    """Whether HTML, PHP or a ZIP archive hides in a file that should hold none.

    Looked for where browsers and servers look: the first 4 KB, and what hangs on at the end.
    """
    ends = (raw[:_HEAD] + raw[max(_HEAD, len(raw) - _TAIL) :]).lower()
    return any(mark in ends for mark in _CODE) or ends_as_zip(raw)


def ends_as_zip(raw: bytes) -> bool:
    """Whether an unpacker would take the file for a ZIP archive, whatever it starts with."""
    end = raw.rfind(b"PK\5\6", -_TAIL - 22)  # an archive's last record, and a comment of at most 64 KB
    return end >= 0 and b"PK\3\4" in raw and end + 22 + int.from_bytes(raw[end + 20 : end + 22], "little") <= len(raw)


def boxes(raw: bytes) -> Iterator[tuple[bytes, int]]:
    """The top-level boxes of an MP4 or AVIF file: the type of each and where it ends."""
    place = 0
    for _ in range(_MOST_BOXES):
        size = int.from_bytes(raw[place : place + 4])
        if size == 1:
            size = int.from_bytes(raw[place + 8 : place + 16])
        kind = raw[place + 4 : place + 8]
        place = place + max(size, 8) if size else len(raw)
        yield kind, place
        if place >= len(raw):
            break


def is_whole(kind: str, raw: bytes) -> bool:
    """Whether a picture ends as its kind has to, and is inside as its own marks say."""
    if kind == "jpg":
        return jpeg.is_whole(raw)
    if kind == "png":
        return _png_is_whole(raw)
    if kind == "gif":
        return bool(gif.frames(raw))
    if kind == "webp":
        return _webp_is_whole(raw)
    if kind == "avif":
        return 0 < max((end for _, end in boxes(raw)), default=0) <= len(raw)
    return kind != "bmp" or int.from_bytes(raw[2:6], "little") <= len(raw)


def _png_is_whole(raw: bytes) -> bool:
    """Chunks that a decoder may skip (small first letter) may be wrong: some programs change them by hand."""
    position, view = 8, memoryview(raw)
    for _ in range(_MOST_CHUNKS):
        end = position + 12 + int.from_bytes(raw[position : position + 4])
        kind = raw[position + 4 : position + 8]
        if end > len(raw):
            break
        if kind[0] < _SMALL and zlib.crc32(view[position + 4 : end - 4]) != int.from_bytes(raw[end - 4 : end]):
            return False
        if kind == b"IEND":
            return True
        position = end
    return False


def _webp_is_whole(raw: bytes) -> bool:
    end = int.from_bytes(raw[4:8], "little") + 8
    position = 12
    for _ in range(_MOST_CHUNKS):
        if position + 8 > min(end, len(raw)):
            break
        size = int.from_bytes(raw[position + 4 : position + 8], "little")
        position += 8 + size + size % 2
    return end <= len(raw) and position <= end + end % 2
