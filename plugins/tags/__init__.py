"""Tags: everything that carries one, from every section, at ``/the/<slug>/``."""

from collections.abc import Iterator

from plugins.core.site import addresses
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.lists import MIN_INDEXED
from plugins.core.site.section import Section
from plugins.core.site.taxonomy import by_tag, named_lists
from plugins.core.site.views import Feed, Page


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list of tags, and the entries of each."""
    yield from named_lists(content, by_tag(content), addresses.TAGS, content.site.t.tags, feeds=True)


def feeds(content: ListedContent) -> Iterator[Feed]:
    """Yield a feed of each tag that some stories carry, in one format: there are many tags."""
    t = content.site.t.tags
    for name, entries in by_tag(content).items():
        if len(entries) >= MIN_INDEXED:
            title, about = t.heading.format(name=name), t.about.format(name=name)
            yield Feed(addresses.tag(name), title, about, tuple(entries), ("atom.xml",))


SECTION = Section(name="tags", module=__name__, title="Từ khóa", pages=pages, feeds=feeds)

register = SECTION.register
