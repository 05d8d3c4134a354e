"""Which document replaces, amends or belongs to which: written on one side, known on both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from plugins.core.errors import Problem
from plugins.core.site.content import Content
from plugins.core.site.taxonomy import odd_spellings
from plugins.core.text.vietnamese import nearest, slugify
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


def rules(content: Content) -> Iterator[Problem]:
    """Every name of another document means exactly one, not oneself, and no chain is a circle."""
    replaced: dict[str, list[Paper]] = {}
    is_whole = not any(path.startswith("van-ban/") for path in content.unread)  # else it may be one of those
    for paper in register(content).papers:
        for field in OTHER_SIDE:
            for called in getattr(paper, field):
                found = register(content).find(called)
                if not found and not is_whole:
                    continue
                if len(found) != 1:
                    yield _unclear(content, paper, field, called, found)
                elif found[0] is paper:
                    yield paper.problem(field, "DOCUMENT_SELF", f"“{called}” là chính văn bản này. Xóa đi.")
                elif field == "replaces":
                    replaced.setdefault(paper.document.path, []).append(found[0])
    yield from _circles(register(content).papers, replaced)


def _unclear(content: Content, paper: Paper, field: str, called: str, found: list[Paper]) -> Problem:
    if found:
        names = ", ".join(other.name for other in found)
        message = f"Có {len(found)} văn bản mang số “{called}”. Ghi địa chỉ thay cho số, một trong: {names}"
        return paper.problem(field, "DOCUMENT_AMBIGUOUS", message)
    near = register(content).near(called)
    advice = f"Có phải là “{near}”?" if near else "Ghi số, ký hiệu hoặc địa chỉ của một văn bản có trong sổ."
    return paper.problem(field, "DOCUMENT_UNKNOWN", f"Sổ văn bản không có “{called}”. {advice}")


def _circles(papers: Sequence[Paper], replaced: dict[str, list[Paper]]) -> Iterator[Problem]:
    """One problem for each circle, at the first of its documents by path."""
    told: set[str] = set()
    for start in papers:
        path = start.document.path
        below = _reached(path, replaced) if path not in told else {}
        if path in below:
            circle = [other for other in below.values() if path in _reached(other.document.path, replaced)]
            told |= {other.document.path for other in circle}
            last = next(other for other in circle if start in replaced[other.document.path])
            message = f"Vòng thay thế: văn bản này lại bị content/{last.document.path} thay thế. Xóa một bên."
            yield start.problem("replaces", "DOCUMENT_CYCLE", message)


def _reached(path: str, replaced: dict[str, list[Paper]]) -> dict[str, Paper]:
    """What a document replaces, and what that replaces, and so on, by path."""
    found: dict[str, Paper] = {}
    waiting = list(replaced.get(path, ()))
    while waiting:
        other = waiting.pop()
        if other.document.path not in found:
            found[other.document.path] = other
            waiting += replaced.get(other.document.path, ())
    return found


def unit_spellings(content: Content) -> Iterator[Problem]:
    """A unit has one page, however it is spelt: the usual spelling is its name."""
    uses = [(paper.unit, paper) for paper in register(content).papers]
    for paper, message in odd_spellings(uses, slugify, "unit", "Đơn vị "):
        yield paper.problem("unit", "NAME_SPELLING", message, "warning")


def twins(content: Content) -> Iterator[Problem]:
    """One unit gives a number once in a year."""
    first: dict[object, Paper] = {}
    for paper in register(content).papers:
        if paper.number:
            other = first.setdefault((paper.number.key, paper.date.year, slugify(paper.unit)), paper)
            if other is not paper:
                message = f"Số {paper.number.text} năm {paper.date.year} đã có ở content/{other.document.path}. Xem lại số, ngày."
                yield paper.problem("number", "DOCUMENT_TWICE", message)
