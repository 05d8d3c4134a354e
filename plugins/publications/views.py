"""Publications → pages, lists by kind and year, and the newest ones as a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from plugins.core.model.values import Body, FileLink, Link, Moment, Picture
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.lists import list_pages
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import story_fields
from plugins.core.site.structured import image, publisher
from plugins.core.site.views import Block, Card, DatedView, ListView, Page
from plugins.core.text.vietnamese import file_size
from plugins.publications.model import FIGURES, KINDS, MONTHLY, Publication, current, month_after
from plugins.publications.sheets import Sheet, sheet_of

PATH = "/an-pham/"
IN_BLOCK = 2
OTHERS = 4


class Attachment(Struct, frozen=True):
    """One file of a publication, and the table that it holds if it is one."""

    file: FileLink
    sheet: Sheet | None = None


class PublicationView(DatedView, frozen=True, kw_only=True):
    """One publication. ``shelf`` leads to all of its kind, whose slug is ``shelf_name``;
    ``month`` (``11/2026``) is empty but for the monthly material."""

    shelf: Link
    shelf_name: str
    month: str
    author: Link | None
    cover: Picture | None
    attachments: tuple[Attachment, ...]
    body: Body
    tags: tuple[Link, ...]
    others: tuple[Card, ...]

    @property
    def files(self) -> list[FileLink]:
        return [attachment.file for attachment in self.attachments]

    @property
    def sheets(self) -> list[Sheet]:
        return [attachment.sheet for attachment in self.attachments if attachment.sheet]

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe a PublicationIssue, Dataset or Book with its files (schema.org)."""
        files = [
            {
                "@type": "DataDownload" if self.shelf_name == FIGURES else "MediaObject",
                "name": attachment.file.title,
                "contentUrl": site.absolute(attachment.file.url),
                "encodingFormat": attachment.file.kind.upper(),
            }
            for attachment in self.attachments
        ]
        book: dict[str, Any] = {
            "@type": "Book",
            "name": self.title,
            "description": self.description or self.title,
            "url": site.absolute(self.url),
            "datePublished": self.date.iso,
            "dateModified": self.modified.iso,
            "inLanguage": self.lang,
            "isAccessibleForFree": True,
            "publisher": publisher(site),
            "image": [image(self, site)],
        }
        if self.shelf_name == FIGURES:
            return [book | {"@type": "Dataset", "creator": book["publisher"], "distribution": files}]
        book["encoding"] = files
        if self.shelf_name == MONTHLY:
            whole = {"@type": "Periodical", "name": self.shelf.title, "url": site.absolute(self.shelf.url)}
            return [book | {"@type": "PublicationIssue", "issueNumber": self.month, "isPartOf": whole}]
        return [book]


class Shelf(ListView, frozen=True, kw_only=True):
    """Publications in a list, page by page. ``kinds`` and ``years`` lead to the other lists, this
    one being ``shown``; ``lead`` stands at the head of the first page, with its ``files``."""

    kinds: tuple[Link, ...]
    years: tuple[Link, ...] = ()
    shown: str
    lead: Card | None = None
    files: tuple[FileLink, ...] = ()

    @property
    def mixes_kinds(self) -> bool:
        """Whether a card has to say of what kind it is."""
        return len({card.category for card in self.cards}) > 1

    @property
    def newest(self) -> Card | None:
        """The issue or publication that the first page begins with."""
        return None if self.pager and self.pager.number else self.lead

    @property
    def rest(self) -> list[Card]:
        """Without the newest: the pages are cut before, so that older ones last."""
        return [card for card in self.cards if card != self.newest]


class PublicationBlock(Block, frozen=True, kw_only=True):
    """The issue of the month with its cover, and the newest others."""

    lead: Card
    cards: tuple[Card, ...]


@cached_by_item
def entry_card(content: Content, item: Publication) -> Card:
    """Return the publication as it stands among other entries: without its cover, which stands upright and would lose its
    words in the shape of their pictures."""
    return replace(card(content, item), picture=None)


@cached_by_item
def card(content: Content, item: Publication) -> Card:
    """Return the publication as the lists of its section show it."""
    files = content.file_links(item)
    size = file_size(sum(file.size for file in files))
    label = content.site.t.publications.several.format(count=len(files), size=size)
    return Card(
        title=item.title,
        url=content.url(item),
        date=Moment(item.date),
        summary=item.summary,
        category=shelf_of(content, item.kind),
        picture=content.picture(item.image),
        badge=label if len(files) > 1 else "".join(file.label for file in files),
    )


def home(content: Content) -> Link:
    """Return the link to the list of all publications."""
    return Link(content.site.t.publications.title, content.site.url(PATH))


@cached_by_item
def shelf_of(content: Content, kind: str) -> Link:
    """Link to all publications of one kind."""
    return Link(_words(content, kind).title, content.site.url(f"{PATH}{kind}/"))


def _words(content: Content, kind: str) -> Any:
    return getattr(content.site.t.publications.kinds, kind)


def issues_of(content: Content) -> list[Publication]:
    """Return the monthly material, the newest month first, whenever each issue appeared."""
    issues = [item for item in content.listed(Publication) if item.kind == MONTHLY]
    return sorted(issues, key=lambda item: item.month, reverse=True)


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the issue of the month and the newest others."""
    items = content.listed(Publication)
    lead = current(issues_of(content) or items, content.now)
    if not lead:
        return {}
    return {
        "publications": PublicationBlock(
            template="publications/block.html",
            title=content.site.t.publications.title,
            url=content.site.url(PATH),
            lead=card(content, lead),
            cards=tuple(card(content, item) for item in islice((item for item in items if item is not lead), IN_BLOCK)),
        )
    }


def pages(content: Composition) -> Iterator[Page]:
    """Yield each publication; the lists of all, of each kind and of each year of the monthly material."""
    for item in content.public(Publication):
        yield content.page_of(item, "publications/detail.html", partial(_view, content, item))
    t, url = content.site.t.publications, content.site.url
    items, issues = content.listed(Publication), issues_of(content)
    lead = current(issues, content.now)
    newest: dict[str, Any] = {}
    if lead:
        newest = {"lead": card(content, lead), "files": content.file_links(lead)}
    years = tuple(Link(year, url(f"{PATH}{MONTHLY}/{year}/")) for year in dict.fromkeys(issue.year for issue in issues))
    top, monthly = home(content), shelf_of(content, MONTHLY)
    yield from _shelf(content, items, PATH, t.title, description=t.description, empty=t.empty, **newest)
    for kind in KINDS:
        words = _words(content, kind)
        of_kind = issues if kind == MONTHLY else [item for item in items if item.kind == kind]
        more = {"years": years, **newest} if kind == MONTHLY else {}
        yield from _shelf(
            content, of_kind, f"{PATH}{kind}/", words.title,
            parents=(top,), description=words.description, empty=words.empty, **more,
        )  # fmt: skip
    for year in years:
        title = t.of_year.format(title=monthly.title, year=year.title)
        of_year = [issue for issue in issues if issue.year == year.title]
        path = f"{PATH}{MONTHLY}/{year.title}/"
        yield from _shelf(content, of_year, path, title, parents=(top, monthly), description=title, years=years)


def _shelf(content: Composition, items: Sequence[Publication], path: str, title: str, **more: Any) -> Iterator[Page]:
    t, url = content.site.t.publications, content.site.url
    kinds = (Link(t.all, url(PATH)), *(shelf_of(content, kind) for kind in KINDS))
    cards = [card(content, item) for item in items]
    more = {"nav": url(PATH), "shown": url(path), "kinds": kinds, "may_be_thin": path != PATH, **more}
    yield from list_pages(content, cards, path, title, template="publications/index.html", kind=Shelf, **more)


def _view(content: Composition, item: Publication) -> PublicationView:
    shelf = shelf_of(content, item.kind)
    cover = content.picture(item.image, item.image_alt)
    others = (other for other in content.listed(Publication) if other.kind == item.kind and other is not item)
    return PublicationView(
        **story_fields(content, item, under=(home(content), shelf)),
        shelf=shelf,
        shelf_name=item.kind,
        month=item.short_month if item.month else "",
        author=content.author_link(item.author),
        cover=cover,
        attachments=tuple(
            Attachment(content.file(path, title), sheet_of(title, content.tables.get(path, ())))
            for path, title in item.titled_files
            if path in content.files
        ),
        body=content.body(item),
        tags=content.tag_links(item),
        others=tuple(card(content, other) for other in islice(others, OTHERS)),
    )


def change_times(content: Content) -> Iterator[datetime]:
    """Yield the next first of a month that brings another issue to the head."""
    issues = issues_of(content)
    newest = current(issues, content.now)
    starts = {issue.starts for issue in issues if issue.starts > content.now} | {month_after(content.now)}
    yield from islice((start for start in sorted(starts) if current(issues, start) is not newest), 1)
