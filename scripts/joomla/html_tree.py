"""Parse old HTML into a tree that is easy to change: nodes whose children are nodes and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

_MAX_DEPTH = 120  # deeper nodes are merged into their parents: no text means them
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WORDS_OF_NOBODY = {"script", "style", "head", "title", "template", "noembed", "xml", "meta", "link", "base"}


@dataclass(slots=True)
class Node:
    """An element, with its name in lower case."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, stripped; ``""`` where there is none."""
        return self.attributes.get(name, "").strip()

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def find_all(self, *tags: str) -> list[Node]:
        """Return the nodes below with one of these names."""
        return [node for node in self.walk() if node.tag in tags and node is not self]

    def text(self) -> str:
        """Return all text in it; a line break is a blank."""
        parts = []
        for child in self.children:
            parts.append(child if isinstance(child, str) else " " if child.tag == "br" else child.text())
        return "".join(parts)

    def copy(self, children: list[Node | str]) -> Node:
        """Return the same element around other children."""
        return Node(self.tag, self.attributes, children)


def parse_html(html: str) -> Node:
    """Parse a fragment of HTML as browsers do, without what nobody sees. Never fails."""
    root = Node("div")
    if not html.strip():
        return root
    parser = HTMLParser(huge_tree=True, encoding="utf-8", remove_pis=True)
    wrapped = f"<html><body><div>{_NO_XML.sub('', html)}".encode("utf-8", "replace")
    body = document_fromstring(wrapped, parser=parser).find("body")
    stack = [root]
    skipped = 0
    for event, element in etree.iterwalk(body, events=("start", "end", "comment")):
        if event == "comment":
            if not skipped and element.tail:
                stack[-1].children.append(element.tail)
            continue
        tag = str(element.tag).lower()
        is_unseen = tag in _WORDS_OF_NOBODY
        if event == "start":
            if skipped or is_unseen:
                skipped += 1
                continue
            node = Node(tag, {str(name).lower(): str(value) for name, value in element.attrib.items()})
            if len(stack) < _MAX_DEPTH:
                stack[-1].children.append(node)
            else:
                node = stack[-1]
            stack.append(node)
            if element.text:
                node.children.append(element.text)
        elif skipped:
            skipped -= 1
            if not skipped and element.tail:
                stack[-1].children.append(element.tail)
        else:
            stack.pop()
            if element.tail and stack:
                stack[-1].children.append(element.tail)
    return root
