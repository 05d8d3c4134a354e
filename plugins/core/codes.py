"""Describe the codes of problems: what each means, what to do, and an example that gives it.

Each package of the core and each section lists its own in its ``codes.py``: data only, which no
build loads. ``scripts/codes.py`` puts every example before the real checks and writes docs/ma-loi.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: Bytes by path from the content folder; a string is a text, ``None`` a symbolic link out of the folder.
Files = Mapping[str, str | bytes | None]

#: The story of most examples.
STORY_PATH = "tin-tuc/2026/05/vi-du/index.md"


class Entry(NamedTuple):
    """One code. ``files`` are an example, none where a machine or its settings would have to break.

    ``note`` says what the files do not show. ``before``: what the last build had in their
    place. ``is_alone``: without the stories of an ordinary site. ``keeps_last_good``: in an
    automated build. ``is_warning``: what an example would show, where there is none.
    """

    code: str
    meaning: str
    advice: str
    files: Files | None = None
    note: str = ""
    before: Files | None = None
    is_alone: bool = False
    keeps_last_good: bool = False
    is_warning: bool = False


class Group(NamedTuple):
    """Codes that a reader looks for under one title. Packages may add to the same one."""

    title: str
    entries: tuple[Entry, ...]


def text(front_matter: Mapping[str, str], body: str = "Nội dung.") -> str:
    """Return a text with its front matter, without the fields whose value is empty."""
    lines = (f"{name}: {value}".replace(": \n", ":\n") for name, value in front_matter.items() if value)
    return "\n".join(["---", *lines, "---", "", body, ""])


def story(body: str = "Nội dung.", at: str = STORY_PATH, **fields: str) -> Files:
    """Return a story as an example, with some fields of its own."""
    defaults = {"title": "Ngày hội giọt hồng", "date": "2026-05-01 08:00", "category": "tinh-nguyen"}
    return {at: text(defaults | fields, body)}


def attachment(name: str, data: str | bytes | None) -> Files:
    """Return a file beside the story of most examples."""
    return {STORY_PATH.removesuffix("index.md") + name: data}


def page(name: str) -> Files:
    """Return a page of its own as an example."""
    return {f"trang/{name}/index.md": text({"title": "Một trang"})}
