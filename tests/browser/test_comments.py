"""Readers' comments, with the real Isso server that docs/isso.cfg describes, in a real Chromium."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from configparser import ConfigParser
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from scripts.devserver import QuietServer
from tests.answering import answering
from tests.browser.conftest import POLICY, Handler, axe, until
from tests.browser.test_xss import TRAP, VECTORS, look
from tests.programs import program
from tests.tiny import ROOT, TinySite, a_tiny_site

pytestmark = pytest.mark.browser

STORY = "/tin-tuc/2026/05/bai/"
PAGE = "tin-tuc/2026/05/bai/index.html"
PASSWORD = "mật khẩu để thử"


class Town:
    """A tiny site that is served, and its Isso server, both on loopback."""

    def __init__(self, site: TinySite) -> None:
        self.site = site
        site.output.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.isso = f"http://localhost:{port}"
        # as docs/nginx.conf says: the portal's own policy, with Isso for scripts and requests, no more
        policy = re.sub(r"(script-src|connect-src) 'self'", rf"\g<0> {self.isso}", POLICY)
        portal = type("Portal", (Handler,), {"policy": policy})
        self._web = ExitStack()
        server = QuietServer(("127.0.0.1", 0), partial(portal, directory=str(site.output)))
        self.address = f"http://localhost:{self._web.enter_context(answering(server)).server_port}"
        self.database = site.root / "comments.db"
        self._process: subprocess.Popen[bytes] | None = None
        self._configure(port)

    def _configure(self, port: int) -> None:
        """Write the configuration of the manual, with paths and ports of the test."""
        config = ConfigParser(interpolation=None)
        config.read(ROOT / "docs/isso.cfg", "utf-8")
        config["general"].update({"dbpath": str(self.database), "host": self.address})
        config["server"].update({"listen": f"http://127.0.0.1:{port}", "public-endpoint": self.isso})
        config["admin"]["password"] = PASSWORD
        config["smtp"].update({"host": "127.0.0.1", "port": "9"})
        with (self.site.root / "isso.cfg").open("w", encoding="utf-8") as file:
            config.write(file)
        conf = "from pelicanconf import *\n" + f"COMMENTS = {self.setting!r}\nCACHE_PATH = {str(self.cache)!r}\n"
        (self.site.root / "conf.py").write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n" + conf, "utf-8")

    @property
    def cache(self) -> Path:
        return self.site.root / "cache"

    @property
    def setting(self) -> dict[str, str]:
        return {"isso": self.isso}

    def open(self) -> None:
        """Start Isso and wait until it answers."""
        beside_python = Path(sys.executable).with_name("isso")
        command = [program(str(beside_python), "isso"), "-c", str(self.site.root / "isso.cfg"), "run"]
        with (self.site.root / "isso.log").open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log)
        for _ in range(200):
            try:
                urlopen(f"{self.isso}/config", timeout=5).close()
                return
            except OSError:
                assert self._process.poll() is None, (self.site.root / "isso.log").read_text("utf-8")
                time.sleep(0.1)
        pytest.fail("Isso không trả lời")

    def close(self) -> None:
        """Stop Isso, as when its machine is down."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def shut(self) -> None:
        self.close()
        self._web.close()

    def build(self):
        return self.site.build(SITEURL=self.address, COMMENTS=self.setting)

    def make_comments(self) -> str:
        """``make comments``: what it says."""
        command = [sys.executable, "-m", "scripts", "comments", "-s", str(self.site.root / "conf.py")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def post(self, **fields: str) -> int:
        """Send a comment past the form; the server's answer as a number."""
        data = json.dumps({"title": "Bài", **fields}).encode()
        headers = {"Content-Type": "application/json", "Origin": self.address}
        with urlopen(Request(f"{self.isso}/new?uri={STORY}", data, headers), timeout=10) as answer:
            return answer.status

    def approve_all(self) -> None:
        with sqlite3.connect(self.database) as database:
            database.execute("UPDATE comments SET mode = 1, created = created - 3600")
        database.close()


@pytest.fixture
def town(tmp_path):
    town = Town(a_tiny_site(tmp_path))
    town.open()
    town.build()
    yield town
    town.shut()


@pytest.fixture
def visitor(chromium):
    """Open a page as a new visitor, whose requests and console lines are collected."""
    contexts = []

    def open_page(address, **more):
        context = chromium.new_context(locale="vi-VN", viewport={"width": 412, "height": 915}, **more)
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.goto(address, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_comment_from_the_form_to_a_page_without_script(town, visitor):
    reader = visitor(town.address + STORY)
    assert reader.get_by_text("Chưa có bình luận.").is_visible()
    assert reader.requests and all(url.startswith(town.address) for url in reader.requests), "before the reader asks"
    reader.get_by_role("button", name="Xem và viết bình luận").click()
    reader.wait_for_selector(".isso-textarea:focus")
    assert any(url.startswith(town.isso) for url in reader.requests)
    assert all(url.startswith((town.address, town.isso)) for url in reader.requests), "nobody else is asked"
    assert reader.evaluate("document.documentElement.scrollWidth") <= 412
    results = axe(reader)
    assert results.violations_count == 0, results.generate_report()

    reader.locator(".isso-textarea").fill("Bài viết **rất hay**, chi đoàn tôi sẽ làm theo.")
    reader.get_by_label("Tên (tùy chọn)").fill("Nguyễn Thị Lan")
    reader.get_by_role("button", name="Gửi", exact=True).click()
    reader.get_by_text("Bình luận đang chờ duyệt").wait_for()
    assert "Có 0 bình luận" in town.make_comments()
    other = visitor(town.address + STORY)
    other.get_by_role("button", name="Xem và viết bình luận").click()
    other.get_by_text("Chưa có bình luận nào").wait_for()
    assert other.get_by_text("chi đoàn tôi").count() == 0

    moderator = visitor(f"{town.isso}/admin/")
    moderator.locator("[name=password]").fill(PASSWORD)
    moderator.locator("[name=password]").press("Enter")
    with moderator.expect_response(re.compile(r"/id/1/activate/")) as approved:
        moderator.get_by_text("Validate", exact=True).click()
    assert approved.value.ok

    assert "Có 1 bình luận đã duyệt, ở 1 bài." in town.make_comments()
    assert town.build().written == (PAGE,)
    assert town.build().written == ()
    plain = visitor(town.address + STORY, java_script_enabled=False)
    shown = plain.locator(".comments .approved")
    assert "Nguyễn Thị Lan" in shown.inner_text() and shown.locator("strong").inner_text() == "rất hay"
    assert plain.get_by_role("link", name="Gửi bình luận qua thư điện tử").is_visible()
    assert plain.get_by_role("button", name="Xem và viết bình luận").count() == 0
    results = axe(visitor(town.address + STORY))
    assert results.violations_count == 0, results.generate_report()

    again = visitor(town.address + STORY)
    again.get_by_role("button", name="Xem và viết bình luận").click()
    again.wait_for_selector("#isso-root .isso-comment")
    assert again.get_by_text("chi đoàn tôi").locator("visible=true").count() == 1, "shown twice"


def test_the_form_asks_for_no_address_of_the_reader(town, visitor):
    reader = visitor(town.address + STORY)
    reader.get_by_role("button", name="Xem và viết bình luận").click()
    reader.wait_for_selector(".isso-textarea:focus")
    assert reader.locator("[name=email]:visible, [name=website]:visible, [name=notification]:visible").count() == 0
    assert reader.locator(".isso-avatar").count() == 0


def test_the_portals_policy_needs_the_server_for_scripts_and_requests_alone(town, visitor):
    town.post(text="Hay lắm.", author="Lan")
    town.approve_all()
    reader = visitor(town.address + STORY)
    reader.get_by_role("button", name="Xem và viết bình luận").click()
    reader.wait_for_selector("#isso-root .isso-comment")
    reader.get_by_text("Trả lời").click()
    assert reader.complaints == []


def test_nothing_that_a_comment_holds_runs(town, visitor, chromium):
    for start in range(0, len(VECTORS), len(VECTORS) // 4 + 1):
        vectors = VECTORS[start : start + len(VECTORS) // 4 + 1]
        assert town.post(text="\n\n".join(vectors), author=" ".join(vectors)[:3000]) == 202
    attribute = "http://a.example/'onmouseover='boom(1)'autofocus='x"
    assert town.post(text="Trang của tôi", author="'><img src=x onerror=boom()>", website=attribute) == 202
    town.approve_all()
    assert "Có 5 bình luận" in town.make_comments()
    assert PAGE in town.build().written

    live = visitor("about:blank")
    live.add_init_script(TRAP)
    live.goto(town.address + STORY)
    live.get_by_role("button", name="Xem và viết bình luận").click()
    live.wait_for_selector("#isso-root .isso-comment")
    live.evaluate("for (const element of document.querySelectorAll('.isso-comment *')) for (const name of"
                  " ['mouseover', 'focus', 'error', 'load', 'toggle']) element.dispatchEvent(new Event(name))")  # fmt: skip
    live.wait_for_timeout(500)
    assert [message for message in live.complaints if " RAN " in message] == []
    assert live.locator(".isso-text").locator("script, iframe, img, svg, form, object").count() == 0

    town.close()
    copy = town.site.root / "copy"
    shutil.copytree(town.site.output / "tin-tuc/2026/05/bai", copy / "tin-tuc/2026/05/bai")
    shutil.copytree(town.site.output / "theme", copy / "theme")
    seen = look(chromium, copy)
    assert (seen.findings, seen.ran) == ([], [])
    assert [url for url in seen.strangers if not url.startswith(town.isso)] == []
    page = town.site.page(PAGE)
    assert len(page.select(".approved > li")) == 5
    assert page.find(class_="comments").find(["img", "svg", "iframe", "form"]) is None
    assert "a.example" not in str(page.find(class_="comments")), "an author's website is not linked"


def test_without_isso_the_page_is_whole_and_says_so(town, visitor):
    town.post(text="Hay lắm.", author="Lan")
    town.approve_all()
    town.make_comments()
    town.build()
    town.close()
    assert "giữ các bình luận của lần lấy trước" in town.make_comments()
    assert town.build().written == ()
    reader = visitor(town.address + STORY)
    assert reader.complaints == []
    reader.get_by_role("button", name="Xem và viết bình luận").click()
    reader.get_by_text("Hiện chưa tải được phần bình luận.").wait_for()
    assert reader.get_by_text("Hay lắm.").is_visible()
    assert reader.get_by_role("link", name="Gửi bình luận qua thư điện tử").is_visible()


def test_an_isso_that_falls_silent_half_way_is_told_too(town, visitor):
    reader = visitor(town.address + STORY)
    reader.clock.install()
    reader.route("**/config*", lambda route: route.abort())
    reader.get_by_role("button", name="Xem và viết bình luận").click()
    until(reader, "window.Isso")
    reader.clock.run_for(9000)
    reader.get_by_text("Hiện chưa tải được phần bình luận.").wait_for()
    assert reader.get_by_text("Chưa có bình luận.").is_visible()
