"""Consultations → pages, forms, calendar files, and a block of those that may be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from msgspec import Struct

from plugins.consultations.model import ANSWER, Consultation, Stage
from plugins.core.model.values import Body, FileLink, Link
from plugins.core.site import addresses
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content, cached_by_item
from plugins.core.site.ical import CalendarView, Happening
from plugins.core.site.identity import Site
from plugins.core.site.lists import list_pages
from plugins.core.site.views import Block, Card, DatedView, Entry, ListView, Page, View
from plugins.core.text import dates
from plugins.core.text.vietnamese import mailto

PATH = "/gop-y/"
IN_BLOCK = 5
COUNTDOWN_DAYS = 30  # days: from here on the badge counts them
LONGEST_LETTER = 2000  # characters: Windows opens no longer address than 2,083 (INTERNET_MAX_URL_LENGTH)


class Row(Struct, frozen=True):
    """A consultation as lists show it. ``words`` say where it stands, in the ``tone``
    ``coming``, ``open``, ``soon``, ``closed`` or ``answered``; ``label`` says what happens
    or happened at ``moment``."""

    title: str
    url: str
    unit: str
    words: str
    tone: str
    label: str
    moment: datetime

    @property
    def short_date(self) -> str:
        return dates.short_date(self.moment)

    @property
    def iso_date(self) -> str:
        return self.moment.isoformat()


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
    opens: datetime
    closes: datetime
    questions: tuple[str, ...]
    files: tuple[FileLink, ...]
    body: Body
    calendar: str
    form: str
    answer: Link | None
    tags: tuple[Link, ...]

    @property
    def long_opens(self) -> str:
        return dates.long_date(self.opens)

    @property
    def iso_opens(self) -> str:
        return self.opens.isoformat()

    @property
    def long_closes(self) -> str:
        return dates.long_date(self.closes)

    @property
    def iso_closes(self) -> str:
        return self.closes.isoformat()

    def letter_url(self, site: Site) -> str:
        """An e-mail with the questions and room below each; with their numbers only, where
        the whole would be longer than some machines open."""
        t = site.t.consultations
        numbers = [t.number.format(number=number) for number in range(1, len(self.questions) + 1)]
        full = [f"{number} {question}" for number, question in zip(numbers, self.questions, strict=True)]
        subject = t.subject.format(title=self.title)

        def url(questions: list[str]) -> str:
            parts = [site.absolute(self.url), *questions, t.other, t.sender]
            return mailto(site.organization.email, subject, "\n\n\n".join(parts) + "\n")

        whole = url(full)
        return whole if len(whole) <= LONGEST_LETTER else url(numbers)


class FormView(View, frozen=True, kw_only=True):
    """A form to print and fill in by hand."""

    topic: str
    unit: str
    closes: datetime
    questions: tuple[str, ...]

    @property
    def long_closes(self) -> str:
        return dates.long_date(self.closes)

    @property
    def iso_closes(self) -> str:
        return self.closes.isoformat()


class ConsultationList(ListView, frozen=True, kw_only=True):
    """Those not yet answered in ``groups``, the open ones first; the answered ones as cards."""

    groups: tuple[Group, ...]


class ConsultationBlock(Block, frozen=True, kw_only=True):
    """The open ones, the soonest to close first; then the coming ones."""

    rows: tuple[Row, ...]


@cached_by_item
def row(content: Content, one: Consultation) -> Row:
    t, stage, tone = content.site.t.consultations, one.stage(content.now), str(one.stage(content.now))
    words = getattr(t.stages, stage)
    left = one.days_left(content.now)
    if stage == "open" and left <= COUNTDOWN_DAYS:
        tone, words = "soon", t.days_left.format(days=left) if left else t.last_day
    moments = {"coming": one.starts, "open": one.closes, "closed": one.closes, "answered": one.answered or one.closes}
    return Row(one.title, content.url(one), one.unit, words, tone, getattr(t.labels, stage), moments[stage])


def at_stage(content: Content, stage: Stage) -> list[Consultation]:
    """The listed ones of a stage: what opens or closes next first, what is over newest first."""
    some = [one for one in content.listed(Consultation) if one.stage(content.now) == stage]
    if stage == "coming":
        return sorted(some, key=lambda one: one.starts)
    if stage == "answered":
        return sorted(some, key=lambda one: one.answered or one.closes, reverse=True)
    return sorted(some, key=lambda one: one.closes, reverse=stage == "closed")


def _rows(content: Content, stage: Stage) -> tuple[Row, ...]:
    return tuple(row(content, one) for one in at_stage(content, stage))


def entries(content: Content) -> Iterator[Entry]:
    """Every listed consultation, for tags, archive and feeds."""
    for one in content.listed(Consultation):
        yield Entry(partial(card, content, one), "consultations", one)


@cached_by_item
def card(content: Content, one: Consultation) -> Card:
    """The consultation among other entries: without its stage, which would redraw old lists."""
    link = Link(content.site.t.consultations.title, content.site.url(PATH))
    return Card(one.title, content.url(one), one.date, one.summary, link, content.picture(one.image))


def blocks(content: Content) -> Mapping[str, Block]:
    rows = (_rows(content, "open") + _rows(content, "coming"))[:IN_BLOCK]
    if not rows:
        return {}
    title, url = content.site.t.consultations.title, content.site.url(PATH)
    return {"consultations": ConsultationBlock(template="consultations/block.html", title=title, url=url, rows=rows)}


def pages(content: Composition) -> Iterator[Page]:
    """The list; each consultation, and, while an opinion may still be given, its form and
    the calendar file of its closing."""
    t = content.site.t.consultations
    groups = [
        Group(t.open_heading, _rows(content, "open"), t.none_open),
        *(Group(getattr(t.stages, stage), rows) for stage in ("coming", "closed") if (rows := _rows(content, stage))),
    ]
    answered = [
        Card(one.title, content.url(one), one.answered or one.closes, one.summary)
        for one in at_stage(content, "answered")
    ]
    yield from list_pages(
        content, answered, PATH, t.title,
        template="consultations/index.html", kind=ConsultationList, groups=tuple(groups), description=t.description,
    )  # fmt: skip
    for one in content.public(Consultation):
        yield content.page_of(one, "consultations/detail.html", partial(_view, content, one))
        if _may_answer(content, one):
            for name, template, make in (
                (FORM, "consultations/form.html", _form),
                (CALENDAR, "", _calendar),
            ):
                yield Page(
                    path=addresses.output_path(content.addresses[one.document.path] + name), template=template,
                    make=partial(make, content, one), source=one.document.path, is_indexed=False,
                )  # fmt: skip


FORM = "phieu-gop-y/"
CALENDAR = "han-gop-y.ics"


def _may_answer(content: Content, one: Consultation) -> bool:
    return one.stage(content.now) in ("coming", "open")


def _crumbs(content: Content, one: Consultation) -> tuple[Link, ...]:
    t, url = content.site.t, content.site.url
    return (Link(t.home, url("/")), Link(t.consultations.title, url(PATH)), Link(one.title, content.url(one)))


def _view(content: Composition, one: Consultation) -> ConsultationView:
    own, stage = content.url(one), one.stage(content.now)
    return ConsultationView(
        url=own,
        title=one.title,
        description=one.summary,
        picture=content.picture(one.image, one.image_alt),
        crumbs=_crumbs(content, one),
        nav=content.site.url(PATH),
        is_indexed=one.is_listed,
        aside=content.aside,
        kind="article",
        date=one.date,
        row=row(content, one),
        is_open=stage == "open",
        opens=one.starts,
        closes=one.closes,
        questions=one.questions,
        files=tuple(content.file(path) for path in one.files if path in content.files),
        body=content.body(one),
        calendar=own + CALENDAR if _may_answer(content, one) else "",
        form=own + FORM if _may_answer(content, one) else "",
        answer=_answer(content, one) if stage == "answered" else None,
        tags=content.tag_links(one),
    )


def _answer(content: Content, one: Consultation) -> Link | None:
    """What became of the opinions: a file, or a part of the text."""
    t = content.site.t.consultations
    if one.answer in content.files:
        file = content.file(one.answer)
        return Link(f"{t.answer} ({file.label})", file.url)
    return Link(t.answer, f"#{ANSWER}") if one.is_answered_in_text else None


def _form(content: Content, one: Consultation) -> FormView:
    t, own = content.site.t.consultations, content.url(one)
    return FormView(
        url=own + FORM,
        title=f"{t.form}: {one.title}",
        crumbs=(*_crumbs(content, one), Link(t.form, own + FORM)),
        nav=content.site.url(PATH),
        is_indexed=False,
        topic=one.title,
        unit=one.unit,
        closes=one.closes,
        questions=one.questions,
    )


def _calendar(content: Content, one: Consultation) -> CalendarView:
    """The closing as a whole day, so that it stands at the head of that day."""
    t, own = content.site.t.consultations, content.url(one)
    closing = Happening(
        url=own,
        title=t.closing_of.format(title=one.title),
        begins=one.closes,
        ends=one.closes,
        modified=one.date,
        summary=f"{t.labels.open}: {dates.long_date(one.closes)}",
        is_all_day=True,
    )
    return CalendarView(url=own + CALENDAR, title=closing.title, is_indexed=False, happenings=(closing,))


def change_times(content: Content) -> Iterator[datetime]:
    """When one opens, the minute after it closes, when it is answered; and each midnight
    while a badge counts days."""
    for one in content.public(Consultation):
        stage = one.stage(content.now)
        if stage == "coming":
            yield one.starts
        elif stage == "open":
            yield dates.minute_after(one.closes)
            counts = dates.days_before(one.closes, COUNTDOWN_DAYS)
            yield counts if counts > content.now else dates.midnight_after(content.now)
        elif stage == "closed" and one.answered:
            yield one.answered
