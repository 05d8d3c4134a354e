"""Encode which documents have a term, and put such lists together in shards (docs/tim-kiem.md).

A list has its documents newest first, each as the days since the next newer one, its number within the day, and
whether its title has the term. No byte of a list is zero, so a shard separates lists by zeros: it is read, and one
list of it replaced, without decoding the others.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

#: The day before the first that a date may have, and the day after the last (``model.fields``), counted from that.
EPOCH = date(1974, 12, 31).toordinal()
END = date(2101, 1, 1).toordinal() - EPOCH

RANK_BITS = 23
_RANKS = (1 << RANK_BITS) - 1

#: Where a document stands: its day since ``EPOCH``, its number among those of that day.
Position = tuple[int, int]


def _add(out: bytearray, gap: int, number: int, in_title: int) -> None:
    _add_number(out, (gap << 3 | min(number, 3) << 1 | in_title) + 1)
    if number >= 3:
        _add_number(out, number - 2)


def _add_number(out: bytearray, number: int) -> None:
    """Append a number, seven bits a byte, the lowest first. It is at least 1: so no byte of it is 0."""
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def _read_number(data: bytes, offset: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[offset]
        offset += 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, offset


def _read(data: bytes, offset: int, day: int) -> tuple[Position, int, int]:
    """Read one document after one of ``day``. Returns its position, whether its title has the term, the next offset."""
    value, offset = _read_number(data, offset)
    value -= 1
    number = value >> 1 & 3
    if number == 3:
        more, offset = _read_number(data, offset)
        number = more + 2
    return (day - (value >> 3), number), value & 1, offset


def decode(data: bytes) -> list[tuple[Position, int]]:
    """Return the documents of a list, newest first, each with whether its title has the term."""
    result, offset, day = [], 0, END
    while offset < len(data):
        position, in_title, offset = _read(data, offset, day)
        result.append((position, in_title))
        day = position[0]
    return result


def put(data: bytes, position: Position, in_title: int | None) -> bytes:
    """Return a list with the document at ``position``, or without it where ``in_title`` is ``None``."""
    start = offset = 0
    day = END
    after: tuple[Position, int] | None = None
    while offset < len(data):
        start = offset
        found, flag, offset = _read(data, offset, day)
        if found <= position:
            after = found, flag
            break
        start, day = offset, found[0]
    if after and after[0] == position:
        after, day_after = None, position[0]
        if offset < len(data):
            found, flag, offset = _read(data, offset, day_after)
            after = found, flag
    out = bytearray(data[:start])
    if in_title is not None:
        _add(out, day - position[0], position[1], in_title)
        day = position[0]
    if after:
        _add(out, day - after[0][0], after[0][1], after[1])
    return bytes(out) + data[offset:]


class Shard:
    """The lists of the terms that share the first bits of their numbers."""

    def __init__(self, data: bytes = b"\0\0\0\0") -> None:
        count = int.from_bytes(data[:4], "little")
        self.keys = array("I", data[4 : 4 + 4 * count])
        if sys.byteorder == "big":
            self.keys.byteswap()
        self.lists = data[4 + 4 * count :].split(b"\0") if count else []

    def put(self, key: int, position: Position, in_title: int | None) -> None:
        """Put a document into the list of a term, or take it out of there."""
        index = bisect_left(self.keys, key)
        if index == len(self.keys) or self.keys[index] != key:
            self.keys.insert(index, key)
            self.lists.insert(index, b"")
        self.lists[index] = put(self.lists[index], position, in_title)
        if not self.lists[index]:
            del self.keys[index], self.lists[index]

    def encode(self) -> bytes:
        """Return the count of terms, their keys in ascending order, and their lists, separated by zeros."""
        keys = array("I", self.keys)
        if sys.byteorder == "big":
            keys.byteswap()
        return len(keys).to_bytes(4, "little") + keys.tobytes() + b"\0".join(self.lists)


def shard_and_key(term: int, bits: int) -> tuple[int, int]:
    """Return which of ``2**bits`` shards has a term, and its key there."""
    return term >> (40 - bits), term & 0xFFFFFFFF


def sorted_codes(lists: Mapping[int, Sequence[int]]) -> array[int]:
    """Pack lists, by their terms, of ranks of documents (shifted by one, with whether the title has the term) into codes
    of 64 bits, whose order is that of shards, keys, documents."""
    run = array("Q")
    for term in sorted(lists):
        base = term << RANK_BITS + 1
        run.extend([base | document for document in lists[term]])
    return run


def encode_shard(codes: Iterable[int], positions: Sequence[Position]) -> bytes:
    """Make a shard of sorted codes. ``positions`` are the documents by their rank, newest first."""
    shard, out, last, day = Shard(), bytearray(), -1, END
    keys, lists = shard.keys, shard.lists
    for code in codes:
        key = code >> RANK_BITS + 1 & 0xFFFFFFFF
        if key != last:
            if last >= 0:
                lists.append(bytes(out))
            keys.append(key)
            out.clear()
            last, day = key, END
        newer = day
        day, number = positions[code >> 1 & _RANKS]
        step = (newer - day << 3 | number << 1 | code & 1) + 1
        if number < 3 and step < 128:
            out.append(step)
        else:
            _add(out, newer - day, number, code & 1)
    if last >= 0:
        lists.append(bytes(out))
    return shard.encode()


def codes_between(runs: Iterable[array[int]], first: int, end: int) -> list[int]:
    """Return, sorted, the codes from ``first`` to before ``end`` of runs that are sorted."""
    between: list[int] = []
    for run in runs:
        between += run[bisect_left(run, first) : bisect_left(run, end)]
    between.sort()
    return between
