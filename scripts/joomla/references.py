"""Lead the links and pictures of a text to where they are now: a new page, a file beside the text, another site."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from plugins.core.media.formats import PICTURE_EXTENSIONS
from plugins.redirects.forms import keys_of
from scripts.joomla.old_files import Beside, OldFolder
from scripts.joomla.runs import Block, Cell, Figure, ItemList, Paragraph, Quote, Run, Style, Table, trimmed
from scripts.joomla.shapes import is_file_name

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)


class Context(NamedTuple):
    """What the articles of one import share."""

    folder: OldFolder
    addresses: Mapping[str, str]
    """Key of the old site (``old_addresses``) → address in the portal, of what has a page."""

    drops_lost_pictures: bool = False


class References:
    """The links and pictures of one article. ``note`` is told what leads nowhere any more."""

    def __init__(self, context: Context, note: Callable[[str], None]) -> None:
        self._context, self._note = context, note
        self.beside = Beside(context.folder)
        self.lost: list[str] = []
        """The addresses of pictures that nobody has, or that another site has."""

    def resolve(self, blocks: Sequence[Block]) -> list[Block]:
        """Return blocks whose links and pictures lead to where they are now."""
        return [resolved for block in blocks if (resolved := self._resolve_block(block)) is not None]

    def _resolve_block(self, block: Block) -> Block | None:
        if isinstance(block, Paragraph):
            runs = trimmed(self._resolve_runs(block.runs))
            return Paragraph(runs, block.level, block.align) if runs else None
        if isinstance(block, Figure):
            runs = self._resolve_runs(block.pictures)
            if all(run.kind == "picture" for run in runs):
                return Figure(runs) if runs else None
            return Paragraph(trimmed(part for run in runs for part in (run, Run("break"))))
        if isinstance(block, ItemList):
            items = [resolved for item in block.items if (resolved := self.resolve(item))]
            return ItemList(items, block.is_ordered, block.start) if items else None
        if isinstance(block, Quote):
            inside = self.resolve(block.blocks)
            return Quote(inside) if inside else None
        if isinstance(block, Table):
            rows = [
                [Cell(self.resolve(cell.blocks), cell.is_header, cell.attributes) for cell in row] for row in block.rows
            ]
            return Table(rows, block.caption)
        return block

    def _resolve_runs(self, runs: Sequence[Run]) -> list[Run]:
        result: list[Run] = []
        links: dict[str, Style] = {}
        for run in runs:
            if run.kind == "picture":
                result += self.picture(run)
            elif run.kind == "words" and run.style.href:
                href = run.style.href
                if href not in links:
                    links[href] = self.link(href, run.style)
                result.append(run._replace(style=run.style._replace(href=links[href].href)))
            else:
                result.append(run)
        return result

    def picture(self, run: Run) -> list[Run]:
        """Return a picture with its name beside the text, or what stands in its place."""
        src, href = run.src, run.style.href
        alt = "" if is_file_name(run.text) else run.text
        caption = "" if is_file_name(run.caption) else run.caption
        if href and self._is_picture_address(href) and self._context.folder.find(href):
            src, href = href, ""  # a small picture that opened the large one
        elif href:
            href = self.link(href, run.style).href
        style = Style(href=href)
        folder = self._context.folder
        if not src.startswith("data:") and not folder.is_ours(src):
            self.lost.append(src)
            self._note(f"ảnh ở trang khác, thành liên kết: {src}")
            address = self._target(src)
            if not address:
                return self._words(caption or alt)
            return [Run("words", caption or alt or "Xem ảnh", Style(href=address))]
        copied = self.beside.add(src, is_picture=True)
        if copied.problem:
            shown = src if not src.startswith("data:") else "ảnh dán trong bài"
            self.lost.append(shown)
            self._note(f"ảnh {shown}: {copied.problem}")
        if not copied.name or (copied.problem and self._context.drops_lost_pictures):
            return self._words(caption or alt)
        return [Run("picture", alt, style, copied.name, caption)]

    @staticmethod
    def _words(words: str) -> list[Run]:
        return [Run("words", words, Style(em=True))] if words else []

    def _is_picture_address(self, address: str) -> bool:
        try:
            return urlsplit(address).path.lower().endswith(PICTURE_EXTENSIONS) and self._context.folder.is_ours(address)
        except ValueError:
            return False

    def link(self, href: str, style: Style) -> Style:
        """Return a style whose link leads to the new page, the file, or another site; none where nothing is left."""
        return style._replace(href=self._target(html.unescape(href)))

    def _target(self, href: str) -> str:
        if href.startswith("#"):
            return ""
        scheme = _SCHEME.match(href)
        if scheme and scheme[1].lower() not in ("http", "https"):
            if scheme[1].lower() in ("mailto", "tel") and len(href) > len(scheme[0]):
                return href
            self._note(f"liên kết không mang sang được: {href[:200]}")
            return ""
        if re.match(r"www\.\w", href, re.I):
            href = f"http://{href}"
        if href.startswith("//"):
            href = f"https:{href}"
        folder = self._context.folder
        if not folder.is_ours(href):
            return href if re.match(r"https?://[^\s/]+\.", href, re.I) else ""
        return self._own_target(href)

    def _own_target(self, href: str) -> str:
        """Return where a link within the old site leads now."""
        path = urlsplit(href).path.lower()
        is_file = not urlsplit(href).query and re.search(r"\.(?!html?$|php$)[a-z0-9]{2,5}$", path)
        has_file = is_file and self._context.folder.find(href)  # else ``.pdf`` is how Joomla printed an article
        for key in () if has_file else keys_of(href):
            if key in self._context.addresses:
                return self._context.addresses[key]
        if path.rstrip("/") in ("", "/index.php") and "option=" not in href:
            return "/"
        if is_file:
            copied = self.beside.add(href, is_picture=path.endswith(PICTURE_EXTENSIONS))
            if not copied.problem:
                return copied.name
            self._note(f"tệp {href}: {copied.problem}")
            return ""
        self._note(f"liên kết trong cổng cũ không còn trang nào ứng với: {href[:200]}")
        return ""
