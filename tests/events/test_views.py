"""Events: when, where, who may come; coming, under way and over by themselves."""

from urllib.parse import unquote

import icalendar
import pytest

from plugins.core.text import dates
from plugins.events import SECTION
from plugins.events.model import Event
from plugins.events.views import change_times
from tests.world import NOW, a_content, a_site, check, codes, front, item, make_pages, pages_of, read


def an_event(name="hoi-trai", begins="2026-12-05 07:30", **fields):
    values = {"title": name.capitalize(), "date": "2026-11-01", "begins": begins, "place": "Nhà Thiếu nhi", **fields}
    return item(Event, f"su-kien/{name}/index.md", **values)


def content_of(*events, now=NOW):
    return a_content(*events, sections=(SECTION,), now=now)


def detail(content, name="hoi-trai"):
    return pages_of(content)[f"su-kien/{name}/index.html"].view


def problems(*events):
    content = content_of(*events)
    return check(content, make_pages(content))


def index_of(content):
    return pages_of(content)["su-kien/index.html"].view


@pytest.mark.parametrize(
    ("begins", "ends", "words", "iso"),
    [
        ("2026-12-05", None, ["Thứ Bảy, 5/12/2026"], ["2026-12-05"]),
        ("2026-12-05", "2026-12-05", ["Thứ Bảy, 5/12/2026"], ["2026-12-05"]),
        ("2026-12-05", "2026-12-06", ["Thứ Bảy, 5/12/2026", "Chủ nhật, 6/12/2026"], ["2026-12-05", "2026-12-06"]),
        ("2026-12-05 07:30", None, ["Thứ Bảy, 5/12/2026, 07:30"], ["2026-12-05T07:30:00+07:00"]),
        ("2026-12-05 07:30", "2026-12-05", ["Thứ Bảy, 5/12/2026, 07:30"], ["2026-12-05T07:30:00+07:00"]),
        ("2026-12-05 07:30", "2026-12-05 11:00", ["Thứ Bảy, 5/12/2026, 07:30", "11:00"], ["2026-12-05T07:30:00+07:00", "2026-12-05T11:00:00+07:00"]),
        ("2026-12-05 07:30", "2026-12-06 17:00", ["Thứ Bảy, 5/12/2026, 07:30", "Chủ nhật, 6/12/2026, 17:00"], ["2026-12-05T07:30:00+07:00", "2026-12-06T17:00:00+07:00"]),
        ("2026-12-05 07:30", "2026-12-06", ["Thứ Bảy, 5/12/2026, 07:30", "Chủ nhật, 6/12/2026"], ["2026-12-05T07:30:00+07:00", "2026-12-06T23:59:00+07:00"]),
    ],
)  # fmt: skip
def test_the_time_is_said_as_far_as_it_was_written(begins, ends, words, iso):
    row = detail(content_of(an_event(begins=begins, **({"ends": ends} if ends else {})))).row
    shown = [moment for moment in (row.begins, row.ends) if moment]
    assert ([moment.words for moment in shown], [moment.iso for moment in shown]) == (words, iso)


@pytest.mark.parametrize(
    ("fields", "words", "tone"),
    [
        ({"begins": "2026-11-23 20:01"}, "Sắp diễn ra", "coming"),
        ({"begins": "2026-11-23 20:00", "ends": "2026-11-23 21:00"}, "Đang diễn ra", "running"),
        ({"begins": "2026-11-23 08:00"}, "Đang diễn ra", "running"),
        ({"begins": "2026-11-23"}, "Đang diễn ra", "running"),
        ({"begins": "2026-11-20", "ends": "2026-11-23"}, "Đang diễn ra", "running"),
        ({"begins": "2026-11-23 18:00", "ends": "2026-11-23 20:00"}, "Đang diễn ra", "running"),
        ({"begins": "2026-11-23 18:00", "ends": "2026-11-23 19:59"}, "Đã qua", "over"),
        ({"begins": "2026-11-22"}, "Đã qua", "over"),
        ({"begins": "2026-12-05", "state": "hoan"}, "Tạm hoãn", "stopped"),
        ({"begins": "2026-11-23", "state": "huy"}, "Đã hủy", "stopped"),
    ],
)  # fmt: skip
def test_how_an_event_stands_is_said_in_words(fields, words, tone):
    row = detail(content_of(an_event(**fields))).row
    assert (row.words, row.tone) == (words, tone)


def test_the_list_goes_by_month_soonest_first_and_past_events_are_kept_below():
    content = content_of(
        an_event("thang-ba", "2027-03-26"),
        an_event("cuoi-thang", "2026-12-31"),
        an_event("dau-thang", "2026-12-01"),
        an_event("trien-lam", "2026-11-01", ends="2026-12-31"),
        an_event("huy-hom-nay", "2026-11-23", state="huy"),
        an_event("cu", "2026-11-02"),
        an_event("cu-hon", "2026-11-01"),
    )
    index = index_of(content)
    assert [(group.title, [row.title for row in group.rows]) for group in index.groups] == [
        ("Đang diễn ra", ["Trien-lam"]),
        ("Tháng 11 năm 2026", ["Huy-hom-nay"]),
        ("Tháng 12 năm 2026", ["Dau-thang", "Cuoi-thang"]),
        ("Tháng 3 năm 2027", ["Thang-ba"]),
    ]
    assert [(card.title, card.date.short) for card in index.cards] == [("Cu", "2/11/2026"), ("Cu-hon", "1/11/2026")]
    assert [row.title for row in content.blocks["events"].rows] == ["Trien-lam", "Huy-hom-nay"]


def test_many_past_events_are_kept_in_pages():
    content = content_of(*(an_event(f"s-{day}", f"2026-10-{day:02}", date="2026-09-01") for day in range(1, 26)))
    assert "su-kien/trang/1/index.html" in pages_of(content)
    assert index_of(content).cards[0].date.short == "25/10/2026"


def test_without_events_to_come_the_list_says_something_useful_and_the_block_is_absent():
    content = content_of(an_event(begins="2026-11-02"))
    assert index_of(content).groups == () and "lịch" in index_of(content).empty
    assert content.blocks == {}


def test_lists_of_news_show_an_event_on_the_day_it_was_announced():
    (entry,) = content_of(an_event(date="2026-11-10 08:00")).entries
    assert entry.card.date.short == "10/11/2026"


def calendar(content, path):
    return icalendar.Calendar.from_ical(pages_of(content)[path].view.text(a_site())).events


def test_the_calendar_holds_what_is_to_come_and_not_what_was_called_off():
    content = content_of(
        an_event("den", "2026-12-05"), an_event("hoan", "2026-12-06", state="hoan"), an_event("qua", "2026-11-02")
    )
    assert [str(event["summary"]) for event in calendar(content, "su-kien/lich.ics")] == ["Den"]
    assert [path for path in pages_of(content) if path.endswith("su-kien.ics")] == ["su-kien/den/su-kien.ics"]
    assert detail(content, "hoan").calendar == detail(content, "qua").calendar == ""


def test_the_address_of_the_calendar_stays_even_with_nothing_to_come():
    content = content_of(an_event(begins="2026-11-02"))
    assert calendar(content, "su-kien/lich.ics") == []
    assert index_of(content).subscribe_url(a_site()) == "webcal://thu.example/su-kien/lich.ics"


def test_whole_days_and_hours_reach_the_calendar_as_such():
    (days,) = calendar(content_of(an_event(begins="2026-12-05", ends="2026-12-06")), "su-kien/hoi-trai/su-kien.ics")
    assert (days["dtstart"].dt.isoformat(), days["dtend"].dt.isoformat()) == ("2026-12-05", "2026-12-07")
    (hour,) = calendar(content_of(an_event()), "su-kien/hoi-trai/su-kien.ics")
    assert hour["dtstart"].dt.isoformat() == "2026-12-05T00:30:00+00:00" and "dtend" not in hour


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://dangky.example/", "https://dangky.example/"),
        ("/gop-y-kien/", "/gop-y-kien/"),
        ("mailto:doan@tinh.example", "mailto:doan@tinh.example?subject=Đăng ký tham gia: Hội trại"),
    ],
)
def test_the_way_to_sign_up_is_a_link_or_a_letter_with_its_subject(written, address):
    view = detail(content_of(an_event(title="Hội trại", register=written)))
    assert unquote(view.register) == address


@pytest.mark.parametrize("fields", [{"begins": "2026-11-23 19:00"}, {"state": "huy"}, {"begins": "2026-11-02"}])
def test_nobody_signs_up_for_what_has_begun_or_was_called_off(fields):
    assert detail(content_of(an_event(register="https://dangky.example/", **fields))).register == ""


@pytest.mark.parametrize(
    ("state", "status"), [("", "EventScheduled"), ("hoan", "EventPostponed"), ("huy", "EventCancelled")]
)
def test_search_engines_are_told_time_place_and_whether_it_takes_place(state, status):
    (event,) = detail(content_of(an_event(ends="2026-12-05 11:00", state=state))).structured(a_site())
    assert (event["@type"], event["eventStatus"]) == ("Event", f"https://schema.org/{status}")
    assert (event["startDate"], event["endDate"]) == ("2026-12-05T07:30:00+07:00", "2026-12-05T11:00:00+07:00")
    assert event["location"]["name"] == "Nhà Thiếu nhi"
    (open_end,) = detail(content_of(an_event())).structured(a_site())
    assert "endDate" not in open_end


def test_the_portal_knows_when_an_event_begins_and_when_it_is_over():
    def changes(now, **fields):
        return content_of(an_event(**fields), now=dates.parse(now)).next_change()

    hours = {"begins": "2026-12-05 07:30", "ends": "2026-12-05 11:00"}
    assert changes("2026-11-23", **hours) == dates.parse("2026-12-05 07:30")
    assert changes("2026-12-05 07:30", **hours) == dates.parse("2026-12-05 11:01")
    assert changes("2026-12-05 11:01", **hours) == dates.parse("2026-12-07")  # the next week is shown
    assert changes("2026-12-07", **hours) is None
    assert changes("2026-12-05", begins="2026-12-05") == dates.parse("2026-12-06")
    assert list(change_times(content_of(an_event(begins="2026-11-02")))) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ends": "2026-12-05 07:29"}, "ENDS_BEFORE_BEGINS"),
        ({"ends": "2026-12-05 07:30"}, None),
        ({"begins": "2026-10-31"}, "EVENT_OVER"),
        ({"begins": "2026-11-01"}, None),
        ({"begins": "2028-10-30"}, None),
        ({"begins": "2028-12-05"}, "EVENT_FAR"),
    ],
)
def test_days_that_cannot_be_right_are_told(fields, code):
    assert codes(problems(an_event(**fields))) == ([code] if code else [])


def test_a_slip_of_the_year_warns_and_an_end_before_the_begin_stops():
    assert [problem.severity for problem in problems(an_event(begins="2025-12-05"))] == ["warning"]
    assert [problem.severity for problem in problems(an_event(ends="2026-12-04"))] == ["error"]


def test_bad_fields_are_refused():
    lines = {"title": "Hội trại", "date": "2026-11-01", "place": "Nhà Thiếu nhi"}
    for more, code in (
        ({}, "FIELD_MISSING"),
        ({"begins": "mai"}, "DATE_INVALID"),
        ({"begins": "2026-12-05", "state": "hoãn"}, "VALUE_UNKNOWN"),
        ({"begins": "2026-12-05", "register": "gọi điện"}, "LINK_INVALID"),
    ):
        assert codes(read(Event, front(**lines, **more), "su-kien/a/index.md")[1]) == [code]
