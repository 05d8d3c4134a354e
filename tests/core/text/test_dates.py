"""Days and minutes in Vietnam."""

from datetime import UTC, datetime

import pytest

from plugins.core.text import dates


@pytest.mark.parametrize(
    "written",
    [
        "2020-07-30 16:36",
        "30/7/2020 16:36",
        "2020/07/30 16:36",
        "2020-07-30T16:36:00",
        "2020-07-30T09:36:00Z",
        "2020-07-30t09:36:00z",
        " 2020-07-30T16:36+07:00 ",
        "2020-07-30T16:36:00+07",
        "2020-07-30 16:36:00 +0700",
        "2020-07-30T09:36:00.000Z",
        "2020-07-30T16:36:00,000+07:00",
        "2020-07-30T04:36:00.123456789\N{MINUS SIGN}05:00",
        "\u200e2020-07-30\u00a016:36\u3000",
        "30/7/2020\u202f16:36",
        "2020\u201107\u201330 16\uff1a36",
    ],
)
def test_each_accepted_form_means_the_same_minute(written):
    assert dates.parse(written) == datetime(2020, 7, 30, 9, 36, tzinfo=UTC)


def test_a_date_with_slashes_is_read_day_first():
    assert dates.parse("05/11/2026").month == 11


@pytest.mark.parametrize(
    "written",
    [
        "32/13/2026",
        "30/02/2026",
        "2026-13-01",
        "2026-01-01 25:00",
        "12",
        "10:30",
        "tháng 5",
        "",
        "2026-05",
        "2026-05/01",
        "2026-05-01T",
        "2026-05-01T08:00:00.",
        "2026-05-01T08:00+07:99",
        "2026-05-01T08:00+25",
        "2026-05-0108:00",
        "5/11/26",
        "no",
    ],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError):
        dates.parse(written)


def test_the_long_date_names_weekday_month_and_year():
    assert dates.long_date(dates.parse("2020-07-30 16:36")) == "Thứ Năm, 30 tháng 7 năm 2020, 16:36"
    assert dates.long_date(dates.parse("2026-11-22")) == "Chủ nhật, 22 tháng 11 năm 2026, 00:00"


def test_a_day_that_ends_something_lasts_to_its_last_minute():
    assert dates.parse("2026-05-31", "23:59").strftime("%H:%M") == "23:59"


def test_the_short_date_has_no_needless_zeros():
    assert dates.short_date(dates.parse("2026-06-08")) == "8/6/2026"


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2026-11-23", 18, "2025-05-23"), ("2026-01-31", 1, "2025-12-31"), ("2026-03-31", 1, "2026-02-28")],
)
def test_months_before_keep_the_day_where_the_month_has_it(day, months, before):
    assert dates.months_before(dates.parse(f"{day} 08:15"), months) == dates.parse(f"{before} 08:15")


def test_midnight_in_vietnam_is_not_midnight_elsewhere():
    late = dates.from_epoch(datetime(2026, 1, 1, 17, 30, tzinfo=UTC).timestamp())
    assert dates.short_date(late) == "2/1/2026"
    assert dates.midnight_after(late) == dates.parse("2026-01-03")


@pytest.mark.parametrize(("written", "seconds"), [("4:35", 275), ("0:09", 9), ("1:02:10", 3730)])
def test_a_duration_is_minutes_and_seconds(written, seconds):
    assert dates.duration(written) == seconds


@pytest.mark.parametrize("written", ["4", "4:5", "4:75", "một phút"])
def test_what_is_no_duration_is_refused(written):
    with pytest.raises(ValueError):
        dates.duration(written)
