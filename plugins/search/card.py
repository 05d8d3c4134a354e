"""Say of an item what the search knows of it: where it is, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from msgspec import Struct

from plugins.core.markdown.fragment import ImageRef, Pieces
from plugins.core.model.fields import word_fields
from plugins.core.model.item import Item, Story
from plugins.core.model.values import Moment
from plugins.core.site.composition import ListedContent
from plugins.search import syllables

_LINE_END = re.compile(r"</(?:p|li|h[1-6]|t[rdh]|d[td]|blockquote|caption|figcaption|pre|div)>|<[bh]r ?/?>")
_TAG = re.compile(r"<[^>]*>")

#: Fields that are no words of a page, or stand in a card by themselves.
_APART = {"title", "summary"}


class Card(Struct, frozen=True, array_like=True):
    """One item, as results show it: the script reads its fields in this order."""

    title: str
    url: str
    section: str
    """The title of its section."""

    about: str
    """Its day and what it is referred to by: ``1/5/2026 · 411-KH/TWĐTN-BTC``."""

    text: str
    """All its other words, a paragraph or a field on each line."""

    reference: str
    """What it is referred to by."""

    filters: tuple[str, ...]
    """What a search may be narrowed to: the name of its section, its year."""

    def read(self) -> tuple[set[int], set[int], set[str]]:
        """Return the terms that its title or its reference has, those of the rest, and all its words."""
        in_head, head = syllables.read(f"{self.title}\n{self.reference}")
        in_body, body = syllables.read(f"{self.text}\n{self.about}")
        in_body -= in_head
        in_body.update(map(syllables.filter_term, self.filters))
        return in_head, in_body, head | body


def card_of(content: ListedContent, item: Item, pieces: Pieces) -> Card:
    """Make the card of an item. ``pieces`` are the HTML of its body."""
    section = content.section_of[type(item)]
    day, year = (Moment(item.date).short, (str(item.date.year),)) if isinstance(item, Story) else ("", ())
    about = " · ".join(filter(None, (day, item.reference)))
    text = "\n".join([line for line in (item.summary, plain_text(pieces), *_other_words(item)) if line])
    return Card(
        item.title, content.url(item), content.section_titles[section], about, text, item.reference, (section, *year)
    )


def plain_text(pieces: Pieces) -> str:
    """Return the words of a body, a paragraph on each line."""
    html = "".join([part if isinstance(part, str) else _caption(part) for part in pieces])
    lines = unescape(_TAG.sub("", _LINE_END.sub("\n", html))).split("\n")
    return "\n".join(filter(None, [" ".join(line.split()) for line in lines]))


def _caption(part: object) -> str:
    """Return the words that belong to a picture, as HTML."""
    if not isinstance(part, ImageRef):
        return ""
    words = part.caption or part.alt
    return f"<br>{words.replace('&', '&amp;').replace('<', '&lt;')}<br>"


def _other_words(item: Item) -> Iterator[str]:
    for attribute in word_fields(type(item)):
        if attribute not in _APART and (value := getattr(item, attribute)):
            yield value if isinstance(value, str) else "\n".join(value)
