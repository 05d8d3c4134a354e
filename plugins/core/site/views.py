"""Define views: all that a page's template may read, beside ``site``.

A page is a pure function of its view, so the view's digest says whether the page has
to be rendered again. Views hold plain values only; what a template wants worked out is a
property here, never an expression there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from plugins.core.media.title_card import SIZE as TITLE_CARD_SIZE
from plugins.core.media.title_card import TitleCard
from plugins.core.model.item import Story
from plugins.core.model.values import Link, Moment, Picture, SharedImage
from plugins.core.site.identity import Site
from plugins.core.text.vietnamese import mailto


class Card(Struct, frozen=True):
    """One entry in a list."""

    title: str
    url: str
    date: Moment
    summary: str = ""
    category: Link | None = None
    """The category, or the list of the section that the entry is from."""

    picture: Picture | None = None
    badge: str = ""
    """A word or two on how it stands, or how much it holds."""


class Block(Struct, frozen=True, kw_only=True):
    """A section's part of somebody else's page. Each section adds its own fields."""

    template: str
    title: str
    url: str = ""
    """The page with all of the kind, if there is one."""


class Pager(Struct, frozen=True):
    """Where a page of a list stands among the others."""

    number: int
    """Counted from the oldest; 0 for the first page, which is the list's own."""

    newer: str = ""
    """The address of the next newer page; empty where there is none."""

    older: str = ""
    """The address of the next older page; empty where there is none."""


class View(Struct, frozen=True, kw_only=True):
    """The view that every page extends."""

    url: str
    """The page's address, from the server's root."""

    title: str
    description: str = ""
    picture: Picture | None = None
    """The picture that stands for the page where it is shared."""

    title_card: TitleCard | None = None
    """The card that is drawn for a page without a picture."""

    crumbs: tuple[Link, ...] = ()
    """The way to the page, from the home page to itself (`Content.trail`)."""

    nav: str = ""
    """The address of the part of the menu that the page belongs to."""

    is_indexed: bool = True
    """Whether search engines may list it."""

    feed: str = ""
    """The address of a feed that follows the page."""

    aside: tuple[Block, ...] = ()
    """The blocks beside the page."""

    kind: str = "website"
    """Its type as Open Graph names it (ogp.me)."""

    lang: str = "vi"
    """The language of its own words (BCP 47); what is around them is in Vietnamese."""

    @property
    def is_foreign(self) -> bool:
        """Whether its own words are in another language than what is around them."""
        return self.lang != "vi"

    def share_image(self, site: Site) -> SharedImage:
        """Return the picture that stands for the page where it is shared."""
        if self.picture:
            shared = self.picture.shared
            return shared if shared.alt else replace(shared, alt=self.title)
        if self.title_card:
            return SharedImage(site.url(f"/anh/{self.title_card.name}"), *TITLE_CARD_SIZE, self.title)
        return SharedImage(site.url("/og-default.jpg"), 1200, 630, site.name)

    @property
    def parents(self) -> tuple[Link, ...]:
        """The pages that its breadcrumb shows: none where it would be the home page alone."""
        return self.crumbs[:-1] if len(self.crumbs) > 2 else ()

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Return what search engines learn beside the breadcrumb (schema.org, JSON-LD)."""
        return []

    def json_ld(self, site: Site) -> dict[str, Any] | None:
        """Return the page's structured data as one graph."""
        graph = self.structured(site)
        if len(self.crumbs) > 1:
            entries = [
                {"@type": "ListItem", "position": position, "name": crumb.title, "item": site.absolute(crumb.url)}
                for position, crumb in enumerate(self.crumbs, 1)
            ]
            graph = [*graph, {"@type": "BreadcrumbList", "itemListElement": entries}]
        return {"@context": "https://schema.org", "@graph": graph} if graph else None


class TextView(View, frozen=True, kw_only=True):
    """A file of text that is no page and needs no template: a calendar, a table."""

    def text(self, site: Site) -> str:
        """Return the whole file."""
        raise NotImplementedError


class DatedView(View, frozen=True, kw_only=True):
    """A page of something that happened on a day."""

    date: Moment
    updated: Moment | None = None
    """When it last changed so that readers should know."""

    credit: str = ""
    """Who took the picture over the text."""

    @property
    def modified(self) -> Moment:
        """When it last changed, for machines."""
        return self.updated or self.date

    def share_links(self, site: Site) -> tuple[Link, ...]:
        """Return ways to pass the page on: plain links, no script."""
        address = site.absolute(self.url)
        return (
            Link("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={address}"),
            Link(site.t.share.by_email, mailto("", self.title, address)),
        )


class ListView(View, frozen=True, kw_only=True):
    """A list of cards, one page of it."""

    cards: tuple[Card, ...] = ()
    pager: Pager | None = None
    intro: str = ""
    """What stands under the title, where readers see it and not search engines alone."""

    empty: str = ""
    """What stands there instead of cards, when there are none."""


class Page(Struct, frozen=True, kw_only=True):
    """One file to come."""

    path: str
    """From the output folder."""

    template: str
    """Empty where the view is a `TextView`."""

    make: Callable[..., View]
    """Makes the view of ``args``, only when somebody asks: a build that changes one page makes one view."""

    args: tuple[Any, ...] = ()
    """The arguments of ``make`` and ``inputs``."""

    inputs: Callable[..., Iterator[bytes]] | None = None
    """Yields fingerprints (16 bytes) without making the view, where a section has very many pages: where one is equal, the
    view is. Each stands for all that ``make`` looks at but what all pages share (settings, theme) and the wording of bodies;
    the one that is found soonest comes first, even if it differs more often than the view."""

    modified: datetime | None = None
    """The moment of its newest part, for the sitemap, where that is known."""

    source: str = ""
    """The path of the item whose page it is, if it is one's own, for messages."""

    is_indexed: bool = True
    """Whether search engines may list it."""

    @property
    def address(self) -> str:
        """The page's address, from the portal's root: ``/tin-tuc/2020/07/slug/``."""
        return "/" + self.path.removesuffix("index.html")

    @property
    def view(self) -> View:
        """The view, made anew each time."""
        return self.make(*self.args)


class Entry(Struct):
    """A story as lists that gather from all sections need it: tags, archive, feeds."""

    make: Callable[[], Card]
    """Makes its card, which only the pages that are rendered need."""

    section: str
    """The name of the section that the story is from."""

    story: Story

    inputs: Callable[[], bytes] | None = None
    """Makes a fingerprint of all that ``make`` looks at, where the section knows it without making the card."""

    fingerprint: bytes = b""
    """Its ``fingerprints.entry_fingerprint``, once asked for."""

    @property
    def card(self) -> Card:
        """The story as lists show it."""
        return self.make()

    @property
    def date(self) -> datetime:
        return self.story.date


#: The files of a feed, by their names.
FEED_FORMATS = ("atom.xml", "rss.xml", "feed.json")


class Feed(Struct, frozen=True):
    """A feed that a section asks for."""

    home: str
    """The address, from the portal's root, of the page that the feed follows."""

    title: str
    description: str
    entries: tuple[Entry, ...]
    """The entries of that page, newest first."""

    formats: tuple[str, ...] = FEED_FORMATS
