"""Find related stories: those that share most tags, then those of one category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from plugins.news.model import Article

#: How many stories stand under another.
COUNT = 6


class Related:
    """Find, among ``articles`` (newest first), the ``count`` nearest to each, by their positions.

    More shared tags come first, then the same category, then the newer story. Exact,
    and without comparing pairs: each tag is one big integer with a bit per story, and
    counting shared tags is a few additions on whole integers.
    """

    def __init__(self, articles: Sequence[Article], count: int = COUNT) -> None:
        self._articles = articles
        self._count = count
        self._tags = _bits(articles, lambda article: article.tags)
        self._categories = _bits(articles, lambda article: (article.category,))

    def to(self, position: int) -> tuple[int, ...]:
        """Return the positions of the stories nearest to the one at ``position``."""
        article = self._articles[position]
        at_least = [0]  # at_least[k]: the stories that share k + 1 tags or more
        for tag in article.tags:
            for shared in range(len(at_least) - 1, 0, -1):
                at_least[shared] |= at_least[shared - 1] & self._tags[tag]
            at_least[0] |= self._tags[tag]
            at_least.append(0)
        chosen: list[int] = []
        used = 1 << position
        same = self._categories[article.category]
        levels = [group for level in reversed(at_least) for group in (level & same, level)]
        for level in [*levels, same]:
            rest = level & ~used
            while rest and len(chosen) < self._count:
                lowest = rest & -rest  # the newest, since the newest story has the lowest bit
                chosen.append(lowest.bit_length() - 1)
                used |= lowest
                rest ^= lowest
            if len(chosen) == self._count:
                break
        return tuple(chosen)


def _bits(articles: Sequence[Article], names_of: Callable[[Article], Iterable[str]]) -> dict[str, int]:
    arrays: dict[str, bytearray] = defaultdict(lambda: bytearray(len(articles) // 8 + 1))
    for position, article in enumerate(articles):
        for name in names_of(article):
            arrays[name][position >> 3] |= 1 << (position & 7)
    return {name: int.from_bytes(array, "little") for name, array in arrays.items()}
