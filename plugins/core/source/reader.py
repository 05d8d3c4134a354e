"""Files → items: the content folder read once, every mistake reported, nothing guessed."""

from __future__ import annotations

import os
import posixpath
import stat
import struct
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from plugins.core import hashing
from plugins.core.checks.item_checks import check_item
from plugins.core.errors import Problem, errors
from plugins.core.incremental.store import SourceRecord, Store, pack
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.media import csv_table, file_names, pdf, variants
from plugins.core.media.csv_table import Table
from plugins.core.media.formats import MAX_BYTES, PICTURE_EXTENSIONS
from plugins.core.media.picture_file import PictureFile
from plugins.core.media.policy import examine_upload
from plugins.core.model.item import Item
from plugins.core.runtime.cpu_limit import TEXT_BYTES
from plugins.core.runtime.workers import map_chunks
from plugins.core.site.section import Section
from plugins.core.source.item_parser import read_item, too_long
from plugins.core.text.vietnamese import file_form


class Found(NamedTuple):
    """A file of the content folder: where it lies, its bytes, and what says that it is as it was."""

    place: str
    size: int
    stamp: bytes


@dataclass(frozen=True)
class Reading:
    """The content folder as read: items by section, every file's size and digest, pictures.

    ``places`` tells where what is no text really lies: its name on the disk may be decomposed.
    ``metadata_digest`` is the digest of all that the portal is made of but the bodies of texts:
    equal digests, equal pages, apart from those that show a text which ``body_digests`` (its
    digest by the item's path) says is another. ``item_facts`` are the parts of it that
    are items, by path. ``external_inputs`` is what other programs left.
    """

    items: dict[str, tuple[Item, ...]]
    files: dict[str, int]
    places: dict[str, str]
    pictures: dict[str, PictureFile]
    tables: dict[str, Table]
    page_counts: dict[str, int]
    problems: tuple[Problem, ...]
    digests: dict[str, bytes]
    metadata_digest: bytes
    item_facts: dict[str, bytes]
    body_digests: dict[str, str]
    external_inputs: Mapping[str, bytes]


def read(
    listing: Listing, sections: Iterable[Section], store: Store, workers: int = 1, *, is_last: bool = False
) -> Reading:
    """Read every file of ``listing`` that ``store`` does not know as it is now, and keep it there.

    ``is_last``: nothing will be read after this by the same process, so what is kept on the disk
    need not stay in memory.
    """
    by_folder = {section.folder: section for section in sections if section.model}
    files = _files(listing.files, by_folder, store, workers)
    if is_last:
        store.release()
    decode = {folder: _decoder(section.model) for folder, section in by_folder.items() if section.model}
    items: dict[str, list[Item]] = {section.name: [] for section in by_folder.values()}
    problems = list(listing.problems)
    pictures: dict[str, PictureFile] = {}
    csv: dict[str, Table] = {}
    page_counts: dict[str, int] = {}
    digests: dict[str, bytes] = {}
    item_facts: dict[str, bytes] = {}
    body_digests: dict[str, str] = {}
    metadata_digest: list[bytes] = []
    for path in listing.files:
        kept = files.pop(path) if is_last else files[path]  # one goes as the next comes
        problems += kept.problems
        digests[path] = kept.digest
        if kept.item:
            folder = path.partition("/")[0]
            known = store.items.get(path)
            if known is None or known[0] is not kept:
                known = kept, decode[folder](kept.item)
                if not is_last:
                    store.items[path] = known
            items[by_folder[folder].name].append(known[1])
            item_facts[path], body_digests[path] = kept.metadata_digest, kept.text
        elif kept.picture:
            pictures[path] = kept.picture
        elif kept.table:
            csv[path] = kept.table
        elif kept.page_count:
            page_counts[path] = kept.page_count
        metadata_digest += path.encode(), kept.metadata_digest or kept.digest
    metadata_digest += (part for name, raw in sorted(listing.external_inputs.items()) for part in (name.encode(), raw))
    return Reading(
        items={name: tuple(some) for name, some in items.items()},
        files={path: file.size for path, file in listing.files.items()},
        places={path: file.place for path, file in listing.files.items() if not path.endswith(".md")},
        pictures=pictures,
        tables=csv,
        page_counts=page_counts,
        problems=tuple(problems),
        digests=digests,
        metadata_digest=hashing.digest(*metadata_digest),
        item_facts=item_facts,
        body_digests=body_digests,
        external_inputs=listing.external_inputs,
    )


def _files(
    found: Mapping[str, Found], by_folder: Mapping[str, Section], store: Store, workers: int
) -> dict[str, SourceRecord]:
    """What each file was read as, now or earlier; ``store`` has saved it."""
    before = store.files
    files = store.files = {
        path: before[path]
        for path, file in found.items()
        if file.stamp and path in before and before[path].stamp == file.stamp
    }
    todo = [path for path in found if path not in files]
    work = partial(_read_some, found, by_folder, before)
    for some in map_chunks(work, todo, workers, joins=False):
        files.update((path, kept) for path, kept, _ in some)
        store.fragments.add((kept.text, text) for _, kept, text in some if text)
    if todo:
        store.fragments.keep_only({kept.text for kept in files.values() if kept.text})
    store.save()
    return files


@cache
def _decoder(model: type[Item]) -> Callable[[bytes], Item]:
    decode: Callable[[bytes], Item] = msgspec.json.Decoder(model).decode  # MessagePack would lose dates' offsets
    return decode


class Listing(NamedTuple):
    """Every file of the content folder by its path, sorted; and what lies there and is none.
    ``external_inputs`` is what other programs left for sections, by their names."""

    files: dict[str, Found]
    problems: list[Problem]
    external_inputs: Mapping[str, bytes] = {}

    @property
    def digest(self) -> bytes:
        """Stands for where every file lies and what the file system says of it, and for what
        other programs left; empty when that may not be trusted."""
        if not all(file.stamp for file in self.files.values()):
            return b""
        told = (str(problem).encode() for problem in sorted(self.problems))  # what lies there and is not read
        external_inputs = (part for name, raw in sorted(self.external_inputs.items()) for part in (name.encode(), raw))
        return hashing.digest(
            *(path.encode() + file.stamp for path, file in self.files.items()), *told, *external_inputs
        )


def list_files(root: Path) -> Listing:
    """What lies under ``root``. Nothing is opened."""
    now = time.time_ns()
    problems: list[Problem] = []
    found: dict[str, Found] = {}
    twins: dict[str, str] = {}
    folders: list[tuple[str, str]] = []
    files = sorted(_walk(root, folders, problems))
    doubled = file_names.twin_folders(folders, problems)
    problems += file_names.copied_folders([path for path, _ in folders])
    problems += file_names.submodules(root)
    for path, place, status in files:
        other = twins.setdefault(path.casefold(), place)
        mode = status.st_mode
        if other is place and stat.S_ISREG(mode):
            found[path] = Found(place, status.st_size, stat_signature_of(status, now))
        elif stat.S_ISREG(mode):
            if not doubled or path.rpartition("/")[0].casefold() not in doubled:
                problems.append(file_names.twin_problem(path, "Hai tệp", other, place))
        elif stat.S_ISDIR(mode):
            message = "Máy không cho mở thư mục này. Xem lại quyền đọc của thư mục."
            problems.append(Problem(f"content/{path}", 0, 0, "FILE_UNREADABLE", message))
        else:
            what = "liên kết (symlink)" if stat.S_ISLNK(mode) else "tệp đặc biệt"
            message = f"Đây là {what}, không phải tệp thường. Chép tệp thật vào đây."
            problems.append(Problem(f"content/{path}", 0, 0, "FILE_SPECIAL", message))
    for path, problem in file_names.copied_texts(found):
        problems.append(problem)
        del found[path]
    return Listing(found, problems)


def stat_signature_of(status: os.stat_result, now: int | None = None) -> bytes:
    """What the file system says of a file, if it may be trusted: ``now`` is its clock, where the file may be
    written again."""
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    if now is not None:
        # what was written a tick of the file system's clock ago may be written again unseen
        tick = _TICK if changed % _SECOND else 3 * _SECOND
        if max(modified, changed) > now - tick:
            return b""
    return _STAMP(status.st_size, modified, changed, status.st_ino)


_STAMP = struct.Struct("<QqqQ").pack
_SECOND = 1_000_000_000
_BEGINNING = 1024
_MOST_BYTES = 5 * TEXT_BYTES  # of a text in any encoding, with its head: what is larger is not even read
_TICK = _SECOND // 5  # nanoseconds; kernels count in 4 to 10 milliseconds, some file systems in seconds


def _read_some(
    found: Mapping[str, Found],
    by_folder: Mapping[str, Section],
    before: Mapping[str, SourceRecord],
    paths: Sequence[str],
) -> list[tuple[str, SourceRecord, bytes]]:
    """Each of ``paths`` with what it is, and its text, packed, where it is a new one."""
    return [(path, *_read_one(path, found[path], by_folder, before.get(path))) for path in paths]


def _read_one(
    path: str, file: Found, by_folder: Mapping[str, Section], before: SourceRecord | None
) -> tuple[SourceRecord, bytes]:
    try:
        limit = _MOST_BYTES if _is_text(path) else MAX_BYTES.get(posixpath.splitext(path)[1][1:].lower())
        if limit is None:
            with open(file.place, "rb") as opened:
                raw = opened.read(_BEGINNING)  # it is refused; this says under which name it would not be
        else:
            raw = Path(file.place).read_bytes() if file.size <= limit else b""
    except OSError as fault:
        message = f"Không đọc được tệp này: {fault.strerror}."
        return SourceRecord(b"", b"", (Problem(f"content/{path}", 0, 0, "FILE_UNREADABLE", message),)), b""
    digest = hashing.digest(raw)
    if before and before.digest == digest and (raw or not file.size):
        return msgspec.structs.replace(before, stamp=file.stamp), b""
    if not _is_text(path):
        return _examine(path, SourceRecord(file.stamp, digest), raw, file.size), b""
    if file.size > _MOST_BYTES:
        return SourceRecord(file.stamp, digest, (too_long(f"content/{path}", 0),)), b""
    section = by_folder.get(path.partition("/")[0])
    if section is None or section.model is None:
        message = f"Bài nằm ngoài các chuyên mục. Chuyển vào một trong các thư mục: {', '.join(sorted(by_folder))}."
        return SourceRecord(file.stamp, digest, (Problem(f"content/{path}", 0, 0, "FOLDER_UNKNOWN", message),)), b""
    item, parts, wrong, metadata_digest = read_item(section.model, raw, path, _markup())
    if item is None:
        return SourceRecord(file.stamp, digest, tuple(wrong)), b""
    told = (*wrong, *check_item(item))
    kept = SourceRecord(file.stamp, digest, told, None, _encode(item), metadata_digest, item.document.digest)
    return kept, pack(parts)


_encode = msgspec.json.Encoder().encode


@cache
def _markup() -> MarkdownParser:
    """One for the whole process."""
    return MarkdownParser()


def _is_text(path: str) -> bool:
    return path.endswith(".md") and "/." not in f"/{path}"


def _examine(path: str, bare: SourceRecord, raw: bytes, size: int) -> SourceRecord:
    """A file beside the texts. What is refused for its kind or its size was not even read."""
    name = path.lower()
    if raw and name.endswith(PICTURE_EXTENSIONS) and "/." not in f"/{path}":
        picture, wrong = variants.examine(path, raw)
        return msgspec.structs.replace(bare, problems=tuple(wrong), picture=picture)
    told = tuple(examine_upload(path, raw, size))
    return msgspec.structs.replace(
        bare,
        problems=told,
        table=csv_table.read_table(raw) if name.endswith(".csv") else (),
        page_count=pdf.page_count(raw) if name.endswith(".pdf") and not errors(told) else 0,
    )


def _walk(
    root: Path, folders: list[tuple[str, str]], problems: list[Problem]
) -> Iterator[tuple[str, str, os.stat_result]]:
    """Everything below ``root`` but ``folders``, which are added: its path in the form that we store, where
    it lies, its status; ``problems`` with names are added. Links are not followed, nothing is opened."""
    todo = [(str(root), "")]
    while todo:
        folder, prefix = todo.pop()
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            if prefix:
                continue  # gone since its parent was read
            raise
        except PermissionError:
            if prefix:
                yield prefix.rstrip("/"), folder, os.lstat(folder)
                continue
            raise
        with entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if verdict := file_names.judge(entry.name, is_folder=is_folder):
                    path = f"content/{prefix}{file_names.printable_name(entry.name)}"
                    if verdict is file_names.GIT_NESTED:  # the content itself may be a repository of its own
                        path = f"content/{prefix[:-1]}" if prefix else ""
                    if verdict.code and path:
                        problems.append(Problem(path, 0, 0, verdict.code, verdict.message, verdict.severity))
                    if verdict.is_passed_over:
                        continue
                path = prefix + file_form(entry.name)
                if is_folder:
                    todo.append((entry.path, f"{path}/"))
                    folders.append((path, entry.path))
                else:
                    try:
                        yield path, entry.path, entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # gone since its folder was read
