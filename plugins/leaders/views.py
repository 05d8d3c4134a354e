"""Leaders → their page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from plugins.core.model.values import Body, Link, Picture
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.views import Page, View
from plugins.leaders.model import Leader

PATH = "/lanh-dao/"


class Portrait(Struct, frozen=True):
    """A leader as the page shows them."""

    name: str
    office: str
    picture: Picture | None
    body: Body | None


class LeadersView(View, frozen=True, kw_only=True):
    """All leaders in order; ``empty`` stands there where there are none."""

    leaders: tuple[Portrait, ...]
    empty: str


def pages(content: Composition) -> Iterator[Page]:
    """Yield the page of all leaders."""
    is_indexed = bool(content.listed(Leader))
    yield Page(
        path=addresses.output_path(PATH),
        template="leaders/index.html",
        make=partial(_view, content, is_indexed),
        is_indexed=is_indexed,
    )


def _view(content: Composition, is_indexed: bool) -> LeadersView:
    t, url = content.site.t.leaders, content.site.url(PATH)
    leaders = sorted(content.listed(Leader), key=lambda leader: (leader.order, leader.document.path))
    return LeadersView(
        url=url,
        title=t.title.format(unit=content.site.organization.short_name),
        description=t.description.format(unit=content.site.organization.name),
        crumbs=content.trail(Link(t.title.format(unit=content.site.organization.short_name), url)),
        nav=url,
        is_indexed=is_indexed,
        aside=content.aside,
        leaders=tuple(_portrait(content, leader) for leader in leaders),
        empty=t.empty,
    )


def _portrait(content: Content, leader: Leader) -> Portrait:
    return Portrait(
        name=leader.title,
        office=leader.office,
        picture=content.picture(leader.image, leader.image_alt),
        body=None if leader.document.is_empty else content.body(leader),
    )
