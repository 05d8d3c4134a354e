"""Read the columns that the tables of several components have alike."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping

from scripts.joomla.model import OldArticle, State
from scripts.joomla.text_repair import repair

#: What yields the rows of a table, by its name without a prefix.
Rows = Callable[[str], Iterator[dict[str, str]]]


def article_of(row: Mapping[str, str], key: str, category: str, state: State) -> OldArticle:
    """Return an article with the columns that every table of articles has."""
    return OldArticle(
        key=key,
        title=line_of(row["title"]),
        alias=row.get("alias", ""),
        category=category,
        introtext=row.get("introtext", ""),
        fulltext=row.get("fulltext", ""),
        state=state,
        created=row.get("created", ""),
        publish_up=row.get("publish_up", ""),
        publish_down=row.get("publish_down", ""),
        modified=row.get("modified", ""),
        author=line_of(row.get("created_by_alias", "")),
        language=row.get("language", ""),
    )


def line_of(text: str) -> str:
    """Return a title as plain text on one line: some are stored as HTML."""
    text = html.unescape(html.unescape(text)) if "&" in text else text
    text = re.sub(r"</?(?:b|i|u|em|strong|span|font|br|p|div|a|sup|sub)\b[^>]*>", " ", text)
    return " ".join(repair(text).split())
