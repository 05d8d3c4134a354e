"""How one reads: the length of the home page, what stands around a story, the ways on from it."""

import pytest

from tests.browser.conftest import until
from tests.browser.test_layout import STORY, lefts, tops
from tests.browser.test_pages import SEED

pytestmark = pytest.mark.browser

TABLE = "/van-ban/2026/thong-bao-ket-luan-giao-ban-quy-3/"

#: A device that can share and has a voice, in place of one that keeps to itself.
DEVICE = """
    navigator.share = async data => { window.shared = data; };
    window.spoken = [];
    const voices = [{lang: 'vi-VN', localService: LOCAL}];
    Object.defineProperty(window, 'speechSynthesis', {value: {
        getVoices: () => voices,
        speak: part => { spoken.push(part); },
        cancel: () => { spoken.forEach(part => part.onend()); },
    }});
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture
def visit_as(chromium, address):
    """Open a page on a device whose voice is its own, or one that a server lends (``local="false"``)."""
    contexts = []

    def open_page(path, local="true"):
        context = chromium.new_context(viewport={"width": 412, "height": 915})
        contexts.append(context)
        context.add_init_script(DEVICE.replace("LOCAL", local))
        page = context.new_page()
        page.goto(address + path, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


def rights(page, selector):
    script = "selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(e => Math.round(e.getBoundingClientRect().right))"
    return set(page.evaluate(script, selector))


# -- the home page ---------------------------------------------------------------


def test_the_home_page_of_a_phone_ends_within_nine_thousand_pixels_and_forty_five_pictures(load):
    page = load("/", width=412)
    assert page.evaluate("document.documentElement.scrollHeight") <= 9_000
    assert page.evaluate("document.images.length") <= 45


def test_the_home_page_says_when_its_newest_story_came(load):
    assert load("/").locator(".fresh").inner_text() == "Cập nhật 17:40, Thứ Hai 23/11/2026"


@pytest.mark.parametrize("width", [1024, 1280, 1600])
def test_the_columns_of_the_home_page_end_near_each_other(load, width):
    page = load("/", width=width)
    left, right = page.evaluate(
        "['.blocks', 'aside'].map(name => document.querySelector(`.home ${name}`).lastElementChild.getBoundingClientRect().bottom)"
    )
    assert abs(left - right) < 300


@pytest.mark.parametrize("width", [768, 1024, 1280])
def test_small_posters_leave_no_row_half_empty(load, width):
    page = load("/", width=width)
    for row in page.locator(".pairs .banners").all():
        edges = row.evaluate(
            "row => [row.getBoundingClientRect().right, row.lastElementChild.getBoundingClientRect().right].map(Math.round)"
        )
        assert edges[0] == edges[1]


# -- around a story --------------------------------------------------------------


def test_a_story_and_what_follows_it_end_at_one_edge(load):
    page = load(STORY, width=1280)
    assert len(rights(page, "main > .story, main > .block, main > .neighbours")) == 1


def test_opinions_are_asked_for_by_a_button(load):
    page = load(STORY)
    assert page.get_by_role("heading", name="Ý kiến bạn đọc").is_visible()
    link = page.get_by_role("link", name="Gửi ý kiến")
    assert link.get_attribute("href").startswith("mailto:") and link.bounding_box()["height"] >= 44


@pytest.mark.parametrize("width", [360, 412, 1280])
def test_of_three_photographs_the_first_takes_the_whole_width(load, width):
    page = load(SEED, width=width)
    gallery = page.locator(".gallery").filter(has=page.locator("figure:nth-child(3):last-child")).first
    boxes = gallery.evaluate(
        "e => [e, ...e.children].map(e => e.getBoundingClientRect()).map(r => [r.width, r.bottom])"
    )
    (_, end), (first, _), (second, row), (third, last) = boxes
    assert second == third and last == end
    if width > 500:  # a phone has one column
        assert first > second * 2 and row == last


def test_very_many_photographs_stand_side_by_side_on_a_phone(load):
    page = load(SEED, width=360)
    gallery = page.locator(".gallery").first
    gallery.evaluate("e => { while (e.children.length < 12) e.append(e.firstElementChild.cloneNode(true)); }")
    gallery.evaluate("e => { e.className = 'gallery many'; }")  # as the build says of twelve
    boxes = gallery.evaluate("e => [...e.children].slice(0, 2).map(e => e.getBoundingClientRect())")
    assert boxes[0]["top"] == boxes[1]["top"] and boxes[0]["right"] < boxes[1]["left"]


def test_a_second_line_of_categories_begins_where_the_first_begins(load):
    page = load("/lien-he/", width=1280)
    names = page.locator(".categories ul")
    names.evaluate("e => e.append(...[...e.children].slice(0, 2).map(e => e.cloneNode(true)))")
    line = names.evaluate("e => [...e.children].map(e => e.getBoundingClientRect()).map(r => [r.top, r.left])")
    (top, left), (last, _) = line[0], line[-1]
    second = [x for y, x in line if y == last]
    assert last > top and min(second) == left and max(second) < 640


def test_a_table_that_goes_on_has_a_shadow_at_its_edge(load):
    table = load(TABLE, width=360).locator(".table").first
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    assert table.evaluate("e => getComputedStyle(e).backgroundAttachment") == "local, local, scroll, scroll"


def test_posters_of_films_are_dimmed_in_the_dark(load):
    filter_of = "getComputedStyle(document.querySelector('.poster img')).filter"
    assert load("/video/", scheme="dark").evaluate(filter_of) == "brightness(0.88)"
    assert load("/video/").evaluate(filter_of) == "none"


# -- share, copy, print, listen --------------------------------------------------------


def test_a_phone_shares_by_its_own_menu_and_then_shows_no_other_ways(visit_as, address):
    page = visit_as(STORY)
    page.get_by_role("button", name="Chia sẻ").click()
    title = page.inner_text("h1")
    assert page.evaluate("shared.title") == title and page.evaluate("shared.url").endswith(STORY)
    assert page.locator(".share a:visible").count() == 0


def test_the_address_is_copied_and_it_is_said(visit):
    page = visit(STORY, permissions=["clipboard-read", "clipboard-write"])
    assert not page.get_by_role("button", name="Chia sẻ").is_visible()
    page.get_by_role("button", name="Chép liên kết").click()
    page.get_by_role("button", name="Đã chép liên kết").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("link[rel=canonical]").get_attribute("href")
    page.get_by_role("button", name="Chép liên kết", exact=True).wait_for()


def test_a_voice_of_the_device_reads_the_story_and_stops(visit_as):
    page = visit_as(STORY)
    button = page.locator(".share [name=listen]")
    button.click()
    assert button.inner_text() == "Dừng đọc"
    words = page.evaluate("spoken.map(part => part.text)")
    assert words[0] == page.inner_text("h1") and words[1] == page.inner_text(".sapo")
    assert len(words) == 2 + page.locator(".prose > :not(figure)").count()
    button.click()
    until(page, "document.querySelector('.share [name=listen]').textContent == 'Nghe bài'")


def test_where_no_voice_of_the_device_speaks_vietnamese_nothing_is_offered(visit, visit_as):
    assert not visit(STORY).locator(".share [name=listen]").is_visible()
    assert not visit_as(STORY, local="false").locator(".share [name=listen]").is_visible()


def test_without_script_and_on_paper_there_are_no_buttons(visit):
    page = visit(STORY, java_script_enabled=False)
    assert page.locator(".share button:visible").count() == 0 and page.locator(".share a:visible").count() == 2
    page = visit(STORY)
    page.emulate_media(media="print")
    assert not page.locator(".share").is_visible()


# -- ways on -----------------------------------------------------------------------------


def test_the_footer_is_one_row_of_columns_on_a_desktop(load):
    for path, width, columns in (("/", 1024, 4), ("/lien-he/", 1024, 3), ("/lien-he/", 1600, 3)):
        page = load(path, width=width)
        assert len(tops(page, ".footer .wrap > :not(p)")) == 1, (path, width)
        assert len(lefts(page, ".footer .wrap > :not(p)")) == columns, (path, width)


def test_a_wrong_address_leads_to_search_and_the_five_newest_stories(visit):
    page = visit("/khong/co/trang-nay/")
    assert page.locator("main input[type=search]").is_visible()
    assert page.locator("main .card").count() == 5


def test_the_footer_leads_to_the_portal_at_a_glance(visit):
    page = visit("/tin-tuc/", width=1280)
    page.locator("footer").get_by_role("link", name="Sơ đồ cổng").click()
    page.wait_for_url("**/so-do-cong/")
    assert page.locator("main .chips a").count() > 30
