"""Campaigns → their pages, the list of them, and tiles for other pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from msgspec import Struct

from plugins.campaigns.model import FRAME, LANGUAGES, Campaign
from plugins.core.model.values import Body, Link, Picture
from plugins.core.site import addresses
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import item_fields
from plugins.core.site.taxonomy import Group
from plugins.core.site.views import Block, Card, Entry, Page, View
from plugins.core.text import dates
from plugins.core.text.vietnamese import slugify

PATH = "/chuyen-de/"
IN_BLOCK = 4
IN_SHELF = 6  # entries of one section; the tags' pages have the rest


class Tile(Struct, frozen=True):
    """A campaign as lists show it. ``time`` says how long it runs or since when it is over, or nothing."""

    title: str
    url: str
    summary: str
    picture: Picture | None
    time: str
    is_over: bool


class Version(Struct, frozen=True):
    """One language of a campaign: its tag, its own name for itself, its page."""

    lang: str
    name: str
    url: str
    is_here: bool

    @property
    def locale(self) -> str:
        return LANGUAGES[self.lang].locale


class Shelf(Struct, frozen=True):
    """The stories of one section on a campaign, newest first. ``note`` tells readers where not all are shown."""

    title: str
    note: str
    cards: tuple[Card, ...]


class CampaignView(View, frozen=True, kw_only=True):
    """One campaign. ``versions`` are its languages, none where there is but one; ``tags`` what it gathers by."""

    tile: Tile
    lang: str
    versions: tuple[Version, ...]
    body: Body
    shelves: tuple[Shelf, ...]
    tags: tuple[Group, ...]

    @property
    def is_foreign(self) -> bool:
        """Whether its own words are in another language than what is around them."""
        return self.lang != FRAME

    @property
    def locale(self) -> str:
        return LANGUAGES[self.lang].locale

    @property
    def others(self) -> tuple[Version, ...]:
        """The same in other languages."""
        return tuple(version for version in self.versions if not version.is_here)

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe the campaign as a CollectionPage with what it gathers (schema.org)."""
        page: dict[str, Any] = {
            "@type": "CollectionPage",
            "name": self.title,
            "description": self.description,
            "url": site.absolute(self.url),
            "inLanguage": self.lang,
            "hasPart": [
                {"@type": "CreativeWork", "name": card.title, "url": site.absolute(card.url)}
                for shelf in self.shelves
                for card in shelf.cards
            ],
        }
        if self.picture:
            page["image"] = [site.absolute(self.picture.url("jpg", 1080))]
        for version in self.others:
            # the original comes first among the versions
            relation = "translationOfWork" if version is self.versions[0] else "workTranslation"
            other = {"@type": "CollectionPage", "url": site.absolute(version.url), "inLanguage": version.lang}
            page.setdefault(relation, []).append(other)
        return [page]


class CampaignList(View, frozen=True, kw_only=True):
    """Every campaign: those that run, and those that are over."""

    running: tuple[Tile, ...]
    over: tuple[Tile, ...]
    empty: str


class CampaignBlock(Block, frozen=True, kw_only=True):
    """The first campaigns of those that run."""

    tiles: tuple[Tile, ...]


def home(content: Content) -> Link:
    """Return the link to the list of campaigns."""
    return Link(content.site.t.campaigns.title, content.site.url(PATH))


def original(content: Content, campaign: Campaign) -> Campaign:
    """Return the campaign that this one translates, where it has its page; else itself."""
    if not campaign.translates:
        return campaign
    originals = (other for other in content.public(Campaign) if other.name == campaign.translates)
    return next(originals, campaign)


def gathered(content: ListedContent, tags: Iterable[str]) -> tuple[Entry, ...]:
    """Return the entries of every section that carry one of ``tags``, however it is spelled; newest first."""
    wanted = {slugify(tag) for tag in tags}
    return tuple(entry for entry in content.entries if not wanted.isdisjoint(map(slugify, entry.story.tags)))


def shelves(content: ListedContent, entries: Iterable[Entry]) -> tuple[Shelf, ...]:
    """Group ``entries`` by section, the sections as the settings order them."""
    by_section: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_section[entry.section].append(entry)
    return tuple(
        Shelf(
            title=title,
            note=content.site.t.campaigns.newest.format(shown=IN_SHELF, count=len(gathered))
            if len(gathered) > IN_SHELF
            else "",
            cards=tuple(entry.card for entry in gathered[:IN_SHELF]),
        )
        for name, title in content.section_titles.items()
        if (gathered := by_section.get(name))
    )


def tag_groups(content: Content, tags: Iterable[str], entries: Iterable[Entry]) -> tuple[Group, ...]:
    """Return those of ``tags`` that have a page, with how many of ``entries`` carry each."""
    counts = Counter(slug for entry in entries for slug in set(map(slugify, entry.story.tags)))
    url = content.site.url
    return tuple(Group(tag, url(addresses.tag(tag)), count) for tag in tags if (count := counts[slugify(tag)]))


def versions(content: Content, campaign: Campaign) -> tuple[Version, ...]:
    """Return the languages in which readers find the campaign, the original's first; none if there is only one."""
    first = original(content, campaign)
    listed = content.listed(Campaign)
    others = [other for other in listed if other is not first and original(content, other) is first]
    shown = [*([first] if first in listed else []), *sorted(others, key=lambda other: other.lang)]
    if len(shown) < 2 or campaign not in shown:
        return ()
    return tuple(
        Version(other.lang, LANGUAGES[other.lang].name, content.url(other), is_here=other is campaign)
        for other in shown
    )


@cached_by_item
def tile(content: Content, campaign: Campaign) -> Tile:
    """Return the campaign as lists show it."""
    t, first = content.site.t.campaigns, original(content, campaign)
    ends = campaign if campaign.ends else first
    is_over = ends.is_over(content.now)
    words = t.ended if is_over else t.lasts
    return Tile(
        title=campaign.title,
        url=content.url(campaign),
        summary=campaign.summary,
        picture=content.picture(campaign.image or first.image, campaign.image_alt),
        time=words.format(date=dates.short_date(ends.ends)) if ends.ends else "",
        is_over=is_over,
    )


def tiles(content: Content) -> list[Tile]:
    """Return every campaign once, in its first language, in order."""
    first = [campaign for campaign in content.listed(Campaign) if original(content, campaign) is campaign]
    first.sort(key=lambda campaign: (campaign.order, campaign.document.path))
    return [tile(content, campaign) for campaign in first]


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the first campaigns of those that run."""
    running = tuple(tile for tile in tiles(content) if not tile.is_over)
    if not running:
        return {}
    t, url = content.site.t.campaigns, content.site.url(PATH)
    return {
        "campaigns": CampaignBlock(template="campaigns/block.html", title=t.title, url=url, tiles=running[:IN_BLOCK])
    }


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list of campaigns, and a page for each."""
    yield Page(path=addresses.output_path(PATH), template="campaigns/index.html", make=partial(_list, content))
    for campaign in content.public(Campaign):
        yield content.page_of(campaign, "campaigns/detail.html", partial(_view, content, campaign))


def _list(content: Composition) -> CampaignList:
    t, link, campaigns = content.site.t.campaigns, home(content), tiles(content)
    return CampaignList(
        url=link.url,
        title=t.title,
        description=t.description,
        crumbs=content.trail(link),
        nav=link.url,
        aside=content.aside,
        running=tuple(tile for tile in campaigns if not tile.is_over),
        over=tuple(tile for tile in campaigns if tile.is_over),
        empty=t.empty,
    )


def _view(content: Composition, campaign: Campaign) -> CampaignView:
    shown = tile(content, campaign)
    tags = campaign.gathers or original(content, campaign).gathers
    entries = gathered(content, tags)
    return CampaignView(
        **item_fields(content, campaign, under=(home(content),), picture=shown.picture),
        tile=shown,
        lang=campaign.lang,
        versions=versions(content, campaign),
        body=content.body(campaign),
        shelves=shelves(content, entries),
        tags=tag_groups(content, tags, entries),
    )


def change_times(content: Content) -> Iterator[datetime]:
    """Yield when a campaign is over: a minute after its last."""
    for campaign in content.public(Campaign):
        if campaign.ends and not campaign.is_over(content.now):
            yield dates.minute_after(campaign.ends)
