"""From the content folder to a plan: read, check, list the pages. Nothing is drawn or written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plugins.core.build.session import State
from plugins.core.checks import regressions, site_checks
from plugins.core.errors import Problem
from plugins.core.incremental.manifest import Manifest
from plugins.core.render import assets
from plugins.core.render.assets import AssetFiles
from plugins.core.runtime.timing import phase
from plugins.core.site.compose import compose, make_pages
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.identity import Assets, Site
from plugins.core.site.settings import Settings
from plugins.core.site.views import Page
from plugins.core.source import reader


@dataclass(frozen=True)
class Plan:
    """All that is known of a site before anything is drawn.

    ``is_whole``: it is made of the content folder alone, without last good versions. ``site_problems`` are those of ``problems``
    that no file has by itself; ``is_steady`` says that nothing differs from the last
    build but, perhaps, the wording of some texts and the theme.
    """

    is_whole: bool
    reading: reader.Reading
    content: Composition
    pages: tuple[Page, ...]
    assets: AssetFiles
    problems: tuple[Problem, ...]
    site_problems: tuple[Problem, ...]
    is_steady: bool


def inputs(settings: Settings) -> reader.Listing:
    """All that a build reads: the content folder, and what other programs left in the cache for
    single sections."""
    places = {
        section.name: settings.cache / section.external_input for section in settings.sections if section.external_input
    }
    external_inputs = {name: place.read_bytes() for name, place in places.items() if place.is_file()}
    return reader.list_files(settings.content)._replace(external_inputs=external_inputs)


def plan(settings: Settings, state: State, listing: reader.Listing, *, is_whole: bool = True) -> Plan:
    """Read and check everything; write nothing. Problems are returned, not raised."""
    files = assets.gather(settings.theme, settings.sections, settings.base)
    with phase() as done:
        reading = reader.read(listing, settings.sections, state.store, settings.workers, is_last=state.is_last)
        done("Đọc %d bài, %d ảnh", sum(map(len, reading.items.values())), len(reading.pictures))
    with phase() as done:
        before = state.manifest
        steady = before is not None and _is_steady(before, reading, files, settings.now)
        state.body_digests.clear()
        state.body_digests.update(reading.body_digests)
        content, pages = (steady and state.looks_as_before and state.kept) or _pages_of(settings, state, reading, files)
        if before and steady:
            found = before.site_problems
        else:
            found = (
                *site_checks.check(content, settings.sections, pages, files.files),
                *(_against_history(settings, state, content) if not reading.problems else ()),
            )
        done("Kiểm tra %d trang", len(pages))
    problems = tuple(sorted({*reading.problems, *found}))
    return Plan(is_whole, reading, content, pages, files, problems, tuple(found), bool(steady))


def _pages_of(
    settings: Settings, state: State, reading: reader.Reading, files: AssetFiles
) -> tuple[Composition, tuple[Page, ...]]:
    """The content that was read, and every page of it."""
    content = Content(
        make_site(settings, files.assets),
        settings.now,
        {section.name: section.model for section in settings.sections if section.model},
        {section.name: section.path_of for section in settings.sections},
        reading.items,
        reading.files,
        reading.pictures,
        reading.tables,
        reading.page_counts,
        settings.options,
        reading.external_inputs,
        reading.item_facts,
        state.body_digests,
    )
    composition = compose(content, settings.sections)
    return composition, make_pages(composition, settings.sections)


def _is_steady(before: Manifest, reading: reader.Reading, files: AssetFiles, now: datetime) -> bool:
    """Whether nothing differs from the last build but, perhaps, the wording of texts and the theme."""
    told = {problem.path for problem in before.site_problems}
    return (
        before.metadata_digest == reading.metadata_digest
        and before.fixed == files.names
        and before.covers(now)
        and told.isdisjoint(f"content/{path}" for path in before.reworded(reading.body_digests))
    )


def _against_history(settings: Settings, state: State, content: Content) -> Iterator[Problem]:
    """What the last good build had and this one would not. Unreadable files are no loss yet."""
    yield from regressions.empty(content)
    if before := regressions.load(state.history):
        yield from regressions.compare(content, before, settings.allow_shrink)


def make_site(settings: Settings, links: Assets) -> Site:
    """What every page may know of the portal."""
    return Site(
        name=settings.name, tagline=settings.tagline, origin=settings.origin, base=settings.base,
        organization=settings.organization, menu=settings.menu, footer=settings.footer,
        categories=settings.categories, assets=links, strings=settings.strings,
    )  # fmt: skip
