"""Addresses: one owner each, of whatever kind (faults.md, group C)."""

import itertools

import pytest

from plugins.news import SECTION as NEWS
from plugins.pages import SECTION as PAGES
from plugins.pages.model import StandingPage
from plugins.redirects import SECTION as REDIRECTS
from plugins.tags import SECTION as TAGS
from tests.world import a_content, an_article, check, codes, item, key, make_pages, pages_of

SECTIONS = (NEWS, PAGES, TAGS, REDIRECTS)


def problems(*items, theme_paths=(), **more):
    content = a_content(*items, sections=SECTIONS, **more)
    return [problem for problem in check(content, make_pages(content), theme_paths) if problem.severity == "error"]


def a_page(name, **fields):
    return item(StandingPage, f"trang/{name}/index.md", title=name, **fields)


def test_case_33_two_stories_with_one_slug_are_both_named_and_a_new_one_proposed():
    (problem,) = problems(an_article("mot", slug="chung"), an_article("hai", slug="chung"))
    assert problem.code == "URL_TWICE" and "content/tin-tuc/" in problem.message and "slug: chung-2" in problem.message


def test_case_35_a_difference_of_case_is_none():
    assert codes(problems(an_article("Tin-Moi"), an_article("tin-moi"))) == ["URL_TWICE"]


CLAIMS = {
    "story": lambda: {"items": [an_article("x")]},
    "page": lambda: {"items": [a_page("tin-tuc/x")]},
    "redirect": lambda: {"items": [an_article("khac", aliases="/tin-tuc/x/")]},
    "theme": lambda: {"fixed": ["tin-tuc/x/index.html"]},
}


@pytest.mark.parametrize(("first_kind", "second_kind"), list(itertools.combinations(CLAIMS, 2)))
def test_case_34_two_kinds_that_want_one_address_are_told(first_kind, second_kind):
    first, second = CLAIMS[first_kind](), CLAIMS[second_kind]()
    reported = problems(
        *first.get("items", []),
        *second.get("items", []),
        theme_paths=[*first.get("fixed", []), *second.get("fixed", [])],
    )
    assert reported and set(codes(reported)) <= {"URL_TWICE", "URL_TAKEN"}


def test_case_34_a_page_that_hides_a_list_of_the_portal_is_told():
    assert "URL_TAKEN" in codes(problems(a_page("the"), an_article(tags="biển")))


def test_a_folder_where_another_wants_a_file_is_told():
    reported = problems(an_article("x", aliases="/favicon.ico/"), theme_paths=["favicon.ico"])
    assert codes(reported) == ["URL_TAKEN"]


@pytest.mark.parametrize("name", ["anh", "tep", "theme", "admin", "CNAME", "api", "index", "404"])
def test_case_36_names_that_belong_to_the_portal_are_refused(name):
    assert "NAME_RESERVED" in codes(problems(a_page(name)))
    if name.isascii():
        assert "NAME_RESERVED" in codes(problems(an_article("x", aliases=f"/{name}/cu/")))


def test_case_36_files_at_the_root_cannot_be_replaced():
    for alias in ("/atom.xml", "/robots.txt", "/sitemap.xml"):
        reported = problems(an_article("x", aliases=alias), theme_paths=["atom.xml", "robots.txt", "sitemap.xml"])
        assert codes(reported) == ["URL_TAKEN"], alias


def test_case_40_a_hundred_stories_of_one_title_on_one_day_do_not_depend_on_their_order():
    stories = [an_article(f"bai-{number}", title='"Cùng tên"', date="2026-05-01 08:00") for number in range(100)]
    forwards, backwards = (pages_of(a_content(*ordered, sections=SECTIONS)) for ordered in (stories, stories[::-1]))
    assert {path: key(page) for path, page in forwards.items()} == {path: key(page) for path, page in backwards.items()}
