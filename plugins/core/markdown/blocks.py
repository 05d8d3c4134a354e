"""Parse the blocks of a Markdown text as CommonMark reads them, with GFM's tables and with footnotes.

Python-Markdown's own block parser cuts a text at its blank lines: a list right under a sentence stays
in the sentence, nesting wants four blanks, a fence does not fit into a list item. This one goes line
by line, as CommonMark 0.31 describes it (“Appendix: A parsing strategy”); what stands inside a block
is still Python-Markdown's work. ``tests/core/markdown/test_blocks.py`` compares it with markdown-it-py
(docs/adr/0010).

Two differences are meant. Indentation is a typist's habit: it nests lists and means nothing else; code
stands between fences. And no word is lost: what is no real tag, no address, or is never referred to,
stays in the text.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.util import Registry

from plugins.core.markdown.block_syntax import (
    ABBREVIATION,
    ADDRESS,
    BLANKS,
    CODE_LINE,
    COMMENT_END,
    FENCE,
    FIRST_CHARACTERS,
    FOOTNOTE,
    LIST_MARKER,
    PLAIN_PARAGRAPH,
    REFERENCE,
    RULE,
    TASK_BOX,
    UNDERLINE,
    end_of_html,
    parse_heading,
    parse_table_head,
    spaced_pattern,
)
from plugins.core.markdown.containers import Container, ItemList
from plugins.core.markdown.leaf_blocks import Fence, Footnote, HtmlBlock, LeafBlock, Table, TextNote


class Blocks(BlockParser):
    """Python-Markdown's block parser, replaced. ``notes`` are those on the last text."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.blockprocessors = Registry()  # extensions register theirs: none of them is called
        self.notes: list[TextNote] = []
        self.source = ""

    def parseDocument(self, lines: Any) -> Any:  # noqa: N802 - the library's name
        """Parse a whole text to a tree."""
        self.notes, self.source = [], "\n".join(lines)
        root = Element(self.md.doc_tag)
        _TextParser(self, root, self.notes).parse(self.source)
        return ElementTree(root)

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802 - the library's name
        """Parse the text of a footnote; append its blocks to ``parent``."""
        _TextParser(self, parent, [], in_footnote=True).parse(text)


class _TextParser:
    """The parser of one text, line by line; a ``Context`` for its leaf blocks."""

    def __init__(self, parser: Blocks, root: Element, notes: list[TextNote], *, in_footnote: bool = False) -> None:
        self.md = parser.md
        self._in_footnote = in_footnote
        self.notes = notes
        self.source = parser.source
        self.line = 0  # the current line's number, from 0
        self._text, self._start = "", 0  # the whole text, and the offset of the current line
        self._open = [Container(root)]
        self._leaf: LeafBlock | None = None
        self._paragraph: list[str] = []

    def parse(self, text: str) -> None:
        """Parse ``text``; append its blocks to the root."""
        text = self._text = f"{text}\n\n"
        start = 0
        while start < len(text):
            if (
                len(self._open) == 1
                and not self._leaf
                and not self._paragraph
                and (plain := PLAIN_PARAGRAPH.match(text, start))
            ):
                self.append("p").text = plain[0].rstrip()
                self.line += plain[0].count("\n")
                start = plain.end()
            else:
                end = text.index("\n", start)
                self._start = start
                self._take(text[start:end])
                self.line += 1
                start = end + 1
        self._close(1)
        self._open[0].end()

    def append(self, tag: str, attributes: dict[str, str] | None = None) -> Element:
        """Append an element to the innermost container."""
        container = self._open[-1]
        if container.has_blank and container.list and len(container.element):
            container.list.is_loose = True
        container.end()
        self._forget_blanks()
        return SubElement(container.element, tag, attributes or {})

    # -- one line ----------------------------------------------------------------

    def _take(self, line: str) -> None:
        depth, line = self._match(line)
        if self._leaf:
            if depth == len(self._open) and self._leaf.take(line):
                return
            self._end_leaf()
        if not line.strip(" "):
            self._take_blank(depth)
            return
        while (remainder := self._begin(line, depth)) is not None:
            if not remainder.strip(" "):
                return
            line, depth = remainder, len(self._open)
        text = line.lstrip(" ")
        if not self._paragraph:
            self._close(depth)
            self._first = self.line, line
        self._paragraph.append(text)  # of this container, or of a deeper one that goes on lazily

    def _match(self, line: str) -> tuple[int, str]:
        """Return how many of the open containers ``line`` continues, and the line without their markers."""
        for depth, container in enumerate(self._open[1:], 1):
            text = line.lstrip(" ")
            if container.list is None:
                if not text.startswith(">"):
                    return depth, line
                line = text[2 if text.startswith("> ") else 1 :]
            elif text:
                if len(line) - len(text) < container.indent:
                    return depth, line
                line = line[container.indent :]
            elif not len(container.element) and not self._paragraph and not self._leaf:
                return depth, line  # an item may begin with one blank line, not with two
        return len(self._open), line

    def _take_blank(self, depth: int) -> None:
        self._close(depth)
        for container in reversed(self._open):
            container.has_blank = True
            if container.list is None:
                break  # a blank line within a quotation says nothing of the list around it

    def _begin(self, line: str, depth: int) -> str | None:
        """Open the block that ``line`` begins; return the remainder of the line, ``None`` for a paragraph."""
        text = line.lstrip(" ")
        first = text[0]
        if first not in FIRST_CHARACTERS:
            return None
        indent = len(line) - len(text)
        in_paragraph = bool(self._paragraph) and depth == len(self._open) and self._take_references()
        if first == ">":
            self._close(depth)
            self._open.append(Container(self.append("blockquote")))
            return text[2 if text.startswith("> ") else 1 :]
        if in_paragraph and first in "|-:" and (table := self._table(text)):
            self._leaf = table
            return ""
        if (marker := LIST_MARKER.match(text)) and not RULE.fullmatch(text):
            is_interrupting = bool(text[marker.end() :].strip(" ")) and marker[2] in (None, "1")
            if not in_paragraph or is_interrupting:
                return self._begin_item(marker, text, indent, depth)
        text = text.rstrip(" ")
        if first in "`~" and (fence := FENCE.fullmatch(text)):
            self._close(depth)
            self._leaf = Fence(self, fence[1] or fence[3], (fence[2] or fence[4] or "").strip(), indent)
            return ""
        if first == "#" and (heading := parse_heading(text)):
            self._close(depth)
            self.append(heading[0]).text = heading[1]
            return ""
        if first == "<" and (end := self._end_of_html(text)) is not None:
            self._close(depth)
            self._leaf = HtmlBlock(self, end)
            self._leaf.take(text)
            return ""
        if in_paragraph and first in "=-" and (underline := UNDERLINE.fullmatch(text)):
            self._end_paragraph("h1" if underline[1][0] == "=" else "h2")
            return ""
        if first in "*-_" and RULE.fullmatch(text):
            self._close(depth)
            self.append("hr")
            return ""
        if first == "[" and not self._in_footnote and (footnote := FOOTNOTE.fullmatch(text)):
            self._close(depth)
            self._leaf = Footnote(self, footnote[1], footnote[2])
            return ""
        if first == "*" and (abbreviation := ABBREVIATION.fullmatch(text)) and self._is_used(abbreviation[1].strip()):
            self._close(depth)
            abbreviations: Any = self.md.treeprocessors["abbr"]
            abbreviations.abbrs[abbreviation[1].strip()] = abbreviation[2].strip()
            return ""
        return None

    # -- containers --------------------------------------------------------------

    def _begin_item(self, marker: re.Match[str], text: str, indent: int, depth: int) -> str:
        self._close(depth)
        container = self._open[-1]
        current = container.last_list
        if current is None or current.kind != (marker[1] or marker[3]):
            number = int(marker[2] or 1)
            attributes = {"start": str(number)} if number != 1 else {}
            element = self.append("ol" if marker[2] else "ul", attributes)
            current = container.last_list = ItemList(element, marker[1] or marker[3], number)
        elif container.has_blank:
            current.is_loose = True
        self._forget_blanks()
        width = len(marker[0].rstrip(BLANKS)) + 1
        if text[marker.end() :].strip(" ") and marker.end() - width < 4:
            width = marker.end()
        self._open.append(Container(current.add(marker[2] or ""), indent + width, current))
        return TASK_BOX.sub(lambda box: "☐ " if box[1] == " " else "☑ ", text[width:])

    def _close(self, depth: int) -> None:
        """End the leaf, and the containers from ``depth`` on."""
        self._end_leaf()
        while len(self._open) > depth:
            self._open.pop().end()

    def _forget_blanks(self) -> None:
        for container in self._open:
            container.has_blank = False

    # -- leaves ------------------------------------------------------------------

    def _end_leaf(self) -> None:
        if leaf := self._leaf:
            self._leaf = None
            leaf.end()
        elif self._paragraph and self._take_references():
            self._end_paragraph("p")

    def _end_paragraph(self, tag: str) -> None:
        lines, self._paragraph = self._paragraph, []
        self.append(tag).text = "\n".join(lines).rstrip()
        line, text = self._first
        if text.startswith("    ") and CODE_LINE.match(text):
            self.notes.append(TextNote("CODE_INDENTED", line))

    def _take_references(self) -> bool:
        """Move the link definitions at the paragraph's beginning to the references; return whether text remains."""
        if not self._paragraph[0].startswith("["):
            return True
        text = "\n".join(self._paragraph)
        while (definition := REFERENCE.match(text)) and self._define(definition):
            text = text[definition.end() :].lstrip(" ")
        self._paragraph = text.split("\n") if text else []
        return bool(text)

    def _define(self, definition: re.Match[str]) -> bool:
        """Store a link definition and return true, unless its words would vanish from the page."""
        name, address, title = " ".join(definition[1].split()).lower(), definition[2], definition[3]
        if name.startswith("^") or name in self.md.references:
            return False
        is_comment = not re.search(r"\w", name) or address in ("#", "<>")  # “[//]: # (chú thích)”
        if not is_comment:
            if not ADDRESS.fullmatch(address):
                return False  # “[Lưu ý]: khẩn” is a sentence
            if not self.is_referred_to(rf"\[\s*{spaced_pattern(name)}\s*\]"):
                self.notes.append(TextNote("REFERENCE_UNUSED", self._first[0], definition[1]))
                return False
        self.md.references[name] = (address.removeprefix("<").removesuffix(">"), title[1:-1] if title else "")
        return True

    def is_referred_to(self, pattern: str) -> bool:
        """Return whether the text has ``pattern`` other than at the beginning of a definition."""
        return bool(re.search(rf"{pattern}(?!:)", self.source, re.I))

    def _is_used(self, abbreviation: str) -> bool:
        return bool(re.search(rf"\b{re.escape(abbreviation)}\b(?!\]\s?:)", self.source))

    def _end_of_html(self, text: str) -> re.Pattern[str] | None:
        """Return the pattern that ends the HTML block begun by ``text``; ``None`` if it begins none."""
        if text.startswith("<!--"):
            is_closed = self._text.find("-->", self._start) >= 0  # an open one would hide all that follows
            return COMMENT_END if is_closed else None
        return end_of_html(text, in_paragraph=bool(self._paragraph))

    def _table(self, text: str) -> Table | None:
        """Return the table with the paragraph's last line as header and ``text`` as second line, if it is one."""
        table = parse_table_head(self._paragraph[-1].strip(), text)
        if table is None:
            return None
        self._paragraph.pop()
        self._end_leaf()
        return Table(self, *table)
