"""Keep what is shown in its place while the rest of a page arrives."""

import time
from pathlib import Path

import pytest

from scripts.quality.weight import MAX_SHIFT, scroll
from tests.browser.conftest import Handler, served

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/tin-tuc/",
    "/tin-tuc/2020/07/nang-cao-chat-luong-hoat-dong-chi-doan-tren-dia-ban-dan-cu-nam-2020/",
    "/thu-vien-anh/trung-thu-mien-nui/",
    "/van-ban/",
    "/lien-he/",
)


class SlowHandler(Handler):
    """Sends a page a kilobyte at a time, with time to draw each."""

    def copyfile(self, source, outputfile):
        if not source.name.endswith(".html"):
            return super().copyfile(source, outputfile)
        while data := source.read(1024):
            outputfile.write(data)
            outputfile.flush()
            time.sleep(0.02)


@pytest.fixture(scope="session")
def slow_address(demo: Path):
    with served(demo, SlowHandler) as address:
        yield address


@pytest.mark.parametrize("width", [412, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_arrives_bit_by_bit(chromium, slow_address, path, width):
    with chromium.new_context(viewport={"width": width, "height": 915}) as context:
        page = context.new_page()
        page.goto(slow_address + path)
        shift, moved = scroll(page)
    assert shift < MAX_SHIFT, moved


def test_photographs_of_an_album_are_shown_no_wider_than_the_file_that_is_loaded_for_them(load):
    for width in (412, 768, 1280):
        page = load("/thu-vien-anh/trung-thu-mien-nui/", width=width)
        photos = page.locator(".photos figure img")
        for photo in photos.all():
            photo.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        sizes = photos.evaluate_all("all => all.map(e => [e.getBoundingClientRect().width, e.currentSrc])")
        assert len({round(shown) for shown, _ in sizes}) == 1
        assert all(shown <= int(source.rpartition("-")[2].partition(".")[0]) for shown, source in sizes), sizes
