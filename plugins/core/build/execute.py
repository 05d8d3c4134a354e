"""From a plan to files: draw, write, put into place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from plugins.core import hashing
from plugins.core.build.output import Output
from plugins.core.build.plan import Plan
from plugins.core.build.session import State
from plugins.core.errors import ConfigError, ContentError, PortalError, Problem
from plugins.core.incremental.manifest import Manifest, OutputRecord
from plugins.core.incremental.store import CacheCorruptedError
from plugins.core.media import integrity, variants
from plugins.core.media.policy import published
from plugins.core.runtime.timing import phase
from plugins.core.runtime.workers import map_chunks
from plugins.core.site.fingerprints import inputs_fingerprint, view_digest
from plugins.core.site.settings import Settings
from plugins.core.site.views import Page

Tick = Callable[[int, int], None]

_CHANGED = "Tệp vừa bị thay hoặc bị xóa trong lúc dựng trang. Dựng lại lần nữa."


class Execution:
    """From a plan to files, only those that are not there yet."""

    def __init__(self, settings: Settings, state: State, planned: Plan, output: Output, tick: Tick) -> None:
        self._settings = settings
        self._state = state
        self._plan = planned
        self._output = output
        self._tick = tick
        self._before = state.manifest
        self.pages: dict[str, OutputRecord] = {}
        self.files: dict[str, OutputRecord] = {}

    def all(self) -> tuple[tuple[str, ...], int]:
        """Make everything. Returns the paths that were written, and how many files went."""
        written: list[str] = []
        try:
            self._files(written)
            self._pages(written)
            self._output.make_folders(written)
            known = self.pages.keys() | self.files.keys()
            if written or known != self._output.listed or not self._before:
                self._state.begin()
            gone = self._output.commit(written, known, self._settings.workers)
        finally:
            self._output.discard()
        return tuple(written), gone

    def _pages(self, written: list[str]) -> None:
        settings, plan = self._settings, self._plan
        renderer = self._state.renderer(settings, plan.content.site)
        todo = sorted(self._changed_pages(), key=_by_time)

        def draw(pages: Sequence[Page]) -> tuple[list[tuple[str, OutputRecord, bool]], tuple[Problem, ...], bool]:
            rows = []
            try:
                for page in pages:
                    view = page.view
                    html, shown = renderer.render(page, view)
                    digests = view_digest(page.template, view), shown, self._inputs(page)
                    rows.append((page.path, *self._output.write(page.path, html.encode(), *digests)))
            except PortalError as fault:
                return rows, fault.problems, False
            except CacheCorruptedError:
                return rows, (), True
            return rows, (), False

        problems: list[Problem] = []
        is_lost = False
        for rows, wrong, lost in map_chunks(draw, todo, settings.workers):
            self.pages.update((path, made) for path, made, _ in rows)
            written += [path for path, _, is_new in rows if is_new]
            problems += wrong
            is_lost |= lost
        self._state.store.fragments.close()  # nobody may fork while it is open
        if is_lost:
            raise CacheCorruptedError
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

    def _as_before(self, before: Manifest) -> Callable[[Page, OutputRecord], OutputRecord | None]:
        """What says of a page and what was made of it whether the same would be made again."""
        reworded = {before.body_digests.get(path, "") for path in before.reworded(self._plan.reading.body_digests)}

        def same(page: Page, made: OutputRecord) -> OutputRecord | None:
            if not reworded.isdisjoint(made.body_digests):
                return None
            if self._plan.is_steady:
                return made
            inputs = inputs_fingerprint(page)
            if inputs and inputs == made.inputs:
                return made
            return replace(made, inputs=inputs) if view_digest(page.template, page.view) == made.digest else None

        return same

    def _inputs(self, page: Page) -> bytes:
        """The fingerprint of a page that is rendered."""
        if self._before and self._plan.is_steady and (made := self._before.pages.get(page.path)):
            return made.inputs  # only the wording of a body is another
        return inputs_fingerprint(page)

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
            if made is None or made.digest != key or not self._output.has(path, made):
                made, is_new = self._output.write(path, read(), key)
                if is_new:
                    written.append(path)
            self.files[path] = made

        for path, data in plan.assets.files.items():
            put(path, hashing.digest(data), lambda data=data: data)  # type: ignore[misc]
        changed: list[Problem] = []
        for path in sorted(content.published_files):
            target = content.file_address(path).lstrip("/")
            try:
                put(target, plan.reading.digests[path], partial(self._examined, path))
            except ContentError as fault:
                changed += fault.problems
        if changed:
            raise ContentError([*plan.problems, *changed])
        cache = settings.cache / "pictures"
        shown = [content.pictures[path] for path in sorted(content.shown_pictures)]
        offered = {path: content.pictures[path] for path in sorted(content.offered_pictures)}
        with phase() as done:
            broken = variants.make(
                shown,
                offered.values(),
                lambda path: Path(plan.reading.places[path]),
                cache,
                settings.workers,
                self._tick,
            )
            if broken:
                raise ContentError([*plan.problems, *broken])
            done("Chuẩn bị %d ảnh", len(shown))
        for name in sorted({name for picture in shown for name in picture.names}):
            put(f"anh/{name}", name.encode(), partial(_kept, cache / name))
        for path, picture in offered.items():
            name = picture.full_name
            put(content.file_address(path).lstrip("/"), name.encode(), partial(_kept, cache / name))

    def _examined(self, path: str) -> bytes:
        """Return what is published of an attachment, if its bytes are those that were examined."""
        reading = self._plan.reading
        raw = hashing.read_same(reading.places[path], reading.digests[path])
        if raw is None:
            raise ContentError([Problem(f"content/{path}", 0, 0, "FILE_CHANGED", _CHANGED)])
        return published(path, raw)


def _kept(picture: Path) -> bytes:
    """The bytes of a picture that was made. Raises ``CacheCorruptedError`` where the disk has lost its end: it is made
    again, and with it all others of which that is so."""
    raw = picture.read_bytes()
    if not integrity.is_whole(picture.suffix[1:], raw):
        for other in picture.parent.glob(f"{variants.DIGEST}-*"):
            if not integrity.is_whole(other.suffix[1:], other.read_bytes()):
                other.unlink()
        raise CacheCorruptedError
    return raw


def _by_time(page: Page) -> tuple[Any, ...]:
    """Lists of the same days show the same stories: drawn one after the other, they draw each once."""
    return page.template, page.modified is None, page.modified
