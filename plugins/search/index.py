"""Keep the index of all words: from nothing by all processors, from build to build by what has changed.

What it is made of, and why an index of one portal is the same whichever way it came about: docs/tim-kiem.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec
from msgspec import Raw, Struct

from plugins.core.hashing import digest
from plugins.core.model.item import Item, Story
from plugins.core.site.composition import ListedContent
from plugins.core.site.section import SectionFiles, Workshop
from plugins.search import layout, syllables
from plugins.search.card import Card, card_of
from plugins.search.documents import Documents
from plugins.search.layout import ROOT, VOCABULARY, Layout, shard_name, stamp
from plugins.search.postings import Position, Run, Shard, encode_run, merge, shard_and_key

#: The terms of a document, each with whether its title has it.
Flags = dict[int, int]

#: A key of a shard, where a document that has it stands, and whether in its title; ``None`` where it has it no longer.
Put = tuple[int, Position, int | None]


class State(Struct, array_like=True):
    """What is kept of an index beside its files."""

    layout: Layout
    documents: Documents
    digests: dict[str, bytes]
    """What stands for each file, by its name."""


_encode = msgspec.msgpack.Encoder().encode
_decode_state = msgspec.msgpack.Decoder(State).decode
_decode_counts = msgspec.msgpack.Decoder(dict[str, int]).decode
_decode_cards = msgspec.json.Decoder(dict[str, Card]).decode


def searched(content: ListedContent) -> list[Item]:
    """List what readers may find, as it is numbered within its day."""
    undated: list[Item] = [
        item
        for model in content.models.values()
        if not issubclass(model, Story)
        for item in content.listed(model)
        if item.document.path in content.addresses
    ]
    undated.sort(key=lambda item: item.document.path)
    return [*(entry.story for entry in reversed(content.entries)), *undated]


class Index:
    """The index of one content, as ``workshop`` keeps it."""

    def __init__(self, content: ListedContent, workshop: Workshop) -> None:
        self._content = content
        self._workshop = workshop
        self._items = searched(content)
        self._fresh: dict[str, bytes] = {}
        """The files that were changed and are about to be written; not where all are."""

        self._keeps_fresh = True

    def files(self) -> SectionFiles:
        """Bring the index up to date. Returns its files."""
        layout_ = Layout.of(len(self._items))
        stored = self._workshop.load("state")
        state = _decode_state(stored) if stored else None
        documents = Documents.of(self._content, self._items, state.documents if state else None)
        if state is None or state.layout != layout_:
            self.state = State(layout_, documents, {})
            self._rebuild()
        else:
            self.state = state
            if state.documents != documents:
                before, state.documents = state.documents, documents
                self._update(*documents.changed_since(before))
        return SectionFiles(layout.by_output_path(self.state.digests), self._read)

    # -- files -------------------------------------------------------------------

    def _read(self, path: str) -> bytes:
        """Return a file as it is published."""
        name = layout.file_name(path)
        return stamp(self.state.digests[name]) + (self._fresh.get(name) or self._load(name))

    def _load(self, name: str) -> bytes:
        data = self._workshop.load(name)
        assert data is not None, name
        return data

    def _save(self, name: str, data: bytes) -> None:
        """Keep a file; nothing is kept of one without data."""
        if data:
            self._save_each([(name, data)])
        elif self.state.digests.pop(name, None):
            self._workshop.delete(name)

    def _save_each(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep files, as they come."""
        self._workshop.save_each(self._noted(files))

    def _noted(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield ``files``; note of each what stands for it."""
        for name, data in files:
            self.state.digests[name] = digest(data)
            if self._keeps_fresh:
                self._fresh[name] = data
            yield name, data

    def _save_rest(self, groups: Mapping[str, Mapping[str, Card | Raw]], counts: dict[str, int]) -> None:
        """Keep cards that came or changed, and what vouches for them."""
        layout_ = self.state.layout
        for name, cards in groups.items():
            self._save(name, layout.encode({key: cards[key] for key in sorted(cards)}) if cards else b"")
        for table in {layout_.table(int(name[4:].partition(".")[0]) << layout_.days) for name in groups}:
            self._save(table, layout_.encode_table(table, self.state.digests))
        self._save(ROOT, layout_.encode_root(len(self._items), self.state.digests))
        self._workshop.save_each([("counts", _encode(counts)), ("state", _encode(self.state))])

    def _save_vocabulary(self, counts: Mapping[str, int]) -> None:
        """Keep the folded words that are found more than once: by classes of frequency, frequent ones first."""
        classes: dict[int, list[str]] = defaultdict(list)
        for word, count in counts.items():
            if count > 1:
                classes[count.bit_length()].append(word)
        words = [word for size in sorted(classes, reverse=True) for word in sorted(classes[size])]
        self._save(VOCABULARY, layout.encode(words))

    # -- from build to build -----------------------------------------------------

    def _update(self, before: Iterable[Position], after: Mapping[Position, int]) -> None:
        """Change the files of the words that came or went. ``after`` says which document stands where."""
        groups: dict[str, dict[str, Card]] = {}
        for position in chain(before, after):
            name = self.state.layout.group(position)
            if name not in groups:
                groups[name] = _decode_cards(self._load(name)) if name in self.state.digests else {}
        words: Counter[str] = Counter()
        old: dict[Position, Flags] = {}
        for position in before:
            old[position] = _flags(groups[self.state.layout.group(position)].pop(_key(position)), words, -1)
        new: dict[Position, Flags] = {}
        for position, index in after.items():
            card = groups[self.state.layout.group(position)][_key(position)] = self._card(self._items[index])
            new[position] = _flags(card, words, 1)
        self._update_shards(old, new)
        counts = _decode_counts(self._load("counts"))
        is_changed = False
        for word, by in words.items():
            is_changed |= _count(counts, word, by)
        if is_changed:
            self._save_vocabulary(counts)
        self._save_rest(groups, counts)

    def _update_shards(self, old: Mapping[Position, Flags], new: Mapping[Position, Flags]) -> None:
        """Change the lists of the terms that a position had or has."""
        by_shard: dict[int, list[Put]] = defaultdict(list)
        for position in sorted(old.keys() | new.keys()):
            had, has = old.get(position, {}), new.get(position, {})
            for term in had.keys() | has.keys():
                if had.get(term) != (flag := has.get(term)):
                    number, key = shard_and_key(term, self.state.layout.bits)
                    by_shard[number].append((key, position, flag))
        self._save_each(self._changed_shards(by_shard))

    def _changed_shards(self, by_shard: Mapping[int, Sequence[Put]]) -> Iterator[tuple[str, bytes]]:
        """Yield each shard with what was put into it."""
        names = [shard_name(number) for number in by_shard]
        for name, puts, data in zip(names, by_shard.values(), self._workshop.load_each(names), strict=True):
            assert data is not None, name
            shard = Shard(data)
            for put in puts:
                shard.put(*put)
            yield name, shard.encode()

    def _card(self, item: Item) -> Card:
        return card_of(self._content, item, self._workshop.fragment(self._content.text_of(item)))

    # -- from nothing ------------------------------------------------------------

    def _rebuild(self) -> None:
        """Make the index from nothing."""
        self._keeps_fresh = False
        self._workshop.delete("*")
        bits, positions = self.state.layout.bits, list(self.state.documents.positions())
        newest_first = sorted(range(len(positions)), key=positions.__getitem__, reverse=True)
        runs: dict[int, Run] = {}
        words: Counter[str] = Counter()
        groups: dict[str, dict[str, Raw]] = defaultdict(dict)

        def read(ranks: Sequence[int]) -> tuple[Sequence[int], Run, Counter[str], list[bytes]]:
            indices = [newest_first[rank] for rank in ranks]
            return ranks, *self._read_cards([(self._items[index], positions[index]) for index in indices])

        for ranks, run, of_chunk, cards in self._workshop.map_chunks(read, range(len(newest_first))):
            runs[ranks[0]] = run
            words.update(of_chunk)
            for rank, card in zip(ranks, cards, strict=True):
                position = positions[newest_first[rank]]
                groups[self.state.layout.group(position)][_key(position)] = Raw(card)
        in_order = [runs[first] for first in sorted(runs)]

        def make(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
            return [(number, merge(in_order, number, bits)) for number in numbers]

        shards = chain.from_iterable(self._workshop.map_chunks(make, range(1 << bits)))
        self._save_each((shard_name(number), shard) for number, shard in shards)
        counts: dict[str, int] = {}
        for word, count in words.items():
            _count(counts, word, count)
        self._save_vocabulary(counts)
        self._save_rest(groups, counts)

    def _read_cards(self, documents: Sequence[tuple[Item, Position]]) -> tuple[Run, Counter[str], list[bytes]]:
        """Return the lists of some documents, newest first, their words and their cards."""
        terms: list[tuple[set[int], set[int]]] = []
        words: Counter[str] = Counter()
        cards: list[bytes] = []
        for item, _ in documents:
            card = self._card(item)
            head, body, of_card = card.read()
            terms.append((head, body))
            words.update(of_card)
            cards.append(layout.encode(card))
        return encode_run(terms, [position for _, position in documents]), words, cards


def _key(position: Position) -> str:
    """Return the name of a card within its group."""
    return f"{position[0]}.{position[1]}"


def _flags(card: Card, words: Counter[str], by: int) -> Flags:
    """Return a card's terms, each with whether the title has it, and count its words."""
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
