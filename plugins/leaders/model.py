"""Define leaders."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.model.fields import Count, Image, Text
from plugins.core.model.item import Item


class Leader(Item, frozen=True, kw_only=True):
    """A person who leads the unit. ``title`` is the name, ``office`` what they are in it; the body says what
    they are in charge of. Lower ``order`` stands first."""

    office: Text
    order: Count = 100
    image: Image = ""
    image_alt: Text = ""

    def own_problems(self) -> Iterator[Problem]:
        """Check that the photograph is described."""
        if self.status != "draft" and self.image and not self.image_alt:
            message = "Ảnh chưa có image_alt: mô tả ảnh cho người không nhìn thấy."
            yield self.problem("image", "ALT_MISSING", message, "warning")
