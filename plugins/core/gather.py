"""Entries gathered by a name that editors wrote: a tag, an author, a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

from plugins.core.content import Content
from plugins.core.lists import list_pages
from plugins.core.text import slugify, sort_key
from plugins.core.views import Entry, Link, ListView, Page


class Group(Link, frozen=True):
    """A name, its page, and how many entries it gathers."""

    count: int


class GroupsView(ListView, frozen=True, kw_only=True):
    """A page of names."""

    groups: tuple[Group, ...]


def by_name(entries: Iterable[Entry], names: Callable[[Entry], Iterable[str]]) -> dict[str, list[Entry]]:
    """The entries of each name, the names in Vietnamese alphabetical order."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in names(entry):
            found[name].append(entry)
    return {name: found[name] for name in sorted(found, key=sort_key)}


def named_lists(content: Content, groups: dict[str, list[Entry]], path: str, t: SimpleNamespace) -> Iterator[Page]:
    """A page of all the names under ``path``, and under it the list of each."""
    url = content.site.url
    home = Link(t.title, url(path))
    names = tuple(Group(name, url(f"{path}{slugify(name)}/"), len(some)) for name, some in groups.items())

    def overview() -> GroupsView:
        return GroupsView(
            url=home.url,
            title=t.title,
            description=t.description,
            crumbs=(Link(content.site.t.home, url("/")), home),
            nav=home.url,
            aside=content.aside,
            groups=names,
            empty=t.empty,
        )

    yield Page(path=f"{path[1:]}index.html", template="groups.html", make=overview)
    for name, some in groups.items():
        title = t.heading.format(name=name)
        yield from list_pages(
            content, some, f"{path}{slugify(name)}/", title, parents=(home,), description=t.about.format(name=name)
        )
