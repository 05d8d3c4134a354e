"""Measure the demonstration as readers get it, by nginx with docs/nginx.conf, and fail where a budget is exceeded."""

from __future__ import annotations

import argparse
import io
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

from scripts.errors import RefusedError

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "/tin-tuc/2020/07/nang-cao-chat-luong-hoat-dong-chi-doan-tren-dia-ban-dan-cu-nam-2020/"
PHONE = {"width": 412, "height": 915}

_MAIN = """
daemon off; pid {here}/nginx.pid; error_log {here}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types; access_log off;
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
    include {here}/portal.conf;
}}
"""


class Budget(NamedTuple):
    """The most that a kind of page may weigh: thousands of bytes, and requests."""

    path: str
    text: float
    """HTML and CSS, packed by brotli."""

    load: float
    requests: int
    scrolled: float
    """All that is loaded after a full scroll."""


BUDGETS = {
    "trang chủ": Budget("/", 10, 120, 20, 300),
    "bài viết": Budget(ARTICLE, 8, 110, 10, 400),
    "mục": Budget("/tin-tuc/", 8, 80, 20, 120),
    "chuyên mục": Budget("/chuyen-muc/bien-dao/", 8, 80, 20, 120),
    "văn bản": Budget("/van-ban/", 8, 80, 20, 120),
    "tìm kiếm": Budget("/tim-kiem/", 8, 80, 20, 120),
}

PRINTED = {"/van-ban/": 2, "/van-ban/2026/huong-dan-chuyen-sinh-hoat-doan/": 1, ARTICLE: 5}

MAX_SHIFT = 0.005


class Row(NamedTuple):
    """One measurement beside its limit."""

    name: str
    value: float
    limit: float

    @property
    def is_kept(self) -> bool:
        return self.value <= self.limit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", default="output", help="thư mục đã dựng")


def run(arguments: argparse.Namespace) -> int:
    """Print one table of all measurements. Returns 1 where a limit is exceeded."""
    output = Path(arguments.output).resolve()
    if not (output / "index.html").is_file():
        raise RefusedError(f"Chưa có {output}/index.html. Chạy: make site")
    rows: list[Row] = []
    with served(output) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program("chromium"), args=["--no-sandbox"])
        for name, budget in BUDGETS.items():
            rows += _weigh(browser, output, address, name, budget)
        rows += [
            Row(f"trang giấy {path}", _printed_pages(browser, address + path), most) for path, most in PRINTED.items()
        ]
        browser.close()
    for row in rows:
        print(f"{'  ' if row.is_kept else 'X '}{row.name:<70}{row.value:>10.3g}{row.limit:>10.3g}")
    exceeded = sum(not row.is_kept for row in rows)
    print(f"{len(rows)} phép đo, {exceeded} vượt mức.", file=sys.stderr if exceeded else sys.stdout)
    return 1 if exceeded else 0


def _weigh(browser: Browser, output: Path, address: str, name: str, budget: Budget) -> list[Row]:
    """Load the page on a phone and scroll through it."""
    html = (output / budget.path.strip("/") / "index.html").read_bytes()
    sheets = re.findall(rb'<link rel="stylesheet" href="/([^"]+)"', html)
    packed = [len(brotli.compress(data)) for data in (html, *((output / s.decode()).read_bytes() for s in sheets))]
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    received: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address + budget.path, wait_until="networkidle")
    first, count = sum(received), len(received)
    shift: Any = page.evaluate(_SCROLL)
    page.wait_for_load_state("networkidle")
    page.close()
    return [
        Row(f"{name}: HTML, CSS (KB, brotli)", sum(packed) / 1000, budget.text),
        Row(f"{name}: lần tải đầu (KB)", first / 1000, budget.load),
        Row(f"{name}: số yêu cầu", count, budget.requests),
        Row(f"{name}: sau khi cuộn hết (KB)", sum(received) / 1000, budget.scrolled),
        Row(f"{name}: xê dịch khi cuộn (CLS)", shift, MAX_SHIFT),
    ]


_SCROLL = """() => new Promise(done => {
  let shift = 0, y = 0
  new PerformanceObserver(list => list.getEntries().forEach(entry => shift += entry.value))
    .observe({type: "layout-shift", buffered: true})
  const step = () => {
    scrollTo(0, y += 500)
    y < document.documentElement.scrollHeight ? setTimeout(step, 60) : setTimeout(() => done(shift), 500)
  }
  step()
})"""


def _printed_pages(browser: Browser, url: str) -> int:
    """Return how many A4 pages the page is printed on."""
    page = browser.new_page()
    page.goto(url)
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    document = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    return len(PdfReader(io.BytesIO(document)).pages)


@contextmanager
def served(output: Path) -> Iterator[str]:
    """Serve the folder by nginx with docs/nginx.conf, of which only the folder and the port are ours."""
    with tempfile.TemporaryDirectory(prefix="quality-") as name, socket.socket() as free:
        here = Path(name)
        here.chmod(0o755)
        shutil.copytree(output, here / "current", copy_function=shutil.copyfile)
        for folder in (here / "current", *(path for path in (here / "current").rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        published = (ROOT / "docs/nginx.conf").read_text("utf-8").replace("    listen [::]:80;\n", "")
        published = published.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/portal", name)
        (here / "portal.conf").write_text(published, "utf-8")
        (here / "nginx.conf").write_text(_MAIN.format(here=name), "utf-8")
        command = [_program("nginx"), "-c", f"{name}/nginx.conf", "-e", f"{name}/error.log"]
        with subprocess.Popen(command) as nginx:
            try:
                _wait_for(port, nginx)
                yield f"http://localhost:{port}"
            finally:
                nginx.terminate()


def _wait_for(port: int, nginx: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if nginx.poll() is not None:
            raise RefusedError("nginx không chạy được với docs/nginx.conf.")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RefusedError("nginx không trả lời.")


def _program(name: str) -> str:
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if not path:
        raise RefusedError(f"THIẾU CHƯƠNG TRÌNH: {name}.")
    return path
