"""Check how the names of authors are spelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.core.errors import Problem
from plugins.core.model.item import Item, Story
from plugins.core.site import addresses
from plugins.core.site.content import Content
from plugins.core.site.taxonomy import odd_spellings, position_of
from plugins.core.text.vietnamese import name_key


def rules(content: Content) -> Iterator[Problem]:
    """Report authors who are spelled in more than one way, or alike but for diacritics."""
    uses = [(story.author, story) for story in content.every(Story) if story.author]
    for item, message in odd_spellings(uses, name_key, "author"):
        yield item.problem("author", "NAME_SPELLING", message, "warning")
    yield from alike(content, uses)


def alike(content: Content, uses: Sequence[tuple[str, Item]]) -> Iterator[Problem]:
    """Report names that differ only in diacritics: two people, or a slip of the pen."""
    first: dict[str, tuple[str, Item]] = {}
    for name, item in uses:
        first.setdefault(name_key(name), (name, item))
    for key, slug in content.numbered_authors.items():
        if key in first:
            name, item = first[key]
            other_slug = slug.rpartition("-")[0]
            other = next((other for other in first.values() if content.author_slug(other[0]) == other_slug), None)
            if other:
                message = (
                    f"“{name}” và “{other[0]}” ({position_of(other[1], 'author')}) chỉ khác dấu, nên có hai trang:"
                    f" {addresses.author(slug)} và {addresses.author(other_slug)}. Nếu là một người thì viết thống nhất."
                )
                yield item.problem("author", "NAME_ALIKE", message, "warning")
