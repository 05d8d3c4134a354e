"""Make the pages of a list: of a section, a category, a tag, an author, a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from msgspec.msgpack import encode

from plugins.core.hashing import digest
from plugins.core.model.values import Link
from plugins.core.site import addresses
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
    """Yield the pages that show the cards or entries ``listed`` (newest first) under ``path`` (``/tin-tuc/``).

    ``parents`` stand in the breadcrumb between the home page and the list; ``more`` are
    further fields of the view, of type ``kind``, the same on every page of the list.
    """
    t, url = content.site.t, content.site.url
    shared_inputs = kind.__name__, template, title, parents, more
    trail = content.trail(*parents, Link(title, url(path)))
    more = {"nav": url(path), "aside": content.aside, **more}

    def view(address: str, of_page: tuple[Card | Entry, ...], pager: Pager) -> ListView:
        cards = tuple(listed.card if isinstance(listed, Entry) else listed for listed in of_page)
        number, newer, older = pager.number, pager.newer and url(pager.newer), pager.older and url(pager.older)
        shown = t.page_of.format(title=title, number=number) if number else title
        crumbs = (*trail, Link(t.page.format(number=number), url(address))) if number else trail
        return kind(
            url=url(address), title=shown, crumbs=crumbs, cards=cards, pager=Pager(number, newer, older), **more
        )

    @cache
    def shared() -> bytes:
        """Digest all that the pages have in common."""
        return digest(encode(shared_inputs), *map(shared_digest, content.aside))

    def inputs(address: str, of_page: tuple[Card | Entry, ...], pager: Pager) -> Iterator[bytes]:
        fingerprints = [  # of every entry of every list: hence no function for each
            (card.fingerprint or entry_fingerprint(card)) if isinstance(card, Entry) else shared_digest(card)
            for card in of_page
        ]
        yield digest(shared(), encode((address, pager)), *fingerprints)

    for address, of_page, pager in paginate(listed, path):
        yield Page(
            path=addresses.output_path(address),
            template=template,
            make=view,
            args=(address, of_page, pager),
            inputs=inputs,
            modified=_date(of_page[0]) if of_page else None,
        )


def _date(listed: Card | Entry) -> datetime:
    return listed.date.at if isinstance(listed, Card) else listed.date
