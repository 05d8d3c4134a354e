"""Check what documents of the register say of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.core.errors import Problem
from plugins.core.site.content import Content
from plugins.core.site.taxonomy import odd_spellings
from plugins.core.text.vietnamese import slugify
from plugins.documents.chains import OTHER_SIDE, register
from plugins.documents.model import Paper


def rules(content: Content) -> Iterator[Problem]:
    """Report doubtful references, numbers that are given twice, and units spelled in more than one way."""
    yield from references(content)
    yield from twins(content)
    yield from unit_spellings(content)


def references(content: Content) -> Iterator[Problem]:
    """Report references that mean no other document or several, and circles of replacement."""
    replaced: dict[str, list[Paper]] = {}
    is_whole = not any(path.startswith("van-ban/") for path in content.unread)  # else it may be one of those
    for paper in register(content).papers:
        for field in OTHER_SIDE:
            for reference in getattr(paper, field):
                matches = register(content).find(reference)
                if not matches and not is_whole:
                    continue
                if len(matches) != 1:
                    yield _unclear(content, paper, field, reference, matches)
                elif matches[0] is paper:
                    yield paper.problem(field, "DOCUMENT_SELF", f"“{reference}” là chính văn bản này. Xóa đi.")
                elif field == "replaces":
                    replaced.setdefault(paper.document.path, []).append(matches[0])
    yield from _circles(register(content).papers, replaced)


def _unclear(content: Content, paper: Paper, field: str, reference: str, matches: list[Paper]) -> Problem:
    if matches:
        names = ", ".join(other.name for other in matches)
        message = f"Có {len(matches)} văn bản mang số “{reference}”. Ghi địa chỉ thay cho số, một trong: {names}"
        return paper.problem(field, "DOCUMENT_AMBIGUOUS", message)
    near = register(content).near(reference)
    advice = f"Có phải là “{near}”?" if near else "Ghi số, ký hiệu hoặc địa chỉ của một văn bản có trong sổ."
    return paper.problem(field, "DOCUMENT_UNKNOWN", f"Sổ văn bản không có “{reference}”. {advice}")


def _circles(papers: Sequence[Paper], replaced: dict[str, list[Paper]]) -> Iterator[Problem]:
    """Report each circle of replacement once, at the first of its documents by path."""
    reported: set[str] = set()
    for start in papers:
        path = start.document.path
        reached = _reached(path, replaced) if path not in reported else {}
        if path in reached:
            circle = [other for other in reached.values() if path in _reached(other.document.path, replaced)]
            reported |= {other.document.path for other in circle}
            last = next(other for other in circle if start in replaced[other.document.path])
            message = f"Vòng thay thế: văn bản này lại bị content/{last.document.path} thay thế. Xóa một bên."
            yield start.problem("replaces", "DOCUMENT_CYCLE", message)


def _reached(path: str, replaced: dict[str, list[Paper]]) -> dict[str, Paper]:
    """Return what a document replaces, and what that replaces, and so on, by path."""
    reached: dict[str, Paper] = {}
    waiting = list(replaced.get(path, ()))
    while waiting:
        other = waiting.pop()
        if other.document.path not in reached:
            reached[other.document.path] = other
            waiting += replaced.get(other.document.path, ())
    return reached


def unit_spellings(content: Content) -> Iterator[Problem]:
    """Report units spelled otherwise than most spell them: each has one page."""
    uses = [(paper.unit, paper) for paper in register(content).papers]
    for paper, message in odd_spellings(uses, slugify, "unit", "Đơn vị "):
        yield paper.problem("unit", "NAME_SPELLING", message, "warning")


def twins(content: Content) -> Iterator[Problem]:
    """Report numbers that a unit gives twice in a year."""
    first: dict[object, Paper] = {}
    for paper in register(content).papers:
        if paper.number:
            other = first.setdefault((paper.number.key, paper.date.year, slugify(paper.unit)), paper)
            if other is not paper:
                message = f"Số {paper.number.text} năm {paper.date.year} đã có ở content/{other.document.path}. Xem lại số, ngày."
                yield paper.problem("number", "DOCUMENT_TWICE", message)
