"""Campaigns: what they gather from every section, their languages, their end."""

import pytest

from plugins.campaigns import SECTION
from plugins.campaigns.model import Campaign
from plugins.core.text import dates
from plugins.news import SECTION as NEWS
from plugins.video import SECTION as VIDEO
from plugins.video.model import Video
from tests.world import a_content, a_site, an_article, check, codes, item, pages_of, read

HERO = "chuyen-de/goc/anh.jpg"


def a_campaign(name="goc", **fields):
    return item(Campaign, f"chuyen-de/{name}/index.md", **{"title": name.capitalize(), **fields})


def a_video(name, date, tags):
    values = {"title": name.capitalize(), "date": date, "tags": tags, "youtube": "aqz-KE-bpKQ", "duration": "1:30"}
    return item(Video, f"video/{name}/index.md", **values, poster="bia.jpg")


def content_of(*items, **more):
    return a_content(*items, sections=(VIDEO, NEWS, SECTION), **more)


def detail(content, name="goc"):
    return pages_of(content)[f"chuyen-de/{name}/index.html"].view


def problems_of(content):
    """Return the problems of campaigns."""
    return [problem for problem in check(content, ()) if problem.path.startswith("content/chuyen-de/")]


def test_it_gathers_from_every_section_newest_first_however_a_tag_is_spelled():
    content = content_of(
        a_campaign(gathers="[An toàn giao thông, mũ bảo hiểm]"),
        an_article("cu", date="2020-01-01", tags="an toàn giao thông"),
        an_article("moi", date="2026-01-01", tags="[khác, mũ bảo hiểm]"),
        an_article("khac", date="2026-02-01", tags="giao thông"),
        a_video("phim", "2023-01-01", "an toàn giao thông"),
    )
    view = detail(content)
    assert [(shelf.title, [card.title for card in shelf.cards]) for shelf in view.shelves] == [
        ("Video tuyên truyền", ["Phim"]),
        ("Tin tức", ["Moi", "Cu"]),
    ]
    assert [(tag.url, tag.count) for tag in view.tags] == [("/the/an-toan-giao-thong/", 2), ("/the/mu-bao-hiem/", 1)]
    assert {tag.url.strip("/") + "/index.html" for tag in view.tags} >= {"the/mu-bao-hiem/index.html"}


def test_a_long_shelf_is_cut_and_says_so():
    stories = [an_article(f"bai-{day}", date=f"2026-01-{day:02}", tags="chung") for day in range(1, 9)]
    (shelf,) = detail(content_of(a_campaign(gathers="chung"), *stories)).shelves
    assert [card.title for card in shelf.cards] == [f"Bai {day}" for day in (8, 7, 6, 5, 4, 3)]
    assert shelf.note == "6 bài mới nhất trong 8 bài"
    (shelf,) = detail(content_of(a_campaign(gathers="chung"), *stories[:6])).shelves
    assert shelf.note == ""


def test_drafts_and_stories_to_come_are_not_gathered():
    content = content_of(
        a_campaign(gathers="chung"),
        an_article("nhap", tags="chung", status="draft"),
        an_article("mai", tags="chung", date="2026-12-01"),
    )
    assert (detail(content).shelves, detail(content).tags) == ((), ())


@pytest.mark.parametrize(
    ("ends", "words", "is_over"),
    [
        ("2026-11-23", "Đến hết ngày 23/11/2026", False),
        ("2026-11-23 19:59", "Đã kết thúc ngày 23/11/2026", True),
        ("2026-11-22", "Đã kết thúc ngày 22/11/2026", True),
    ],
)
def test_it_ends_by_itself(ends, words, is_over):
    content = content_of(a_campaign(ends=ends))
    assert (detail(content).tile.time, detail(content).tile.is_over) == (words, is_over)
    assert ("campaigns" in content.blocks) is not is_over


def test_the_portal_knows_when_a_campaign_ends():
    assert content_of(a_campaign(ends="2026-11-25")).next_change() == dates.parse("2026-11-26")
    assert content_of(a_campaign(ends="2026-11-22"), a_campaign("mai")).next_change() is None


def test_campaigns_stand_in_their_order_and_those_that_are_over_below():
    content = content_of(
        a_campaign("hai", order="2"),
        a_campaign("mot", order="1"),
        a_campaign("xong", order="0", ends="2025-01-01"),
        a_campaign("kin", status="unlisted"),
        a_campaign("mot-ru", lang="ru", translates="mot"),
    )
    view = pages_of(content)["chuyen-de/index.html"].view
    assert [tile.title for tile in view.running] == ["Mot", "Hai"]
    assert [tile.title for tile in view.over] == ["Xong"]
    assert [tile.title for tile in content.blocks["campaigns"].tiles] == ["Mot", "Hai"]


def test_without_campaigns_the_list_says_something_useful_and_there_is_no_block():
    content = content_of()
    assert "Chưa có chuyên đề" in pages_of(content)["chuyen-de/index.html"].view.empty
    assert content.blocks.keys().isdisjoint({"campaigns"})


def languages():
    return content_of(
        a_campaign(gathers="chung", image="anh.jpg", image_alt="Biển", ends="2026-12-31"),
        a_campaign("goc-ru", title="Калуга", lang="ru", translates="goc", image_alt="Море"),
        an_article(tags="chung"),
        pictures=(HERO,),
    )


def test_a_translation_takes_from_its_original_what_it_does_not_name():
    view = detail(languages(), "goc-ru")
    assert view.is_foreign and view.locale == "ru_RU"
    assert (view.picture.alt, view.tile.time) == ("Море", "Đến hết ngày 31/12/2026")
    assert [card.title for card in view.shelves[0].cards] == ["Bai"]


@pytest.mark.parametrize(("name", "here"), [("goc", "vi"), ("goc-ru", "ru")])
def test_each_language_leads_to_all_the_original_first(name, here):
    view = detail(languages(), name)
    assert [(version.lang, version.name, version.url) for version in view.versions] == [
        ("vi", "Tiếng Việt", "/chuyen-de/goc/"),
        ("ru", "Русский", "/chuyen-de/goc-ru/"),
    ]
    assert [version.lang for version in view.versions if version.is_here] == [here]


def test_there_is_no_switch_to_what_readers_may_not_find():
    hidden = a_campaign("goc-ru", lang="ru", translates="goc", status="unlisted")
    content = content_of(a_campaign(), hidden, a_campaign("xa", lang="en", translates="mai"))
    assert {detail(content, name).versions for name in ("goc", "goc-ru", "xa")} == {()}


def test_search_engines_are_told_what_it_gathers_and_in_which_language():
    page, original = (detail(languages(), name).structured(a_site())[0] for name in ("goc-ru", "goc"))
    assert (page["@type"], page["inLanguage"]) == ("CollectionPage", "ru")
    assert [part["url"] for part in page["hasPart"]] == ["https://thu.example/tin-tuc/bai/"]
    assert page["translationOfWork"][0]["url"] == "https://thu.example/chuyen-de/goc/"
    assert original["workTranslation"][0]["inLanguage"] == "ru"


def test_a_language_that_nobody_knows_is_a_mistake():
    text = "---\ntitle: Gốc\nlang: rus\n---\nNội dung."
    campaign, problems = read(Campaign, text, "chuyen-de/goc/index.md")
    assert campaign is None and codes(problems) == ["VALUE_UNKNOWN"] and "“ru”" in problems[0].message


@pytest.mark.parametrize(
    ("others", "code", "words"),
    [
        ([a_campaign("ban-dich", lang="ru", translates="gocc", gathers="chung")], "TRANSLATION_OF_NOTHING", "“goc”"),
        ([a_campaign("ban-dich", lang="ru", translates="ban-dich")], "TRANSLATION_OF_NOTHING", "bản gốc"),
        (
            [a_campaign("ru", lang="ru", translates="goc"), a_campaign("en", lang="en", translates="ru")],
            "TRANSLATION_OF_TRANSLATION",
            "“ru”",
        ),
        ([a_campaign("ban-dich", translates="goc")], "TRANSLATION_TWICE", "Tiếng Việt (vi)"),
        (
            [a_campaign("ru", lang="ru", translates="goc"), a_campaign("ru-2", lang="ru", translates="goc")],
            "TRANSLATION_TWICE",
            "content/chuyen-de/ru/index.md",
        ),
    ],
)
def test_a_translation_is_of_an_original_and_one_for_each_language(others, code, words):
    content = content_of(a_campaign(gathers="chung"), *others, an_article(tags="chung"))
    (problem,) = problems_of(content)
    assert (problem.code, problem.severity) == (code, "error") and words in problem.message
    assert pages_of(content)  # the pages can be made all the same


def test_a_tag_that_nothing_carries_is_told_with_the_nearest():
    content = content_of(
        a_campaign(gathers="[an toàn giao thôg, chung]"), an_article(tags="[an toàn giao thông, chung]")
    )
    (problem,) = problems_of(content)
    assert (problem.code, problem.severity, problem.line) == ("GATHERS_NOTHING", "warning", 3)
    assert "Có phải là “an toàn giao thông”?" in problem.message


def test_a_campaign_that_gathers_nothing_is_told_which_tags_there_are():
    content = content_of(a_campaign(), a_campaign("nhap", status="draft"), an_article(tags="[biển, hè]"))
    (problem,) = problems_of(content)
    assert problem.code == "GATHERS_NOTHING" and "biển, hè" in problem.message


def test_its_picture_is_described():
    content = content_of(a_campaign(gathers="chung", image="anh.jpg"), an_article(tags="chung"), pictures=(HERO,))
    assert codes(problems_of(content)) == ["ALT_MISSING"]
    assert problems_of(languages()) == []
