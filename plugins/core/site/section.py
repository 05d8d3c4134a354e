"""Section: a Pelican plugin that adds a kind of items, pages or blocks to the portal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from blinker import Signal
from msgspec import Struct

from plugins.core.codes import Entry as Code
from plugins.core.errors import Problem
from plugins.core.model.item import Item, Story
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.identity import Category
from plugins.core.site.views import Block, Card, Entry, Feed, Page

#: Sent by a plugin's ``register`` with its section, to whichever portal is loading the plugin.
section_registered = Signal()


def _nothing(*_: Any) -> tuple[()]:
    return ()


def _no_blocks(_: ListedContent) -> Mapping[str, Block]:
    return {}


class Choice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shape of a setting that says which blocks stand where: each field has names of blocks."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """What a section hands to the portal. Everything but its name is optional.

    Beside it, in the same folder, may stand ``templates/``, ``static/`` (its style sheets and scripts),
    ``texts.yaml`` (its words: ``site.t``), ``new.md`` (what ``make new`` begins with) and ``codes.py``.

    ``folder`` is where its items lie under ``content/`` and, unless ``address`` says otherwise,
    the beginning of their addresses (an empty address: no page of its own). ``pages`` makes its
    pages; ``blocks`` its parts of other pages, by name, and ``block_variants`` says what may stand behind
    the dot of those names, given the categories, where it has several; ``after_story`` its part under a
    story of another section, made of the story, settings and ``Content.external_inputs`` alone; ``card`` shows one of its stories in lists that gather from every
    section, and ``card_inputs``, where a section has very many, digests all that ``card`` looks at without making it;
    ``feeds`` lists of them that readers may follow; ``final_pages`` pages that need to know all the
    others; ``rules`` whole-site checks; ``change_times`` when, after now, something of it will change
    by itself. ``setting`` is the shape of a setting of its own, which bears its name in capitals.
    ``external_input`` names a file of the cache folder that another program writes for the section: its
    bytes are part of what the build reads.
    """

    name: str
    module: str
    title: str = ""
    folder: str = ""
    model: type[Item] | None = None
    address: Callable[[Item], str] | None = None
    card: Callable[[Content, Any], Card] | None = None
    card_inputs: Callable[[Content, Any], bytes] | None = None
    blocks: Callable[[ListedContent], Mapping[str, Block]] = _no_blocks
    block_variants: Callable[[Sequence[Category]], Iterable[str]] = _nothing
    after_story: Callable[[Content, Story], Block | None] | None = None
    feeds: Callable[[ListedContent], Iterable[Feed]] = _nothing
    pages: Callable[[Composition], Iterable[Page]] = _nothing
    final_pages: Callable[[Composition, Sequence[Page]], Iterable[Page]] = _nothing
    rules: Callable[[Composition], Iterable[Problem]] = _nothing
    change_times: Callable[[Composition], Iterable[datetime]] = _nothing
    setting: type[Struct] | None = None
    external_input: str = ""

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
        """The section's own folder, with its ``templates/`` and ``static/``."""
        return Path(str(sys.modules[self.module].__file__)).parent

    def block_names(self, categories: Sequence[Category]) -> list[str]:
        """All names that its blocks may ever have: ``video``, or ``banner.left``, ``banner.top``…"""
        if self.blocks is _no_blocks:
            return []
        return [f"{self.name}.{part}" for part in self.block_variants(categories)] or [self.name]

    def path_of(self, item: Item) -> str:
        """The item's address from the portal's root: ``/tin-tuc/2020/07/slug/``."""
        return self.address(item) if self.address else f"/{self.folder}/{item.name}/"
