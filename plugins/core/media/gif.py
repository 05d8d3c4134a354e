"""GIF: whether its blocks follow each other to the end, and whether a picture's data fill it.

A damaged code makes other colours from there on, and decoders say nothing of it.
"""

from __future__ import annotations

_MOST_BLOCKS = 1_000_000
_MOST_CODES = 4096
_LONGEST = 12  # bits of a code


def frames(raw: bytes) -> list[tuple[int, int, bytes]]:
    """Width, height and packed data of each picture; none if the file ends within a block."""
    found: list[tuple[int, int, bytes]] = []
    position = 13 + _palette(raw[10:11])
    for _ in range(_MOST_BLOCKS):
        mark = raw[position : position + 1]
        if mark == b";" or position == len(raw):  # some old programs leave the end mark out
            return found
        if mark == b"\0":  # some programs leave one between blocks
            position += 1
        elif mark == b"!":
            position = _blocks(raw, position + 2)[1]
        elif mark == b",":
            head = raw[position + 5 : position + 9]
            start = position + 10 + _palette(raw[position + 9 : position + 10])
            data, position = _blocks(raw, start + 1)
            found.append(
                (int.from_bytes(head[:2], "little"), int.from_bytes(head[2:], "little"), raw[start : start + 1] + data)
            )
        else:
            break
    return []


def _palette(flags: bytes) -> int:
    """How many bytes the table of colours has that these flags announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _blocks(raw: bytes, position: int) -> tuple[bytes, int]:
    """What the blocks hold that begin here, and where they end."""
    parts = []
    while (size := raw[position : position + 1]) and size != b"\0":
        parts.append(raw[position + 1 : position + 1 + size[0]])
        position += 1 + size[0]
    return b"".join(parts), position + 1


def fills_picture(raw: bytes) -> bool:
    """Whether the data of the first picture make as many points as it has. Only lengths are unpacked (LZW)."""
    width, height, packed = next(iter(frames(raw)), (0, 0, b"\2"))
    least = packed[0]
    clear, end = 1 << least, (1 << least) + 1
    wanted, points = width * height, 0
    fresh = [1] * clear + [0, 0]
    lengths, size, previous = list(fresh), least + 1, 0
    waiting = bits = 0
    for byte in packed[1:]:
        waiting |= byte << bits
        bits += 8
        while bits >= size:
            code = waiting & ((1 << size) - 1)
            waiting >>= size
            bits -= size
            if code == clear:
                lengths, size, previous = list(fresh), least + 1, 0
                continue
            if code == end:
                return points == wanted
            known = len(lengths)
            if code > known or (code == known and not previous):
                return points >= wanted
            if previous and known < _MOST_CODES:
                lengths.append(previous + 1)
                if known + 1 == 1 << size and size < _LONGEST:
                    size += 1
            previous = lengths[code]
            points += previous
    return points == wanted  # without an end code, as some programs leave it
