"""Make the page that shows the portal at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from plugins.core.model.item import Story
from plugins.core.model.values import Link
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.views import Page, View

PATH = "/so-do-cong/"


class LinkGroup(Struct, frozen=True):
    """Links of one kind under a heading."""

    title: str
    links: tuple[Link, ...]


class OverviewView(View, frozen=True, kw_only=True):
    """All lists and standing pages of the portal, each once."""

    groups: tuple[LinkGroup, ...]


def pages(content: Composition) -> Iterator[Page]:
    """Yield the page that shows the portal at a glance."""
    yield Page(path=addresses.output_path(PATH), template="sitemap/index.html", make=partial(_view, content))


def _view(content: Composition) -> OverviewView:
    t, url = content.site.t.sitemap, content.site.url(PATH)
    return OverviewView(
        url=url,
        title=t.title,
        description=t.description,
        crumbs=content.trail(Link(t.title, url)),
        nav=url,
        aside=content.aside,
        groups=tuple(_groups(content, url)),
    )


def _groups(content: Composition, here: str) -> Iterator[LinkGroup]:
    """Yield the menus, the pages that no list by date leads to, and the websites of others. What stands in a group is in
    none of the groups after it."""
    site, seen = content.site, {here}
    groups = [
        (site.t.main_menu, site.menu),
        (site.t.categories_menu, site.category_links),
        (site.t.sitemap.lists, site.footer),
        *(
            (
                content.section_titles[section],
                tuple(
                    Link(item.title, content.url(item))
                    for item in items
                    if not isinstance(item, Story) and item.is_listed and item.document.path in content.addresses
                ),
            )
            for section, items in content.items.items()
        ),
        (site.t.footer.websites, site.websites),
    ]
    for title, links in groups:
        if rest := tuple(link for link in links if link.url not in seen):
            seen.update(link.url for link in rest)
            yield LinkGroup(title, rest)
