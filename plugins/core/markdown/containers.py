"""Hold the open containers of a Markdown text: quotations, lists and their items."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement


class Container:
    """An open container: the document, a quotation or a list item that may get more lines."""

    def __init__(self, element: Element, indent: int = 0, item_list: ItemList | None = None) -> None:
        self.element = element

        self.indent = indent
        """Columns of indentation of an item's lines."""

        self.list = item_list
        """The list that an item belongs to."""

        self.last_list: ItemList | None = None
        """The last block in the container, if that is a list."""

        self.has_blank = False
        """True if a blank line came since the last block."""

    def end(self) -> None:
        """End the container's last list."""
        if self.last_list:
            self.last_list.end()
            self.last_list = None


class ItemList:
    """An open list that may get more items, all with a marker of the same ``kind``."""

    def __init__(self, element: Element, kind: str, number: int) -> None:
        self.element = element
        self.kind = kind
        self.number = number
        self.is_loose = False

    def add(self, number: str) -> Element:
        """Append an item. Its number stays the author's: “1. 2. 4.” is not “1. 2. 3.”"""
        item = SubElement(self.element, "li")
        if number and int(number) != self.number:
            item.set("value", number)
        self.number = int(number or 0) + 1
        return item

    def end(self) -> None:
        """Drop numbers that say nothing (“1. 1. 1.” counts by itself) and the paragraphs of a tight list."""
        first = self.element.get("start", "1")
        if len(self.element) > 1 and all(item.get("value") == first for item in self.element[1:]):
            for item in self.element:
                item.attrib.pop("value", None)
        if not self.is_loose:
            for item in self.element:
                _unwrap(item)


def _unwrap(item: Element) -> None:
    """Replace the paragraphs of an item by their text."""
    last: Element | None = None
    for child in list(item):
        if child.tag != "p":
            last = child
            continue
        before = item.text if last is None else last.tail
        text = f"{before}\n{child.text}" if before else child.text
        if last is None:
            item.text = text
        else:
            last.tail = text
        item.remove(child)
