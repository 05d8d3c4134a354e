"""JPEG: whether what is in a file makes its picture, no more and no less.

Of data that are damaged, decoders only warn, and Pillow passes no warning on: a grey half, shifted
stripes, noise would be published. So it is measured here, without decoding anything at full size.
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
_TABLES = {0xC4, 0xCC, 0xDB, 0xDC, _INTERVAL, *range(0xE0, 0xF0), 0xFE}
_PROGRESSIVE = 0xC2
_FRAMES = {0xC0, 0xC1, _PROGRESSIVE}  # of Huffman coding: baseline, extended, progressive
_OTHER_FRAMES = {*range(0xC3, 0xD0)} - _TABLES
_MOST_SCANS = 100  # a progressive JPEG has about ten; each costs the decoder a pass over the whole picture
_MOST_LEFT = 7  # bits that fill the last byte: to a scan that refines, each may be one for a block of its own
_JUNK = b"\x5a\xc3\x96" * 100


class Segment(NamedTuple):
    """A marker and what belongs to it, a scan's data too."""

    marker: int
    start: int
    end: int


class Frame(NamedTuple):
    """The picture's size, how many blocks of 8 × 8 each component gives to one unit of the
    data (MCU): by the component's name, across and down, and whether scans refine what earlier ones gave."""

    width: int
    height: int
    blocks: dict[int, tuple[int, int]]
    is_progressive: bool

    @property
    def unit(self) -> tuple[int, int]:
        """Blocks across and down of one unit, where all components stand in one scan."""
        if len(self.blocks) == 1:
            return 1, 1
        return max(across for across, _ in self.blocks.values()), max(down for _, down in self.blocks.values())

    def units(self, components: bytes) -> int:
        """How many units a scan of these components has."""
        if len(components) != 1:
            across, down = self.unit
            return _ceil(self.width, 8 * across) * _ceil(self.height, 8 * down)
        across, down = self.blocks[components[0]]
        most = [max(blocks) for blocks in zip(*self.blocks.values(), strict=True)]
        return _ceil(_ceil(self.width * across, most[0]), 8) * _ceil(_ceil(self.height * down, most[1]), 8)


def segments(raw: bytes) -> list[Segment]:
    """The segments from the first to the end of the picture; none if it does not end."""
    found: list[Segment] = []
    position, scans = 2, 0
    while (mark := _MARKER.search(raw, position)) and scans <= _MOST_SCANS:
        start, marker = mark.start(), raw[mark.start() + 1]
        found.append(Segment(marker, start, start))
        if marker == _END:
            ends = (*(segment.start for segment in found[1:]), mark.end())
            return [segment._replace(end=end) for segment, end in zip(found, ends, strict=True)] if scans else []
        if marker not in _TABLES and marker != _SCAN and (scans or marker not in _FRAMES | _OTHER_FRAMES):
            return []
        scans += marker == _SCAN
        position = mark.end() + int.from_bytes(raw[mark.end() : mark.end() + 2])
    return []


def is_whole(raw: bytes) -> bool:
    """Whether the picture comes to its end, each of its scans with all its restart marks, in order."""
    parts = segments(raw)
    interval, frame = 0, None
    for marker, start, end in parts:
        if marker in _FRAMES:
            frame = _frame(raw, start)
        elif marker == _INTERVAL:
            interval = int.from_bytes(raw[start + 4 : start + 6])
        elif marker == _SCAN and interval and frame and frame.height:
            components = raw[start + 5 : start + 5 + 2 * raw[start + 4] : 2]
            if not frame.blocks.keys() >= set(components):
                return False
            marks = [mark[1][0] & 7 for mark in _RESTART.finditer(raw, start, end)]
            expected = _ceil(frame.units(components), interval) - 1
            if marks[:1] not in ([], [0]) or any((one + 1) & 7 != other for one, other in pairwise(marks)):
                return False
            if len(marks) not in (expected, expected + 1):
                return False
    return bool(parts)


def fills_picture(raw: bytes) -> bool:
    """Whether the data of a whole file end where its picture does, and each interval where its own.

    The picture is decoded at an eighth of its size, as if it were a little larger: of what is
    added the data must say nothing, so that it has one colour. If its very first unit has that
    colour too, the data may have ended earlier: then what is appended to them would show.
    Raises ``Unreadable``.
    """
    parts = segments(raw)
    start = next((segment.start for segment in parts if segment.marker in _FRAMES), None)
    if start is None or not (frame := _frame(raw, start)).height:
        return True  # of another kind: the decoder knows, or refuses it
    intervals = [raw[part.start + 4 : part.start + 6] for part in parts if part.marker == _INTERVAL]
    is_cut = any(map(any, intervals)) and sum(part.marker == _SCAN for part in parts) == 1
    larger = _cut_larger(frame, int.from_bytes(intervals[-1])) if is_cut else _larger(frame)
    if max(larger.width, larger.height) >= 1 << 16 or larger.width * larger.height > decode.MOST_PIXELS:
        return True
    size = larger.height.to_bytes(2) + larger.width.to_bytes(2)
    changed = {start: raw[start : start + 5] + size + raw[start + 9 : start + 2 + _length(raw, start)]}
    for part in parts if is_cut else ():
        if part.marker == _INTERVAL:
            changed[part.start] = raw[part.start : part.start + 4] + larger.interval.to_bytes(2)
    kept = [part for part in parts if not 0xE0 <= part.marker <= 0xFE]  # neither profiles nor pictures in the picture
    pieces = [changed.get(part.start, raw[part.start : part.end]) for part in kept]
    image = _eighth(b"\xff\xd8" + b"".join(pieces))
    colours = image.crop(larger.rest).getcolors(1)
    if not colours:
        return False
    if not any(_are_near(image.getpixel(point), colours[0][1]) for point in larger.edge):
        return True
    for index, part in enumerate(kept):
        if part.marker == _SCAN:
            pieces[index] = _RESTART.sub(_JUNK + rb"\g<0>", pieces[index]) + _JUNK
    longer = _eighth(b"\xff\xd8" + b"".join(pieces))
    return all(longer.crop(box).tobytes() == image.crop(box).tobytes() for box in larger.own)


class _Larger(NamedTuple):
    """What to decode in place of a picture, and where things then are at an eighth of its size.

    ``edge``: the first units that are added, whose data are what is left of the last byte, so
    that they may look like anything; ``rest``: all others that are added; ``own``: the picture's."""

    width: int
    height: int
    interval: int
    edge: list[tuple[int, int]]
    rest: tuple[int, int, int, int]
    own: list[tuple[int, int, int, int]]


def _larger(frame: Frame) -> _Larger:
    """The picture with a row of units more, or with several where a row is short."""
    across, down = frame.unit
    width, bottom = _ceil(frame.width, 8), _ceil(frame.height, 8 * down) * down
    row = _ceil(width, across)
    blocks = 1 if len(frame.blocks) == 1 else sum(a * d for a, d in frame.blocks.values())
    touched = _ceil(_MOST_LEFT, blocks) if frame.is_progressive else 1
    rows = 1 if row > touched else _ceil(touched, row) + 1
    height = bottom + rows * down
    rest = (touched * across if rows == 1 else 0, height - down, width, height)
    last = _ceil(frame.height, 8)
    edge = [(0, bottom), (width - 1, last - 1)]  # the last of its own too: later scans may touch the first added
    # at least a whole block wide: else no decoder would make an eighth of it
    return _Larger(max(frame.width, 8), height * 8, 0, edge, rest, [(0, 0, width, last)])


def _cut_larger(frame: Frame, interval: int) -> _Larger:
    """Where restart marks cut the data: a row for each interval, with two units more."""
    across, down = frame.unit
    total = _ceil(frame.width, 8 * across) * _ceil(frame.height, 8 * down)
    rows = _ceil(total, interval)
    width, height, bottom = (interval + 2) * across, rows * down, (rows - 1) * down
    edge, end = interval * across, (total - (rows - 1) * interval) * across
    return _Larger(
        width * 8, height * 8, interval + 2,
        [*((edge, row * down) for row in range(rows - 1)), (end, bottom)],
        (edge + across, 0, width, height),
        [(0, 0, edge, bottom), (0, bottom, end, height)],
    )  # fmt: skip


def _eighth(raw: bytes) -> Image.Image:
    with decode.opened(raw) as image:
        image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
        return image.copy()


def _are_near(one: Any, other: Any) -> bool:
    """Whether two colours are the same, but for what later scans of a progressive picture add."""
    if isinstance(one, tuple):
        return all(map(_are_near, one, other))
    return bool(abs(one - other) <= 2)


def _frame(raw: bytes, start: int) -> Frame:
    height, width = int.from_bytes(raw[start + 5 : start + 7]), int.from_bytes(raw[start + 7 : start + 9])
    rows = (raw[place : place + 2] for place in range(start + 10, start + 2 + _length(raw, start), 3))
    blocks = {row[0]: (row[1] >> 4, row[1] & 15) for row in rows if len(row) == 2 and row[1]}
    return Frame(width, height, blocks, raw[start + 1] == _PROGRESSIVE)


def _length(raw: bytes, start: int) -> int:
    return int.from_bytes(raw[start + 2 : start + 4])


def _ceil(number: int, by: int) -> int:
    return -(-number // max(by, 1))
