"""Define news stories."""

from __future__ import annotations

from datetime import datetime

from plugins.core.model.fields import Deadline, Slug, Text
from plugins.core.model.item import Story


class Article(Story, frozen=True, kw_only=True):
    """A story of the union's life.

    ``author`` may be a person or a unit (“Ban Xây dựng Đoàn Tỉnh đoàn”). ``source`` says
    where the story was taken from. Until ``featured_until`` it stands at the head of the
    home page.
    """

    category: Slug
    source: Text = ""
    featured_until: Deadline | None = None

    def is_featured(self, now: datetime) -> bool:
        return self.featured_until is not None and now <= self.featured_until
