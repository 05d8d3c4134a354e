"""Tell search engines every page that may be found (sitemaps.org 0.9), and robots what they may read (RFC 9309)."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from html import escape

from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.views import Page, TextView, View


class SitemapView(TextView, frozen=True, kw_only=True):
    """Every page that may be found, by address: the address and, where known, the day of its
    newest part, never the build's."""

    rows: tuple[tuple[str, str], ...]

    def text(self, site: Site) -> str:
        return "\n".join(
            (
                '<?xml version="1.0" encoding="utf-8"?>',
                '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
                *(
                    f"<url><loc>{escape(site.absolute(url))}</loc>{modified and f'<lastmod>{modified}</lastmod>'}</url>"
                    for url, modified in self.rows
                ),
                "</urlset>\n",
            )
        )


class RobotsView(View, frozen=True, kw_only=True):
    """The view of ``robots.txt``."""

    sitemap: str
    """The address of the sitemap, from the server's root."""


def final_pages(content: Content, pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the sitemap and ``robots.txt``."""
    make = cache(partial(_sitemap, content, pages))  # it is large: made once for its key and its text
    yield Page(path="sitemap.xml", template="", make=make, is_indexed=False)
    url = content.site.url
    robots = RobotsView(url=url("/robots.txt"), title="", is_indexed=False, sitemap=url("/sitemap.xml"))
    yield Page(path="robots.txt", template="sitemap/robots.txt", make=lambda: robots, is_indexed=False)


def _sitemap(content: Content, pages: Sequence[Page]) -> SitemapView:
    url = content.site.url
    rows = [
        (url(page.address), page.modified.isoformat() if page.modified else "") for page in pages if page.is_indexed
    ]
    return SitemapView(url=url("/sitemap.xml"), title="", is_indexed=False, rows=tuple(sorted(rows)))
