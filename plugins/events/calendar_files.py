"""Events → calendar files (iCalendar)."""

from __future__ import annotations

from datetime import datetime

from plugins.core.site import addresses
from plugins.core.site.content import Content
from plugins.core.site.ical import CalendarView, Happening
from plugins.core.site.views import Page
from plugins.events.model import Event


def is_in_calendar(content: Content, event: Event) -> bool:
    """Tell whether an event belongs in a calendar."""
    return not event.state and event.stage(content.now) != "over"


def calendar_page(content: Content, address: str, title: str, events: list[Event]) -> Page:
    """Return the calendar file of some events at ``address``."""
    happenings = tuple(
        Happening(
            url=content.url(event), title=event.title, begins=event.begins, ends=_ends(event), modified=event.modified_at(content.now),
            place=event.place, summary=event.summary, is_all_day=event.is_all_day,
        )
        for event in events
    )  # fmt: skip
    view = CalendarView(url=content.site.url(address), title=title, is_indexed=False, happenings=happenings)
    return Page(path=addresses.output_path(address), template="", make=lambda: view, is_indexed=False)


def _ends(event: Event) -> datetime:
    """Return the end as a calendar wants it: where nobody knows, it ends when it begins."""
    return event.last if event.ends or event.is_all_day else event.begins
