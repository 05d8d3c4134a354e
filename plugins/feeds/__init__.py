"""Feeds: the newest entries with their full text, as Atom (RFC 4287) and RSS 2.0, for the
whole portal (``/atom.xml``, ``/rss.xml``) and for each category and each list that a section asks for."""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from plugins.core.model.values import Body, Moment
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.section import Section
from plugins.core.site.views import Card, Entry, Page, View
from plugins.core.text import dates

NEWEST = 20


class FeedEntry(Struct, frozen=True):
    """One entry with its whole text."""

    card: Card
    body: Body
    tags: tuple[str, ...]
    author: str


class FeedView(View, frozen=True, kw_only=True):
    """``home`` is the page that the feed follows. ``updated`` is its newest entry's moment,
    never the clock's, so that a feed changes only when its entries do."""

    home: str
    updated: Moment
    entries: tuple[FeedEntry, ...]


def pages(content: Composition) -> Iterator[Page]:
    """Yield an Atom and an RSS feed of the portal, of each category, and of what sections ask for."""
    site = content.site
    yield from _both(content, addresses.HOME, site.name, site.tagline, content.entries)
    for category in site.categories:
        entries = content.in_category.get(category.slug, ())
        yield from _both(
            content, addresses.category(category.slug), f"{category.title} – {site.name}", category.summary, entries
        )
    for feed in content.feeds:
        yield from _both(content, feed.home, f"{feed.title} – {site.name}", feed.description, feed.entries)


def _both(content: Content, home: str, title: str, description: str, entries: Sequence[Entry]) -> Iterator[Page]:
    newest = tuple(entries[:NEWEST])
    for name in ("atom.xml", "rss.xml"):
        make = partial(_view, content, home, name, title, description or title, newest)
        yield Page(path=addresses.output_path(home + name), template=f"feeds/{name}", make=make, is_indexed=False)


def _view(content: Content, home: str, name: str, title: str, description: str, newest: tuple[Entry, ...]) -> FeedView:
    updated = Moment(newest[0].date if newest else dates.parse("2000-01-01"))
    entries = (
        FeedEntry(entry.card, content.body(entry.story), entry.story.tags, entry.story.author) for entry in newest
    )
    return FeedView(
        url=content.site.url(home + name), title=title, description=description, is_indexed=False,
        home=content.site.url(home), updated=updated, entries=tuple(entries),
    )  # fmt: skip


SECTION = Section(name="feeds", module=__name__, pages=pages)

register = SECTION.register
