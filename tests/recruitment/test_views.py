"""Recruitment notices: open through their deadline, closed by themselves."""

import pytest

from plugins.core.text import dates
from plugins.recruitment import SECTION
from plugins.recruitment.model import Notice
from plugins.recruitment.views import change_times
from tests.world import NOW, a_content, a_site, check, codes, item, make_pages, pages_of

TODAY = dates.short_date(NOW)


def a_notice(name="tin", deadline="2026-12-15", **fields):
    values = {"title": name.capitalize(), "date": "2026-01-01", "deadline": deadline, "unit": "Văn phòng", **fields}
    return item(Notice, f"tuyen-dung/{name}/index.md", **values)


def content_of(*notices, now=NOW):
    return a_content(*notices, sections=(SECTION,), now=now)


def detail(content, name="tin"):
    return pages_of(content)[f"tuyen-dung/{name}/index.html"].view


@pytest.mark.parametrize(
    ("deadline", "words", "tone"),
    [
        ("2027-06-30", "Còn hạn đến 30/6/2027", "open"),
        ("2026-12-08", "Còn hạn đến 8/12/2026", "open"),
        ("2026-12-07", "Còn 14 ngày", "soon"),
        ("2026-11-26", "Còn 3 ngày", "soon"),
        ("2026-11-23", "Hết hạn hôm nay", "soon"),
        ("2026-11-23 20:00", "Hết hạn hôm nay", "soon"),
        ("2026-11-23 19:59", "Đã hết hạn", "closed"),
        ("2026-11-22", "Đã hết hạn", "closed"),
    ],
)
def test_the_deadline_is_said_in_words(deadline, words, tone):
    state = detail(content_of(a_notice(deadline=deadline))).row.state
    assert (state.words, state.tone) == (words, tone)


def test_a_notice_is_open_through_its_last_day():
    notice = a_notice(deadline="2026-05-31")
    assert notice.is_open(dates.parse("2026-05-31 23:59"))
    assert not notice.is_open(dates.parse("2026-06-01 00:00"))


def test_open_notices_stand_soonest_first_and_closed_ones_leave_the_block():
    content = content_of(
        a_notice("xa", "2027-05-01"), a_notice("gan", "2026-11-30"), a_notice("cu", "2025-01-01", date="2024-01-01")
    )
    assert [row.title for row in content.blocks["recruitment"].rows] == ["Gan", "Xa"]
    index = pages_of(content)["tuyen-dung/index.html"].view
    assert [row.title for row in index.rows] == ["Gan", "Xa"]
    assert [card.title for card in index.cards] == ["Cu"] and index.cards[0].badge == "Hết hạn 1/1/2025"


def test_with_nothing_open_the_block_says_something_useful():
    block = content_of(a_notice(deadline="2026-02-01")).blocks["recruitment"]
    assert block.rows == () and "lưu" in block.empty


def test_only_an_open_notice_is_told_to_search_engines():
    posting = detail(content_of(a_notice(quota="2", positions="Kế toán"))).structured(a_site())[0]
    assert (posting["@type"], posting["validThrough"], posting["totalJobOpenings"]) == (
        "JobPosting",
        "2026-12-15T23:59:00+07:00",
        2,
    )
    assert detail(content_of(a_notice(deadline="2026-02-01"))).structured(a_site()) == []


def test_the_portal_knows_when_a_badge_will_change():
    far = content_of(a_notice(deadline="2027-06-30"))
    assert min(change_times(far)) == dates.parse("2027-06-16")
    soon = content_of(a_notice(deadline="2026-11-26"))
    assert min(change_times(soon)) == dates.parse("2026-11-24")
    last = content_of(a_notice(deadline=f"{TODAY} 20:30"))
    assert min(change_times(last)) == dates.parse("2026-11-23 20:31")


def test_a_deadline_before_the_notice_is_a_mistake():
    content = content_of(a_notice(deadline="2025-12-31"))
    assert codes(check(content, make_pages(content))) == ["DEADLINE_BEFORE_DATE"]
