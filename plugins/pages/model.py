"""Define standing pages."""

from __future__ import annotations

from typing import Annotated

from plugins.core.model.fields import Count, Image, Text, one_of
from plugins.core.model.item import Item


class StandingPage(Item, frozen=True, kw_only=True):
    """A page without a date, under the portal's root: ``trang/gioi-thieu`` → ``/gioi-thieu/``.

    ``layout: contact`` adds the unit's address, telephone and e-mail from the settings.
    """

    layout: Annotated[str, one_of("plain", "contact")] = "plain"
    order: Count = 100
    image: Image = ""
    image_alt: Text = ""
