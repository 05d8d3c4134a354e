"""The street from end to end: read, check, view, draw, write."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from plugins.core.build import last_good
from plugins.core.build.execute import Execution, Tick
from plugins.core.build.output import Output
from plugins.core.build.plan import Plan, inputs, plan
from plugins.core.build.session import State
from plugins.core.checks import regressions
from plugins.core.errors import ContentError, Problem, errors
from plugins.core.incremental.manifest import Manifest
from plugins.core.incremental.store import CacheCorruptedError
from plugins.core.runtime.lock import locked
from plugins.core.runtime.timing import log, phase
from plugins.core.site.compose import next_change
from plugins.core.site.settings import Settings
from plugins.core.source.reader import Listing


@dataclass(frozen=True)
class Built:
    """What came of a build: the warnings, the paths that were written, how many files went."""

    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()
    gone: int = 0


def check(settings: Settings) -> tuple[Problem, ...]:
    """Every problem of the content. Nothing is drawn."""
    with locked(settings.cache / "lock"):
        state = State(settings, is_last=True)
        try:
            return plan(settings, state, inputs(settings)).problems
        except CacheCorruptedError:
            state.forget()
            return plan(settings, state, inputs(settings)).problems


def build(settings: Settings, tick: Tick = lambda done, total: None, state: State | None = None) -> Built:
    """Build the site. Raises ``ContentError`` before anything is published if something is wrong.

    ``state`` is what a program that builds again and again has kept in memory.
    """
    output = Output(settings.output)
    with locked(settings.cache / "lock"):
        state = state or State(settings, is_last=True)
        state.catch_up()
        if not settings.loads_cache:
            state.forget()
        output.claim(state.written)
        with locked(output.lock):
            try:
                return _build(settings, state, output, tick)
            except CacheCorruptedError:
                log.info("Bộ nhớ đệm bị hỏng: dựng lại từ đầu.")
                state.forget()
                return _build(settings, state, output, tick)
            finally:
                output.abandon()


def clear(settings: Settings, retained: Collection[str] = ()) -> None:
    """Delete every file of ours from the output folder, but for those at or below the names ``retained``.

    Raises ``ContentError`` before anything is deleted if the content could not be built again.
    """
    output = Output(settings.output)
    with locked(settings.cache / "lock"):
        problems = check(settings)
        if errors(problems):
            raise ContentError(problems)
        output.claim(State(settings).written)
        with locked(output.lock):
            output.commit((), [path for path in output.listed if path.partition("/")[0] in retained])


def _build(settings: Settings, state: State, output: Output, tick: Tick) -> Built:
    output.prepare()
    listing = inputs(settings)
    lying = listing.digest
    before = state.manifest
    untouched = before and before.inputs == lying != b"" and before.covers(settings.now)
    good = last_good.LastGood(settings.cache / "last-good", settings.content) if settings.keep_last_good else None
    is_kept = good is None or good.is_kept
    if before and untouched and state.looks_as_before and is_kept and output.is_whole(before):
        log.info("Không có gì thay đổi.")
        return Built(before.problems)
    planned = plan(settings, state, listing)
    if good and errors(planned.problems):
        listing, planned = _without_the_broken(settings, state, listing, planned, good)
    if not good:
        del listing  # as large as all that was read of many files
    if errors(planned.problems):
        raise ContentError(planned.problems)
    is_quick = planned.is_steady and state.looks_as_before
    with phase() as done:
        made = Execution(settings, state, planned, output, tick)
        built = Built(planned.problems, *made.all())
        done("Viết %d trang (%d tệp thay đổi, %d tệp bỏ đi)", len(planned.pages), len(built.written), built.gone)
    time = next_change(planned.content, settings.sections)
    if built.written or built.gone or not is_quick or not before or before.inputs != lying:
        is_whole = planned.is_whole
        state.end(
            Manifest(
                look=state.look,
                fixed=planned.assets.names,
                inputs=lying if is_whole else b"",
                metadata_digest=planned.reading.metadata_digest if is_whole else b"",
                body_digests=planned.reading.body_digests,
                pages=made.pages,
                files=made.files,
                problems=planned.problems,
                site_problems=planned.site_problems,
                now=settings.now,
                next_change=time,
            )
        )
        regressions.save(state.history, planned.content)
    if not state.is_last and planned.is_whole:
        state.kept = planned.content, planned.pages
    if good:
        good.keep(listing, planned.reading.digests)
    _announce(time)
    return built


def _without_the_broken(
    settings: Settings, state: State, listing: Listing, planned: Plan, good: last_good.LastGood
) -> tuple[Listing, Plan]:
    """The plan of the site with each broken item as it last was good, and the listing it is made of."""
    plans: list[Plan] = []

    def problems_of(listing: Listing) -> tuple[Problem, ...]:
        plans[:] = [plan(settings, state, listing, is_whole=False)]
        return plans[0].problems

    listing, problems = last_good.isolate(listing, good, planned.problems, problems_of)
    last = plans[0] if plans else planned
    return listing, replace(last, problems=tuple(sorted(set(problems))), is_steady=False)


def _announce(moment: datetime | None) -> None:
    if moment:
        log.info("Cổng sẽ tự thay đổi vào %s: hãy dựng lại vào lúc đó.", moment.strftime("%Y-%m-%d %H:%M"))
