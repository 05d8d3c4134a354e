"""A list in pages: what every section's index, category, tag and archive has in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plugins.core.content import Content
from plugins.core.pagination import paginate
from plugins.core.views import Card, Link, ListView, Page, Pager


def list_pages(
    content: Content,
    cards: Sequence[Card],
    path: str,
    title: str,
    *,
    parents: tuple[Link, ...] = (),
    template: str = "list.html",
    kind: type[ListView] = ListView,
    **more: Any,
) -> Iterator[Page]:
    """The pages that show ``cards`` (newest first) under ``path`` (``/tin-tuc/``).

    ``parents`` stand in the breadcrumb between the home page and the list; ``more`` are
    further fields of the view, of type ``kind``, the same on every page of the list.
    """
    t, url = content.site.t, content.site.url
    trail = (Link(t.home, url("/")), *parents, Link(title, url(path)))
    for address, some, pager in paginate(cards, path):
        shown = title
        crumbs = trail
        if pager.number:
            shown = t.page_of.format(title=title, number=pager.number)
            crumbs = (*trail, Link(t.page.format(number=pager.number), url(address)))
        view = {"nav": url(path), "aside": content.aside, **more}
        yield Page(
            path=f"{address[1:]}index.html",
            template=template,
            view=kind(
                url=url(address),
                title=shown,
                crumbs=crumbs,
                cards=some,
                pager=Pager(
                    pager.number, url(pager.newer) if pager.newer else "", url(pager.older) if pager.older else ""
                ),
                **view,
            ),
            modified=max((card.date for card in some), default=None),
        )
