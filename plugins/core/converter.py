"""Python-Markdown as the portal uses it: its extensions and our shapes.

What it makes of a text may hold active content: only ``markup.py``, which cleans it, uses it.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

from plugins.core.shortcuts import Shortcuts
from plugins.core.text import slugify

EXTENSIONS = [
    "markdown.extensions.tables",
    "markdown.extensions.fenced_code",
    "markdown.extensions.attr_list",
    "markdown.extensions.footnotes",
    "markdown.extensions.abbr",
    "markdown.extensions.sane_lists",
    "markdown.extensions.toc",
]
CONFIGS: dict[str, dict[str, Any]] = {
    "markdown.extensions.toc": {"toc_depth": "2-3"},
    "markdown.extensions.footnotes": {"BACKLINK_TITLE": "Trở lại vị trí chú thích {} trong bài", "UNIQUE_IDS": False},
}


class Converter:
    """One Markdown converter, kept for the whole build: making it takes longer than converting an article."""

    def __init__(self) -> None:
        self._make()

    def _make(self) -> None:
        made = markdown.Markdown(extensions=[*EXTENSIONS, Shape()], extension_configs=CONFIGS, output_format="html")
        self._shortcuts = Shortcuts(made)
        self._markdown = made

    def html(self, text: str) -> str:
        """The HTML of a Markdown text, as unsafe as the text."""
        text = text.expandtabs(4)  # as the library does itself: a sign may be of spaces
        self._shortcuts.prepare(text)
        try:
            html: str = self._markdown.reset().convert(text)
        except BaseException:
            self._make()  # one that was stopped in its midst would make something else of the next text
            raise
        return html


class Shape(Extension):
    """The portal's own shapes."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        # after "inline" (20), so that pictures are elements
        md.treeprocessors.register(_Figures(md), "figures", 15)
        md.treeprocessors.register(_Tables(md), "tables", 13)
        # after "attr_list" (8), which may have named a heading; before "toc" (5), which lists them
        md.treeprocessors.register(_Headings(md), "headings", 6)


class _Figures(Treeprocessor):
    """A paragraph of pictures alone is a figure, or a gallery when there are several."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "p" and self._only_pictures(child):
                    parent[index] = self._figures(list(child))

    @staticmethod
    def _only_pictures(paragraph: Element) -> bool:
        return (
            len(paragraph) > 0
            and not (paragraph.text or "").strip()  # as most have: asked first
            and all(child.tag in ("img", "br") and not (child.tail or "").strip() for child in paragraph)
            and any(child.tag == "img" for child in paragraph)
        )

    def _figures(self, children: list[Element]) -> Element:
        images = [child for child in children if child.tag == "img"]
        if len(images) == 1:
            return self._figure(images[0], "wide")
        gallery = Element("div", {"class": "gallery"})
        gallery.extend(self._figure(image, "grid") for image in images)
        return gallery

    @staticmethod
    def _figure(image: Element, role: str) -> Element:
        figure = Element("figure")
        caption = image.attrib.pop("title", "")
        image.set("data-role", role)
        image.tail = None
        figure.append(image)
        if caption:
            image.set("data-caption", caption)  # for the advice on captions; never printed
            SubElement(figure, "figcaption").text = caption
        return figure


class _Headings(Treeprocessor):
    """The story's title is the page's only h1, so the highest heading of a body is h2.

    Each is named by its words, so that a link may lead to it. The library's "toc" would do so too,
    but goes through every text for a list of them that hardly any asks for.
    """

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        if headings:
            shift = 2 - min(int(element.tag[1]) for element in headings)
            names = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
            for element in headings:
                element.tag = f"h{min(int(element.tag[1]) + shift, 6)}"
                if "id" not in element.attrib:
                    element.set("id", unique(slugify(self._words(element)), names))

    def _words(self, heading: Element) -> str:
        text = heading.text or ""
        if len(heading) == 0 and STX not in text:  # nothing in it was put aside by the library
            return text
        return unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class _Tables(Treeprocessor):
    """A wide table scrolls in a box of its own, which the keyboard can reach.

    Cells are aligned by class: a strict content policy allows no style attribute.
    """

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if align := re.fullmatch(r"text-align: (right|center);", cell.attrib.pop("style", "")):
                cell.set("class", align[1])
        count = 0
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "table":
                    count += 1  # landmarks of one page need names of their own
                    label = f"Bảng {count}"
                    box = Element("div", {"class": "table", "tabindex": "0", "role": "region", "aria-label": label})
                    box.append(child)
                    parent[index] = box
