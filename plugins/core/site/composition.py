"""Compose a content with the entries, blocks and feeds that sections make for one another.

Each phase has its type, so no section can ask for what is only being made: entries are
made of a `Content`, blocks and feeds of a `ListedContent`, pages of a `Composition`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from plugins.core.media.title_card import TitleCard
from plugins.core.model.item import Item, Story
from plugins.core.site import addresses
from plugins.core.site.content import Content
from plugins.core.site.views import Block, Entry, Feed


@dataclass(frozen=True)
class ListedContent(Content):
    """A content and the entries that sections list of it."""

    section_titles: Mapping[str, str] = field(default_factory=dict)
    """The title of each section by its name, in the order of the settings."""

    entries: tuple[Entry, ...] = ()
    """The entries of every section, newest first, ties by path."""

    def title_card(self, item: Item) -> TitleCard | None:
        """Return the share card of an item that has no picture; none where the font lacks a letter of its title."""
        if item.lead_picture in self.pictures:
            return None
        site = self.site
        kicker = ""
        if isinstance(item, Story):
            category = site.category(item.category)
            kicker = category.title if category else self.section_titles.get(self.section_of[type(item)], "")
        card = TitleCard(item.title, kicker, site.name, site.assets.emblem)
        return card if card.is_drawable else None

    @cached_property
    def title_cards(self) -> tuple[TitleCard, ...]:
        """The share cards of all items that have a page."""
        items = (item for item in self.all_items if item.document.path in self.addresses)
        return tuple(card for item in items if (card := self.title_card(item)))

    @cached_property
    def section_of(self) -> dict[type[Item], str]:
        """The name of the section that reads its items as a model."""
        return {model: section for section, model in self.models.items()}

    @cached_property
    def in_category(self) -> dict[str, list[Entry]]:
        """The entries by the slug of their category."""
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            groups[entry.story.category].append(entry)
        return dict(groups)

    @cached_property
    def by_section(self) -> dict[str, tuple[Entry, ...]]:
        """The entries by the name of their section; a section that lists nothing has none."""
        groups: dict[str, list[Entry]] = {name: [] for name in self.section_titles}
        for entry in self.entries:
            groups[entry.section].append(entry)
        return {name: tuple(entries) for name, entries in groups.items()}


@dataclass(frozen=True)
class Composition(ListedContent):
    """Everything that pages are made from: a content, its entries, every section's blocks and feeds."""

    blocks: Mapping[str, Block] = field(default_factory=dict)
    """Every section's blocks by name. A section with nothing to show gives none."""

    feeds: tuple[Feed, ...] = ()
    """The feeds that sections offer."""

    story_blocks: tuple[Callable[[Content, Story], Block | None], ...] = ()
    """The functions that make a block to stand under a story of another section."""

    def chosen(self, names: Iterable[str]) -> tuple[Block, ...]:
        """Return the blocks of these names that exist now, in this order."""
        return tuple(self.blocks[name] for name in names if name in self.blocks)

    @cached_property
    def aside(self) -> tuple[Block, ...]:
        """What stands beside every page: a box that a script fills from a file of its own, so that what is new there
        redraws no other page. It is empty where the settings order nothing."""
        if not self.options.get("page", {}).get("aside"):
            return ()
        return (Block(template="aside.html", title=self.site.t.aside, url=self.site.url(addresses.ASIDE)),)

    @cached_property
    def aside_blocks(self) -> tuple[Block, ...]:
        """The blocks of that file, as the settings order them."""
        return self.chosen(self.options.get("page", {}).get("aside", ()))

    def after_story(self, story: Story) -> tuple[Block, ...]:
        """Return what other sections put under a story: a place to answer it."""
        return tuple(block for make in self.story_blocks if (block := make(self, story)))
