"""``updated:``: a later change of a story, which readers should know."""

import json
import xml.etree.ElementTree as ET

import pytest

from plugins.core.model.values import Moment
from plugins.core.text import dates
from tests.tiny import ROOT, a_tiny_site
from tests.world import SECTIONS, a_content, an_article, check, codes, make_pages, pages_of

MOMENT = dates.parse("2026-05-02 09:00")


def problems(**fields):
    content = a_content(an_article(date="2026-05-01 08:00", **fields))
    return [problem for problem in check(content, make_pages(content)) if "updated" in problem.message]


def test_a_change_before_the_publication_is_an_error_at_its_place():
    (problem,) = problems(updated="2026-05-01 07:59")
    assert str(problem).startswith("content/tin-tuc/bai/index.md:5:10: [UPDATED_BEFORE_DATE]")
    assert problem.severity == "error" and "2026-05-01 08:00" in problem.message
    assert problems(updated="2026-05-01 08:00") == []


def test_a_change_to_come_is_a_warning_and_one_far_away_an_error():
    content = a_content(an_article(updated="2026-11-24 08:00"))
    (problem,) = check(content, make_pages(content))
    assert (
        codes([problem]) == ["UPDATED_EARLY"]
        and problem.severity == "warning"
        and (problem.line, problem.column) == (5, 10)
    )
    content = a_content(an_article(updated="2036-11-24 08:00"))
    assert "DATE_FAR" in codes(check(content, make_pages(content)))


def test_the_page_says_so_from_the_minute_on_and_the_portal_knows_when():
    story, moment = an_article(updated="2026-11-24 08:00"), dates.parse("2026-11-24 08:00")
    before, after = a_content(story), a_content(story, now=moment)
    assert before.next_change() == moment and after.next_change() is None
    pages = [pages_of(content)["tin-tuc/bai/index.html"] for content in (before, after)]
    assert [page.view.updated and page.view.updated.at for page in pages] == [None, moment]
    assert [page.modified for page in pages] == [story.date, moment]


@pytest.mark.parametrize("section", [section.name for section in SECTIONS if section.card])
def test_every_kind_of_story_has_the_line_under_its_byline(section):
    template = (ROOT / "plugins" / section / "templates" / "detail.html").read_text("utf-8")
    assert "{{ updated(view.updated, site.t) -}}" in template
    assert "# updated: " in (ROOT / "plugins" / section / "new.md").read_text("utf-8")


def test_readers_search_engines_feeds_and_the_sitemap_are_told(tmp_path):
    site = a_tiny_site(tmp_path)
    site.story(updated=f"{MOMENT:%Y-%m-%d %H:%M}")
    site.build()
    page = site.page("tin-tuc/2026/05/bai/index.html")
    assert page.find("p", class_="updated").get_text(" ", strip=True) == f"Cập nhật: {Moment(MOMENT).long}"
    graph = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    article = next(part for part in graph if part["@type"] == "NewsArticle")
    assert (article["datePublished"], article["dateModified"]) == (
        "2026-05-01T08:00:00+07:00",
        "2026-05-02T09:00:00+07:00",
    )
    assert page.find("meta", property="article:modified_time")["content"] == "2026-05-02T09:00:00+07:00"
    assert "<updated>2026-05-02T09:00:00+07:00</updated>" in (site.output / "atom.xml").read_text("utf-8")
    rows = {row[0].text: row[1].text for row in ET.parse(site.output / "sitemap.xml").getroot() if len(row) == 2}
    assert rows["http://localhost:8000/tin-tuc/2026/05/bai/"].startswith("2026-05-02")


def test_a_page_without_a_change_has_no_line(tmp_path):
    site = a_tiny_site(tmp_path)
    site.build()
    assert "Cập nhật" not in site.page("tin-tuc/2026/05/bai/index.html").main.text
