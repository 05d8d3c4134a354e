"""Define what an old portal had, whichever version of Joomla it was, or a folder of saved pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

State = Literal["published", "draft", "trashed"]


class OldPicture(NamedTuple):
    """A picture that a field of an article names, not its text."""

    src: str
    alt: str = ""
    caption: str = ""


class OldFile(NamedTuple):
    """A file or an address that an article offers beside its text."""

    address: str
    title: str = ""


class OldArticle(Struct, kw_only=True):
    """One article. Dates are as the database has them: UTC, or empty."""

    key: str
    """``a24`` for article 24 of Joomla, ``k24`` for an item of K2, ``p…`` for a saved page."""

    title: str
    alias: str = ""
    category: str = ""
    """The key of its category."""

    introtext: str = ""
    fulltext: str = ""
    state: State = "published"
    created: str = ""
    publish_up: str = ""
    publish_down: str = ""
    modified: str = ""
    author: str = ""
    """The name that the page shows, never the account's."""

    language: str = ""
    images: str = ""
    """The column ``images`` of Joomla 1.5, for ``{mosimage}``."""

    pictures: tuple[OldPicture, ...] = ()
    """The first stands for the article."""

    gallery: str = ""
    video: str = ""
    files: tuple[OldFile, ...] = ()
    tags: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    """Labels and values of extra fields."""

    path: str = ""
    """The address of a saved page, from the old site's root."""

    file: str = ""
    """Where it lies now, as pages saved with it link to it."""


class OldCategory(Struct, frozen=True, kw_only=True):
    """A section or category; ``key``: ``c3`` of Joomla, ``s1`` a section of 1.5, ``kc3`` of K2."""

    key: str
    title: str
    alias: str = ""
    parent: str = ""


class OldMenuItem(Struct, frozen=True, kw_only=True):
    """An entry of a menu: its path from the old site's root, and the query that it leads to."""

    id: str
    title: str
    path: str
    query: Mapping[str, str]


class OldComment(Struct, frozen=True, kw_only=True):
    """A comment that was let through. Neither address nor account of who wrote it is read."""

    article: str
    id: int
    parent: int
    author: str
    created: str
    text: str
    is_bbcode: bool = True


class OldSite(Protocol):
    """An old portal, however it was read."""

    notes: list[str]
    """What the operator should know of the source as a whole."""

    @property
    def version(self) -> str:
        """What it was, in words: “Joomla 2.5”."""

    @property
    def has_alias_addresses(self) -> bool:
        """Whether its addresses may end with an alias alone: since Joomla 3.8, and saved pages."""

    @property
    def categories(self) -> Mapping[str, OldCategory]:
        """Sections and categories, by key."""

    @property
    def menu(self) -> Iterable[OldMenuItem]:
        """The entries of its menus."""

    @property
    def tag_keys(self) -> Mapping[str, str]:
        """The keys of the addresses of its tags (``plugins/redirects/forms.py``) → their titles."""

    def written_addresses(self) -> Iterator[tuple[str, str]]:
        """Yield the addresses that a component has made up, and those that they stood for."""

    def articles(self) -> Iterator[OldArticle]:
        """Yield all articles, by key."""

    def article(self, number: int) -> OldArticle:
        """Return the article at a position of ``articles``."""

    def comments(self) -> Iterator[OldComment]:
        """Yield all approved comments."""

    def close(self) -> None:
        """Let go of what was read."""
