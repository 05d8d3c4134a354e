"""Build the portal from end to end: read, check, render, write."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from plugins.core.build.execute import Progress, Result, execute, missing_pictures
from plugins.core.build.last_good import Committed, LastGood, Versions, isolate
from plugins.core.build.output import Output
from plugins.core.build.plan import Plan, list_sources, plan
from plugins.core.build.session import State
from plugins.core.checks import regressions
from plugins.core.errors import ContentError, Problem, errors
from plugins.core.incremental.change import Change, before_reading
from plugins.core.incremental.manifest import Manifest
from plugins.core.media import picture_cache, variants
from plugins.core.runtime.lock import locked
from plugins.core.runtime.timing import log, phase
from plugins.core.site.compose import next_change
from plugins.core.site.settings import Settings
from plugins.core.source.listing import Listing


def _silent(done: int, total: int) -> None:
    """Show no progress."""


def check(settings: Settings) -> tuple[Problem, ...]:
    """Find every problem of the content. Nothing is rendered."""
    state = State(settings, is_last=True)

    with locked(settings.cache / "lock"):
        return _plan(settings, state).problems


def _plan(settings: Settings, state: State) -> Plan:
    """Read and check everything, twice where the cache is corrupt; write nothing."""

    def attempt() -> Plan:
        state.catch_up()
        return plan(settings, state, list_sources(settings))

    return state.retrying(attempt)


def build(
    settings: Settings,
    progress: Progress = _silent,
    state: State | None = None,
    *,
    defers_pictures: bool = False,
) -> Result:
    """Build the portal. Raises ``ContentError`` before anything is published if something is wrong.

    ``state`` is what a program that builds again and again has kept in memory. Where pictures are
    deferred, new ones are not made: ``Result.pending``.
    """
    output = Output(settings.output, settings.store, settings.served)
    with locked(settings.cache / "lock"):
        state = state or State(settings, is_last=True)
        if not settings.loads_cache:
            state.forget()
        output.claim(state.written)
        with locked(output.lock):
            try:
                return state.retrying(lambda: _build(settings, state, output, progress, defers_pictures))
            finally:
                output.abandon()


def make_pictures(settings: Settings, progress: Progress = _silent) -> int:
    """Make every picture that pages show and the cache has not; return how many. No page is written.

    Damaged files are made again. Raises ``ContentError`` for mistakes of the content and for broken pictures.
    """
    state = State(settings, is_last=True)
    folder = settings.cache / "pictures"

    with locked(settings.cache / "lock"):
        planned = _plan(settings, state)
        picture_cache.delete_damaged(folder)
        jobs = missing_pictures(settings, planned)
        problems = variants.make(jobs, folder, settings.workers, progress)
    if problems := [*errors(planned.problems), *problems]:
        raise ContentError(problems)
    return len(jobs)


def clear(settings: Settings, retained: Collection[str] = ()) -> None:
    """Delete every file of ours from the output folder, but for those at or below the names ``retained``.

    Raises ``ContentError`` before anything is deleted if the content could not be built again.
    """
    output = Output(settings.output)
    with locked(settings.cache / "lock"):
        problems = check(settings)
        if errors(problems):
            raise ContentError(problems)
        state = State(settings)
        output.claim(state.written)
        state.store.close()
        with locked(output.lock):
            output.commit((), [path for path in output.listed if path.partition("/")[0] in retained])


def _build(settings: Settings, state: State, output: Output, progress: Progress, defers_pictures: bool) -> Result:
    output.prepare()
    state.catch_up()
    sources = list_sources(settings)
    listing_digest = sources.digest
    last = state.manifest
    keeps = settings.keep_last_good and not settings.before
    good = LastGood(settings.cache / "last-good", settings.content) if keeps else None
    has_good = good is None or good.exists
    change = before_reading(last, listing_digest, state.theme, settings.now)
    if last and change is Change.NOTHING and has_good and output.is_whole(last):
        log.info("Không có gì thay đổi.")
        _tell(settings, last.next_change, (), (), ())
        return Result(problems=last.problems)
    planned = plan(settings, state, sources)
    stale: list[str] = []
    versions = Committed(settings.before, sources) if settings.before and settings.keep_last_good else good
    if versions and errors(planned.problems):
        sources, planned, stale = _without_broken_items(settings, state, sources, planned, versions)
    if not good:
        del sources, versions  # as large as all that was read of many files
    if errors(planned.problems):
        raise ContentError(planned.problems)
    with phase() as done:
        result = execute(settings, state, planned, output, progress, defers_pictures=defers_pictures)
        result.problems = planned.problems
        done("Viết %d trang (%d tệp thay đổi, %d tệp bỏ đi)", len(planned.pages), len(result.written), result.deleted)
    is_whole = planned.is_whole and not result.pending
    manifest = Manifest(
        theme=state.theme,
        asset_paths_digest=planned.assets.paths_digest,
        listing_digest=listing_digest if is_whole else b"",
        metadata_digest=planned.reading.metadata_digest if is_whole else b"",
        body_digests=planned.reading.body_digests,
        pages=result.pages,
        files=result.files,
        section_files=result.section_files,
        shared_digest=output.shared.digest if output.shared else b"",
        problems=planned.problems,
        site_problems=planned.site_problems,
        now=settings.now,
        next_change=next_change(planned.content, settings.sections),
    )
    is_as_last = last and planned.change is Change.BODIES and last.listing_digest == manifest.listing_digest != b""
    if good:
        good.keep(sources, planned.reading.digests)
    is_another = bool(result.written or result.deleted or not is_as_last)
    content = planned.content
    if state.is_last:
        del last, planned  # as large as all that was read
        state.store.release()
    elif is_whole:
        state.warm = content, planned.pages
    if is_another:
        state.save_history(regressions.encode(content))
        del content
        state.end(manifest)
    _announce(manifest.next_change)
    _tell(settings, manifest.next_change, sorted(output.complete(result.written)), output.removed, stale)
    return result


def _without_broken_items(
    settings: Settings, state: State, sources: Listing, planned: Plan, good: Versions
) -> tuple[Listing, Plan, list[str]]:
    """Plan the portal with each broken item as it last was good. Returns also the listing of that, and which
    items show an earlier version."""
    plans = [planned]

    def problems_of(sources: Listing) -> tuple[Problem, ...]:
        plans[:] = [plan(settings, state, sources, is_whole=False)]
        return plans[0].problems

    sources, problems, stale = isolate(sources, good, planned.problems, problems_of)
    return sources, replace(plans[0], problems=tuple(sorted(set(problems)))), stale


def _announce(moment: datetime | None) -> None:
    if moment:
        log.info("Cổng sẽ tự thay đổi vào %s: hãy dựng lại vào lúc đó.", moment.strftime("%Y-%m-%d %H:%M"))


def _tell(
    settings: Settings,
    next_change: datetime | None,
    written: Collection[str],
    removed: Collection[str],
    stale: Collection[str],
) -> None:
    """Write what the program that publishes wants to know (scripts/publishing/build.py)."""
    if settings.result:
        moment = None if next_change is None else int(next_change.timestamp())
        values = {"next_change": moment, "written": [*written], "removed": [*removed], "stale": [*stale]}
        settings.result.write_text(json.dumps(values), "utf-8")
