"""What search engines and social networks read: JSON-LD, Open Graph, robots, languages."""

import json
from pathlib import Path

import pytest
from PIL import Image

from plugins.archive import SECTION as ARCHIVE
from plugins.authors import SECTION as AUTHORS
from plugins.categories import SECTION as CATEGORIES
from plugins.news import SECTION as NEWS
from plugins.sitemap import SECTION as SITEMAP
from plugins.tags import SECTION as TAGS
from tests.tiny import a_jpeg, a_tiny_site
from tests.world import a_content, an_article, pages_of

ORIGIN = "http://localhost:8000"


def text(body="Nội dung.", **fields):
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + f"---\n\n{body}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = a_tiny_site(tmp_path_factory.mktemp("may-tim"))
    site.story(image="anh.jpg", image_alt="Biển", author="Ban Phong trào", updated="2026-05-02 08:00")
    site.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg(2400, 1600))
    site.story("nho", image="anh.jpg")
    site.write("tin-tuc/2026/05/nho/anh.jpg", a_jpeg(640, 400, "navy"))
    notice = {"date": "2026-11-01 08:00", "deadline": "2026-12-15", "unit": "Nhà Thiếu nhi", "quota": "3"}
    site.write(
        "tuyen-dung/hai/index.md",
        text('Cần **kế toán**, "văn thư" </script>.', title="Tuyển", positions="[Kế toán, Văn thư]", **notice),
    )
    site.write(
        "tuyen-dung/mot/index.md", text(body="", title="Lái xe", employment="ban-thoi-gian", place="La Gi", **notice)
    )
    event = {"title": "Hội thảo", "date": "2026-11-01", "begins": "2026-12-05 07:30", "place": "Hội trường"}
    site.write("su-kien/hoi-thao/index.md", text(**event))
    site.write("su-kien/qua-mang/index.md", text(attendance="truc-tuyen", **event))
    film = {"title": "Phim", "date": "2026-05-01", "youtube": "aqz-KE-bpKQ", "poster": "bia.jpg", "duration": '"1:30"'}
    site.write("video/phim/index.md", text(poster_alt="Bìa", **film))
    site.write("video/phim/bia.jpg", a_jpeg(1920, 1080, "maroon"))
    album = '![Một](1.jpg "Ảnh một")\n![Hai](2.jpg "Ảnh hai")'
    site.write("thu-vien-anh/bien/index.md", text(album, title="Biển", date="2026-05-01"))
    for number in (1, 2):
        site.write(f"thu-vien-anh/bien/{number}.jpg", a_jpeg(1600, 1000 + number, "olive"))
    site.write("chuyen-de/ket-nghia/index.md", text(title="Kết nghĩa", gathers="[kết nghĩa]"))
    site.write("chuyen-de/druzhba/index.md", text("Дружба.", title="Дружба", lang="ru", translates="ket-nghia"))
    site.build()
    return site


def graph(site, path):
    page = site.page(f"{path}/index.html")
    return json.loads(page.find("script", type="application/ld+json").string)["@graph"]


def parts(site, path, kind):
    return [part for part in graph(site, path) if part["@type"] == kind]


def test_a_story_names_its_publisher_with_a_logo_its_author_and_a_large_picture(site):
    (article,) = parts(site, "tin-tuc/2026/05/bai", "NewsArticle")
    logo = article["publisher"]["logo"]
    with Image.open(site.output / logo["url"].removeprefix(f"{ORIGIN}/")) as drawn:
        assert drawn.size == (logo["width"], logo["height"])
    assert article["author"]["name"] == "Ban Phong trào"
    assert (article["image"][0]["width"], article["image"][0]["height"]) == (1200, 800)
    assert article["dateModified"] > article["datePublished"]


def shared_files(site):
    for path in sorted(site.output.rglob("index.html")):
        page = site.page(path.relative_to(site.output))
        meta = {tag["property"]: tag["content"] for tag in page.find_all("meta", property=True)}
        if "og:image" in meta:
            yield path, meta


def test_every_page_has_a_picture_for_sharing_of_the_size_that_it_tells(site):
    count = 0
    for path, meta in shared_files(site):
        with Image.open(site.output / meta["og:image"].removeprefix(f"{ORIGIN}/")) as picture:
            assert picture.size == (int(meta["og:image:width"]), int(meta["og:image:height"])), path
        assert meta["og:image:alt"], path
        count += 1
    assert count > 30


def test_a_small_picture_is_not_blown_up(site):
    (meta,) = (meta for path, meta in shared_files(site) if path.parent.name == "nho")
    assert (meta["og:image:width"], meta["og:image:height"]) == ("640", "400")


def test_each_position_is_a_job_of_its_own_with_the_full_text(site):
    jobs = parts(site, "tuyen-dung/hai", "JobPosting")
    assert [job["title"] for job in jobs] == ["Kế toán", "Văn thư"]
    for job in jobs:
        assert job["description"] == '<p>Cần <strong>kế toán</strong>, "văn thư" .</p>'
        assert "totalJobOpenings" not in job and job["validThrough"] == "2026-12-15T23:59:00+07:00"
        assert job["hiringOrganization"]["name"] == "Nhà Thiếu nhi"
        assert job["jobLocation"]["address"]["addressLocality"] == "Tp. Phan Thiết"
    (job,) = parts(site, "tuyen-dung/mot", "JobPosting")
    assert (job["title"], job["employmentType"], job["totalJobOpenings"]) == ("Lái xe", "PART_TIME", 3)
    assert job["description"] == "Lái xe"
    assert job["jobLocation"]["address"]["addressLocality"] == "La Gi"
    assert "Bán thời gian" in site.page("tuyen-dung/mot/index.html").main.text


def test_an_event_says_where_and_how_one_takes_part(site):
    (here,), (online,) = (parts(site, f"su-kien/{name}", "Event") for name in ("hoi-thao", "qua-mang"))
    assert here["eventStatus"] == "https://schema.org/EventScheduled"
    assert here["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert (here["location"]["@type"], here["location"]["name"]) == ("Place", "Hội trường")
    assert online["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert online["location"]["@type"] == "VirtualLocation"
    assert "Trực tuyến" in site.page("su-kien/qua-mang/index.html").main.text


def test_a_film_has_what_search_engines_ask_for(site):
    (film,) = parts(site, "video/phim", "VideoObject")
    assert all(film[name] for name in ("name", "description", "thumbnailUrl", "uploadDate", "duration", "embedUrl"))


def test_every_page_below_the_home_page_has_its_way_there(site):
    (way,) = parts(site, "tin-tuc/2026/05/bai", "BreadcrumbList")
    assert [step["position"] for step in way["itemListElement"]] == [1, 2, 3, 4]
    assert [step["item"] for step in way["itemListElement"]] == [
        f"{ORIGIN}/", f"{ORIGIN}/tin-tuc/", f"{ORIGIN}/chuyen-muc/tin-hoat-dong/", f"{ORIGIN}/tin-tuc/2026/05/bai/",
    ]  # fmt: skip


def test_a_page_in_another_language_says_so_and_its_frame_is_vietnamese(site):
    page = site.page("chuyen-de/druzhba/index.html")
    assert (page.html["lang"], page.body["lang"]) == ("ru", "vi")
    assert page.h1.find_parent(lang=True)["lang"] == "ru"
    assert page.find("meta", property="og:locale")["content"] == "ru_RU"
    home = site.page("index.html")
    assert home.html["lang"] == "vi" and not home.body.has_attr("lang")


def thin_and_full(count):
    stories = [an_article(f"bai-{n}", tags="[biển]", author="Lan", category="doan") for n in range(count)]
    return pages_of(a_content(*stories, sections=(NEWS, TAGS, AUTHORS, ARCHIVE, CATEGORIES, SITEMAP)))


@pytest.mark.parametrize(
    "path", ["the/bien", "tac-gia/lan", "luu-tru/2026", "luu-tru/2026/05", "chuyen-muc/doan", "luu-tru"]
)
def test_a_list_of_fewer_than_three_is_not_for_search_engines(path):
    thin, full = thin_and_full(2), thin_and_full(3)
    page = f"{path}/index.html"
    assert (thin[page].view.is_indexed, full[page].view.is_indexed) == (False, True)
    rows = [[address for address, _ in pages["sitemap.xml"].view.rows] for pages in (thin, full)]
    assert f"/{path}/" not in rows[0] and f"/{path}/" in rows[1]


def test_thin_lists_let_robots_follow_their_links(site):
    page = site.page("luu-tru/2026/11/index.html")  # an event's, a notice's months
    assert page.find("meta", attrs={"name": "robots"}) is None
    assert (
        site.page("tac-gia/ban-phong-trao/index.html").find("meta", attrs={"name": "robots"})["content"]
        == "noindex,follow"
    )
    assert Path(site.output / "the/index.html").exists()


def test_a_story_without_a_picture_has_a_card_with_its_title(site):
    shared = {path.parent.name: meta["og:image"] for path, meta in shared_files(site)}
    assert shared["mot"].endswith("-card.png") and shared["mot"] != shared["hai"]
    assert shared["bai"].endswith("-1200.jpg")
    assert shared["druzhba"].endswith("/og-default.jpg")  # the font has no Cyrillic
