"""Write blocks as Markdown, as the portal reads it: every sign that is only text stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape as escape_html
from itertools import groupby

from plugins.core.markdown.block_syntax import BULLETS
from scripts.joomla.runs import Block, Cell, Figure, ItemList, Paragraph, Quote, Run, Style, Table, trimmed

_ESCAPED = re.compile(r"[\\`*\[\]<>{}~^$|]|_|&(?=#?\w+;)|!(?=\[)|==+|%%")
#: What a page would make a link of that opens nowhere but on the writer's machine.
_OWN_MACHINE = re.compile(r"(https?://(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0)[^\s`]*)", re.I)
_TWICE = re.compile(r"&amp;(?=#?\w+;)")
_INNER = re.compile(r"(?<=[^\W_])_(?=[^\W_])")
_LINE_START = re.compile(
    rf"(?P<number>\d{{1,9}})(?P<dot>[.)])(?=[\s\xa0]|$)|[-+=#:|~>](?=.)|[-+=#]$|[{BULLETS}](?=[\s\xa0]|$)"
)
_ADDRESS_SIGNS = re.compile(r"[\s()<>\"'\\`\[\]]")
_SAFE_TITLE = re.compile(r"[^\"\\*_<>&\[\]`(){}~^$|]+")
#: Marks of emphasis, until it is known what stands on both sides of them.
_OPEN_STRONG, _CLOSE_STRONG, _OPEN_EM, _CLOSE_EM = "\ue000\ue001\ue002\ue003"


def write_blocks(blocks: Sequence[Block]) -> str:
    """Return the Markdown of blocks, without a line end."""
    parts: list[str] = []
    for position, block in enumerate(blocks):
        previous = blocks[position - 1] if position else None
        if isinstance(block, ItemList) and isinstance(previous, ItemList) and block.is_ordered == previous.is_ordered:
            parts.append("<!-- -->")  # two lists in a row would be one
        parts.append(_write(block))
    return "\n\n".join(part for part in parts if part)


def _write(block: Block) -> str:
    if isinstance(block, Paragraph):
        if block.level:
            line = _line(block.runs)
            return f"{'#' * block.level} {line}{' #' if line.endswith('#') else ''}"
        return _lines(block.runs)
    if isinstance(block, Figure):
        return "\n".join(map(_picture, block.pictures))
    if isinstance(block, Quote):
        return "\n".join(f"> {line}" if line else ">" for line in write_blocks(block.blocks).split("\n"))
    if isinstance(block, ItemList):
        return _list(block)
    if isinstance(block, Table):
        return _table(block)
    return "---"


def _list(block: ItemList) -> str:
    # only what follows a paragraph may follow it without a blank line: a table of HTML would swallow a list
    is_loose = any(
        not isinstance(item[0], (Paragraph, ItemList)) or not all(isinstance(part, ItemList) for part in item[1:])
        for item in block.items
    )
    items = []
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.is_ordered else "- "
        inside = write_blocks(item)
        if not is_loose:
            inside = re.sub(r"\n\n(?=[ ]*(?:-|\d+\.) )", "\n", inside)
        lines = inside.split("\n")
        items.append("\n".join([mark + lines[0], *(" " * len(mark) + line if line else "" for line in lines[1:])]))
    return ("\n\n" if is_loose else "\n").join(items)


# -- runs ----------------------------------------------------------------------------


def _lines(runs: Sequence[Run]) -> str:
    """Write the runs of a paragraph; each line must begin no block."""
    lines = _inline(runs).split("\n")
    return "\n".join(_guarded(line) for line in lines)


def _guarded(line: str) -> str:
    match = _LINE_START.match(line)
    if not match:
        return line
    if match["number"]:
        return f"{match['number']}\\{line[match.end('number') :]}"
    if line[0] in BULLETS:
        return f"&#{ord(line[0])};{line[1:]}"
    return f"\\{line}"


def _line(runs: Sequence[Run]) -> str:
    """Write runs on one line: a heading's, or a cell's."""
    return _inline([run if run.kind != "break" else Run("words", " ") for run in runs]).replace("\n", " ")


def _inline(runs: Sequence[Run]) -> str:
    parts = []
    for href, linked in groupby(runs, lambda run: run.style.href if run.kind != "break" else None):
        group = list(linked)
        if href is None:
            parts.append("\\\n" * len(group))
            continue
        text = _styled(group)
        if href and text.strip():
            lead = text[: len(text) - len(text.lstrip())]
            tail = text[len(text.rstrip()) :]
            parts.append(f"{lead}[{text.strip()}]({_address(href)}){tail}")
        else:
            parts.append(text)
    return _resolve("".join(parts))


def _styled(runs: Sequence[Run]) -> str:
    parts = []
    for strong, strong_runs in groupby(runs, lambda run: run.kind == "words" and run.style.strong):
        inner = []
        for em, em_runs in groupby(strong_runs, lambda run: run.kind == "words" and run.style.em):
            text = "".join(_picture(run, is_inline=True) if run.kind == "picture" else _marked(run) for run in em_runs)
            inner.append(_wrapped(text, _OPEN_EM, _CLOSE_EM) if em else text)
        text = "".join(inner)
        parts.append(_wrapped(text, _OPEN_STRONG, _CLOSE_STRONG) if strong else text)
    return "".join(parts)


def _wrapped(text: str, start: str, end: str) -> str:
    """Put marks around ``text``, within its blanks; around no words there are none."""
    stripped = text.strip()
    if not re.search(r"\w", stripped):
        return text
    lead, _, tail = text.partition(stripped)
    return f"{lead}{start}{stripped}{end}{tail}"


def _marked(run: Run) -> str:
    text = "".join(
        f"`{part}`" if number % 2 else escape(part) for number, part in enumerate(_OWN_MACHINE.split(run.text))
    )
    mark = run.style.mark
    return f"<{mark}>{text}</{mark}>" if mark and text.strip() else text


def _resolve(text: str) -> str:
    """Replace the marks of emphasis: by asterisks where these cannot be misread, else by tags."""
    if _OPEN_STRONG not in text and _OPEN_EM not in text:
        return text
    signs = re.split(f"([{_OPEN_STRONG}-{_CLOSE_EM}])", text)
    is_nested = _OPEN_STRONG in text and re.search(f"{_OPEN_STRONG}[^{_CLOSE_STRONG}]*{_OPEN_EM}", text)
    for opener, closer, markup, tag in (
        (_OPEN_STRONG, _CLOSE_STRONG, "**", "strong"),
        (_OPEN_EM, _CLOSE_EM, "*", "em"),
    ):
        for position, part in enumerate(signs):
            if part != opener:
                continue
            end = signs.index(closer, position)
            before = "".join(signs[:position])[-1:]
            after = "".join(signs[end + 1 :])[:1].replace("\\", " ")
            first, last = signs[position + 1][:1], signs[end - 1][-1:]
            is_plain = (
                not (markup == "*" and is_nested)
                and _is_outside(before)
                and _is_outside(after)
                and _is_word(first)
                and _is_word(last)
            )
            signs[position], signs[end] = (markup, markup) if is_plain else (f"<{tag}>", f"</{tag}>")
    return "".join(signs)


def _is_outside(char: str) -> bool:
    return not char or char in " \n.,;:!?…)(”“–—"


def _is_word(char: str) -> bool:
    return bool(char) and (char.isalnum() or char in ".!?…)”“,;:")


def escape(text: str) -> str:
    """Return ``text`` so that Markdown reads all of it as text."""
    text = text.replace("\n", " ")
    if not _ESCAPED.search(text):
        return text
    text = _INNER.sub("\ue004", text)
    text = _ESCAPED.sub(lambda match: "&#38;" if match[0] == "&" else "".join(f"\\{char}" for char in match[0]), text)
    return text.replace("\ue004", "_")


def _address(href: str) -> str:
    return _ADDRESS_SIGNS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), href)


def _picture(run: Run, *, is_inline: bool = False) -> str:
    alt = escape(run.text).replace("\n", " ")
    title = f' "{run.caption}"' if run.caption and _SAFE_TITLE.fullmatch(run.caption) else ""
    shown = f"![{alt}]({_address(run.src)}{title})"
    if run.style.href and not is_inline:
        shown = f"[{shown}]({_address(run.style.href)})"
    if run.caption and not title:
        words = _inline([Run("words", run.caption, Style(em=True))])
        shown += f"{' ' if is_inline else chr(10)}{words}"
    return shown


# -- tables --------------------------------------------------------------------------


def _table(table: Table) -> str:
    caption = f"{_lines([Run('words', table.caption)])}\n\n" if table.caption and _is_plain(table) else ""
    return caption + (_pipe_table(table) if _is_plain(table) else html_table(table))


def _is_plain(table: Table) -> bool:
    """Return whether Markdown can write a table: a head, as many cells in each row, a line in each cell."""
    width = len(table.rows[0])
    return (
        width > 1
        and all(len(row) == width and all(map(_is_plain_cell, row)) for row in table.rows)
        and all(cell.blocks and (cell.is_header or _is_bold(cell)) for cell in table.rows[0])
    )


def _is_plain_cell(cell: Cell) -> bool:
    is_line = not cell.blocks or (len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph))
    runs = cell.blocks[0].runs if cell.blocks and isinstance(cell.blocks[0], Paragraph) else []
    return is_line and not cell.attributes and all(run.kind == "words" for run in runs)


def _is_bold(cell: Cell) -> bool:
    return all(isinstance(block, Paragraph) and block.is_all("strong") for block in cell.blocks)


def _pipe_table(table: Table) -> str:
    rows = [[_cell(cell, is_head=not number) for cell in row] for number, row in enumerate(table.rows)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{'---|' * len(rows[0])}")
    return "\n".join(lines)


def _cell(cell: Cell, *, is_head: bool) -> str:
    runs = cell.blocks[0].runs if cell.blocks and isinstance(cell.blocks[0], Paragraph) else []
    if is_head:
        runs = [run._replace(style=run.style._replace(strong=False)) for run in runs]
    return _line(trimmed(runs))


def html_table(table: Table) -> str:
    """Write a table as HTML: what Markdown's tables cannot hold. It has no blank line, which would end it."""
    lines = ["<table>"]
    if table.caption:
        lines.append(f"<caption>{escape_html(table.caption)}</caption>")
    for row in table.rows:
        cells = []
        for cell in row:
            tag = "th" if cell.is_header else "td"
            attributes = "".join(f' {name}="{value}"' for name, value in sorted(cell.attributes.items()))
            cells.append(f"<{tag}{attributes}>{_html_blocks(cell.blocks)}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table>"])


def _html_blocks(blocks: Sequence[Block]) -> str:
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not blocks[0].level:
        return _html_runs(blocks[0].runs)
    return "".join(map(_html_block, blocks))


def _html_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_html_runs(block.runs)}</p>"
    if isinstance(block, Figure):
        return f"<p>{_html_runs(block.pictures)}</p>"
    if isinstance(block, Quote):
        return f"<blockquote>{_html_blocks(block.blocks)}</blockquote>"
    if isinstance(block, ItemList):
        tag = "ol" if block.is_ordered else "ul"
        return f"<{tag}>{''.join(f'<li>{_html_blocks(item)}</li>' for item in block.items)}</{tag}>"
    if isinstance(block, Table):
        return html_table(block).replace("\n", "")
    return "<hr>"


def _html_runs(runs: Sequence[Run]) -> str:
    parts = []
    for run in runs:
        style = run.style
        if run.kind == "break":
            parts.append("<br>")
            continue
        if run.kind == "picture":
            html = f'<img src="{escape_html(_address(run.src))}" alt="{escape_html(run.text)}">'
            html += f" <em>{escape_html(run.caption)}</em>" if run.caption else ""
        else:
            html = _TWICE.sub("&#38;", escape_html(run.text, quote=False))  # “&amp;lt;” looks like a mistake
        for is_on, tag in ((style.mark, style.mark), (style.em, "em"), (style.strong, "strong")):
            if is_on and run.kind == "words" and run.text.strip():
                html = f"<{tag}>{html}</{tag}>"
        parts.append(f'<a href="{escape_html(_address(style.href))}">{html}</a>' if style.href else html)
    return "".join(parts)
