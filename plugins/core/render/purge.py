"""Leave out of a style sheet the rules that need a class which the page never has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

_RULE = re.compile(r"([^{};]+)(\{[^{}]*\})")
_COMBINATOR = re.compile(r" ([+~]) ")  # which rcssmin leaves: it might stand in `calc()`
_BRACKETS = re.compile(r"\([^()]*\)")
_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
_EMPTY = re.compile(r"@(?:container|layer|media|supports)[^{};]*\{\}")
_BLOCK = re.compile(r"(@layer \w+\{)(?:[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})*[^{}]*\}")  # no other braces but in pairs


class MinifiedSheet:
    """A minified style sheet, taken apart."""

    def __init__(self, css: str) -> None:
        self.selectors: list[tuple[str, frozenset[str]]] = []
        """Its selectors, each with the classes that it needs."""

        self._pieces = list(self._take_apart(css))
        self._classes = frozenset[str]().union(*(needed for _, needed in self.selectors))
        self._purged: dict[frozenset[str], tuple[str, str]] = {}

    def without(self, absent: Set[str]) -> tuple[str, str]:
        """Return the sheet without the selectors that need a class of ``absent``, and how it begins where it is one layer."""
        key = self._classes & absent
        if key not in self._purged:
            css = "".join(self._rest(key))
            while (rest := _EMPTY.sub("", css)) != css:
                css = rest
            block = _BLOCK.fullmatch(css)
            self._purged[key] = css, block[1] if block else ""
        return self._purged[key]

    def _take_apart(self, css: str) -> Iterator[tuple[list[tuple[str, frozenset[str]]], str]]:
        """Yield the selectors and declarations of each rule, and without selectors what stands between two rules."""
        end = 0
        for rule in _RULE.finditer(css):
            yield [], css[end : rule.start()]
            selectors = [(part, _needed(part)) for part in _parts(_COMBINATOR.sub(r"\1", rule[1]))]
            self.selectors += selectors
            yield selectors, rule[2]
            end = rule.end()
        yield [], css[end:]

    def _rest(self, absent: Set[str]) -> Iterator[str]:
        for selectors, text in self._pieces:
            possible = ",".join([selector for selector, needed in selectors if absent.isdisjoint(needed)])
            if possible or not selectors:
                yield possible + text


def _parts(selectors: str) -> Iterator[str]:
    """Yield each selector of a list."""
    part = ""
    for piece in selectors.split(","):
        part = f"{part},{piece}" if part else piece
        if part.count("(") == part.count(")"):
            yield part
            part = ""


def _needed(selector: str) -> frozenset[str]:
    """Return the classes without which the selector fits nothing; ``:is()``, ``:not()`` and ``:has()`` are not looked into."""
    if selector.startswith("@"):
        return frozenset()
    while (plain := _BRACKETS.sub("", selector)) != selector:
        selector = plain
    return frozenset(_CLASS.findall(selector))


def join(sheets: Iterable[tuple[str, str]]) -> str:
    """Return one sheet of what ``without`` returned, with one block where several of one layer stand side by side."""
    css, current = "", ""
    for sheet, layer in sheets:
        css = css[:-1] + sheet.removeprefix(layer) if layer and layer == current else css + sheet
        current = layer
    return css
