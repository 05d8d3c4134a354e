"""Check that the data of a JPEG file give exactly its picture, no more and no less.

Decoders only warn of damaged data, and Pillow passes no warning on: a grey half, shifted stripes,
noise would be published. So the data are measured, without decoding anything at full size.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NamedTuple

from PIL import Image

from plugins.core.media import decode

_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_RESTART = re.compile(rb"\xff([\xd0-\xd7])")
_SCAN, _END, _INTERVAL = 0xDA, 0xD9, 0xDD
_TABLE_MARKERS = {0xC4, 0xCC, 0xDB, 0xDC, _INTERVAL, *range(0xE0, 0xF0), 0xFE}
_PROGRESSIVE = 0xC2
_FRAMES = {0xC0, 0xC1, _PROGRESSIVE}  # of Huffman coding: baseline, extended, progressive
_OTHER_FRAMES = {*range(0xC3, 0xD0)} - _TABLE_MARKERS
_MAX_SCANS = 100  # a progressive JPEG has about ten; each costs the decoder a pass over the whole picture
_MAX_PADDING_BITS = 7  # they fill the last byte; a refining scan may read each as the bit of another block
_JUNK = b"\x5a\xc3\x96" * 100


class Segment(NamedTuple):
    """A marker with its data, also those of a scan, as offsets in the file."""

    marker: int
    start: int
    end: int


class Frame(NamedTuple):
    """The header of a picture."""

    width: int
    height: int
    blocks: dict[int, tuple[int, int]]
    """How many blocks of 8 × 8 pixels each component, by its id, has in a unit of the data (MCU): across, down."""

    is_progressive: bool
    """True if scans refine those before them."""

    @property
    def unit(self) -> tuple[int, int]:
        """The blocks of one unit, across and down, in a scan of all components."""
        if len(self.blocks) == 1:
            return 1, 1
        return max(across for across, _ in self.blocks.values()), max(down for _, down in self.blocks.values())

    def units(self, components: bytes) -> int:
        """Return how many units a scan of these components has."""
        if len(components) != 1:
            across, down = self.unit
            return _ceil_div(self.width, 8 * across) * _ceil_div(self.height, 8 * down)
        across, down = self.blocks[components[0]]
        maximum = [max(blocks) for blocks in zip(*self.blocks.values(), strict=True)]
        return _ceil_div(_ceil_div(self.width * across, maximum[0]), 8) * _ceil_div(
            _ceil_div(self.height * down, maximum[1]), 8
        )


def read_segments(raw: bytes) -> list[Segment]:
    """Return the segments of the picture from the first to the end marker; none if it does not end."""
    segments: list[Segment] = []
    offset, scans = 2, 0
    while (match := _MARKER.search(raw, offset)) and scans <= _MAX_SCANS:
        start, marker = match.start(), raw[match.start() + 1]
        segments.append(Segment(marker, start, start))
        if marker == _END:
            ends = (*(segment.start for segment in segments[1:]), match.end())
            return [segment._replace(end=end) for segment, end in zip(segments, ends, strict=True)] if scans else []
        if marker not in _TABLE_MARKERS and marker != _SCAN and (scans or marker not in _FRAMES | _OTHER_FRAMES):
            return []
        scans += marker == _SCAN
        offset = match.end() + int.from_bytes(raw[match.end() : match.end() + 2])
    return []


def is_whole(raw: bytes) -> bool:
    """Return whether the picture has an end, and each of its scans all its restart markers, in order."""
    segments = read_segments(raw)
    interval, frame = 0, None
    for marker, start, end in segments:
        if marker in _FRAMES:
            frame = _read_frame(raw, start)
        elif marker == _INTERVAL:
            interval = int.from_bytes(raw[start + 4 : start + 6])
        elif marker == _SCAN and interval and frame and frame.height:
            components = raw[start + 5 : start + 5 + 2 * raw[start + 4] : 2]
            if not frame.blocks.keys() >= set(components):
                return False
            restarts = [mark[1][0] & 7 for mark in _RESTART.finditer(raw, start, end)]
            expected = _ceil_div(frame.units(components), interval) - 1
            if restarts[:1] not in ([], [0]) or any(
                (previous + 1) & 7 != following for previous, following in pairwise(restarts)
            ):
                return False
            if len(restarts) not in (expected, expected + 1):
                return False
    return bool(segments)


def fills_picture(raw: bytes) -> bool:
    """Return whether the data of a complete file end where its picture ends, and so in each restart interval.

    The picture is decoded at an eighth of its size, as if it were a little larger: the data must
    give nothing of the added area, so that it has one colour. If even the first added unit has that
    colour, the data may have ended too early: then junk appended to them would show in the picture.
    Raises ``Unreadable``.
    """
    segments = read_segments(raw)
    start = next((segment.start for segment in segments if segment.marker in _FRAMES), None)
    if start is None or not (frame := _read_frame(raw, start)).height:
        return True  # another kind of JPEG: left to the decoder
    intervals = [raw[segment.start + 4 : segment.start + 6] for segment in segments if segment.marker == _INTERVAL]
    is_cut = any(map(any, intervals)) and sum(segment.marker == _SCAN for segment in segments) == 1
    enlarged = _enlarge_with_restarts(frame, int.from_bytes(intervals[-1])) if is_cut else _enlarge(frame)
    if max(enlarged.width, enlarged.height) >= 1 << 16 or enlarged.width * enlarged.height > decode.MAX_PIXELS:
        return True
    size = enlarged.height.to_bytes(2) + enlarged.width.to_bytes(2)
    changed = {start: raw[start : start + 5] + size + raw[start + 9 : start + 2 + _segment_length(raw, start)]}
    for segment in segments if is_cut else ():
        if segment.marker == _INTERVAL:
            changed[segment.start] = raw[segment.start : segment.start + 4] + enlarged.interval.to_bytes(2)
    used = [segment for segment in segments if not 0xE0 <= segment.marker <= 0xFE]  # without profiles and previews
    pieces = [changed.get(segment.start, raw[segment.start : segment.end]) for segment in used]
    image = _decode_eighth(b"\xff\xd8" + b"".join(pieces))
    colours = image.crop(enlarged.added).getcolors(1)
    if not colours:
        return False
    if not any(_are_similar(image.getpixel(point), colours[0][1]) for point in enlarged.edge):
        return True
    for index, segment in enumerate(used):
        if segment.marker == _SCAN:
            pieces[index] = _RESTART.sub(_JUNK + rb"\g<0>", pieces[index]) + _JUNK
    longer = _decode_eighth(b"\xff\xd8" + b"".join(pieces))
    return all(longer.crop(box).tobytes() == image.crop(box).tobytes() for box in enlarged.original)


class _EnlargedPicture(NamedTuple):
    """The size to decode a picture at to see where its data end, with areas of it at an eighth of that size."""

    width: int
    height: int
    interval: int
    """The restart interval, in units; 0 without restart markers."""

    edge: list[tuple[int, int]]
    """The first added units. Their data are the padding of the last byte, so they may look like anything."""

    added: tuple[int, int, int, int]
    """All other added units: left, top, right, bottom."""

    original: list[tuple[int, int, int, int]]
    """The picture itself."""


def _enlarge(frame: Frame) -> _EnlargedPicture:
    """Enlarge the picture by a row of units, or by several if rows are short."""
    across, down = frame.unit
    width, added_top = _ceil_div(frame.width, 8), _ceil_div(frame.height, 8 * down) * down
    row = _ceil_div(width, across)
    blocks = 1 if len(frame.blocks) == 1 else sum(a * d for a, d in frame.blocks.values())
    touched = _ceil_div(_MAX_PADDING_BITS, blocks) if frame.is_progressive else 1
    rows = 1 if row > touched else _ceil_div(touched, row) + 1
    height = added_top + rows * down
    added = (touched * across if rows == 1 else 0, height - down, width, height)
    bottom_row = _ceil_div(frame.height, 8)
    edge = [(0, added_top), (width - 1, bottom_row - 1)]  # and the picture's last unit: later scans may touch it
    # at least a whole block wide: no decoder makes an eighth of less
    return _EnlargedPicture(max(frame.width, 8), height * 8, 0, edge, added, [(0, 0, width, bottom_row)])


def _enlarge_with_restarts(frame: Frame, interval: int) -> _EnlargedPicture:
    """Arrange the data between restart markers in rows, one for each interval, with two more units each."""
    across, down = frame.unit
    total = _ceil_div(frame.width, 8 * across) * _ceil_div(frame.height, 8 * down)
    rows = _ceil_div(total, interval)
    width, height, bottom = (interval + 2) * across, rows * down, (rows - 1) * down
    edge, end = interval * across, (total - (rows - 1) * interval) * across
    return _EnlargedPicture(
        width * 8, height * 8, interval + 2,
        [*((edge, row * down) for row in range(rows - 1)), (end, bottom)],
        (edge + across, 0, width, height),
        [(0, 0, edge, bottom), (0, bottom, end, height)],
    )  # fmt: skip


def _decode_eighth(raw: bytes) -> Image.Image:
    with decode.opened(raw) as image:
        image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
        return image.copy()


def _are_similar(first: Any, second: Any) -> bool:
    """Return whether two colours are the same, except for what later scans of a progressive picture add."""
    if isinstance(first, tuple):
        return all(map(_are_similar, first, second))
    return bool(abs(first - second) <= 2)


def _read_frame(raw: bytes, start: int) -> Frame:
    height, width = int.from_bytes(raw[start + 5 : start + 7]), int.from_bytes(raw[start + 7 : start + 9])
    rows = (raw[offset : offset + 2] for offset in range(start + 10, start + 2 + _segment_length(raw, start), 3))
    blocks = {row[0]: (row[1] >> 4, row[1] & 15) for row in rows if len(row) == 2 and row[1]}
    return Frame(width, height, blocks, raw[start + 1] == _PROGRESSIVE)


def _segment_length(raw: bytes, start: int) -> int:
    return int.from_bytes(raw[start + 2 : start + 4])


def _ceil_div(number: int, by: int) -> int:
    return -(-number // max(by, 1))
