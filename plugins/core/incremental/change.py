"""Tell what has changed since the last build."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from plugins.core.incremental.manifest import Manifest
from plugins.core.source.reader import Reading


class Change(Enum):
    """The verdict on what has changed since the last build, which decides what the next one has to do."""

    NOTHING = auto()
    """Every file lies where it lay, and no moment has come: nothing is read."""

    BODIES = auto()
    """At most the wording of bodies: the pages that show one of them are rendered, nothing is checked."""

    THEME = auto()
    """The theme, and at most the wording of bodies: all pages are rendered, nothing is checked."""

    CONTENT = auto()
    """Anything else but the theme: all is checked, a page is rendered where its inputs or its view differ."""

    EVERYTHING = auto()
    """The theme too, or nobody knows of a last build: all is checked, all pages are rendered."""


def before_reading(last: Manifest | None, listing_digest: bytes, theme: bytes, now: datetime) -> Change | None:
    """Return ``Change.NOTHING`` where that is known before anything is read; else ``change_since`` will tell."""
    is_same = last and last.listing_digest == listing_digest != b"" and last.theme == theme and last.still_valid_at(now)
    return Change.NOTHING if is_same else None


def change_since(
    last: Manifest | None, reading: Reading, asset_paths_digest: bytes, theme: bytes, now: datetime
) -> Change:
    """Compare what was read with what the last build was made of."""
    if last is None:
        return Change.EVERYTHING
    reworded = {f"content/{path}" for path in last.reworded(reading.body_digests)}
    is_same_but_bodies = (
        last.metadata_digest == reading.metadata_digest
        and last.asset_paths_digest == asset_paths_digest
        and last.still_valid_at(now)
        and reworded.isdisjoint(problem.path for problem in last.site_problems)
    )
    if last.theme == theme:
        return Change.BODIES if is_same_but_bodies else Change.CONTENT
    return Change.THEME if is_same_but_bodies else Change.EVERYTHING
