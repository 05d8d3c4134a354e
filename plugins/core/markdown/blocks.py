"""Parse the blocks of a Markdown text as CommonMark reads them, with GFM's tables and with footnotes.

Python-Markdown's own block parser cuts a text at its blank lines: a list right under a sentence stays
in the sentence, nesting wants four blanks, a fence does not fit into a list item. This one goes line
by line, as CommonMark 0.31 describes it (“Appendix: A parsing strategy”); what stands inside a block
is still Python-Markdown's work. ``tests/core/test_blocks.py`` compares it with markdown-it-py
(docs/adr/0010).

Two differences are meant. Blanks before a line are a typist's habit: they nest lists and say nothing
else, code stands between fences. And no word is lost: what is no real tag, no address, or is never
referred to, stays in the text.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Protocol
from xml.etree.ElementTree import Element, ElementTree, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString, Registry, code_escape

from plugins.core.markdown.html_tags import begins_with_tag, escape_no_tags

_BLANKS = " \N{NO-BREAK SPACE}"  # what may stand behind a marker; word processors write the second
_BULLETS = "•◦▪‣●○■□·∙⁃➢►❖\uf0a7\uf0b7\uf0d8\uf0fc\uf076"  # Word's and Facebook's
_RULE = re.compile(r"(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,}")
_UNDERLINE = re.compile(r"(=+|-+)[ ]*")
_FENCE = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)")
_INFO = re.compile(
    r"""[\w+#.,-]*(?:[ ]*\{[^{}]*\}|[ ]+[\w-]+=(?:"[^"]*"|'[^']*'|[^\s"']+))*""", re.ASCII
)  # a language, its options
_MARKER = re.compile(
    rf"(?:([-+*{_BULLETS}])|(\d{{1,9}})([.)]))(?:[ ]+|\N{{NO-BREAK SPACE}}[{_BLANKS}]*(?!\d)|$)", re.ASCII
)
_TASK = re.compile(r"^\[([ xX])\][ ]+(?![\s(\[]|$)")
_FOOTNOTE = re.compile(r"\[\^([^\]]+)\]:[ ]*(.*)")
_ABBREVIATION = re.compile(r"\*\[([^\]\\]+)\][ ]?:[ ]*(.+)")
_REFERENCE = re.compile(
    r"""\[((?:[^\[\]\\]|\\.)++)\]:[ ]*+\n?+[ ]*+(<[^<>\n]*+>|[^\s<]\S*+)"""
    r"""(?:(?:[ ]++|[ ]*+\n[ ]*+)("(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?[ ]*+(?:\n|$)""",
    re.DOTALL,
)
_ADDRESS = re.compile(r"<.*>|.*[/.#:].*", re.DOTALL)
_COLUMN = re.compile(r":?[-–—]+:?")  # word processors make one dash of two
_CELL_END = re.compile(r"(?<!\\)\|")
_ALIGNMENT = {"::": "text-align: center;", "-:": "text-align: right;"}

# CommonMark's kinds of HTML blocks: what ends with a sign of its own, what ends at a blank line.
_VERBATIM = re.compile(r"<(?:script|pre|style|textarea)(?=[\s>]|$)", re.I)
_VERBATIM_END = re.compile(r"</(?:script|pre|style|textarea)>", re.I)
_COMMENT_END = re.compile("-->")
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    r"fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    r"menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)"
    r"(?=\s|/?>|$)",
    re.I,
)
_ONE_TAG = re.compile(r"<[^<>]*>")

# Lines, a blank one behind the last, that can only be a paragraph: most of what editors write.
_PLAIN = re.compile(rf"(?:[^\s\d#>*+=_\[<`~|:{_BULLETS}-][^\n|]*\n)+(?=\n)")
_CODE_LINE = re.compile(r" {4}.*(?:[{};]$|</\w+>|\)$)| {4}(?:def |class |import |function |var |const |#include|\$ )")


class TextNote(NamedTuple):
    """Something about a text that its author should know. ``line`` counts from 0 in the text."""

    code: str
    line: int
    quote: str = ""


class Blocks(BlockParser):
    """Parse blocks in the place of Python-Markdown's parser.

    ``notes`` is what was noticed in the last text.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.blockprocessors = Registry()  # extensions register theirs: none of them is asked
        self.notes: list[TextNote] = []
        self.source = ""

    def parseDocument(self, lines: Any) -> Any:  # noqa: N802 - the library's name
        """Return the tree of a whole text."""
        self.notes, self.source = [], "\n".join(lines)
        root = Element(self.md.doc_tag)
        _Run(self, root, self.notes).parse(self.source)
        return ElementTree(root)

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802 - the library's name
        """Append the blocks of a footnote to ``parent``."""
        _Run(self, parent, [], in_footnote=True).parse(text)


class _Container:
    """The document, a quotation or a list item, while it may get more lines.

    ``list`` is the item's own, ``indent`` how many columns its lines begin with; ``last_list`` is the
    container's last block if that is a list; ``has_blank``: a blank line came since the last block.
    """

    def __init__(self, element: Element, indent: int = 0, own_list: _List | None = None) -> None:
        self.element = element
        self.indent = indent
        self.list = own_list
        self.last_list: _List | None = None
        self.has_blank = False

    def end(self) -> None:
        """End the container's last list."""
        if self.last_list:
            self.last_list.end()
            self.last_list = None


class _List:
    """A list while it may get more items. ``kind`` is what their markers share."""

    def __init__(self, element: Element, kind: str, number: int) -> None:
        self.element = element
        self.kind = kind
        self.number = number
        self.is_loose = False

    def add(self, number: str) -> Element:
        """Append an item. Its number stays the author's: “1. 2. 4.” is not “1. 2. 3.”"""
        item = SubElement(self.element, "li")
        if number and int(number) != self.number:
            item.set("value", number)
        self.number = int(number or 0) + 1
        return item

    def end(self) -> None:
        """Take off what was only needed to know the list's kind: “1. 1. 1.” counts by itself, a tight
        list has no paragraphs."""
        first = self.element.get("start", "1")
        if len(self.element) > 1 and all(item.get("value") == first for item in self.element[1:]):
            for item in self.element:
                item.attrib.pop("value", None)
        if not self.is_loose:
            for item in self.element:
                _unwrap(item)


class _Leaf(Protocol):
    """A block of lines that are no blocks."""

    def take(self, line: str) -> bool:
        """Take a line, unless the block is over before it."""

    def end(self) -> None:
        """Write what was taken to the tree."""


class _Run:
    """One run over a text."""

    def __init__(self, parser: Blocks, root: Element, notes: list[TextNote], *, in_footnote: bool = False) -> None:
        self.md = parser.md
        self._in_footnote = in_footnote
        self.notes = notes
        self.source = parser.source
        self.line = 0  # of the text, from 0
        self._text, self._start = "", 0  # all of it, and where in it the line begins
        self._open = [_Container(root)]
        self._leaf: _Leaf | None = None
        self._paragraph: list[str] = []

    def parse(self, text: str) -> None:
        """Append the blocks of ``text``."""
        text = self._text = f"{text}\n\n"
        start = 0
        while start < len(text):
            if len(self._open) == 1 and not self._leaf and not self._paragraph and (plain := _PLAIN.match(text, start)):
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
        while (rest := self._begin(line, depth)) is not None:
            if not rest.strip(" "):
                return
            line, depth = rest, len(self._open)
        text = line.lstrip(" ")
        if not self._paragraph:
            self._close(depth)
            self._first = self.line, line
        self._paragraph.append(text)  # of this container, or of a deeper one that goes on lazily

    def _match(self, line: str) -> tuple[int, str]:
        """Return how many of the open containers ``line`` belongs to, and the line without their signs."""
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
        """Begin the block that ``line`` begins with. Returns the rest of the line, ``None`` where no
        block but a paragraph begins."""
        text = line.lstrip(" ")
        first = text[0]
        if first not in _FIRSTS:
            return None
        indent = len(line) - len(text)
        in_paragraph = bool(self._paragraph) and depth == len(self._open) and self._take_references()
        if first == ">":
            self._close(depth)
            self._open.append(_Container(self.append("blockquote")))
            return text[2 if text.startswith("> ") else 1 :]
        if in_paragraph and first in "|-:" and (table := self._table(text)):
            self._leaf = table
            return ""
        if (marker := _MARKER.match(text)) and not _RULE.fullmatch(text):
            is_interrupting = bool(text[marker.end() :].strip(" ")) and marker[2] in (None, "1")
            if not in_paragraph or is_interrupting:
                return self._begin_item(marker, text, indent, depth)
        text = text.rstrip(" ")
        if first in "`~" and (fence := _FENCE.fullmatch(text)):
            self._close(depth)
            self._leaf = _Fence(self, fence[1] or fence[3], (fence[2] or fence[4] or "").strip(), indent)
            return ""
        if first == "#" and (heading := _heading(text)):
            self._close(depth)
            self.append(heading[0]).text = heading[1]
            return ""
        if first == "<" and (end := self._end_of_html(text)) is not None:
            self._close(depth)
            self._leaf = _Html(self, end)
            self._leaf.take(text)
            return ""
        if in_paragraph and first in "=-" and (underline := _UNDERLINE.fullmatch(text)):
            self._end_paragraph("h1" if underline[1][0] == "=" else "h2")
            return ""
        if first in "*-_" and _RULE.fullmatch(text):
            self._close(depth)
            self.append("hr")
            return ""
        if first == "[" and not self._in_footnote and (footnote := _FOOTNOTE.fullmatch(text)):
            self._close(depth)
            self._leaf = _Footnote(self, footnote[1], footnote[2])
            return ""
        if first == "*" and (abbreviation := _ABBREVIATION.fullmatch(text)) and self._is_used(abbreviation[1].strip()):
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
            current = container.last_list = _List(element, marker[1] or marker[3], number)
        elif container.has_blank:
            current.is_loose = True
        self._forget_blanks()
        width = len(marker[0].rstrip(_BLANKS)) + 1
        if text[marker.end() :].strip(" ") and marker.end() - width < 4:
            width = marker.end()
        self._open.append(_Container(current.add(marker[2] or ""), indent + width, current))
        return _TASK.sub(lambda box: "☐ " if box[1] == " " else "☑ ", text[width:])

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
        if text.startswith("    ") and _CODE_LINE.match(text):
            self.notes.append(TextNote("CODE_INDENTED", line))

    def _take_references(self) -> bool:
        """Move the definitions that the paragraph begins with to where links look for them. Returns
        whether anything is left."""
        if not self._paragraph[0].startswith("["):
            return True
        text = "\n".join(self._paragraph)
        while (found := _REFERENCE.match(text)) and self._define(found):
            text = text[found.end() :].lstrip(" ")
        self._paragraph = text.split("\n") if text else []
        return bool(text)

    def _define(self, found: re.Match[str]) -> bool:
        """Keep a definition; not one whose words would vanish."""
        name, address, title = " ".join(found[1].split()).lower(), found[2], found[3]
        if name.startswith("^") or name in self.md.references:
            return False
        is_comment = not re.search(r"\w", name) or address in ("#", "<>")  # “[//]: # (chú thích)”
        if not is_comment:
            if not _ADDRESS.fullmatch(address):
                return False  # “[Lưu ý]: khẩn” is a sentence
            if not self.is_referred_to(rf"\[\s*{_spaced(name)}\s*\]"):
                self.notes.append(TextNote("REFERENCE_UNUSED", self._first[0], found[1]))
                return False
        self.md.references[name] = (address.removeprefix("<").removesuffix(">"), title[1:-1] if title else "")
        return True

    def is_referred_to(self, pattern: str) -> bool:
        """Return whether the text has the pattern somewhere else than before a definition's colon."""
        return bool(re.search(rf"{pattern}(?!:)", self.source, re.I))

    def _is_used(self, abbreviation: str) -> bool:
        return bool(re.search(rf"\b{re.escape(abbreviation)}\b(?!\]\s?:)", self.source))

    def _end_of_html(self, text: str) -> re.Pattern[str] | None:
        """Return what ends the HTML block that ``text`` begins; ``None`` where it begins none."""
        if text.startswith("<!--"):
            is_closed = self._text.find("-->", self._start) >= 0  # open, it would swallow all that follows
            return _COMMENT_END if is_closed else None
        if not begins_with_tag(text):
            return None
        if _VERBATIM.match(text):
            return _VERBATIM_END
        return _NEVER if _BLOCK_TAG.match(text) or (not self._paragraph and _ONE_TAG.fullmatch(text)) else None

    def _table(self, text: str) -> _Table | None:
        """Return the table whose header is the paragraph's last line and whose second line is ``text``."""
        header, columns = self._paragraph[-1].strip(), _cells(text)
        if not all(map(_COLUMN.fullmatch, columns)) or "|" not in header + text or text.startswith("- "):
            return None
        if len(_cells(header)) != len(columns) or (len(columns) == 1 and not ("|" in header and header.strip("| "))):
            return None
        self._paragraph.pop()
        self._end_leaf()
        return _Table(self, _cells(header), [_ALIGNMENT.get(cell[0] + cell[-1], "") for cell in columns])


class _Fence:
    """Code between fences."""

    def __init__(self, run: _Run, marker: str, info: str, indent: int) -> None:
        self._run, self._marker, self._indent, self._line = run, marker, indent, run.line
        self._code = SubElement(run.append("pre"), "code")
        self._end = re.compile(rf" *{re.escape(marker[0])}{{{len(marker)},}} *")
        self._lines = [] if _INFO.fullmatch(info) else [info]  # a sentence is no language
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
            self._run.notes.append(TextNote("FENCE_OPEN", self._line, self._marker))
        self._code.text = AtomicString(code_escape("".join(f"{line}\n" for line in self._lines)))


class _Html:
    """A block of HTML, which stays as it is."""

    def __init__(self, run: _Run, end: re.Pattern[str]) -> None:
        self._run, self._end = run, end
        self._element = run.append("p")  # the library puts the HTML in its place
        self._first = run.line
        self._lines: list[str] = []

    def take(self, line: str) -> bool:
        is_over = not line.strip(" ") if self._end is _NEVER else self._lines and self._end.search(self._lines[-1])
        if not is_over:
            self._lines.append(line)
        return not is_over

    def end(self) -> None:
        self._element.text = self._run.md.htmlStash.store(escape_no_tags("\n".join(self._lines)))
        if self._end is _NEVER:
            for number, line in enumerate(self._lines):
                text = line.strip(" ")
                if number and (_MARKER.match(text) or _heading(text) or _INLINE_SIGN.search(text)):
                    self._run.notes.append(TextNote("HTML_MARKDOWN", self._first + number, text))
                    break


class _Table:
    """GFM's table. Cells that are too many stay: their words are the editor's."""

    def __init__(self, run: _Run, header: list[str], styles: list[str]) -> None:
        self._run, self._styles = run, styles
        table = run.append("table")
        self._add(SubElement(SubElement(table, "thead"), "tr"), "th", header)
        self._table = table
        self._body: Element | None = None

    def take(self, line: str) -> bool:
        text = line.strip(" ")
        if not text or _begins_block(text):
            return False
        cells = _cells(text)
        if len(cells) > len(self._styles):
            self._run.notes.append(TextNote("TABLE_CELLS", self._run.line, f"{len(cells)}/{len(self._styles)}"))
        if self._body is None:
            self._body = SubElement(self._table, "tbody")
        self._add(SubElement(self._body, "tr"), "td", cells)
        return True

    def _add(self, row: Element, tag: str, cells: list[str]) -> None:
        for index in range(max(len(cells), len(self._styles))):
            style = self._styles[index] if index < len(self._styles) else ""
            SubElement(row, tag, {"style": style} if style else {}).text = cells[index] if index < len(cells) else ""

    def end(self) -> None: ...


class _Footnote:
    """A footnote: its own line, those below it that are deeper, and the rest of its paragraph."""

    def __init__(self, run: _Run, name: str, text: str) -> None:
        extensions: list[Any] = run.md.registeredExtensions
        self._extension = next(extension for extension in extensions if hasattr(extension, "setFootnote"))
        if name in self._extension.footnotes:
            run.notes.append(TextNote("FOOTNOTE_TWICE", run.line, name))
            while name in self._extension.footnotes:
                name += "-2"
        elif not run.is_referred_to(re.escape(f"[^{name}]")):
            run.notes.append(TextNote("FOOTNOTE_UNUSED", run.line, name))
        self._name, self._lines = name, [text]
        self._extension.setFootnote(name, "")  # in its place, before those that follow

    def take(self, line: str) -> bool:
        text = line.strip(" ")
        is_deeper = line.startswith("    ")
        if text and not is_deeper and ((len(self._lines) > 1 and not self._lines[-1]) or _begins_block(text)):
            return False
        self._lines.append(line[4:] if is_deeper else text)
        return True

    def end(self) -> None:
        self._extension.setFootnote(self._name, "\n".join(self._lines).rstrip())


_NEVER = re.compile(r"(?!)")
_INLINE_SIGN = re.compile(r"\*\*\w|\]\([^)\s]+\)")
_FIRSTS = frozenset(f">`~#<=-|:*_[+0123456789{_BULLETS}")


def _spaced(name: str) -> str:
    """Return the pattern of a name, whose words may stand on two lines."""
    return r"\s+".join(map(re.escape, name.split()))


def _begins_block(text: str) -> bool:
    """Return whether a line ends the table or the footnote above it."""
    return text[0] in _FIRSTS and bool(
        text[0] == ">"
        or _MARKER.match(text)
        or _FENCE.fullmatch(text)
        or _RULE.fullmatch(text)
        or _FOOTNOTE.fullmatch(text)
        or (text[0] == "#" and _heading(text))
        or (text[0] == "<" and begins_with_tag(text) and (_BLOCK_TAG.match(text) or _VERBATIM.match(text)))
    )


def _heading(text: str) -> tuple[str, str] | None:
    """Return the tag and the words of an ATX heading."""
    words = text.lstrip("#")
    level = len(text) - len(words)
    if not 0 < level < 7 or (words and words[0] not in _BLANKS):
        return None
    words = words.strip(_BLANKS)
    bare = words.rstrip("#")
    return f"h{level}", bare.rstrip(_BLANKS) if not bare or bare[-1] in _BLANKS else words


def _cells(row: str) -> list[str]:
    """Return the cells of a table's row. A ``|`` behind a backslash is a letter of its cell."""
    cells = _CELL_END.split(row.strip())
    if not cells[0].strip() and len(cells) > 1:
        del cells[0]
    if not cells[-1].strip() and len(cells) > 1:
        del cells[-1]
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _unwrap(item: Element) -> None:
    """Put the words of an item's paragraphs directly into it."""
    last: Element | None = None
    for child in list(item):
        if child.tag != "p":
            last = child
            continue
        before = item.text if last is None else last.tail
        text = f"{before}\n{child.text}" if before else child.text
        if last is None:
            item.text = text
        else:
            last.tail = text
        item.remove(child)
