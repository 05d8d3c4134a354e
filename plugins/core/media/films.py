"""Strip the metadata of MP4 films: what the camera recorded besides picture and sound.

Location and phone stand in boxes that no player needs. These are blanked in place, so that
nothing else moves: their type becomes ``free``, their bytes 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_MAX_BOXES = 10_000
#: The boxes that players need, by the box that holds them; in other boxes, all but ``_METADATA``.
_NEEDED: Mapping[bytes, frozenset[bytes]] = {
    b"": frozenset((b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"pdin", b"prft", b"wide")),
    b"moov": frozenset((b"mvhd", b"trak", b"mvex", b"iods", b"pssh")),
    b"trak": frozenset((b"tkhd", b"tref", b"trgr", b"edts", b"mdia")),
}
_METADATA = {b"udta", b"meta", b"uuid", b"free", b"skip"}
_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"}
#: Data recorded along with the picture, whose samples lie among those of the film: GoPro, Android, Apple,
#: Sony, DJI, and the two kinds of the standard.
_TELEMETRY = re.compile(rb"gpmd|camm|mebx|rtmd|djmd|dbgi|mett|metx")
#: Locations anywhere else, also in subtitles of drones and between the frames of dashboard cameras: a mark, and a
#: pattern of what follows it.
_LOCATION_PATTERNS = {
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
    """A box of an MP4 file; its bounds are offsets in the file."""

    holder: bytes
    """The type of the box that holds it."""

    kind: bytes
    """Its type."""

    start: int
    content: int
    """The start of its content, behind the header."""

    end: int

    @property
    def is_metadata(self) -> bool:
        needed = _NEEDED.get(self.holder)
        return self.kind in _METADATA if needed is None else self.kind not in needed


def boxes(raw: bytes, offset: int, end: int, holder: bytes = b"") -> Iterator[Box]:
    """Yield the boxes from ``offset`` to ``end``, one after the other; none reaches beyond it, whatever its size says."""
    for _ in range(_MAX_BOXES):
        size = int.from_bytes(raw[offset : offset + 4])
        content = offset + (16 if size == 1 else 8)
        if size == 1:
            size = int.from_bytes(raw[offset + 8 : offset + 16])
        if content > end:
            break  # some programs leave a few bytes behind the last box
        box_end = min(max(offset + size, content), end) if size else end
        yield Box(holder, raw[offset + 4 : offset + 8], offset, content, box_end)
        offset = box_end
        if offset >= end:
            break


def reveals_location(raw: bytes) -> bool:
    """Return whether a film reveals its location even without its metadata."""
    metadata = [box for box in _walk_boxes(raw) if box.is_metadata]
    if any(not any(box.start <= offset < box.end for box in metadata) for offset in _locations(raw)):
        return True
    return any(box.kind == b"stsd" and _TELEMETRY.match(raw, box.content + 12) for box in _walk_boxes(raw))


def _locations(raw: bytes) -> Iterator[int]:
    """Yield the offsets in a film at which something looks like a location."""
    # one after the other: to search for six words at once takes ten times as long
    for mark, following in _LOCATION_PATTERNS.items():
        offset = raw.find(mark)
        while offset >= 0:
            if following.match(raw, offset + len(mark)):
                yield offset
            offset = raw.find(mark, offset + 1)


def strip_metadata(raw: bytes) -> bytes:
    """Return the film without metadata, of the same length."""
    blank = bytearray(raw)
    for box in _walk_boxes(raw):
        if box.is_metadata:
            blank[box.start + 4 : box.start + 8] = b"free"
            blank[box.content : box.end] = bytes(box.end - box.content)
    return bytes(blank)


def _walk_boxes(raw: bytes) -> Iterator[Box]:
    """Yield the boxes of a film on every level that may hold metadata."""
    pending = list(boxes(raw, 0, len(raw)))
    for _ in range(_MAX_BOXES):
        if not pending:
            break
        box = pending.pop()
        yield box
        if box.kind in _CONTAINERS and box.content < box.end:
            pending += boxes(raw, box.content, box.end, box.kind)
