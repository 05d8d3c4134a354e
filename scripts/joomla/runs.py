"""Define what a text is made of between old HTML and Markdown: runs within blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from scripts.joomla.html_tree import Node


class Style(NamedTuple):
    """How words are set, as far as a portal's text keeps it."""

    strong: bool = False
    em: bool = False
    mark: Literal["", "sub", "sup", "del"] = ""
    href: str = ""


class Run(NamedTuple):
    """Words, a line break or a picture within a paragraph."""

    kind: Literal["words", "break", "picture"]
    text: str = ""
    """The words, or a picture's alternative text."""

    style: Style = Style()
    src: str = ""
    caption: str = ""


BREAK = Run("break")


@dataclass
class Paragraph:
    """Runs in a row. ``level``: of a heading, 0 for none."""

    runs: list[Run]
    level: int = 0
    align: str = ""

    @property
    def text(self) -> str:
        return text_of(self.runs)

    @property
    def words(self) -> list[Run]:
        return [run for run in self.runs if run.kind == "words" and run.text.strip()]

    @property
    def pictures(self) -> list[Run]:
        return [run for run in self.runs if run.kind == "picture"]

    def is_all(self, name: Literal["strong", "em"]) -> bool:
        """Return whether it has words, and all are strong, or emphasised."""
        return bool(self.words) and all(getattr(run.style, name) for run in self.words)


@dataclass
class Figure:
    """Pictures that stand by themselves; a caption is the last one's."""

    pictures: list[Run]


@dataclass
class ItemList:
    """A list; each item has blocks."""

    items: list[list[Block]]
    is_ordered: bool = False
    start: int = 1


@dataclass
class Quote:
    """A quotation."""

    blocks: list[Block]


@dataclass
class Table:
    """A table: rows of cells."""

    rows: list[list[Cell]]
    caption: str = ""


@dataclass
class Cell:
    """A cell of a table."""

    blocks: list[Block]
    is_header: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    """``colspan`` and ``rowspan``."""


@dataclass
class Rule:
    """A line between two parts."""


Block = Paragraph | Figure | ItemList | Quote | Table | Rule


def text_of(runs: Iterable[Run]) -> str:
    """Return the words of runs, on one line."""
    parts = (run.text if run.kind == "words" else " " for run in runs)
    return " ".join("".join(parts).split())


def text_of_blocks(blocks: Sequence[Block]) -> str:
    """Return the words of blocks, on one line."""
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        elif isinstance(block, Figure):
            parts += [picture.caption for picture in block.pictures]
        elif isinstance(block, ItemList):
            parts += [text_of_blocks(item) for item in block.items]
        elif isinstance(block, Quote):
            parts.append(text_of_blocks(block.blocks))
        elif isinstance(block, Table):
            parts += [block.caption, *(text_of_blocks(cell.blocks) for row in block.rows for cell in row)]
    return " ".join(filter(None, parts))


def trimmed(runs: Iterable[Run]) -> list[Run]:
    """Return runs with single blanks, none at the ends or beside a break, and no break at the ends."""
    result: list[Run] = []
    for run in runs:
        if run.kind == "words":
            text = _BLANKS.sub(" ", run.text)
            if text.startswith(" ") and (not result or result[-1].kind == "break" or _ends_blank(result[-1])):
                text = text[1:]
            if not text:
                continue
            if result and result[-1].kind == "words" and result[-1].style == run.style:
                result[-1] = run._replace(text=result[-1].text + text)
            else:
                result.append(run._replace(text=text))
        elif run.kind == "break":
            _strip_end(result)
            if result:
                result.append(run)
        else:
            result.append(run)
    _strip_end(result)
    while result and result[-1].kind == "break":
        del result[-1]
        _strip_end(result)
    return result


_BLANKS = re.compile("[ \t\r\n\f\v]+")


def _ends_blank(run: Run) -> bool:
    return run.kind == "words" and run.text.endswith(" ")


def _strip_end(runs: list[Run]) -> None:
    """Remove the blanks at the end."""
    while runs and runs[-1].kind == "words":
        text = runs[-1].text.rstrip(" ")
        if text:
            runs[-1] = runs[-1]._replace(text=text)
            return
        del runs[-1]


def split_at_breaks(runs: Sequence[Run]) -> list[list[Run]]:
    """Split runs where two breaks follow each other: old editors made paragraphs so."""
    pieces: list[list[Run]] = [[]]
    breaks = 0
    for run in runs:
        if run.kind == "break":
            breaks += 1
        elif run.kind == "words" and not run.text.strip() and breaks:
            continue
        else:
            if breaks > 1:
                pieces.append([])
            elif breaks:
                pieces[-1].append(BREAK)
            breaks = 0
            pieces[-1].append(run)
    return [piece for runs in pieces if (piece := trimmed(runs))]


def node_is(node: object, *tags: str) -> bool:
    """Return whether it is a node with one of these names."""
    return isinstance(node, Node) and node.tag in tags
