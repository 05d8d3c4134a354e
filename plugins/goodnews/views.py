"""Good news → a stream by days, a small page for each piece, and a block for other pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from msgspec import Struct

from plugins.core.model.values import Body, Link, Moment, Picture
from plugins.core.site import addresses
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.memo import cached_by_item
from plugins.core.site.pagination import paginate
from plugins.core.site.story_fields import story_fields
from plugins.core.site.views import Block, Card, DatedView, Feed, Page, Pager, View
from plugins.core.text.vietnamese import mailto
from plugins.goodnews.model import GoodNews

PATH = "/moi-ngay-mot-tin-tot/"
IN_BLOCK = 3


class Piece(Struct, frozen=True):
    """One piece in the stream. ``body`` is its whole text; a story has its summary there instead,
    and so has a text with names in it, which could meet those of others on the page."""

    title: str
    url: str
    place: str
    picture: Picture | None
    summary: str
    body: Body | None
    is_story: bool


class Day(Struct, frozen=True):
    """The pieces of one day, newest first."""

    date: Moment
    pieces: tuple[Piece, ...]


class StreamView(View, frozen=True, kw_only=True):
    """One page of the stream, newest day first."""

    days: tuple[Day, ...]
    pager: Pager
    empty: str

    def send_url(self, site: Site) -> str:
        """Build a letter to the editors with the questions that they would ask."""
        t = site.t.goodnews
        return mailto(site.organization.email, t.send_subject, t.send_body)

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe a CollectionPage (schema.org)."""
        articles = [
            {
                "@type": "NewsArticle",
                "headline": piece.title[:110],
                "url": site.absolute(piece.url),
                "datePublished": day.date.day,
            }
            for day in self.days
            for piece in day.pieces
        ]
        page = {"@type": "CollectionPage", "name": self.title, "url": site.absolute(self.url), "inLanguage": "vi"}
        return [page | {"hasPart": articles}]


class PieceView(DatedView, frozen=True, kw_only=True):
    """One piece. ``newer`` and ``older`` are its neighbours in the stream."""

    place: str
    is_story: bool
    summary: str
    caption: str
    body: Body
    tags: tuple[Link, ...]
    newer: Link | None
    older: Link | None
    after_story: tuple[Block, ...]

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe a NewsArticle (schema.org)."""
        article: dict[str, Any] = {
            "@type": "NewsArticle",
            "headline": self.title[:110],
            "description": self.description,
            "datePublished": self.date.iso,
            "inLanguage": "vi",
            "mainEntityOfPage": site.absolute(self.url),
            "publisher": {
                "@type": "Organization",
                "name": site.organization.name,
                "url": site.absolute(site.home_url),
            },
        }
        if self.place:
            article["contentLocation"] = {"@type": "Place", "name": self.place}
        if self.picture:
            article["image"] = [site.absolute(self.picture.url("jpg", 1080))]
        return [article]


class GoodNewsBlock(Block, frozen=True, kw_only=True):
    """The newest pieces, a line each, and the newest story."""

    lines: tuple[Card, ...]
    story: Card | None


def home(content: Content) -> Link:
    """Return the link to the stream."""
    return Link(content.site.t.goodnews.title, content.site.url(PATH))


@cached_by_item
def card(content: Content, item: GoodNews) -> Card:
    """Return the piece among other entries."""
    date, picture = Moment(item.date), content.picture(item.image)
    return Card(item.title, content.url(item), date, item.summary, home(content), picture)


def feeds(content: ListedContent) -> Iterator[Feed]:
    """Yield the stream's feed."""
    t = content.site.t.goodnews
    yield Feed(PATH, t.title, t.description, content.by_section["goodnews"])


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the newest pieces and the newest story."""
    listed = content.listed(GoodNews)
    if not listed:
        return {}
    lines = [card(content, item) for item in listed if not item.is_story][:IN_BLOCK]
    story = next((card(content, item) for item in listed if item.is_story), None)
    t, url = content.site.t.goodnews, content.site.url(PATH)
    return {
        "goodnews": GoodNewsBlock(
            template="goodnews/block.html", title=t.title, url=url, lines=tuple(lines), story=story
        )
    }


def pages(content: Composition) -> Iterator[Page]:
    """Yield the pages of the stream, and each piece."""
    listed = content.listed(GoodNews)
    for address, items, pager in paginate(listed, PATH):
        yield Page(
            path=addresses.output_path(address),
            template="goodnews/index.html",
            make=partial(_stream, content, address, items, pager),
            modified=items[0].date if items else None,
        )
    neighbours = {
        item.document.path: (newer, older)
        for newer, item, older in zip((None, *listed), listed, (*listed[1:], None), strict=False)
    }
    for item in content.public(GoodNews):
        newer, older = neighbours.get(item.document.path, (None, None))
        yield content.page_of(item, "goodnews/detail.html", partial(_view, content, item, newer, older))


def _stream(content: Composition, address: str, items: Iterable[GoodNews], pager: Pager) -> StreamView:
    t, url, number = content.site.t, content.site.url, pager.number
    title = t.page_of.format(title=t.goodnews.title, number=number) if number else t.goodnews.title
    numbered = (Link(t.page.format(number=number), url(address)),) if number else ()
    return StreamView(
        url=url(address),
        title=title,
        description=t.goodnews.description,
        crumbs=content.trail(home(content), *numbered),
        nav=url(PATH),
        feed=url(addresses.feed(PATH)),
        aside=content.aside,
        days=tuple(
            Day(Moment(newest.date), tuple(_piece(content, item) for item in (newest, *others)))
            for _, (newest, *others) in groupby(items, key=lambda item: item.date.date())
        ),
        pager=Pager(number, pager.newer and url(pager.newer), pager.older and url(pager.older)),
        empty=t.goodnews.empty,
    )


def _piece(content: Composition, item: GoodNews) -> Piece:
    is_whole = not item.is_story and not item.document.outline.anchors
    return Piece(
        title=item.title,
        url=content.url(item),
        place=item.place,
        picture=content.picture(item.image, item.image_alt),
        summary="" if is_whole else item.summary,
        body=content.body(item) if is_whole else None,
        is_story=item.is_story,
    )


def _view(content: Composition, item: GoodNews, newer: GoodNews | None, older: GoodNews | None) -> PieceView:
    t = content.site.t.goodnews
    fields = story_fields(content, item, under=(home(content),))
    if not item.summary:
        about = t.about_at if item.place else t.about
        fields["description"] = about.format(date=fields["date"].short, place=item.place)
    return PieceView(
        **fields,
        place=item.place,
        is_story=item.is_story,
        summary=item.summary,
        caption=item.image_caption,
        body=content.body(item),
        tags=content.tag_links(item),
        newer=_link(content, newer),
        older=_link(content, older),
        after_story=content.after_story(item),
    )


def _link(content: Content, item: GoodNews | None) -> Link | None:
    return Link(item.title, content.url(item)) if item else None
