"""Tags: everything that carries one, from every section, at ``/the/<slug>/``."""

from collections.abc import Iterator

from plugins.core.content import Content
from plugins.core.gather import by_name, named_lists
from plugins.core.section import Section
from plugins.core.views import Page


def pages(content: Content) -> Iterator[Page]:
    yield from named_lists(
        content, by_name(content.entries, lambda entry: entry.story.tags), "/the/", content.site.t.tags
    )


SECTION = Section(name="tags", module=__name__, title="Thẻ", pages=pages)
