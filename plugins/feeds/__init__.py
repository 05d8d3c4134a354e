"""Feeds: the newest entries with their full text, as Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, for the
whole portal (``/atom.xml``, ``/rss.xml``, ``/feed.json``), each category and each list that a section asks for."""

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.msgpack import encode

from plugins.core.hashing import digest
from plugins.core.model.item import Item
from plugins.core.model.values import Body, Moment
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.fingerprints import entry_fingerprint, item_fingerprint
from plugins.core.site.identity import Organization
from plugins.core.site.section import Section
from plugins.core.site.views import Card, Entry, Feed, Page, View
from plugins.core.text import dates

NEWEST = 20

_NAME = r"[a-z0-9-]+(\.[a-z0-9-]+)+"
_AUTHORITY = re.compile(rf"([\w.+-]+@)?{_NAME},\d{{4}}(-\d\d(-\d\d)?)?", re.ASCII)


class Setting(Struct, frozen=True, forbid_unknown_fields=True):
    """``FEEDS``. ``authority`` begins the name of every entry (RFC 4151): a domain or an address of e-mail that the
    unit had on a day, and that day. It says nothing of where the portal is now, and stays for ever."""

    authority: str

    def __post_init__(self) -> None:
        if not _AUTHORITY.fullmatch(self.authority):
            raise ValueError(
                f"authority “{self.authority}” phải gồm tên miền của đơn vị, dấu phẩy và một năm đơn vị đã có tên miền ấy,"
                " ví dụ tinhdoan.example.vn,2026"
            )


class FeedEntry(Struct, frozen=True):
    """One entry with its whole text."""

    id: str
    card: Card
    updated: Moment
    body: Body
    tags: tuple[str, ...]
    author: str


class FeedView(View, frozen=True, kw_only=True):
    """``home`` is the page that the feed follows. ``updated`` is the moment of what changed last in it,
    never the clock's, so that a feed changes only when its entries do."""

    home: str
    id: str
    updated: Moment
    entries: tuple[FeedEntry, ...]


def pages(content: Composition) -> Iterator[Page]:
    """Yield the feeds of the portal, of each category, and of what sections ask for."""
    site = content.site
    yield from _formats(content, Feed(addresses.HOME, site.name, site.tagline, content.entries))
    for category in site.categories:
        entries = tuple(content.in_category.get(category.slug, ()))
        home = addresses.category(category.slug)
        yield from _formats(content, Feed(home, f"{category.title} – {site.name}", category.summary, entries))
    for feed in content.feeds:
        title = f"{feed.title} – {site.name}"
        yield from _formats(content, Feed(feed.home, title, feed.description, feed.entries, feed.formats))


def _formats(content: Content, feed: Feed) -> Iterator[Page]:
    """Yield a page for each format of the feed."""
    newest = feed.entries[:NEWEST]
    for name in feed.formats:
        args = feed.home, name, feed.title, feed.description or feed.title, newest
        yield Page(
            path=addresses.output_path(feed.home + name), template=f"feeds/{name}", is_indexed=False,
            make=partial(_view, content), inputs=partial(_inputs, content), args=args,
        )  # fmt: skip


def _inputs(
    content: Content, home: str, name: str, title: str, description: str, newest: tuple[Entry, ...]
) -> Iterator[bytes]:
    """Digest all that ``_view`` looks at, but for the wording of bodies."""
    fingerprints: list[bytes] = []
    for entry in newest:
        has_update = b"updated" if entry.story.update_known_at(content.now) else b""
        fingerprints += entry_fingerprint(entry), item_fingerprint(content, entry.story), has_update
    yield digest(encode((home, name, title, description)), *fingerprints)


def _view(content: Content, home: str, name: str, title: str, description: str, newest: tuple[Entry, ...]) -> FeedView:
    site = content.site
    entries = tuple(
        FeedEntry(
            id=_id(content, _first_address(content, entry.story)),
            card=entry.card,
            updated=Moment(entry.story.modified_at(content.now)),
            body=content.body(entry.story),
            tags=entry.story.tags,
            author=entry.story.author or site.organization.name,
        )
        for entry in newest
    )
    updated = max((entry.updated.at for entry in entries), default=dates.parse("2000-01-01"))
    return FeedView(
        url=site.url(home + name), title=title, description=description, is_indexed=False,
        home=site.url(home), id=_id(content, home), updated=Moment(updated), entries=entries,
    )  # fmt: skip


def _id(content: Content, address: str) -> str:
    """Return the name of a feed or an entry as a ``tag:`` URI (RFC 4151)."""
    authority = content.options.get("feeds", {}).get("authority") or _usual_authority(content.site.organization)
    return f"tag:{authority}:{content.site.url(address).removeprefix(content.site.base)}"


def _usual_authority(organization: Organization) -> str:
    """Return what stands for the unit where the settings name nothing: the domain of its website."""
    return f"{(urlsplit(organization.website).hostname or 'localhost').removeprefix('www.')},2026"


def _first_address(content: Content, item: Item) -> str:
    """Return the oldest address of an item: who moves it puts its former addresses behind each other."""
    return f"/{item.aliases[0].strip('/')}/" if item.aliases else content.addresses[item.document.path]


SECTION = Section(name="feeds", module=__name__, pages=pages, setting=Setting)

register = SECTION.register
