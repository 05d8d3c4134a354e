"""Authors: what each person or unit has written, at ``/tac-gia/<slug>/``."""

from collections.abc import Iterator

from plugins.authors.rules import rules
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.section import Section
from plugins.core.site.taxonomy import by_name, named_lists
from plugins.core.site.views import Page
from plugins.core.text.vietnamese import name_key


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list of authors, and the entries of each."""
    groups = by_name(content.entries, lambda entry: [entry.story.author] if entry.story.author else [], name_key)
    yield from named_lists(content, groups, addresses.AUTHORS, content.site.t.authors, content.author_slug)


SECTION = Section(name="authors", module=__name__, title="Tác giả", pages=pages, rules=rules)

register = SECTION.register
