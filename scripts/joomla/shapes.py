"""Give blocks the shape that a careful editor would have typed: captions, headings, lists, plain tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from scripts.joomla.runs import (
    Block,
    Cell,
    Figure,
    ItemList,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
    text_of_blocks,
    trimmed,
)

MAX_CAPTION = 250
MAX_HEADING = 90
_LIST_MARK = re.compile(r"[-–—+•●▪]\s+(?=\S)")
_FILE_NAME = re.compile(
    r"(?:[0-9a-f]{12,}|(?:IMG|DSC|PXL|Screenshot|z)[_ -]?\d{3,}\S*|[\d_ ]{9,}[no]?|[\w%-]+\.(?:jpe?g|png|webp|gif|bmp|heic)"
    r"|(?:alt|image|images?\d*|anh\d*|ảnh\s?\d*|untitled|no image|picture\d*|hinh\d*|hình\s?\d*|\d{1,8}))",
    re.I,
)
_HASH_LIKE = re.compile(r"(?=\S*\d)[\w.-]{12,}|[\d\W]*n?", re.I)


def shape(blocks: Sequence[Block], title: str = "") -> list[Block]:
    """Return the blocks of a text in their final shape. ``title``: of the text, which is not repeated at its head."""
    result = _figures(_plain_tables(blocks))
    if result and isinstance(result[0], Paragraph) and result[0].level and _same(result[0].text, title):
        del result[0]
    result = _lists(result)
    _promote(result)
    _level(result)
    while result and isinstance(result[-1], Rule):
        del result[-1]
    return result


def is_file_name(words: str) -> bool:
    """Return whether words are no description of a picture: a file's name, a hash, “alt”."""
    words = words.strip()
    return bool(_FILE_NAME.fullmatch(words) or _HASH_LIKE.fullmatch(words))


def _within(block: Block, change: Callable[[Sequence[Block]], list[Block]]) -> Block:
    """Return a block with the blocks in it changed."""
    if isinstance(block, Quote):
        return Quote(change(block.blocks))
    if isinstance(block, ItemList):
        return ItemList([change(item) for item in block.items], block.is_ordered, block.start)
    return block


def _same(text: str, title: str) -> bool:
    return " ".join(text.casefold().split()) == " ".join(title.casefold().split())


# -- tables ------------------------------------------------------------------------


def _plain_tables(blocks: Sequence[Block]) -> list[Block]:
    """Take apart the tables that only lay something out."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            result += _unpack(block)
        else:
            result.append(_within(block, _plain_tables))
    return result


def _unpack(table: Table) -> list[Block]:
    rows = [[Cell(_plain_tables(cell.blocks), cell.is_header, cell.attributes) for cell in row] for row in table.rows]
    rows = [row for row in rows if any(cell.blocks for cell in row)]
    if (figures := _picture_rows(rows)) and not table.caption:
        return figures
    caption: list[Block] = [Paragraph([Run("words", table.caption)])] if table.caption else []
    is_layout = len(rows) <= 1 or all(len(row) <= 1 for row in rows) or _holds_article(rows)
    if is_layout:
        return [*caption, *(block for row in rows for cell in row for block in cell.blocks)]
    return [Table(rows, table.caption)]


def _picture_rows(rows: list[list[Cell]]) -> list[Block]:
    """Return figures where the rows are pictures with their words below, by columns; nothing for other tables."""
    if len(rows) != 2 or not (len(rows[0]) == len(rows[1]) or len(rows[1]) == 1):
        return []
    captions = [text_of_blocks(cell.blocks) for cell in rows[1]]
    for cell, caption in zip(rows[0], [*captions, *[""] * len(rows[0])], strict=False):
        is_picture = cell.blocks and all(_only_pictures(block) for block in cell.blocks)
        if not is_picture or len(caption) > 2 * MAX_CAPTION:
            return []
    if any(not isinstance(block, Paragraph) or block.pictures for cell in rows[1] for block in cell.blocks):
        return []
    result: list[Block] = []
    for position, cell in enumerate(rows[0]):
        pictures = [run for block in cell.blocks for run in _pictures_of(block)]
        result.append(Figure(pictures))
        if position < len(rows[1]):
            result += _as_caption(pictures, rows[1][position].blocks)
    return result


def _as_caption(pictures: list[Run], blocks: list[Block]) -> list[Block]:
    """Make words the caption of the last picture; return them as paragraphs where they have links of their own."""
    words = text_of_blocks(blocks)
    runs = [run for block in blocks if isinstance(block, Paragraph) for run in block.runs]
    if not words or pictures[-1].caption or any(run.style.href for run in runs):
        return list(blocks)
    pictures[-1] = pictures[-1]._replace(caption=words)
    return []


def _holds_article(rows: list[list[Cell]]) -> bool:
    """Return whether cells hold so much that they are columns of a page, not data."""
    return any(len(cell.blocks) > 6 and len(text_of_blocks(cell.blocks)) > 1200 for row in rows for cell in row)


# -- pictures ----------------------------------------------------------------------


def _only_pictures(block: Block) -> bool:
    return bool(isinstance(block, Figure) or (isinstance(block, Paragraph) and block.pictures and not block.words))


def _pictures_of(block: Block) -> list[Run]:
    return block.pictures if isinstance(block, (Figure, Paragraph)) else []


def _figures(blocks: Sequence[Block]) -> list[Block]:
    """Set pictures apart from words, with the captions that stand below them."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.pictures:
            result += _apart(block)
        elif isinstance(block, Paragraph) and result and _is_caption(block, result[-1]):
            figure = result[-1]
            assert isinstance(figure, Figure)
            result += _as_caption(figure.pictures, [block])
        else:
            result.append(_within(block, _figures))
    return result


def _apart(paragraph: Paragraph) -> list[Block]:
    """Cut a paragraph into the words and the pictures of it."""
    pieces: list[list[Run]] = []
    last_kind = ""
    for run in paragraph.runs:
        kind = run.kind if run.kind != "break" else last_kind
        if kind == "words" and last_kind == "picture" and not run.text.strip():
            continue
        if kind != last_kind:
            pieces.append([])
        pieces[-1].append(run)
        last_kind = kind
    result: list[Block] = []
    for piece in pieces:
        if piece[0].kind == "picture":
            pictures = [run for run in piece if run.kind == "picture"]
            if result and isinstance(result[-1], Figure) and not result[-1].pictures[-1].caption:
                result[-1].pictures += pictures
            else:
                result.append(Figure(pictures))
        elif runs := trimmed(piece):
            words = Paragraph(runs, paragraph.level, paragraph.align)
            follows = bool(result) and isinstance(result[-1], Figure)
            is_below = len(result) == 1  # words on both sides of a picture are a sentence, not its caption
            if follows and is_below and _is_caption(words, result[-1], is_same_paragraph=True):
                figure = result[-1]
                assert isinstance(figure, Figure)
                result += _as_caption(figure.pictures, [words])
            else:
                result.append(words)
    return result


def _is_caption(paragraph: Paragraph, before: Block, *, is_same_paragraph: bool = False) -> bool:
    """Return whether words below a picture say what it shows: emphasised, in brackets, or centred under it."""
    if not isinstance(before, Figure) or before.pictures[-1].caption or paragraph.level:
        return False
    text = paragraph.text
    if not text or len(text) > MAX_CAPTION or is_file_name(text):
        return False
    is_bracketed = text.startswith("(") and text.endswith(")")
    is_named = re.match(r"(?:Ảnh|Hình|Trong ảnh)\s*(?:\d+\s*)?[:.]", text)
    is_short = is_same_paragraph and len(text) < 160 and not re.search(r"[.!?…]\s+\S", text)
    return bool(is_bracketed or is_named or is_short or paragraph.is_all("em") or paragraph.align == "center")


# -- headings and lists ---------------------------------------------------------------


def _lists(blocks: Sequence[Block]) -> list[Block]:
    """Make lists of paragraphs, or lines of one, that begin with a dash."""
    result: list[Block] = []
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not block.level and (items := _dashed_lines(block)):
            is_list = (
                len(items) > 1 or _begins_with_mark(blocks, position - 1) or _begins_with_mark(blocks, position + 1)
            )
            is_list = is_list or (position > 0 and text_of_blocks(blocks[position - 1 : position]).endswith(":"))
            if is_list:
                if (
                    result
                    and isinstance(result[-1], ItemList)
                    and not result[-1].is_ordered
                    and position
                    and _begins_with_mark(blocks, position - 1)
                ):
                    result[-1].items += items
                else:
                    result.append(ItemList(items))
                continue
        result.append(block)
    return result


def _begins_with_mark(blocks: Sequence[Block], position: int) -> bool:
    block = blocks[position] if 0 <= position < len(blocks) else None
    return isinstance(block, Paragraph) and not block.level and bool(_dashed_lines(block))


def _dashed_lines(paragraph: Paragraph) -> list[list[Block]]:
    """Return the lines of a paragraph as items, if each begins with a dash."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        if run.kind == "break":
            lines.append([])
        else:
            lines[-1].append(run)
    items: list[list[Block]] = []
    for line in lines:
        first = line[0] if line else None
        mark = _LIST_MARK.match(first.text) if first and first.kind == "words" else None
        if not first or not mark:
            return []
        items.append([Paragraph(trimmed([first._replace(text=first.text[mark.end() :]), *line[1:]]))])
    return [item for item in items if isinstance(item[0], Paragraph) and item[0].runs]


def _promote(blocks: list[Block]) -> None:
    """Make headings of short bold paragraphs that stand above others, where that is certain."""
    for position, block in enumerate(blocks[:-1]):
        if not isinstance(block, Paragraph) or block.level or not position:
            continue
        after = blocks[position + 1]
        text = block.text
        is_followed = (
            isinstance(after, Paragraph) and not after.is_all("strong") and len(after.text) > 60
        ) or isinstance(after, (ItemList, Table))
        is_line = all(run.kind == "words" and not run.style.href and not run.style.em for run in block.runs)
        is_title = 3 <= len(text) <= MAX_HEADING and text[-1] not in '.,;:…?!)”"' and text[0] not in '(“"-*'
        if is_followed and is_line and is_title and block.is_all("strong") and block.align not in ("center", "right"):
            block.level = 2
            block.runs = [run._replace(style=run.style._replace(strong=False)) for run in block.runs]


def _level(blocks: list[Block]) -> None:
    """Make the highest heading one of level 2."""
    headings = [block for block in blocks if isinstance(block, Paragraph) and block.level]
    shift = 2 - min((heading.level for heading in headings), default=2)
    for heading in headings:
        heading.level = min(heading.level + shift, 6)
