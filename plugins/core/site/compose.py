"""Ask the sections, phase by phase, for all that the site is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from plugins.core.model.item import Story
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.section import Section
from plugins.core.site.views import Page

C = TypeVar("C", bound=Content)


def compose(content: Content, sections: Sequence[Section]) -> Composition:
    """Ask each section for its entries, then for its blocks and feeds."""
    entries = [entry for section in sections for entry in section.entries(content)]
    entries.sort(key=lambda entry: entry.story.document.path)
    entries.sort(key=lambda entry: entry.story.date, reverse=True)
    titles = {section.name: section.title for section in sections}
    listed = _extended(content, ListedContent, section_titles=titles, entries=tuple(entries))
    return _extended(
        listed,
        Composition,
        blocks={name: block for section in sections for name, block in section.blocks(listed).items()},
        feeds=tuple(feed for section in sections for feed in section.feeds(listed)),
        story_blocks=tuple(section.after_story for section in sections if section.after_story),
    )


def make_pages(composition: Composition, sections: Sequence[Section]) -> tuple[Page, ...]:
    """Return every page of the site, by path."""
    pages = [page for section in sections for page in section.pages(composition)]
    pages += [page for section in sections for page in section.final_pages(composition, tuple(pages))]
    return tuple(sorted(pages, key=lambda page: page.path))


def next_change(composition: Composition, sections: Sequence[Section]) -> datetime | None:
    """Return when the portal will next look different without anyone touching it."""
    times = [story.date for story in composition.coming.values()]
    times += [story.updated for story in composition.every(Story) if story.updated and story.status != "draft"]
    times += (time for section in sections for time in section.change_times(composition))
    return min((time for time in times if time > composition.now), default=None)


def _extended(content: Content, kind: type[C], **more: Any) -> C:
    """Return the content as a ``kind``, which knows ``more``. What it has cached stays cached."""
    extended = object.__new__(kind)
    vars(extended).update(vars(content), **more)
    return extended
