"""Documents → their pages, and the newest as a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from msgspec import Struct

from plugins.core.model.values import Body, Link, Moment
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.identity import Site
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import story_fields
from plugins.core.site.views import Block, Card, DatedView, Page
from plugins.core.text import dates
from plugins.core.text.vietnamese import slugify
from plugins.documents import chains
from plugins.documents.model import Paper
from plugins.documents.register import Row, State

PATH = "/van-ban/"
IN_BLOCK = 3


class Remark(Struct, frozen=True):
    """A sentence on what has become, or will become, of a document."""

    words: str
    link: Link | None = None


class Fact(Struct, frozen=True):
    """A line of what is known of a document."""

    label: str
    value: str | Moment

    @property
    def is_day(self) -> bool:
        """Whether the value is a day."""
        return isinstance(self.value, Moment)


class Group(Struct, frozen=True):
    """Other documents under the word for what they have to do with this one."""

    title: str
    rows: tuple[Row, ...]


class PaperView(DatedView, frozen=True, kw_only=True):
    """One document."""

    row: Row
    remarks: tuple[Remark, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    tags: tuple[Link, ...]
    body: Body
    is_legislation: bool
    starts: Moment
    ends: Moment | None
    replaces: tuple[Link, ...]
    amends: tuple[Link, ...]

    def structured(self, site: Site) -> list[dict[str, Any]]:
        """Describe enacted law as Legislation, all the rest as a DigitalDocument (schema.org)."""
        common: dict[str, Any] = {
            "name": self.title,
            "description": self.row.summary or self.title,
            "url": site.absolute(self.url),
            "inLanguage": self.lang,
            "dateModified": self.modified.iso,
            **({"expires": self.ends.day} if self.ends else {}),
        }
        files = [
            {"@type": "MediaObject", "contentUrl": site.absolute(file.url), "name": file.title, "contentSize": f"{file.size} B"}
            for file in self.row.files
        ]  # fmt: skip
        if files:
            common["encoding"] = files
        if not self.is_legislation:
            publisher = {"@type": "Organization", "name": self.row.unit}
            number = {"identifier": self.row.number} if self.row.number else {}
            return [
                {"@type": "DigitalDocument", **common, **number, "datePublished": self.date.day, "publisher": publisher}
            ]
        law: dict[str, Any] = {
            "legislationType": self.row.kind,
            "legislationDate": self.date.day,
            "legislationDateOfApplicability": self.starts.day,
            "legislationPassedBy": {"@type": "Organization", "name": self.row.unit},
            "legislationLegalForce": f"https://schema.org/{'InForce' if self.row.state.slug == 'con' else 'NotInForce'}",
            "legislationJurisdiction": "VN",
        }
        if self.row.number:
            law["legislationIdentifier"] = self.row.number
        for name, links in (("legislationRepeals", self.replaces), ("legislationAmends", self.amends)):
            if links:
                law[name] = [
                    {"@type": "Legislation", "name": link.title, "url": site.absolute(link.url)} for link in links
                ]
        return [{"@type": "Legislation", **common, **law}]


class PaperBlock(Block, frozen=True, kw_only=True):
    """The newest documents."""

    rows: tuple[Row, ...]


def state(content: Content, paper: Paper) -> State:
    """Return where a document stands now."""
    slug = paper.state(content.now, chains.ties(content, paper).replaced_by)
    return State(slug, getattr(content.site.t.documents.states, slug))


def home(content: Content) -> Link:
    """Return the link to the whole register."""
    return Link(content.site.t.documents.title, content.site.url(PATH))


def list_of_kind(slug: str) -> str:
    """Return the address of the list of one kind."""
    return f"{PATH}loai/{slug}/"


@cached_by_item
def row(content: Content, paper: Paper) -> Row:
    """Return the document as the register shows it."""
    standing = state(content, paper)
    return Row(
        title=paper.title,
        url=content.url(paper),
        date=Moment(paper.date),
        summary=paper.summary,
        number=paper.shown_number,
        kind=paper.sort.title,
        unit=paper.unit,
        state=standing,
        files=content.file_links(paper),
        facets=(
            ("loai", paper.kind),
            ("nam", str(paper.date.year)),
            ("don-vi", slugify(paper.unit)),
            ("hieu-luc", standing.slug),
        ),
    )


@cached_by_item
def card(content: Content, paper: Paper) -> Card:
    """Return the document among other entries: without its state, which would change old lists."""
    date, picture = Moment(paper.date), content.picture(paper.image)
    return Card(
        paper.title, content.url(paper), date, paper.summary, home(content), picture, badge=paper.shown_number
    )  # fmt: skip


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the newest documents."""
    rows = tuple(row(content, paper) for paper in content.listed(Paper)[:IN_BLOCK])
    if not rows:
        return {}
    title, url = content.site.t.documents.short_title, content.site.url(PATH)
    return {"documents": PaperBlock(template="documents/block.html", title=title, url=url, rows=rows)}


def paper_pages(content: Composition) -> Iterator[Page]:
    """Yield each document's page."""
    for paper in content.public(Paper):
        yield content.page_of(paper, "documents/detail.html", partial(_view, content, paper))


def _view(content: Composition, paper: Paper) -> PaperView:
    t = content.site.t.documents
    ties = chains.ties(content, paper)
    kind = Link(paper.sort.title, content.site.url(list_of_kind(paper.kind)))
    groups = (
        Group(getattr(t.ties, side), tuple(row(content, other) for other in getattr(ties, side)))
        for side in chains.Ties.__struct_fields__
    )
    return PaperView(
        **story_fields(content, paper, under=(home(content), kind)),
        row=row(content, paper),
        remarks=tuple(_remarks(content, paper)),
        facts=tuple(_facts(paper, t)),
        groups=tuple(group for group in groups if group.rows),
        tags=content.tag_links(paper),
        body=content.body(paper),
        is_legislation=paper.kind == "hien-phap" or bool(paper.number and paper.number.is_legislation),
        starts=Moment(paper.starts),
        ends=Moment(paper.expires) if paper.expires else None,
        replaces=tuple(_link(content, other) for other in ties.replaces),
        amends=tuple(_link(content, other) for other in ties.amends),
    )


def _link(content: Content, paper: Paper) -> Link:
    return Link(f"{paper.shown_number} – {paper.title}" if paper.number else paper.title, content.url(paper))


def _remarks(content: Content, paper: Paper) -> Iterator[Remark]:
    t, now = content.site.t.documents, content.now
    for other in chains.ties(content, paper).replaced_by:
        words = t.is_replaced if other.starts <= now else t.will_be_replaced
        yield Remark(words.format(date=dates.short_date(other.starts)), _link(content, other))
    if paper.void_from:
        words = t.has_expired if paper.void_from <= now else t.will_expire
        yield Remark(words.format(date=dates.short_date(paper.void_from)))
    if paper.starts > now:
        yield Remark(t.will_start.format(date=dates.short_date(paper.starts)))


def _facts(paper: Paper, t: Any) -> Iterator[Fact]:
    if paper.number:
        yield Fact(t.number, paper.number.text)
    yield Fact(t.kind, paper.sort.title)
    for label, moment in ((t.date, paper.date), (t.effective, paper.starts), (t.expires, paper.void_from)):
        if moment:
            yield Fact(label, Moment(moment))
    yield Fact(t.unit, paper.unit)
    if paper.signer or paper.signer_name:
        yield Fact(t.signer, ", ".join(filter(None, (paper.signer, paper.signer_name))))


def change_times(content: Content) -> Iterator[datetime]:
    """Yield when a document comes into force, which may end another's, and the minute after its last."""
    for paper in content.public(Paper):
        yield paper.starts
        if paper.void_from:
            yield paper.void_from
