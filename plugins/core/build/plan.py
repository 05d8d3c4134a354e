"""Plan a build: read, check, list the pages. Nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from plugins.core.build.session import State
from plugins.core.checks import regressions, site_checks
from plugins.core.errors import Problem
from plugins.core.incremental.change import Change, change_since
from plugins.core.incremental.manifest import Manifest
from plugins.core.media.picture_file import PictureFile
from plugins.core.render.assets import AssetFiles
from plugins.core.runtime.timing import phase
from plugins.core.site.compose import compose, make_pages
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.settings import Settings
from plugins.core.site.views import Page
from plugins.core.source import listing
from plugins.core.source.listing import Listing
from plugins.core.source.reader import Reading, read


@dataclass(frozen=True)
class Plan:
    """A site before anything is rendered: its items, pages, problems, and its changes since the last build."""

    is_whole: bool
    """False if last good versions stand in for broken items."""

    last: Manifest | None
    """The last build, if it can be compared with."""

    change: Change
    """What has changed since then."""

    reading: Reading
    content: Composition
    pages: tuple[Page, ...]
    assets: AssetFiles
    problems: tuple[Problem, ...]

    site_problems: tuple[Problem, ...]
    """The ``problems`` of the site as a whole."""

    @cached_property
    def shown(self) -> list[PictureFile]:
        """The pictures on pages."""
        return [self.content.pictures[path] for path in sorted(self.content.shown_pictures)]

    @cached_property
    def shared(self) -> list[PictureFile]:
        """The pictures by which pages are shared."""
        return [self.content.pictures[path] for path in sorted(self.content.lead_pictures)]

    @cached_property
    def offered(self) -> dict[str, PictureFile]:
        """The pictures that pages offer at full size, by path."""
        return {path: self.content.pictures[path] for path in sorted(self.content.offered_pictures)}


def list_sources(settings: Settings) -> Listing:
    """List all that a build reads: the content folder, what lies beside it or was left in the cache for sections."""
    paths = {
        section.name: settings.cache / section.external_input
        if section.external_input
        else settings.content.parent / section.project_file
        for section in settings.sections
        if section.external_input or section.project_file
    }
    external_inputs = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
    return listing.list_files(settings.content)._replace(external_inputs=external_inputs)


def plan(settings: Settings, state: State, sources: Listing, *, is_whole: bool = True) -> Plan:
    """Read and check everything; write nothing. Problems are returned, not raised."""
    files = state.assets(settings)
    models = {section.folder: section.model for section in settings.sections if section.model}
    with phase() as done:
        reading = read(sources, models, state.store, settings.workers)
        if state.is_last:
            state.store.release()
        done("Đọc %d bài, %d ảnh", sum(map(len, reading.items.values())), len(reading.pictures))
    with phase() as done:
        last = state.manifest
        change = change_since(last, reading, files.paths_digest, state.theme, settings.now)
        state.body_digests.clear()
        state.body_digests.update(reading.body_digests)
        warm = state.warm if change is Change.BODIES else None
        content, pages = warm or _compose(settings, state, reading, files)
        site_problems: tuple[Problem, ...]
        if last and change in (Change.BODIES, Change.THEME):
            site_problems = last.site_problems
        else:
            site_problems = (
                *site_checks.check(content, settings.sections, pages, files.files),
                *(_regressions(settings, state, content) if not reading.problems else ()),
            )
        done("Kiểm tra %d trang", len(pages))
    problems = tuple(sorted({*reading.problems, *site_problems}))
    return Plan(is_whole, last, change, reading, content, pages, files, problems, site_problems)


def _compose(
    settings: Settings, state: State, reading: Reading, files: AssetFiles
) -> tuple[Composition, tuple[Page, ...]]:
    """Compose the content that was read, and list every page of it."""
    content = Content(
        replace(settings.site, assets=files.assets),
        settings.now,
        {section.name: section.model for section in settings.sections if section.model},
        {section.name: section.path_of for section in settings.sections},
        {section.name: reading.items[section.folder] for section in settings.sections if section.model},
        reading.files,
        reading.pictures,
        reading.tables,
        reading.page_counts,
        settings.options,
        reading.external_inputs,
        reading.metadata_digests,
        state.body_digests,
    )
    composition = compose(content, settings.sections)
    return composition, make_pages(composition, settings.sections)


def _regressions(settings: Settings, state: State, content: Content) -> Iterator[Problem]:
    """Tell what the last good build had and this one would not. Unreadable files are no loss yet."""
    yield from regressions.empty(content)
    data = state.history()
    if data and (history := regressions.decode(data)):
        yield from regressions.compare(content, history, settings.allow_shrink)
