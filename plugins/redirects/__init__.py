"""Redirects: an old address that an item names in ``aliases`` leads to where the item is now; so do the addresses
of another portal that was imported (``table.py``).

A page that sends readers on works on every static host; the address is told to search
engines as the canonical one (WHATWG HTML § 4.2.5.3, ``http-equiv="refresh"``).
"""

from collections.abc import Iterator
from functools import partial

from plugins.core.model.item import Item
from plugins.core.site import addresses
from plugins.core.site.content import Content
from plugins.core.site.section import Section
from plugins.core.site.views import Page, View
from plugins.redirects import table


class RedirectView(View, frozen=True, kw_only=True):
    """``target`` is where the item is now."""

    target: str


def pages(content: Content) -> Iterator[Page]:
    """Yield a page at each old address."""
    for item in content.all_items:
        if item.aliases and item.document.path in content.addresses:
            for alias in item.aliases:
                yield Page(
                    path=addresses.output_path(f"/{alias.strip('/')}/"),
                    template="redirects/redirect.html",
                    make=partial(_view, content, item, alias),
                    source=item.document.path,
                    is_indexed=False,
                )


def _view(content: Content, item: Item, alias: str) -> RedirectView:
    return RedirectView(url=content.site.url(alias), title=item.title, is_indexed=False, target=content.url(item))


SECTION = Section(
    name="redirects",
    module=__name__,
    title="Địa chỉ cũ",
    pages=pages,
    final_pages=table.pages,
    rules=table.problems,
    project_file=table.FILE,
)

register = SECTION.register
