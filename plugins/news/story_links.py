"""Look up the links at the end of a story: related stories, and its neighbours in the category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from plugins.core.hashing import digest
from plugins.core.site.content import Content
from plugins.core.site.fingerprints import item_fingerprint
from plugins.news.model import Article
from plugins.news.related import COUNT, Related

_NONE = b"", 0


class StoryLinks:
    """The related stories and the neighbours of each listed story, worked out when somebody asks first."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._articles = content.listed(Article)
        self._last: tuple[Article | None, list[Article]] = None, []

    @cached_property
    def _nearest(self) -> Related:
        return Related(self._articles)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {article.document.path: position for position, article in enumerate(self._articles)}

    @cached_property
    def _neighbours(self) -> dict[str, tuple[Article | None, Article | None]]:
        by_category: dict[str, list[Article]] = defaultdict(list)
        for article in self._articles:
            by_category[article.category].append(article)
        return {
            article.document.path: (newer, older)
            for group in by_category.values()
            for newer, article, older in zip([None, *group[:-1]], group, [*group[1:], None], strict=True)
        }

    def related(self, article: Article) -> list[Article]:
        """Return the stories that are nearest to it."""
        if self._last[0] is not article:  # a page that is rendered asks twice: for its view and its inputs
            position = self._positions.get(article.document.path)
            nearest = self._nearest.to(position) if position is not None else ()
            self._last = article, [self._articles[index] for index in nearest]
        return self._last[1]

    def related_fingerprints(self, article: Article) -> list[bytes]:
        """Digest all stories that may be among the nearest: those with one of its tags and, where
        these may be too few, those of its category."""
        groups = [self._tags.get(tag, _NONE) for tag in article.tags]
        if all(count <= COUNT for _, count in groups):
            groups.append(self._categories.get(article.category, _NONE))
        return [fingerprint for fingerprint, _ in groups]

    @cached_property
    def _tags(self) -> dict[str, tuple[bytes, int]]:
        return self._groups(lambda article: article.tags)

    @cached_property
    def _categories(self) -> dict[str, tuple[bytes, int]]:
        return self._groups(lambda article: (article.category,))

    def _groups(self, names_of: Callable[[Article], Iterable[str]]) -> dict[str, tuple[bytes, int]]:
        """Digest and count the stories of each name."""
        groups: dict[str, list[bytes]] = defaultdict(list)
        for article in self._articles:
            fingerprint = item_fingerprint(self._content, article)
            for name in names_of(article):
                groups[name].append(fingerprint)
        return {name: (digest(*group), len(group)) for name, group in groups.items()}

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """Return the next newer and the next older story of its category."""
        return self._neighbours.get(article.document.path, (None, None))
