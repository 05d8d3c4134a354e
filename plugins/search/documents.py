"""List the documents of an index in columns, and tell which of them are another than at the last build."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from msgspec import Struct

from plugins.core.model.item import Item, Story, metadata_digest_of
from plugins.core.site.composition import ListedContent
from plugins.search.postings import EPOCH, Position

_METADATA_BYTES, _BODY_CHARACTERS = 16, 32

_path_of = attrgetter("document.path")


class Documents(Struct, array_like=True):
    """Hold what the cards of all documents are made of, in columns: each build compares them. The oldest come first."""

    days: bytes
    """Since ``EPOCH``, 0 of what has no date; two bytes each."""

    metadata_digests: bytes
    body_digests: str

    @classmethod
    def of(cls, content: ListedContent, items: Sequence[Item], before: Documents | None) -> Documents:
        """List ``items``. Where no metadata is another than ``before``, no day is."""
        paths = list(map(_path_of, items))
        metadata: list[Any] = list(map(content.metadata_digests.get, paths))
        bodies: list[Any] = list(map(content.body_digests.get, paths))
        if None in metadata:
            metadata = [metadata_digest_of(item, item.document.outline) for item in items]
        if None in bodies:
            bodies = [content.text_of(item) for item in items]
        metadata_digests = b"".join(metadata)
        if before and before.metadata_digests == metadata_digests:
            days = before.days
        else:
            dates = (item.date.toordinal() - EPOCH if isinstance(item, Story) else 0 for item in items)
            days = array("H", dates).tobytes()
        return cls(days, metadata_digests, "".join(bodies))

    def positions(self, first: int = 0, end: int | None = None) -> Iterator[Position]:
        """Yield where documents stand: those from ``first`` to before ``end``.

        The number within the day counts from the day's first: what is added today moves none but what is later on
        the same day.
        """
        days = array("H", self.days)
        begin = first
        while 0 < begin < len(days) and days[begin - 1] == days[begin]:
            begin -= 1
        number = 0
        for index in range(begin, len(days) if end is None else end):
            number = number + 1 if index > begin and days[index] == days[index - 1] else 0
            if index >= first:
                yield days[index], number

    def changed_since(self, before: Documents) -> tuple[list[Position], dict[Position, int]]:
        """Return the positions where not the same document stands as ``before``: those where one stood, and those
        where one stands, with its index."""
        columns = (
            (before.metadata_digests, self.metadata_digests, _METADATA_BYTES),
            (before.body_digests, self.body_digests, _BODY_CHARACTERS),
        )
        first = min(_equal(old, new) // size for old, new, size in columns)
        last = min(_equal_at_end(old, new) // size for old, new, size in columns)
        olds, news = before._count, self._count
        last = min(last, olds - first, news - first)
        # what is later on a day on which one came or went has another number
        while last and (before._follows(olds - last) or self._follows(news - last)):
            last -= 1
        old, new = before._rows(first, olds - last), self._rows(first, news - last)
        return (
            [position for position, row in old.items() if new.get(position) != row],
            {position: index for index, (position, row) in enumerate(new.items(), first) if old.get(position) != row},
        )

    @property
    def _count(self) -> int:
        return len(self.metadata_digests) // _METADATA_BYTES

    def _follows(self, index: int) -> bool:
        """Return whether a document is of the same day as the one before it."""
        return index > 0 and self.days[2 * index - 2 : 2 * index] == self.days[2 * index : 2 * index + 2]

    def _rows(self, first: int, end: int) -> dict[Position, tuple[bytes, str]]:
        indices = range(first, end)
        metadata = (self.metadata_digests[index * _METADATA_BYTES : (index + 1) * _METADATA_BYTES] for index in indices)
        bodies = (self.body_digests[index * _BODY_CHARACTERS : (index + 1) * _BODY_CHARACTERS] for index in indices)
        return dict(zip(self.positions(first, end), zip(metadata, bodies, strict=True), strict=True))


def _equal(left: Any, right: Any) -> int:
    """Return how much two strings have in common from their beginning."""
    return _longest(min(len(left), len(right)), lambda start, end: left[start:end] == right[start:end])


def _equal_at_end(left: Any, right: Any) -> int:
    """Return how much two strings have in common before their end."""
    a, b = len(left), len(right)
    return _longest(min(a, b), lambda start, end: left[a - end : a - start] == right[b - end : b - start])


def _longest(limit: int, is_equal: Callable[[int, int], bool]) -> int:
    """Return up to where ``is_equal`` is true of all parts."""
    start, end = 0, limit
    while start < end:
        middle = (start + end + 1) // 2
        if is_equal(start, middle):
            start = middle
        else:
            end = middle - 1
    return start
