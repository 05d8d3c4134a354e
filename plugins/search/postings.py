"""Encode which documents have a term, and put such lists together in shards (docs/tim-kiem.md).

A list has its documents newest first, each as the days since the next newer one, its number within the day, and
whether its title has the term. No byte of a list is zero, so a shard separates lists by zeros: it is read, and one
list of it replaced, without decoding the others.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

#: The day before the first that a date may have, and the day after the last (``model.fields``), counted from that.
EPOCH = date(1974, 12, 31).toordinal()
END = date(2101, 1, 1).toordinal() - EPOCH

_FAR = 1 << 20

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
        document, flag, offset = _read(data, offset, day)
        if document <= position:
            after = document, flag
            break
        start, day = offset, document[0]
    if after and after[0] == position:
        after, day_after = None, position[0]
        if offset < len(data):
            document, flag, offset = _read(data, offset, day_after)
            after = document, flag
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


class Run(NamedTuple):
    """The lists of some documents that follow each other, by terms in ascending order."""

    terms: array[int]
    starts: array[int]
    """Where each list begins in ``lists``, and where the last one ends."""

    last_days: array[int]
    """The day of the last document of each list."""

    lists: bytes


def encode_run(documents: Sequence[tuple[Iterable[int], Iterable[int]]], positions: Sequence[Position]) -> Run:
    """Make the lists of documents, newest first: of each the terms in its title, and its others."""
    documents_of: dict[int, list[int]] = defaultdict(list)
    for number, (in_title, others) in enumerate(documents):
        for flag, of_document in enumerate((others, in_title)):
            document = number << 1 | flag
            for term in of_document:
                documents_of[term].append(document)
    # a step is the difference of two numbers: one for the newer document, one for the older, which is small only where
    # the step is a single byte
    before = [day << 3 for day, _ in positions for _ in range(2)]
    after = [
        (day << 3) - (number << 1 | flag) - 1 if number < 3 else -_FAR for day, number in positions for flag in (0, 1)
    ]
    terms, starts, last_days, out = array("Q", sorted(documents_of)), array("L", [0]), array("L"), bytearray()
    for term in terms:
        newer = END << 3
        for document in documents_of[term]:
            step = newer - after[document]
            if step < 128:
                out.append(step)
            else:
                day, number = positions[document >> 1]
                _add(out, (newer >> 3) - day, number, document & 1)
            newer = before[document]
        starts.append(len(out))
        last_days.append(newer >> 3)
    return Run(terms, starts, last_days, bytes(out))


def merge(runs: Iterable[Run], number: int, bits: int) -> bytes:
    """Make one of ``2**bits`` shards of runs, newest first."""
    lists: dict[int, tuple[bytearray, int]] = {}
    for run in runs:
        first = bisect_left(run.terms, number << 40 - bits)
        for index in range(first, bisect_left(run.terms, number + 1 << 40 - bits, first)):
            key, data = run.terms[index] & 0xFFFFFFFF, run.lists[run.starts[index] : run.starts[index + 1]]
            if key in lists:
                out, day = lists[key]
                position, in_title, offset = _read(data, 0, END)
                _add(out, day - position[0], position[1], in_title)
                out += data[offset:]
            else:
                out = bytearray(data)
            lists[key] = out, run.last_days[index]
    shard = Shard()
    shard.keys = array("I", sorted(lists))
    shard.lists = [bytes(lists[key][0]) for key in shard.keys]
    return shard.encode()
