"""Parse the blocks that hold lines, not other blocks: code, HTML, tables, footnotes."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Protocol
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.util import AtomicString, code_escape

from plugins.core.markdown.block_syntax import (
    INFO_STRING,
    INLINE_MARK,
    LIST_MARKER,
    NO_MATCH,
    begins_block,
    parse_heading,
    split_cells,
)
from plugins.core.markdown.html_tags import escape_no_tags


class TextNote(NamedTuple):
    """A note on a text for its author: a problem's code, the line, counted from 0, and a quotation."""

    code: str
    line: int
    quote: str = ""


class LeafBlock(Protocol):
    """A block whose lines hold no other blocks."""

    def take(self, line: str) -> bool:
        """Add ``line`` and return true, or return false: the block has ended before it."""

    def end(self) -> None:
        """Write the lines to the tree."""


class Context(Protocol):
    """The parser of a text, as its leaf blocks see it."""

    md: markdown.Markdown
    notes: list[TextNote]
    line: int
    """The current line's number, from 0."""

    def append(self, tag: str, attributes: dict[str, str] | None = None) -> Element:
        """Append an element to the innermost container."""

    def is_referred_to(self, pattern: str) -> bool:
        """Return whether the text has ``pattern`` other than at the beginning of a definition."""


class Fence:
    """A block of code between fences."""

    def __init__(self, context: Context, marker: str, info: str, indent: int) -> None:
        self._context, self._marker, self._indent, self._line = context, marker, indent, context.line
        self._code = SubElement(context.append("pre"), "code")
        self._end = re.compile(rf" *{re.escape(marker[0])}{{{len(marker)},}} *")
        self._lines = [] if INFO_STRING.fullmatch(info) else [info]  # a sentence is no language
        self._is_closed = False

    def take(self, line: str) -> bool:
        if self._is_closed:
            return False
        if self._end.fullmatch(line):
            self._is_closed = True
        else:
            self._lines.append(line[min(self._indent, len(line) - len(line.lstrip(" "))) :])
        return True

    def end(self) -> None:
        if not self._is_closed:
            self._context.notes.append(TextNote("FENCE_OPEN", self._line, self._marker))
        self._code.text = AtomicString(code_escape("".join(f"{line}\n" for line in self._lines)))


class HtmlBlock:
    """A block of HTML, which stays as written."""

    def __init__(self, context: Context, end: re.Pattern[str]) -> None:
        self._context, self._end = context, end
        self._element = context.append("p")  # Python-Markdown replaces it by the HTML
        self._first = context.line
        self._lines: list[str] = []

    def take(self, line: str) -> bool:
        is_over = not line.strip(" ") if self._end is NO_MATCH else self._lines and self._end.search(self._lines[-1])
        if not is_over:
            self._lines.append(line)
        return not is_over

    def end(self) -> None:
        self._element.text = self._context.md.htmlStash.store(escape_no_tags("\n".join(self._lines)))
        if self._end is NO_MATCH:
            for number, line in enumerate(self._lines):
                text = line.strip(" ")
                if number and (LIST_MARKER.match(text) or parse_heading(text) or INLINE_MARK.search(text)):
                    self._context.notes.append(TextNote("HTML_MARKDOWN", self._first + number, text))
                    break


class Table:
    """A table of GFM. Cells that are too many stay, since their words are the editor's."""

    def __init__(self, context: Context, header: list[str], styles: list[str]) -> None:
        self._context, self._styles = context, styles
        table = context.append("table")
        self._add(SubElement(SubElement(table, "thead"), "tr"), "th", header)
        self._table = table
        self._body: Element | None = None

    def take(self, line: str) -> bool:
        text = line.strip(" ")
        if not text or begins_block(text):
            return False
        cells = split_cells(text)
        if len(cells) > len(self._styles):
            self._context.notes.append(TextNote("TABLE_CELLS", self._context.line, f"{len(cells)}/{len(self._styles)}"))
        if self._body is None:
            self._body = SubElement(self._table, "tbody")
        self._add(SubElement(self._body, "tr"), "td", cells)
        return True

    def _add(self, row: Element, tag: str, cells: list[str]) -> None:
        for index in range(max(len(cells), len(self._styles))):
            style = self._styles[index] if index < len(self._styles) else ""
            SubElement(row, tag, {"style": style} if style else {}).text = cells[index] if index < len(cells) else ""

    def end(self) -> None: ...


class Footnote:
    """A footnote: its first line, the indented lines below it, and its paragraph to the end."""

    def __init__(self, context: Context, name: str, text: str) -> None:
        extensions: list[Any] = context.md.registeredExtensions
        self._extension = next(extension for extension in extensions if hasattr(extension, "setFootnote"))
        if name in self._extension.footnotes:
            context.notes.append(TextNote("FOOTNOTE_TWICE", context.line, name))
            while name in self._extension.footnotes:
                name += "-2"
        elif not context.is_referred_to(re.escape(f"[^{name}]")):
            context.notes.append(TextNote("FOOTNOTE_UNUSED", context.line, name))
        self._name, self._lines = name, [text]
        self._extension.setFootnote(name, "")  # now, so that it keeps its position among the footnotes

    def take(self, line: str) -> bool:
        text = line.strip(" ")
        is_deeper = line.startswith("    ")
        if text and not is_deeper and ((len(self._lines) > 1 and not self._lines[-1]) or begins_block(text)):
            return False
        self._lines.append(line[4:] if is_deeper else text)
        return True

    def end(self) -> None:
        self._extension.setFootnote(self._name, "\n".join(self._lines).rstrip())
