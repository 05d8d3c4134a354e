"""Recruitment notices → pages, and the open ones as a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from msgspec import Struct

from plugins.core.model.values import Body, FileLink, FullText, Link, Moment
from plugins.core.site import addresses
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.lists import list_pages
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import story_fields
from plugins.core.site.structured import publisher
from plugins.core.site.views import Block, Card, DatedView, Feed, ListView, Page
from plugins.core.text import dates
from plugins.recruitment.model import EMPLOYMENT_TYPES, Notice

PATH = "/tuyen-dung/"
IN_BLOCK = 3
OTHERS = 5
COUNTDOWN_DAYS = 14  # days: from here on the badge counts them


class State(Struct, frozen=True):
    """Where a notice stands, in words. ``tone``: ``open``, ``soon`` or ``closed``."""

    words: str
    tone: str

    @property
    def says_date(self) -> bool:
        """Whether the words name the last day: otherwise it is printed beside them."""
        return self.tone == "open"


class Row(Struct, frozen=True):
    """A notice as lists show it."""

    title: str
    url: str
    unit: str
    place: str
    deadline: Moment
    state: State


class NoticeView(DatedView, frozen=True, kw_only=True):
    """One notice."""

    row: Row
    is_open: bool
    positions: tuple[str, ...]
    quota: int
    employment: str
    files: tuple[FileLink, ...]
    body: Body
    open_rows: tuple[Row, ...]

    def employment_words(self, site: Site) -> str:
        """Return how the job is held; empty where the notice does not say."""
        return str(getattr(site.t.recruitment.employment_types, self.employment, ""))

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe a JobPosting for each position, while the notice is open: search engines want closed ones gone."""
        if not self.is_open:
            return []
        unit = site.organization
        street = {} if self.row.place else {"streetAddress": unit.street}
        posting = {
            "@type": "JobPosting",
            "description": FullText(self.body, self.url, self.description or self.title),
            "datePosted": self.date.iso,
            "validThrough": self.row.deadline.iso,
            "hiringOrganization": publisher(site) | {"name": self.row.unit, "sameAs": unit.website},
            "jobLocation": {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    **street,
                    "addressLocality": self.row.place or unit.locality,
                    "addressRegion": unit.region,
                    "addressCountry": "VN",
                },
            },
            "url": site.absolute(self.url),
            "directApply": False,
        }
        if self.employment:
            posting["employmentType"] = EMPLOYMENT_TYPES[self.employment]
        titles = self.positions or (self.title,)
        if self.quota and len(titles) == 1:  # for several, nobody says how many of each
            posting["totalJobOpenings"] = self.quota
        return [posting | {"title": title} for title in titles]


class NoticeList(ListView, frozen=True, kw_only=True):
    """The open notices above, on every page of the list of closed ones."""

    rows: tuple[Row, ...]


class NoticeBlock(Block, frozen=True, kw_only=True):
    """The open notices, soonest first; ``empty`` is what stands there when there are none."""

    rows: tuple[Row, ...]
    empty: str


def state(notice: Notice, now: datetime, t: Any) -> State:
    """Return the deadline in words, as on the badge."""
    left = notice.days_left(now)
    if not notice.is_open(now):
        return State(t.closed, "closed")
    if left > COUNTDOWN_DAYS:
        return State(t.open_until.format(date=dates.short_date(notice.deadline)), "open")
    return State(t.days_left.format(days=left) if left else t.last_day, "soon")


def home(content: Content) -> Link:
    """Return the link to the list of all notices."""
    return Link(content.site.t.recruitment.title, content.site.url(PATH))


@cached_by_item
def row(content: Content, notice: Notice) -> Row:
    """Return the notice as lists show it."""
    return Row(
        title=notice.title,
        url=content.url(notice),
        unit=notice.unit,
        place=notice.place,
        deadline=Moment(notice.deadline),
        state=state(notice, content.now, content.site.t.recruitment),
    )


def open_notices(content: Content) -> list[Notice]:
    """Return the notices that still take applications, the soonest deadline first."""
    notices = [notice for notice in content.listed(Notice) if notice.is_open(content.now)]
    return sorted(notices, key=lambda notice: (notice.deadline, notice.document.path))


@cached_by_item
def card(content: Content, notice: Notice) -> Card:
    """Return the notice among other entries: without its deadline, which would change old lists."""
    date, picture = Moment(notice.date), content.picture(notice.image)
    return Card(notice.title, content.url(notice), date, notice.summary, home(content), picture)


def feeds(content: ListedContent) -> Iterator[Feed]:
    """Yield the feed of all notices."""
    t = content.site.t.recruitment
    yield Feed(PATH, t.title, t.description, content.by_section["recruitment"])


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the open notices."""
    t = content.site.t.recruitment
    rows = tuple(row(content, notice) for notice in open_notices(content)[:IN_BLOCK])
    url = content.site.url(PATH)
    return {
        "recruitment": NoticeBlock(
            template="recruitment/block.html", title=t.title, url=url, rows=rows, empty=t.none_open
        )
    }


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list, with the open notices first and the closed ones as archive; and each notice."""
    t = content.site.t
    rows = tuple(row(content, notice) for notice in open_notices(content))
    closed = [
        Card(
            notice.title,
            content.url(notice),
            Moment(notice.date),
            notice.summary,
            badge=t.recruitment.closed_on.format(date=dates.short_date(notice.deadline)),
        )
        for notice in content.listed(Notice)
        if not notice.is_open(content.now)
    ]
    yield from list_pages(
        content, closed, PATH, t.recruitment.title,
        template="recruitment/index.html", kind=NoticeList, rows=rows, feed=content.site.url(addresses.feed(PATH)), description=t.recruitment.description, empty=t.recruitment.none_open,
    )  # fmt: skip
    for notice in content.public(Notice):
        yield content.page_of(notice, "recruitment/detail.html", partial(_view, content, notice, rows))


def _view(content: Composition, notice: Notice, rows: Sequence[Row]) -> NoticeView:
    url = content.url(notice)
    return NoticeView(
        **story_fields(content, notice, under=(home(content),)),
        row=row(content, notice),
        is_open=notice.is_open(content.now),
        positions=notice.positions,
        quota=notice.quota,
        employment=notice.employment,
        files=content.file_links(notice),
        body=content.body(notice),
        open_rows=tuple(islice((other for other in rows if other.url != url), OTHERS)),
    )


def change_times(content: Content) -> Iterator[datetime]:
    """Yield the minute after a deadline, and each midnight while a badge counts days."""
    for notice in open_notices(content):
        yield dates.minute_after(notice.deadline)
        starts = dates.days_before(notice.deadline, COUNTDOWN_DAYS)
        yield starts if starts > content.now else dates.midnight_after(content.now)
