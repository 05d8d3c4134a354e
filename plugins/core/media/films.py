"""MP4: a film is published without what the camera wrote beside picture and sound.

Where it was filmed and with which phone stands in boxes that no player needs. They are blanked
where they are, so that nothing else moves: their type becomes ``free``, their bytes 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_MOST_BOXES = 10_000
#: What players need, by the box that holds it; elsewhere all but what is made for notes.
_NEEDED: Mapping[bytes, frozenset[bytes]] = {
    b"": frozenset((b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"pdin", b"prft", b"wide")),
    b"moov": frozenset((b"mvhd", b"trak", b"mvex", b"iods", b"pssh")),
    b"trak": frozenset((b"tkhd", b"tref", b"trgr", b"edts", b"mdia")),
}
_NOTES = {b"udta", b"meta", b"uuid", b"free", b"skip"}
_OPENED = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"}
#: Data recorded along with the picture, whose samples lie among those of the film: GoPro, Android, Apple,
#: Sony, DJI, and the two kinds that the standard has for anybody's.
_RECORDED = re.compile(rb"gpmd|camm|mebx|rtmd|djmd|dbgi|mett|metx")
#: How places look wherever else they stand, in subtitles of drones and between the pictures of cameras in cars too: a
#: mark, and what follows it.
_PLACES = {
    b"\xa9xyz": re.compile(rb"....[+-]\d\d", re.DOTALL),
    b"ISO6709": re.compile(rb".{0,400}?data.{8}[+-]\d\d", re.DOTALL),
    b"exif:GPSLatitude": re.compile(rb""),
    b"GPS(": re.compile(rb"[+-]?\d"),
    b"GPS (": re.compile(rb"[+-]?\d"),
    b"freeGPS ": re.compile(rb""),
    **dict.fromkeys((b"$GPRMC,", b"$GNRMC,", b"$GPGGA,", b"$GNGGA,"), re.compile(rb"[\d,]")),
    b"[latitude": re.compile(rb" ?: ?[+-]?\d"),
}


class Box(NamedTuple):
    """A box: the type of the one that holds it and its own, where it and its content start, where it ends."""

    holder: bytes
    kind: bytes
    start: int
    content: int
    end: int

    @property
    def is_note(self) -> bool:
        needed = _NEEDED.get(self.holder)
        return self.kind in _NOTES if needed is None else self.kind not in needed


def boxes(raw: bytes, position: int, end: int, holder: bytes = b"") -> Iterator[Box]:
    """The boxes that follow each other from ``position`` to ``end``; none reaches beyond it, whatever it says."""
    for _ in range(_MOST_BOXES):
        size = int.from_bytes(raw[position : position + 4])
        content = position + (16 if size == 1 else 8)
        if size == 1:
            size = int.from_bytes(raw[position + 8 : position + 16])
        if content > end:
            break  # a few bytes that programs leave behind the last
        after = min(max(position + size, content), end) if size else end
        yield Box(holder, raw[position + 4 : position + 8], position, content, after)
        position = after
        if position >= end:
            break


def tells_place(raw: bytes) -> bool:
    """Return whether a film would still tell where it was made when its notes are blanked."""
    notes = [box for box in _inner(raw) if box.is_note]
    if any(not any(box.start <= position < box.end for box in notes) for position in _places(raw)):
        return True
    return any(box.kind == b"stsd" and _RECORDED.match(raw, box.content + 12) for box in _inner(raw))


def _places(raw: bytes) -> Iterator[int]:
    """Where something stands in a film that looks like a place."""
    for mark, rest in _PLACES.items():  # one by one: to look for six words at once takes ten times as long
        position = raw.find(mark)
        while position >= 0:
            if rest.match(raw, position + len(mark)):
                yield position
            position = raw.find(mark, position + 1)


def without_notes(raw: bytes) -> bytes:
    """The film as it is published: of the same length, without notes."""
    blank = bytearray(raw)
    for box in _inner(raw):
        if box.is_note:
            blank[box.start + 4 : box.start + 8] = b"free"
            blank[box.content : box.end] = bytes(box.end - box.content)
    return bytes(blank)


def _inner(raw: bytes) -> Iterator[Box]:
    """The boxes of a film on every level where notes may stand."""
    todo = list(boxes(raw, 0, len(raw)))
    for _ in range(_MOST_BOXES):
        if not todo:
            break
        box = todo.pop()
        yield box
        if box.kind in _OPENED and box.content < box.end:
            todo += boxes(raw, box.content, box.end, box.kind)
