"""Stories → pages and blocks."""

import pytest

from plugins.core.text import dates
from plugins.news.model import Article
from plugins.news.related import Related
from plugins.news.views import blocks
from tests.world import a_content, a_site, an_article, check, codes, make_pages, pages_of


def detail(content, name="bai"):
    return pages_of(content)[f"tin-tuc/{name}/index.html"].view


def titles(cards):
    return [card.title for card in cards]


def test_a_story_shows_the_old_portals_date_its_unit_and_its_category():
    view = detail(a_content(an_article(date="2020-07-30 16:36", author="Ban Xây dựng Đoàn", category="doan")))
    assert view.date.long == "Thứ Năm, 30 tháng 7 năm 2020, 16:36"
    assert (view.author.title, view.author.url) == ("Ban Xây dựng Đoàn", "/tac-gia/ban-xay-dung-doan/")
    assert (view.category.title, view.category.url) == ("Xây dựng Đoàn", "/chuyen-muc/doan/")


def test_related_stories_share_most_tags_then_the_category_then_are_newest():
    stories = [
        an_article("goc", date="2026-05-09", tags="a, b, c", category="tin"),
        an_article("mot-the", date="2026-05-08", tags="a", category="doan"),
        an_article("mot-the-cung-muc", date="2026-05-07", tags="b", category="tin"),
        an_article("ba-the", date="2026-05-06", tags="c, b, a", category="doan"),
        an_article("cung-muc-moi", date="2026-05-05", category="tin"),
        an_article("cung-muc-cu", date="2026-05-04", category="tin"),
        an_article("xa", date="2026-05-03", tags="z", category="bien"),
    ]
    content = a_content(*stories)
    assert titles(detail(content, "goc").related) == [
        "Ba the",
        "Mot the cung muc",
        "Mot the",
        "Cung muc moi",
        "Cung muc cu",
    ]
    assert titles(detail(a_content(*stories[::-1]), "goc").related) == titles(detail(content, "goc").related)


def test_related_stories_are_exact():
    """Against the plain definition, which compares every pair."""
    import random

    chance = random.Random(7)
    stories = [
        an_article(
            f"b{n}",
            date=f"2026-0{1 + n // 28}-{1 + n % 28:02}",
            category=chance.choice(["tin", "doan"]),
            tags=", ".join(chance.sample("abcdefgh", 3)),
        )
        for n in range(60)
    ]
    newest_first = a_content(*stories).listed(Article)

    def plainly(position):
        story = newest_first[position]
        others = [other for other in range(len(newest_first)) if other != position]
        shared = {other: len(set(story.tags) & set(newest_first[other].tags)) for other in others}
        same = {other: newest_first[other].category == story.category for other in others}
        fitting = [other for other in others if shared[other] or same[other]]
        return tuple(sorted(fitting, key=lambda other: (-shared[other], not same[other], other))[:6])

    related = Related(newest_first)
    assert [related.to(position) for position in range(len(newest_first))] == [
        plainly(position) for position in range(len(newest_first))
    ]


def test_previous_and_next_stay_within_the_category():
    content = a_content(
        an_article("cu", date="2026-05-01"),
        an_article("khac", date="2026-05-02", category="doan"),
        an_article("moi", date="2026-05-03"),
    )
    assert detail(content, "cu").newer.url == "/tin-tuc/moi/" and detail(content, "cu").older is None
    assert detail(content, "moi").older.url == "/tin-tuc/cu/"
    assert detail(content, "khac").newer is None and detail(content, "khac").older is None


def test_an_unlisted_story_is_reachable_but_in_no_list_feed_or_sitemap():
    pages = pages_of(a_content(an_article("kin", status="unlisted"), an_article("mo")))
    assert not pages["tin-tuc/kin/index.html"].view.is_indexed
    assert titles(pages["tin-tuc/index.html"].view.cards) == ["Mo"]
    assert "tin-tuc/kin/index.html" in pages


def test_a_featured_story_leads_until_its_day_is_over():
    stories = (
        an_article("noi-bat", date="2026-01-01", featured_until="2026-11-23"),
        an_article("moi", date="2026-11-20"),
    )
    during, after = dates.parse("2026-11-23 23:59"), dates.parse("2026-11-24 00:00")
    assert blocks(a_content(*stories, now=during))["news.lead"].lead.title == "Noi bat"
    assert blocks(a_content(*stories, now=after))["news.lead"].lead.title == "Moi"
    assert a_content(*stories, now=during).next_change() == after


def test_no_story_stands_twice_on_the_home_page():
    stories = [an_article(f"bai-{n}", date=f"2026-05-{n:02}", category=("tin", "doan")[n % 2]) for n in range(1, 25)]
    shown = blocks(a_content(*stories))
    lead = shown["news.lead"]
    every = [lead.lead, *lead.cards, *shown["news.tin"].cards, *shown["news.doan"].cards]
    assert len(every) == len({card.url for card in every}) == 15


@pytest.mark.parametrize("now", ["2026-11-23 20:00", "2031-01-01 08:00"])
def test_blocks_of_categories_have_what_is_at_most_18_months_older_than_the_newest_story(now):
    newest = [an_article(f"moi-{n}", date=f"2026-11-{n:02} 08:00") for n in range(1, 8)]
    stories = [
        *newest,
        an_article("vua-kip", date="2025-05-07 08:00"),
        an_article("cu", date="2025-05-07 07:59"),
        an_article("doan-cu", date="2025-05-06", category="doan"),
    ]
    shown = blocks(a_content(*stories, now=dates.parse(now)))
    assert set(shown) - {"news.latest", "news.update"} == {"news.lead", "news.tin"} and titles(
        shown["news.tin"].cards
    ) == ["Vua kip"]


def test_without_stories_there_is_no_block_and_the_list_says_something_useful():
    content = a_content()
    assert blocks(content) == {}
    assert "Has no article" not in pages_of(content)["tin-tuc/index.html"].view.empty
    assert pages_of(content)["tin-tuc/index.html"].view.empty == content.site.t.news.empty


def test_the_lead_picture_is_not_shown_twice():
    pictures = ("tin-tuc/bai/a.jpg",)
    fields = {"image": "a.jpg", "image_alt": "Biển"}
    assert detail(a_content(an_article(**fields), pictures=pictures)).hero.alt == "Biển"
    in_text = an_article(body="![Biển](a.jpg)", **fields)
    view = detail(a_content(in_text, pictures=pictures))
    assert view.hero is None and view.picture is not None


def test_a_lead_picture_without_a_description_is_a_warning():
    content = a_content(an_article(image="a.jpg"), pictures=("tin-tuc/bai/a.jpg",))
    (problem,) = check(content, make_pages(content))
    assert codes([problem]) == ["ALT_MISSING"] and problem.severity == "warning"


def test_the_description_of_the_page_is_the_summary():
    view = detail(a_content(an_article(summary="Một dòng tóm tắt.")))
    assert view.description == "Một dòng tóm tắt." == view.structured(a_site())[0]["description"]
