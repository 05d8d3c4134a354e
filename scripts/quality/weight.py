"""Weigh a page as a phone loads it: bytes, requests, and what moves while one scrolls."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from scripts.quality.kinds import Budget, Kind
from scripts.quality.result import Result

PHONE = {"width": 412, "height": 915}

#: Below this Chromium's own rounding speaks.
MAX_SHIFT = 0.005

#: A sheet for the screen; the one for paper comes after all else, and counts among the bytes that are loaded.
_SHEET = re.compile(rb'<link rel="stylesheet" href="/([^"]+)">')

_SCROLL = """() => new Promise(done => {
  let shift = 0, y = 0
  const moved = []
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    shift += entry.value
    for (const {node} of entry.sources) if (node) moved.push((node.outerHTML || node.textContent).slice(0, 90))
  })).observe({type: "layout-shift", buffered: true})
  const step = () => {
    scrollTo(0, y += 500)
    y < document.documentElement.scrollHeight ? setTimeout(step, 60) : setTimeout(() => done([shift, moved]), 500)
  }
  step()
})"""


def weigh(browser: Browser, output: Path, address: str, kind: Kind, budget: Budget) -> list[Result]:
    """Load the page on a phone, scroll through it, and hold the bytes against the budget."""
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    received: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address + kind.path, wait_until="networkidle")
    loaded, requests = sum(received), len(received)
    scroll(page)
    page.wait_for_load_state("networkidle")
    page.close()
    return [
        Result(kind.label, "HTML + CSS nén brotli (KB)", packed(output, kind.path) / 1000, budget.text),
        Result(kind.label, "lần tải đầu trên điện thoại (KB)", loaded / 1000, budget.load),
        Result(kind.label, "số yêu cầu lúc đầu", requests, budget.requests),
        Result(kind.label, "sau khi cuộn hết (KB)", sum(received) / 1000, budget.scrolled),
    ]


def packed(output: Path, path: str) -> int:
    """Return the bytes of a page and of the style sheets that it is shown by, each packed by brotli."""
    html = (output / path.strip("/") / "index.html").read_bytes()
    sheets = [(output / name.decode()).read_bytes() for name in _SHEET.findall(html)]
    return sum(len(brotli.compress(data)) for data in (html, *sheets))


def scroll(page: Page) -> tuple[float, list[str]]:
    """Scroll to the end. Returns the cumulative layout shift since the page was opened, and what moved."""
    shift: float
    moved: list[str]
    answer: Any = page.evaluate(_SCROLL)
    shift, moved = answer
    return shift, moved
