"""Convert one old article to a text of the portal: fields, Markdown, the files beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scripts.joomla import plugin_marks
from scripts.joomla.blocks import BlockReader
from scripts.joomla.markdown_text import write_blocks
from scripts.joomla.model import OldArticle
from scripts.joomla.old_files import OldFile
from scripts.joomla.references import Context, References
from scripts.joomla.runs import (
    Block,
    Figure,
    ItemList,
    Paragraph,
    Run,
    Style,
    text_of_blocks,
    trimmed,
)
from scripts.joomla.shapes import shape

MAX_SUMMARY = 500  # of an introduction that becomes the summary as it stands
SHORT_SUMMARY = 300  # of one that is cut from a longer text
_BYLINE = re.compile(
    r"(?:(?:Ban|Văn phòng|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Thị đoàn|Đoàn|Hội|Đội|Trung tâm|Chi đoàn)\s.*|(?:[A-ZÀ-ỸĐ][\w.]*\s?){1,5})"
)
_READ_MORE = re.compile(r"<hr\b[^>]*system-readmore[^>]*>|\{readmore[^}]*\}", re.I)
_K2_SIZES = ("_XL", "_L", "_M", "_Generic", "_S", "_XS")


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

    documents: list[str] = field(default_factory=list)
    """Where its files lay on the old site, pictures aside."""

    notes: list[str] = field(default_factory=list)
    """What was not brought along, or not as it was; for the report."""

    lost: list[str] = field(default_factory=list)
    """The addresses of pictures that nobody has."""

    plain_text: str = ""


class Converter:
    """Converts one article."""

    def __init__(self, article: OldArticle, context: Context) -> None:
        self._article, self._context = article, context
        self._result = Converted("")
        self._references = References(context, self._note)

    def convert(self, *, keeps_pictures: bool = False) -> Converted:
        """Return the new text. ``keeps_pictures``: the first one stays in the text, as an album wants it."""
        article, result = self._article, self._result
        intro, more = article.introtext, article.fulltext
        if not more.strip():
            intro, more = _cut_at_read_more(intro)
        mosimages = plugin_marks.read_mosimages(article.images)
        blocks = shape(BlockReader(self._note).read(self._expand(f"{intro}{more}", mosimages)), article.title)
        blocks = self._references.resolve(blocks)
        if not keeps_pictures:
            self._lead(blocks)
        result.author = article.author or self._byline(blocks)
        introduction = text_of_blocks(BlockReader(lambda note: None).read(intro)) if more.strip() else ""
        result.summary = _take_summary(blocks, introduction)
        blocks += self._extra_blocks()
        result.body = write_blocks(blocks)
        result.plain_text = f"{result.summary} {text_of_blocks(blocks)}"
        result.lost = self._references.lost
        result.documents = self._references.beside.documents()
        used = f"{result.body} {result.image} {' '.join(result.attachments)}"
        result.files = {name: file for name, file in self._references.beside.files.items() if name in used}
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
            inside = self._references.resolve(shape(BlockReader(self._note).read(value)))
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
            style = self._references.link(file.address, Style(href=file.address))
            title = file.title or file.address.rpartition("/")[2]
            links.append([Paragraph([Run("words", title, style)])])
            if style.href in self._references.beside.files:
                self._result.attachments.append(style.href)
        if links:
            blocks.append(ItemList(links))
        return blocks

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
                if picture.src in self._references.beside.files and (named is None or picture.src == named.src)
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
                runs = self._references.picture(Run("picture", picture.alt, Style(), src, picture.caption))
                if runs and runs[0].kind == "picture" and runs[0].src in self._references.beside.files:
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
