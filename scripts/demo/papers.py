"""The demonstration's PDF files, printed by Chromium from the Markdown beside this script.

    python scripts/demo/papers.py scripts/demo/papers/ke-hoach.md content/van-ban/…/ke-hoach.pdf

The Markdown begins with ``# Title``, which becomes the PDF's own; ``---`` alone on a
line begins a new page. What Chromium prints is tagged: screen readers can read it.
"""

from __future__ import annotations

import shutil
import sys
from html import escape
from pathlib import Path

import markdown
from playwright.sync_api import sync_playwright

_STYLE = """
@page { size: A4; margin: 20mm 18mm 20mm 28mm }
body { font: 13pt/1.45 "Noto Serif", "DejaVu Serif", serif }
h1 { font-size: 15pt; text-align: center; margin: 8mm 0 6mm }
h2 { font-size: 13pt; margin: 6mm 0 2mm }
p, li { text-align: justify }
table { border-collapse: collapse; width: 100% } td, th { border: .4pt solid #444; padding: 1.5mm 2mm; text-align: left }
hr { border: 0; break-after: page }
blockquote { margin: 0; text-align: center }
"""


def print_paper(source: Path, target: Path) -> None:
    """Write ``target``, a PDF, from ``source``, Markdown."""
    text = source.read_text()
    title = text.partition("\n")[0].removeprefix("# ")
    body = markdown.markdown(text, extensions=["tables", "sane_lists"])
    html = f"<!DOCTYPE html><html lang=vi><title>{escape(title)}</title><style>{_STYLE}</style><body>{body}"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(html)
        page.pdf(path=target, prefer_css_page_size=True, tagged=True, outline=False)
        browser.close()


if __name__ == "__main__":
    print_paper(Path(sys.argv[1]), Path(sys.argv[2]))
