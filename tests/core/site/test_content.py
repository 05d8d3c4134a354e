"""Content: what is public when, where links lead, what will change by itself."""

import pytest

from plugins.core.checks.item_checks import check_item
from plugins.core.markdown.fragment import LinkRef
from plugins.core.text import dates
from plugins.news.model import Article
from tests.world import a_content, an_article, check, codes, make_pages


def problems(*items, **more):
    content = a_content(*items, **more)
    return check(content, make_pages(content))


def test_a_draft_is_nowhere_and_an_unlisted_story_only_at_its_address():
    content = a_content(an_article("nhap", status="draft"), an_article("kin", status="unlisted"), an_article("mo"))
    assert [story.name for story in content.public(Article)] == ["kin", "mo"]
    assert [story.name for story in content.listed(Article)] == ["mo"]
    assert set(content.addresses.values()) == {"/tin-tuc/kin/", "/tin-tuc/mo/"}


def test_a_future_story_waits_for_its_minute():
    story = an_article(date="2026-12-01 08:00")
    before, after = dates.parse("2026-12-01 07:59"), dates.parse("2026-12-01 08:00")
    assert not a_content(story, now=before).public(Article)
    assert a_content(story, now=after).public(Article)
    assert a_content(story, now=before).next_change() == after


def test_stories_are_sorted_by_minute_then_by_path():
    stories = [
        an_article(name, date=date) for name, date in [("b", "2026-05-01"), ("a", "2026-05-01"), ("c", "2026-05-02")]
    ]
    for order in (stories, stories[::-1]):
        assert [story.name for story in a_content(*order).public(Article)] == ["c", "a", "b"]


@pytest.mark.parametrize(("href", "right"), [("www.a.vn/x", "https://www.a.vn/x"), ("a.b@c.vn", "mailto:a.b@c.vn")])
def test_an_address_without_its_beginning_is_told_with_it(href, right):
    content = a_content(an_article(body=f"[x]({href})"))
    (problem,) = check(content, make_pages(content))
    assert problem.code == "LINK_BROKEN" and problem.message.endswith(f" Viết: {right}")


@pytest.mark.parametrize(
    ("href", "right"),
    [
        ("http://localhost:8000/tuyen-dung/", "/tuyen-dung/"), ("https://LOCALHOST", "/"), ("http://127.0.0.1:8080/a/?b#c", "/a/"),
        ("http://[::1]/a/", "/a/"), ("http://0.0.0.0:8000/a/", "/a/"),
    ],
)  # fmt: skip
def test_a_link_to_the_editors_own_computer_is_told_with_what_to_write(href, right):
    (problem,) = check_item(an_article(body=f"Xem [x]({href})"))
    assert (problem.code, problem.severity, problem.column) == ("LINK_LOCAL", "error", 9) and problem.message.endswith(
        f"Viết: {right}"
    )


@pytest.mark.parametrize(
    "href", ["../hai/index.md", "../hai/", "../hai", "{filename}../hai/index.md", "{filename}/tin-tuc/hai/index.md"]
)
def test_a_link_to_another_storys_file_leads_to_its_page(href):
    first, second = an_article("mot", f"[x]({href})"), an_article("hai")
    content = a_content(first, second)
    assert content.body(first).targets == ("/tin-tuc/hai/",)


def test_links_carry_the_path_that_the_portal_lives_under():
    from tests.world import a_site

    first, second = an_article("mot", "[x](../hai/index.md#y) [z](/tin-tuc/) [w](https://a.vn/)"), an_article("hai")
    content = a_content(first, second, site=a_site(base="/cong"))
    assert content.body(first).targets == ("/cong/tin-tuc/hai/#y", "/cong/tin-tuc/", "https://a.vn/")


def test_a_link_that_leads_nowhere_is_a_problem_with_the_nearest_page():
    reported = problems(an_article("mot", "[x](../hia/index.md) [y](/tin-tucc/)"))
    assert codes(reported) == ["LINK_BROKEN", "LINK_BROKEN"]
    assert any("/tin-tuc/" in problem.message for problem in reported)


def test_a_broken_link_is_placed_at_its_line_and_column():
    first, second = sorted(problems(an_article("mot", "\n\nĐoạn một.\n\nXem [x](mat.md), rồi [y](mat.md).")))
    # five lines of front matter, three blank ones, a paragraph, a blank one
    assert (first.line, first.column) == (11, 9) and (second.line, second.column) == (11, 26)


def test_a_link_to_a_draft_is_broken():
    reported = problems(an_article("mot", "[x](../hai/index.md)"), an_article("hai", status="draft"))
    assert codes(reported) == ["LINK_BROKEN"]


def test_case_64_a_missing_picture_names_the_file_that_was_probably_meant():
    missing, _unused = problems(an_article("mot", "![x](Ảnh-1.jpg)"), files={"tin-tuc/mot/anh-1.JPG": 5})
    assert missing.code == "PICTURE_MISSING" and "anh-1.JPG" in missing.message


def test_two_files_that_want_one_address_are_both_named_and_a_slug_is_proposed():
    (problem,) = problems(an_article("Bài"), an_article("bai"))
    assert problem.code == "URL_TWICE"
    assert (
        "content/tin-tuc/" in problem.path
        and "content/tin-tuc/" in problem.message
        and "slug: bai-2" in problem.message
    )


def test_an_unknown_category_names_the_nearest():
    (problem,) = problems(an_article(category="doann"))
    assert problem.code == "CATEGORY_UNKNOWN" and "“doan”" in problem.message


def test_two_spellings_of_one_tag_are_a_mistake():
    (problem,) = problems(an_article("mot", tags="hiến máu"), an_article("hai", tags="Hiến máu"))
    assert problem.code == "TAG_SPELLING"


def test_a_file_is_published_only_when_something_public_offers_it():
    files = {"tin-tuc/mot/a.pdf": 1, "tin-tuc/mot/b.pdf": 1, "tin-tuc/hai/c.pdf": 1}
    content = a_content(an_article("mot", "[x](a.pdf)"), an_article("hai", "[x](c.pdf)", status="draft"), files=files)
    assert content.published_files == {"tin-tuc/mot/a.pdf"}
    assert content.link(content.public(Article)[0].document, LinkRef("a.pdf")) == "/tep/tin-tuc/mot/a.pdf"


@pytest.mark.parametrize(
    ("body", "code", "severity"),
    [
        ("<script>alert(1)</script>", "HTML_FORBIDDEN", "error"),
        ('<iframe src="https://a.vn"></iframe>', "HTML_FORBIDDEN", "error"),
        ("<svg onload=alert(1)></svg>", "HTML_FORBIDDEN", "error"),
        ("[x](javascript:alert(1))", "LINK_UNSAFE", "error"),
        ("<p onclick=alert(1)>a</p>", "HTML_REMOVED", "warning"),
        ("<center>a</center>", "HTML_REMOVED", "warning"),
    ],
)
def test_case_46_what_the_cleaner_takes_out_is_told_at_its_line(body, code, severity):
    reported = [problem for problem in problems(an_article(body=f"Đoạn.\n\n{body}\n")) if problem.code != "BODY_EMPTY"]
    assert (reported[0].code, reported[0].severity, reported[0].line) == (code, severity, 9)


@pytest.mark.parametrize("code", ["`<script>` là chữ.", "```\n<script>\n```", "~~~html\n<script>\n~~~"])
def test_case_46_what_is_quoted_as_code_is_not_taken_for_what_was_removed(code):
    (problem,) = problems(an_article(body=f"{code}\n\n<script>alert(1)</script>\n"))
    assert (problem.code, problem.line) == ("HTML_FORBIDDEN", 7 + code.count("\n") + 2)


@pytest.mark.parametrize(
    "body",
    [
        "`<script>` là một thẻ.",
        "a < b và c > d",
        "5 <6",
        "```\n<iframe>\n```",
        "AT&T; [x](https://a.vn/?a=1&b=2)",
        "<b>đậm</b>",
    ],
)
def test_case_46_what_only_looks_like_html_is_left_alone(body):
    assert codes(problems(an_article(body=body))) == []


def test_a_picture_that_is_not_there_is_none_whatever_would_describe_it():
    content = a_content(pictures=("tin-tuc/bai/anh.jpg",))
    assert content.picture("tin-tuc/bai/khong-co.jpg", "Biển") is None
    assert content.picture("tin-tuc/bai/anh.jpg", "Biển").alt == "Biển"
    assert content.picture("tin-tuc/bai/anh.jpg").alt == ""


def test_every_picture_of_a_test_has_a_digest_of_its_own():
    content = a_content(pictures=("tin-tuc/mot/anh.jpg", "tin-tuc/hai/anh.jpg"))
    assert len({picture.digest for picture in content.pictures.values()}) == 2
