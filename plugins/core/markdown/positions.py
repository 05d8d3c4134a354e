"""Find the positions in a Markdown text of what its HTML holds."""

from __future__ import annotations

import re

from plugins.core.markdown.fragment import Position
from plugins.core.text.vietnamese import line_and_column, without_code


def first_position(pattern: str, text: str) -> Position:
    """Return the first position of ``pattern`` in ``text``, outside of quoted code if it is there."""
    match = re.search(pattern, without_code(text), re.I) or re.search(pattern, text, re.I)
    return Position(*line_and_column(text, match.start() if match else 0))


class AddressLocator:
    """The positions of addresses in a text, found one after the other."""

    def __init__(self, text: str) -> None:
        self._text = f"{text}\n"  # so that an address at either end has a neighbour, and ``_find`` sees it whole
        self._has_code = "`" in text or "~~~" in text
        self._next: dict[str, int] = {}
        self._code_free = ""

    def next_position(self, address: str) -> Position:
        """Return the next position of ``address``, (0, 0) if the text has it in another form."""
        if not address:
            return Position(0, 0)
        start = self._next.get(address, 0)
        offset = self._find(address, start)
        if offset < 0:  # “www.…” has become https://www.…, “a@b.vn” mailto:a@b.vn
            bare = address.partition("://")[2] or address.removeprefix("mailto:")
            offset = self._find(bare, start) if bare != address else offset
        if offset < 0:
            return Position(0, 0)
        self._next[address] = offset + len(address)
        return Position(*line_and_column(self._text, offset))

    def _find(self, address: str, start: int) -> int:
        """Return the offset of ``address`` as a whole, not as part of a longer one and not in code."""
        text = self._text
        offset = text.find(address, start)
        while offset >= 0:
            if text[offset - 1] in _BEFORE and text[offset + len(address) : offset + len(address) + 1] in _AFTER:
                if not self._has_code:
                    return offset
                self._code_free = self._code_free or without_code(text)
                if self._code_free.startswith(address, offset):
                    return offset
            offset = text.find(address, offset + 1)
        return text.find(address, start)


_BEFORE = " \n\t\xa0(<\"'=:[“‘>*_,;"
_AFTER = " \n\t\xa0)>\"'.,;:!?]”’<*_"
