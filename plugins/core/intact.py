"""Whether a file ends where its kind has to, and holds nothing but itself. Nothing is decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE = (b"<script", b"<?php ", b"<?php\n", b"<?php\r", b"<?php\t", b"<html>", b"<html ", b"<!doctype html")
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_MOST_SCANS = 100  # a progressive JPEG has about ten; each costs the decoder a pass over the whole picture
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
    """Whether a picture ends as its kind has to."""
    if kind == "jpg":
        return _jpeg_is_whole(raw)
    if kind == "png":
        return _png_is_whole(raw)
    if kind == "gif":
        return raw.rstrip(b"\0\r\n").endswith(b";")
    if kind == "webp":
        return int.from_bytes(raw[4:8], "little") + 8 <= len(raw)
    if kind == "avif":
        return max((end for _, end in boxes(raw)), default=0) <= len(raw)
    return kind != "bmp" or int.from_bytes(raw[2:6], "little") <= len(raw)


def _jpeg_is_whole(raw: bytes) -> bool:
    place, scans = 2, 0
    while (found := _MARKER.search(raw, place)) and scans <= _MOST_SCANS:
        marker = raw[found.start() + 1]
        if marker == 0xD9:
            return scans > 0
        scans += marker == 0xDA
        place = found.end() + int.from_bytes(raw[found.end() : found.end() + 2])
    return False


def _png_is_whole(raw: bytes) -> bool:
    place = 8
    for _ in range(_MOST_CHUNKS):
        if raw[place + 4 : place + 8] == b"IEND":
            return True
        place += 12 + int.from_bytes(raw[place : place + 4])
        if place >= len(raw):
            break
    return False
