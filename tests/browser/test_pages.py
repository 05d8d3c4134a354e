"""What readers see, in a real Chromium."""

import re

import brotli
import pytest

from scripts.quality.kinds import ARTICLE, KINDS
from scripts.quality.validator import validate
from tests.browser.conftest import axe, until
from tests.programs import program

pytestmark = pytest.mark.browser

SEED = ARTICLE
PAGES = {name: kind.path for name, kind in KINDS.items()}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


@every_page
def test_a_page_is_accessible(load, path):
    page = load(path)
    for width in (412, 1280):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 915})
            page.emulate_media(color_scheme=scheme)
            results = axe(page)
            assert results.violations_count == 0, f"{width} {scheme}\n{results.generate_report()}"


@every_page
def test_nothing_sticks_out_sideways(load, path):
    page = load(path)
    for width in (320, 412, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 915})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@every_page
def test_a_page_complains_of_nothing_and_asks_no_third_party(visit, address, path):
    page = visit(path)
    page.evaluate(
        "() => new Promise(done => { let y = 0; const step = () => { scrollTo(0, y += 600); y < document.body.scrollHeight ? setTimeout(step, 20) : done(); }; step(); })"
    )
    until(page, "[...document.images].every(image => image.complete || !image.checkVisibility())")
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith(address) and not url.startswith("data:")] == []


@every_page
def test_targets_are_large_enough_for_a_thumb(load, path):
    """WCAG 2.2, 2.5.8: 24 px, but for links within a sentence and those that fill their card."""
    page = load(path)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, input')]
            .filter(e => e.checkVisibility() && getComputedStyle(e, '::after').position !== 'absolute' && !e.closest('p, li p, td, figcaption, blockquote, .prose, [class*=skip]'))
            .map(e => [e.outerHTML.slice(0, 90), ...Object.values((({width, height}) => ({width, height}))(e.getBoundingClientRect()))])
            .filter(([, width, height]) => width > 1 && (width < 24 || height < 24))"""
    )
    assert small == []


def test_the_lead_picture_of_a_story_comes_first_and_nothing_jumps(visit):
    page = visit(SEED)
    hero = page.locator("main img").first
    assert hero.get_attribute("fetchpriority") == "high" and hero.get_attribute("loading") in (None, "eager")
    assert page.evaluate("document.querySelector('main img').currentSrc").endswith(".avif")
    for image in page.locator("img").all():
        assert image.get_attribute("width") and image.get_attribute("height")
    shift = page.evaluate(
        "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value)).observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300); })"
    )
    assert shift == 0


def test_a_story_is_the_old_portals_in_our_form(visit):
    text = visit(SEED).inner_text("main")
    for words in (
        "Nâng cao chất lượng hoạt động chi đoàn trên địa bàn dân cư năm 2020",
        "Thứ Năm, 30 tháng 7 năm 2020, 16:36",
        "Ban Xây dựng Đoàn Tỉnh đoàn",
        "Trần Sinh Toàn",
    ):
        assert words in text
    assert "8c47dbe442dbbc85e5ca" not in text


def test_the_skip_link_and_the_menu_work_by_keyboard(visit):
    page = visit("/", width=412)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.menu summary')"):
            break
    assert page.evaluate("document.activeElement.innerText") == "Menu"
    page.keyboard.press("Enter")
    entry = page.locator("header a[href='/tuyen-dung/']:visible").first
    entry.wait_for()
    entry.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tuyen-dung/")


def test_on_a_wide_screen_the_menu_is_a_row_that_marks_the_current_entry(visit):
    page = visit("/tuyen-dung/", width=1280)
    current = page.locator("header a[aria-current=page]:visible")
    assert current.count() == 1 and current.inner_text().strip() == "Tuyển dụng"
    tops = page.evaluate(
        "[...document.querySelectorAll('#_menu ~ ul a')].filter(a => a.checkVisibility()).map(a => Math.round(a.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1 and len(tops) >= 8


def test_a_youtube_film_loads_nothing_before_the_click_and_its_player_after(visit, address):
    page = visit(PAGES["youtube"])
    assert not [url for url in page.requests if not url.startswith(address)]
    page.locator("a[href*='youtube.com/watch']").first.click()
    frame = page.locator("iframe")
    frame.wait_for()
    assert frame.get_attribute("src").startswith("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ")
    assert frame.get_attribute("title")


def test_an_own_film_plays_in_place_and_is_not_loaded_before(visit):
    page = visit(PAGES["video"])
    assert not [url for url in page.requests if url.endswith(".mp4")]
    assert page.locator("video[controls][preload=none][poster]").count() == 1
    assert page.evaluate("document.querySelector('video').play().then(() => 'plays')") == "plays"


def test_without_script_films_and_menu_still_work(visit):
    page = visit(PAGES["youtube"], java_script_enabled=False)
    assert page.locator("a[href='https://www.youtube.com/watch?v=aqz-KE-bpKQ']").first.is_visible()
    page = visit("/", java_script_enabled=False)
    page.locator("header .menu summary").click()
    assert page.locator("header a[href='/video/']:visible").count() >= 1


def test_the_search_form_leads_to_a_page_that_helps(visit):
    page = visit("/")
    page.locator("header .find summary").click()
    page.fill("input[type=search]:visible", "hiến máu")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tim-kiem/"))
    assert page.locator("main a").count() > 20


def test_an_address_that_leads_nowhere_shows_ways_on(visit):
    page = visit("/khong/co/trang-nay/")
    assert "Không tìm thấy trang" in page.inner_text("h1") and page.locator("main a[href='/tin-tuc/']").count()


def test_a_printed_story_has_no_chrome(visit):
    page = visit(SEED)
    page.emulate_media(media="print")
    assert not page.locator("header nav").first.is_visible() and not page.locator("footer form").count()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_scripts_and_styles_are_light(demo):
    for script in (demo / "theme").glob("*.js"):  # no page has two
        if script.name.startswith("search."):
            assert len(brotli.compress(script.read_bytes())) <= 4096
        else:
            assert script.stat().st_size <= 2048


def test_the_html_is_valid(demo):
    """The Nu Html Checker finds no error on any page of the demonstration."""
    program("java")
    assert validate(demo).faults == []
