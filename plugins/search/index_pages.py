"""Publish the index: one small root, and the files that it vouches for.

Every file begins with its stamp of four bytes, and another file says which stamp it has to have: the root those of
shards and tables, a table those of cards. So a browser that has files of two releases before it sees it, and asks
anew (docs/tim-kiem.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import msgspec

from plugins.core.hashing import digest
from plugins.core.site import addresses
from plugins.core.site.composition import ListedContent
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

    def __init__(self, content: ListedContent) -> None:
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
        names = ["goc", "tu/tat-ca", *(f"bang/{table}" for table in self.tables)]
        names += (f"tu/{number:x}" for number in range(1 << self.index.bits))
        names += (f"bai/{group}" for group in self.groups)
        folder = addresses.output_path(FOLDER)[: -len("index.html")]
        for name in names:
            yield Page(
                path=f"{folder}{name}.bin", template="", make=self._view, args=(name,), inputs=self._inputs,
                is_exact=True, is_indexed=False,
            )  # fmt: skip

    def _inputs(self, name: str) -> Iterator[bytes]:
        yield self._fingerprint(name)

    def _view(self, name: str) -> IndexFile:
        url = self._url(f"{FOLDER}{name}.bin")
        stamp = self._fingerprint(name)[:STAMP_BYTES]
        return IndexFile(url=url, title="", is_indexed=False, stamp=stamp, payload=self._payload(name))

    def _fingerprint(self, name: str) -> bytes:
        """Return what stands for a file of the index."""
        match name.partition("/"):
            case "tu", _, "tat-ca":
                return self.index.state.vocabulary
            case "tu", _, number:
                return self.index.state.shards[int(number, 16)]
            case "bai", _, group:
                keys = self.index.keys
                return digest(*[part.encode() for path in self.groups[group] for part in (path, keys[path])])
        return digest(self._payload(name))

    def _payload(self, name: str) -> bytes:
        match name.partition("/"):
            case "tu", _, "tat-ca":
                return self.index.vocabulary()
            case "tu", _, number:
                return self.index.shard(int(number, 16))
            case "bai", _, group:
                return self._cards(group)
            case "bang", _, table:
                return _json({group: self._stamp(f"bai/{group}") for group in sorted(self.tables[table])})
        return self._root()

    def _root(self) -> bytes:
        """Say how the index is laid out, and the stamps of its shards, of its tables and of the vocabulary."""
        return _json(
            {
                "bits": self.index.bits,
                "days": self.days,
                "count": len(self.index.documents),
                "words": self._stamp("tu/tat-ca"),
                "tables": {table: self._stamp(f"bang/{table}") for table in sorted(self.tables)},
                "shards": [_stamp(shard) for shard in self.index.state.shards],
            }
        )

    def _cards(self, group: str) -> bytes:
        """Return the cards of a group, each by its day and its number within the day."""
        positions = {path: self.index.documents[path].position for path in self.groups[group]}
        cards = {f"{day}.{number}": self.index.card(path) for path, (day, number) in positions.items()}
        return _json(
            {name: (card.title, card.url, card.section, card.about, card.text) for name, card in cards.items()}
        )

    def _stamp(self, name: str) -> int:
        """Return a stamp as scripts read it."""
        return _stamp(self._fingerprint(name))


def _stamp(fingerprint: bytes) -> int:
    return int.from_bytes(fingerprint[:STAMP_BYTES], "little")
