"""Read the documents of components that offer files: Docman, Phoca Download, jDownloads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scripts.joomla.columns import Rows, article_of, line_of
from scripts.joomla.model import OldArticle, OldCategory, OldFile


class Component(NamedTuple):
    """A table of documents."""

    letters: str
    """Of its keys: ``dm24`` is document 24, ``dmc3`` category 3."""

    title: str
    table: str
    categories: str
    folder: str
    """Where its files lie, from the old site's root."""


COMPONENTS = (
    Component("dm", "Docman", "docman", "categories", "dmdocuments"),
    Component("dm", "Docman", "docman_documents", "docman_categories", "joomlatools-files/docman-files"),
    Component("ph", "Phoca Download", "phocadownload", "phocadownload_categories", "phocadownload"),
    Component("jd", "jDownloads", "jdownloads_files", "jdownloads_categories", "jdownloads"),
)
#: Our name of a column → its names in the versions of these components, of which the first that there is counts.
_NAMES = {
    "id": ("id", "file_id", "cat_id", "docman_document_id", "docman_category_id"),
    "title": ("title", "dmname", "file_title", "cat_title", "name"),
    "alias": ("alias", "slug", "file_alias"),
    "category": ("catid", "docman_category_id", "cat_id"),
    "introtext": ("description", "dmdescription"),
    "fulltext": ("description_long",),
    "created": ("created", "created_on", "date", "date_added", "dmdate_published"),
    "publish_up": ("publish_up", "publish_on"),
    "published": ("published", "enabled"),
    "file": ("storage_path", "filename", "dmfilename", "url_download"),
    "folder": ("cat_dir",),
    "above": ("cat_dir_parent",),
}


def _renamed(row: Mapping[str, str]) -> dict[str, str]:
    return {name: next((row[column] for column in columns if row.get(column)), "") for name, columns in _NAMES.items()}


def categories(rows: Rows) -> Iterator[OldCategory]:
    """Yield the categories of documents, each component's below one of its own."""
    for component in COMPONENTS:
        if not next(rows(component.table), None):
            continue
        yield OldCategory(key=component.letters, title=f"Văn bản của {component.title}")
        for row in rows(component.categories):
            if component.categories != "categories" or row.get("section") == "com_docman":
                parent = f"{component.letters}c{row['parent_id']}" if row.get("parent_id", "0") > "1" else ""
                values = _renamed(row)
                yield OldCategory(
                    key=f"{component.letters}c{values['id']}",
                    title=line_of(values["title"]),
                    alias=values["alias"],
                    parent=parent or component.letters,
                )


def documents(rows: Rows) -> Iterator[OldArticle]:
    """Yield the documents, each with its file."""
    for component in COMPONENTS:
        folders = {values["id"]: values for values in map(_renamed, rows(component.categories))}
        for values in map(_renamed, rows(component.table)):
            category = values["category"]
            article = article_of(
                values,
                f"{component.letters}{values['id']}",
                f"{component.letters}c{category}" if category not in ("", "0") else component.letters,
                "draft" if values["published"] == "0" else "published",
            )
            if values["file"]:
                folder = folders.get(category, {})
                parts = (component.folder, folder.get("above", ""), folder.get("folder", ""), values["file"])
                remote = re.search(r"(?:https?|ftp)://\S+", values["file"])
                address = remote[0] if remote else "/".join(part.strip("/") for part in parts if part)
                article.files = (OldFile(address, article.title),)
            yield article


def old_address(key: str) -> str:
    """Return an address of the old site by which a document can be opened; ``""`` for keys of other things."""
    match = re.fullmatch(r"(dm|ph|jd)(\d+)", key)
    if not match:
        return ""
    form = {
        "dm": "option=com_docman&task=doc_details&gid={}",
        "ph": "option=com_phocadownload&view=file&id={}",
        "jd": "option=com_jdownloads&view=download&id={}",
    }[match[1]]
    return f"/index.php?{form.format(match[2])}"
