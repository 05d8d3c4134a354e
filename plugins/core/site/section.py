"""Define a section: a Pelican plugin that adds a kind of items, pages or blocks to the portal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeVar

from blinker import Signal
from msgspec import Struct

from plugins.core.codes import Entry as Code
from plugins.core.errors import Problem
from plugins.core.markdown.fragment import Pieces
from plugins.core.model.item import Item, Story
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.identity import Category
from plugins.core.site.views import Block, Card, Entry, Feed, Page

J = TypeVar("J")
R = TypeVar("R")

#: Sent by a plugin's ``register`` with its section, to whichever portal is loading the plugin.
section_registered = Signal()


def _nothing(*_: Any) -> tuple[()]:
    return ()


def _no_blocks(_: ListedContent) -> Mapping[str, Block]:
    return {}


class Workshop(Protocol):
    """What a section makes its files with, and what it keeps of them for the next build."""

    def map_chunks(self, work: Callable[[Sequence[J]], R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield ``work(chunk)`` for each chunk of ``jobs`` from as many processes as may work at once, as it is done."""

    def fragment(self, digest: str) -> Pieces:
        """Return the HTML of a body by its digest."""

    def load(self, name: str) -> bytes | None:
        """Return what was saved under ``name``, unless settings or code have changed since."""

    def load_each(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """Yield what ``load`` returns for each of many ``names``."""

    def save_each(self, data: Iterable[tuple[str, bytes]]) -> None:
        """Keep data for the next build, each under a name."""

    def delete(self, names: str) -> None:
        """Keep nothing under the names that match ``names`` (``text/*``)."""


@dataclass(frozen=True)
class SectionFiles:
    """Files that a section makes beside its pages, of the content alone: neither theme nor template shows in them."""

    fingerprints: Mapping[str, bytes]
    """What stands for every byte of a file, by its path from the output folder."""

    read: Callable[[str], bytes]
    """Returns the file of a path. Any process may ask it."""


class Choice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shape of a setting that says which blocks stand where: each field has names of blocks."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """Everything that a section brings to the portal. All but its name is optional.

    Beside it, in the same folder, may stand ``templates/``, ``static/`` (its style sheets and scripts),
    ``texts.yaml`` (its words: ``site.t``), ``new.md`` (what ``make new`` begins with) and ``codes.py``.
    """

    name: str
    """The name of its folder under ``plugins/``, of its templates, settings and words."""

    module: str
    """The Python module that it is defined in: ``__name__``."""

    title: str = ""
    """Its name for readers, where its entries are gathered with others."""

    folder: str = ""
    """Where its items lie under ``content/``, and the beginning of their addresses unless ``address`` says otherwise."""

    model: type[Item] | None = None
    """The model of its items."""

    address: Callable[[Item], str] | None = None
    """The address of an item, from the portal's root; empty where an item has no page of its own."""

    card: Callable[[Content, Any], Card] | None = None
    """Shows one of its stories in lists that gather from every section: tags, archive, feeds."""

    card_inputs: Callable[[Content, Any], bytes] | None = None
    """Digests all that ``card`` looks at without making the card, where the section has very many."""

    blocks: Callable[[ListedContent], Mapping[str, Block]] = _no_blocks
    """Its parts of other pages, by name: ``video``, or ``banner.left`` and ``banner.top``."""

    block_variants: Callable[[Sequence[Category]], Iterable[str]] = _nothing
    """What may stand behind the dot of those names, where it has several blocks."""

    after_story: Callable[[Content, Story], Block | None] | None = None
    """Its part under a story of another section, made of the story, settings and external inputs alone."""

    feeds: Callable[[ListedContent], Iterable[Feed]] = _nothing
    """Lists of entries that readers may follow."""

    pages: Callable[[Composition], Iterable[Page]] = _nothing
    """Its pages."""

    final_pages: Callable[[Composition, Sequence[Page]], Iterable[Page]] = _nothing
    """Pages that need to know all the others."""

    files: Callable[[Composition, Workshop], SectionFiles] | None = None
    """Its files beside its pages: thousands of them cost a build next to nothing as long as they stay the same."""

    rules: Callable[[Composition], Iterable[Problem]] = _nothing
    """Checks of several items at once, or of the time; those of one item are its model's ``own_problems``."""

    change_times: Callable[[Composition], Iterable[datetime]] = _nothing
    """When, after now, something of it will change by itself."""

    setting: type[Struct] | None = None
    """The shape of a setting of its own, which bears its name in capitals."""

    external_input: str = ""
    """A file of the cache folder that another program writes for it; its bytes are part of what a build reads."""

    project_file: str = ""
    """A file beside the content folder that it reads; its bytes are part of what a build reads."""

    def entries(self, content: Content) -> Iterator[Entry]:
        """Yield an entry for each story that lists may show, newest first."""
        if not self.card:
            return
        assert self.model and issubclass(self.model, Story)
        for story in content.listed(self.model):
            inputs = partial(self.card_inputs, content, story) if self.card_inputs else None
            yield Entry(partial(self.card, content, story), self.name, story, inputs)

    def register(self) -> None:
        """Hand this section to the portal. It is the plugin's ``register``, which Pelican calls."""
        section_registered.send(self)

    @property
    def codes(self) -> tuple[Code, ...]:
        """Its error codes with their examples: ``CODES`` of its ``codes.py``, which only documents load."""
        if not hasattr(sys.modules[self.module], "__path__") or not (self.home / "codes.py").is_file():
            return ()
        codes: tuple[Code, ...] = import_module(f"{self.module}.codes").CODES
        return codes

    @property
    def home(self) -> Path:
        """The section's folder, with its ``templates/`` and ``static/``."""
        return Path(str(sys.modules[self.module].__file__)).parent

    def block_names(self, categories: Sequence[Category]) -> list[str]:
        """Return all names that its blocks may ever have: ``video``, or ``banner.left``, ``banner.top``…"""
        if self.blocks is _no_blocks:
            return []
        return [f"{self.name}.{variant}" for variant in self.block_variants(categories)] or [self.name]

    def path_of(self, item: Item) -> str:
        """Return the item's address from the portal's root: ``/tin-tuc/2020/07/slug/``."""
        return self.address(item) if self.address else f"/{self.folder}/{item.name}/"
