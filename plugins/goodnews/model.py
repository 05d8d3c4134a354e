"""Define pieces of good news."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from plugins.core.errors import Problem
from plugins.core.model.fields import Text, one_of
from plugins.core.model.item import Story
from plugins.core.text.vietnamese import number

MAX_CHARACTERS = 900  # of a day's piece: five lines on a wide screen, and twice that to spare


class GoodNews(Story, frozen=True, kw_only=True):
    """A good thing that happened: ``tin``, a few lines, one or more a day, or ``chuyen``, the week's
    story, of any length. ``place`` is where."""

    kind: Annotated[str, one_of("tin", "chuyen")] = "tin"
    place: Text = ""

    @property
    def is_story(self) -> bool:
        return self.kind == "chuyen"

    def own_problems(self) -> Iterator[Problem]:
        """Check that a day's piece is short."""
        if not self.is_story and self.status != "draft" and self.document.length > MAX_CHARACTERS:
            message = (
                f"Tin dài {number(self.document.length)} ký tự; tin trong ngày nên dưới {MAX_CHARACTERS}. "
                "Rút gọn, hoặc ghi kind: chuyen nếu là câu chuyện của tuần."
            )
            yield self.problem("title", "GOODNEWS_LONG", message, "warning")
