"""Keep the index of all words: from nothing by all processors, from build to build by what has changed.

What it is made of, and why an index of one portal is the same whichever way it came about: docs/tim-kiem.md.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from typing import NamedTuple

import msgspec
from msgspec import Struct

from plugins.core.hashing import digest
from plugins.core.model.item import Item, Story, metadata_digest_of
from plugins.core.site.composition import ListedContent
from plugins.core.site.section import Workshop
from plugins.search import card as cards
from plugins.search import syllables
from plugins.search.card import Card
from plugins.search.postings import EPOCH, Position, Shard, codes, codes_between, shard_and_key, shard_of

_DOCUMENTS_PER_SHARD = 16
_MIN_BITS = 8  # of a term of 40 bits the shard says these, and the key in it the other 32


class Document(NamedTuple):
    """An item that readers may find."""

    item: Item
    section: str
    position: Position


class State(Struct, array_like=True):
    """What is kept of an index, beside its shards, its cards and its vocabulary."""

    bits: int
    rows: str
    """A line for each document (``Index.rows``)."""

    shards: list[bytes]
    """The digest of each shard."""

    vocabulary: bytes
    """The digest of the vocabulary."""


_json = msgspec.json.Encoder().encode
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(State).decode
_decode_counts = msgspec.msgpack.Decoder(dict[str, int]).decode

#: A term, where a document that has it stands, and whether in its title; ``None`` where it has it no longer.
Put = tuple[int, Position, int | None]


def bits_for(count: int) -> int:
    """Return the logarithm of how many shards there are for ``count`` documents."""
    return max(_MIN_BITS, (count // _DOCUMENTS_PER_SHARD).bit_length())


def list_documents(content: ListedContent) -> Iterator[Document]:
    """Yield what readers may find, newest first.

    A document's number within its day counts from the day's first: what is added today moves none but what is later
    on the same day. What has no date stands on day 0.
    """
    for day, entries in groupby(content.entries, key=lambda entry: entry.story.date.toordinal() - EPOCH):
        of_day = list(entries)
        for number, entry in zip(range(len(of_day) - 1, -1, -1), of_day, strict=True):
            yield Document(entry.story, entry.section, (day, number))
    undated = [
        (item.document.path, item, section)
        for section, model in content.models.items()
        if not issubclass(model, Story)
        for item in content.listed(model)
        if item.document.path in content.addresses
    ]
    undated.sort(key=lambda row: row[0])
    for number in range(len(undated) - 1, -1, -1):
        _, item, section = undated[number]
        yield Document(item, section, (0, number))


class Index:
    """The index of one content. ``prepare`` brings it up to date; then it can be asked."""

    state: State
    workshop: Workshop

    def __init__(self, content: ListedContent) -> None:
        self._content = content

    @cached_property
    def documents(self) -> dict[str, Document]:
        """What readers may find, by path, newest first."""
        return {document.item.document.path: document for document in list_documents(self._content)}

    @cached_property
    def bits(self) -> int:
        """The logarithm of how many shards there are."""
        return bits_for(len(self.documents))

    @cached_property
    def keys(self) -> dict[str, str]:
        """What stands for all that each document's card is made of, by path, as it was when ``prepare`` was called."""
        metadata, body = self._content.metadata_digests, self._content.text_of
        return {
            path: (metadata.get(path) or metadata_digest_of(item, item.document.outline)).hex() + body(item)
            for path, (item, _, _) in self.documents.items()
        }

    def rows(self) -> list[str]:
        """List of each document its position, its key and its path."""
        keys = self.keys
        return [
            f"{document.position[0]} {document.position[1]} {keys[path]} {path}"
            for path, document in self.documents.items()
        ]

    def prepare(self, workshop: Workshop) -> None:
        """Bring what ``workshop`` keeps of the index up to date."""
        self.workshop = workshop
        self.__dict__.pop("keys", None)
        rows = self.rows()
        stored = workshop.load("state")
        state = _decode(stored) if stored else None
        if state is None or state.bits != self.bits:
            self._rebuild(rows)
            return
        self.state = state
        if state.rows != (text := "\n".join(rows)):
            old, new = set(filter(None, state.rows.split("\n"))), set(rows)
            state.rows = text
            self._update(_positions(old - new), _positions(new - old))

    def card(self, path: str) -> Card:
        """Return the card of a document."""
        return cards.unpack(self._load(_card_name(path)))

    def shard(self, number: int) -> bytes:
        """Return a shard as it is published."""
        return self._load(f"shard/{number}")

    def vocabulary(self) -> bytes:
        """Return the vocabulary as it is published."""
        return self._load("vocabulary")

    def _load(self, name: str) -> bytes:
        data = self.workshop.load(name)
        assert data is not None, name
        return data

    def _new_card(self, path: str) -> Card:
        document = self.documents[path]
        pieces = self.workshop.fragment(self._content.text_of(document.item))
        return cards.card_of(self._content, document.section, document.item, pieces)

    def _update(self, before: Mapping[str, Position], after: Mapping[str, Position]) -> None:
        """Change the shards of the terms that came or went: ``before`` are the documents that are no longer as they were."""
        came: list[Put] = []
        went: list[Put] = []
        words: Counter[str] = Counter()
        for path in sorted(before.keys() | after.keys()):
            old, new = _flags(self.card(path) if path in before else None, words, -1), {}
            if path in after:
                card = self._new_card(path)
                new = _flags(card, words, 1)
                self.workshop.save(_card_name(path), cards.pack(card))
            else:
                self.workshop.delete(_card_name(path))
            if before.get(path) == after.get(path):
                terms = [term for term in old.keys() | new.keys() if old.get(term) != new.get(term)]
                came += [(term, after[path], new.get(term)) for term in terms]
            else:
                went += [(term, before[path], None) for term in old]
                came += [(term, after[path], flag) for term, flag in new.items()]
        by_shard: dict[int, list[Put]] = defaultdict(list)
        for term, position, flag in went + came:  # in this order: one document may come to where another was
            number, key = shard_and_key(term, self.bits)
            by_shard[number].append((key, position, flag))
        for number, puts in by_shard.items():
            shard = Shard(self.shard(number))
            for put in puts:
                shard.put(*put)
            self._save_shard(number, shard.encode())
        counts = _decode_counts(self._load("counts"))
        is_changed = False
        for word, by in words.items():
            is_changed |= _count(counts, word, by)
        if is_changed:
            self._save_vocabulary(counts)
        self.workshop.save("counts", _encode(counts))
        self.workshop.save("state", _encode(self.state))

    def _rebuild(self, rows: list[str]) -> None:
        """Make the index from nothing."""
        self.workshop.delete("*")
        positions = [document.position for document in self.documents.values()]
        runs: list[array[int]] = []
        words: Counter[str] = Counter()
        packed: dict[str, bytes] = {}
        for of_chunk in self.workshop.map_chunks(self._read_cards, list(enumerate(self.documents))):
            runs.append(of_chunk[0])
            words.update(of_chunk[1])
            packed.update(of_chunk[2])
        size = 1 << 64 - self.bits

        def make(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
            bounds = ((number, number * size) for number in numbers)
            return [
                (number, shard_of(codes_between(runs, first, first + size), positions).encode())
                for number, first in bounds
            ]

        shards = list(chain.from_iterable(self.workshop.map_chunks(make, range(1 << self.bits))))
        self.state = State(self.bits, "\n".join(rows), [b""] * (1 << self.bits), b"")
        for path, data in packed.items():
            self.workshop.save(_card_name(path), data)
        for number, shard in shards:
            self._save_shard(number, shard)
        counts: dict[str, int] = {}
        for word, count in words.items():
            _count(counts, word, count)
        self._save_vocabulary(counts)
        self.workshop.save("counts", _encode(counts))
        self.workshop.save("state", _encode(self.state))

    def _read_cards(self, jobs: Sequence[tuple[int, str]]) -> tuple[array[int], Counter[str], dict[str, bytes]]:
        """Return of some documents, each with its rank: the codes of their terms, sorted; their words; their cards."""
        run: list[int] = []
        words: Counter[str] = Counter()
        packed: dict[str, bytes] = {}
        for rank, path in jobs:
            card = self._new_card(path)
            head, body, of_card = card.read()
            run += codes(head, rank, 1)
            run += codes(body, rank, 0)
            words.update(of_card)
            packed[path] = cards.pack(card)
        run.sort()
        return array("Q", run), words, packed

    def _save_shard(self, number: int, data: bytes) -> None:
        self.state.shards[number] = digest(data)
        self.workshop.save(f"shard/{number}", data)

    def _save_vocabulary(self, counts: Mapping[str, int]) -> None:
        """Write the folded words that are found more than once: by classes of frequency, frequent ones first."""
        classes: dict[int, list[str]] = defaultdict(list)
        for word, count in counts.items():
            if count > 1:
                classes[count.bit_length()].append(word)
        data = _json([word for size in sorted(classes, reverse=True) for word in sorted(classes[size])])
        self.state.vocabulary = digest(data)
        self.workshop.save("vocabulary", data)


def _positions(rows: set[str]) -> dict[str, Position]:
    """Return where the documents of some rows stand, by path."""
    fields = (row.split(" ", 3) for row in rows)
    return {path: (int(day), int(number)) for day, number, _, path in fields}


def _flags(card: Card | None, words: Counter[str], by: int) -> dict[int, int]:
    """Return a card's terms, each with whether the title has it, and count its words."""
    if card is None:
        return {}
    head, body, of_card = card.read()
    for word in of_card:
        words[word] += by
    return {**dict.fromkeys(body, 0), **dict.fromkeys(head, 1)}


def _count(counts: dict[str, int], word: str, by: int) -> bool:
    """Count in how many documents a word stands, as it is written. Returns whether its class of frequency changes."""
    folded = syllables.correctable(word)
    if not folded:
        return False
    before = counts.get(folded, 0)
    counts[folded] = before + by
    if not counts[folded]:
        del counts[folded]
    return before.bit_length() != (before + by).bit_length()


def _card_name(path: str) -> str:
    return f"card/{digest(path.encode()).hex()}"
