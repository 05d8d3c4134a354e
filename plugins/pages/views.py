"""Standing pages → pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.core.model.values import Body, Picture
from plugins.core.site.composition import Composition
from plugins.core.site.story_fields import item_fields
from plugins.core.site.views import Page, View
from plugins.pages.model import StandingPage


class StandingView(View, frozen=True, kw_only=True):
    """One page; ``has_contact`` adds the unit's address from the settings."""

    body: Body
    hero: Picture | None
    has_contact: bool


def pages(content: Composition) -> Iterator[Page]:
    """Yield each standing page."""
    for item in content.public(StandingPage):
        yield content.page_of(item, "pages/detail.html", partial(_view, content, item))


def _view(content: Composition, item: StandingPage) -> StandingView:
    picture = content.picture(item.image, item.image_alt)
    return StandingView(
        **item_fields(content, item, picture=picture),
        body=content.body(item),
        hero=picture,
        has_contact=item.layout == "contact",
    )
