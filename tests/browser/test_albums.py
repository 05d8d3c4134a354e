"""Looking through an album, in a real Chromium."""

import pytest

from tests.browser.conftest import axe, until

pytestmark = pytest.mark.browser

ALBUM = "/thu-vien-anh/bien-cat-va-gio-binh-thuan/"
FOCUS = "document.activeElement"


def opened(page, index=2):
    """Open the album's photograph at ``index`` (from 0)."""
    page.locator(".photos figure > a").nth(index).click()
    page.locator(".lightbox img").wait_for()
    return page


def words(page):
    return page.inner_text(".lightbox figcaption")


def test_the_keys_lead_from_one_photograph_to_the_next_and_round(visit):
    page = opened(visit(ALBUM))
    assert words(page).startswith("Ảnh 3/7") and "ngày lặng gió" in words(page)
    page.keyboard.press("ArrowRight")
    assert words(page).startswith("Ảnh 4/7")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    assert words(page).startswith("Ảnh 7/7")


def test_the_buttons_have_names_and_do_the_same(visit):
    page = opened(visit(ALBUM))
    page.get_by_role("button", name="Ảnh sau").click()
    page.get_by_role("button", name="Ảnh trước").click()
    page.get_by_role("button", name="Ảnh trước").click()
    assert words(page).startswith("Ảnh 2/7")
    page.get_by_role("button", name="Đóng").click()
    assert page.locator(".lightbox:visible").count() == 0


def test_the_focus_stays_inside_and_comes_back_to_the_last_photograph(visit):
    page = opened(visit(ALBUM))
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUS} === document.body || !!{FOCUS}.closest('.lightbox')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    until(page, f"{FOCUS} === document.querySelectorAll('.photos figure > a')[3]")
    assert page.locator(".lightbox:visible").count() == 0


def test_what_is_shown_is_told_to_those_who_listen(visit):
    page = opened(visit(ALBUM))
    live = page.locator(".lightbox [aria-live=polite]")
    assert live.locator("img").get_attribute("alt").startswith("Thuyền buồm nâu") and "3/7" in live.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [412, 1280])
def test_it_is_accessible_and_fits(visit, width, scheme):
    page = opened(visit(ALBUM, width=width, scheme=scheme))
    results = axe(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".lightbox").evaluate("box => [box.scrollHeight, innerHeight]")
    assert box[0] <= box[1] and page.complaints == []


def test_without_script_a_photograph_is_a_link_to_its_largest_size(visit):
    page = visit(ALBUM, java_script_enabled=False)
    page.locator(".photos figure > a").first.click()
    page.wait_for_url("**/anh/*-1080.jpg")


def test_other_pages_do_not_load_the_script(visit):
    requests = [url for path in ("/", "/thu-vien-anh/", "/tin-tuc/") for url in visit(path).requests]
    assert not [url for url in requests if "/albums." in url]
    assert [url for url in visit(ALBUM).requests if "/albums." in url]
