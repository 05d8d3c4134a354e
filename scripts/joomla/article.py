"""Convert one old article to a text of the portal: fields, Markdown, the files beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from plugins.core.media.formats import PICTURE_EXTENSIONS
from scripts.joomla import plugin_marks
from scripts.joomla.blocks import BlockReader
from scripts.joomla.markdown_text import write_blocks
from scripts.joomla.model import OldArticle
from scripts.joomla.old_addresses import keys_of
from scripts.joomla.old_files import Beside, OldFile, OldFolder
from scripts.joomla.runs import (
    Block,
    Cell,
    Figure,
    ItemList,
    Paragraph,
    Quote,
    Run,
    Style,
    Table,
    text_of_blocks,
    trimmed,
)
from scripts.joomla.shapes import is_file_name, shape

MAX_SUMMARY = 500  # of an introduction that becomes the summary as it stands
SHORT_SUMMARY = 300  # of one that is cut from a longer text
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_BYLINE = re.compile(
    r"(?:(?:Ban|Văn phòng|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Thị đoàn|Đoàn|Hội|Đội|Trung tâm|Chi đoàn)\s.*|(?:[A-ZÀ-ỸĐ][\w.]*\s?){1,5})"
)
_LOCAL = re.compile(r"https?://(?:[^/@]*@)?(?:localhost|127\.|0\.0\.0\.0|\[::1\])", re.I)
_READ_MORE = re.compile(r"<hr\b[^>]*system-readmore[^>]*>|\{readmore[^}]*\}", re.I)
_K2_SIZES = ("_XL", "_L", "_M", "_Generic", "_S", "_XS")


class Context(NamedTuple):
    """What the articles of one import share."""

    folder: OldFolder
    addresses: Mapping[str, str]
    """Key of the old site (``old_addresses``) → address in the portal, of what has a page."""

    drops_lost_pictures: bool = False


@dataclass
class Converted:
    """The text that an article has become."""

    body: str
    summary: str = ""
    image: str = ""
    image_alt: str = ""
    image_caption: str = ""
    author: str = ""
    files: dict[str, OldFile] = field(default_factory=dict)
    """The files beside it, by name."""

    attachments: list[str] = field(default_factory=list)
    """The names of those that it offers."""

    notes: list[str] = field(default_factory=list)
    """What was not brought along, or not as it was; for the report."""

    lost: list[str] = field(default_factory=list)
    """The addresses of pictures that nobody has."""

    plain_text: str = ""


class Converter:
    """Converts one article."""

    def __init__(self, article: OldArticle, context: Context) -> None:
        self._article, self._context = article, context
        self._beside = Beside(context.folder)
        self._result = Converted("")

    def convert(self, *, keeps_pictures: bool = False) -> Converted:
        """Return the new text. ``keeps_pictures``: the first one stays in the text, as an album wants it."""
        article, result = self._article, self._result
        intro, more = article.introtext, article.fulltext
        if not more.strip():
            intro, more = _cut_at_read_more(intro)
        mosimages = plugin_marks.read_mosimages(article.images)
        blocks = shape(BlockReader(self._note).read(self._expand(f"{intro}{more}", mosimages)), article.title)
        blocks = self._resolve(blocks)
        if not keeps_pictures:
            self._lead(blocks)
        result.author = article.author or self._byline(blocks)
        introduction = text_of_blocks(BlockReader(lambda note: None).read(intro)) if more.strip() else ""
        result.summary = _take_summary(blocks, introduction)
        blocks += self._extra_blocks()
        result.body = write_blocks(blocks)
        result.plain_text = f"{result.summary} {text_of_blocks(blocks)}"
        used = f"{result.body} {result.image} {' '.join(result.attachments)}"
        result.files = {name: file for name, file in self._beside.files.items() if name in used}
        return result

    def _note(self, text: str) -> None:
        if text not in self._result.notes:
            self._result.notes.append(text)

    # -- what stands beside the text --------------------------------------------------

    def _expand(self, source: str, mosimages: list[plugin_marks.MosImage]) -> str:
        article = self._article
        if article.gallery:
            gallery = article.gallery
            inside = re.search(r"\}([^{}]*)\{/gallery", gallery, re.I)
            if article.key.startswith("k") and inside and inside[1].strip().isdigit():
                gallery = f"{{gallery}}media/k2/galleries/{inside[1].strip()}{{/gallery}}"
            source += f"<p>{gallery}</p>"
        if article.video:
            source += f"<p>{article.video}</p>"
        return plugin_marks.expand(source, mosimages, self._context.folder.pictures_in, self._note)

    def _extra_blocks(self) -> list[Block]:
        """Return extra fields and attachments as lists at the end of the text."""
        blocks: list[Block] = []
        items: list[list[Block]] = []
        for label, value in self._article.extra:
            inside = self._resolve(shape(BlockReader(self._note).read(value)))
            head = [Run("words", f"{label}:", Style(strong=True)), Run("words", " ")]
            if inside and isinstance(inside[0], Paragraph):
                inside[0] = Paragraph([*head, *inside[0].runs])
            else:
                inside.insert(0, Paragraph(trimmed(head)))
            items.append(inside)
        if items:
            blocks.append(ItemList(items))
        links: list[list[Block]] = []
        for file in self._article.files:
            style = self._link(file.address, Style(href=file.address))
            title = file.title or file.address.rpartition("/")[2]
            links.append([Paragraph([Run("words", title, style)])])
            if style.href in self._beside.files:
                self._result.attachments.append(style.href)
        if links:
            blocks.append(ItemList(links))
        return blocks

    # -- links and pictures ---------------------------------------------------------

    def _resolve(self, blocks: Sequence[Block]) -> list[Block]:
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
            items = [resolved for item in block.items if (resolved := self._resolve(item))]
            return ItemList(items, block.is_ordered, block.start) if items else None
        if isinstance(block, Quote):
            inside = self._resolve(block.blocks)
            return Quote(inside) if inside else None
        if isinstance(block, Table):
            rows = [
                [Cell(self._resolve(cell.blocks), cell.is_header, cell.attributes) for cell in row]
                for row in block.rows
            ]
            return Table(rows, block.caption)
        return block

    def _resolve_runs(self, runs: Sequence[Run]) -> list[Run]:
        result: list[Run] = []
        links: dict[str, Style] = {}
        for run in runs:
            if run.kind == "picture":
                result += self._picture(run)
            elif run.kind == "words" and run.style.href:
                href = run.style.href
                if href not in links:
                    links[href] = self._link(href, run.style)
                result.append(run._replace(style=run.style._replace(href=links[href].href)))
            else:
                result.append(run)
        return result

    def _picture(self, run: Run) -> list[Run]:
        """Return a picture with its name beside the text, or what stands in its place."""
        src, href = run.src, run.style.href
        alt = "" if is_file_name(run.text) else run.text
        caption = "" if is_file_name(run.caption) else run.caption
        if href and self._is_picture_address(href) and self._context.folder.find(href):
            src, href = href, ""  # a small picture that opened the large one
        elif href:
            href = self._link(href, run.style).href
        style = Style(href=href)
        folder = self._context.folder
        if not src.startswith("data:") and not folder.is_ours(src):
            self._result.lost.append(src)
            self._note(f"ảnh ở trang khác, thành liên kết: {src}")
            address = "https:" + src if src.startswith("//") else src
            if not re.match(r"https?://", address):
                return self._words(caption or alt)
            return [Run("words", caption or alt or "Xem ảnh", Style(href=address))]
        copied = self._beside.add(src, is_picture=True)
        if copied.problem:
            shown = src if not src.startswith("data:") else "ảnh dán trong bài"
            self._result.lost.append(shown)
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

    def _link(self, href: str, style: Style) -> Style:
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
        if _LOCAL.match(href):
            self._note(f"liên kết tới máy của người viết: {href[:200]}")
            return ""
        folder = self._context.folder
        if not folder.is_ours(href):
            return href if re.match(r"https?://[^\s/]+\.", href, re.I) else ""
        return self._own_target(href)

    def _own_target(self, href: str) -> str:
        """Return where a link within the old site leads now."""
        path = urlsplit(href).path.lower()
        for key in keys_of(href):
            if key in self._context.addresses:
                return self._context.addresses[key]
        if path.rstrip("/") in ("", "/index.php") and "option=" not in href:
            return "/"
        if not urlsplit(href).query and re.search(r"\.(?!html?$|php$)[a-z0-9]{2,5}$", path):
            copied = self._beside.add(href, is_picture=path.endswith(PICTURE_EXTENSIONS))
            if not copied.problem:
                return copied.name
            self._note(f"tệp {href}: {copied.problem}")
            return ""
        self._note(f"liên kết trong cổng cũ không còn trang nào ứng với: {href[:200]}")
        return ""

    # -- fields --------------------------------------------------------------------

    def _lead(self, blocks: list[Block]) -> None:
        """Make the first picture the one that stands for the article; it is not shown twice."""
        result = self._result
        named = self._named_picture()
        position, index = next(
            (
                (position, index)
                for position, block in enumerate(blocks)
                if isinstance(block, Figure)
                for index, picture in enumerate(block.pictures)
                if picture.src in self._beside.files and (named is None or picture.src == named.src)
            ),
            (-1, -1),
        )
        if position < 0:
            if named:
                result.image, result.image_alt, result.image_caption = named.src, named.text, named.caption
            return
        figure = blocks[position]
        assert isinstance(figure, Figure)
        picture = figure.pictures.pop(index)
        result.image = picture.src
        result.image_alt = picture.text or (named.text if named else "")
        result.image_caption = picture.caption or (named.caption if named else "")
        if not figure.pictures:
            del blocks[position]

    def _named_picture(self) -> Run | None:
        """Return the first picture of the article's fields that there is; K2 keeps several sizes of one."""
        is_k2 = self._article.key.startswith("k")
        for picture in self._article.pictures:
            sources = [picture.src]
            if is_k2:
                stem = picture.src.rpartition("/")[2].removesuffix(".jpg")
                sources += [f"media/k2/items/cache/{stem}{size}.jpg" for size in _K2_SIZES]
                sources = [source for source in sources if self._context.folder.find(source)][:1]
            for src in sources:
                runs = self._picture(Run("picture", picture.alt, Style(), src, picture.caption))
                if runs and runs[0].kind == "picture" and runs[0].src in self._beside.files:
                    return runs[0]
        return None

    def _byline(self, blocks: list[Block]) -> str:
        """Take the name below the text, set to the right or in bold, as the author's."""
        last = blocks[-1] if len(blocks) > 1 else None
        if not isinstance(last, Paragraph) or last.level or last.pictures:
            return ""
        text = last.text
        is_set_apart = last.align == "right" or last.is_all("strong")
        if not is_set_apart or len(text) > 60 or not _BYLINE.fullmatch(text) or text[-1] in ".:;,!?":
            return ""
        del blocks[-1]
        return text


def _cut_at_read_more(text: str) -> tuple[str, str]:
    """Cut a text at the line that said “Read more” where it stands within the introduction."""
    match = _READ_MORE.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def _take_summary(blocks: list[Block], introduction: str) -> str:
    """Take the introduction as the summary, or else the first paragraph, where text remains below it.

    Of a long one it is the first sentences, and the text keeps all of it.
    """
    position = next((number for number, block in enumerate(blocks) if isinstance(block, Paragraph)), -1)
    first = blocks[position] if position >= 0 else None
    if not isinstance(first, Paragraph) or first.level or not _has_words(blocks[:position] + blocks[position + 1 :]):
        return ""
    end, text = position + 1, first.text
    while end < len(blocks) and text != introduction and introduction.startswith(f"{text} "):
        following = blocks[end]
        if not isinstance(following, Paragraph) or following.level:
            break
        end, text = end + 1, f"{text} {following.text}"
    if text != introduction:
        end, text = position + 1, first.text
    taken = blocks[position:end]
    is_bare = all(isinstance(block, Paragraph) and not _has_more_than_words(block) for block in taken)
    if is_bare and len(text) <= MAX_SUMMARY and _has_words(blocks[:position] + blocks[end:]):
        del blocks[position:end]
        return text
    return _sentences(text)


def _has_words(blocks: Sequence[Block]) -> bool:
    return bool(text_of_blocks(blocks).strip())


def _has_more_than_words(paragraph: Paragraph) -> bool:
    return any(run.kind == "picture" or run.style.href or run.style.mark for run in paragraph.runs)


def _sentences(text: str) -> str:
    """Return the first sentences of a text, or as many words as there is room for."""
    if len(text) <= SHORT_SUMMARY:
        return text
    cut = text[:SHORT_SUMMARY]
    ends = [match.end() for match in re.finditer(r"[.!?…](?=\s)", cut)]
    if ends and ends[-1] > 80:
        return cut[: ends[-1]]
    return cut[: SHORT_SUMMARY - 1].rpartition(" ")[0].rstrip(",;:–- ") + "…"
