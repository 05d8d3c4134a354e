"""Execute a plan: render, write and put into place what is not there yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from plugins.core import hashing
from plugins.core.build.output import Output
from plugins.core.build.plan import Plan
from plugins.core.build.session import State
from plugins.core.errors import ConfigError, ContentError, PortalError, Problem
from plugins.core.hashing import CorruptedCacheError
from plugins.core.incremental.change import Change
from plugins.core.incremental.manifest import SIGNATURE_BYTES, FileRecord, PageRecord
from plugins.core.media import picture_cache, picture_sums, title_card, variants
from plugins.core.media.picture_cache import Job
from plugins.core.media.policy import published
from plugins.core.runtime.timing import phase
from plugins.core.runtime.workers import CHUNK, SMALL_CHUNK, map_chunks
from plugins.core.site import addresses
from plugins.core.site.fingerprints import page_fingerprints
from plugins.core.site.section import SectionFiles
from plugins.core.site.settings import Settings
from plugins.core.site.views import Page, View

Progress = Callable[[int, int], None]
J = TypeVar("J")
Record = TypeVar("Record", FileRecord, PageRecord)
Written = tuple[str, Record, bool]  # path, record, whether it is new

_CHANGED = "Tệp vừa bị thay hoặc bị xóa trong lúc dựng trang. Dựng lại lần nữa."


@dataclass
class Result:
    """The result of a build: every file of the output, and which of them are new."""

    pages: dict[str, PageRecord] = field(default_factory=dict)
    files: dict[str, FileRecord] = field(default_factory=dict)
    section_files: dict[str, FileRecord] = field(default_factory=dict)

    written: tuple[str, ...] = ()
    """The paths of the files that are new or were not the same."""

    deleted: int = 0
    """How many files of the last build are gone."""

    problems: tuple[Problem, ...] = ()
    """The warnings."""

    pending: dict[str, tuple[Job, str]] = field(default_factory=dict)
    """The pictures that are left to be made: by output path, the job and the name of the file in the cache."""

    def add(self, records: dict[str, Record], written: Iterable[Written[Record]]) -> None:
        """Add files that were written to ``records``, one of the dictionaries of this."""
        rows = list(written)
        records.update((path, record) for path, record, _ in rows)
        self.written += tuple(path for path, _, is_new in rows if is_new)


def execute(
    settings: Settings, state: State, plan: Plan, output: Output, progress: Progress, *, defers_pictures: bool = False
) -> Result:
    """Make all that is not in ``output`` as it should be, but for new pictures if these are deferred."""
    result = Result()
    try:
        _write_files(settings, plan, output, progress, result, defers_pictures)
        _write_section_files(settings, state, plan, output, result)
        _write_pages(settings, state, plan, output, result)
        output.make_folders(result.written)
        paths = output.complete(result.pages.keys() | result.files.keys() | result.section_files.keys())
        if result.written or paths != output.listed or not plan.last:
            state.begin()
        result.deleted = output.commit(result.written, paths, settings.workers)
    finally:
        output.discard()
    return result


# -- pages ---------------------------------------------------------------------


def _write_pages(settings: Settings, state: State, plan: Plan, output: Output, result: Result) -> None:
    """Render the pages that are not current. The others are taken over from the last build."""
    renderer = state.renderer(settings, plan.content.site)
    result.pages = _current_pages(plan, output)
    outdated = [page for page in plan.pages if page.path not in result.pages]

    def render(page: Page) -> Written[PageRecord]:
        view = page.view
        data, body_digests = renderer.render(page, view)
        signature, is_new = output.write(page.path, data)
        return page.path, PageRecord(_fingerprints(plan, page, view), signature, body_digests), is_new

    result.add(result.pages, _write_each(sorted(outdated, key=_order), render, settings.workers))


def _write_each(
    jobs: Sequence[J], write: Callable[[J], Written[Record]], workers: int, *, size: int = CHUNK
) -> Iterator[Written[Record]]:
    """Yield ``write(job)`` for each of ``jobs``. Raises, at the end, all that it raised in any process."""

    def write_chunk(jobs: Sequence[J]) -> tuple[list[Written[Record]], tuple[Problem, ...], bool]:
        written: list[Written[Record]] = []
        try:
            written += map(write, jobs)
        except PortalError as fault:
            return written, fault.problems, False
        except CorruptedCacheError:
            return written, (), True
        return written, (), False

    problems: list[Problem] = []
    is_corrupted = False
    for written, new_problems, is_chunk_corrupted in map_chunks(write_chunk, jobs, workers, size=size):
        yield from written
        problems += new_problems
        is_corrupted |= is_chunk_corrupted
    if is_corrupted:
        raise CorruptedCacheError
    if problems:
        raise ConfigError(problems)


def _order(page: Page) -> tuple[Any, ...]:
    """Return a sort key that puts lists of the same days together: they share stories, which are then rendered once."""
    return page.template, page.modified is None, page.modified


def _current_pages(plan: Plan, output: Output) -> dict[str, PageRecord]:
    """Find the pages that are in the output as they should be."""
    last = plan.last
    if last is None or plan.change in (Change.THEME, Change.EVERYTHING):
        return {}
    reworded = {last.body_digests.get(path, "") for path in last.reworded(plan.reading.body_digests)}
    current = {}
    for page in plan.pages:
        record = last.pages.get(page.path)
        if record and reworded.isdisjoint(record.body_digests) and output.has(page.path, record.stat_signature):
            if plan.change is Change.CONTENT:
                record = _same_page(page, record)
            if record:
                current[page.path] = record
    return current


def _same_page(page: Page, record: PageRecord) -> PageRecord | None:
    """Return the record of a page that would be the same again, bodies apart."""
    fingerprints: list[bytes] = []
    for fingerprint, last in zip(page_fingerprints(page), record.fingerprints, strict=False):
        if fingerprint == last:
            rest = record.fingerprints[len(fingerprints) :]
            return replace(record, fingerprints=(*fingerprints, *rest)) if fingerprints else record
        fingerprints.append(fingerprint)
    return None


def _fingerprints(plan: Plan, page: Page, view: View) -> tuple[bytes, ...]:
    """Return the fingerprints of a page that is rendered, as the last build had them where nothing but bodies changed."""
    is_same = plan.change in (Change.BODIES, Change.THEME)
    if plan.last and is_same and (record := plan.last.pages.get(page.path)):
        return record.fingerprints
    return tuple(page_fingerprints(page, view))


# -- other files -----------------------------------------------------------------


def _write_section_files(settings: Settings, state: State, plan: Plan, output: Output, result: Result) -> None:
    """Write what sections make beside their pages. No theme shows in it."""
    last = plan.last.section_files if plan.last else {}
    for section in settings.sections:
        if not section.files:
            continue
        files = section.files(plan.content, state.section_store(section.name, settings.workers))
        outdated: list[str] = []
        for path, fingerprint in files.fingerprints.items():
            if record := _current(output, last, path, fingerprint):
                result.section_files[path] = record
            else:
                outdated.append(path)

        def write(path: str, files: SectionFiles = files) -> Written[FileRecord]:
            fingerprint = files.fingerprints[path]
            is_other = path in last and last[path][SIGNATURE_BYTES:] != fingerprint
            signature, is_new = output.write(path, files.read(path), is_other=is_other)
            return path, signature + fingerprint, is_new

        result.add(result.section_files, _write_each(outdated, write, settings.workers, size=SMALL_CHUNK))


def _write_files(
    settings: Settings, plan: Plan, output: Output, progress: Progress, result: Result, defers_pictures: bool
) -> None:
    """Write everything that is no page: the theme's files, what texts offer, pictures."""
    last = plan.last.files if plan.last else {}
    is_same = plan.last is not None and plan.change is Change.BODIES and output.is_shared_as_in(plan.last)
    if is_same and all(output.has(path, record[:SIGNATURE_BYTES]) for path, record in last.items()):
        result.files = last
        return

    written: list[Written[FileRecord]] = []

    def put(path: str, fingerprint: bytes, read: Callable[[], bytes]) -> None:
        if record := _current(output, last, path, fingerprint):
            result.files[path] = record
        else:
            signature, is_new = output.write(path, read())
            written.append((path, signature + fingerprint, is_new))

    content = plan.content
    store = output.shared
    for path, data in plan.assets.files.items():
        if store and store.holds(path):
            store.add(path, data)
            continue
        put(path, hashing.digest(data), lambda data=data: data)  # type: ignore[misc]
    changed: list[Problem] = []
    for path in sorted(content.published_files):
        target = addresses.file(path).lstrip("/")
        try:
            put(target, plan.reading.digests[path], partial(_read_attachment, plan, path))
        except ContentError as fault:
            changed += fault.problems
    if changed:
        raise ContentError([*plan.problems, *changed])
    folder = settings.cache / "pictures"
    pictures = {
        **{f"anh/{name}": name for picture in plan.shown for name in picture.names},
        **{f"anh/{picture.shared_name}": picture.shared_name for picture in plan.shared},
        **{addresses.file(path).lstrip("/"): picture.full_name for path, picture in plan.offered.items()},
    }
    present = store.names("anh") if store else frozenset[str]()
    with phase() as done:
        jobs = missing_pictures(settings, plan, present)
        if defers_pictures:
            by_name = {name: job for job in jobs for name in job.names}
            result.pending = {path: (by_name[name], name) for path, name in pictures.items() if name in by_name}
        elif problems := variants.make(jobs, folder, settings.workers, progress):
            raise ContentError([*plan.problems, *problems])
        done("Chuẩn bị %d ảnh", len(plan.shown))
    with phase() as done:
        if missing := title_card.missing(content.title_cards, folder, present):
            from plugins.core.media import card_drawing  # ten megabytes, for builds that draw only

            card_drawing.make(missing, plan.assets.emblem, folder, settings.workers)
            done("Vẽ %d ảnh chia sẻ", len(missing))
    pictures |= {f"anh/{card.name}": card.name for card in content.title_cards}
    for path, name in sorted(pictures.items()):
        if path in result.pending:
            continue
        read = partial(_read_variant, folder / name)
        if store and store.holds(path):
            store.add_file(path, folder / name, read)
        else:
            put(path, name.encode(), read)
    picture_cache.prune(folder, pictures.values())
    result.add(result.files, written)


def _current(output: Output, last: Mapping[str, FileRecord], path: str, fingerprint: bytes) -> FileRecord | None:
    """Return the last build's record of a file, if the file is in the output as it should be."""
    record = last.get(path, b"")
    is_current = record[SIGNATURE_BYTES:] == fingerprint and output.has(path, record[:SIGNATURE_BYTES])
    return record if is_current else None


def missing_pictures(settings: Settings, plan: Plan, present: Set[str] = frozenset()) -> list[Job]:
    """Return what has to be made of the pictures that the portal shows; ``present`` are files that are elsewhere."""
    return picture_cache.missing(
        plan.shown,
        plan.shared,
        plan.offered.values(),
        lambda path: Path(plan.reading.disk_paths[path]),
        settings.cache / "pictures",
        present,
    )


def _read_attachment(plan: Plan, path: str) -> bytes:
    """Return what is published of an attachment, if its bytes are those that were examined."""
    raw = hashing.read_same(plan.reading.disk_paths[path], plan.reading.digests[path])
    if raw is None:
        raise ContentError([Problem(f"content/{path}", 0, 0, "FILE_CHANGED", _CHANGED)])
    return published(path, raw)


def _read_variant(picture: Path) -> bytes:
    """Return the bytes of a picture that was made.

    Raises ``CorruptedCacheError`` where the disk has lost its end: it is made again, and with it all
    others of which that is so.
    """
    raw = picture.read_bytes()
    if not picture_sums.is_intact(picture, raw):
        picture_cache.delete_damaged(picture.parent)
        raise CorruptedCacheError
    return raw
