"""Standing pages, and the pages that gather from every section."""

from plugins.archive import SECTION as ARCHIVE
from plugins.authors import SECTION as AUTHORS
from plugins.categories import SECTION as CATEGORIES
from plugins.feeds import SECTION as FEEDS
from plugins.news import SECTION as NEWS
from plugins.pages import SECTION as PAGES
from plugins.pages.model import StandingPage
from plugins.search import SECTION as SEARCH
from plugins.sitemap import SECTION as SITEMAP
from plugins.tags import SECTION as TAGS
from tests.world import a_content, an_article, item, pages_of

ALL = (NEWS, PAGES, CATEGORIES, TAGS, AUTHORS, ARCHIVE, SEARCH, FEEDS, SITEMAP)


def world(*items):
    return pages_of(a_content(*items, sections=ALL))


def test_a_page_stands_at_the_root_and_may_carry_the_units_address():
    pages = world(item(StandingPage, "trang/lien-he/index.md", title="Liên hệ", layout="contact"))
    view = pages["lien-he/index.html"].view
    assert view.url == "/lien-he/" and view.has_contact


def test_every_category_has_a_page_even_when_it_is_empty():
    pages = world(an_article(category="doan"))
    assert [card.title for card in pages["chuyen-muc/doan/index.html"].view.cards] == ["Bai"]
    assert pages["chuyen-muc/bien/index.html"].view.cards == () and pages["chuyen-muc/bien/index.html"].view.empty


def test_tags_are_listed_in_vietnamese_order_with_their_counts():
    pages = world(an_article("a", tags="đoàn viên, biển"), an_article("b", tags="dân vận, biển"))
    groups = pages["the/index.html"].view.groups
    assert [(group.title, group.count, group.url) for group in groups] == [("biển", 2, "/the/bien/"), ("dân vận", 1, "/the/dan-van/"), ("đoàn viên", 1, "/the/doan-vien/")]  # fmt: skip
    assert len(pages["the/bien/index.html"].view.cards) == 2


def test_an_authors_page_lists_what_the_unit_wrote():
    pages = world(an_article(author="Ban Phong trào"))
    assert pages["tac-gia/ban-phong-trao/index.html"].view.title == "Tác giả: Ban Phong trào"


def test_the_archive_goes_by_year_and_month():
    pages = world(
        an_article("a", date="2020-07-30"), an_article("b", date="2026-01-02"), an_article("c", date="2026-01-03")
    )
    years = pages["luu-tru/index.html"].view.years
    assert [(year.title, year.count) for year in years] == [("Năm 2026", 2), ("Năm 2020", 1)]
    assert [card.url for card in pages["luu-tru/2026/01/index.html"].view.cards] == ["/tin-tuc/c/", "/tin-tuc/b/"]
    assert "luu-tru/2020/index.html" in pages


def test_an_article_at_midnight_in_vietnam_is_in_that_days_month():
    assert "luu-tru/2026/02/index.html" in world(an_article(date="2026-02-01 00:00"))


def test_feeds_are_dated_by_their_newest_entry_never_by_the_clock():
    pages = world(an_article("a", date="2026-05-01 08:00"), an_article("b", date="2026-04-01", category="doan"))
    assert pages["atom.xml"].view.updated.iso == "2026-05-01T08:00:00+07:00"
    assert pages["rss.xml"].view.updated.rfc822 == "Fri, 01 May 2026 08:00:00 +0700"
    assert [entry.card.title for entry in pages["chuyen-muc/doan/atom.xml"].view.entries] == ["B"]


def test_the_sitemap_holds_what_may_be_found_with_the_day_of_its_newest_part():
    pages = world(an_article("mo", date="2026-05-01 08:00"), an_article("kin", status="unlisted"))
    rows = dict(pages["sitemap.xml"].view.rows)
    assert rows["/tin-tuc/mo/"] == rows["/tin-tuc/"] == "2026-05-01T08:00:00+07:00"
    assert "/tin-tuc/kin/" not in rows and "/atom.xml" not in rows and list(rows) == sorted(rows)


def test_the_search_page_leads_to_sections_years_and_tags():
    view = world(an_article(tags="biển"))["tim-kiem/index.html"].view
    assert [link.title for link in view.sections] == ["Tin tức"]
    assert (view.years[0].title, view.years[0].url) == ("2026", "/luu-tru/2026/")
    assert view.tags[0].url == "/the/bien/"
