"""Advice: warnings that do not stop a build."""

import pytest

from plugins.core.checks.advice import advise
from plugins.core.checks.item_checks import check_item
from tests.world import a_content, an_article, codes


def advice(*items, **more):
    content = a_content(*items, **more)
    problems = [*advise(content), *(problem for item in content.all_items for problem in check_item(item))]
    assert {problem.severity for problem in problems} <= {"warning"}
    return problems


def test_a_story_with_nothing_to_say_about_gets_no_advice():
    story = an_article(
        body='![Biển lúc bình minh](a.jpg "Mũi Né")\n\n[x](https://a.vn/)',
        image="b.jpg",
        image_alt="Thuyền",
        tags="biển",
    )
    assert advice(story, pictures=("tin-tuc/bai/a.jpg", "tin-tuc/bai/b.jpg")) == []


def test_pictures_without_a_description_are_named_at_their_place():
    problems = advice(an_article(body="Đoạn.\n\n![](a.jpg)", image="a.jpg"), pictures=("tin-tuc/bai/a.jpg",))
    assert codes(problems) == ["ALT_MISSING", "ALT_MISSING"] and problems[0].line == 10


@pytest.mark.parametrize(
    "name",
    ["8c47dbe442dbbc85e5ca", "IMG_2041", "30763020 2168028606759807 415199300553338734 n", "anh-1.jpg", "DSC00012"],
)
def test_a_file_name_is_no_description_and_no_caption(name):
    problems = advice(an_article(body=f'![{name}](a.jpg "{name}")'), pictures=("tin-tuc/bai/a.jpg",))
    assert codes(problems) == ["ALT_FILE_NAME", "CAPTION_FILE_NAME"]


@pytest.mark.parametrize("text", ["Lễ trao quà ngày 26/3", "2020", "IMG là viết tắt của image", "Đoàn 123456 bạn trẻ"])
def test_ordinary_words_are_no_file_names(text):
    assert advice(an_article(body=f'![{text}](a.jpg "{text}")'), pictures=("tin-tuc/bai/a.jpg",)) == []


def test_a_long_summary_an_insecure_link_and_an_empty_text_are_told():
    assert codes(advice(an_article(summary="chữ " * 100))) == ["SUMMARY_LONG"]
    assert codes(advice(an_article(body="[x](http://a.vn/)"))) == ["LINK_HTTP"]
    assert codes(advice(an_article(body=""))) == ["BODY_EMPTY"]


def test_a_tag_used_once_that_is_nearly_another_is_told():
    stories = [
        an_article("a", tags="tình nguyện hè"),
        an_article("b", tags="tình nguyện hè"),
        an_article("c", tags="tình nguyên hèe"),
    ]
    (problem,) = advice(*stories)
    assert problem.code == "TAG_LONELY" and "“tình nguyện hè”" in problem.message
    assert advice(an_article("a", tags="biển"), an_article("b", tags="đoàn")) == []


def test_case_64_a_picture_that_nothing_shows_is_a_warning():
    (problem,) = advice(an_article(), files={"tin-tuc/bai/thua.jpg": 9})
    assert (problem.code, problem.path, problem.severity) == (
        "PICTURE_UNUSED",
        "content/tin-tuc/bai/thua.jpg",
        "warning",
    )


def test_a_draft_gets_no_advice():
    assert advice(an_article(body="![](a.jpg)", status="draft"), pictures=("tin-tuc/bai/a.jpg",)) == []
