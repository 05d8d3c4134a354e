"""Follow the links of all HTML files within the portal: each leads to a file, and each anchor to an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from scripts.quality.result import Result, faultless

#: The attributes that hold an address, and those that hold several.
_ADDRESS = {"href", "src", "action", "poster", "data-blocks"}
_ADDRESSES = {"srcset"}
_ORIGIN = re.compile(r'<link rel="canonical" href="(https?://[^/"]+)')


class _Page(HTMLParser):
    """The links and the ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[int, str]] = []
        """The line and the address of each link."""

        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        for name, value in attrs:
            if name == "id" or (name == "name" and tag == "a"):
                self.ids.add(value or "")
            elif name in _ADDRESS or (tag == "meta" and name == "content" and (value or "").startswith("http")):
                self.links.append((line, value or ""))
            elif name in _ADDRESSES:
                self.links += [(line, part.split()[0]) for part in (value or "").split(",") if part.strip()]


def follow(output: Path) -> Result:
    """Return the links that lead nowhere."""
    pages = {path: _Page(path.read_text("utf-8")) for path in sorted(output.rglob("*.html"))}
    home = (output / "index.html").read_text("utf-8")
    origin = match[1] if (match := _ORIGIN.search(home)) else "http://localhost"
    faults = [
        f"{path.relative_to(output)}:{line}: {address}: {reason}"
        for path, page in pages.items()
        for line, address, reason in _broken(page, path, pages, output, origin)
    ]
    return faultless("mọi tệp HTML", "liên kết trong cổng", faults)


def _broken(
    page: _Page, path: Path, pages: dict[Path, _Page], output: Path, origin: str
) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the address and what is wrong with it."""
    here = f"{origin}/{path.relative_to(output).as_posix().removesuffix('index.html')}"
    for line, address in page.links:
        url = urlsplit(urljoin(here, address))
        if f"{url.scheme}://{url.netloc}" != origin:
            continue
        target = output / unquote(url.path).lstrip("/")
        if target.is_dir():
            target = target / "index.html"
            if not url.path.endswith("/"):
                yield line, address, "thiếu “/” ở cuối"
        if not target.is_file():
            yield line, address, "không có tệp này"
        elif url.fragment and target in pages and unquote(url.fragment) not in pages[target].ids:
            yield line, address, "không có chỗ này trên trang"
