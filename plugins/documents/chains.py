"""Which document replaces, amends or belongs to which: written on one side, known on both."""

from __future__ import annotations

from msgspec import Struct

from plugins.core.site.content import Content
from plugins.core.text.vietnamese import nearest
from plugins.documents.model import Paper
from plugins.documents.number import parse

#: Field → what the other side calls it.
OTHER_SIDE = {"replaces": "replaced_by", "amends": "amended_by", "related": "related"}

Papers = tuple[Paper, ...]


class Ties(Struct, frozen=True):
    """The other documents that one has to do with, newest first."""

    replaces: Papers = ()
    replaced_by: Papers = ()
    amends: Papers = ()
    amended_by: Papers = ()
    related: Papers = ()


class Register:
    """The documents of a content, found by what editors call them."""

    def __init__(self, content: Content) -> None:
        self.papers = content.every(Paper)
        self._by_name = {paper.name: paper for paper in self.papers}
        self._by_number: dict[object, list[Paper]] = {}
        for paper in self.papers:
            if paper.number:
                self._by_number.setdefault(paper.number.key, []).append(paper)

    def find(self, called: str) -> list[Paper]:
        """Those that ``called``, a number or an address, may mean."""
        try:
            return self._by_number.get(parse(called).key, [])
        except ValueError:
            name = called.strip("/").removeprefix("van-ban/")
            return [self._by_name[name]] if name in self._by_name else []

    def near(self, called: str) -> str:
        """The number or address that was probably meant."""
        numbers = [paper.shown_number for paper in self.papers if paper.number]
        return nearest(called, [*numbers, *self._by_name]) or ""


def register(content: Content) -> Register:
    """The content's register, made once."""
    found: Register | None = content.memo.get(Register)
    if found is None:
        found = content.memo[Register] = Register(content)
    return found


def ties(content: Content, paper: Paper) -> Ties:
    """What ``paper`` has to do with others that readers may find."""
    known: dict[str, Ties] | None = content.memo.get(Ties)
    if known is None:
        known = content.memo[Ties] = _all_ties(content)
    return known.get(paper.document.path, Ties())


def _all_ties(content: Content) -> dict[str, Ties]:
    listed = content.listed(Paper)
    order = {paper.document.path: place for place, paper in enumerate(listed)}
    found: dict[str, dict[str, dict[int, Paper]]] = {}

    def tie(one: Paper, side: str, other: Paper) -> None:
        if other.document.path in order:
            found.setdefault(one.document.path, {}).setdefault(side, {})[order[other.document.path]] = other

    for paper in content.public(Paper):
        for field, other_side in OTHER_SIDE.items():
            for called in getattr(paper, field):
                for other in register(content).find(called):
                    tie(paper, field, other)
                    tie(other, other_side, paper)
    return {
        path: Ties(**{side: tuple(some[place] for place in sorted(some)) for side, some in sides.items()})
        for path, sides in found.items()
    }
