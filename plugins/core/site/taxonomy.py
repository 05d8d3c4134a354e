"""Group entries by a name that editors wrote: a tag or an author."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

from plugins.core.model.item import Item
from plugins.core.model.values import Link
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.lists import list_pages
from plugins.core.site.views import Entry, ListView, Page
from plugins.core.text.vietnamese import slugify, sort_key


class Group(Link, frozen=True):
    """A name, its page, and how many entries it gathers."""

    count: int


class GroupsView(ListView, frozen=True, kw_only=True):
    """A page of names."""

    groups: tuple[Group, ...]


def by_name(
    entries: Iterable[Entry], names: Callable[[Entry], Iterable[str]], key: Callable[[str], str] = slugify
) -> dict[str, list[Entry]]:
    """Group entries by name, the names in Vietnamese alphabetical order.

    Names with the same ``key`` are one name, spelled as most spell it.
    """
    by_key: dict[str, list[Entry]] = defaultdict(list)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for same, name in {key(name): name for name in names(entry)}.items():
            by_key[same].append(entry)
            spellings[same][name] += 1
    groups = {usual(spellings[same]): entries for same, entries in by_key.items()}
    return {name: groups[name] for name in sorted(groups, key=sort_key)}


def usual(spellings: Counter[str]) -> str:
    """Return the spelling that is used most; of equals, one that is not all in capitals."""
    return max(spellings, key=lambda name: (spellings[name], not name.isupper(), name))


def odd_spellings(
    uses: Iterable[tuple[str, Item]], key: Callable[[str], str], field: str, noun: str = ""
) -> Iterator[tuple[Item, str]]:
    """Yield the items that spell a name otherwise than most do, each with a message; ``noun`` says what is named."""
    uses = list(uses)
    written = {name for name, _ in uses}
    if len({key(name) for name in written}) == len(written):
        return
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name, _ in uses:
        spellings[key(name)][name] += 1
    usuals = {same: usual(counts) for same, counts in spellings.items()}
    first = dict(reversed(uses))
    for name, item in uses:
        right = usuals[key(name)]
        if name != right:
            message = (
                f"{noun}“{name}” ở nơi khác viết là “{right}” ({position_of(first[right], field)}). Viết thống nhất."
            )
            yield item, message


def position_of(item: Item, field: str) -> str:
    """Return the file and line of an item's field, as messages about another item name it."""
    return f"content/{item.document.path}:{item.document.field_positions.get(field, (1, 0))[0]}"


def named_lists(
    content: Composition,
    groups: dict[str, list[Entry]],
    path: str,
    t: SimpleNamespace,
    slug: Callable[[str], str] = slugify,
) -> Iterator[Page]:
    """Yield a page of all the names at ``path``, and below it the list of each."""
    url = content.site.url
    home = Link(t.title, url(path))
    names = tuple(Group(name, url(f"{path}{slug(name)}/"), len(entries)) for name, entries in groups.items())

    def overview() -> GroupsView:
        return GroupsView(
            url=home.url,
            title=t.title,
            description=t.description,
            crumbs=content.trail(home),
            nav=home.url,
            aside=content.aside,
            groups=names,
            empty=t.empty,
        )

    yield Page(path=addresses.output_path(path), template="groups.html", make=overview)
    for name, entries in groups.items():
        title = t.heading.format(name=name)
        yield from list_pages(
            content, entries, f"{path}{slug(name)}/", title, parents=(home,), description=t.about.format(name=name)
        )
