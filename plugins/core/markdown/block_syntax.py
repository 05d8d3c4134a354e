"""Recognise the lines of Markdown's blocks: patterns, and functions of one line."""

from __future__ import annotations

import re

from plugins.core.markdown.html_tags import begins_with_tag
from plugins.core.text.patterns import lazy_pattern

BLANKS = " \N{NO-BREAK SPACE}"  # allowed behind a marker; word processors write the second
BULLETS = "•◦▪‣●○■□·∙⁃➢►❖\uf0a7\uf0b7\uf0d8\uf0fc\uf076"  # Word's and Facebook's
RULE = lazy_pattern(r"(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,}")
UNDERLINE = lazy_pattern(r"(=+|-+)[ ]*")
FENCE = lazy_pattern(r"(`{3,})([^`]*)|(~{3,})(.*)")
INFO_STRING = lazy_pattern(
    r"""[\w+#.,-]*(?:[ ]*\{[^{}]*\}|[ ]+[\w-]+=(?:"[^"]*"|'[^']*'|[^\s"']+))*""", re.ASCII
)  # a language with options
LIST_MARKER = lazy_pattern(
    rf"(?:([-+*{BULLETS}])|(\d{{1,9}})([.)]))(?:[ ]+|\N{{NO-BREAK SPACE}}[{BLANKS}]*(?!\d)|$)", re.ASCII
)
TASK_BOX = lazy_pattern(r"^\[([ xX])\][ ]+(?![\s(\[]|$)")
FOOTNOTE = lazy_pattern(r"\[\^([^\]]+)\]:[ ]*(.*)")
ABBREVIATION = lazy_pattern(r"\*\[([^\]\\]+)\][ ]?:[ ]*(.+)")
REFERENCE = lazy_pattern(
    r"""\[((?:[^\[\]\\]|\\.)++)\]:[ ]*+\n?+[ ]*+(<[^<>\n]*+>|[^\s<]\S*+)"""
    r"""(?:(?:[ ]++|[ ]*+\n[ ]*+)("(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?[ ]*+(?:\n|$)""",
    re.DOTALL,
)
ADDRESS = lazy_pattern(r"<.*>|.*[/.#:].*", re.DOTALL)
_COLUMN_RULE = lazy_pattern(r":?[-–—]+:?")  # word processors make one dash of two
_CELL_END = lazy_pattern(r"(?<!\\)\|")
_ALIGNMENT_STYLES = {"::": "text-align: center;", "-:": "text-align: right;"}

# CommonMark's kinds of HTML blocks: some end with a tag or ``-->``, the others at a blank line.
_VERBATIM_TAG = lazy_pattern(r"<(?:script|pre|style|textarea)(?=[\s>]|$)", re.I)
_VERBATIM_END = lazy_pattern(r"</(?:script|pre|style|textarea)>", re.I)
COMMENT_END = lazy_pattern("-->")
_BLOCK_TAG = lazy_pattern(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    r"fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    r"menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)"
    r"(?=\s|/?>|$)",
    re.I,
)
_SINGLE_TAG = lazy_pattern(r"<[^<>]*>")

# Lines, followed by a blank one, that can only be a paragraph: most of what editors write.
PLAIN_PARAGRAPH = lazy_pattern(rf"(?:[^\s\d#>*+=_\[<`~|:{BULLETS}-][^\n|]*\n)+(?=\n)")
CODE_LINE = lazy_pattern(r" {4}.*(?:[{};]$|</\w+>|\)$)| {4}(?:def |class |import |function |var |const |#include|\$ )")

NO_MATCH = lazy_pattern(r"(?!)")
"""The end of an HTML block that ends at a blank line."""

INLINE_MARK = lazy_pattern(r"\*\*\w|\]\([^)\s]+\)")
#: The characters that can begin a block other than a paragraph.
FIRST_CHARACTERS = frozenset(f">`~#<=-|:*_[+0123456789{BULLETS}")


def spaced_pattern(name: str) -> str:
    """Return a pattern for ``name``, whose words may stand on two lines."""
    return r"\s+".join(map(re.escape, name.split()))


def begins_block(text: str) -> bool:
    """Return whether ``text`` begins a block that ends the table or footnote above it."""
    return text[0] in FIRST_CHARACTERS and bool(
        text[0] == ">"
        or LIST_MARKER.match(text)
        or FENCE.fullmatch(text)
        or RULE.fullmatch(text)
        or FOOTNOTE.fullmatch(text)
        or (text[0] == "#" and parse_heading(text))
        or (text[0] == "<" and begins_with_tag(text) and (_BLOCK_TAG.match(text) or _VERBATIM_TAG.match(text)))
    )


def parse_heading(text: str) -> tuple[str, str] | None:
    """Return the tag and the words of an ATX heading; ``None`` if ``text`` is none."""
    words = text.lstrip("#")
    level = len(text) - len(words)
    if not 0 < level < 7 or (words and words[0] not in BLANKS):
        return None
    words = words.strip(BLANKS)
    bare = words.rstrip("#")
    return f"h{level}", bare.rstrip(BLANKS) if not bare or bare[-1] in BLANKS else words


def end_of_html(text: str, *, in_paragraph: bool) -> re.Pattern[str] | None:
    """Return the pattern that ends the HTML block begun by the tag of ``text``; ``None`` if it begins none."""
    if not begins_with_tag(text):
        return None
    if _VERBATIM_TAG.match(text):
        return _VERBATIM_END
    return NO_MATCH if _BLOCK_TAG.match(text) or (not in_paragraph and _SINGLE_TAG.fullmatch(text)) else None


def parse_table_head(header: str, rule: str) -> tuple[list[str], list[str]] | None:
    """Return the cells of a table's header and the style of each column; ``None`` if the two lines begin no table."""
    cells, columns = split_cells(header), split_cells(rule)
    if not all(map(_COLUMN_RULE.fullmatch, columns)) or "|" not in header + rule or rule.startswith("- "):
        return None
    if len(cells) != len(columns) or (len(columns) == 1 and not ("|" in header and header.strip("| "))):
        return None
    return cells, [_ALIGNMENT_STYLES.get(column[0] + column[-1], "") for column in columns]


def split_cells(row: str) -> list[str]:
    """Split a table's row into cells. A ``|`` behind a backslash belongs to its cell."""
    cells = _CELL_END.split(row.strip())
    if not cells[0].strip() and len(cells) > 1:
        del cells[0]
    if not cells[-1].strip() and len(cells) > 1:
        del cells[-1]
    return [cell.strip().replace("\\|", "|") for cell in cells]
