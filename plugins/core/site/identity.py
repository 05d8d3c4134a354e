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
    responsible: str = ""
    """The name of the person who answers for what is published …"""

    responsible_office: str = ""
    """… and their office."""

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
    """A remark on the address, such as from when its names are."""

    def __post_init__(self) -> None:
        if bool(self.responsible) != bool(self.responsible_office):
            raise ValueError(
                "người chịu trách nhiệm cần cả họ tên (responsible) và chức vụ (responsible_office); chưa có thì để trống cả hai"
            )

    @property
    def website_label(self) -> str:
        """The website's address as a reader sees it: without the scheme."""
        return self.website.partition("://")[2].rstrip("/")

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


class Assets(Struct, frozen=True):
    """Addresses of the theme's files, each with the digest of what it holds in its name."""

    sheets: Mapping[str, str] = {}
    """The style sheet of a page, by the name of its template."""

    styles: Mapping[str, str] = {}
    """The style sheets that templates link beside it, by the names of their files."""

    scripts: Mapping[str, str] = {}
    pictures: Mapping[str, str] = {}
    """Drawings (SVG)."""

    emblem: str = ""
    """The digest of the portal's emblem, which share cards bear."""


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
    websites: tuple[Link, ...] = ()
    """Websites of others that the footer names."""

    categories: tuple[Category, ...]
    """In the order of the settings."""

    assets: Assets = Assets()
    """The style sheets and scripts of this build; empty in the settings, which are read before the theme is."""

    strings: SimpleNamespace
    """The interface's words by section and name."""

    is_preview: bool = False
    """Whether this is a preview, which no search engine may list."""

    page_policy: str = ""
    """The content security policy that pages state themselves, where the host sends no headers."""

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
        """Return ``url`` if a menu has it; nothing else of the menus depends on it."""
        links = self.category_links if url.startswith(self.url(addresses.CATEGORIES)) else self.menu
        return url if url in [link.url for link in links] else ""

    def category_of(self, crumbs: tuple[Link, ...]) -> str:
        """Return the address of the category that stands in a breadcrumb."""
        categories = self.url(addresses.CATEGORIES)
        return next((crumb.url for crumb in crumbs if crumb.url.startswith(categories)), "")

    @property
    def category_links(self) -> tuple[Link, ...]:
        """The lists of the categories, in the order of the settings."""
        return tuple(Link(category.title, self.url(addresses.category(category.slug))) for category in self.categories)

    def category(self, slug: str) -> Category | None:
        """Look up a category by its slug."""
        return next((category for category in self.categories if category.slug == slug), None)
