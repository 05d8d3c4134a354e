"""List the documents of an index in columns, and tell which of them are another than at the last build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from msgspec import Struct

from plugins.search.postings import Position

#: Where a document stands, the digests of its metadata and of its body.
Row = tuple[Position, bytes, str]


class Documents(Struct, array_like=True):
    """Hold what the cards of all documents are made of, in columns: each build compares them. The oldest come first."""

    paths: list[str]
    days: list[int]
    """Since ``EPOCH``; 0 of what has no date."""

    metadata_digests: list[bytes]
    body_digests: list[str]

    def rows(self, indices: Iterable[int] | None = None) -> dict[str, Row]:
        """Return a row for each document, or for those at some ``indices``, by path.

        Its number within the day counts from the day's first: what is added today moves none but what is later on
        the same day.
        """
        first = dict(zip(reversed(self.days), reversed(range(len(self.days))), strict=True))
        return {
            self.paths[index]: (
                (self.days[index], index - first[self.days[index]]),
                self.metadata_digests[index],
                self.body_digests[index],
            )
            for index in (range(len(self.paths)) if indices is None else indices)
        }

    def changed_since(self, before: Documents) -> tuple[dict[str, Row], dict[str, Row]]:
        """Return the rows of documents that are no longer as they were ``before``: as they were, and as they are."""
        unmoved = min(_equal(before.paths, self.paths), _equal(before.days, self.days))
        columns = zip(
            before.metadata_digests, self.metadata_digests, before.body_digests, self.body_digests, strict=False
        )
        indices = [index for index, row in enumerate(islice(columns, unmoved)) if row[0] != row[1] or row[2] != row[3]]
        # from the first document that came, went or moved, any may stand elsewhere
        old = before.rows(chain(indices, range(unmoved, len(before.paths))))
        new = self.rows(chain(indices, range(unmoved, len(self.paths))))
        changed = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
        return {path: old[path] for path in changed if path in old}, {
            path: new[path] for path in changed if path in new
        }


def _equal(left: Sequence[object], right: Sequence[object]) -> int:
    """Return how many values two lists have in common from their beginning."""
    length = min(len(left), len(right))
    if left[:length] == right[:length]:
        return length
    return next(index for index in range(length) if left[index] != right[index])
