"""Standing pages → pages."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.core.content import Content
from plugins.core.views import Body, Link, Page, Picture, View
from plugins.pages.model import StandingPage


class StandingView(View, frozen=True, kw_only=True):
    """One page; ``has_contact`` adds the unit's address from the settings."""

    body: Body
    hero: Picture | None
    has_contact: bool


def pages(content: Content) -> Iterator[Page]:
    for item in content.public(StandingPage):
        address = content.addresses[item.document.path]
        picture = content.picture(item.image, item.image_alt)
        view = StandingView(
            url=content.site.url(address),
            title=item.title,
            description=item.summary,
            crumbs=(Link(content.site.t.home, content.site.url("/")), Link(item.title, content.site.url(address))),
            nav=content.site.url(address),
            is_indexed=item.is_listed,
            aside=content.aside,
            picture=picture,
            body=content.body(item),
            hero=picture,
            has_contact=item.layout == "contact",
        )
        yield Page(path=f"{address[1:]}index.html", template="pages/detail.html", view=view, source=item.document.path)
