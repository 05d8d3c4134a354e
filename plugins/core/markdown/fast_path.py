"""Speed up Python-Markdown: skip processors that have nothing to find, convert plain inline markup directly.

Nothing here may change the HTML: ``tests/core/markdown/test_markup.py`` compares it with Python-Markdown alone.
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

# The substring that a text must have for a processor of Python-Markdown to find anything in it. Most texts
# have few of these, and running each processor on each string would take half of the time. To search for one
# letter is thirty times faster than for two.
_INLINE_TRIGGERS: dict[str, str] = {
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
_TREE_TRIGGERS: dict[str, str] = {
    **{"unescape": "\\", "attr_list": "{", "abbr": "*[", "figures": "![", "cells": "|", "toc": "[TOC]"},
    **dict.fromkeys(("footnote", "footnote-duplicate"), "^"),
}


class Shortcuts:
    """The shortcuts of a converter; ``prepare`` has to be called for each text."""

    def __init__(self, md: Any) -> None:
        md.block_level_elements = frozenset(md.block_level_elements)
        self._inline = _Inline(md)
        md.treeprocessors.register(self._inline, "inline", 20)
        self._tree = md.treeprocessors = _FilteredRegistry(md.treeprocessors, _TREE_TRIGGERS)

    def prepare(self, text: str) -> None:
        """Select the processors that may find something in ``text``."""
        self._tree.triggers_in_text = self._inline.patterns.triggers_in_text = _TriggersInText(text)


class _TriggersInText(dict[str, bool]):
    """A map from each trigger to whether a text has it; each is searched for once."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __missing__(self, trigger: str) -> bool:
        is_there = trigger in self._text and (trigger != "{" or bool(FOREIGN_BRACE.search(self._text)))
        self[trigger] = is_there
        return is_there


class _FilteredRegistry:
    """A registry whose iteration skips the processors that have nothing to find in the text."""

    def __init__(self, registry: Registry[Any], triggers: Mapping[str, str]) -> None:
        triggers_by_id = {id(registry[name]): trigger for name, trigger in triggers.items()}
        self._registry = registry
        self._processors = [(triggers_by_id.get(id(processor), ""), processor) for processor in registry]
        self.triggers_in_text = _TriggersInText("")

    def active(self) -> list[tuple[Any, Any]]:
        """Return the processors that may find something, each with its trigger; an empty one is in every text."""
        return [(trigger, processor) for trigger, processor in self._processors if self.triggers_in_text[trigger]]

    def __iter__(self) -> Iterator[Any]:
        return (processor for _, processor in self.active())

    def __contains__(self, name: str) -> bool:
        return name in self._registry

    def __getitem__(self, name: str) -> Any:
        return self._registry[name]


class _Inline(InlineProcessor):
    """Python-Markdown's inline processor, which tries on each string only the patterns that may match it.

    Texts with no inline markup but plain links, pictures and emphasis are converted without it.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.patterns = _FilteredRegistry(md.inlinePatterns, _INLINE_TRIGGERS)
        self._active: list[tuple[str, Any]] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if self.patterns.triggers_in_text["  \n"] or not _convert_plainly(tree):
            self._active = self.patterns.active()
            super().run(tree, ancestors)
        return tree

    # overrides a private method of Python-Markdown, which would try all patterns on each string
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self._active)):
            trigger, pattern = self._active[index]
            if trigger in data:
                start, matched = 0, True
                while matched:
                    data, matched, start = apply(pattern, data, index, start)
        return data


# The first character of every inline pattern but that of "  \n"; STX begins what Python-Markdown has stashed.
_MARK = re.compile(r"[*_\[`\\<&~\x02]")
_WORDS = r"[^*_\[\]`\\<&~\x02]+"
_LINK = re.compile(
    rf"\[(?!\^)({_WORDS})\]"
    r"""\(([^\s()\[\]<>"'`\\\x02]+)(?: "([^"'\[\]`\\<\x02]*)")?\)"""
)
_EMPHASIS = re.compile(rf"(?<![*\d])(\*\*?)(?![\s,.;:!?)\]…])({_WORDS})(?<![\s(\[])\1(?![*\d])")


def _convert_plainly(tree: Element) -> bool:
    """Convert the links, pictures and emphasis of a text; if one of them is not plain, change nothing and return
    false."""
    splits = []
    for element in tree.iter():
        if element.tail:
            return False
        text = element.text
        if text and not isinstance(text, AtomicString):
            pieces = _split_inline(text)
            if not pieces:
                return False
            if len(pieces) > 1:
                splits.append((element, pieces))
    for element, pieces in splits:
        element.text = pieces[0] or None
        for index in range(1, len(pieces), 2):
            pieces[index].tail = pieces[index + 1] or None
            element.insert(index // 2, pieces[index])
    return True


def _split_inline(text: str) -> list[Any]:
    """Split ``text`` at its links, pictures and emphasis: a string, an element, a string and so on.

    Empty if it has a mark that belongs to none of these, or to one that is not plain.
    """
    pieces: list[Any] = []
    end = 0
    while mark := _MARK.search(text, end):
        start = mark.start()
        match = (_LINK if mark[0] == "[" else _EMPHASIS).match(text, start)
        if not match:
            return []
        is_picture = mark[0] == "[" and text[start - 1 : start] == "!"
        pieces += text[end : start - 1 if is_picture else start], _inline_element(match, is_picture)
        end = match.end()
    pieces.append(text[end:])
    return pieces


def _inline_element(match: re.Match[str], is_picture: bool) -> Element:
    if match.re is _EMPHASIS:
        element = Element("em" if match[1] == "*" else "strong")
        element.text = match[2]
        return element
    words, address, title = match.groups()
    if is_picture:
        element = Element("img", {"src": address, "alt": words})
    else:
        element = Element("a", {"href": address})
        element.text = words
    if title is not None:
        element.set("title", LinkInlineProcessor.RE_TITLE_CLEAN.sub(" ", title.strip()))
    return element
