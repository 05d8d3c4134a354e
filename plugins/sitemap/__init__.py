"""Sitemap: every page that may be found, and what robots are told (sitemaps.org 0.9, RFC 9309)."""

from collections.abc import Iterator, Sequence

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
    url = content.site.url
    found = (page for page in pages if page.view.is_indexed)
    rows = sorted(
        (Row(page.view.url, page.modified.isoformat() if page.modified else "") for page in found),
        key=lambda row: row.url,
    )
    yield Page(
        path="sitemap.xml",
        template="sitemap/sitemap.xml",
        view=SitemapView(url=url("/sitemap.xml"), title="", is_indexed=False, rows=tuple(rows)),
    )
    yield Page(
        path="robots.txt", template="sitemap/robots.txt", view=View(url=url("/robots.txt"), title="", is_indexed=False)
    )


SECTION = Section(name="sitemap", module=__name__, closing=closing)
