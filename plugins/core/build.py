"""The street from end to end: read, check, view, draw, write."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

from msgspec.structs import replace as replace_in

from plugins.core import assets, history, manifest, pictures, quarantine, reader, rules, sealed, version
from plugins.core.content import Content
from plugins.core.crew import share
from plugins.core.manifest import Made, Manifest
from plugins.core.memory import LostError, Memory
from plugins.core.output import Output
from plugins.core.problems import ConfigError, ContentError, PortalError, Problem, errors
from plugins.core.render import Renderer
from plugins.core.settings import Settings
from plugins.core.site import Assets, Site
from plugins.core.views import Page, View

log = logging.getLogger("plugins")

Tick = Callable[[int, int], None]


class State:
    """What is kept from one build to the next: on the disk, and in a process that lives on."""

    def __init__(self, settings: Settings, *, is_last: bool = False) -> None:
        self.is_last = is_last
        """Whether the process ends with this build."""
        content, output = (os.fsencode(path.resolve()) for path in (settings.content, settings.output))
        folder, self.name = settings.cache / "state", sealed.digest(content, output).hex()[:16]
        self.code = version.code(settings.sections)
        self.portal, self.look = version.portal(settings, self.code), version.look(settings)
        self._folder, self._content = folder, sealed.digest(content).hex()[:16]
        self._path = folder / f"manifest-{self.name}"
        self._mark = folder / f"output-{self.name}"
        self.manifest = manifest.load(self._path, self.portal)
        self.wording: dict[str, str] = {}
        """The digest of each item's text, by its path, as it was last read."""
        self.kept: tuple[Content, tuple[Page, ...]] | None = None
        """What a process that lives on makes no second time: pages, of which only texts may change."""
        self._renderer: Renderer | None = None

    @cached_property
    def memory(self) -> Memory:
        """Loaded when something has changed."""
        return Memory(self._folder, self._content, self.code)

    def next(self, settings: Settings) -> None:
        """Another build in the same process, whose theme or settings may have changed."""
        portal, look = version.portal(settings, self.code), version.look(settings)
        if portal != self.portal:
            self.manifest = None
        if (portal, look) != (self.portal, self.look):
            self.portal, self.look, self._renderer, self.kept = portal, look, None, None

    def renderer(self, settings: Settings, site: Site) -> Renderer:
        """One for all builds that look the same: its templates are compiled once."""
        if self._renderer is None:
            self._renderer = Renderer(site, settings.sections, str(settings.theme), self.memory.texts.parts)
        return self._renderer

    @property
    def was_here(self) -> bool:
        """Whether we have ever written to the output folder."""
        return self._mark.exists()

    @property
    def looks_as_before(self) -> bool:
        """Whether the theme is that of the last build."""
        return self.manifest is not None and self.manifest.look == self.look

    def begin(self) -> None:
        """From here until ``end`` the output is as no manifest says."""
        self._path.unlink(missing_ok=True)
        self._mark.parent.mkdir(parents=True, exist_ok=True)
        self._mark.touch()

    def end(self, made: Manifest) -> None:
        """The output is as ``made`` says."""
        manifest.save(self._path, self.portal, made)
        self.manifest = made

    def forget(self) -> None:
        """Something that was kept is not whole: begin from nothing."""
        self.memory.forget()
        self.manifest = self.kept = None


@dataclass(frozen=True)
class Plan:
    """All that is known of a site before anything is drawn.

    ``root`` is the folder it was read from. ``site_problems`` are those of ``problems``
    that no file has by itself; ``is_steady`` says that nothing differs from the last
    build but, perhaps, the wording of some texts and the theme.
    """

    root: Path
    reading: reader.Reading
    content: Content
    pages: tuple[Page, ...]
    assets: assets.AssetFiles
    problems: tuple[Problem, ...]
    site_problems: tuple[Problem, ...]
    is_steady: bool


@dataclass(frozen=True)
class Built:
    """What came of a build: the warnings, the paths that were written, how many files went."""

    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()
    gone: int = 0


def check(settings: Settings) -> tuple[Problem, ...]:
    """Every problem of the content. Nothing is drawn."""
    state = State(settings, is_last=True)
    try:
        return plan(settings, state, inputs(settings)).problems
    except LostError:
        state.forget()
        return plan(settings, state, inputs(settings)).problems


def inputs(settings: Settings, root: Path | None = None) -> reader.Listing:
    """All that a build reads: the content folder (or another in its place), and what other
    programs left in the cache for single sections."""
    places = {section.name: settings.cache / section.beside for section in settings.sections if section.beside}
    beside = {name: place.read_bytes() for name, place in places.items() if place.is_file()}
    return reader.list_files(root or settings.content)._replace(beside=beside)


def plan(settings: Settings, state: State, listing: reader.Listing, root: Path | None = None) -> Plan:
    """Read and check everything; write nothing. Problems are returned, not raised."""
    files = assets.gather(settings.theme, settings.sections, settings.base)
    with _phase() as done:
        reading = reader.read(listing, settings.sections, state.memory, settings.workers, is_last=state.is_last)
        done("Đọc %d bài, %d ảnh", sum(map(len, reading.items.values())), len(reading.pictures))
    with _phase() as done:
        before = state.manifest
        steady = before is not None and _is_steady(before, reading, files.files, settings.now)
        state.wording.clear()
        state.wording.update(reading.texts)
        content, pages = (steady and state.looks_as_before and state.kept) or _pages_of(settings, state, reading, files)
        if before and steady:
            found = before.site_problems
        else:
            found = (
                *rules.check(content, pages, files.files),
                *(_against_history(settings, state, content) if not reading.problems else ()),
            )
        done("Kiểm tra %d trang", len(pages))
    problems = tuple(sorted({*reading.problems, *found}))
    return Plan(root or settings.content, reading, content, pages, files, problems, tuple(found), bool(steady))


def _pages_of(
    settings: Settings, state: State, reading: reader.Reading, files: assets.AssetFiles
) -> tuple[Content, tuple[Page, ...]]:
    """The content that was read, and every page of it."""
    content = Content(
        make_site(settings, files.assets),
        settings.now,
        settings.sections,
        reading.items,
        reading.files,
        reading.pictures,
        reading.tables,
        reading.page_counts,
        settings.options,
        reading.beside,
        reading.item_facts,
        state.wording,
    )
    return content, make_pages(content)


def _is_steady(before: Manifest, reading: reader.Reading, fixed: Mapping[str, bytes], now: datetime) -> bool:
    """Whether nothing differs from the last build but, perhaps, the wording of texts and the theme."""
    told = {problem.path for problem in before.site_problems}
    return (
        before.facts == reading.facts
        and before.fixed == _names(fixed)
        and before.covers(now)
        and told.isdisjoint(f"content/{path}" for path in _reworded(before, reading))
    )


def _names(files: Mapping[str, bytes]) -> bytes:
    """What stands for the names of the theme's files."""
    return sealed.digest(*(path.encode() for path in sorted(files)))


def _reworded(before: Manifest, reading: reader.Reading) -> list[str]:
    """The items that had another text, or none, or are no more."""
    now = reading.texts
    return [path for path in before.texts.keys() | now.keys() if before.texts.get(path) != now.get(path)]


def _against_history(settings: Settings, state: State, content: Content) -> Iterator[Problem]:
    """What the last good build had and this one would not. Unreadable files are no loss yet."""
    yield from history.empty(content)
    if before := history.load(_history_file(settings, state)):
        yield from history.compare(content, before, settings.allow_shrink)


def _history_file(settings: Settings, state: State) -> Path:
    """Where the history of this content in this output is kept."""
    return settings.cache / "history" / f"{state.name}.json"


def make_site(settings: Settings, links: Assets) -> Site:
    """What every page may know of the portal."""
    return Site(
        name=settings.name, tagline=settings.tagline, origin=settings.origin, base=settings.base,
        organization=settings.organization, menu=settings.menu, footer=settings.footer,
        categories=settings.categories, assets=links, texts=settings.texts,
    )  # fmt: skip


def make_pages(content: Content) -> tuple[Page, ...]:
    """Every page of the site, by path."""
    pages = [page for section in content.sections for page in section.pages(content)]
    pages += [page for section in content.sections for page in section.closing(content, tuple(pages))]
    return tuple(sorted(pages, key=lambda page: page.path))


def build(settings: Settings, tick: Tick = lambda done, total: None, state: State | None = None) -> Built:
    """Build the site. Raises ``ContentError`` before anything is published if something is wrong.

    ``state`` is what a program that builds again and again has kept in memory.
    """
    state = state or State(settings, is_last=True)
    try:
        return _build(settings, state, tick)
    except LostError:
        log.info("Bộ nhớ đệm bị hỏng: dựng lại từ đầu.")
        state.forget()
        return _build(settings, state, tick)


def _build(settings: Settings, state: State, tick: Tick) -> Built:
    output = Output(settings.output)
    output.prepare(state.was_here)
    listing = inputs(settings)
    lying = listing.digest
    before = state.manifest
    untouched = before and before.inputs == lying != b"" and before.covers(settings.now)
    if before and untouched and state.looks_as_before and output.is_whole(before):
        log.info("Không có gì thay đổi.")
        return Built(before.problems)
    planned = plan(settings, state, listing)
    del listing  # as large as all that was read of many files
    if settings.keep_last_good and errors(planned.problems):
        planned = _without_the_broken(settings, state, planned)
    if errors(planned.problems):
        raise ContentError(planned.problems)
    is_quick = planned.is_steady and state.looks_as_before
    with _phase() as done:
        made = _Making(settings, state, planned, output, tick)
        built = made.all()
        done("Viết %d trang (%d tệp thay đổi, %d tệp bỏ đi)", len(planned.pages), len(built.written), built.gone)
    next_change = planned.content.next_change()
    if built.written or built.gone or not is_quick or not before or before.inputs != lying:
        is_whole = planned.root == settings.content
        state.end(
            Manifest(
                look=state.look,
                fixed=_names(planned.assets.files),
                inputs=lying if is_whole else b"",
                facts=planned.reading.facts if is_whole else b"",
                texts=planned.reading.texts,
                pages=made.pages,
                files=made.files,
                problems=planned.problems,
                site_problems=planned.site_problems,
                now=settings.now,
                next_change=next_change,
            )
        )
        history.save(_history_file(settings, state), planned.content)
    if not state.is_last and planned.root == settings.content:
        state.kept = planned.content, planned.pages
    if settings.keep_last_good:
        quarantine.keep(planned.root, settings.cache / "good")
    _announce(next_change)
    return built


class _Making:
    """From a plan to files, only those that are not there yet."""

    def __init__(self, settings: Settings, state: State, planned: Plan, output: Output, tick: Tick) -> None:
        self._settings = settings
        self._state = state
        self._plan = planned
        self._output = output
        self._tick = tick
        self._before = state.manifest
        self.pages: dict[str, Made] = {}
        self.files: dict[str, Made] = {}

    def all(self) -> Built:
        written: list[str] = []
        try:
            self._files(written)
            self._pages(written)
        except BaseException:
            self._output.discard(written)
            raise
        before, known = self._before, {**self.pages, **self.files}
        gone = {*before.pages, *before.files} - known.keys() if before else set()
        if written or gone or not before:
            self._state.begin()
        self._output.commit(written, self._settings.workers)
        swept = self._output.remove(gone) if before else self._output.sweep(known)
        return Built(self._plan.problems, tuple(written), swept)

    def _pages(self, written: list[str]) -> None:
        settings, plan = self._settings, self._plan
        renderer = self._state.renderer(settings, plan.content.site)
        todo = sorted(self._changed_pages(), key=_by_time)

        def draw(pages: Sequence[Page]) -> tuple[list[tuple[str, Made, bool]], tuple[Problem, ...], bool]:
            rows = []
            try:
                for page in pages:
                    view = page.view
                    html, shown = renderer.render(page, view)
                    key, hint = self._key(page, view)
                    rows.append((page.path, *self._output.write(page.path, html.encode(), key, shown, hint)))
            except PortalError as fault:
                return rows, fault.problems, False
            except LostError:
                return rows, (), True
            return rows, (), False

        problems: list[Problem] = []
        is_lost = False
        for rows, wrong, lost in share(draw, todo, settings.workers):
            self.pages.update((path, made) for path, made, _ in rows)
            written += [path for path, _, is_new in rows if is_new]
            problems += wrong
            is_lost |= lost
        self._state.memory.texts.close()  # nobody may fork while it is open
        if is_lost:
            raise LostError
        if problems:
            raise ConfigError(problems)

    def _changed_pages(self) -> list[Page]:
        """The pages to be drawn; the others are taken over from the last build."""
        before = self._before
        if before is None or not self._state.looks_as_before:
            return list(self._plan.pages)
        as_before = self._as_before(before)
        todo = []
        for page in self._plan.pages:
            made = before.pages.get(page.path)
            if made and self._output.has(page.path, made) and (same := as_before(page, made)):
                self.pages[page.path] = same
            else:
                todo.append(page)
        return todo

    def _as_before(self, before: Manifest) -> Callable[[Page, Made], Made | None]:
        """What says of a page and what was made of it whether the same would be made again."""
        reworded = {before.texts.get(path, "") for path in _reworded(before, self._plan.reading)}

        def same(page: Page, made: Made) -> Made | None:
            if not reworded.isdisjoint(made.texts):
                return None
            if self._plan.is_steady:
                return made
            hint = page.sign
            if hint and hint == made.hint:
                return made
            return replace_in(made, hint=hint) if made.key == page.key else None

        return same

    def _key(self, page: Page, view: View) -> tuple[bytes, bytes]:
        """Key and hint of a page that is drawn."""
        if page.made_from is None:
            return page.key_of(view), b""
        if self._before and self._plan.is_steady and (made := self._before.pages.get(page.path)):
            return made.key, made.hint  # only the wording of a text is another
        return page.key, page.sign

    def _files(self, written: list[str]) -> None:
        """Everything that is no page: the theme's files, what texts offer, pictures."""
        settings, plan = self._settings, self._plan
        before = self._before.files if self._before else {}
        content = plan.content
        if (
            plan.is_steady
            and self._state.looks_as_before
            and all(self._output.has(path, made) for path, made in before.items())
        ):
            self.files = before
            return

        def put(path: str, key: bytes, read: Callable[[], bytes]) -> None:
            made = before.get(path)
            if made is None or made.key != key or not self._output.has(path, made):
                made, is_new = self._output.write(path, read(), key)
                if is_new:
                    written.append(path)
            self.files[path] = made

        for path, data in plan.assets.files.items():
            put(path, sealed.digest(data), lambda data=data: data)  # type: ignore[misc]
        for path in sorted(content.published_files):
            target = content.file_address(path).lstrip("/")
            put(target, plan.reading.digests[path], Path(plan.reading.places[path]).read_bytes)
        cache = settings.cache / "pictures"
        shown = [picture for path, picture in content.pictures.items() if path in content.offered]
        with _phase() as done:
            broken = pictures.make(
                shown, lambda path: Path(plan.reading.places[path]), cache, settings.workers, self._tick
            )
            if broken:
                raise ContentError([*plan.problems, *broken])
            done("Chuẩn bị %d ảnh", len(shown))
        for name in sorted({name for picture in shown for name in picture.names}):
            put(f"anh/{name}", name.encode(), (cache / name).read_bytes)


def _by_time(page: Page) -> tuple[Any, ...]:
    """Lists of the same days show the same stories: drawn one after the other, they draw each once."""
    return page.template, page.modified is None, page.modified


def _without_the_broken(settings: Settings, state: State, planned: Plan) -> Plan:
    """The plan of the site with each broken item as it last was good."""
    good, overlay = settings.cache / "good", settings.cache / "overlay"

    def plan_of(folder: Path) -> Plan:
        return plan(settings, state, inputs(settings, folder), folder)

    root, problems = quarantine.isolate(
        settings.content, good, overlay, planned.problems, lambda folder: plan_of(folder).problems
    )
    return replace(plan_of(root), problems=tuple(sorted(set(problems))), is_steady=False)


def _announce(moment: datetime | None) -> None:
    if moment:
        log.info("Cổng sẽ tự thay đổi vào %s: hãy dựng lại vào lúc đó.", moment.strftime("%Y-%m-%d %H:%M"))


@contextmanager
def _phase() -> Iterator[Callable[..., None]]:
    """Say in one line what a phase did and how long it took."""
    start = perf_counter()

    def done(message: str, *counts: int) -> None:
        log.info(message + " (%.1f giây)", *counts, perf_counter() - start)

    yield done
