"""Feeds: what their readers are told, and by which names they know it again."""

import json
import re
import xml.etree.ElementTree as ET

import feedparser
import pytest

from plugins.core.errors import ConfigError
from plugins.events import SECTION as EVENTS
from plugins.feeds import SECTION as FEEDS
from plugins.news import SECTION as NEWS
from plugins.recruitment import SECTION as RECRUITMENT
from plugins.tags import SECTION as TAGS
from tests.tiny import a_jpeg, a_tiny_site
from tests.world import a_content, a_site, an_article, pages_of

OPTIONS = {"feeds": {"authority": "tinhdoan.example.vn,2026"}}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def view(*items, path="atom.xml", sections=(NEWS, TAGS, FEEDS), **more):
    return pages_of(a_content(*items, sections=sections, options=OPTIONS, **more))[path].view


def names(feed):
    return [feed.id, *(entry.id for entry in feed.entries)]


def test_names_stay_when_the_portal_gets_https_another_domain_or_another_folder():
    moved = view(an_article("bai"), site=a_site(origin="https://khac.example", base="/doan"))
    assert names(moved) == names(view(an_article("bai"))) == [
        "tag:tinhdoan.example.vn,2026:/", "tag:tinhdoan.example.vn,2026:/tin-tuc/bai/",
    ]  # fmt: skip


def test_a_story_that_moves_keeps_the_name_of_its_first_address():
    moved = an_article("bai", aliases="[/tin-tuc/cu/, /tin-tuc/moi-hon/]")
    assert names(view(moved))[1] == "tag:tinhdoan.example.vn,2026:/tin-tuc/cu/"


def test_without_a_setting_the_units_website_names_them():
    content = a_content(an_article(), sections=(NEWS, FEEDS))
    assert pages_of(content)["atom.xml"].view.id == "tag:tinhdoanbinhthuan.vn,2026:/"


@pytest.mark.parametrize("authority", ["", "tinhdoan.example.vn", "https://tinhdoan.example.vn,2026", "Đoàn.vn,2026"])
def test_an_authority_that_names_nobody_is_refused_with_what_to_write(tmp_path, authority):
    with pytest.raises(ConfigError, match=re.escape("ví dụ tinhdoan.example.vn,2026")):
        a_tiny_site(tmp_path).build(FEEDS={"authority": authority})


def test_a_feed_is_as_new_as_its_newest_change_even_of_an_old_story():
    old = an_article("cu", date="2026-05-01", updated="2026-11-20 09:00")
    feed = view(an_article("moi", date="2026-05-09"), old)
    assert feed.updated.iso == "2026-11-20T09:00:00+07:00"
    assert [(entry.card.title, entry.updated.day) for entry in feed.entries] == [
        ("Moi", "2026-05-09"),
        ("Cu", "2026-11-20"),
    ]


def test_a_tag_has_a_feed_from_its_third_story_on():
    stories = [an_article(f"bai-{number}", tags="[hiến máu]") for number in range(3)]
    two, three = (pages_of(a_content(*stories[:count], sections=(NEWS, TAGS, FEEDS))) for count in (2, 3))
    assert "the/hien-mau/atom.xml" not in two and two["the/hien-mau/index.html"].view.feed == ""
    assert len(three["the/hien-mau/atom.xml"].view.entries) == 3
    assert three["the/hien-mau/index.html"].view.feed == three["the/hien-mau/atom.xml"].view.url


@pytest.mark.parametrize(("section", "folder"), [(EVENTS, "su-kien"), (RECRUITMENT, "tuyen-dung")])
def test_events_and_recruitment_have_feeds_that_their_lists_name(section, folder):
    pages = pages_of(a_content(sections=(section, FEEDS)))
    assert pages[f"{folder}/index.html"].view.feed == f"/{folder}/atom.xml"
    assert {f"{folder}/{name}" for name in ("atom.xml", "rss.xml", "feed.json")} <= pages.keys()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = a_tiny_site(tmp_path_factory.mktemp("nguon"))
    site.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg())
    site.story(
        title="Ngày & <đêm>",
        date="2026-05-03 08:00",
        updated="2026-05-04 09:00",
        author="Ban Phong trào",
        tags="[hiến máu, thanh niên]",
        image="anh.jpg",
        image_alt="Biển",
        body="Đoạn **một**[^1], xem [lịch](#lich). " + "Chữ nữa. " * 60 + "\n\n## Lịch {#lich}\n\n[^1]: Lời.",
    )
    site.story("ngan", date="2026-05-02 08:00", summary="Tóm & tắt.")
    site.story("anh", title="Chỉ có ảnh", body="![Biển](anh.jpg)")
    site.write("tin-tuc/2026/05/anh/anh.jpg", a_jpeg())
    site.build()
    return site


def test_all_formats_are_well_formed_and_say_the_same(site):
    atom, rss = (feedparser.parse((site.output / name).read_bytes()) for name in ("atom.xml", "rss.xml"))
    data = json.loads((site.output / "feed.json").read_text("utf-8"))
    assert not atom.bozo and not rss.bozo and data["version"] == "https://jsonfeed.org/version/1.1"
    assert (atom.version, rss.version) == ("atom10", "rss20")
    ids = [entry.id for entry in atom.entries]
    assert len(ids) == 3 and ids == [entry.id for entry in rss.entries] == [item["id"] for item in data["items"]]
    assert [entry.link for entry in atom.entries] == [item["url"] for item in data["items"]]
    texts = [  # as they are written: feedparser tidies them up
        [element.text for element in ET.parse(site.output / name).findall(f".//{tag}")]
        for name, tag in (("atom.xml", "{*}content"), ("rss.xml", "{*}encoded"))
    ]
    assert texts[0] == texts[1] == [item["content_html"] for item in data["items"]]
    for entry, item in zip(atom.entries, data["items"], strict=True):
        assert entry.updated == item["date_modified"] and entry.published == item["date_published"]
    assert [author["name"] for item in data["items"] for author in item["authors"]] == [
        entry.author for entry in atom.entries
    ] == ["Ban Phong trào", "Tỉnh đoàn Bình Thuận", "Tỉnh đoàn Bình Thuận"]  # fmt: skip
    assert data["items"][0]["tags"] == ["hiến máu", "thanh niên"] and data["items"][0]["title"] == "Ngày & <đêm>"


def test_an_atom_feed_has_all_that_the_standard_demands(site):
    """RFC 4287 § 4.1.1 and 4.1.2: one id, title and updated, an author; entries also what they link to."""
    feed = ET.parse(site.output / "atom.xml").getroot()
    for element in (feed, *feed.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
        assert element.findall("a:author/a:name", ATOM)[0].text
        assert element.find("a:link[@rel='alternate']", ATOM).get("href").startswith("http://localhost:8000/")
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == "http://localhost:8000/atom.xml"


def test_no_summary_is_empty(site):
    first, second, third = (
        entry.summary for entry in feedparser.parse((site.output / "atom.xml").read_bytes()).entries
    )
    assert first.startswith("Đoạn một, xem lịch. Chữ nữa.") and first.endswith("…") and len(first) < 250
    assert (second, third) == ("Tóm & tắt.", "Chỉ có ảnh")


def test_footnotes_and_headings_are_linked_where_a_reader_of_feeds_can_follow(site):
    html = feedparser.parse((site.output / "rss.xml").read_bytes()).entries[0].content[0].value
    page = "http://localhost:8000/tin-tuc/2026/05/bai/"
    assert f'href="{page}#fn:1"' in html and f'href="{page}#lich"' in html and 'href="#' not in html


def test_the_home_page_names_all_formats(site):
    links = site.page("index.html").find_all("link", rel="alternate")
    assert [link["href"] for link in links] == ["/atom.xml", "/rss.xml", "/feed.json"]
