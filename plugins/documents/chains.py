"""Find which document replaces, amends or belongs to which: written on one side, known on both."""

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

    def find(self, reference: str) -> list[Paper]:
        """Look up the documents that a number or an address may mean."""
        try:
            return self._by_number.get(parse(reference).key, [])
        except ValueError:
            name = reference.strip("/").removeprefix("van-ban/")
            return [self._by_name[name]] if name in self._by_name else []

    def near(self, reference: str) -> str:
        """Return the number or address that was probably meant."""
        numbers = [paper.shown_number for paper in self.papers if paper.number]
        return nearest(reference, [*numbers, *self._by_name]) or ""


def register(content: Content) -> Register:
    """Return the content's register, made once."""
    register: Register | None = content.memo.get(Register)
    if register is None:
        register = content.memo[Register] = Register(content)
    return register


def ties(content: Content, paper: Paper) -> Ties:
    """Return what ``paper`` has to do with others that readers may find."""
    known: dict[str, Ties] | None = content.memo.get(Ties)
    if known is None:
        known = content.memo[Ties] = _all_ties(content)
    return known.get(paper.document.path, Ties())


def _all_ties(content: Content) -> dict[str, Ties]:
    listed = content.listed(Paper)
    positions = {paper.document.path: position for position, paper in enumerate(listed)}
    all_ties: dict[str, dict[str, dict[int, Paper]]] = {}

    def tie(paper: Paper, side: str, other: Paper) -> None:
        if other.document.path in positions:
            sides = all_ties.setdefault(paper.document.path, {})
            sides.setdefault(side, {})[positions[other.document.path]] = other

    for paper in content.public(Paper):
        for field, other_side in OTHER_SIDE.items():
            for reference in getattr(paper, field):
                for other in register(content).find(reference):
                    tie(paper, field, other)
                    tie(other, other_side, paper)
    return {
        path: Ties(**{side: tuple(others[position] for position in sorted(others)) for side, others in sides.items()})
        for path, sides in all_ties.items()
    }
