"""Digests of what pages are made from, known without making their views (docs/adr/0008)."""

from __future__ import annotations

from msgspec.msgpack import encode

from plugins.core.hashing import digest
from plugins.core.model.item import Item, Story, facts_of
from plugins.core.site.content import Content, mentions, remembered
from plugins.core.site.views import digest_of


@remembered
def stands_for(content: Content, item: Item) -> bytes:
    """16 bytes that stand for all that a page may know of an item: its fields, and what its links
    and pictures have become; not for the wording of its text, nor for other items."""
    facts = content.facts.get(item.document.path) or facts_of(item, item.document.outline)
    return digest(facts, *[_became(content, one) for one in mentions(item)])


@remembered
def _became(content: Content, path: str) -> bytes:
    """What stands for the thing that a text or a field names by ``path``."""
    if picture := content.pictures.get(path):
        return encode(picture)
    if target := content.target(path):
        return encode(target)
    if path.startswith("/"):
        return encode(content.story_to_come(path) is None)  # till then the words are no link
    return encode((path in content.published_files, content.files.get(path), content.page_counts.get(path)))


def stands_for_below(content: Content, story: Story) -> list[bytes]:
    """What stands for the blocks below a story, beside the story itself: without anything that
    another program left, they are made of that alone (``Section.below``)."""
    return [digest_of(block) for block in content.below(story)] if content.beside else []
