"""Configure Python-Markdown: its extensions, the dialect of editors.

The HTML may hold active content: only ``parser.py``, which sanitises it, uses this module.
"""

from __future__ import annotations

import re
from typing import Any, cast
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    HtmlInlineProcessor,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import ETX, STX

from plugins.core.markdown.blocks import Blocks
from plugins.core.markdown.fast_path import Shortcuts
from plugins.core.markdown.html_tags import TAG
from plugins.core.markdown.leaf_blocks import TextNote
from plugins.core.markdown.shape import Attributes, Shape

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
        md.treeprocessors.register(Attributes(md), "attr_list", 8)


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
