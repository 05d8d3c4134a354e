"""The register of documents in a real Chromium: found with script and without."""

import pytest

from tests.browser.conftest import axe, until

pytestmark = pytest.mark.browser

HOME = "/van-ban/"


def numbers(page):
    return page.locator(".register tbody th").all_inner_texts()


def test_the_register_narrows_down_as_one_types_without_marks(visit):
    page = visit(HOME, width=1280)
    before = numbers(page)
    page.fill(".finder input", "hoat doan CHUYEN")
    until(page, "document.querySelector('.finder output').value")
    assert numbers(page) == ["48-HD/TĐTN-XDĐ", "19-HD/TĐTN-XDĐ"]
    assert "Tìm thấy 2 văn bản" in page.inner_text(".finder output")
    page.fill(".finder input", "")
    until(page, "!document.querySelector('.finder output').value")
    assert numbers(page) == before and not page.complaints


def test_choices_add_up_and_stay_in_the_address(visit):
    page = visit(HOME, width=1280)
    page.select_option("[name=loai]", "huong-dan")
    page.select_option("[name=hieu-luc]", "het")
    until(page, "document.querySelectorAll('.register tbody tr').length == 1")
    assert numbers(page) == ["19-HD/TĐTN-XDĐ"]
    assert page.url.endswith("?loai=huong-dan&hieu-luc=het")
    page.reload()
    until(page, "document.querySelectorAll('.register tbody tr').length == 1")
    assert numbers(page) == ["19-HD/TĐTN-XDĐ"] and page.input_value("[name=loai]") == "huong-dan"
    page.click(".register td a")
    page.wait_for_url("**/van-ban/2022/huong-dan-chuyen-sinh-hoat-doan/")


def test_what_is_found_reads_like_what_was_there(visit):
    """The script fills the lines' own markup: a found line is the same as a drawn one."""
    page = visit(HOME, width=1280)
    rendered = page.evaluate("[...document.querySelectorAll('.register tbody tr')].map(row => row.innerHTML)")
    page.fill(".finder input", "-")
    until(page, "document.querySelector('.finder output').value")
    rows = page.evaluate("[...document.querySelectorAll('.register tbody tr')].map(row => row.innerHTML)")
    assert rows and set(rows) <= set(rendered)


def test_nothing_found_and_a_register_that_cannot_be_loaded_are_said(visit):
    page = visit(HOME + "?q=khongcovanbannhuvay")
    until(page, "document.querySelector('.finder output').value")
    assert "Không có văn bản nào khớp" in page.inner_text(".finder output") and numbers(page) == []
    page = visit(HOME)
    page.route("**/*.json", lambda route: route.abort())
    page.fill(".finder input", "đoàn")
    until(page, "document.querySelector('.finder output').value")
    assert "Không tải được" in page.inner_text(".finder output") and len(numbers(page)) > 10


def test_without_script_links_do_the_same(visit):
    page = visit(HOME, java_script_enabled=False)
    assert not page.locator(".finder").is_visible()
    page.click(".ways summary")
    page.click(".ways a:text-is('Hết hiệu lực')")
    page.wait_for_url("**/van-ban/hieu-luc/het/")
    assert "19-HD/TĐTN-XDĐ" in numbers(page) and "48-HD/TĐTN-XDĐ" not in numbers(page)


def test_nothing_is_searched_before_somebody_asks(visit):
    assert not [url for url in visit(HOME).requests if url.endswith(".json")]


def test_on_a_phone_a_line_is_a_card_and_still_a_row_of_a_table(visit):
    page = visit(HOME, width=412)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert roles.count("table") == 1 and roles.count("columnheader") == 5
    assert roles.count("rowheader") == len(numbers(page)) == roles.count("row") - 1
    boxes = [cell.bounding_box() for cell in page.locator(".register tbody tr").first.locator("th, td").all()]
    assert len({box["y"] for box in boxes}) == len(boxes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say_of_the_open_links(visit, scheme):
    page = visit(HOME, scheme=scheme)
    page.click(".ways summary")
    assert [violation["id"] for violation in axe(page).response["violations"]] == []


def test_the_columns_stand_while_lines_arrive(load):
    page = load(HOME, width=1280)
    widths = "[...document.querySelectorAll('.register thead th')].map(e => e.offsetWidth)"
    all_lines = page.evaluate(widths)
    page.evaluate("document.querySelectorAll('.register tbody tr + tr').forEach(e => e.remove())")
    assert page.evaluate(widths) == all_lines
