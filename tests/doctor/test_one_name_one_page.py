"""Names that are one but for how they are written (faults-2.md P23, 3): one page for them, and a warning."""

import unicodedata

import pytest

from plugins.authors import SECTION as AUTHORS
from plugins.core.text.vietnamese import name_key
from plugins.documents import SECTION as DOCUMENTS
from plugins.documents.model import Paper
from plugins.news import SECTION as NEWS
from plugins.search import SECTION as SEARCH
from plugins.tags import SECTION as TAGS
from tests.world import a_content, an_article, check, item, key, make_pages, pages_of

SECTIONS = NEWS, AUTHORS, TAGS, SEARCH, DOCUMENTS


def spelling_problems(*items):
    content = a_content(*items, sections=SECTIONS)
    return [problem for problem in check(content, make_pages(content)) if problem.code != "BODY_EMPTY"]


@pytest.mark.parametrize("other", ["LÊ THỦY", "Lê Thuỷ", "lê thủy", unicodedata.normalize("NFD", "LÊ THUỶ")])
def test_p23_an_author_spelt_in_two_ways_has_one_page_and_a_warning_with_both_places(other):
    stories = an_article("a", author=other), an_article("b", author="Lê Thủy"), an_article("c", author="Lê Thủy")
    (problem,) = spelling_problems(*stories)
    assert (problem.code, problem.severity, problem.path, problem.line) == (
        "NAME_SPELLING",
        "warning",
        "content/tin-tuc/a/index.md",
        5,
    )
    assert "“Lê Thủy” (content/tin-tuc/b/index.md:5)" in problem.message
    pages = pages_of(a_content(*stories, sections=SECTIONS))
    assert [path for path in pages if path.startswith("tac-gia/")] == [
        "tac-gia/index.html",
        "tac-gia/le-thuy/index.html",
    ]
    (group,) = pages["tac-gia/index.html"].view.groups
    assert (group.title, group.count) == ("Lê Thủy", 3)


def test_p23_two_people_whose_names_differ_in_a_mark_have_two_pages_whatever_the_order():
    stories = [
        an_article("a", author="Lê Thụy", date="2026-05-02"),
        an_article("b", author="Lê Thủy", date="2026-05-01"),
        an_article("c", author="Lê Thúy", date="2026-05-03"),
        an_article("d", author="Lê Thúy 2", date="2026-05-04"),
    ]
    for order in (stories, stories[::-1]):
        pages = pages_of(a_content(*order, sections=SECTIONS))
        lists = {
            path.split("/")[1]: page.view.title
            for path, page in pages.items()
            if path.count("/") == 2 and path[0:3] == "tac"
        }
        assert {slug: title.rpartition("Lê")[2] for slug, title in lists.items()} == {
            "le-thuy": " Thủy", "le-thuy-2": " Thúy 2", "le-thuy-3": " Thụy", "le-thuy-4": " Thúy",
        }  # fmt: skip
        assert pages["tin-tuc/a/index.html"].view.author.url == "/tac-gia/le-thuy-3/"
    reported = spelling_problems(*stories)
    assert {(p.code, p.severity, p.path) for p in reported} == {
        ("NAME_ALIKE", "warning", "content/tin-tuc/a/index.md"), ("NAME_ALIKE", "warning", "content/tin-tuc/c/index.md"),
    }  # fmt: skip
    assert "content/tin-tuc/b/index.md:5" in reported[0].message


def test_p23_a_storys_page_is_another_when_its_authors_page_moves():
    story, older = (
        an_article("a", author="Lê Thụy", date="2026-05-02"),
        an_article("b", author="Lê Thủy", date="2020-01-01"),
    )
    alone, both = (pages_of(a_content(*items, sections=SECTIONS)) for items in ((story,), (story, older)))
    assert key(alone["tin-tuc/a/index.html"]) != key(both["tin-tuc/a/index.html"])


@pytest.mark.parametrize("other", ["HÒA BÌNH", "hoà bình", "Hóa bình", "hoa binh"])
def test_p23_a_tag_written_in_two_ways_has_one_page_and_one_code_with_both_places(other):
    stories = [an_article(name, tags=f"[{tag}]") for name, tag in [("a", other), ("b", "hòa bình"), ("c", "hòa bình")]]
    (problem,) = spelling_problems(*stories)
    assert (problem.code, problem.severity, problem.path, problem.line) == (
        "TAG_SPELLING",
        "warning",
        "content/tin-tuc/a/index.md",
        5,
    )
    assert "“hòa bình” (content/tin-tuc/b/index.md:5)" in problem.message
    pages = pages_of(a_content(*stories, sections=SECTIONS))
    for groups in (pages["the/index.html"].view.groups, pages["tim-kiem/index.html"].view.tags):
        assert [(group.title, group.count) for group in groups] == [("hòa bình", 3)]


def test_p23_a_story_that_writes_a_tag_twice_is_listed_once():
    pages = pages_of(a_content(an_article("a", tags="[Biển, biển]"), sections=SECTIONS))
    assert [group.count for group in pages["the/index.html"].view.groups] == [1]


def test_p23_a_unit_written_in_two_ways_is_told():
    fields = {"title": "A", "kind": "ke-hoach", "date": "2026-05-01"}
    papers = [
        item(Paper, f"van-ban/2026/{name}/index.md", number=f"{number}-KH/TĐTN", unit=unit, **fields)
        for number, (name, unit) in enumerate([("a", "Văn phòng"), ("b", "VĂN PHÒNG"), ("c", "Văn phòng")], 1)
    ]
    (problem,) = [problem for problem in spelling_problems(*papers) if problem.code == "NAME_SPELLING"]
    assert (problem.severity, problem.path) == ("warning", "content/van-ban/2026/b/index.md")


@pytest.mark.parametrize(
    ("first", "second"), [("hòa", "hoà"), ("Thủy", "THUỶ"), ("khoẻ", "khỏe"), ("Ðức", "Đức"), ("a  b", "a b")]
)
def test_spellings_of_one_name_have_one_key(first, second):
    assert name_key(first) == name_key(second)


@pytest.mark.parametrize(
    ("first", "second"), [("Thủy", "Thụy"), ("Thủy", "Thuy"), ("Hoàng", "Hoang"), ("Tân", "Tan"), ("Đức", "Dức")]
)
def test_names_that_differ_in_a_mark_are_two(first, second):
    assert name_key(first) != name_key(second)
