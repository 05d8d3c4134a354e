"""Python-Markdown made to do less: what it would find nothing in is not tried, plain forms are made directly.

Nothing here may change what comes out: ``tests/core/test_markup.py`` compares it with the library alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

from plugins.core.markdown.raw_signs import FOREIGN_BRACE

# What a text must hold for a part of Python-Markdown to find anything in it. Most texts hold little of
# it, and trying each part on each string would take half of the time. One letter is found thirty times
# sooner than two.
_INLINE_SIGNS: dict[str, str] = {
    **{
        "backtick": "`",
        "escape": "\\",
        "footnote": "[^",
        "linebreak": "  \n",
        "entity": "&",
        "backslash_break": "\\\n",
        "loose_bold": "**",
    },
    **dict.fromkeys(("reference", "link", "short_reference"), "["),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), "!["),
    **dict.fromkeys(("autolink", "automail", "html"), "<"),
}
_TREE_SIGNS: dict[str, str] = {
    **{"unescape": "\\", "attr_list": "{", "abbr": "*[", "figures": "![", "cells": "|", "toc": "[TOC]"},
    **dict.fromkeys(("footnote", "footnote-duplicate"), "^"),
}


class Shortcuts:
    """A converter's shortcuts: ``prepare`` them for each text."""

    def __init__(self, made: Any) -> None:
        made.block_level_elements = frozenset(made.block_level_elements)
        self._inline = _Inline(made)
        made.treeprocessors.register(self._inline, "inline", 20)
        self._tree = made.treeprocessors = _Sparing(made.treeprocessors, _TREE_SIGNS)

    def prepare(self, text: str) -> None:
        """Find out which parts of the library may have work in ``text``."""
        self._tree.held = self._inline.patterns.held = _Held(text)


class _Held(dict[str, bool]):
    """Which signs a text holds. Each is looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __missing__(self, sign: str) -> bool:
        held = self[sign] = sign in self._text and (sign != "{" or bool(FOREIGN_BRACE.search(self._text)))
        return held


class _Sparing:
    """A registry that is gone through without those of its parts that have no work in the text."""

    def __init__(self, registry: Registry[Any], signs: Mapping[str, str]) -> None:
        known = {id(registry[name]): sign for name, sign in signs.items()}
        self._registry = registry
        self._parts = [(known.get(id(part), ""), part) for part in registry]
        self.held = _Held("")

    def signed(self) -> list[tuple[Any, Any]]:
        """The parts that may have work, each with its sign; empty: it always may."""
        return [(sign, part) for sign, part in self._parts if self.held[sign]]

    def __iter__(self) -> Iterator[Any]:
        return (part for _, part in self.signed())

    def __contains__(self, name: str) -> bool:
        return name in self._registry

    def __getitem__(self, name: str) -> Any:
        return self._registry[name]


class _Inline(InlineProcessor):
    """Python-Markdown's own, but for texts whose signs all belong to plain links, pictures and
    emphasis; and with each string shown only to the patterns that may match it."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.patterns = _Sparing(md.inlinePatterns, _INLINE_SIGNS)
        self._signed: list[tuple[str, Any]] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if self.patterns.held["  \n"] or not _set_plainly(tree):
            self._signed = self.patterns.signed()
            super().run(tree, ancestors)
        return tree

    # the library's private method, where it would try all patterns on each string
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self._signed)):
            sign, pattern = self._signed[index]
            if sign in data:
                start, found = 0, True
                while found:
                    data, found, start = apply(pattern, data, index, start)
        return data


# What any inline pattern begins with, but for the one of "  \n"; STX begins what the library has put aside.
_SIGN = re.compile(r"[*_\[`\\<&~\x02]")
_WORDS = r"[^*_\[\]`\\<&~\x02]+"
_LINK = re.compile(
    rf"\[(?!\^)({_WORDS})\]"
    r"""\(([^\s()\[\]<>"'`\\\x02]+)(?: "([^"'\[\]`\\<\x02]*)")?\)"""
)
_EMPHASIS = re.compile(rf"(?<![*\d])(\*\*?)(?![\s,.;:!?)\]…])({_WORDS})(?<![\s(\[])\1(?![*\d])")


def _set_plainly(tree: Element) -> bool:
    """Set the links, pictures and emphasis of a text, or nothing if one of them is not plain."""
    todo = []
    for element in tree.iter():
        if element.tail:
            return False
        text = element.text
        if text and not isinstance(text, AtomicString):
            pieces = _cut(text)
            if not pieces:
                return False
            if len(pieces) > 1:
                todo.append((element, pieces))
    for element, pieces in todo:
        element.text = pieces[0] or None
        for index in range(1, len(pieces), 2):
            pieces[index].tail = pieces[index + 1] or None
            element.insert(index // 2, pieces[index])
    return True


def _cut(text: str) -> list[Any]:
    """``text`` cut at its links, pictures and emphasis: a string, an element, a string and so on.
    Empty when it has a sign that belongs to none, or to none that is plain."""
    pieces: list[Any] = []
    end = 0
    while sign := _SIGN.search(text, end):
        start = sign.start()
        found = (_LINK if sign[0] == "[" else _EMPHASIS).match(text, start)
        if not found:
            return []
        is_picture = sign[0] == "[" and text[start - 1 : start] == "!"
        pieces += text[end : start - 1 if is_picture else start], _element(found, is_picture)
        end = found.end()
    pieces.append(text[end:])
    return pieces


def _element(found: re.Match[str], is_picture: bool) -> Element:
    if found.re is _EMPHASIS:
        element = Element("em" if found[1] == "*" else "strong")
        element.text = found[2]
        return element
    words, address, title = found.groups()
    if is_picture:
        element = Element("img", {"src": address, "alt": words})
    else:
        element = Element("a", {"href": address})
        element.text = words
    if title is not None:
        element.set("title", LinkInlineProcessor.RE_TITLE_CLEAN.sub(" ", title.strip()))
    return element
