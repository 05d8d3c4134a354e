"""Videos → pages and a strip for other pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from plugins.core.model.values import Body, FileLink, Link, Moment, Picture
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.lists import list_pages
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import story_fields
from plugins.core.site.structured import publisher
from plugins.core.site.views import Block, Card, DatedView, Page
from plugins.video.model import Video

PATH = "/video/"
IN_STRIP = 4
OTHERS = 4


class VideoView(DatedView, frozen=True, kw_only=True):
    """One film. ``watch_url`` is where a reader without script goes; ``youtube`` is the
    film's code there, empty when the film is our own ``file``."""

    youtube: str
    file: FileLink | None
    captions: FileLink | None
    poster: Picture
    seconds: int
    body: Body
    tags: tuple[Link, ...]
    others: tuple[Card, ...]

    @property
    def duration(self) -> str:
        return clock(self.seconds)

    @property
    def watch_url(self) -> str:
        if self.file:
            return self.file.url
        return f"https://www.youtube.com/watch?v={self.youtube}"

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe the film as a VideoObject (schema.org)."""
        film: dict[str, Any] = {
            "@type": "VideoObject",
            "name": self.title,
            "description": self.description or self.title,
            "thumbnailUrl": [site.absolute(self.poster.shared.url)],
            "uploadDate": self.date.iso,
            "duration": f"PT{self.seconds // 60}M{self.seconds % 60}S",
            "inLanguage": self.lang,
            "publisher": publisher(site),
            "url": site.absolute(self.url),
        }
        if self.file:
            film["contentUrl"] = site.absolute(self.file.url)
        else:
            film["embedUrl"] = f"https://www.youtube-nocookie.com/embed/{self.youtube}"
        return [film]


class VideoBlock(Block, frozen=True, kw_only=True):
    """The newest films, as a strip."""

    cards: tuple[Card, ...]


def clock(seconds: int) -> str:
    """Format seconds: ``275`` → ``4:35``; ``3730`` → ``1:02:10``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@cached_by_item
def card(content: Content, video: Video) -> Card:
    """Return the film as lists show it."""
    return Card(
        title=video.title,
        url=content.url(video),
        date=Moment(video.date),
        summary=video.summary,
        picture=content.picture(video.poster),
        badge=clock(video.duration),
    )


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the newest films."""
    cards = tuple(card(content, video) for video in content.listed(Video)[:IN_STRIP])
    if not cards:
        return {}
    t = content.site.t.video
    return {"video": VideoBlock(template="video/block.html", title=t.title, url=content.site.url(PATH), cards=cards)}


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list of films, and a page for each."""
    t = content.site.t
    cards = [card(content, video) for video in content.listed(Video)]
    yield from list_pages(
        content,
        cards,
        PATH,
        t.video.title,
        template="video/index.html",
        description=t.video.description,
        empty=t.video.empty,
    )
    for video in content.public(Video):
        if poster := content.picture(video.poster, video.poster_alt):  # what has none is reported by the rules
            yield content.page_of(video, "video/detail.html", partial(_view, content, video, poster, cards))


def _view(content: Composition, video: Video, poster: Picture, cards: Sequence[Card]) -> VideoView:
    url, home = content.url(video), Link(content.site.t.video.title, content.site.url(PATH))
    fields = story_fields(content, video, under=(home,), picture=poster)
    fields["kind"] = "video.other"
    return VideoView(
        **fields,
        youtube=video.youtube,
        file=content.file(video.file) if video.file in content.files else None,
        captions=content.file(video.captions) if video.captions in content.files else None,
        poster=poster,
        seconds=video.duration,
        body=content.body(video),
        tags=content.tag_links(video),
        others=tuple(islice((card for card in cards if card.url != url), OTHERS)),
    )
