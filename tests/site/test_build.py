"""Whole tiny sites, from files to files."""

import json
import os
import re
import shutil
import xml.etree.ElementTree as ET

import feedparser
import pytest

from plugins.core.errors import ConfigError, ContentError
from tests.tiny import a_jpeg, a_story


def test_a_site_has_every_page_that_a_portal_needs(tiny):
    tiny.build()
    for path in (
        "index.html", "404.html", "tin-tuc/index.html", "tin-tuc/2026/05/bai/index.html", "chuyen-muc/tin-hoat-dong/index.html", "the/index.html",
        "tac-gia/index.html", "luu-tru/index.html", "luu-tru/2026/05/index.html", "video/index.html", "tuyen-dung/index.html", "tim-kiem/index.html",
        "lien-he/index.html", "atom.xml", "rss.xml", "chuyen-muc/tin-hoat-dong/atom.xml", "chuyen-muc/tin-hoat-dong/rss.xml", "sitemap.xml",
        "robots.txt", "manifest.webmanifest", "favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png",
    ):  # fmt: skip
        assert (tiny.output / path).stat().st_size > 0, path


def test_every_page_has_one_heading_its_language_and_its_own_address(tiny):
    tiny.build()
    for path in tiny.output.rglob("*.html"):
        page = tiny.page(path.relative_to(tiny.output))
        if page.find("meta", attrs={"http-equiv": "refresh"}):
            continue  # an old address
        assert page.html["lang"] == "vi"
        assert len(page.find_all("h1")) == 1, path
        assert page.title.string and "Has no article" not in page.text
        if path.name == "index.html":
            folder = path.parent.relative_to(tiny.output).as_posix()
            address = "http://localhost:8000/" if folder == "." else f"http://localhost:8000/{folder}/"
            canonical, robots = page.find("link", rel="canonical"), page.find("meta", attrs={"name": "robots"})
            assert canonical["href"] == address if canonical else robots["content"] == "noindex,follow"


def test_the_sitemap_lists_the_pages_that_search_engines_may_show_and_nothing_else(tiny):
    tiny.story("rieng", status="unlisted")
    tiny.build()
    locations = [node.text for node in ET.parse(tiny.output / "sitemap.xml").iter() if node.tag.endswith("}loc")]
    shown = set()
    for path in tiny.output.rglob("index.html"):
        page = tiny.page(path.relative_to(tiny.output))
        robots = page.find("meta", attrs={"name": "robots"})
        if not page.find("meta", attrs={"http-equiv": "refresh"}) and not (robots and "noindex" in robots["content"]):
            shown.add(page.find("link", rel="canonical")["href"])
    assert sorted(locations) == sorted(shown) and len(shown) > 10


def test_a_picture_is_published_in_four_widths_and_never_as_it_was(tiny):
    tiny.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg(1600, 1000))
    tiny.story(image="anh.jpg", image_alt="Biển", body='![Thuyền](anh.jpg "Thuyền về")')
    tiny.build()
    figure = tiny.page("tin-tuc/2026/05/bai/index.html").find("figure")
    image, source = figure.find("img"), figure.find("source")
    assert figure.figcaption.text == "Thuyền về" and image["alt"] == "Thuyền" and (image["width"], image["height"])
    assert source["type"] == "image/avif" and source["sizes"] and "1080w" in source["srcset"]
    for address in [image["src"], *re.findall(r"(/anh/\S+) \d+w", source["srcset"])]:
        assert (tiny.output / address[1:]).exists()
    assert not [path for path in tiny.files() if path.endswith("/anh.jpg")]


def test_a_draft_leaves_no_trace_in_the_output(tiny):
    tiny.write("tin-tuc/2026/05/nhap/bimat.jpg", a_jpeg())
    tiny.story(
        "nhap",
        title="Bí mật quốc gia",
        status="draft",
        image="bimat.jpg",
        image_alt="x",
        tags="thebimat",
        author="Banbimat",
    )
    tiny.build()
    assert not [
        path
        for path, data in tiny.files().items()
        if "nhap" in path or "bimat" in path or "Bí mật quốc gia".encode() in data
    ]
    assert not [path for path in tiny.files() if path.startswith("anh/") and not path.endswith("-card.png")]


def test_a_future_story_is_nowhere_until_its_minute(tiny):
    tiny.story("mai", title="Chuyện ngày mai", date="2026-12-01 08:00")
    tiny.build(now="2026-12-01 07:59")
    assert not [path for path, data in tiny.files().items() if "Chuyện ngày mai".encode() in data]
    tiny.build(now="2026-12-01 08:00")
    paths = [path for path, data in tiny.files().items() if "Chuyện ngày mai".encode() in data]
    assert {"index.html", "atom.xml", "tin-tuc/2026/05/mai/index.html"} <= set(paths)


@pytest.mark.parametrize("deed", ["deleted", "unpublished", "renamed"])
def test_case_39_a_story_that_goes_leaves_every_page_list_feed_and_picture_at_once(tiny, deed):
    fields = {
        "title": "Chuyện sắp gỡ",
        "tags": "thẻ riêng",
        "author": "Ban Riêng",
        "image": "anh.jpg",
        "image_alt": "x",
    }
    tiny.write("tin-tuc/2026/05/cu/anh.jpg", a_jpeg())
    tiny.story("cu", **fields)
    tiny.build()

    def traces(*words):
        files = tiny.files().items()
        return {path for path, data in files for word in words if word in path or word.encode() in data}

    old = ("2026/05/cu/", "the-rieng", "thẻ riêng")
    everywhere = {
        "index.html",
        "atom.xml",
        "rss.xml",
        "sitemap.xml",
        "tim-kiem/index.html",
        "luu-tru/2026/05/index.html",
    }
    assert everywhere | {"tin-tuc/2026/05/cu/index.html", "the/the-rieng/index.html"} <= traces(*old)
    assert [path for path in tiny.files() if path.startswith("anh/") and not path.endswith("-card.png")]
    if deed == "renamed":
        (tiny.content / "tin-tuc/2026/05/cu").rename(tiny.content / "tin-tuc/2026/05/moi")
        tiny.story("moi", title="Chuyện sắp gỡ", tags="thẻ khác")
    elif deed == "unpublished":
        tiny.story("cu", **fields, status="draft")
    else:
        shutil.rmtree(tiny.content / "tin-tuc/2026/05/cu")
    tiny.build(ALLOW_SHRINK=True)
    assert traces(*old, *([] if deed == "renamed" else ["Chuyện sắp gỡ", "Ban Riêng"])) == set()
    assert not [path for path in tiny.files() if path.startswith("anh/") and not path.endswith("-card.png")]
    assert not (tiny.output / "the/the-rieng").exists() and not (tiny.output / "tin-tuc/2026/05/cu").exists()


def test_a_second_build_writes_nothing(tiny):
    tiny.build()
    before = {path: (tiny.output / path).stat().st_mtime_ns for path in tiny.files()}
    tiny.build()
    assert before == {path: (tiny.output / path).stat().st_mtime_ns for path in tiny.files()}


def test_a_mistake_leaves_the_output_as_it_was(tiny):
    tiny.build()
    before = tiny.files()
    tiny.story("hong", date="32/5/2026")
    tiny.story("lech", title="Đã sửa", category="khong-co")
    with pytest.raises(ContentError) as caught:
        tiny.build()
    assert [problem.code for problem in caught.value.problems] == ["DATE_INVALID", "CATEGORY_UNKNOWN"]
    assert tiny.files() == before


def test_an_output_folder_with_somebodys_files_is_not_touched(tiny):
    tiny.output.mkdir()
    (tiny.output / "luan-van.doc").write_text("quan trọng")
    with pytest.raises(ConfigError):
        tiny.build()
    assert tiny.files() == {"luan-van.doc": "quan trọng".encode()}


def test_links_inside_the_content_folder_and_pipes_are_refused_unopened(tiny):
    (tiny.content / "tin-tuc/2026/05/bai/link.md").symlink_to("/etc/passwd")
    os.mkfifo(tiny.content / "ong.md")
    with pytest.raises(ContentError) as caught:
        tiny.build()
    assert [problem.code for problem in caught.value.problems] == ["FILE_SPECIAL", "FILE_SPECIAL"]


def test_feeds_are_valid_and_carry_the_full_text_with_whole_addresses(tiny):
    tiny.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg())
    tiny.story("khac", title="Khác & <lạ>")
    tiny.story(
        body='Đoạn **một** với [liên kết](../khac/index.md).\n\n![Biển](anh.jpg "x")',
        tags="hiến máu",
        author="Ban Phong trào",
    )
    tiny.build()
    for name in ("atom.xml", "rss.xml"):
        feed = feedparser.parse((tiny.output / name).read_bytes())
        assert not feed.bozo and feed.feed.title == "Tỉnh đoàn Bình Thuận" and feed.feed.language == "vi"
        titles = {entry.title: entry for entry in feed.entries}
        assert "Khác &amp; &lt;lạ&gt;" in titles or "Khác & <lạ>" in titles
        text = titles["Một câu chuyện"].content[0].value
        assert "<strong>một</strong>" in text and 'href="http://localhost:8000/tin-tuc/2026/05/khac/"' in text
        assert 'src="http://localhost:8000/anh/' in text
        assert titles["Một câu chuyện"].author == "Ban Phong trào"


def test_sitemap_robots_and_manifest_are_what_their_readers_expect(tiny):
    tiny.build()
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    addresses = [node.text for node in ET.parse(tiny.output / "sitemap.xml").getroot().findall("s:url/s:loc", names)]
    assert (
        "http://localhost:8000/tin-tuc/2026/05/bai/" in addresses and "http://localhost:8000/404.html" not in addresses
    )
    assert "Sitemap: http://localhost:8000/sitemap.xml" in (tiny.output / "robots.txt").read_text()
    manifest = json.loads((tiny.output / "manifest.webmanifest").read_text())
    assert manifest["lang"] == "vi" and {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


def test_structured_data_parses_and_names_real_pictures(tiny):
    tiny.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg(1200, 800))
    tiny.story(title='"</script><b>Đoàn"', image="anh.jpg", image_alt="x")
    tiny.build()
    page = tiny.page("tin-tuc/2026/05/bai/index.html")
    graph = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    article = next(part for part in graph if part["@type"] == "NewsArticle")
    assert article["headline"] == "</script><b>Đoàn"
    for address in [article["image"][0]["url"], page.find("meta", property="og:image")["content"]]:
        assert (tiny.output / address.removeprefix("http://localhost:8000/")).exists()


def test_a_page_holds_no_markup_of_a_title(tiny):
    tiny.story(
        title='"<img src=x onerror=alert(1)>Đoàn"',
        summary='"<script>alert(2)</script>"',
        tags='"<b>thẻ</b>"',
        author='"<i>Ban</i>"',
    )
    tiny.build()
    for path in tiny.output.rglob("*.html"):
        page = tiny.page(path.relative_to(tiny.output))
        assert not page.find("img", src="x") and "alert(2)" not in "".join(
            str(script.string) for script in page.find_all("script") if not script.get("type")
        )
        assert not page.find(attrs={"onerror": True})


def test_the_portal_may_live_under_a_path(tiny):
    tiny.story("khac", body="[x](/tin-tuc/) [y](../bai/index.md)")
    tiny.build(SITEURL="https://to-chuc.example/cong")
    for path in tiny.output.rglob("*.html"):
        page = tiny.page(path.relative_to(tiny.output))
        for element in page.find_all(["a", "link", "script", "img"]):
            address = element.get("href") or element.get("src") or ""
            if address.startswith("/"):
                assert address.startswith("/cong/"), (path, address)
                assert (tiny.output / address.removeprefix("/cong/").partition("#")[0]).exists(), (path, address)
    assert "https://to-chuc.example/cong/tin-tuc/" in (tiny.output / "sitemap.xml").read_text()


def test_every_address_on_every_page_leads_somewhere(tiny):
    tiny.write("video/phim/bia.jpg", a_jpeg(640, 360))
    tiny.write(
        "video/phim/index.md",
        "---\ntitle: Phim\ndate: 2026-05-01\nyoutube: aqz-KE-bpKQ\nposter: bia.jpg\nposter_alt: Biển\nduration: 0:09\n---\n",
    )
    tiny.write(
        "tuyen-dung/mot/index.md",
        "---\ntitle: Cần người\ndate: 2026-05-01\ndeadline: 2027-01-01\nunit: Văn phòng\n---\n",
    )
    tiny.write("banner/b/a.jpg", a_jpeg(600, 300))
    tiny.write("banner/b/index.md", "---\ntitle: B\nimage: a.jpg\nalt: Chữ\nlink: /tuyen-dung/\nposition: left\n---\n")
    tiny.story(tags="hiến máu, biển", author="Ban Phong trào", body="## Mục một\n\nChữ[^1].\n\n[^1]: Ghi chú.")
    tiny.build()
    for path in tiny.output.rglob("*.html"):
        page = tiny.page(path.relative_to(tiny.output))
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), path
        for element in page.find_all(["a", "link", "script", "img"]):
            address = (element.get("href") or element.get("src") or "").removeprefix("http://localhost:8000")
            target, _, anchor = address.partition("#")
            if target.startswith("/"):
                disk_path = tiny.output / target[1:]
                assert (disk_path / "index.html" if target.endswith("/") else disk_path).exists(), (path, address)
            elif anchor and not target:
                assert anchor in ids, (path, address)


def test_a_story_may_be_a_single_file(tiny):
    tiny.write("tin-tuc/ngan.md", a_story("Ngắn"))
    tiny.build()
    assert (tiny.output / "tin-tuc/ngan/index.html").exists()
