"""List what an item names in its body and its fields: files, pictures, texts, addresses of the portal."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.core.markdown.fragment import ImageRef, LinkRef
from plugins.core.model.fields import file_fields, image_fields, offering_fields
from plugins.core.model.item import Item
from plugins.core.model.references import resolve_path


def mentions(item: Item) -> tuple[str, ...]:
    """Return what an item names in body and fields: paths, from the content folder, of files and texts,
    and addresses of the portal, which begin with a slash."""
    return item.document.references + _values(item, file_fields(type(item)))


def offered_files(item: Item) -> tuple[str, ...]:
    """Return the files that an item links to, and those of its fields that pages offer."""
    paths = _values(item, offering_fields(type(item)))
    if item.document.is_simple:  # it links to texts alone
        return paths
    path, refs = item.document.path, item.document.outline.refs
    return paths + tuple(resolve_path(path, ref.href.partition("#")[0]) for ref in refs if isinstance(ref, LinkRef))


def shown_pictures(item: Item) -> tuple[str, ...]:
    """Return the pictures in an item's body, and those of its fields that pages show."""
    paths = _values(item, image_fields(type(item)))
    if item.document.is_simple:
        return paths + item.document.references
    path, refs = item.document.path, item.document.outline.refs
    return paths + tuple(resolve_path(path, ref.src) for ref in refs if isinstance(ref, ImageRef))


def _values(item: Item, fields: Mapping[str, str]) -> tuple[str, ...]:
    values: tuple[str, ...] = ()
    for attribute in fields.values():
        if value := getattr(item, attribute):
            values += (value,) if isinstance(value, str) else value
    return values
