"""Sitemap: every page that may be found, and what robots are told (sitemaps.org 0.9, RFC 9309)."""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from plugins.core.content import Content
from plugins.core.section import Section
from plugins.core.views import Page, View


class Row(Struct, frozen=True):
    """A page's address and, where known, the day of its newest part: never the build's."""

    url: str
    modified: str


class SitemapView(View, frozen=True, kw_only=True):
    """Every page that may be found, by address."""

    rows: tuple[Row, ...]


def closing(content: Content, pages: Sequence[Page]) -> Iterator[Page]:
    yield Page(
        path="sitemap.xml", template="sitemap/sitemap.xml", make=partial(_sitemap, content, pages), is_indexed=False
    )
    robots = View(url=content.site.url("/robots.txt"), title="", is_indexed=False)
    yield Page(path="robots.txt", template="sitemap/robots.txt", make=lambda: robots, is_indexed=False)


def _sitemap(content: Content, pages: Sequence[Page]) -> SitemapView:
    url = content.site.url
    rows = sorted(
        (
            Row(url(page.address), page.modified.isoformat() if page.modified else "")
            for page in pages
            if page.is_indexed
        ),
        key=lambda row: row.url,
    )
    return SitemapView(url=url("/sitemap.xml"), title="", is_indexed=False, rows=tuple(rows))


SECTION = Section(name="sitemap", module=__name__, closing=closing)
