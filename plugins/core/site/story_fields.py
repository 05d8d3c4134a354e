"""Fill the fields that the view of every item's own page has."""

from __future__ import annotations

from typing import TypedDict

from plugins.core.media.title_card import TitleCard
from plugins.core.model.item import Item, Story
from plugins.core.model.values import Link, Moment, Picture
from plugins.core.site.composition import Composition
from plugins.core.site.views import Block


class ItemFields(TypedDict):
    """The fields of a `View` that an item decides."""

    url: str
    title: str
    description: str
    picture: Picture | None
    title_card: TitleCard | None
    crumbs: tuple[Link, ...]
    nav: str
    is_indexed: bool
    aside: tuple[Block, ...]


class StoryFields(ItemFields):
    """The fields of a `DatedView` that a story decides."""

    kind: str
    date: Moment
    updated: Moment | None
    credit: str


def item_fields(
    content: Composition, item: Item, *, under: tuple[Link, ...] = (), picture: Picture | None = None
) -> ItemFields:
    """Return the fields of the view of an item's page.

    ``under`` are the pages between the portal's home and this one; the menu marks the first of them.
    """
    url = content.url(item)
    return {
        "url": url,
        "title": item.title,
        "description": item.summary,
        "picture": picture,
        "title_card": None if picture else content.title_card(item),
        "crumbs": content.trail(*under, Link(item.title, url)),
        "nav": under[0].url if under else url,
        "is_indexed": item.is_listed,
        "aside": content.aside,
    }


def story_fields(
    content: Composition, story: Story, *, under: tuple[Link, ...], picture: Picture | None = None
) -> StoryFields:
    """Return the fields of the view of a story's page; ``picture``, where it is not the story's ``image``."""
    picture = picture or content.picture(story.image, story.image_alt)
    fields = item_fields(content, story, under=under, picture=picture)
    updated = story.update_known_at(content.now)
    return {
        **fields,
        "kind": "article",
        "date": Moment(story.date),
        "updated": Moment(updated) if updated else None,
        "credit": story.image_credit,
    }
