"""Give authors whose names differ only in diacritics slugs of their own."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from plugins.core.model.item import Story
from plugins.core.text.vietnamese import name_key, slugify


def numbered_slugs(stories: Iterable[Story]) -> dict[str, str]:
    """Return the slugs, by ``name_key``, of authors whose name without marks is another's too.

    Who wrote first keeps that slug and is not among them, the others get a number. All ``stories`` have an author.
    """
    stories = list(stories)
    first: dict[str, Story] = {}
    names = {story.author for story in stories}
    if len({slugify(name) for name in names}) == len({name_key(name) for name in names}):
        return {}
    for story in sorted(stories, key=lambda story: (story.status == "draft", story.date)):
        first.setdefault(name_key(story.author), story)
    taken = {slugify(name) for name in names}
    owners: set[str] = set()
    numbered: dict[str, str] = {}
    for key, story in first.items():
        slug = slugify(story.author)
        if slug in owners:
            numbered[key] = next(free for number in count(2) if (free := f"{slug}-{number}") not in taken)
            taken.add(numbered[key])
        owners.add(slug)
    return numbered
