"""Tags: everything that carries one, from every section, at ``/the/<slug>/``."""

from collections.abc import Iterator

from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.section import Section
from plugins.core.site.taxonomy import by_name, named_lists
from plugins.core.site.views import Page


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list of tags, and the entries of each."""
    yield from named_lists(
        content, by_name(content.entries, lambda entry: entry.story.tags), addresses.TAGS, content.site.t.tags
    )


SECTION = Section(name="tags", module=__name__, title="Từ khóa", pages=pages)

register = SECTION.register
