"""Count the pages that a page is printed on."""

from __future__ import annotations

import io

from playwright.sync_api import Browser
from pypdf import PdfReader

from scripts.quality.kinds import Kind
from scripts.quality.result import Result


def printed(browser: Browser, address: str, kind: Kind, limit: int) -> Result:
    """Print the page on A4, all its pictures with it."""
    page = browser.new_page()
    page.goto(address + kind.path)
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    document = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    return Result(kind.label, "số trang giấy A4", len(PdfReader(io.BytesIO(document)).pages), limit)
