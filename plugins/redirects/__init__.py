"""Redirects: an old address that an item names in ``aliases`` leads to where the item is now.

A page that sends readers on works on every static host; the address is told to search
engines as the canonical one (WHATWG HTML § 4.2.5.3, ``http-equiv="refresh"``).
"""

from collections.abc import Iterator

from plugins.core.content import Content
from plugins.core.problems import Problem
from plugins.core.section import Section
from plugins.core.views import Page, View


class RedirectView(View, frozen=True, kw_only=True):
    """``target`` is where the item is now."""

    target: str


def pages(content: Content) -> Iterator[Page]:
    for item in content.all_items:
        if item.document.path in content.addresses:
            for alias in item.aliases:
                view = RedirectView(
                    url=content.site.url(alias), title=item.title, is_indexed=False, target=content.url(item)
                )
                yield Page(path=f"{alias.strip('/')}/index.html", template="redirects/redirect.html", view=view)


def rules(content: Content) -> Iterator[Problem]:
    """An old address leads to one item, and never hides a page that is there."""
    live = {address: path for path, address in content.addresses.items()}
    owners: dict[str, str] = {}
    for item in content.all_items:
        for alias in item.aliases:
            other = live.get(f"{alias.rstrip('/')}/") or owners.get(alias.rstrip("/"))
            if other:
                yield item.problem("aliases", "ALIAS_TAKEN", f"Địa chỉ cũ {alias} đang là của content/{other}.")
            owners.setdefault(alias.rstrip("/"), item.document.path)


SECTION = Section(name="redirects", module=__name__, pages=pages, rules=rules)
