"""Calendar files (iCalendar, RFC 5545): what a reader puts into the telephone's calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from plugins.core.site.identity import Site
from plugins.core.site.views import TextView


class Happening(Struct, frozen=True, kw_only=True):
    """One entry of a calendar. ``url`` is its page, from the server's root; ``begins`` and
    ``ends`` are moments (the same one where nobody knows the end), or, with ``is_all_day``, the first and the last day;
    ``modified`` the moment of its last known change."""

    url: str
    title: str
    begins: datetime
    ends: datetime
    modified: datetime
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
        for one in self.happenings:
            event = icalendar.Event()
            address = site.absolute(one.url)
            event.add("uid", address)
            event.add("dtstamp", one.modified.astimezone(UTC))
            event.add("summary", one.title)
            if one.is_all_day:
                event.add("dtstart", one.begins.date())
                event.add("dtend", one.ends.date() + timedelta(days=1))  # the first day that it lasts no more
            else:
                event.add("dtstart", one.begins.astimezone(UTC))
                if one.ends > one.begins:  # § 3.6.1: an end is later than the begin, or left out
                    event.add("dtend", one.ends.astimezone(UTC))
            if one.place:
                event.add("location", one.place)
            event.add("description", f"{one.summary}\n{address}".strip())
            event.add("url", address)
            calendar.add_component(event)
        lines: bytes = calendar.to_ical()
        return lines.decode()
