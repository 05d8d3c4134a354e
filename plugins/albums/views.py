"""Albums → pages, and the newest ones as a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from plugins.albums.model import Album
from plugins.core.model.references import resolve_path
from plugins.core.model.values import Body, Link, Moment, Picture
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.lists import list_pages
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import story_fields
from plugins.core.site.views import Block, Card, DatedView, Page

PATH = "/thu-vien-anh/"
IN_BLOCK = 3
OTHERS = 3


class Photo(Struct, frozen=True):
    """A photograph, with its description as alternative text, and its caption."""

    picture: Picture
    caption: str


class AlbumView(DatedView, frozen=True, kw_only=True):
    """One album. ``body`` shows the photographs among the words around them; ``photos``
    are the same, for what is told to search engines."""

    count: str
    place: str
    photographer: str
    photos: tuple[Photo, ...]
    body: Body
    tags: tuple[Link, ...]
    others: tuple[Card, ...]

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe the album as an ImageGallery with an ImageObject for each photograph (schema.org)."""
        credit = {"creditText": self.photographer} if self.photographer else {}
        gallery: dict[str, Any] = {
            "@type": "ImageGallery",
            "name": self.title,
            "description": self.description,
            "url": site.absolute(self.url),
            "datePublished": self.date.iso,
            "inLanguage": "vi",
            "associatedMedia": [
                {
                    "@type": "ImageObject",
                    "contentUrl": site.absolute(photo.picture.url("jpg", 1080)),
                    "thumbnailUrl": site.absolute(photo.picture.url("jpg", 480)),
                    "caption": photo.caption or photo.picture.alt,
                    **credit,
                }
                for photo in self.photos
            ],
        }
        if self.place:
            gallery["contentLocation"] = {"@type": "Place", "name": self.place}
        return [gallery]


class AlbumBlock(Block, frozen=True, kw_only=True):
    """The covers of the newest albums, the first one larger and with its summary."""

    cards: tuple[Card, ...]


def home(content: Content) -> Link:
    """Return the link to the list of all albums."""
    return Link(content.site.t.albums.title, content.site.url(PATH))


@cached_by_item
def photos(content: Content, album: Album) -> tuple[Photo, ...]:
    """Return the album's photographs that are there.

    One without a description (which is reported) is named by its caption or its number: it is a link.
    """
    t = content.site.t.albums
    shown = []
    for number, ref in enumerate(album.shown, 1):
        alt = ref.alt.strip() or ref.caption or t.photo.format(number=number)
        if picture := content.picture(resolve_path(album.document.path, ref.src), alt):
            shown.append(Photo(picture, ref.caption))
    return tuple(shown)


def cover(content: Content, album: Album) -> Picture | None:
    """Return the picture that stands for the album."""
    if picture := content.picture(album.image, album.image_alt):
        return picture
    return next((photo.picture for photo in photos(content, album)), None)


@cached_by_item
def card(content: Content, album: Album) -> Card:
    """Return the album as lists show it: its cover needs no description, the title says what it is."""
    picture = cover(content, album)
    return Card(
        title=album.title,
        url=content.url(album),
        date=Moment(album.date),
        summary=album.summary,
        category=home(content),
        picture=picture.described("") if picture else None,
        badge=_count(content, album),
    )


def _count(content: Content, album: Album) -> str:
    return str(content.site.t.albums.count.format(count=len(photos(content, album))))


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the newest albums, the first one larger."""
    cards = [card(content, album) for album in content.listed(Album)[:IN_BLOCK]]
    if not cards:
        return {}
    shown = (cards[0], *(msgspec.structs.replace(small, summary="") for small in cards[1:]))
    t, url = content.site.t.albums, content.site.url(PATH)
    return {"albums": AlbumBlock(template="albums/block.html", title=t.title, url=url, cards=shown)}


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list of albums, and a page for each."""
    t = content.site.t.albums
    cards = [card(content, album) for album in content.listed(Album)]
    yield from list_pages(
        content, cards, PATH, t.title,
        template="albums/index.html", description=t.description, empty=t.empty,
    )  # fmt: skip
    for album in content.public(Album):
        yield content.page_of(album, "albums/detail.html", partial(_view, content, album, cards))


def _view(content: Composition, album: Album, cards: Sequence[Card]) -> AlbumView:
    url = content.url(album)
    return AlbumView(
        **story_fields(content, album, under=(home(content),), picture=cover(content, album)),
        count=_count(content, album),
        place=album.place,
        photographer=album.photographer,
        photos=photos(content, album),
        body=_body(content, album),
        tags=content.tag_links(album),
        others=tuple(islice((card for card in cards if card.url != url), OTHERS)),
    )


def _body(content: Content, album: Album) -> Body:
    """Return the text, in which every photograph has a name and leads to its largest size."""
    body, shown = content.body(album), iter(photos(content, album))
    targets = tuple(next(shown).picture if isinstance(target, Picture) else target for target in body.targets)
    return Body(body.digest, targets, "albums/photo.html")
