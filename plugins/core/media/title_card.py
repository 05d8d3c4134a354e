"""Describe a share card: the picture of a page that has none, with its title. Without Pillow."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Set
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct, msgpack

SIZE = (1200, 630)
"""Width and height in pixels, as social networks ask for."""

_RECIPE = "1"  # part of each digest: any change to how cards are drawn must change it, so that they are drawn again

#: What the font can draw: Latin with all letters of Vietnamese, punctuation, a few signs.
_DRAWABLE = re.compile(
    "[ -~\u00a0-\u00ff\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ab\u20ac\u2122\u2212\u2264\u2265]*"
)

_encode = msgpack.Encoder(order="deterministic").encode


class TitleCard(Struct, frozen=True):
    """The words of a card."""

    title: str

    kicker: str
    """The category or section that the title is from; may be empty."""

    site_name: str

    emblem: str
    """The digest of the portal's emblem."""

    @property
    def name(self) -> str:
        """The name of its file: cards of the same words are the same."""
        return f"{blake2b(_encode((_RECIPE, self)), digest_size=10).hexdigest()}-card.png"

    @property
    def is_drawable(self) -> bool:
        """Return whether the font has all its letters."""
        return bool(_DRAWABLE.fullmatch(self.title + self.kicker + self.site_name))


def missing(cards: Iterable[TitleCard], folder: Path, elsewhere: Set[str] = frozenset()) -> list[TitleCard]:
    """Return those of ``cards`` that have no file yet, in ``folder`` or ``elsewhere``, each once, in a fixed order."""
    by_name = {card.name: card for card in cards}  # few beside all pictures in the folder, which so is not listed
    names = sorted(by_name.keys() - elsewhere)
    return [by_name[name] for name in names if not os.path.exists(f"{folder}/{name}")]
