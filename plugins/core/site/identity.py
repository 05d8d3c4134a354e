"""Define the site: what every page may know of the portal that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import SimpleNamespace
from urllib.parse import quote

from msgspec import Struct

from plugins.core.model.values import Link
from plugins.core.site import addresses

_SIMPLE = re.compile(r"[\w./-]*", re.ASCII)  # nearly every address: there is nothing to quote


class Category(Struct, frozen=True):
    """A category of stories, declared once in the settings, in the order of the menu."""

    slug: str
    title: str
    summary: str = ""


class Organization(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The unit that publishes, as the footer, the contact page and search engines show it.

    Units merge and move: none of this is ever written in a template.
    """

    name: str
    short_name: str
    parent: str
    editor: str
    street: str
    locality: str
    region: str
    telephone: str
    """As it is printed."""

    fax: str
    email: str
    website: str
    fanpage: str
    dialled: str = ""
    """The number that a link dials where ``telephone`` is printed with a code that was given up."""

    address_note: str = ""
    """What readers should know of the address, such as from when its names are."""

    @property
    def address(self) -> str:
        """The postal address on one line."""
        return ", ".join((self.street, self.locality, self.region))

    @property
    def telephone_url(self) -> str:
        """The number as a link that dials."""
        return f"tel:{self.international_number}"

    @property
    def international_number(self) -> str:
        """The number that reaches the unit (RFC 3966, Vietnam's +84 in place of the first 0)."""
        digits = "".join(char for char in self.dialled or self.telephone if char.isdigit())
        return f"+84{digits.removeprefix('0')}"

    @property
    def email_url(self) -> str:
        """The address as a link that begins a letter."""
        return f"mailto:{self.email}"

    @property
    def fanpage_label(self) -> str:
        """The fan page's address as a reader sees it: without the scheme."""
        return self.fanpage.partition("://")[2]

    @property
    def website_label(self) -> str:
        """The website's address as a reader sees it: without the scheme."""
        return self.website.partition("://")[2]


class Assets(Struct, frozen=True):
    """Addresses of the theme's files, each with the digest of what it holds in its name."""

    sheets: Mapping[str, str] = {}
    """The style sheet of a page, by the name of its template."""

    styles: Mapping[str, str] = {}
    """The style sheets that templates link beside it, by the names of their files."""

    scripts: Mapping[str, str] = {}
    pictures: Mapping[str, str] = {}
    """Drawings (SVG)."""


class Site(Struct, frozen=True, kw_only=True):
    """The portal as every template may read it beside its view."""

    name: str
    tagline: str
    origin: str
    """Scheme and host."""

    base: str
    """The path that the portal lives under, often empty."""

    organization: Organization
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    categories: tuple[Category, ...]
    """In the order of the settings."""

    assets: Assets = Assets()
    """The style sheets and scripts of this build; empty in the settings, which are read before the theme is."""

    strings: SimpleNamespace
    """The interface's words by section and name."""

    @property
    def t(self) -> SimpleNamespace:
        """The interface's words: ``site.t.news.related``."""
        return self.strings

    @property
    def home_url(self) -> str:
        """The address of the home page."""
        return self.url(addresses.HOME)

    @property
    def search_url(self) -> str:
        """The address of the search page, which the search form asks."""
        return self.url(addresses.SEARCH)

    def url(self, path: str) -> str:
        """Return the address of ``path`` (``/tin-tuc/``) as links write it."""
        if not _SIMPLE.fullmatch(path):
            path = quote(path, safe="/%#?&=@:;,+~!$'()*")
        return self.base + path

    def absolute(self, url: str) -> str:
        """Return the whole address of what ``url`` made, for feeds, sitemap and search engines."""
        return self.origin + url if url.startswith("/") else url

    def in_menu(self, url: str) -> str:
        """Return ``url`` if the menu has it; nothing else of the menu depends on it."""
        return url if url in [link.url for link in self.menu] else ""

    def category(self, slug: str) -> Category | None:
        """Look up a category by its slug."""
        return next((category for category in self.categories if category.slug == slug), None)
