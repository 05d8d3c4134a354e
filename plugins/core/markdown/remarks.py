"""Find what the author of a Markdown text should know about it."""

from __future__ import annotations

import re

from plugins.core.markdown.fragment import Position, TextRemark
from plugins.core.markdown.leaf_blocks import TextNote
from plugins.core.markdown.raw_signs import raw_signs
from plugins.core.text.vietnamese import line_and_column, without_code


def find_remarks(notes: list[TextNote], html: str, text: str) -> tuple[TextRemark, ...]:
    """Return the remarks on ``text``, whose HTML is ``html``, in the order of its lines."""
    remarks = {(note.code, note.line): TextRemark(note.code, note.quote, Position(note.line, 0)) for note in notes}
    signs = list(raw_signs(html))
    if signs:
        source = _ESCAPED.sub("\0\0", without_code(text))  # an escaped character is meant as it is
        search_from = 0
        for raw_sign in signs:
            start = (
                raw_sign.quote if raw_sign.quote in source else raw_sign.quote[:8]
            )  # the quotation may lack marks of emphasis
            offset = source.find(start, search_from)
            if offset >= 0:
                search_from = offset + len(start)
                position = Position(*line_and_column(text, offset))
                remark = TextRemark("RAW_SIGN", raw_sign.quote, position, raw_sign.kind)
                remarks.setdefault((raw_sign.kind, position.line), remark)
    if "\t" in text and (rows := _TABBED.search(without_code(text))):
        position = Position(*line_and_column(text, rows.start()))
        remarks["TABLE_TABS", position.line] = TextRemark("TABLE_TABS", "", position)
    return tuple(sorted(remarks.values(), key=lambda remark: remark.position))


# Two lines of cells with tabs between them, as spreadsheets put on the clipboard; “1.⇥Mục” is an item of a list.
_CELLS = r"(?:[^\t\n]*[^\W\d_]{2}[^\t\n]*\t[^\t\n]*\S|[^\t\n]+\t[^\t\n]+\t).*"
_TABBED = re.compile(rf"^{_CELLS}\n{_CELLS}", re.M)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
