"""Write calendar files (iCalendar, RFC 5545), which readers import into the calendar of their telephone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from plugins.core.site.identity import Site
from plugins.core.site.views import TextView


class Happening(Struct, frozen=True, kw_only=True):
    """One entry of a calendar."""

    url: str
    """Its page, from the server's root."""

    title: str
    begins: datetime
    ends: datetime
    """The same as ``begins`` where nobody knows the end; with ``is_all_day`` both are days, the last one inclusive."""

    modified: datetime
    """When it was last known to change."""

    place: str = ""
    summary: str = ""
    is_all_day: bool = False


class CalendarView(TextView, frozen=True, kw_only=True):
    """An ``.ics`` file of some happenings."""

    happenings: tuple[Happening, ...]

    def text(self, site: Site) -> str:
        import icalendar  # a fifth of a second, for builds that draw a calendar only

        calendar = icalendar.Calendar()
        calendar.add("prodid", f"-//{site.name}//VI")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", self.title)
        for happening in self.happenings:
            event = icalendar.Event()
            address = site.absolute(happening.url)
            event.add("uid", address)
            event.add("dtstamp", happening.modified.astimezone(UTC))
            event.add("summary", happening.title)
            if happening.is_all_day:
                event.add("dtstart", happening.begins.date())
                event.add("dtend", happening.ends.date() + timedelta(days=1))  # the first day that it lasts no more
            else:
                event.add("dtstart", happening.begins.astimezone(UTC))
                if happening.ends > happening.begins:  # § 3.6.1: an end is later than the begin, or left out
                    event.add("dtend", happening.ends.astimezone(UTC))
            if happening.place:
                event.add("location", happening.place)
            event.add("description", f"{happening.summary}\n{address}".strip())
            event.add("url", address)
            calendar.add_component(event)
        lines: bytes = calendar.to_ical()
        return lines.decode()
