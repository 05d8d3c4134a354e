"""How pages are laid out: what was once out of place, one test for each."""

import pytest

from scripts.quality.weight import scroll
from tests.browser.conftest import axe, until
from tests.browser.test_pages import PAGES, SEED

pytestmark = pytest.mark.browser

STORY = "/tin-tuc/2026/11/dan-chieng-muoi-hai-tuoi-o-la-da/"
DOCUMENT = "/van-ban/2026/quy-che-cong-thong-tin/"


def tops(page, selector):
    """The upper edges of what is seen of ``selector``, without repetitions."""
    script = "selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(e => Math.round(e.getBoundingClientRect().top))"
    return set(page.evaluate(script, selector))


def lefts(page, selector):
    script = "selector => [...document.querySelectorAll(selector)].map(e => Math.round(e.getBoundingClientRect().left))"
    return set(page.evaluate(script, selector))


@pytest.mark.parametrize("path", ["/", "/thu-vien-anh/"])
def test_covers_keep_their_place_before_their_pictures_come(chromium, address, path):
    with chromium.new_context(viewport={"width": 412, "height": 915}) as context:
        page = context.new_page()
        page.route("**/*.{avif,jpg}", lambda route: route.abort())
        page.goto(address + path, wait_until="load")
        empty = page.evaluate(
            "[...document.querySelectorAll('.cover picture')].filter(e => e.clientWidth < 100 || e.clientHeight < 60).length"
        )
        assert page.locator(".cover picture").count() and empty == 0


@pytest.mark.parametrize("path", ["/", SEED, "/thu-vien-anh/", "/van-ban/"])
@pytest.mark.parametrize("width", [412, 1280])
def test_nothing_moves_while_one_scrolls(visit, path, width):
    page = visit(path, width=width)
    if width > 1024:  # the column is in sight, and its file comes at once
        until(page, "!document.querySelector('.beside:not(.filled)')")
    shift, moved = scroll(page)
    assert shift < 0.001, moved


def test_forced_colours_leave_an_edge_to_the_search_form_and_the_menu(visit):
    page = visit("/", width=768, forced_colors="active")
    for selector in (".header .search-form", ".menu summary"):
        edge, ground = page.evaluate(
            "selector => { const style = getComputedStyle(document.querySelector(selector)); return [style.borderTopColor, style.backgroundColor]; }",
            selector,
        )
        assert edge != ground and "0)" not in edge.replace("rgb(0, 0, 0)", ""), selector


def test_forced_colours_leave_the_triangle_of_a_film_a_triangle(visit):
    page = visit("/video/", forced_colors="active")
    style = "getComputedStyle(document.querySelector('.poster'), '::before')"
    assert "polygon" in page.evaluate(f"{style}.clipPath")
    assert page.evaluate(f"{style}.backgroundColor") == "rgb(255, 210, 0)"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_when_text_is_twice_as_large(load, path, width):
    page = load(path, width=width)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_may_enlarge_text_by_itself(load):
    assert load("/").evaluate("getComputedStyle(document.documentElement).textSizeAdjust") == "100%"


def test_a_breadcrumb_is_more_than_the_home_page_and_its_signs_are_silent(load):
    assert load("/tin-tuc/").locator(".breadcrumb").count() == 0
    page = load(DOCUMENT, width=320)
    assert page.locator(".breadcrumb li").count() >= 2
    content = "getComputedStyle(document.querySelector('.breadcrumb li + li'), '::before').content"
    assert page.evaluate(content) == '"›" / ""'
    assert page.locator(".breadcrumb").aria_snapshot().count("›") == 0


def test_every_category_is_on_a_row_of_its_own_under_the_menu(load):
    for width in (1024, 1280, 1600):
        page = load("/", width=width)
        assert page.locator(".categories a:visible").count() == 9
        assert len(tops(page, ".categories a")) == 1 and len(tops(page, "#_menu ~ ul a")) == 1, width


def test_on_a_phone_the_menu_opens_the_sections_and_the_categories(load):
    page = load("/", width=412)
    assert page.locator("header nav a:visible").count() == 0
    assert page.locator(".menu summary").inner_text().strip() == "Menu"
    page.locator(".menu summary").click()
    assert page.locator("#_menu ~ ul a:visible").count() == 12 and page.locator(".categories a:visible").count() == 9
    page.locator(".find summary").click()
    assert page.locator("header input[type=search]").is_visible()


def test_the_list_of_all_stories_leads_to_each_category(load):
    assert load("/tin-tuc/").locator("main .in-categories a:visible").count() == 9


@pytest.mark.parametrize("path", [STORY, "/chuyen-muc/guong-sang/"])
def test_a_story_and_its_category_are_marked_in_both_menus(load, path):
    marked = load(path, width=1280).locator("header [aria-current]")
    assert marked.all_inner_texts() == ["Tin tức", "Gương sáng"]
    assert marked.last.get_attribute("aria-current") == ("true" if path == STORY else "page")


def test_category_and_date_of_a_card_do_not_collide_on_a_small_desktop(load):
    page = load("/", width=1024)
    crossing = page.evaluate(
        """() => [...document.querySelectorAll('.front .cards .card')].filter(card => {
            const [kicker, meta] = ['.kicker', '.meta'].map(name => card.querySelector(name).getBoundingClientRect());
            return kicker.right > meta.left && kicker.bottom > meta.top && meta.bottom > kicker.top && kicker.height > 22;
        }).length"""
    )
    assert crossing == 0
    assert page.evaluate("Math.max(...[...document.querySelectorAll('.front .kicker')].map(e => e.offsetHeight))") < 30


@pytest.mark.parametrize("path", ["/", SEED, "/van-ban/2026/quy-che-cong-thong-tin/"])
def test_on_a_tablet_no_column_is_too_narrow_to_read(load, path):
    page = load(path, width=768)
    assert page.evaluate("Math.min(...[...document.querySelectorAll('aside')].map(e => e.clientWidth))") > 400


def test_words_of_a_list_begin_and_end_at_one_line_with_a_picture_or_without(load):
    for path in ("/luu-tru/2026/11/", "/tin-tuc/"):
        for width in (412, 1280):
            page = load(path, width=width)
            assert page.locator("main .card.row").count() > 3
            assert len(lefts(page, "main .card.row > div")) == 1
            widths = "new Set([...document.querySelectorAll('main .card.row > div')].map(e => Math.round(e.clientWidth / 4))).size"
            assert page.evaluate(widths) == 1, (path, width)


def test_a_file_is_named_by_what_it_is_not_by_what_it_is_called(load):
    link = load(DOCUMENT).locator(".files a").first
    assert link.inner_text().startswith("Tải toàn văn (PDF, 2 trang, ")


def test_landmarks_of_one_kind_have_names_of_their_own(load):
    page = load("/tim-kiem/", width=1280)
    assert "landmark-unique" not in [result["id"] for result in axe(page).response["violations"]]
    names = page.evaluate("[...document.querySelectorAll('[role=search]')].map(e => e.getAttribute('aria-label'))")
    assert len(names) == 2 and len(set(names)) == 2


def test_the_head_of_a_phone_is_one_row(load):
    page = load("/", width=412)
    assert page.evaluate("document.querySelector('header.header').getBoundingClientRect().height") <= 56 + 4


@pytest.mark.parametrize("path", [path for path in PAGES.values() if path != "/"])
def test_the_sheet_of_the_column_changes_nothing_of_the_page_beside_it(chromium, demo, address, path):
    boxes = "[...document.querySelectorAll('main *')].map(e => [e.tagName, e.className, e.offsetTop, e.offsetHeight].join())"
    [sheet] = (demo / "theme").glob("column.*.css")
    with chromium.new_context(viewport={"width": 412, "height": 915}) as context:
        page = context.new_page()
        page.route("**/ben-le.html", lambda route: route.abort())
        page.goto(address + path, wait_until="load")
        before = page.evaluate(boxes)
        page.add_style_tag(url=f"/theme/{sheet.name}")
        assert page.evaluate(boxes) == before
