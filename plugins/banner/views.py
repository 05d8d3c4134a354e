"""Banners → one block for each position. A banner has no page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from plugins.banner.model import POSITIONS, Banner
from plugins.core.model.values import Link, Picture
from plugins.core.site.content import Content
from plugins.core.site.views import Block
from plugins.core.text import dates


class Poster(Struct, frozen=True):
    """A banner as pages show it: where it leads, and its picture or what its panel shows."""

    link: Link
    picture: Picture | None
    line: str
    figure: str
    colour: str


class BannerBlock(Block, frozen=True, kw_only=True):
    """The banners of one position, in order."""

    position: str
    posters: tuple[Poster, ...]

    @property
    def is_wide(self) -> bool:
        """Whether its banners are strips across the page, not cards in a column."""
        return self.position in ("top", "home")


def blocks(content: Content) -> Mapping[str, Block]:
    """Return ``banner.left``, ``banner.right``, ``banner.top``, ``banner.home``: those that are not empty."""
    blocks: dict[str, Block] = {}
    for position in POSITIONS:
        banners = sorted(
            (
                banner
                for banner in content.listed(Banner)
                if banner.position == position
                and banner.is_shown(content.now)
                and not content.story_to_come(banner.link)  # it would lead nowhere yet
            ),
            key=lambda banner: (banner.order, banner.document.path),
        )
        posters = tuple(
            _poster(content, banner) for banner in banners if not banner.image or banner.image in content.pictures
        )
        if posters:
            blocks[f"banner.{position}"] = BannerBlock(
                template="banner/block.html", title=content.site.t.banner.title, position=position, posters=posters
            )
    return blocks


def _poster(content: Content, banner: Banner) -> Poster:
    link = content.site.url(banner.link) if banner.link.startswith("/") else banner.link
    picture = content.picture(banner.image, banner.alt)
    return Poster(Link(banner.title, link), picture, banner.line, banner.figure, banner.colour)


def change_times(content: Content) -> Iterator[datetime]:
    """Yield when a banner appears, and when it leaves."""
    for banner in content.listed(Banner):
        if banner.starts:
            yield banner.starts
        if banner.until:
            yield dates.minute_after(banner.until)
