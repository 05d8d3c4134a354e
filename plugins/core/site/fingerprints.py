"""Digests of what pages are made from, known without making their views (docs/adr/0008)."""

from __future__ import annotations

from msgspec.msgpack import encode

from plugins.core.hashing import digest
from plugins.core.model.item import Item, Story, metadata_digest_of
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content, cached_by_item, mentions
from plugins.core.site.views import digest_of


@cached_by_item
def item_digest(content: Content, item: Item) -> bytes:
    """16 bytes that stand for all that a page may know of an item: its fields, and what its links
    and pictures have become; not for the wording of its text, nor for other items."""
    facts = content.metadata_digests.get(item.document.path) or metadata_digest_of(item, item.document.outline)
    return digest(facts, *[_became(content, one) for one in mentions(item)])


@cached_by_item
def _became(content: Content, path: str) -> bytes:
    """What stands for the thing that a text or a field names by ``path``."""
    if picture := content.pictures.get(path):
        return encode(picture)
    if target := content.target(path):
        return encode(target)
    if path.startswith("/"):
        return encode(content.story_to_come(path) is None)  # till then the words are no link
    return encode((path in content.published_files, content.files.get(path), content.page_counts.get(path)))


def after_story_digest(content: Composition, story: Story) -> list[bytes]:
    """What stands for the blocks below a story, beside the story itself: without anything that
    another program left, they are made of that alone (``Section.after_story``)."""
    return [digest_of(block) for block in content.after_story(story)] if content.external_inputs else []
