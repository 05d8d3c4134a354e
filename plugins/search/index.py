"""Keep the index of all words: from nothing by all processors, from build to build by what has changed.

What it is made of, and why an index of one portal is the same whichever way it came about: docs/tim-kiem.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

import msgspec
from msgspec import Raw, Struct

from plugins.core.hashing import digest
from plugins.core.model.item import Item, Story, metadata_digest_of
from plugins.core.site.composition import ListedContent
from plugins.core.site.section import SectionFiles, Workshop
from plugins.search import layout, syllables
from plugins.search.card import Card, card_of
from plugins.search.documents import Documents, Row
from plugins.search.layout import ROOT, STAMP_BYTES, VOCABULARY, Layout, shard_name
from plugins.search.postings import EPOCH, Position, Run, Shard, encode_run, merge, shard_and_key

#: A term, where a document that has it stands, and whether in its title; ``None`` where it has it no longer.
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

    def files(self) -> SectionFiles:
        """Bring the index up to date. Returns its files."""
        documents = self._documents()
        layout_ = Layout.of(len(self._items))
        stored = self._workshop.load("state")
        state = _decode_state(stored) if stored else None
        if state is None or state.layout != layout_:
            self.state = State(layout_, documents, {})
            self._rebuild()
        else:
            self.state = state
            if state.documents != documents:
                before, state.documents = state.documents, documents
                self._update(*documents.changed_since(before))
        return SectionFiles({layout.output_path(name): data for name, data in self.state.digests.items()}, self._read)

    def _documents(self) -> Documents:
        documents = [item.document for item in self._items]
        paths = [document.path for document in documents]
        days = [item.date.toordinal() - EPOCH if isinstance(item, Story) else 0 for item in self._items]
        metadata = list(map(self._content.metadata_digests.get, paths))
        bodies = list(map(self._content.body_digests.get, paths))
        return Documents(
            paths,
            days,
            [
                of or metadata_digest_of(item, item.document.outline)
                for of, item in zip(metadata, self._items, strict=True)
            ],
            [of or document.digest for of, document in zip(bodies, documents, strict=True)],
        )

    @cached_property
    def _item_of(self) -> dict[str, Item]:
        return dict(zip(self.state.documents.paths, self._items, strict=True))

    # -- files -------------------------------------------------------------------

    def _read(self, path: str) -> bytes:
        """Return a file as it is published."""
        name = layout.file_name(path)
        return self.state.digests[name][:STAMP_BYTES] + self._load(name)

    def _load(self, name: str) -> bytes:
        data = self._workshop.load(name)
        assert data is not None, name
        return data

    def _save(self, name: str, data: bytes) -> None:
        """Keep a file; nothing is kept of one without data."""
        if data:
            self.state.digests[name] = digest(data)
            self._workshop.save(name, data)
        elif self.state.digests.pop(name, None):
            self._workshop.delete(name)

    def _save_rest(self, groups: Mapping[str, Mapping[str, Card | Raw]], counts: dict[str, int]) -> None:
        """Keep cards that came or changed, and what vouches for them."""
        layout_ = self.state.layout
        for name, cards in groups.items():
            self._save(name, layout.encode({key: cards[key] for key in sorted(cards)}) if cards else b"")
        for table in {layout_.table(int(name[4:].partition(".")[0]) << layout_.days) for name in groups}:
            self._save(table, layout_.encode_table(table, self.state.digests))
        self._save(ROOT, layout_.encode_root(len(self._items), self.state.digests))
        self._workshop.save("counts", _encode(counts))
        self._workshop.save("state", _encode(self.state))

    def _save_vocabulary(self, counts: Mapping[str, int]) -> None:
        """Keep the folded words that are found more than once: by classes of frequency, frequent ones first."""
        classes: dict[int, list[str]] = defaultdict(list)
        for word, count in counts.items():
            if count > 1:
                classes[count.bit_length()].append(word)
        words = [word for size in sorted(classes, reverse=True) for word in sorted(classes[size])]
        self._save(VOCABULARY, layout.encode(words))

    # -- from build to build -----------------------------------------------------

    def _update(self, rows_before: Mapping[str, Row], rows: Mapping[str, Row]) -> None:
        """Change the files of the words that came or went."""
        before = {path: position for path, (position, *_) in rows_before.items()}
        after = {path: position for path, (position, *_) in rows.items()}
        groups: dict[str, dict[str, Card]] = {}
        for position in chain(before.values(), after.values()):
            name = self.state.layout.group(position)
            if name not in groups:
                groups[name] = _decode_cards(self._load(name)) if name in self.state.digests else {}
        words: Counter[str] = Counter()
        went = {
            path: _flags(groups[self.state.layout.group(position)].pop(_key(position)), words, -1)
            for path, position in before.items()
        }
        came: dict[str, dict[int, int]] = {}
        for path, position in after.items():
            card = groups[self.state.layout.group(position)][_key(position)] = self._card(path)
            came[path] = _flags(card, words, 1)
        self._update_shards(_moves(before, went, after, came))
        counts = _decode_counts(self._load("counts"))
        is_changed = False
        for word, by in words.items():
            is_changed |= _count(counts, word, by)
        if is_changed:
            self._save_vocabulary(counts)
        self._save_rest(groups, counts)

    def _update_shards(self, puts: Sequence[Put]) -> None:
        by_shard: dict[int, list[Put]] = defaultdict(list)
        for term, position, flag in puts:
            number, key = shard_and_key(term, self.state.layout.bits)
            by_shard[number].append((key, position, flag))
        for number, of_shard in by_shard.items():
            shard = Shard(self._load(shard_name(number)))
            for put in of_shard:
                shard.put(*put)
            self._save(shard_name(number), shard.encode())

    def _card(self, path: str) -> Card:
        item = self._item_of[path]
        return card_of(self._content, item, self._workshop.fragment(self._content.text_of(item)))

    # -- from nothing ------------------------------------------------------------

    def _rebuild(self) -> None:
        """Make the index from nothing."""
        self._workshop.delete("*")
        bits, rows = self.state.layout.bits, self.state.documents.rows()
        paths = sorted(rows, key=lambda path: rows[path][0], reverse=True)
        ranks = {path: rank for rank, path in enumerate(paths)}
        positions = [rows[path][0] for path in paths]
        runs: dict[int, Run] = {}
        words: Counter[str] = Counter()
        groups: dict[str, dict[str, Raw]] = defaultdict(dict)

        def read(paths: Sequence[str]) -> tuple[int, Run, Counter[str], list[bytes]]:
            first = ranks[paths[0]]
            return first, *self._read_cards(paths, positions[first:])

        for first, run, of_chunk, cards in self._workshop.map_chunks(read, paths):
            runs[first] = run
            words.update(of_chunk)
            for position, card in zip(positions[first:], cards, strict=False):
                groups[self.state.layout.group(position)][_key(position)] = Raw(card)
        in_order = [runs[first] for first in sorted(runs)]

        def make(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
            return [(number, merge(in_order, number, bits)) for number in numbers]

        for number, shard in chain.from_iterable(self._workshop.map_chunks(make, range(1 << bits))):
            self._save(shard_name(number), shard)
        counts: dict[str, int] = {}
        for word, count in words.items():
            _count(counts, word, count)
        self._save_vocabulary(counts)
        self._save_rest(groups, counts)

    def _read_cards(self, paths: Sequence[str], positions: Sequence[Position]) -> tuple[Run, Counter[str], list[bytes]]:
        """Return the lists of some documents, newest first, their words and their cards."""
        terms: list[tuple[set[int], set[int]]] = []
        words: Counter[str] = Counter()
        cards: list[bytes] = []
        for path in paths:
            card = self._card(path)
            head, body, of_card = card.read()
            terms.append((head, body))
            words.update(of_card)
            cards.append(layout.encode(card))
        return encode_run(terms, positions[: len(paths)]), words, cards


def _key(position: Position) -> str:
    """Return the name of a card within its group."""
    return f"{position[0]}.{position[1]}"


def _flags(card: Card, words: Counter[str], by: int) -> dict[int, int]:
    """Return a card's terms, each with whether the title has it, and count its words."""
    head, body, of_card = card.read()
    for word in of_card:
        words[word] += by
    return {**dict.fromkeys(body, 0), **dict.fromkeys(head, 1)}


def _moves(
    before: Mapping[str, Position],
    went: Mapping[str, Mapping[int, int]],
    after: Mapping[str, Position],
    came: Mapping[str, Mapping[int, int]],
) -> list[Put]:
    """List what changes in lists of documents: all that leaves its place first, as another may come there."""
    leaving: list[Put] = []
    coming: list[Put] = []
    for path in sorted(before.keys() | after.keys()):
        old, new = went.get(path, {}), came.get(path, {})
        if before.get(path) == (position := after.get(path)) and position:
            terms = [term for term in old.keys() | new.keys() if old.get(term) != new.get(term)]
            coming += [(term, position, new.get(term)) for term in terms]
        else:
            leaving += [(term, before[path], None) for term in old]
            coming += [(term, after[path], flag) for term, flag in new.items()]
    return leaving + coming


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
