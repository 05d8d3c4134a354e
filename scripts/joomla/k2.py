"""Read what K2 adds to Joomla: items with pictures, galleries, attachments, tags, extra fields, comments."""

from __future__ import annotations

import html
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any

from scripts.joomla.columns import Rows, article_of, line_of
from scripts.joomla.model import OldArticle, OldComment, OldFile, OldPicture, State


@dataclass
class Extras:
    """What stands beside the table of items."""

    tags: Mapping[str, list[str]]
    files: Mapping[str, list[OldFile]]
    fields: Mapping[str, Mapping[str, Any]]
    """The definition of each extra field, by its number."""

    @classmethod
    def read(cls, rows: Rows) -> Extras:
        """Read the tables."""
        names = {row["id"]: line_of(row["name"]) for row in rows("k2_tags") if row.get("published", "1") == "1"}
        tags: dict[str, list[str]] = defaultdict(list)
        for row in rows("k2_tags_xref"):
            if row["tagid"] in names:
                tags[row["itemid"]].append(names[row["tagid"]])
        files: dict[str, list[OldFile]] = defaultdict(list)
        for row in rows("k2_attachments"):
            title = row.get("title") or row.get("titleattribute") or row["filename"]
            files[row["itemid"]].append(OldFile(f"media/k2/attachments/{row['filename']}", line_of(title)))
        fields = {row["id"]: row for row in rows("k2_extra_fields")}
        return cls(tags, files, fields)

    def article(self, row: Mapping[str, str]) -> OldArticle:
        """Return an item as an article."""
        item_id = row["id"]
        is_trashed = row.get("trash", "0") == "1"
        picture = OldPicture(picture_path(item_id), "", _caption(row, "image"))
        video = " ".join(filter(None, (row.get("video", ""), _caption(row, "video"))))
        category = row.get("catid", "0")
        state: State = "trashed" if is_trashed else "published" if row.get("published", "1") == "1" else "draft"
        article = article_of(row, f"k{item_id}", f"kc{category}" if category not in ("0", "") else "", state)
        article.pictures = (picture,)
        article.gallery, article.video = row.get("gallery", ""), video
        article.files = tuple(self.files.get(item_id, ()))
        article.tags = tuple(self.tags.get(item_id, ()))
        article.extra = tuple(self._extra(row.get("extra_fields", "")))
        return article

    def _extra(self, column: str) -> Iterator[tuple[str, str]]:
        """Yield label and value of an item's extra fields; choices are stored by their number."""
        for entry in _json_list(column):
            field = self.fields.get(str(entry.get("id", "")))
            value = entry.get("value")
            if not field or value in (None, "", []):
                continue
            options = {
                str(option.get("value")): str(option.get("name")) for option in _json_list(field.get("value", ""))
            }
            is_choice = field.get("type", "") in ("select", "multipleSelect", "radio")
            if field.get("type") == "link" and isinstance(value, list):
                text, address = (str(part) for part in [*value, "", ""][:2])
                yield line_of(field["name"]), f'<a href="{html.escape(address)}">{html.escape(text or address)}</a>'
                continue
            values = [str(part) for part in (value if isinstance(value, list) else [value])]
            shown = [options.get(part, part) if is_choice else part for part in values]
            if text := ", ".join(filter(None, shown)):
                yield line_of(field["name"]), text


def comments(rows: Iterator[dict[str, str]]) -> Iterator[OldComment]:
    """Yield the comments on items that were let through."""
    for row in rows:
        if row.get("published") == "1":
            yield OldComment(
                article=f"k{row['itemid']}",
                id=int(row["id"]),
                parent=0,
                author=line_of(row.get("username", "")),
                created=row.get("commentdate", ""),
                text=row.get("commenttext", ""),
                is_bbcode=False,
            )


def picture_path(item_id: str) -> str:
    """Return where K2 keeps the original of an item's picture; ``K2_PICTURES`` has the other sizes."""
    return f"media/k2/items/src/{md5(f'Image{item_id}'.encode()).hexdigest()}.jpg"


def _caption(row: Mapping[str, str], kind: str) -> str:
    parts = [line_of(row.get(f"{kind}_{name}", "")) for name in ("caption", "credits")]
    return " ".join(filter(None, (parts[0], f"({parts[1]})" if parts[1] else "")))


def _json_list(text: str) -> list[dict[str, Any]]:
    try:
        values = json.loads(text) if text else []
    except ValueError:
        return []
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []
