"""The demonstration, built once, served on loopback, seen by a real Chromium."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from scripts.devserver import QuietServer
from tests.answering import answering
from tests.programs import program

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]  # fmt: skip


#: What docs/nginx.conf lets a page load: every page is seen under it.
[POLICY] = re.findall(r'add_header Content-Security-Policy "(.*)" always;', (ROOT / "docs/nginx.conf").read_text())


AXE = Axe()


def until(page, script, seconds=30):
    """Wait until ``script`` is true in the page. Playwright's own way evaluates in the page's
    world, which the portal's policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < end, script
        page.wait_for_timeout(30)


def axe(page: Page) -> AxeResults:
    """Look at the page with every rule of axe, and list what it finds wrong; what is right is not described."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return AxeResults(page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"]}))


class Handler(SimpleHTTPRequestHandler):
    """A plain static server, as any host of the portal is, with its 404 page."""

    policy = POLICY

    def end_headers(self):
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".avif": "image/avif"}  # noqa: RUF012

    def send_error(self, code, message=None, explain=None):
        if code != 404:
            return super().send_error(code, message, explain)
        data = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        pass


@contextmanager
def served(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder until the end of the block. Yields its address."""
    with answering(QuietServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="session")
def address(demo):
    with served(demo) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    # Debian has its headless part as a program of its own, as Playwright has: tests take half the time with it
    path = program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, address):
    """Open a page of the demonstration: ``visit("/video/", width=412, scheme="dark")``.

    What the page asks for and what its console says is kept in ``page.requests`` and
    ``page.complaints``.
    """
    contexts = []

    def open_page(path, width=412, height=915, scheme="light", **more):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="vi-VN", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on(
            "console",
            lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address + path, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shared_page(chromium):
    """A page that all tests of a worker may load addresses in: a new one is a new process of the browser."""
    with chromium.new_context(locale="vi-VN") as context:
        yield context.new_page()


@pytest.fixture
def load(shared_page, address):
    """Load a page of the demonstration in the page of the test before: ``load("/video/", width=412, scheme="dark")``.

    For the many tests that only look: it takes a third of the time that ``visit`` takes.
    """

    def load_page(path, width=412, height=915, scheme="light"):
        shared_page.set_viewport_size({"width": width, "height": height})
        shared_page.emulate_media(color_scheme=scheme)
        shared_page.goto(address + path, wait_until="load")
        return shared_page

    return load_page
