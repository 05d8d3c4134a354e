"""A list in pages: what every section's index, category, tag and archive has in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from msgspec.msgpack import encode

from plugins.core.hashing import digest
from plugins.core.model.values import Link
from plugins.core.site.composition import Composition
from plugins.core.site.fingerprints import entry_fingerprint, shared_digest
from plugins.core.site.pagination import paginate
from plugins.core.site.views import Card, Entry, ListView, Page, Pager


def list_pages(
    content: Composition,
    listed: Sequence[Card | Entry],
    path: str,
    title: str,
    *,
    parents: tuple[Link, ...] = (),
    template: str = "list.html",
    kind: type[ListView] = ListView,
    **more: Any,
) -> Iterator[Page]:
    """The pages that show the cards or entries ``listed`` (newest first) under ``path`` (``/tin-tuc/``).

    ``parents`` stand in the breadcrumb between the home page and the list; ``more`` are
    further fields of the view, of type ``kind``, the same on every page of the list.
    """
    t, url = content.site.t, content.site.url
    given = title, parents, more
    trail = (Link(t.home, url("/")), *parents, Link(title, url(path)))
    more = {"nav": url(path), "aside": content.aside, **more}

    def view(address: str, some: tuple[Card | Entry, ...], pager: Pager) -> ListView:
        cards = tuple(one.card if isinstance(one, Entry) else one for one in some)
        number, newer, older = pager.number, pager.newer and url(pager.newer), pager.older and url(pager.older)
        shown = t.page_of.format(title=title, number=number) if number else title
        crumbs = (*trail, Link(t.page.format(number=number), url(address))) if number else trail
        return kind(
            url=url(address), title=shown, crumbs=crumbs, cards=cards, pager=Pager(number, newer, older), **more
        )

    @cache
    def shared() -> bytes:
        """Digest all that the pages have in common."""
        return digest(encode((kind.__name__, template, *given)), *map(shared_digest, content.aside))

    def inputs(address: str, some: tuple[Card | Entry, ...], pager: Pager) -> bytes:
        parts = [  # this is asked of every entry of every list: hence no function for each
            (one.fingerprint or entry_fingerprint(one)) if isinstance(one, Entry) else shared_digest(one)
            for one in some
        ]
        return digest(shared(), encode((address, pager)), *parts)

    for address, some, pager in paginate(listed, path):
        yield Page(
            path=f"{address[1:]}index.html",
            template=template,
            make=view,
            args=(address, some, pager),
            inputs=inputs,
            modified=some[0].date if some else None,
        )
