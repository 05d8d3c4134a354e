"""Read a folder of saved pages of the old site, when nobody has its database any more.

Where title, date and text stand is said by a small file of selectors, ``import-trang.yaml``, which an operator can
edit: for each part several CSS selectors, of which the first that finds something counts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from bs4 import BeautifulSoup, Tag

from plugins.core.text.vietnamese import slugify
from scripts.errors import RefusedError
from scripts.joomla.model import OldArticle, OldCategory, OldComment, OldMenuItem
from scripts.joomla.old_addresses import key_of_query, plain_path
from scripts.joomla.page_date import read_date
from scripts.joomla.page_html import decode, rooted, without_comment_link
from scripts.joomla.selectors import SELECTORS, read_selectors
from scripts.joomla.text_repair import repair

_ID = re.compile(r"(?:^|/)(?P<id>\d{1,7})[-:]")
_PAGE = (".html", ".htm", ".php", ".xhtml", "")
_WAYBACK_PATH = re.compile(r"^.*?/?web/\d{8,14}(?:[a-z]{2}_)?/(?:https?:/{1,2})?[^/]+", re.I)
_SAVED_FROM = re.compile(rb"saved from url=\(\d+\)(\S+)|Mirrored from (\S+) by HTTrack")


def _is_page(name: str) -> bool:
    """Return whether a file may be a page: wget writes queries into names."""
    return Path(name).suffix.lower() in _PAGE or bool(re.search(r"\.php[?@]", name))


class Page(NamedTuple):
    """A saved page: its file, and its path from the folder."""

    file: Path
    path: str


def read_mirror(folder: Path, selectors_path: Path) -> MirrorSite:
    """Read a folder of saved pages. Raises ``RefusedError`` where none holds an article."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and _is_page(file.name)]
    if (folder / "configuration.php").is_file():
        raise RefusedError(
            f"{folder}: đây là thư mục của chính cổng Joomla, bài viết không nằm trong đó mà trong cơ sở dữ liệu. "
            "Xuất cơ sở dữ liệu ra tệp .sql cho FROM; thư mục này dùng cho IMAGES."
        )
    if not files:
        raise RefusedError(f"{folder}: không có tệp .sql nào, cũng không có trang HTML nào.")
    if not selectors_path.exists():
        selectors_path.write_text(SELECTORS, "utf-8")
    selectors = read_selectors(selectors_path)
    site = MirrorSite(folder, files, selectors)
    if not site.pages:
        raise RefusedError(
            f"{folder}: không có bản xuất SQL, cũng không thấy bài nào trong {len(files)} trang HTML. "
            f"Sửa các bộ chọn trong {selectors_path.name} cho hợp với giao diện cũ rồi chạy lại."
        )
    return site


class MirrorSite:
    """Saved pages as an old portal; see ``model.OldSite``. Pages are parsed again when they are asked for."""

    version = "các trang đã lưu"
    has_alias_addresses = True

    def __init__(self, folder: Path, files: Sequence[Path], selectors: Mapping[str, Sequence[str]]) -> None:
        self._folder, self._selectors = folder, selectors
        self.notes: list[str] = []
        self.menu: list[OldMenuItem] = []
        self.tag_keys: dict[str, str] = {}
        # a page that tells no category is news, while an article of a database without one is a standing page
        self.categories: dict[str, OldCategory] = {"": OldCategory(key="khac", title="Không rõ chuyên mục")}
        self.pages: list[Page] = []
        self._keys: list[str] = []
        keys: dict[str, str] = {}
        longest: dict[tuple[str, str], tuple[int, Page]] = {}
        for file in files:
            raw = file.read_bytes()
            if b"<" not in raw:
                continue
            page = Page(file, self._path_of(file, raw))
            article = self._read(page, raw)
            if article:  # of print versions, other addresses, introductions in lists the whole text counts
                identity, size = (article.title, article.created), len(article.introtext + article.fulltext)
                if identity not in longest or size > longest[identity][0]:
                    longest[identity] = size, page
        for _, page in longest.values():
            key = self._key_of(page.path, keys)
            keys[key] = page.path
            self._keys.append(key)
            self.pages.append(page)

    def _path_of(self, file: Path, raw: bytes) -> str:
        """Return the address of a page on the old site: by what the browser noted, else by where it lies."""
        match = _SAVED_FROM.search(raw[:4096])
        if match:
            written = (match[1] or match[2]).decode("ascii", "replace")
            parts = urlsplit(written if written.startswith("http") else f"http://{written}")
            path = _WAYBACK_PATH.sub("", parts.path)
            return f"{path}?{parts.query}" if parts.query else path
        path = re.sub(r"\.php(?:@|_(?=option=|view=)|%3F)", ".php?", self._place_of(file), flags=re.I)
        return path.removesuffix("/index.html") or path

    def _place_of(self, file: Path) -> str:
        """Return where a page lies, from its host's folder: wget and HTTrack make one for each."""
        relative = file.relative_to(self._folder).as_posix()
        if _WAYBACK_PATH.match(relative):
            return _WAYBACK_PATH.sub("", relative)
        first, _, rest = relative.partition("/")
        return "/" + (rest if rest and re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", first, re.I) else relative)

    @staticmethod
    def _key_of(path: str, keys: Mapping[str, str]) -> str:
        match = list(_ID.finditer(plain_path(urlsplit(path).path)))
        query = key_of_query(dict(parse_qsl(urlsplit(path).query)))
        numbered = [query] if re.fullmatch(r"[ak]\d+", query) else []
        numbered += [f"{'k' if '/item/' in path else 'a'}{int(match[-1]['id'])}"] if match else []
        for key in numbered:
            if key not in keys:
                return key
        slug = slugify(plain_path(urlsplit(path).path), 80) or "trang"
        key, number = f"p-{slug}", 2
        while key in keys:
            key, number = f"p-{slug}-{number}", number + 1
        return key

    def articles(self) -> Iterator[OldArticle]:
        """Yield the article of each page."""
        for number in range(len(self.pages)):
            yield self.article(number)

    def article(self, number: int) -> OldArticle:
        """Return the article of a page."""
        page = self.pages[number]
        article = self._read(page, page.file.read_bytes())
        assert article
        article.key = self._keys[number]
        return article

    def comments(self) -> Iterator[OldComment]:
        """Saved pages have no comments that can be told from others' words."""
        return iter(())

    def written_addresses(self) -> Iterator[tuple[str, str]]:
        """Saved pages have the addresses under which they lie."""
        return iter(())

    def close(self) -> None:
        """Let go of what was read: nothing is kept."""

    # -- one page ------------------------------------------------------------------

    def _read(self, page: Page, raw: bytes) -> OldArticle | None:
        soup = BeautifulSoup(decode(raw), "lxml")
        frame = self._frame(soup)
        if frame is None:
            return None
        title_node = self._first(frame, "title") or self._first(soup, "title")
        title = _line(title_node) if title_node else ""
        written = self._find_date(frame, soup)
        if not title or not (written or self._key_of(page.path, {})[:2] != "p-"):
            return None
        category = self._first(frame, "category") or self._first(soup, "category")
        category_title = _line(category) if category else ""
        author_node = self._first(frame, "author") or self._first(soup, "author")
        author = _author(_line(author_node)) if author_node else ""
        picture = self._first(frame, "picture")
        tags = [_line(node) for row in self._selectors["tags"] for node in frame.select(row)]
        for row in self._selectors["drop"]:
            for node in frame.select(row):
                if node is not frame and not node.decomposed:
                    node.decompose()
        if title_node and not title_node.decomposed and title_node.name != "title":
            title_node.decompose()
        intro, text = self._first(frame, "intro"), self._text(frame)
        intro_html = _inner(intro) if intro and intro is not text and not _holds(text, intro) else ""
        text_html = _inner(text)
        more = [node for row in self._selectors["more"] for node in frame.select(row) if not _holds(text, node)]
        if picture is not None and picture.get("src") and str(picture.get("src")) not in intro_html + text_html:
            intro_html = f'<p><img src="{html.escape(str(picture["src"]))}" alt="{html.escape(str(picture.get("alt") or ""))}"></p>{intro_html}'
        place = self._place_of(page.file)
        base = place.rpartition("/")[0]
        category_key = self._category(category_title) if category_title else ""
        return OldArticle(
            key="",
            title=title,
            alias=plain_path(urlsplit(page.path).path).rpartition("/")[2].lstrip("0123456789").lstrip("-:"),
            category=category_key,
            introtext=rooted(intro_html, base),
            fulltext=rooted(without_comment_link(text_html) + "".join(map(str, more)), base),
            created=written,
            author=author,
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
            path=page.path,
            file=place if place != page.path else "",
        )

    def _frame(self, soup: Tag) -> Tag | None:
        """Return what stands around the article of a page; ``None`` on a page that lists several, or has none."""
        lists = [node for row in self._selectors["lists"] for node in soup.select(row) if node.name != "body"]
        for row in self._selectors["article"]:
            frames = [
                node
                for node in soup.select(row)
                if not any(node is not other and _holds(other, node) for other in soup.select(row))
            ]
            if len(frames) > 1 and row == "article":
                frames = [node for node in frames if self._first(node, "title") and self._find_date(node, node)]
            if frames:
                is_list = len(frames) > 1 or any(
                    node is frames[0] or _holds(node, frames[0]) or _holds(frames[0], node) for node in lists
                )
                return None if is_list else frames[0]
        return None

    def _text(self, frame: Tag) -> Tag:
        for row in self._selectors["text"]:
            if matches := [node for node in frame.select(row) if node.get_text(strip=True) or node.find("img")]:
                return max(matches, key=lambda node: len(node.get_text()))
        return frame

    def _first(self, node: Tag, part: str) -> Tag | None:
        for row in self._selectors[part]:
            for element in node.select(row):
                if part == "article" or element.get_text(strip=True) or element.name == "img":
                    return element
        return None

    def _find_date(self, frame: Tag, soup: Tag) -> str:
        """Return the date of a page as a database would have it: in UTC."""
        for node in (frame, soup):
            for row in self._selectors["date"]:
                for element in node.select(row):
                    written = element.get("datetime")
                    if moment := read_date(str(written) if written else _line(element)):
                        return moment
        return read_date(" ".join(frame.get_text(" ").split())[:600])

    def _category(self, title: str) -> str:
        key = f"c-{slugify(title, 60)}"
        self.categories.setdefault(key, OldCategory(key=key, title=title))
        return key


def _line(node: Tag) -> str:
    return " ".join(repair(node.get_text(" ")).split())


def _inner(node: Tag) -> str:
    return node.decode_contents()


def _holds(node: Tag, other: Tag) -> bool:
    return any(parent is node for parent in other.parents)


def _author(written: str) -> str:
    return re.sub(
        r"^(?:Được\s+)?(?:Viết|Đăng)\s+bởi\s*:?\s*|^(?:Written\s+by|Tác giả)\s*:?\s*", "", written, flags=re.I
    ).strip()
