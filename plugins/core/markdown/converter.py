"""Configure Python-Markdown: its extensions, the dialect of editors, the shapes of the portal.

The HTML may hold active content: only ``parser.py``, which sanitises it, uses this module.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any, cast
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.inlinepatterns import (
    HtmlInlineProcessor,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from plugins.core.markdown.blocks import Blocks
from plugins.core.markdown.fast_path import Shortcuts
from plugins.core.markdown.html_tags import TAG
from plugins.core.markdown.leaf_blocks import TextNote
from plugins.core.text.vietnamese import slugify

EXTENSIONS = ["markdown.extensions.footnotes", "markdown.extensions.abbr", "markdown.extensions.toc"]
CONFIGS: dict[str, dict[str, Any]] = {
    "markdown.extensions.toc": {"toc_depth": "2-3"},
    "markdown.extensions.footnotes": {"BACKLINK_TITLE": "Trở lại vị trí chú thích {} trong bài", "UNIQUE_IDS": False},
}


class Converter:
    """A Markdown converter for a whole build: to create it takes longer than to convert an article."""

    def __init__(self) -> None:
        self._create()

    def _create(self) -> None:
        converter = markdown.Markdown(
            extensions=[Dialect(), *EXTENSIONS, Shape()], extension_configs=CONFIGS, output_format="html"
        )
        self._shortcuts = Shortcuts(converter)
        self._blocks = cast(Blocks, converter.parser)
        self._markdown = converter

    @property
    def notes(self) -> list[TextNote]:
        """The block parser's notes on the last text."""
        return self._blocks.notes

    def html(self, text: str) -> str:
        """Convert a Markdown text to HTML, which is as unsafe as the text."""
        text = normalize(text)
        self._shortcuts.prepare(text)
        try:
            html: str = self._markdown.reset().convert(text)
        except BaseException:
            self._create()  # a converter that was interrupted would convert the next text wrongly
            raise
        return html


def normalize(text: str) -> str:
    """Expand tabs, remove Python-Markdown's control characters, and indent every line with plain spaces."""
    if "\t" in text:
        text = text.expandtabs(4)
    text = text.replace(STX, "").replace(ETX, "")
    return _ODD_BLANKS.sub(_spaces, text) if any(blank in text for blank in _BLANKS) else text


_BLANKS = "\xa0\x0b\x0c\u2002\u2003\u2009\u202f\u3000"  # Unicode has others, but nobody types them before a line
_ODD_BLANKS = re.compile(r"^[^\S\n]+", re.M)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


class Dialect(Extension):
    """Markdown as editors mean it: CommonMark's blocks and emphasis, and no word taken for markup."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        md.parser = Blocks(md)
        for name in ("normalize_whitespace", "html_block"):
            md.preprocessors.deregister(name)
        md.ESCAPED_CHARS = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")  # CommonMark: all of ASCII's punctuation
        md.inlinePatterns.register(_Link(r"(?<!\!)\[", md), "link", 160)
        md.inlinePatterns.register(_Image(r"!\[", md), "image_link", 150)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 185)
        html = HtmlInlineProcessor("", md)
        html.compiled_re = TAG
        md.inlinePatterns.register(html, "html", 90)
        delimiters = cast(Any, md.delimiters)
        delimiters.add("~", "del", double=True)  # “5~10 người” strikes nothing
        delimiters.delimiters["*"].boundary = _STARS
        md.inlinePatterns.register(_Plain(_NO_MARKS, md), "no_marks", 62)
        md.inlinePatterns.register(_LooseBold(r"(?<!\*)\*\*(?!\*)", md), "loose_bold", 61)
        md.treeprocessors.register(_Attributes(md), "attr_list", 8)


# Python-Markdown's, but as in CommonMark no emphasis begins between a word and punctuation: “5*, 4*”.
_STARS = re.compile(
    r"(?P<ambiguous>(?<!^)(?<![\s*])\*+(?![\s*,.;:!?)\]…])(?!$))|(?P<end>(?<!^)(?<![\s*])\*+)|(?P<start>\*+(?![\s*])(?!$))"
)
# “0912***456”, “5*3”, “(*)”, “ngày __/__/2026”: asterisks and underscores that are no emphasis
_NO_MARKS = r"((?<=\d)(\.?|-?)\*{3,}\2(?=\d)|(?<![\d*])\d+(?:([.-]?)\*{1,2}\3\d+)+|(?<=[(\[])\*+(?=[)\]])|(?<!_)_{2,}(?:[/.:-]_{2,})+)"


class _Plain(InlineProcessor):
    """Text that emphasis must not touch."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return m[1], m.start(), m.end()


class _Attributes(AttrListTreeprocessor):
    """Attribute lists in braces, if they can be nothing else: ``## Kế hoạch {quan trọng}`` keeps its words."""

    _ITEM = r"""(?:[#.][\w-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))"""
    _LIST = rf"\{{:?[ ]*({_ITEM}(?:[ ]+{_ITEM})*)[ ]*\}}"
    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*$", re.ASCII)  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$", re.ASCII)  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}", re.ASCII)  # type: ignore[misc]


_BLANK_BEFORE_ADDRESS = re.compile(r"[ ]\((?:https?://|mailto:|tel:|/|#|\.{1,2}/|[^\s()]+\.[a-z0-9]{2,5}[\s)])", re.I)


class _Link(LinkInlineProcessor):
    """A link that may have a blank before its address: ``[Tuyển dụng] (/tuyen-dung/)``."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 - the library's name
        return super().getLink(data, index + bool(_BLANK_BEFORE_ADDRESS.match(data, index)))


class _Image(_Link, ImageInlineProcessor):
    """A picture that may have a blank before its address."""


class _LooseBold(InlineProcessor):
    """Bold words with blanks inside the marks: ``** đậm **``, ``**đậm **``. Marks pair in their order in a string."""

    def __init__(self, pattern: str, md: markdown.Markdown) -> None:
        super().__init__(pattern, md)
        self._data = ""
        self._pairs: dict[int, int] = {}

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if data != self._data:
            self._data, self._pairs = data, self._loose_pairs(data)
        end = self._pairs.get(m.start())
        if end is None:
            return None, None, None
        bold = Element("strong")
        bold.text = data[m.end() : end]
        return bold, m.start(), end + 2

    def _loose_pairs(self, data: str) -> dict[int, int]:
        offsets = [match.start() for match in self.compiled_re.finditer(data)]
        pairs = dict(zip(offsets[::2], offsets[1::2], strict=False)) if len(offsets) % 2 == 0 else {}
        return {
            start: end
            for start, end in pairs.items()
            if (inside := data[start + 2 : end]) != inside.strip() and re.search(r"[^\W\d_]", inside)
        }


class Shape(Extension):
    """Figures, headings and tables as the portal shows them."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        # after "inline" (20), so that pictures are elements
        md.treeprocessors.register(_Figures(md), "figures", 15)
        md.treeprocessors.register(_Cells(md), "cells", 13)
        # after "attr_list" (8), which may have named a heading; before "toc" (5), which lists them
        md.treeprocessors.register(_Headings(md), "headings", 6)


#: From here on pictures of a gallery are shown small, also on a phone.
_MANY = 9


class _Figures(Treeprocessor):
    """Turn a paragraph of nothing but pictures into a figure, or into a gallery if there are several.

    A picture's caption is its title, or emphasised words right behind it. A picture among words keeps its
    title as emphasised words.
    """

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "p" and (pictures := self._pictures(child)):
                    parent[index] = self._figures(pictures)
        is_among_words = any("title" in image.attrib for image in root.iter("img"))
        for parent in list(root.iter()) if is_among_words else ():
            for index, child in reversed(list(enumerate(parent))):
                if child.tag == "img" and (title := child.attrib.pop("title", "")):
                    words = Element("em")
                    words.text, words.tail, child.tail = title, child.tail, " "
                    parent.insert(index + 1, words)

    @staticmethod
    def _pictures(paragraph: Element) -> list[tuple[Element, Element | None]]:
        """Return the paragraph's pictures with their captions; none if it holds anything else."""
        pictures: list[tuple[Element, Element | None]] = []
        if (paragraph.text or "").strip():  # most paragraphs: checked first
            return []
        for child in paragraph:
            if (tail := (child.tail or "").strip()) and not _Attributes.INLINE_RE.fullmatch(tail):
                return []
            if child.tag == "img" or _is_linked_picture(child):
                pictures.append((child, None))
            elif child.tag == "em" and pictures and pictures[-1][1] is None and child.find(".//img") is None:
                pictures[-1] = (pictures[-1][0], child)
            elif child.tag != "br":
                return []
        return pictures

    def _figures(self, pictures: list[tuple[Element, Element | None]]) -> Element:
        if len(pictures) == 1:
            return self._figure(*pictures[0], "wide")
        is_odd = len(pictures) % 2
        # told beforehand: a sheet that counted would move what is shown while the next pictures arrive
        words = ["gallery", *(["odd"] if is_odd else []), *(["many"] if len(pictures) >= _MANY else [])]
        gallery = Element("div", {"class": " ".join(words)})
        gallery.extend(
            self._figure(*picture, "wide" if is_odd and not index else "grid") for index, picture in enumerate(pictures)
        )
        return gallery

    @staticmethod
    def _figure(picture: Element, words: Element | None, role: str) -> Element:
        figure = Element("figure")
        image = picture if picture.tag == "img" else picture[0]
        title = image.attrib.pop("title", "")
        image.set("data-role", role)
        picture.tail = (picture.tail or "").strip() or None  # attributes
        figure.append(picture)
        caption = Element("figcaption")
        caption.text = title
        if words is not None:
            caption.text = f"{title} {words.text or ''}" if title else words.text
            caption.extend(words)
        if text := "".join(caption.itertext()).strip():
            image.set("data-caption", text)  # for the advice on captions; never printed
            figure.append(caption)
        return figure


def _is_linked_picture(element: Element) -> bool:
    return (
        element.tag == "a"
        and len(element) == 1
        and element[0].tag == "img"
        and not (element.text or "").strip()
        and not (element[0].tail or "").strip()
    )


class _Headings(Treeprocessor):
    """Shift headings so that the highest is h2, and give each an ``id`` made of its words.

    The story's title is the page's only h1. Python-Markdown's "toc" could set the ids too, but walks
    every text for a table of contents that hardly any text asks for.
    """

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        if headings:
            shift = 2 - min(int(element.tag[1]) for element in headings)
            names = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
            for element in headings:
                element.tag = f"h{min(int(element.tag[1]) + shift, 6)}"
                if "id" not in element.attrib:
                    element.set("id", unique(slugify(self._words(element)), names))

    def _words(self, heading: Element) -> str:
        text = heading.text or ""
        if len(heading) == 0 and STX not in text:  # Python-Markdown has stashed nothing of it
            return text
        return unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class _Cells(Treeprocessor):
    """Align cells by class: a strict content security policy allows no style attribute."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if align := re.fullmatch(r"text-align: (right|center);", cell.attrib.pop("style", "")):
                cell.set("class", align[1])
