"""The street from end to end: read, check, view, draw, write."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from time import perf_counter

from plugins.core import assets, history, pictures, quarantine, reader, rules
from plugins.core.content import Content, mentions
from plugins.core.markup import Markup
from plugins.core.output import Output
from plugins.core.problems import ContentError, Problem, errors
from plugins.core.render import Renderer
from plugins.core.settings import Settings
from plugins.core.site import Assets, Site
from plugins.core.views import Page

log = logging.getLogger("plugins")

Tick = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """All that is known of a site before anything is drawn.

    ``root`` is the folder it was read from, ``places`` where in it each file lies.
    """

    root: Path
    places: dict[str, Path]
    content: Content
    pages: tuple[Page, ...]
    assets: assets.AssetFiles
    problems: tuple[Problem, ...]


def plan(settings: Settings, root: Path | None = None) -> Plan:
    """Read and check everything; write nothing. Problems are returned, not raised.

    ``root`` stands in for the content folder of the settings.
    """
    root = root or settings.content
    files = assets.gather(settings.theme, settings.sections, settings.base)
    with _phase() as done:
        reading = reader.read(root, settings.sections, Markup())
        done("Đọc %d bài, %d ảnh", sum(map(len, reading.items.values())), len(reading.pictures))
    with _phase() as done:
        content = Content(
            make_site(settings, files.assets),
            settings.now,
            settings.sections,
            reading.items,
            reading.files,
            reading.pictures,
            settings.options,
        )
        pages = make_pages(content)
        problems = [
            *reading.problems,
            *rules.check(content, pages, files.files),
            *_against_history(settings, content, reading),
        ]
        done("Kiểm tra %d trang", len(pages))
    return Plan(root, reading.places, content, pages, files, tuple(sorted(set(problems))))


def _against_history(settings: Settings, content: Content, reading: reader.Reading) -> Iterator[Problem]:
    """What the last good build had and this one would not. Unreadable files are no loss yet."""
    if not reading.problems:
        yield from history.empty(content)
        before = history.load(_history_file(settings))
        if before:
            yield from history.compare(content, before, settings.allow_shrink)


def _history_file(settings: Settings) -> Path:
    """Where the history of this content in this output is kept."""
    places = os.fsencode(settings.content.resolve()) + b"\0" + os.fsencode(settings.output.resolve())
    name = blake2b(places, digest_size=8).hexdigest()
    return settings.cache / "history" / f"{name}.json"


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


def build(settings: Settings, tick: Tick = lambda done, total: None) -> Plan:
    """Build the site. Raises ``ContentError`` before anything is written if something is wrong."""
    planned = plan(settings)
    if settings.keep_last_good and errors(planned.problems):
        planned = _without_the_broken(settings, planned)
    if errors(planned.problems):
        raise ContentError(planned.problems)
    content = planned.content
    output = Output(settings.output, settings.cache)
    output.prepare()
    shown = [picture for path, picture in content.pictures.items() if path in _shown(content)]
    cache = settings.cache / "pictures"
    with _phase() as done:
        broken = pictures.make(shown, planned.places.__getitem__, cache, settings.workers, tick)
        if broken:
            raise ContentError([*planned.problems, *broken])
        done("Chuẩn bị %d ảnh", len(shown))
    with _phase() as done:
        fragments = {item.document.digest: item.document.fragment for item in content.all_items}
        renderer = Renderer(content.site, content.sections, str(settings.theme), fragments)
        # drawn in full before the first byte is written: a faulty template costs no page
        drawn = [(page.path, renderer.render(page).encode()) for page in planned.pages]
        for path, data in drawn:
            output.write(path, data)
        for path, data in planned.assets.files.items():
            output.write(path, data)
        for path in sorted(content.published_files):
            output.write(content.file_address(path).lstrip("/"), planned.places[path].read_bytes())
        output.keep(f"anh/{name}" for name in pictures.publish(shown, cache, settings.output / "anh"))
        gone = output.finish()
        history.save(_history_file(settings), content)
        if settings.keep_last_good:
            quarantine.keep(planned.root, settings.cache / "good")
        done("Viết %d trang (%d tệp thay đổi, %d tệp bỏ đi)", len(drawn), output.written, gone)
    _announce(content.next_change())
    return planned


def _without_the_broken(settings: Settings, planned: Plan) -> Plan:
    """The plan of the site with each broken item as it last was good."""
    good, overlay = settings.cache / "good", settings.cache / "overlay"
    root, problems = quarantine.isolate(
        settings.content, good, overlay, planned.problems, lambda folder: plan(settings, folder).problems
    )
    return replace(plan(settings, root), problems=tuple(sorted(set(problems))))


def _shown(content: Content) -> set[str]:
    """The pictures of public items: a draft's stay where they are."""
    return {path for item in content.all_items if item.is_public(content.now) for path in mentions(item)}


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
