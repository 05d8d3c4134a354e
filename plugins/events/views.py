"""Events → pages, calendar files, and the next ones as a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from msgspec import Struct

from plugins.core.model.values import Body, Link, Moment, Picture
from plugins.core.site import addresses
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.lists import list_pages
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import story_fields
from plugins.core.site.structured import image
from plugins.core.site.views import Block, Card, DatedView, Feed, ListView, Page
from plugins.core.text import dates
from plugins.core.text.vietnamese import mailto
from plugins.events import weeks
from plugins.events.calendar_files import calendar_page, is_in_calendar
from plugins.events.model import Event

PATH = "/su-kien/"
CALENDAR = "lich.ics"
EVENT_CALENDAR = "su-kien.ics"
IN_BLOCK = 2

_ATTENDANCE_MODES = {
    "truc-tiep": "OfflineEventAttendanceMode",
    "truc-tuyen": "OnlineEventAttendanceMode",
    "ket-hop": "MixedEventAttendanceMode",
}
_STATUS = {"": "EventScheduled", "hoan": "EventPostponed", "huy": "EventCancelled"}


class Boundary(Struct, frozen=True):
    """When an event begins or ends: for readers, and for machines (HTML § 2.3.5, ISO 8601)."""

    words: str
    iso: str


class Row(Struct, frozen=True):
    """An event as lists show it. ``words`` say how it stands, in the ``tone`` ``coming``,
    ``running``, ``over`` or ``stopped``; ``ends`` is absent where the begin says it all."""

    title: str
    url: str
    place: str
    words: str
    tone: str
    day: int
    month: str
    begins: Boundary
    ends: Boundary | None

    @property
    def is_coming(self) -> bool:
        """Whether there is nothing to say of it beside the date."""
        return self.tone == "coming"


class Group(Struct, frozen=True):
    """The events of one month, or those that are under way."""

    title: str
    rows: tuple[Row, ...]


class EventView(DatedView, frozen=True, kw_only=True):
    """One event. ``register`` and ``calendar`` are addresses, empty where it is too late."""

    row: Row
    organiser: str
    audience: str
    register: str
    calendar: str
    status: str
    attendance: str
    hero: Picture | None
    hero_caption: str
    body: Body
    tags: tuple[Link, ...]

    def attendance_words(self, site: Site) -> str:
        """Return how one takes part."""
        return str(getattr(site.t.events.attendance_modes, self.attendance))

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe the event (schema.org)."""
        unit, url = site.organization, site.absolute(self.url)
        place = {
            "@type": "Place",
            "name": self.row.place,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": self.row.place,
                "addressRegion": unit.region,
                "addressCountry": "VN",
            },
        }
        online = {"@type": "VirtualLocation", "url": url}
        event: dict[str, Any] = {
            "@type": "Event",
            "name": self.title,
            "description": self.description or self.title,
            "startDate": self.row.begins.iso,
            "eventStatus": f"https://schema.org/{self.status}",
            "eventAttendanceMode": f"https://schema.org/{_ATTENDANCE_MODES[self.attendance]}",
            "location": {"truc-tiep": place, "truc-tuyen": online, "ket-hop": [place, online]}[self.attendance],
            "image": [image(self, site)],
            "organizer": {"@type": "Organization", "name": self.organiser or unit.name, "url": unit.website},
            "inLanguage": self.lang,
            "url": url,
        }
        if self.row.ends:
            event["endDate"] = self.row.ends.iso
        return [event]


class EventList(ListView, frozen=True, kw_only=True):
    """The list of events: those under way and to come in ``groups``, soonest first; past ones as cards."""

    groups: tuple[Group, ...]
    calendar: str
    weeks: Link
    """The page of the present week."""

    def subscribe_url(self, site: Site) -> str:
        """Return the address that calendar programs follow instead of loading it once."""
        return "webcal:" + site.absolute(self.calendar).partition(":")[2]


class EventBlock(Block, frozen=True, kw_only=True):
    """The next events, soonest first."""

    rows: tuple[Row, ...]


def span(event: Event) -> tuple[Boundary, Boundary | None]:
    """Return when an event begins and, where that adds something, when it ends.

    On the same day that is the hour alone; a day's last minute goes without saying.
    """
    begins, ends, is_all_day = event.begins, event.ends, event.is_all_day
    first = Boundary(_day(begins, not is_all_day), _iso(begins, is_all_day))
    if ends is None:
        return first, None
    is_same_day, is_to_midnight = ends.date() == begins.date(), f"{ends:%H:%M}" == "23:59"
    if is_same_day and is_to_midnight:
        return first, None
    return first, Boundary(f"{ends:%H:%M}" if is_same_day else _day(ends, not is_to_midnight), _iso(ends, is_all_day))


def _day(moment: datetime, with_hour: bool) -> str:
    """Format ``Thứ Bảy, 5/12/2026`` or ``Thứ Bảy, 5/12/2026, 07:30``."""
    hour = f", {moment:%H:%M}" if with_hour else ""
    return dates.weekday_date(moment) + hour


def _iso(moment: datetime, is_day: bool) -> str:
    return moment.date().isoformat() if is_day else moment.isoformat()


def home(content: Content) -> Link:
    """Return the link to the list of all events."""
    return Link(content.site.t.events.title, content.site.url(PATH))


@cached_by_item
def row(content: Content, event: Event) -> Row:
    """Return the event as lists show it."""
    t = content.site.t.events
    tone = "stopped" if event.state else event.stage(content.now)
    words = getattr(t.states, event.state or event.stage(content.now))
    begins, ends = span(event)
    month = t.short_month.format(month=event.begins.month)
    return Row(
        event.title, content.url(event), event.place, words, str(tone), event.begins.day, month, begins, ends
    )  # fmt: skip


def ahead(content: Content) -> list[Event]:
    """Return the listed events that are not over: those under way, then the first to begin first."""
    events = [event for event in content.listed(Event) if event.stage(content.now) != "over"]
    return sorted(events, key=lambda event: (event.stage(content.now) != "running", event.begins, event.document.path))


@cached_by_item
def card(content: Content, event: Event) -> Card:
    """Return the event among other entries, on the day of its announcement."""
    date, picture = Moment(event.date), content.picture(event.image)
    return Card(event.title, content.url(event), date, event.summary, home(content), picture)


def feeds(content: ListedContent) -> Iterator[Feed]:
    """Yield the feed of all events."""
    t = content.site.t.events
    yield Feed(PATH, t.title, t.description, content.by_section["events"])


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the next events."""
    rows = tuple(row(content, event) for event in ahead(content)[:IN_BLOCK])
    if not rows:
        return {}
    t = content.site.t.events
    return {"events": EventBlock(template="events/block.html", title=t.block, url=content.site.url(PATH), rows=rows)}


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list, the calendar of all that is to come, the weeks, each event and its calendar file."""
    t, coming = content.site.t.events, ahead(content)
    over = [event for event in content.listed(Event) if event.stage(content.now) == "over"]
    cards = [
        Card(event.title, content.url(event), Moment(event.begins), event.summary, picture=content.picture(event.image),
             badge=getattr(t.states, event.state) if event.state else "")
        for event in sorted(over, key=lambda event: (event.begins, event.document.path), reverse=True)
    ]  # fmt: skip
    yield from list_pages(
        content, cards, PATH, t.title, template="events/index.html", kind=EventList,
        groups=_groups(content, coming), calendar=content.site.url(PATH + CALENDAR), weeks=Link(t.week.title, content.site.url(weeks.PATH)), feed=content.site.url(addresses.feed(PATH)), description=t.description, empty=t.empty,
    )  # fmt: skip
    yield calendar_page(content, PATH + CALENDAR, t.title, [event for event in coming if not event.state])
    yield from weeks.pages(content, home(content), content.site.url(PATH + CALENDAR))
    for event in content.public(Event):
        yield content.page_of(event, "events/detail.html", partial(_view, content, event))
        if is_in_calendar(content, event):
            yield calendar_page(content, content.addresses[event.document.path] + EVENT_CALENDAR, event.title, [event])


def _groups(content: Content, events: list[Event]) -> tuple[Group, ...]:
    t = content.site.t

    def month(event: Event) -> str:
        if event.stage(content.now) == "running":
            return str(t.events.states.running)
        return str(t.events.month_of.format(month=event.begins.month, year=event.begins.year))

    return tuple(
        Group(title, tuple(row(content, event) for event in of_month)) for title, of_month in groupby(events, key=month)
    )


def _view(content: Composition, event: Event) -> EventView:
    picture = content.picture(event.image, event.image_alt)
    is_coming = event.stage(content.now) == "coming" and not event.state
    return EventView(
        **story_fields(content, event, under=(home(content),)),
        row=row(content, event),
        organiser=event.organiser,
        audience=event.audience,
        register=_register(content, event) if is_coming else "",
        calendar=content.url(event) + EVENT_CALENDAR if is_in_calendar(content, event) else "",
        status=_STATUS[event.state],
        attendance=event.attendance,
        hero=picture,
        hero_caption=event.image_caption,
        body=content.body(event),
        tags=content.tag_links(event),
    )


def _register(content: Content, event: Event) -> str:
    """Return where to sign up; a letter comes with its subject."""
    address = event.register
    if address.startswith("mailto:") and "?" not in address:
        subject = content.site.t.events.subject.format(title=event.title)
        return mailto(address.removeprefix("mailto:"), subject)
    if content.story_to_come(address):
        return ""
    return content.site.url(address) if address.startswith("/") else address


def change_times(content: Content) -> Iterator[datetime]:
    """Yield when an event begins, the minute after its last, and when the next week is shown."""
    for event in content.public(Event):
        if event.stage(content.now) != "over":
            yield event.begins
            yield dates.minute_after(event.last)
    yield from weeks.change_times(content)
