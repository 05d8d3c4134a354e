"""Home: the front page, put together from every section's blocks as the settings order
them; and what belongs to the portal itself, its 404 page and its web manifest."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from plugins.core.model.values import Link, Moment
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.identity import Site
from plugins.core.site.section import Choice, Section
from plugins.core.site.views import Block, Card, Page, View

#: How many stories the page for a wrong address offers instead.
NEWEST = 5


class Zones(Choice, frozen=True, kw_only=True):
    """``HOME``: names of blocks for the zones of the front page, from above: ``opening`` and
    ``top`` over the whole width; ``main`` with ``aside`` beside it; ``more`` over the whole
    width, in pairs."""

    opening: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


class HomeView(View, frozen=True, kw_only=True):
    """The blocks of each zone."""

    opening: tuple[Block, ...]
    top: tuple[Block, ...]
    main: tuple[Block, ...]
    more: tuple[Block, ...]
    updated: Moment | None
    """When its newest story was published."""

    @property
    def notices(self) -> tuple[Block, ...]:
        """What of the aside a phone shows right after the opening."""
        return self.aside[:1]

    @property
    def rest(self) -> tuple[Block, ...]:
        """What of the aside a phone shows after the main blocks."""
        return self.aside[1:]

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe the publisher: who, where, how to reach."""
        unit, home = site.organization, site.absolute(site.url(addresses.HOME))
        return [
            {
                "@type": "Organization",
                "@id": f"{home}#organization",
                "name": unit.name,
                "url": home,
                "logo": site.absolute(site.url("/icon-512.png")),
                "email": unit.email,
                "telephone": unit.international_number,
                "faxNumber": unit.fax,
                "sameAs": [unit.fanpage],
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": unit.street,
                    "addressLocality": unit.locality,
                    "addressRegion": unit.region,
                    "addressCountry": "VN",
                },
            },
            {
                "@type": "WebSite",
                "name": site.name,
                "url": home,
                "inLanguage": "vi",
                "publisher": {"@id": f"{home}#organization"},
            },
        ]


class LostView(View, frozen=True, kw_only=True):
    """The page for an address that leads nowhere: ways on from there."""

    ways: tuple[Link, ...]
    newest: tuple[Card, ...]

    old_addresses: str = ""
    """Where the table of another portal's addresses lies, if there is one (plugins/redirects)."""


class ManifestView(View, frozen=True, kw_only=True):
    """The web manifest, ready to be written as JSON (W3C Web Application Manifest)."""

    def data(self, site: Site) -> dict[str, Any]:
        icons = [
            {"src": site.url(f"/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in (192, 512)
        ]
        return {
            "name": site.name,
            "short_name": site.organization.short_name,
            "lang": "vi",
            "start_url": site.url(addresses.HOME),
            "scope": site.url(addresses.HOME),
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": "#0054a6",
            "icons": icons,
        }


def pages(content: Composition) -> Iterator[Page]:
    t, url = content.site.t, content.site.url
    newest = content.entries[0].date if content.entries else None
    yield Page(
        path=addresses.output_path(addresses.HOME),
        template="home/index.html",
        make=partial(_home, content),
        modified=newest,
    )
    lost = LostView(
        url=url("/404.html"),
        title=t.lost.title,
        description=t.lost.description,
        is_indexed=False,
        ways=content.site.menu,
        newest=tuple(entry.card for entry in content.entries[:NEWEST]),
        old_addresses=url("/chuyen-huong/") if content.external_inputs.get("redirects") else "",
    )
    yield Page(path="404.html", template="home/404.html", make=lambda: lost, is_indexed=False)
    if content.aside:
        aside_view = View(url=url(addresses.ASIDE), title=t.aside, is_indexed=False, aside=content.aside_blocks)
        path = addresses.output_path(addresses.ASIDE)
        yield Page(path=path, template="home/aside.html", make=lambda: aside_view, is_indexed=False)
    manifest = ManifestView(url=url("/manifest.webmanifest"), title="", is_indexed=False)
    yield Page(
        path="manifest.webmanifest", template="home/manifest.webmanifest", make=lambda: manifest, is_indexed=False
    )


def _home(content: Composition) -> HomeView:
    url, zones = content.site.url, Zones(**content.options.get("home", {}))
    return HomeView(
        url=url(addresses.HOME),
        title=content.site.name,
        description=content.site.tagline,
        picture=content.entries[0].card.picture if content.entries else None,
        nav=url(addresses.HOME),
        feed=url(addresses.feed(addresses.HOME)),
        opening=content.chosen(zones.opening),
        top=content.chosen(zones.top),
        main=content.chosen(zones.main),
        aside=content.chosen(zones.aside),
        more=content.chosen(zones.more),
        updated=Moment(content.entries[0].date) if content.entries else None,
    )


SECTION = Section(name="home", module=__name__, title="Trang chủ", pages=pages, setting=Zones)

register = SECTION.register
