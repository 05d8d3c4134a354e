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

from plugins.core.text.vietnamese import plain, slugify
from scripts.errors import RefusedError
from scripts.joomla.dump_text import decode_text
from scripts.joomla.model import OldArticle, OldCategory, OldComment, OldMenuItem
from scripts.joomla.old_addresses import key_of_query, plain_path
from scripts.joomla.page_date import read_date
from scripts.joomla.selectors import SELECTORS, read_selectors
from scripts.joomla.text_repair import repair

_COMMENT_LINK = re.compile(r"(?:gui|them|viet|xem)?\s*(?:binh luan|loi binh|comments?|y kien)\b.{0,20}", re.I)
_ID = re.compile(r"(?:^|/)(?P<id>\d{1,7})[-:]")
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.I)
_PAGE = (".html", ".htm", ".php", ".xhtml", "")
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
    if not selectors_path.exists():
        selectors_path.write_text(SELECTORS, "utf-8")
    selectors = read_selectors(selectors_path)
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and _is_page(file.name)]
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
        titles: set[tuple[str, str]] = set()
        for file in files:
            raw = file.read_bytes()
            if b"<" not in raw:
                continue
            page = Page(file, self._path_of(file, raw))
            article = self._read(page, raw)
            if article is None or (article.title, article.created) in titles:
                continue  # a print version, or another address of the same
            titles.add((article.title, article.created))
            key = self._key_of(page.path, keys)
            keys[key] = page.path
            self._keys.append(key)
            self.pages.append(page)

    def _path_of(self, file: Path, raw: bytes) -> str:
        """Return the address of a page on the old site: by what the browser noted, else by where it lies."""
        match = _SAVED_FROM.search(raw[:4096])
        if match:
            written = (match[1] or match[2]).decode("ascii", "replace")
            parts = urlsplit(written if "//" in written else f"http://{written}")
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
        relative = file.relative_to(self._folder).as_posix()
        first, _, rest = relative.partition("/")
        if rest and re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", first, re.I):
            relative = rest  # wget and HTTrack make a folder for each host
        return "/" + re.sub(r"\.php@", ".php?", relative)

    @staticmethod
    def _key_of(path: str, keys: Mapping[str, str]) -> str:
        match = list(_ID.finditer(plain_path(urlsplit(path).path)))
        query = key_of_query(dict(parse_qsl(urlsplit(path).query)))
        numbered = [query] if query[:1] in ("a", "k") else []
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

    def close(self) -> None:
        """Let go of what was read: nothing is kept."""

    # -- one page ------------------------------------------------------------------

    def _read(self, page: Page, raw: bytes) -> OldArticle | None:
        soup = BeautifulSoup(_decode(raw), "lxml")
        frame = self._first(soup, "article")
        if frame is None:
            return None
        title_node = self._first(frame, "title") or self._first(soup, "title")
        title = _line(title_node) if title_node else ""
        written = self._find_date(frame, soup)
        if not title or not written:
            return None
        category = self._first(frame, "category") or self._first(soup, "category")
        category_title = _line(category) if category else ""
        author_node = self._first(frame, "author")
        author = _author(_line(author_node)) if author_node else ""
        picture = self._first(frame, "picture")
        tags = [_line(node) for row in self._selectors["tags"] for node in frame.select(row)]
        for row in self._selectors["drop"]:
            for node in frame.select(row):
                if node is not frame and not node.decomposed:
                    node.decompose()
        if title_node and not title_node.decomposed and title_node.name != "title":
            title_node.decompose()
        intro, text = self._first(frame, "intro"), self._first(frame, "text") or frame
        intro_html = _inner(intro) if intro and intro is not text and not _holds(text, intro) else ""
        text_html = _inner(text)
        if picture is not None and picture.get("src") and str(picture.get("src")) not in intro_html + text_html:
            intro_html = f'<p><img src="{html.escape(str(picture["src"]))}" alt="{html.escape(str(picture.get("alt") or ""))}"></p>{intro_html}'
        base = urlsplit(page.path).path.rpartition("/")[0]
        category_key = self._category(category_title) if category_title else ""
        return OldArticle(
            key="",
            title=title,
            alias=plain_path(urlsplit(page.path).path).rpartition("/")[2].lstrip("0123456789").lstrip("-:"),
            category=category_key,
            introtext=_rooted(intro_html, base),
            fulltext=_rooted(_without_comment_link(text_html), base),
            created=written,
            author=author,
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
            path=page.path,
        )

    def _first(self, node: Tag, part: str) -> Tag | None:
        for row in self._selectors[part]:
            for found in node.select(row):
                if part == "article" or found.get_text(strip=True) or found.name == "img":
                    return found
        return None

    def _find_date(self, frame: Tag, soup: Tag) -> str:
        """Return the date of a page as a database would have it: in UTC."""
        for node in (frame, soup):
            for row in self._selectors["date"]:
                for found in node.select(row):
                    written = found.get("datetime")
                    if moment := read_date(str(written) if written else _line(found)):
                        return moment
        return read_date(" ".join(frame.get_text(" ").split())[:600])

    def _category(self, title: str) -> str:
        key = f"c-{slugify(title, 60)}"
        self.categories.setdefault(key, OldCategory(key=key, title=title))
        return key


def _decode(raw: bytes) -> str:
    match = _CHARSET.search(raw[:4096])
    name = match[1].decode("ascii").lower() if match else "utf-8"
    if name in ("utf-8", "utf8"):
        return decode_text(raw.removeprefix(b"\xef\xbb\xbf"))
    try:
        return raw.decode(name, "replace")
    except LookupError:
        return decode_text(raw)


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


def _without_comment_link(text: str) -> str:
    """Drop the last line of a page's text if it asks for comments."""
    soup = BeautifulSoup(text, "lxml")
    body = soup.body
    if body is None:
        return text
    strings = [string for string in body.find_all(string=True) if string.strip()]
    if not strings or not _COMMENT_LINK.fullmatch(plain(strings[-1]).strip()):
        return text
    parent = strings[-1].parent
    strings[-1].extract()
    while parent is not None and parent is not body and not parent.get_text(strip=True) and not parent.find("img"):
        above = parent.parent
        parent.decompose()
        parent = above
    return body.decode_contents()


_ATTRIBUTE = re.compile(r'\b(src|href)="(?![a-z][a-z0-9+.-]*:|/|#|data:)([^"]+)"', re.I)


def _rooted(text: str, base: str) -> str:
    """Make relative addresses begin at the site's root: saved pages stand in folders."""

    def root(match: re.Match[str]) -> str:
        parts: list[str] = [part for part in base.split("/") if part]
        for part in match[2].split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part != ".":
                parts.append(part)
        return f'{match[1]}="/{"/".join(parts)}"'

    return _ATTRIBUTE.sub(root, text) if text else text
