"""``make serve`` in a browser: however many tabs are open, each is served and each reloads."""

import pytest

from scripts.devserver import Board, Server
from tests.answering import answering

pytestmark = pytest.mark.browser


def test_more_tabs_than_a_browser_opens_connections_all_load_and_all_reload(chromium, tmp_path):
    page = tmp_path / "index.html"
    page.write_text("<!doctype html><body><h1>Trước</h1></body>", "utf-8")
    board = Board()
    with answering(Server(tmp_path, board, 0)) as server, chromium.new_context() as context:
        tabs = [context.new_page() for _ in range(9)]
        for tab in tabs:
            tab.goto(f"http://localhost:{server.server_port}/", timeout=15_000)
        page.write_text("<!doctype html><body><h1>Sau</h1></body>", "utf-8")
        board.post("")
        for tab in tabs:
            tab.wait_for_selector("h1:text('Sau')", timeout=15_000)
