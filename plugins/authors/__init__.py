"""Authors: what each person or unit has written, at ``/tac-gia/<slug>/``."""

from collections.abc import Iterator

from plugins.core.content import Content
from plugins.core.gather import by_name, named_lists
from plugins.core.section import Section
from plugins.core.views import Page


def pages(content: Content) -> Iterator[Page]:
    groups = by_name(content.entries, lambda entry: [entry.story.author] if entry.story.author else [])
    yield from named_lists(content, groups, "/tac-gia/", content.site.t.authors)


SECTION = Section(name="authors", module=__name__, title="Tác giả", pages=pages)
