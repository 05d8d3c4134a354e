"""Weeks: the events of each week by day, at ``/lich-tuan/2026/48/``; ``/lich-tuan/`` shows the present one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from msgspec import Struct

from plugins.core.model.values import Link, Moment
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.lists import MIN_INDEXED
from plugins.core.site.views import Page, View
from plugins.core.text import dates
from plugins.events.model import Event

PATH = "/lich-tuan/"
MAX_DAYS = 3
"""What lasts longer, an exhibition, stands in each of its weeks once and not on every day."""


class Slot(Struct, frozen=True):
    """An event on one day."""

    hours: str
    title: str
    url: str
    place: str
    organiser: str
    note: str
    """That it was put off or called off, or how long it still lasts; may be empty."""


class Day(Struct, frozen=True):
    """A day of the week with its events, the first to begin first."""

    date: Moment
    slots: tuple[Slot, ...]


class WeekView(View, frozen=True, kw_only=True):
    """The events of one week; ``empty`` stands there where there are none."""

    heading: str
    days: tuple[Day, ...]
    older: str
    newer: str
    all_events: Link
    calendar: str
    empty: str


Week = Mapping[date, Sequence[Event]]
"""Events by day."""


def pages(content: Composition, all_events: Link, calendar: str) -> Iterator[Page]:
    """Yield a page for each week that has an event, and that of the present week."""
    weeks = weeks_of(content)
    mondays = sorted(weeks)

    def page(path: str, position: int, is_indexed: bool) -> Page:
        monday = mondays[position] if position < len(mondays) else None
        before = mondays[position - 1] if position else None
        after = mondays[position + 1] if position + 1 < len(mondays) else None
        week = weeks[monday] if monday else {}
        make = partial(_view, content, path, monday, week, before, after, all_events, calendar, is_indexed)
        return Page(path=addresses.output_path(path), template="events/week.html", make=make, is_indexed=is_indexed)

    for position, monday in enumerate(mondays):
        yield page(address(monday), position, _count(weeks[monday]) >= MIN_INDEXED)
    shown = present(mondays, content.now.date())
    yield page(PATH, mondays.index(shown) if shown else len(mondays), is_indexed=True)


def address(monday: date) -> str:
    """Return the address of a week, numbered as ISO 8601 does."""
    year, week, _ = monday.isocalendar()
    return f"{PATH}{year}/{week:02}/"


def present(mondays: Sequence[date], today: date) -> date | None:
    """Return the first week with an event that is not over."""
    return next((monday for monday in mondays if monday + timedelta(days=6) >= today), None)


def weeks_of(content: Content) -> dict[date, Week]:
    """Return the listed events by week, named by its Monday, and day, once for a content."""
    known: dict[date, Week] | None = content.memo.get(weeks_of)
    if known is None:
        known = content.memo[weeks_of] = _by_week(content)
    return known


def _by_week(content: Content) -> dict[date, Week]:
    weeks: dict[date, dict[date, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in sorted(content.listed(Event), key=lambda event: (event.begins, event.document.path)):
        first, last = event.begins.date(), event.last.date()
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if (last - first).days < MAX_DAYS or not offset or not day.weekday():
                weeks[_monday(day)][day].append(event)
    return {monday: dict(sorted(days.items())) for monday, days in weeks.items()}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _count(week: Week) -> int:
    return len({event.document.path for events in week.values() for event in events})


def _view(
    content: Composition,
    path: str,
    monday: date | None,
    week: Week,
    before: date | None,
    after: date | None,
    all_events: Link,
    calendar: str,
    is_indexed: bool,
) -> WeekView:
    t, url = content.site.t.events, content.site.url
    home = Link(t.week.title, url(PATH))
    heading = _heading(content, monday) if monday else ""
    is_home = path == PATH
    return WeekView(
        url=url(path),
        title=home.title if is_home else heading,
        description=t.week.description,
        crumbs=content.trail(all_events, home, *(() if is_home else (Link(heading, url(path)),))),
        nav=all_events.url,
        is_indexed=is_indexed,
        aside=content.aside,
        heading=heading,
        days=tuple(
            Day(Moment(_midnight(day)), tuple(_slot(content, event, day) for event in events))
            for day, events in week.items()
        ),
        older=url(address(before)) if before else "",
        newer=url(address(after)) if after else "",
        all_events=all_events,
        calendar=calendar,
        empty=t.empty,
    )


def _heading(content: Content, monday: date) -> str:
    """Format ``Tuần 48, từ 23/11 đến 29/11/2026``."""
    sunday = monday + timedelta(days=6)
    begins = f"{monday.day}/{monday.month}" + (f"/{monday.year}" if monday.year != sunday.year else "")
    words = content.site.t.events.week.heading
    return str(words.format(number=monday.isocalendar().week, begins=begins, ends=dates.short_date(sunday)))


def _slot(content: Content, event: Event, day: date) -> Slot:
    t = content.site.t.events
    lasts = event.last.date() > day and (event.last.date() - event.begins.date()).days >= MAX_DAYS
    until = t.week.until.format(date=dates.short_date(event.last)) if lasts else ""
    return Slot(
        hours=_hours(event, day, t.week.all_day),
        title=event.title,
        url=content.url(event),
        place=event.place,
        organiser=event.organiser,
        note=getattr(t.states, event.state) if event.state else until,
    )


def _hours(event: Event, day: date, all_day: str) -> str:
    """Format the hours of an event on one of its days: ``07:30 – 11:00``, ``07:30`` or the whole day."""
    begins = f"{event.begins:%H:%M}" if event.begins.date() == day and not event.is_all_day else ""
    ends = f"{event.ends:%H:%M}" if event.ends and event.ends.date() == day and not event.is_all_day else ""
    if ends == "23:59":
        ends = ""
    if ends and event.begins.date() != day:
        return f"– {ends}"
    return " – ".join(filter(None, (begins, ends))) or all_day


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=dates.VIETNAM)


def change_times(content: Content) -> Iterator[datetime]:
    """Yield the Monday after the week that is shown, when the next one takes its place."""
    shown = present(sorted(weeks_of(content)), content.now.date())
    if shown:
        yield _midnight(shown + timedelta(days=7))
