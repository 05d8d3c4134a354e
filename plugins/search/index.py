"""Keep the index of all words: from nothing by all processors, from build to build by what has changed.

What it is made of, and why an index of one portal is the same whichever way it came about: docs/tim-kiem.md.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import msgspec
from msgspec import Struct

from plugins.core.hashing import digest
from plugins.core.model.item import Item, Story
from plugins.core.runtime.workers import map_chunks
from plugins.core.site.content import Content
from plugins.core.site.section import Workshop
from plugins.search import card as cards
from plugins.search.card import Card
from plugins.search.postings import EPOCH, Position, Shard, changes, code, codes_between, shard_and_key, shard_of

_DOCUMENTS_PER_SHARD = 16
_MIN_BITS = 4


class Document(NamedTuple):
    """An item that readers may find."""

    item: Item
    section: str
    position: Position


class Known(Struct, frozen=True, array_like=True):
    """What the index was made of, of one document."""

    key: bytes
    """Stands for all that its card is made of."""

    position: Position


class State(Struct, array_like=True):
    """The index, its shards apart."""

    bits: int
    documents: dict[str, Known]
    """By the path of the item."""

    shards: list[bytes]
    """The digest of each shard."""

    vocabulary: dict[str, int]
    """The folded words, each with the number of documents that have it."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(State).decode


def bits_for(count: int) -> int:
    """Return the logarithm of how many shards there are for ``count`` documents."""
    return max(_MIN_BITS, (count // _DOCUMENTS_PER_SHARD).bit_length())


def list_documents(content: Content) -> list[Document]:
    """List what readers may find, newest first.

    A document's number within its day counts from the day's first: what is added today moves none but what is later
    on the same day. What has no date stands on day 0.
    """
    found: list[tuple[int, float, str, str, Item]] = []
    public = content.addresses
    for section, items in content.items.items():
        for item in items:
            path = item.document.path
            if item.is_listed and public.get(path):
                date = item.date if isinstance(item, Story) else None
                day, moment = (date.toordinal() - EPOCH, date.timestamp()) if date else (0, 0.0)
                found.append((day, moment, path, section, item))
    found.sort(key=lambda row: row[:3])
    documents = [
        Document(item, section, (day, number))
        for day, rows in groupby(found, key=lambda row: row[0])
        for number, (_, _, _, section, item) in enumerate(rows)
    ]
    documents.reverse()
    return documents


class Index:
    """The index of one content. ``prepare`` brings it up to date; then it can be asked."""

    state: State
    workshop: Workshop

    def __init__(self, content: Content) -> None:
        self._content = content

    @cached_property
    def documents(self) -> dict[str, Document]:
        """What readers may find, by path, newest first."""
        return {document.item.document.path: document for document in list_documents(self._content)}

    @property
    def bits(self) -> int:
        """The logarithm of how many shards there are."""
        return bits_for(len(self.documents))

    def known(self, path: str, document: Document) -> Known:
        """Say what the index would be made of, of one document, as it is now."""
        metadata = self._content.metadata_digests.get(path, b"")
        return Known(metadata + self._content.text_of(document.item).encode(), document.position)

    def prepare(self, workshop: Workshop) -> None:
        """Bring what ``workshop`` keeps of the index up to date."""
        self.workshop = workshop
        now = {path: self.known(path, document) for path, document in self.documents.items()}
        stored = workshop.load("state")
        state = _decode(stored) if stored else None
        if state is None or state.bits != self.bits:
            self._rebuild(now)
            return
        self.state = state
        if changed := [path for path in now.keys() | state.documents.keys() if now.get(path) != state.documents.get(path)]:
            self._update(sorted(changed), now)

    def card(self, path: str) -> Card:
        """Return the card of a document."""
        data = self.workshop.load(_card_name(path))
        assert data is not None, path
        return cards.unpack(data)

    def shard(self, number: int) -> bytes:
        """Return a shard as it is published."""
        data = self.workshop.load(f"shard/{number}")
        assert data is not None, number
        return data

    def _new_card(self, path: str) -> Card:
        document = self.documents[path]
        parts = self.workshop.fragment(self._content.text_of(document.item))
        return cards.card_of(self._content, document.section, document.item, parts)

    def _update(self, changed: Iterable[str], now: dict[str, Known]) -> None:
        """Change the shards of the terms that came or went."""
        came: list[tuple[int, Position, int | None]] = []
        went: list[tuple[int, Position, int | None]] = []
        vocabulary = self.state.vocabulary
        for path in changed:
            before, after = self.state.documents.get(path), now.get(path)
            old, new = self.card(path) if before else None, self._new_card(path) if after else None
            old_terms, new_terms = old.terms if old else {}, new.terms if new else {}
            if before and after and before.position == after.position:
                came += [(term, after.position, flag) for term, flag in changes(old_terms, new_terms).items()]
            else:
                went += [(term, before.position, None) for term in old_terms] if before else []
                came += [(term, after.position, flag) for term, flag in new_terms.items()] if after else []
            for word in old.vocabulary if old else ():
                vocabulary[word] -= 1
                if not vocabulary[word]:
                    del vocabulary[word]
            for word in new.vocabulary if new else ():
                vocabulary[word] = vocabulary.get(word, 0) + 1
            if new:
                self.workshop.save(_card_name(path), cards.pack(new))
            else:
                self.workshop.delete(_card_name(path))
        by_shard: dict[int, list[tuple[int, Position, int | None]]] = defaultdict(list)
        for term, position, flag in went + came:  # one document may come to where another was
            number, key = shard_and_key(term, self.bits)
            by_shard[number].append((key, position, flag))
        for number, puts in by_shard.items():
            shard = Shard(self.shard(number))
            for put in puts:
                shard.put(*put)
            self._save_shard(number, shard.encode())
        self.state.documents = now
        self.workshop.save("state", _encode(self.state))

    def _rebuild(self, now: dict[str, Known]) -> None:
        """Make the index from nothing."""
        self.workshop.delete("*")
        paths, positions = list(self.documents), [document.position for document in self.documents.values()]
        runs: list[array[int]] = []
        vocabulary: Counter[str] = Counter()
        packed: dict[str, bytes] = {}
        jobs = list(enumerate(paths))
        for codes, words, of_chunk in map_chunks(self._read_cards, jobs, self.workshop.workers):
            runs.append(codes)
            vocabulary.update(words)
            packed.update(of_chunk)
        self.state = State(self.bits, now, [b""] * (1 << self.bits), dict(vocabulary))
        size = 1 << 64 - self.bits

        def make(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
            made = []
            for number in numbers:
                codes = codes_between(runs, number * size, (number + 1) * size)
                made.append((number, shard_of(codes, positions).encode()))
            return made

        shards = [shard for chunk in map_chunks(make, range(1 << self.bits), self.workshop.workers) for shard in chunk]
        for path, data in packed.items():
            self.workshop.save(_card_name(path), data)
        for number, shard in shards:
            self._save_shard(number, shard)
        self.workshop.save("state", _encode(self.state))

    def _read_cards(
        self, jobs: Sequence[tuple[int, str]]
    ) -> tuple[array[int], Counter[str], dict[str, bytes]]:
        """Return of some documents, each with its rank: the codes of their terms, sorted; their words; their cards."""
        codes: list[int] = []
        words: Counter[str] = Counter()
        packed: dict[str, bytes] = {}
        for rank, path in jobs:
            card = self._new_card(path)
            codes += [code(term, rank, bool(flag)) for term, flag in card.terms.items()]
            words.update(card.vocabulary)
            packed[path] = cards.pack(card)
        codes.sort()
        return array("Q", codes), words, packed

    def _save_shard(self, number: int, data: bytes) -> None:
        self.state.shards[number] = digest(data)
        self.workshop.save(f"shard/{number}", data)


def _card_name(path: str) -> str:
    return f"card/{digest(path.encode()).hex()}"
