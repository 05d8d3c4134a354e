"""Cut long lists into pages that keep their content for ever.

Pages are numbered from the oldest and carry no total, so a new entry changes the
first page and nothing else. The first page (the list's own address) holds the newest
ten to nineteen; ``trang/1/`` the ten oldest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from plugins.core.site.addresses import list_page
from plugins.core.site.views import Pager

E = TypeVar("E")

SIZE = 10


def paginate(entries: Sequence[E], path: str, size: int = SIZE) -> list[tuple[str, tuple[E, ...], Pager]]:
    """Cut ``entries`` (newest first) into pages under ``path`` (``/tin-tuc/``).

    Returns (address, entries, pager) for each page, the first page first.
    """
    full = max(0, len(entries) // size - 1)

    first = len(entries) - full * size
    pages = [(path, tuple(entries[:first]), Pager(0, older=list_page(path, full) if full else ""))]
    for number in range(full, 0, -1):
        start = len(entries) - number * size
        newer = list_page(path, number + 1) if number < full else path
        older = list_page(path, number - 1) if number > 1 else ""
        pages.append((list_page(path, number), tuple(entries[start : start + size]), Pager(number, newer, older)))
    return pages
