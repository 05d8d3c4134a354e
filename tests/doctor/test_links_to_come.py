"""Links to what is not there yet, or could not be read (faults-2.md P22; faults.md 99)."""

from html import unescape

import pytest

from plugins.banner import SECTION as BANNER
from plugins.banner.model import Banner
from plugins.campaigns import SECTION as CAMPAIGNS
from plugins.campaigns.model import Campaign
from plugins.core.errors import ContentError
from plugins.core.text import dates
from plugins.documents import SECTION as DOCUMENTS
from plugins.documents.model import Paper
from plugins.events import SECTION as EVENTS
from plugins.events.model import Event
from plugins.news import SECTION as NEWS
from tests.tiny import a_jpeg
from tests.world import a_content, an_article, check, codes, item, key, make_pages, pages_of

TOMORROW = "2026-11-24 08:00"
TO_TOMORROW = "Xem [bài **mai**](../mai/index.md#a), [nữa](../mai) và [lại](/tin-tuc/mai/), [nay](/tin-tuc/nay/)."


def problems(*items, **more):
    content = a_content(*items, **more)
    return check(content, make_pages(content))


def test_p22_a_link_to_a_story_of_tomorrow_is_a_warning_with_its_time_and_place():
    reported = problems(an_article("nay", TO_TOMORROW), an_article("mai", "## A", date=TOMORROW))
    assert [(p.code, p.severity, p.line) for p in reported] == [("LINK_EARLY", "warning", 7)] * 3
    assert "08:00 24/11/2026" in reported[0].message and reported[0].column == 19


def test_p22_till_then_the_words_are_no_link_and_then_they_are():
    stories = an_article("nay", TO_TOMORROW), an_article("mai", "## A", date=TOMORROW)
    content = a_content(*stories)
    assert content.body(stories[0]).targets == ("", "", "", "/tin-tuc/nay/")
    assert content.next_change() == dates.parse(TOMORROW)
    content = a_content(*stories, now=dates.parse(TOMORROW))
    assert content.body(stories[0]).targets == ("/tin-tuc/mai/#a", "/tin-tuc/mai/", "/tin-tuc/mai/", "/tin-tuc/nay/")
    assert not check(content, make_pages(content))


def test_p22_the_page_is_another_when_the_story_appears():
    stories = an_article("nay", "[x](/tin-tuc/mai/)"), an_article("mai", date=TOMORROW, status="unlisted")
    before, after = (pages_of(a_content(*stories, now=dates.parse(now)))["tin-tuc/nay/index.html"] for now in ("2026-11-23", TOMORROW))  # fmt: skip
    assert key(before) != key(after)


@pytest.mark.parametrize("link", ["../mai/index.md", '/tin-tuc/2026/05/mai/ "Tên"'])
def test_p22_building_step_by_step_gives_what_building_from_nothing_gives(tiny, link):
    tiny.story("bai", body=f"Xem [bài **mai**]({link}) nhé.")
    tiny.story("mai", title="Mai", date=TOMORROW)
    tiny.build()
    text = tiny.page("tin-tuc/2026/05/bai/index.html").find("main")
    assert "Xem bài mai nhé." in text.get_text() and not text.find("a", string="mai")
    assert "Xem bài <strong>mai</strong> nhé." in unescape((tiny.output / "atom.xml").read_text("utf-8"))
    tiny.build(now=TOMORROW)
    step = tiny.files()
    tiny.output.rename(tiny.root / "away")
    (tiny.root / "cache").rename(tiny.root / "away-cache")
    tiny.build(now=TOMORROW)
    assert tiny.files() == step
    assert tiny.page("tin-tuc/2026/05/bai/index.html").find("a", href="/tin-tuc/2026/05/mai/").get_text() == "bài mai"


def test_p22_a_banner_and_a_button_wait_for_the_story_that_they_lead_to():
    banner = item(Banner, "banner/x/index.md", title="X", image="a.jpg", alt="X", link="/tin-tuc/mai/", position="left")
    event = item(
        Event, "su-kien/x/index.md", title="X", date="2026-11-01", begins="2026-12-05", place="Y", register="/tin-tuc/mai/"
    )  # fmt: skip
    sections = NEWS, BANNER, EVENTS
    options = {"sections": sections, "pictures": ("banner/x/a.jpg",)}
    content = a_content(banner, event, an_article("mai", date=TOMORROW), **options)
    assert "banner.left" not in content.blocks
    assert not pages_of(content)["su-kien/x/index.html"].view.register
    assert [p.code for p in check(content, make_pages(content)) if p.code != "BODY_EMPTY"] == [
        "LINK_EARLY",
        "LINK_EARLY",
    ]
    content = a_content(banner, event, an_article("mai", date=TOMORROW), **options, now=dates.parse(TOMORROW))
    assert "banner.left" in content.blocks and pages_of(content)["su-kien/x/index.html"].view.register


def test_a_link_to_a_draft_stays_an_error_and_says_why():
    (problem,) = problems(an_article("mot", "[x](../hai/index.md)"), an_article("hai", status="draft", date=TOMORROW))
    assert (problem.code, problem.severity) == ("LINK_BROKEN", "error") and "status: draft" in problem.message


def test_case_99_an_error_in_one_text_says_nothing_about_those_that_lead_to_it():
    story = an_article("mot", "[a](../hai/index.md) [b](../hai) [c](/tin-tuc/hai/) [d](../hai/#x) [e](../ba)")
    reported = problems(story, files={"tin-tuc/hai/index.md": 1})
    assert [(p.code, p.message[:14]) for p in reported] == [("LINK_BROKEN", "Liên kết “../b")]
    campaign = item(Campaign, "chuyen-de/a-ru/index.md", title="A", lang="ru", translates="a")
    paper = item(
        Paper, "van-ban/2026/a/index.md", title="A", kind="ke-hoach", number="8-KH/TĐTN", date="2026-05-01",
        unit="Văn phòng", replaces="7-KH/TĐTN",
    )  # fmt: skip
    broken = {"chuyen-de/a/index.md": 1, "van-ban/2026/b/index.md": 1}
    reported = problems(campaign, paper, files=broken, sections=(NEWS, CAMPAIGNS, DOCUMENTS))
    assert not {"TRANSLATION_OF_NOTHING", "DOCUMENT_UNKNOWN"} & set(codes(reported))
    reported = problems(campaign, paper, sections=(NEWS, CAMPAIGNS, DOCUMENTS))
    assert {"TRANSLATION_OF_NOTHING", "DOCUMENT_UNKNOWN"} <= set(codes(reported))


def test_case_99_one_error_in_a_whole_site_is_one_message(tiny):
    tiny.write("tin-tuc/2026/05/hai/anh.jpg", a_jpeg())
    tiny.story("hai", date="32/5/2026", image="anh.jpg", image_alt="Biển", tags="[a]")
    tiny.story("bai", body="[x](../hai/index.md) [y](/tin-tuc/2026/05/hai/)")
    with pytest.raises(ContentError) as caught:
        tiny.build()
    assert codes(caught.value.problems) == ["DATE_INVALID"]
