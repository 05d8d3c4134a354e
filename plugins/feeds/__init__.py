"""Feeds: the newest entries with their full text, as Atom (RFC 4287) and RSS 2.0, for the
whole portal (``/atom.xml``, ``/rss.xml``) and for each category."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from plugins.core import dates
from plugins.core.content import Content
from plugins.core.section import Section
from plugins.core.views import Entry, Page, View

NEWEST = 20


class FeedView(View, frozen=True, kw_only=True):
    """``home`` is the page that the feed follows. ``updated`` is its newest entry's moment,
    never the clock's, so that a feed changes only when its entries do."""

    home: str
    updated: datetime
    entries: tuple[Entry, ...]

    @property
    def iso_updated(self) -> str:
        return self.updated.isoformat()

    @property
    def rfc822_updated(self) -> str:
        return dates.rfc822(self.updated)

    @staticmethod
    def rfc822(moment: datetime) -> str:
        return dates.rfc822(moment)


def pages(content: Content) -> Iterator[Page]:
    site = content.site
    yield from _both(content, "/", site.name, site.tagline, content.entries)
    for category in site.categories:
        some = [entry for entry in content.entries if entry.category == category.slug]
        yield from _both(
            content, f"/chuyen-muc/{category.slug}/", f"{category.title} – {site.name}", category.summary, some
        )


def _both(content: Content, home: str, title: str, description: str, entries: Sequence[Entry]) -> Iterator[Page]:
    newest = tuple(entries[:NEWEST])
    updated = newest[0].card.date if newest else dates.parse("2000-01-01")
    for name in ("atom.xml", "rss.xml"):
        view = FeedView(
            url=content.site.url(home + name), title=title, description=description or title, is_indexed=False,
            home=content.site.url(home), updated=updated, entries=newest,
        )  # fmt: skip
        yield Page(path=(home + name)[1:], template=f"feeds/{name}", view=view)


SECTION = Section(name="feeds", module=__name__, pages=pages)
