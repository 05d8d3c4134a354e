"""Authors: what each person or unit has written, at ``/tac-gia/<slug>/``."""

from collections.abc import Iterator, Sequence

from plugins.core.errors import Problem
from plugins.core.model.item import Item, Story
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.section import Section
from plugins.core.site.taxonomy import by_name, named_lists, odd_spellings, place_of
from plugins.core.site.views import Page
from plugins.core.text.vietnamese import name_key


def pages(content: Composition) -> Iterator[Page]:
    groups = by_name(content.entries, lambda entry: [entry.story.author] if entry.story.author else [], name_key)
    yield from named_lists(content, groups, addresses.AUTHORS, content.site.t.authors, content.author_slug)


def rules(content: Content) -> Iterator[Problem]:
    """One person is spelt in one way; two who differ only in marks are told apart by their addresses."""
    uses = [(story.author, story) for story in content.every(Story) if story.author]
    for item, message in odd_spellings(uses, name_key, "author"):
        yield item.problem("author", "NAME_SPELLING", message, "warning")
    yield from alike(content, uses)


def alike(content: Content, uses: Sequence[tuple[str, Item]]) -> Iterator[Problem]:
    """Names that are one but for their marks: two people, or a slip of the pen."""
    first: dict[str, tuple[str, Item]] = {}
    for name, item in uses:
        first.setdefault(name_key(name), (name, item))
    for key, slug in content.numbered_authors.items():
        if key in first:
            name, item = first[key]
            plain = slug.rpartition("-")[0]
            one = next((one for one in first.values() if content.author_slug(one[0]) == plain), None)
            if one:
                message = (
                    f"“{name}” và “{one[0]}” ({place_of(one[1], 'author')}) chỉ khác dấu, nên có hai trang:"
                    f" {addresses.author(slug)} và {addresses.author(plain)}. Nếu là một người thì viết thống nhất."
                )
                yield item.problem("author", "NAME_ALIKE", message, "warning")


SECTION = Section(name="authors", module=__name__, title="Tác giả", pages=pages, rules=rules)
