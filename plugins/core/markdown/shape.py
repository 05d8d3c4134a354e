"""Shape what Python-Markdown has parsed as the portal shows it: figures, galleries, headings, tables, attributes."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

from plugins.core.text.vietnamese import slugify


class Attributes(AttrListTreeprocessor):
    """Attribute lists in braces, if they can be nothing else: ``## Kế hoạch {quan trọng}`` keeps its words."""

    _ITEM = r"""(?:[#.][\w-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))"""
    _LIST = rf"\{{:?[ ]*({_ITEM}(?:[ ]+{_ITEM})*)[ ]*\}}"
    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*$", re.ASCII)  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$", re.ASCII)  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}", re.ASCII)  # type: ignore[misc]


class Shape(Extension):
    """Figures, headings and tables as the portal shows them."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        # after "inline" (20), so that pictures are elements
        md.treeprocessors.register(_Figures(md), "figures", 15)
        md.treeprocessors.register(_Cells(md), "cells", 13)
        # after "attr_list" (8), which may have named a heading; before "toc" (5), which lists them
        md.treeprocessors.register(_Headings(md), "headings", 6)


#: From here on pictures of a gallery are shown small, also on a phone.
_MANY = 9


class _Figures(Treeprocessor):
    """Turn a paragraph of nothing but pictures into a figure, or into a gallery if there are several.

    A picture's caption is its title, or emphasised words right behind it. A picture among words keeps its
    title as emphasised words.
    """

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "p" and (pictures := self._pictures(child)):
                    parent[index] = self._figures(pictures)
        is_among_words = any("title" in image.attrib for image in root.iter("img"))
        for parent in list(root.iter()) if is_among_words else ():
            for index, child in reversed(list(enumerate(parent))):
                if child.tag == "img" and (title := child.attrib.pop("title", "")):
                    words = Element("em")
                    words.text, words.tail, child.tail = title, child.tail, " "
                    parent.insert(index + 1, words)

    @staticmethod
    def _pictures(paragraph: Element) -> list[tuple[Element, Element | None]]:
        """Return the paragraph's pictures with their captions; none if it holds anything else."""
        pictures: list[tuple[Element, Element | None]] = []
        if (paragraph.text or "").strip():  # most paragraphs: checked first
            return []
        for child in paragraph:
            if (tail := (child.tail or "").strip()) and not Attributes.INLINE_RE.fullmatch(tail):
                return []
            if child.tag == "img" or _is_linked_picture(child):
                pictures.append((child, None))
            elif child.tag == "em" and pictures and pictures[-1][1] is None and child.find(".//img") is None:
                pictures[-1] = (pictures[-1][0], child)
            elif child.tag != "br":
                return []
        return pictures

    def _figures(self, pictures: list[tuple[Element, Element | None]]) -> Element:
        if len(pictures) == 1:
            return self._figure(*pictures[0], "wide")
        is_odd = len(pictures) % 2
        # told beforehand: a sheet that counted would move what is shown while the next pictures arrive
        words = ["gallery", *(["odd"] if is_odd else []), *(["many"] if len(pictures) >= _MANY else [])]
        gallery = Element("div", {"class": " ".join(words)})
        gallery.extend(
            self._figure(*picture, "wide" if is_odd and not index else "grid") for index, picture in enumerate(pictures)
        )
        return gallery

    @staticmethod
    def _figure(picture: Element, words: Element | None, role: str) -> Element:
        figure = Element("figure")
        image = picture if picture.tag == "img" else picture[0]
        title = image.attrib.pop("title", "")
        image.set("data-role", role)
        picture.tail = (picture.tail or "").strip() or None  # attributes
        figure.append(picture)
        caption = Element("figcaption")
        caption.text = title
        if words is not None:
            caption.text = f"{title} {words.text or ''}" if title else words.text
            caption.extend(words)
        if text := "".join(caption.itertext()).strip():
            image.set("data-caption", text)  # for the advice on captions; never printed
            figure.append(caption)
        return figure


def _is_linked_picture(element: Element) -> bool:
    return (
        element.tag == "a"
        and len(element) == 1
        and element[0].tag == "img"
        and not (element.text or "").strip()
        and not (element[0].tail or "").strip()
    )


class _Headings(Treeprocessor):
    """Shift headings so that the highest is h2, and give each an ``id`` made of its words.

    The story's title is the page's only h1. Python-Markdown's "toc" could set the ids too, but walks
    every text for a table of contents that hardly any text asks for.
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
        if len(heading) == 0 and STX not in text:  # Python-Markdown has stashed nothing of it
            return text
        return unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class _Cells(Treeprocessor):
    """Align cells by class: a strict content security policy allows no style attribute."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if align := re.fullmatch(r"text-align: (right|center);", cell.attrib.pop("style", "")):
                cell.set("class", align[1])
