"""Lịch tuần: events by week and day."""

import pytest

from plugins.core.text import dates
from plugins.events import SECTION as EVENTS
from plugins.events.model import Event
from tests.tiny import a_tiny_site
from tests.world import a_content, item, pages_of


def an_event(name="hop", **fields):
    values = {"title": name.capitalize(), "date": "2026-11-01", "begins": "2026-11-25 07:30", "place": "Hội trường"}
    return item(Event, f"su-kien/{name}/index.md", **values | fields)


def week(*events, path="lich-tuan", now="2026-11-23 20:00"):
    return pages_of(a_content(*events, sections=(EVENTS,), now=dates.parse(now)))[f"{path}/index.html"].view


def days(view):
    return {day.date.day: [(slot.hours, slot.title) for slot in day.slots] for day in view.days}


def test_a_week_lists_its_days_in_order_with_hours():
    events = [
        an_event("chieu", begins="2026-11-25 14:00", ends="2026-11-25 16:30"),
        an_event("sang"),
        an_event("dau-tuan", begins="2026-11-23"),
        an_event("tuan-sau", begins="2026-11-30 08:00"),
    ]
    view = week(*events, path="lich-tuan/2026/48")
    assert days(view) == {
        "2026-11-23": [("Cả ngày", "Dau-tuan")],
        "2026-11-25": [("07:30", "Sang"), ("14:00 – 16:30", "Chieu")],
    }
    assert view.heading == "Tuần 48, từ 23/11 đến 29/11/2026"
    assert (view.older, view.newer) == ("", "/lich-tuan/2026/49/")


@pytest.mark.parametrize(
    ("now", "first"),
    [("2026-11-20", "2026-11-25"), ("2026-11-29 23:59", "2026-11-25"), ("2026-11-30", "2026-12-09")],
)
def test_the_page_of_the_present_week_shows_the_first_with_an_event_that_is_not_over(now, first):
    events = an_event(), an_event("hai", begins="2026-12-09 08:00")
    assert next(iter(days(week(*events, now=now)))) == first


def test_after_the_last_event_it_says_so_and_leads_back():
    view = week(an_event(), now="2026-12-10")
    assert view.days == () and view.empty and (view.older, view.newer) == ("/lich-tuan/2026/48/", "")
    assert week().days == () and week().older == ""


def test_weeks_over_new_year_are_numbered_as_iso_8601_does():
    view = week(an_event(begins="2027-01-01 08:00"), path="lich-tuan/2026/53")
    assert view.heading == "Tuần 53, từ 28/12/2026 đến 3/1/2027"


def test_what_lasts_long_stands_once_in_each_week_and_what_lasts_two_days_on_both():
    long = an_event("trien-lam", begins="2026-11-25", ends="2026-12-10")
    assert days(week(long)) == {"2026-11-25": [("Cả ngày", "Trien-lam")]}
    assert days(week(long, path="lich-tuan/2026/49")) == {"2026-11-30": [("Cả ngày", "Trien-lam")]}
    assert week(long).days[0].slots[0].note == "đến hết 10/12/2026"
    short = an_event("trai", begins="2026-11-28 07:00", ends="2026-11-29 11:00")
    assert days(week(short)) == {"2026-11-28": [("07:00", "Trai")], "2026-11-29": [("– 11:00", "Trai")]}


def test_what_was_called_off_says_so_and_what_is_unlisted_is_not_there():
    assert week(an_event(state="huy")).days[0].slots[0].note == "Đã hủy"
    assert week(an_event(status="unlisted")).days == ()


def test_only_the_page_of_the_present_week_depends_on_the_time():
    events = [an_event(str(number), begins=f"2026-11-{number} 08:00") for number in range(23, 30)]
    before, after = (week(*events, path="lich-tuan/2026/48", now=now) for now in ("2026-11-01", "2027-03-01"))
    assert before == after and before.is_indexed


def test_the_page_reads_well_and_the_list_of_events_leads_to_it(tmp_path):
    site = a_tiny_site(tmp_path)
    site.write(
        "su-kien/hop/index.md",
        "---\ntitle: Họp\ndate: 2026-11-01\nbegins: 2026-11-25 07:30\nplace: Hội trường\n---\n\nChữ.\n",
    )
    site.build()
    page = site.page("lich-tuan/index.html")
    assert page.h1.text.strip() == "Lịch tuần" and "từ 23/11 đến 29/11/2026" in page.main.text
    assert page.find("article", class_="slot").find("a")["href"] == "/su-kien/hop/"
    assert site.page("su-kien/index.html").main.find("a", href="/lich-tuan/")
