"""Check that the blocks of a GIF are complete, and that its data fill its picture.

After a damaged code all colours are wrong, and decoders report nothing.
"""

from __future__ import annotations

_MAX_BLOCKS = 1_000_000
_MAX_CODES = 4096
_MAX_CODE_BITS = 12  # bits of a code


def read_frames(raw: bytes) -> list[tuple[int, int, bytes]]:
    """Return width, height and compressed data of each frame; none if the file ends within a block."""
    frames: list[tuple[int, int, bytes]] = []
    offset = 13 + _palette_size(raw[10:11])
    for _ in range(_MAX_BLOCKS):
        block_type = raw[offset : offset + 1]
        if block_type == b";" or offset == len(raw):  # some old programs leave the end mark out
            return frames
        if block_type == b"\0":  # some programs leave a zero between blocks
            offset += 1
        elif block_type == b"!":
            offset = _read_blocks(raw, offset + 2)[1]
        elif block_type == b",":
            size = raw[offset + 5 : offset + 9]
            start = offset + 10 + _palette_size(raw[offset + 9 : offset + 10])
            data, offset = _read_blocks(raw, start + 1)
            frames.append(
                (int.from_bytes(size[:2], "little"), int.from_bytes(size[2:], "little"), raw[start : start + 1] + data)
            )
        else:
            break
    return []


def _palette_size(flags: bytes) -> int:
    """Return the size in bytes of the colour table that ``flags`` announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _read_blocks(raw: bytes, offset: int) -> tuple[bytes, int]:
    """Return the data of the blocks that begin at ``offset``, and the offset of their end."""
    blocks = []
    while (size := raw[offset : offset + 1]) and size != b"\0":
        blocks.append(raw[offset + 1 : offset + 1 + size[0]])
        offset += 1 + size[0]
    return b"".join(blocks), offset + 1


def fills_picture(raw: bytes) -> bool:
    """Return whether the data of the first frame give exactly its pixels. Of LZW, only lengths are unpacked."""
    width, height, packed = next(iter(read_frames(raw)), (0, 0, b"\2"))
    min_bits = packed[0]
    clear, end = 1 << min_bits, (1 << min_bits) + 1
    expected, points = width * height, 0
    initial = [1] * clear + [0, 0]
    lengths, size, previous = list(initial), min_bits + 1, 0
    buffer = bits = 0
    for byte in packed[1:]:
        buffer |= byte << bits
        bits += 8
        while bits >= size:
            code = buffer & ((1 << size) - 1)
            buffer >>= size
            bits -= size
            if code == clear:
                lengths, size, previous = list(initial), min_bits + 1, 0
                continue
            if code == end:
                return points == expected
            code_count = len(lengths)
            if code > code_count or (code == code_count and not previous):
                return points >= expected
            if previous and code_count < _MAX_CODES:
                lengths.append(previous + 1)
                if code_count + 1 == 1 << size and size < _MAX_CODE_BITS:
                    size += 1
            previous = lengths[code]
            points += previous
    return points == expected  # without an end code, as some programs leave it
