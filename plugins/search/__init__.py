"""Search: the landing page, which without an engine leads to sections, years and tags."""

from collections.abc import Iterator
from functools import partial

from plugins.core.model.values import Link
from plugins.core.site import addresses
from plugins.core.site.composition import ListedContent
from plugins.core.site.content import Content
from plugins.core.site.section import Section, Workshop
from plugins.core.site.taxonomy import Group, by_name
from plugins.core.site.views import Card, Page, View
from plugins.search.index_pages import IndexPages

NEWEST = 6


class SearchView(View, frozen=True, kw_only=True):
    """Ways to find something by hand."""

    sections: tuple[Link, ...]
    categories: tuple[Link, ...]
    years: tuple[Group, ...]
    tags: tuple[Group, ...]
    newest: tuple[Card, ...]


def pages(content: ListedContent) -> Iterator[Page]:
    """Yield the search page and the index that its script asks."""
    yield from _index_pages(content).pages()
    yield Page(path=addresses.output_path(addresses.SEARCH), template="search/index.html", make=partial(_view, content))


def prepare(content: Content, workshop: Workshop) -> None:
    """Bring the index up to date."""
    _index_pages(content).index.prepare(workshop)


def _index_pages(content: Content) -> IndexPages:
    pages: IndexPages = content.memo.get(IndexPages) or IndexPages(content)
    content.memo[IndexPages] = pages
    return pages


def _view(content: ListedContent) -> SearchView:
    site, url = content.site, content.site.url
    years: dict[int, int] = {}
    for entry in content.entries:
        years[entry.date.year] = years.get(entry.date.year, 0) + 1
    tags = by_name(content.entries, lambda entry: entry.story.tags)
    return SearchView(
        url=url(addresses.SEARCH),
        title=site.t.search.title,
        description=site.t.search.description,
        crumbs=content.trail(Link(site.t.search.title, url(addresses.SEARCH))),
        nav=url(addresses.SEARCH),
        sections=tuple(link for link in site.menu if link.url != url(addresses.HOME)),
        categories=tuple(Link(category.title, url(addresses.category(category.slug))) for category in site.categories),
        years=tuple(
            Group(str(year), url(addresses.year(year)), count) for year, count in sorted(years.items(), reverse=True)
        ),
        tags=tuple(Group(name, url(addresses.tag(name)), len(entries)) for name, entries in tags.items()),
        newest=tuple(entry.card for entry in content.entries[:NEWEST]),
    )


SECTION = Section(name="search", module=__name__, title="Tìm kiếm", pages=pages, prepare=prepare)

register = SECTION.register
