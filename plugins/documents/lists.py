"""Make the register's lists: all documents, those of a kind, a year, a unit, a state; and the whole of it as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from plugins.core.model.values import Link, Moment
from plugins.core.site import addresses
from plugins.core.site.composition import Composition, ListedContent
from plugins.core.site.content import Content
from plugins.core.site.lists import list_pages
from plugins.core.site.views import Feed, ListView, Page, View
from plugins.core.text.vietnamese import slugify, sort_key
from plugins.documents import chains
from plugins.documents.kinds import KINDS
from plugins.documents.model import STATES, Paper
from plugins.documents.register import SearchView, TableView
from plugins.documents.views import PATH, home, list_of_kind, paper_pages, row, state

SEARCHED = f"{PATH}so-van-ban.json"
TABLE = f"{PATH}so-van-ban.csv"


class Facet(Struct, frozen=True):
    """One value that documents may be found by. ``slug`` is the value in the form's field,
    ``path`` its list, from the portal's root; ``old_path`` where that list was, if anywhere."""

    slug: str
    title: str
    heading: str
    path: str
    papers: tuple[Paper, ...]
    old_path: str = ""


class Way(Struct, frozen=True):
    """One question to the register: the form's field ``name``, its label, and the answers
    as links, and as values of the field with their words."""

    name: str
    title: str
    links: tuple[Link, ...]
    choices: tuple[tuple[str, str], ...]


class RegisterView(ListView, frozen=True, kw_only=True):
    """A page of the register. ``list_url`` is the list's address; ``searched`` what the script
    searches, empty where the list holds a part of the register only."""

    list_url: str
    ways: tuple[Way, ...]
    searched: str
    table: str

    @property
    def has_form(self) -> bool:
        """On the first page of the whole register: the form is over all of its pages."""
        return bool(self.searched and self.cards and self.pager and not self.pager.number)


class MovedView(View, frozen=True, kw_only=True):
    """``target`` is where the list is now."""

    target: str


def pages(content: Composition) -> Iterator[Page]:
    """Yield each document, the whole register, its lists and files, and the old addresses of lists."""
    yield from paper_pages(content)
    t, url = content.site.t.documents, content.site.url
    papers = content.listed(Paper)
    by_question = facets(content, papers)
    ways = tuple(
        Way(
            name,
            getattr(t.ways, name.replace("-", "_")),
            tuple(Link(facet.title, url(facet.path)) for facet in answers),
            tuple((facet.slug, facet.title) for facet in answers),
        )
        for name, answers in by_question.items()
    )
    yield from _list(content, papers, PATH, t.title, ways, description=t.description, searched=url(SEARCHED))
    for answers in by_question.values():
        for facet in answers:
            yield from _list(content, facet.papers, facet.path, facet.heading, ways, parents=(home(content),))
            if facet.old_path:
                make = partial(_moved, content, facet)
                path = addresses.output_path(facet.old_path)
                yield Page(path=path, template="redirects/redirect.html", make=make, is_indexed=False)
    yield Page(
        path=addresses.output_path(SEARCHED), template="", make=partial(_searched, content, papers), is_indexed=False
    )
    yield Page(path=addresses.output_path(TABLE), template="", make=partial(_table, content, papers), is_indexed=False)


def _list(
    content: Composition, papers: Sequence[Paper], path: str, title: str, ways: tuple[Way, ...], *,
    parents: tuple[Link, ...] = (), description: str = "", searched: str = "",
) -> Iterator[Page]:  # fmt: skip
    t, url = content.site.t.documents, content.site.url
    has_feed = path == PATH or path.startswith(f"{PATH}loai/")
    yield from list_pages(
        content, [row(content, paper) for paper in papers], path, title,
        parents=parents, template="documents/index.html", kind=RegisterView, nav=url(PATH), aside=(),
        feed=url(addresses.feed(path)) if has_feed else "", description=description or t.about.format(title=title),
        empty=t.empty, list_url=url(path), ways=ways, searched=searched, table=url(TABLE),
    )  # fmt: skip


def facets(content: Content, papers: Sequence[Paper]) -> dict[str, list[Facet]]:
    """Group documents by the values of each field of the form; every state is there, since a document may enter it
    at midnight."""
    t = content.site.t.documents
    kinds: dict[str, list[Paper]] = {kind.slug: [] for kind in KINDS.values()}
    years: dict[int, list[Paper]] = {}
    units: dict[str, list[Paper]] = {}  # by slug: two spellings of a unit are one
    states: dict[str, list[Paper]] = {slug: [] for slug in STATES}
    for paper in papers:
        kinds[paper.kind].append(paper)
        years.setdefault(paper.date.year, []).append(paper)
        units.setdefault(slugify(paper.unit), []).append(paper)
        states[state(content, paper).slug].append(paper)
    return {
        "loai": [
            Facet(slug, kind.title, kind.title, list_of_kind(slug), tuple(kinds[slug]), kind.old_address)
            for slug, kind in KINDS.items()
            if kinds[slug]
        ],
        "nam": [
            Facet(str(year), str(year), t.of_year.format(year=year), f"{PATH}{year}/", tuple(of_year))
            for year, of_year in sorted(years.items(), reverse=True)
        ],
        "don-vi": [
            Facet(slug, of_unit[0].unit, t.of_unit.format(unit=of_unit[0].unit), f"{PATH}don-vi/{slug}/", tuple(of_unit))
            for slug, of_unit in sorted(units.items(), key=lambda pair: sort_key(pair[1][0].unit))
        ],
        "hieu-luc": [
            Facet(slug, words, t.of_state.format(state=words.lower()), f"{PATH}hieu-luc/{slug}/", tuple(of_state))
            for slug, of_state in states.items()
            for words in [getattr(t.states, slug)]
        ],
    }  # fmt: skip


def feeds(content: ListedContent) -> Iterator[Feed]:
    """Yield a feed of all documents and one of each kind."""
    t = content.site.t.documents
    entries = content.by_section["documents"]
    by_path = {entry.story.document.path: entry for entry in entries}
    yield Feed(PATH, t.title, t.description, entries)
    for facet in facets(content, content.listed(Paper))["loai"]:
        of_kind = tuple(by_path[paper.document.path] for paper in facet.papers)
        yield Feed(facet.path, facet.heading, t.about.format(title=facet.heading), of_kind)


def _moved(content: Content, facet: Facet) -> MovedView:
    url = content.site.url
    return MovedView(url=url(facet.old_path), title=facet.heading, is_indexed=False, target=url(facet.path))


def _searched(content: Content, papers: Sequence[Paper]) -> SearchView:
    rows = tuple(row(content, paper) for paper in papers)
    return SearchView(url=content.site.url(SEARCHED), title="", is_indexed=False, rows=rows)


def _table(content: Content, papers: Sequence[Paper]) -> TableView:
    heading = tuple(content.site.t.documents.columns)
    rows = tuple(_cells(content, paper) for paper in papers)
    return TableView(url=content.site.url(TABLE), title="", is_indexed=False, rows=(heading, *rows))


def _cells(content: Content, paper: Paper) -> tuple[str, ...]:
    """Return a row of the table, in the order of ``documents.columns`` of the words. Days as ISO 8601."""
    shown, ties, absolute = row(content, paper), chains.ties(content, paper), content.site.absolute
    others = (
        "; ".join(other.shown_number or other.title for other in side) for side in (ties.replaces, ties.replaced_by)
    )
    days = (Moment(time).day if time else "" for time in (paper.date, paper.starts, paper.void_from))
    files = " ".join(absolute(file.url) for file in shown.files)
    return (
        shown.number, shown.kind, *days, shown.state.words, shown.unit, paper.signer, paper.signer_name,
        shown.title, shown.summary, *others, absolute(shown.url), files,
    )  # fmt: skip
