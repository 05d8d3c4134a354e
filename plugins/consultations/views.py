"""Consultations → pages, forms, calendar files, and a block of those that may be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from string import punctuation
from urllib.parse import quote

from msgspec import Struct

from plugins.consultations.model import ANSWER, Consultation, Stage
from plugins.core.model.values import Body, FileLink, Link, Moment
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.ical import CalendarView, Happening
from plugins.core.site.identity import Site
from plugins.core.site.lists import list_pages
from plugins.core.site.memo import cached_by_item
from plugins.core.site.story_fields import story_fields
from plugins.core.site.views import Block, Card, DatedView, ListView, Page, View
from plugins.core.text import dates
from plugins.core.text.vietnamese import mailto

PATH = "/gop-y/"
FORM = "phieu-gop-y/"
CALENDAR = "han-gop-y.ics"
IN_BLOCK = 3
COUNTDOWN_DAYS = 30  # days: from here on the badge counts them
MAX_LETTER = (
    2000  # characters, as browsers encode it: Windows opens no longer address than 2,083 (INTERNET_MAX_URL_LENGTH)
)


class Row(Struct, frozen=True):
    """A consultation as lists show it. ``words`` say where it stands, in the ``tone``
    ``coming``, ``open``, ``soon``, ``closed`` or ``answered``; ``label`` says what happens
    or happened on its ``date``."""

    title: str
    url: str
    unit: str
    words: str
    tone: str
    label: str
    date: Moment


class Group(Struct, frozen=True):
    """The consultations of one stage. ``empty`` stands there when there are none."""

    title: str
    rows: tuple[Row, ...]
    empty: str = ""


class ConsultationView(DatedView, frozen=True, kw_only=True):
    """One consultation. ``calendar`` and ``form`` are the addresses of its closing day and
    of its form, empty once it has closed; ``answer`` leads to what became of the opinions."""

    row: Row
    is_open: bool
    opens: Moment
    closes: Moment
    questions: tuple[str, ...]
    files: tuple[FileLink, ...]
    body: Body
    calendar: str
    form: str
    answer: Link | None
    tags: tuple[Link, ...]

    def letter_url(self, site: Site) -> str:
        """Build an e-mail with the questions and room below each.

        It has their numbers only, where the whole would be longer than some machines open.
        """
        t = site.t.consultations
        numbers = [t.number.format(number=number) for number in range(1, len(self.questions) + 1)]
        full = [f"{number} {question}" for number, question in zip(numbers, self.questions, strict=True)]
        subject = t.subject.format(title=self.title)

        def url(questions: list[str]) -> str:
            paragraphs = [site.absolute(self.url), *questions, t.other, t.sender]
            return mailto(site.organization.email, subject, "\n\n\n".join(paragraphs) + "\n")

        whole = url(full)
        return whole if len(quote(whole, safe=punctuation)) <= MAX_LETTER else url(numbers)


class FormView(View, frozen=True, kw_only=True):
    """A form to print and fill in by hand."""

    topic: str
    unit: str
    closes: Moment
    questions: tuple[str, ...]


class ConsultationList(ListView, frozen=True, kw_only=True):
    """The list of consultations: those not yet answered in ``groups``, the open ones first; the answered ones as cards."""

    groups: tuple[Group, ...]


class ConsultationBlock(Block, frozen=True, kw_only=True):
    """The open ones, the soonest to close first; then the coming ones."""

    rows: tuple[Row, ...]


def home(content: Content) -> Link:
    """Return the link to the list of all consultations."""
    return Link(content.site.t.consultations.title, content.site.url(PATH))


@cached_by_item
def row(content: Content, item: Consultation) -> Row:
    """Return the consultation as lists show it."""
    t, stage, tone = content.site.t.consultations, item.stage(content.now), str(item.stage(content.now))
    words = getattr(t.stages, stage)
    left = item.days_left(content.now)
    if stage == "open" and left <= COUNTDOWN_DAYS:
        tone, words = "soon", t.days_left.format(days=left) if left else t.last_day
    times = {
        "coming": item.starts,
        "open": item.closes,
        "closed": item.closes,
        "answered": item.answered or item.closes,
    }
    label, date = getattr(t.labels, stage), Moment(times[stage])
    return Row(item.title, content.url(item), item.unit, words, tone, label, date)


def at_stage(content: Content, stage: Stage) -> list[Consultation]:
    """Return the listed consultations of a stage: what opens or closes next first, what is over newest first."""
    items = [item for item in content.listed(Consultation) if item.stage(content.now) == stage]
    if stage == "coming":
        return sorted(items, key=lambda item: item.starts)
    if stage == "answered":
        return sorted(items, key=lambda item: item.answered or item.closes, reverse=True)
    return sorted(items, key=lambda item: item.closes, reverse=stage == "closed")


def _rows(content: Content, stage: Stage) -> tuple[Row, ...]:
    return tuple(row(content, item) for item in at_stage(content, stage))


@cached_by_item
def card(content: Content, item: Consultation) -> Card:
    """Return the consultation among other entries: without its stage, which would change old lists."""
    date, picture = Moment(item.date), content.picture(item.image)
    return Card(item.title, content.url(item), date, item.summary, home(content), picture)


def blocks(content: Content) -> Mapping[str, Block]:
    """Return the open consultations and those to come."""
    rows = (_rows(content, "open") + _rows(content, "coming"))[:IN_BLOCK]
    if not rows:
        return {}
    title, url = content.site.t.consultations.title, content.site.url(PATH)
    return {"consultations": ConsultationBlock(template="consultations/block.html", title=title, url=url, rows=rows)}


def pages(content: Composition) -> Iterator[Page]:
    """Yield the list; each consultation and, while opinions may be given, its form and the calendar file of its closing."""
    t = content.site.t.consultations
    groups = [
        Group(t.open_heading, _rows(content, "open"), t.none_open),
        *(Group(getattr(t.stages, stage), rows) for stage in ("coming", "closed") if (rows := _rows(content, stage))),
    ]
    answered = [
        Card(item.title, content.url(item), Moment(item.answered or item.closes), item.summary)
        for item in at_stage(content, "answered")
    ]
    yield from list_pages(
        content, answered, PATH, t.title,
        template="consultations/index.html", kind=ConsultationList, groups=tuple(groups), description=t.description,
    )  # fmt: skip
    for item in content.public(Consultation):
        yield content.page_of(item, "consultations/detail.html", partial(_view, content, item))
        if _accepts_opinions(content, item):
            for name, template, make in (
                (FORM, "consultations/form.html", _form),
                (CALENDAR, "", _calendar),
            ):
                yield Page(
                    path=addresses.output_path(content.addresses[item.document.path] + name), template=template,
                    make=partial(make, content, item), source=item.document.path, is_indexed=False,
                )  # fmt: skip


def _accepts_opinions(content: Content, item: Consultation) -> bool:
    """Tell whether an opinion may still be given."""
    return item.stage(content.now) in ("coming", "open")


def _view(content: Composition, item: Consultation) -> ConsultationView:
    url, stage = content.url(item), item.stage(content.now)
    return ConsultationView(
        **story_fields(content, item, under=(home(content),)),
        row=row(content, item),
        is_open=stage == "open",
        opens=Moment(item.starts),
        closes=Moment(item.closes),
        questions=item.questions,
        files=content.file_links(item),
        body=content.body(item),
        calendar=url + CALENDAR if _accepts_opinions(content, item) else "",
        form=url + FORM if _accepts_opinions(content, item) else "",
        answer=_answer(content, item) if stage == "answered" else None,
        tags=content.tag_links(item),
    )


def _answer(content: Content, item: Consultation) -> Link | None:
    """Link to what became of the opinions: a file, or a part of the text."""
    t = content.site.t.consultations
    if item.answer in content.files:
        file = content.file(item.answer)
        return Link(f"{t.answer} ({file.label})", file.url)
    return Link(t.answer, f"#{ANSWER}") if item.is_answered_in_text else None


def _form(content: Content, item: Consultation) -> FormView:
    t, url = content.site.t.consultations, content.url(item)
    return FormView(
        url=url + FORM,
        title=f"{t.form}: {item.title}",
        crumbs=content.trail(home(content), Link(item.title, url), Link(t.form, url + FORM)),
        nav=content.site.url(PATH),
        is_indexed=False,
        topic=item.title,
        unit=item.unit,
        closes=Moment(item.closes),
        questions=item.questions,
    )


def _calendar(content: Content, item: Consultation) -> CalendarView:
    """Return the last day for opinions as a whole day, so that it stands at the head of that day."""
    t, url = content.site.t.consultations, content.url(item)
    deadline = Happening(
        url=url,
        title=t.deadline_of.format(title=item.title),
        begins=item.closes,
        ends=item.closes,
        modified=item.modified_at(content.now),
        summary=f"{t.labels.open}: {Moment(item.closes).long}",
        is_all_day=True,
    )
    return CalendarView(url=url + CALENDAR, title=deadline.title, is_indexed=False, happenings=(deadline,))


def change_times(content: Content) -> Iterator[datetime]:
    """Yield when a consultation opens, closes, is answered; and each midnight while a badge counts days."""
    for item in content.public(Consultation):
        stage = item.stage(content.now)
        if stage == "coming":
            yield item.starts
        elif stage == "open":
            yield dates.minute_after(item.closes)
            counts = dates.days_before(item.closes, COUNTDOWN_DAYS)
            yield counts if counts > content.now else dates.midnight_after(content.now)
        elif stage == "closed" and item.answered:
            yield item.answered
