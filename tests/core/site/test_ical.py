"""Calendar files, read back by the library that calendars use."""

from datetime import date

import icalendar
import msgspec

from plugins.core.site.ical import CalendarView, Happening
from plugins.core.text import dates
from tests.world import a_site

DAY = Happening(
    url="/su-kien/hien-mau/", title="Ngày hội hiến máu; ai cũng góp được, dù chỉ một lần trong đời người trẻ",
    begins=dates.parse("2026-12-05"), ends=dates.parse("2026-12-06"), modified=dates.parse("2026-11-20 08:00"),
    place="Nhà Thiếu nhi tỉnh", is_all_day=True,
)  # fmt: skip
HOURS = Happening(
    url="/su-kien/hop/", title="Họp giao ban", begins=dates.parse("2026-12-05 07:30"),
    ends=dates.parse("2026-12-05 11:00"), modified=dates.parse("2026-11-20 08:00"),
)  # fmt: skip


def text(*items):
    return CalendarView(url="/su-kien/lich.ics", title="Lịch", happenings=items).text(a_site())


def test_a_calendar_can_read_what_we_write():
    event = icalendar.Calendar.from_ical(text(DAY)).events[0]
    assert str(event["summary"]) == DAY.title and str(event["location"]) == DAY.place
    assert event["dtstart"].dt == date(2026, 12, 5)
    assert event["dtend"].dt == date(2026, 12, 7), "the end is the first day that it lasts no more"


def test_hours_are_told_in_universal_time():
    assert "DTSTART:20261205T003000Z\r\n" in text(HOURS)


def test_an_end_that_nobody_knows_is_not_told():
    open_end = msgspec.structs.replace(HOURS, ends=HOURS.begins)
    assert "DTEND" in text(HOURS) and "DTEND" not in text(open_end)


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says():
    lines = text(DAY).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75 and lines[-1] == ""


def test_the_address_of_its_page_tells_one_happening_from_another():
    uids = [str(event["uid"]) for event in icalendar.Calendar.from_ical(text(DAY, HOURS)).events]
    assert uids == ["https://thu.example/su-kien/hien-mau/", "https://thu.example/su-kien/hop/"]
