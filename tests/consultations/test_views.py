"""Consultations: they open and close by themselves, and say what became of the opinions."""

from string import punctuation
from urllib.parse import quote, unquote

import icalendar
import msgspec
import pytest

from plugins.consultations import SECTION
from plugins.consultations.model import Consultation
from plugins.consultations.views import MAX_LETTER, change_times
from plugins.core.text import dates
from tests.world import NOW, a_content, a_site, check, codes, front, item, make_pages, pages_of, read

ANSWER = "## Tiếp thu, giải trình\n\n| Ý kiến | Tiếp thu, giải trình |\n|---|---|\n| Họp ngắn hơn | Tiếp thu |"


def a_consultation(name="quy-che", body="Nội dung.", **fields):
    values = {"title": name.capitalize(), "date": "2026-06-01", "closes": "2027-03-31", "unit": "Văn phòng", **fields}
    return item(Consultation, f"gop-y/{name}/index.md", body, **values)


def content_of(*items, now=NOW, **more):
    return a_content(*items, sections=(SECTION,), now=now, **more)


def detail(content, name="quy-che"):
    return pages_of(content)[f"gop-y/{name}/index.html"].view


def problems(*items, now=NOW):
    content = content_of(*items, now=now)
    return check(content, make_pages(content))


@pytest.mark.parametrize(
    ("fields", "words", "tone", "label", "day"),
    [
        ({"opens": "2027-01-12"}, "Sắp lấy ý kiến", "coming", "Bắt đầu", "12/1/2027"),
        ({"opens": "2026-11-23 20:01"}, "Sắp lấy ý kiến", "coming", "Bắt đầu", "23/11/2026"),
        ({"opens": "2026-11-23 20:00"}, "Đang lấy ý kiến", "open", "Hạn góp ý", "31/3/2027"),
        ({"closes": "2026-12-24"}, "Đang lấy ý kiến", "open", "Hạn góp ý", "24/12/2026"),
        ({"closes": "2026-12-23"}, "Còn 30 ngày", "soon", "Hạn góp ý", "23/12/2026"),
        ({"closes": "2026-11-23 20:00"}, "Hết hạn hôm nay", "soon", "Hạn góp ý", "23/11/2026"),
        ({"closes": "2026-11-23 19:59"}, "Đã đóng, đang tổng hợp", "closed", "Kết thúc", "23/11/2026"),
        ({"closes": "2026-10-01", "answered": "2026-11-23", "body": ANSWER}, "Đã tiếp thu, giải trình", "answered", "Ngày trả lời", "23/11/2026"),
    ],
)  # fmt: skip
def test_where_it_stands_is_said_in_words_with_the_day_that_matters(fields, words, tone, label, day):
    row = detail(content_of(a_consultation(**fields))).row
    assert (row.words, row.tone, row.label, row.date.short) == (words, tone, label, day)


def test_without_an_opening_day_it_opens_when_it_is_published():
    assert detail(content_of(a_consultation(date="2026-11-01 08:00"))).opens.at == dates.parse("2026-11-01 08:00")


def test_the_list_goes_from_open_to_answered_and_what_comes_next_stands_first():
    content = content_of(
        a_consultation("xa", closes="2027-05-01"),
        a_consultation("gan", closes="2026-12-01"),
        a_consultation("sap", opens="2027-01-01", closes="2027-02-01"),
        a_consultation("dong", closes="2026-11-01"),
        a_consultation("xong", closes="2026-07-01", answered="2026-08-01", body=ANSWER),
    )
    index = pages_of(content)["gop-y/index.html"].view
    assert [(group.title, [row.title for row in group.rows]) for group in index.groups] == [
        ("Đang lấy ý kiến", ["Gan", "Xa"]),
        ("Sắp lấy ý kiến", ["Sap"]),
        ("Đã đóng, đang tổng hợp", ["Dong"]),
    ]
    assert [(card.title, card.date.short) for card in index.cards] == [("Xong", "1/8/2026")]
    assert [row.title for row in content.blocks["consultations"].rows] == ["Gan", "Xa", "Sap"]


def test_with_nothing_open_the_list_says_something_useful_and_the_block_is_absent():
    content = content_of(a_consultation(closes="2026-11-01"))
    (first, _) = pages_of(content)["gop-y/index.html"].view.groups
    assert first.rows == () and "tiếp thu" in first.empty
    assert content.blocks == {}


def test_an_unlisted_one_has_its_page_and_stands_in_no_list():
    content = content_of(a_consultation(status="unlisted"))
    assert not detail(content).is_indexed
    assert not pages_of(content)["gop-y/index.html"].view.groups[0].rows and content.entries == ()


def letter_of(*questions, title="Quy chế"):
    view = detail(content_of(a_consultation(title=title, questions="[" + ", ".join(questions) + "]")))
    return view.letter_url(a_site())


def test_the_letter_holds_the_questions_with_room_below_each():
    letter = letter_of("Họp mấy lần một tháng?", "Ai chủ trì?")
    assert letter.startswith("mailto:tdtn@binhthuan.gov.vn?subject=")
    text = unquote(letter).replace("\r\n", "\n")
    assert "Góp ý: Quy chế" in text and "https://thu.example/gop-y/quy-che/" in text
    assert "Câu 1. Họp mấy lần một tháng?\n\n\nCâu 2. Ai chủ trì?\n\n\nÝ kiến khác" in text


def test_a_letter_too_long_for_some_machines_numbers_its_questions_only():
    questions = [f"Câu hỏi dài thứ {word} về điều khoản nào cần giữ lại" * 4 for word in ("một", "hai", "ba", "tư")]
    assert "điều khoản" in unquote(letter_of(*questions[:1]))
    letter = letter_of(*questions, title="Kế hoạch tổ chức đại hội Đoàn các cấp nhiệm kỳ mới")
    assert len(quote(letter, safe=punctuation)) <= MAX_LETTER
    assert "Câu 4.\n" in unquote(letter).replace("\r", "") and "điều khoản" not in unquote(letter)


@pytest.mark.parametrize(("closes", "is_there"), [("2026-11-23 20:00", True), ("2026-11-23 19:59", False)])
def test_form_and_calendar_are_there_until_it_closes(closes, is_there):
    content = content_of(a_consultation(closes=closes, questions="[Một?]"))
    pages, view = pages_of(content), detail(content)
    for path, address in (
        ("gop-y/quy-che/phieu-gop-y/index.html", view.form),
        ("gop-y/quy-che/han-gop-y.ics", view.calendar),
    ):
        assert (path in pages) is is_there
        assert address.removesuffix("/") == ("/" + path.removesuffix("/index.html") if is_there else "")
    assert view.is_open is is_there


def test_the_form_is_for_the_printer_and_not_for_search_engines():
    page = pages_of(content_of(a_consultation(questions="[Một?, Hai?]")))["gop-y/quy-che/phieu-gop-y/index.html"]
    assert page.view.questions == ("Một?", "Hai?") and page.view.aside == ()
    assert not page.is_indexed and not page.view.is_indexed


def test_the_calendar_shows_the_closing_day_and_says_the_hour():
    content = content_of(a_consultation(closes="2027-03-31 17:00"))
    text = pages_of(content)["gop-y/quy-che/han-gop-y.ics"].view.text(a_site())
    (event,) = icalendar.Calendar.from_ical(text).events
    assert event["dtstart"].dt.isoformat() == "2027-03-31" and "17:00" in event["description"]


def test_the_answer_is_led_to_in_the_text_or_as_a_file():
    in_text = a_consultation(closes="2026-10-01", answered="2026-11-01", body=ANSWER)
    assert detail(content_of(in_text)).answer.url == "#tiep-thu-giai-trinh"
    as_file = a_consultation(closes="2026-10-01", answered="2026-11-01", answer="tra-loi.pdf")
    answer = detail(content_of(as_file, files={"gop-y/quy-che/tra-loi.pdf": 320_000})).answer
    assert answer.url == "/tep/gop-y/quy-che/tra-loi.pdf" and "PDF, 320 KB" in answer.title


def test_the_portal_knows_when_it_will_change():
    cases = {
        "2027-01-12": {"opens": "2027-01-12"},
        "2027-03-01": {},
        "2026-11-24": {"closes": "2026-12-01"},
        "2026-11-23 20:31": {"closes": "2026-11-23 20:30"},
        "2026-12-05": {"closes": "2026-11-01", "answered": "2026-12-05", "body": ANSWER},
    }
    for moment, fields in cases.items():
        assert min(change_times(content_of(a_consultation(**fields)))) == dates.parse(moment), fields
    assert list(change_times(content_of(a_consultation(closes="2026-11-01")))) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"opens": "2027-04-01"}, "CLOSES_BEFORE_OPENS"),
        ({"date": "2026-11-20", "closes": "2026-11-19"}, "CLOSES_BEFORE_OPENS"),
        ({"closes": "2026-11-01", "answered": "2026-10-31", "body": ANSWER}, "ANSWERED_BEFORE_CLOSES"),
        ({"closes": "2026-11-01", "answered": "2026-11-20"}, "ANSWER_MISSING"),
        ({"closes": "2026-10-24"}, None),
        ({"closes": "2026-10-23"}, "ANSWER_OVERDUE"),
        ({"closes": "2026-10-23", "status": "draft"}, None),
        ({"closes": "2026-11-01", "answered": "2026-11-01", "body": ANSWER}, None),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_told(fields, code):
    assert codes(problems(a_consultation(**fields))) == ([code] if code else [])


def test_a_late_answer_is_a_reminder_and_stops_nothing():
    (late,) = problems(a_consultation(closes="2026-09-01"))
    assert late.severity == "warning" and "answered: 2026-11-23" in late.message and late.line


def test_there_has_to_be_something_to_say_an_opinion_on():
    assert "CONSULTATION_EMPTY" in codes(problems(a_consultation(body="")))
    assert "CONSULTATION_EMPTY" not in codes(problems(a_consultation(body="", questions="[Một?]")))


def test_a_closing_day_is_required_and_has_to_be_a_day():
    lines = {"title": "Quy chế", "date": "2026-06-01", "unit": "Văn phòng"}
    assert codes(read(Consultation, front(**lines), "gop-y/a/index.md")[1]) == ["FIELD_MISSING"]
    assert codes(read(Consultation, front(**lines, closes="cuối năm"), "gop-y/a/index.md")[1]) == ["DATE_INVALID"]


def test_a_kept_consultation_is_read_back_as_it_was():
    consultation = a_consultation(opens="2026-07-01", questions="[Một?, Hai?]", answered="2027-04-02", body=ANSWER)
    assert msgspec.json.decode(msgspec.json.encode(consultation), type=Consultation) == consultation
