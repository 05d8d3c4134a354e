"""Search: its page, which without a script leads to sections, years and tags, and the index that the script asks."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from plugins.core.model.values import Link
from plugins.core.site import addresses
from plugins.core.site.composition import ListedContent
from plugins.core.site.section import Section, SectionFiles, Workshop
from plugins.core.site.taxonomy import Group, by_tag
from plugins.core.site.views import Card, Page, View
from plugins.search.index import Index, searched
from plugins.search.layout import FOLDER

NEWEST = 5


class Choice(Struct, frozen=True):
    """A section to which a search can be narrowed: its name and its title."""

    name: str
    title: str


class SearchView(View, frozen=True, kw_only=True):
    """Ways to find something by hand."""

    index: str
    """The address of the index, from the server's root."""

    searched: tuple[Choice, ...]
    """The sections that have something to be found."""

    sections: tuple[Link, ...]
    categories: tuple[Link, ...]
    years: tuple[Group, ...]
    tags: tuple[Group, ...]
    newest: tuple[Card, ...]


def pages(content: ListedContent) -> Iterator[Page]:
    """Yield the search page."""
    yield Page(path=addresses.output_path(addresses.SEARCH), template="search/index.html", make=partial(_view, content))


def files(content: ListedContent, workshop: Workshop) -> SectionFiles:
    """Bring up to date the index that the page's script asks."""
    return Index(content, workshop).files()


def _view(content: ListedContent) -> SearchView:
    site, url = content.site, content.site.url
    years = Counter(entry.date.year for entry in content.entries)
    tags = by_tag(content)
    return SearchView(
        url=url(addresses.SEARCH),
        title=site.t.search.title,
        description=site.t.search.description,
        crumbs=content.trail(Link(site.t.search.title, url(addresses.SEARCH))),
        nav=url(addresses.SEARCH),
        index=url(FOLDER),
        searched=_searched(content),
        sections=tuple(link for link in site.menu if link.url != url(addresses.HOME)),
        categories=tuple(Link(category.title, url(addresses.category(category.slug))) for category in site.categories),
        years=tuple(
            Group(str(year), url(addresses.year(year)), count) for year, count in sorted(years.items(), reverse=True)
        ),
        tags=tuple(Group(name, url(addresses.tag(name)), len(entries)) for name, entries in tags.items()),
        newest=tuple(entry.card for entry in content.entries[:NEWEST]),
    )


def _searched(content: ListedContent) -> tuple[Choice, ...]:
    """Return the sections that have something to be found, in the order of the settings."""
    names = {content.section_of[model] for model in set(map(type, searched(content)))}
    return tuple(Choice(name, title) for name, title in content.section_titles.items() if name in names)


SECTION = Section(name="search", module=__name__, title="Tìm kiếm", pages=pages, files=files)

register = SECTION.register
