"""Archive: everything by year and month, at ``/luu-tru/2020/07/``."""

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from plugins.core.model.values import Link
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.lists import MIN_INDEXED, list_pages
from plugins.core.site.section import Section
from plugins.core.site.taxonomy import Group
from plugins.core.site.views import Entry, Page, View


class Year(Struct, frozen=True):
    """A year, its page, and its months that have entries."""

    title: str
    url: str
    count: int
    months: tuple[Group, ...]


class ArchiveView(View, frozen=True, kw_only=True):
    """Years, newest first."""

    years: tuple[Year, ...]
    empty: str


def pages(content: Composition) -> Iterator[Page]:
    """Yield the archive, and a page for each year and each month."""
    t, url = content.site.t, content.site.url
    home = Link(t.archive.title, url(addresses.ARCHIVE))
    tree: dict[int, dict[int, list[Entry]]] = {}
    for entry in content.entries:
        date = entry.date
        tree.setdefault(date.year, {}).setdefault(date.month, []).append(entry)
    years = tuple(_year(content, number, months) for number, months in tree.items())
    yield _overview(content, addresses.ARCHIVE, t.archive.title, years, ())
    for (number, months), year in zip(tree.items(), years, strict=True):
        yield _overview(content, addresses.year(number), year.title, (year,), (home,))
        for month, entries in months.items():
            title = t.archive.month_of.format(month=month, year=number)
            parents = home, Link(year.title, year.url)
            path = addresses.month(month, number)
            yield from list_pages(content, entries, path, title, parents=parents, may_be_thin=True)


def _year(content: Content, number: int, months: dict[int, list[Entry]]) -> Year:
    t, url = content.site.t.archive, content.site.url
    groups = tuple(
        Group(t.month.format(month=month), url(addresses.month(month, number)), len(entries))
        for month, entries in months.items()
    )
    return Year(t.year.format(year=number), url(addresses.year(number)), sum(group.count for group in groups), groups)


def _overview(content: Composition, path: str, title: str, years: tuple[Year, ...], parents: tuple[Link, ...]) -> Page:
    make = partial(_view, content, path, title, years, parents)
    return Page(
        path=addresses.output_path(path), template="archive/index.html", make=make, is_indexed=_is_indexed(years)
    )


def _is_indexed(years: tuple[Year, ...]) -> bool:
    """Tell whether a page of these years is worth finding."""
    return sum(year.count for year in years) >= MIN_INDEXED


def _view(
    content: Composition, path: str, title: str, years: tuple[Year, ...], parents: tuple[Link, ...]
) -> ArchiveView:
    t, url = content.site.t, content.site.url
    return ArchiveView(
        url=url(path),
        title=title,
        description=t.archive.description,
        crumbs=content.trail(*parents, Link(title, url(path))),
        nav=url(addresses.ARCHIVE),
        is_indexed=_is_indexed(years),
        aside=content.aside,
        years=years,
        empty=t.archive.empty,
    )


SECTION = Section(name="archive", module=__name__, title="Lưu trữ", pages=pages)

register = SECTION.register
