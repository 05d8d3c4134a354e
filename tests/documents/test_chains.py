"""Who replaces whom: written on one side, seen on both; the state follows on its day."""

import pytest

from plugins.core.text import dates
from plugins.documents.views import change_times
from tests.documents.papers import a_paper, content_of, detail, errors_of, state_of
from tests.world import make_pages

OLD, NEW = (
    a_paper("cu", number="1-KH/TĐTN"),
    a_paper("moi", number="2-KH/TĐTN", date="2026-03-01", replaces="1-KH/TĐTN"),
)


def sides(view):
    return {group.title: [row.number for row in group.rows] for group in view.groups}


def test_the_other_side_is_worked_out():
    content = content_of(OLD, NEW)
    assert sides(detail(content, "moi")) == {"Thay thế": ["1-KH/TĐTN"]}
    assert sides(detail(content, "cu")) == {"Được thay thế bởi": ["2-KH/TĐTN"]}


@pytest.mark.parametrize("called", ["1-KH/TĐTN", "01-KH/TĐTN", "/van-ban/2026/cu/", "2026/cu"])
def test_another_document_is_called_by_number_or_address(called):
    content = content_of(OLD, a_paper("moi", number="2-KH/TĐTN", related=called))
    assert errors_of(content) == []
    assert sides(detail(content, "cu")) == {"Văn bản liên quan": ["2-KH/TĐTN"]}
    assert sides(detail(content, "moi")) == {"Văn bản liên quan": ["1-KH/TĐTN"]}


def test_written_on_both_sides_it_is_shown_once():
    first = a_paper("mot", number="1-KH/TĐTN", related="2-KH/TĐTN")
    second = a_paper("hai", number="2-KH/TĐTN", related="1-KH/TĐTN")
    assert sides(detail(content_of(first, second), "mot")) == {"Văn bản liên quan": ["2-KH/TĐTN"]}


def test_what_is_amended_stays_in_force():
    content = content_of(OLD, a_paper("moi", number="2-KH/TĐTN", amends="1-KH/TĐTN"))
    assert sides(detail(content, "cu")) == {"Được sửa đổi, bổ sung bởi": ["2-KH/TĐTN"]}
    assert state_of(content, "cu") == "Còn hiệu lực"


def test_a_replaced_document_says_so_and_points_to_its_successor():
    view = detail(content_of(OLD, NEW), "cu")
    assert view.row.state.words == "Hết hiệu lực"
    (remark,) = view.remarks
    assert "Từ ngày 1/3/2026" in remark.words and "được thay thế" in remark.words
    assert remark.link.url == "/van-ban/2026/moi/" and "2-KH/TĐTN" in remark.link.title


def test_it_is_replaced_on_the_day_on_which_the_other_comes_into_force():
    new = a_paper("moi", number="2-KH/TĐTN", effective="2027-01-01", replaces="1-KH/TĐTN")
    before = content_of(OLD, new)
    assert (state_of(before, "cu"), state_of(before, "moi")) == ("Còn hiệu lực", "Chưa có hiệu lực")
    assert "sẽ được thay thế" in detail(before, "cu").remarks[0].words
    day = min(moment for moment in change_times(before) if moment > before.now)
    assert day == dates.parse("2027-01-01")
    after = content_of(OLD, new, now=day)
    assert (state_of(after, "cu"), state_of(after, "moi")) == ("Hết hiệu lực", "Còn hiệu lực")


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "unlisted"}, {"date": "2026-12-01"}])
def test_a_document_that_readers_cannot_find_replaces_nothing_yet(fields):
    new = a_paper("moi", **{"number": "2-KH/TĐTN", "replaces": "1-KH/TĐTN", **fields})
    content = content_of(OLD, new)
    assert state_of(content, "cu") == "Còn hiệu lực" and detail(content, "cu").groups == ()


@pytest.mark.parametrize(
    ("expires", "now", "words"),
    [
        ("2026-11-23", "2026-11-23 23:59", "Còn hiệu lực"),
        ("2026-11-23", "2026-11-24 00:00", "Hết hiệu lực"),
        ("2026-11-23 17:00", "2026-11-23 17:01", "Hết hiệu lực"),
    ],
)
def test_a_document_is_in_force_through_its_last_day(expires, now, words):
    content = content_of(a_paper("cu", expires=expires), now=dates.parse(now))
    assert state_of(content, "cu") == words


@pytest.mark.parametrize(
    ("now", "remark"),
    [
        ("2026-11-30 23:59", "Văn bản sẽ hết hiệu lực từ ngày 1/12/2026."),
        ("2026-12-01 00:00", "Văn bản đã hết hiệu lực từ ngày 1/12/2026."),
    ],
)
def test_a_document_says_the_first_day_on_which_it_is_no_longer_in_force(now, remark):
    content = content_of(a_paper("cu", expires="2026-11-30"), now=dates.parse(now))
    view = detail(content, "cu")
    assert [line.words for line in view.remarks] == [remark]
    assert [fact.value.short for fact in view.facts if fact.label == "Hết hiệu lực từ"] == ["1/12/2026"]


def test_the_portal_knows_when_a_state_will_change():
    content = content_of(a_paper("cu", expires="2026-12-31"))
    assert content.next_change() == dates.parse("2027-01-01")


def test_an_unknown_number_is_told_with_the_one_that_was_meant():
    problems = errors_of(content_of(OLD, a_paper("moi", number="2-KH/TĐTN", replaces="1-KH/TDTN")))
    assert [problem.code for problem in problems] == ["DOCUMENT_UNKNOWN"]
    assert "Có phải là “1-KH/TĐTN”?" in problems[0].message and problems[0].path.endswith("moi/index.md")
    assert problems[0].line > 1


def test_a_number_that_two_documents_have_asks_for_the_address():
    older = a_paper("nam-truoc", number="1-KH/TĐTN", date="2025-01-05")
    content = content_of(OLD, older, a_paper("moi", number="2-KH/TĐTN", replaces="1-KH/TĐTN"))
    (problem,) = errors_of(content)
    assert problem.code == "DOCUMENT_AMBIGUOUS" and "2026/cu, 2026/nam-truoc" in problem.message


def test_a_document_does_not_replace_itself():
    assert [
        problem.code for problem in errors_of(content_of(a_paper("cu", number="1-KH/TĐTN", replaces="1-KH/TĐTN")))
    ] == ["DOCUMENT_SELF"]


def test_each_circle_is_told_once():
    def ring(*names):
        for index, name in enumerate(names):
            yield a_paper(name, number=f"{ord(name)}-KH/TĐTN", replaces=f"{ord(names[index - 1])}-KH/TĐTN")

    problems = errors_of(content_of(*ring("a", "b", "c"), *ring("x", "y")))
    assert [(problem.code, problem.path) for problem in problems] == [
        ("DOCUMENT_CYCLE", "content/van-ban/2026/a/index.md"),
        ("DOCUMENT_CYCLE", "content/van-ban/2026/x/index.md"),
    ]


def test_a_long_chain_is_no_circle():
    chain = [a_paper("v0", number="1-KH/TĐTN")]
    chain += [
        a_paper(f"v{n}", number=f"{n + 1}-KH/TĐTN", replaces=f"{n}-KH/TĐTN", date=f"2026-02-{n + 1:02}")
        for n in range(1, 9)
    ]
    content = content_of(*chain)
    assert errors_of(content) == []
    assert [state_of(content, f"v{n}") for n in (0, 7, 8)] == ["Hết hiệu lực", "Hết hiệu lực", "Còn hiệu lực"]


def test_a_unit_gives_a_number_once_a_year():
    twin = a_paper("hai", number="01-KH/TĐTN", date="2026-09-09")
    assert [problem.code for problem in errors_of(content_of(OLD, twin))] == ["DOCUMENT_TWICE"]
    other_year = a_paper("hai", number="1-KH/TĐTN", date="2025-09-09")
    other_unit = a_paper("ba", number="1-KH/TĐTN", unit="Ban Tuyên giáo")
    assert errors_of(content_of(OLD, other_year, other_unit)) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": "1-HD/TĐTN"}, "DOCUMENT_KIND"),
        ({"number": ""}, "FIELD_MISSING"),
        ({"kind": "luat", "number": "57/2020/QH14"}, "DOCUMENT_YEAR"),
        ({"effective": "2026-06-01", "expires": "2026-05-31"}, "DOCUMENT_EXPIRES"),
    ],
)
def test_fields_that_contradict_each_other_are_told(fields, code):
    content = content_of(a_paper("cu", **fields))
    assert [problem.code for problem in errors_of(content)] == [code]
    assert list(make_pages(content))  # reported, not raised


def test_only_a_constitution_has_no_number():
    assert errors_of(content_of(a_paper("hp", kind="hien-phap", number="", unit="Quốc hội"))) == []
