"""What is shown stays where it is while the rest of a page arrives."""

import time
from functools import partial
from pathlib import Path

import pytest

from scripts.devserver import QuietServer
from scripts.quality.weight import MAX_SHIFT
from tests.answering import answering
from tests.browser.conftest import Handler

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/tin-tuc/",
    "/tin-tuc/2020/07/nang-cao-chat-luong-hoat-dong-chi-doan-tren-dia-ban-dan-cu-nam-2020/",
    "/thu-vien-anh/trung-thu-mien-nui/",
    "/van-ban/",
    "/lien-he/",
)
SHIFTS = """() => new Promise(done => {
  let shift = 0
  const moved = []
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    shift += entry.value
    for (const {node} of entry.sources) if (node) moved.push((node.outerHTML || node.textContent).slice(0, 90))
  })).observe({type: "layout-shift", buffered: true})
  setTimeout(() => done([shift, moved]), 200)
})"""


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
    with answering(QuietServer(("127.0.0.1", 0), partial(SlowHandler, directory=str(demo)))) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.mark.parametrize("width", [412, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_arrives_bit_by_bit(chromium, slow_address, path, width):
    with chromium.new_context(viewport={"width": width, "height": 915}) as context:
        page = context.new_page()
        page.goto(slow_address + path)
        shift, moved = page.evaluate(SHIFTS)
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
