"""Publish the index: one small root, and the files that it vouches for.

Every file begins with its stamp of four bytes, and another file says which stamp it has to have: the root those of
shards and tables, a table those of cards. So a browser that has files of two releases before it sees it, and asks
anew (docs/tim-kiem.md).
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property

import msgspec

from plugins.core.hashing import digest
from plugins.core.site import addresses
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.views import FileView, Page
from plugins.search.index import Index
from plugins.search.postings import Position

FOLDER = f"{addresses.SEARCH}chi-muc/"

STAMP_BYTES = 4
_TABLE_DAYS = 7  # as a power of two

_json = msgspec.json.Encoder().encode


class IndexFile(FileView, frozen=True, kw_only=True):
    """A file of the index."""

    stamp: bytes
    payload: bytes

    def data(self, site: Site) -> bytes:
        return self.stamp + self.payload


def days_per_group(count: int) -> int:
    """Return how many days (as a power of two) share a file of cards, where there are ``count`` documents."""
    return next((days for days, least in enumerate((20_000, 5_000, 2_000, 1_000)) if count >= least), 5)


class IndexPages:
    """The files of the index of one content."""

    def __init__(self, content: Content) -> None:
        self.index = Index(content)
        self._url = content.site.url

    @cached_property
    def days(self) -> int:
        return days_per_group(len(self.index.documents))

    def group_of(self, position: Position) -> str:
        """Return the name of the group of a document: its days, and which eight of each day."""
        return f"{position[0] >> self.days}.{position[1] >> 3}"

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """The paths of documents whose cards share a file, by the name of the group."""
        groups: dict[str, list[str]] = defaultdict(list)
        for path, document in self.index.documents.items():
            groups[self.group_of(document.position)].append(path)
        return dict(groups)

    @cached_property
    def tables(self) -> dict[str, list[str]]:
        """The groups whose stamps stand in one table, by its name."""
        tables: dict[str, list[str]] = defaultdict(list)
        for group in self.groups:
            tables[str((int(group.partition(".")[0]) << self.days) >> _TABLE_DAYS)].append(group)
        return dict(tables)

    def pages(self) -> Iterator[Page]:
        """Yield every file of the index."""
        yield self._page("goc.bin", self.root)
        yield self._page("tu/tat-ca.bin", self.vocabulary)
        for table in self.tables:
            yield self._page(f"bang/{table}.bin", self.table, table)
        for number in range(1 << self.index.bits):
            yield self._page(f"tu/{number:x}.bin", self.index.shard, number, fingerprint=self._shard_fingerprint)
        for group in self.groups:
            yield self._page(f"bai/{group}.bin", self.cards, group, fingerprint=self.cards_fingerprint)

    def _page(
        self,
        name: str,
        payload: Callable[..., bytes],
        *args: object,
        fingerprint: Callable[..., bytes] | None = None,
    ) -> Page:
        """Return the page of a file. ``fingerprint`` tells of its payload what else the payload has to be made for."""

        def stands_for(*args: object) -> bytes:
            return fingerprint(*args) if fingerprint else digest(payload(*args))

        def make(*args: object) -> IndexFile:
            stamp = stands_for(*args)[:STAMP_BYTES]
            url = self._url(FOLDER + name)
            return IndexFile(url=url, title="", is_indexed=False, stamp=stamp, payload=payload(*args))

        def inputs(*args: object) -> Iterator[bytes]:
            yield stands_for(*args)

        path = addresses.output_path(FOLDER + name)
        return Page(path=path, template="", make=make, args=args, inputs=inputs, is_exact=True, is_indexed=False)

    def root(self) -> bytes:
        """Say how the index is laid out, and the stamps of its shards, of its tables and of the vocabulary."""
        stamps = b"".join([shard[:STAMP_BYTES] for shard in self.index.state.shards])
        return _json(
            {
                "bits": self.index.bits,
                "days": self.days,
                "count": len(self.index.documents),
                "words": _stamp(digest(self.vocabulary())),
                "tables": {table: _stamp(digest(self.table(table))) for table in sorted(self.tables)},
                "shards": b64encode(stamps).decode(),
            }
        )

    def vocabulary(self) -> bytes:
        """List the folded words that more than one document has: a line for each class of frequency, frequent ones first."""
        classes: dict[int, list[str]] = defaultdict(list)
        for word, count in self.index.state.vocabulary.items():
            if count > 1:
                classes[count.bit_length()].append(word)
        return "\n".join([" ".join(sorted(classes[size])) for size in sorted(classes, reverse=True)]).encode()

    def table(self, table: str) -> bytes:
        """Say the stamps of the files of cards of some months."""
        return _json({group: _stamp(self.cards_fingerprint(group)) for group in sorted(self.tables[table])})

    def cards(self, group: str) -> bytes:
        """Return the cards of a group, each by its day and its number within the day."""
        positions = {path: self.index.documents[path].position for path in self.groups[group]}
        return _json({f"{day}.{number}": self.index.card(path) for path, (day, number) in positions.items()})

    def cards_fingerprint(self, group: str) -> bytes:
        """Return what stands for the cards of a group."""
        known = self.index.state.documents
        return digest(*[part for path in self.groups[group] for part in (path.encode(), known[path].key)])

    def _shard_fingerprint(self, number: int) -> bytes:
        return self.index.state.shards[number]


def _stamp(fingerprint: bytes) -> int:
    """Return a stamp as scripts read it."""
    return int.from_bytes(fingerprint[:STAMP_BYTES], "little")
