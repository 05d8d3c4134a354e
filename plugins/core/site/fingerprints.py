"""Fingerprint pages: tell, without making its view, whether a page would be the same (docs/adr/0012).

A fingerprint is 16 bytes. Two pages with equal inputs have equal views, but for the wording of bodies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, msgpack

from plugins.core.hashing import digest
from plugins.core.model.item import Item, Story, metadata_digest_of
from plugins.core.model.mentions import mentions
from plugins.core.runtime.identity_memo import IdentityMemo
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.memo import cached_by_item
from plugins.core.site.views import Block, Card, Entry, Page, View

_encode = msgpack.Encoder(order="deterministic").encode


def page_fingerprints(page: Page, view: View | None = None) -> Iterator[bytes]:
    """Yield the fingerprints of what the page's view is made from, or the one of its ``view``, where only that tells."""
    if page.inputs:
        yield from page.inputs(*page.args)
    else:
        yield view_digest(page.template, view or page.view)


def view_digest(template: str, view: View) -> bytes:
    """Digest a view, its bodies by what they say, and the name of its template."""
    fields: list[Any] = [template]
    for name in view.__struct_fields__:
        value = getattr(view, name)
        is_shared = type(value) is tuple and value and isinstance(value[0], Card | Block)
        fields.append([shared_digest(card) for card in value] if is_shared else value)
    return digest(_encode(fields))


def value_digest(value: Struct) -> bytes:
    """Digest a value of a view."""
    return digest(_encode((type(value).__name__, value)))


shared_digest = IdentityMemo(value_digest, 65_536)
"""Digest a value that many pages show, once for each object."""


def entry_fingerprint(entry: Entry) -> bytes:
    """Digest all that the entry's card is made from, or the card, once: many lists have the same entry."""
    if not entry.fingerprint:
        entry.fingerprint = entry.inputs() if entry.inputs else value_digest(entry.make())
    return entry.fingerprint


@cached_by_item
def item_fingerprint(content: Content, item: Item) -> bytes:
    """Digest all that a page may know of an item: its fields, and where its links and pictures lead.

    Neither the wording of its body is part of it, nor anything of other items.
    """
    metadata = content.metadata_digests.get(item.document.path) or metadata_digest_of(item, item.document.outline)
    return digest(metadata, *[_target_fingerprint(content, path) for path in mentions(item)])


@cached_by_item
def _target_fingerprint(content: Content, path: str) -> bytes:
    """Encode what a page would show for the thing that a body or a field names by ``path``."""
    if picture := content.pictures.get(path):
        return _encode(picture)
    if address := content.target(path):
        return _encode(address)
    if path.startswith("/"):
        return _encode(content.story_to_come(path) is None)  # till then the words are no link
    return _encode((path in content.published_files, content.files.get(path), content.page_counts.get(path)))


def after_story_fingerprints(content: Composition, story: Story) -> list[bytes]:
    """Digest the blocks under a story. Without external inputs they are made of the story alone, which counts already."""
    return [value_digest(block) for block in content.after_story(story)] if content.external_inputs else []
