"""Write the output folder: each file into a folder of its own first, all renamed into place together.

What is ours of the output folder is known by a list that we keep in it (``MARK``): only those
files are ever replaced or deleted. What a person has put beside them stays.
"""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR

from plugins.core import hashing
from plugins.core.build.packing import pack, packed_names, with_packed
from plugins.core.build.shared import Shared
from plugins.core.errors import ConfigError, Problem
from plugins.core.incremental.manifest import SIGNATURE_BYTES, Manifest
from plugins.core.runtime.files import write_whole
from plugins.core.runtime.workers import SMALL_CHUNK, map_chunks

#: The folder in each output that says that it is ours: the list of our files, a lock, and what
#: waits to be put in place. No page leads there; docs/nginx.conf answers 404 for it.
MARK = ".portal-build"

_HEAD = "# Các tệp do cổng dựng ra ở đây; lần dựng sau được thay và xóa chúng. Tệp khác được giữ nguyên.\n"
_FOREIGN = (
    "Thư mục xuất bản có tệp lạ, không phải do cổng tạo ra. Chọn một thư mục trống; nếu đây là bản dựng cũ của cổng"
    " thì xóa thư mục này rồi dựng lại."
)
_IN_THE_WAY = "Tệp này không phải do cổng tạo ra mà nằm đúng chỗ của một trang. Dời tệp đi chỗ khác rồi dựng lại."


_STAT_SIGNATURE = struct.Struct("<QqQ").pack
assert len(_STAT_SIGNATURE(0, 0, 0)) == SIGNATURE_BYTES


def stat_signature(path: str) -> bytes:
    """Pack what the file system says of a file that we wrote; empty where it is gone."""
    try:
        return _pack(os.stat(path))
    except OSError:
        return b""


def _pack(status: os.stat_result) -> bytes:
    return _STAT_SIGNATURE(status.st_size, status.st_mtime_ns, status.st_ino)


class Output:
    """The output folder. What is written waits in ``MARK`` until ``commit``."""

    def __init__(self, root: Path, store: Path | None = None, served: Path | None = None) -> None:
        self.root = root
        self.shared = Shared(store, root / MARK, served) if store else None
        """The files that lie in a folder shared with other sites, where there is one."""

        self._packs = store is not None  # a server's output, which nginx serves
        self.lock = root / MARK / "lock"
        self._folder = str(root)
        self._mark = root / MARK
        self._stage = f"{self._mark}/new-{os.getpid()}"  # forks that outlive a killed build write elsewhere
        self._was_empty = False
        self.removed: tuple[str, ...] = ()
        """The paths of our files that ``commit`` deleted."""

    def claim(self, earlier: Callable[[], Mapping[str, bytes]] = dict) -> None:
        """Make sure that the folder is ours to change. Raises ``ConfigError`` if it is not.

        It is ours when it is empty or has our mark; or, where the mark or its list was lost or there
        was none yet, when files lie there just as we wrote them: ``earlier`` tells their stat signatures by path.
        """
        if self.root.exists() and not self.root.is_dir():
            raise ConfigError([Problem(self._folder, 0, 0, "OUTPUT_NOT_OURS", "OUTPUT phải là một thư mục.")])
        self.root.mkdir(parents=True, exist_ok=True)
        names = os.listdir(self.root)
        is_checkout = any(name in names for name in (".git", "pelicanconf.py"))
        is_marked = self._mark.is_dir() and not self._mark.is_symlink()
        is_known = not names or (is_marked and _is_whole(self._read_list()))
        ours = [] if is_known else [path for path, signature in earlier().items() if self.has(path, signature)]
        if is_checkout or not (is_marked or ours or not names) or (MARK in names and not is_marked):
            raise ConfigError([Problem(self._folder, 0, 0, "OUTPUT_NOT_OURS", _FOREIGN)])
        if ours and is_marked:
            self._save(self.listed.union(ours))
        elif ours:  # the mark and its list appear together
            draft = self.root / f"{MARK}.{os.getpid()}"
            draft.mkdir(exist_ok=True)
            _write_list(draft, ours)
            draft.rename(self._mark)
        self._mark.mkdir(exist_ok=True)

    def prepare(self) -> None:
        """Sweep away what an earlier build left half done. The caller holds ``lock``."""
        for left in self._mark.glob("new-*"):
            shutil.rmtree(left, ignore_errors=True)  # a fork that outlives a killed build may be writing there yet
        for left in self.root.glob(f"{MARK}.*"):
            if left.suffix[1:].isdigit() and not left.is_symlink():  # else somebody's copy of the mark
                _unmake(left)
        self._was_empty = set(os.listdir(self.root)) <= {MARK}

    @cached_property
    def listed(self) -> frozenset[str]:
        """The paths of all files that are ours."""
        text = self._read_list()
        lines = text.split("\n")[1:-1]
        may_be_strange = any(part in text for part in _PARTS_OF_STRANGE_PATHS)
        return frozenset(filter(_is_ordinary, lines) if may_be_strange else lines)

    def _read_list(self) -> str:
        """Read the list; nothing where there is none yet."""
        try:
            return (self._mark / "files").read_text("utf-8", "surrogateescape")
        except FileNotFoundError:
            return ""

    def _save(self, paths: Iterable[str]) -> None:
        _write_list(self._mark, paths)
        self.__dict__.pop("listed", None)

    def is_whole(self, last: Manifest) -> bool:
        """Return whether every file of the last build is still as it was written."""
        return self.is_shared_as_in(last) and all(self.has(*file) for file in last.stat_signatures())

    def is_shared_as_in(self, last: Manifest) -> bool:
        """Return whether the last build shared the same files with other sites."""
        return self.shared.is_as_in(last) if self.shared else not last.shared_digest

    def has(self, path: str, signature: bytes) -> bool:
        """Return whether the file at ``path`` is still as it was written with this stat signature."""
        return stat_signature(f"{self._folder}/{path}") == signature != b""

    def write(self, path: str, data: bytes, *, is_other: bool = False) -> tuple[bytes, bool]:
        """Write one file, to be put in place later. Returns its stat signature, and whether it is new: what is equal
        already stays untouched.

        ``is_other`` spares a look at what lies there: it is known to be something else.
        Raises ``ConfigError`` where a file lies in its place that is not ours.
        """
        target = f"{self._folder}/{path}"
        is_same = None if self._was_empty else not is_other and _holds(target, data)
        packed = packed_names(path) if self._packs else ()
        if is_same and all(map(os.path.exists, (f"{self._folder}/{name}" for name in packed))):
            return stat_signature(target), False
        if is_same is False and (path not in self.listed or os.path.isdir(target)):
            raise ConfigError([Problem(target, 0, 0, "OUTPUT_NOT_OURS", _IN_THE_WAY)])
        waiting = self._waiting(path)
        try:
            signature = _put(waiting, data)
        except FileNotFoundError:
            os.makedirs(self._stage, exist_ok=True)
            signature = _put(waiting, data)
        for name in packed:
            _put(self._waiting(name), pack(name, data))
        return signature, True

    def _waiting(self, path: str) -> str:
        return f"{self._stage}/{hashing.digest(path.encode('utf-8', 'surrogateescape')).hex()}"

    def make_folders(self, paths: Iterable[str]) -> None:
        """Make the folders of ``paths``. Raises ``ConfigError`` where something else has the name of one."""
        existing = {""}
        for folder in sorted({os.path.dirname(path) for path in paths}):
            end = 0
            while folder not in existing:
                end = folder.find("/", end + 1)
                parent = folder[:end] if end > 0 else folder
                if parent not in existing:
                    self._make_folder(parent)
                    existing.add(parent)

    def _make_folder(self, path: str) -> None:
        target = f"{self._folder}/{path}"
        try:
            os.mkdir(target)
        except FileExistsError:
            if S_ISDIR(os.lstat(target).st_mode):
                return
            if path not in self.listed:  # a link might lead to somebody's folder
                raise ConfigError([Problem(target, 0, 0, "OUTPUT_NOT_OURS", _IN_THE_WAY)]) from None
            os.unlink(target)
            os.mkdir(target)

    def complete(self, paths: Iterable[str]) -> frozenset[str]:
        """Return all files of an output that holds the files at ``paths``: them, and what they are packed into."""
        return frozenset(with_packed(paths) if self._packs else paths)

    def commit(self, written: Sequence[str], all_paths: Iterable[str], workers: int = 1) -> int:
        """Put the files of ``written`` into their places, and delete ours that are not among ``all_paths``.

        Returns how many were deleted.
        """
        current = frozenset(all_paths)
        gone = self.listed - current
        if not current <= self.listed:
            self._save(self.listed | current)  # before any of them is there: no kill leaves a file unlisted
        for _ in map_chunks(self._put_in_place, written, workers, size=SMALL_CHUNK):
            pass
        if self.shared:
            self.shared.save()
        count = self._unlink(gone)
        self.removed = tuple(sorted(gone))
        if gone:
            self._save(current | {path for path in gone if os.path.lexists(f"{self._folder}/{path}")})
        self.discard()
        return count

    def _put_in_place(self, paths: Sequence[str]) -> None:
        for path in self.complete(paths):
            os.replace(self._waiting(path), f"{self._folder}/{path}")

    def discard(self) -> None:
        """Take away what was written and not put in place."""
        shutil.rmtree(self._stage, ignore_errors=True)

    def abandon(self) -> None:
        """Leave the folder as it was before the first build, where nothing was ever put in place."""
        if not (self._mark / "files").exists():
            shutil.rmtree(self._mark, ignore_errors=True)

    def clean(self) -> int:
        """Delete all that is ours, and the folder itself where it is empty then. Returns how many files went."""
        count = self._unlink(self.listed)
        shutil.rmtree(self._mark)
        with suppress(OSError):
            self.root.rmdir()
        return count

    def _unlink(self, paths: Iterable[str]) -> int:
        """Delete files, and the folders that are empty without them; nothing behind a link."""
        count, real = 0, os.path.realpath(self._folder)
        for path in paths:
            target = f"{self._folder}/{path}"
            folder = os.path.dirname(target)
            if os.path.realpath(folder) != real + folder[len(self._folder) :]:
                continue
            with suppress(OSError):
                os.unlink(target)
                count += 1
            with suppress(OSError):
                while (target := os.path.dirname(target)) != self._folder:
                    os.rmdir(target)
        return count


def _is_whole(text: str) -> bool:
    """Return whether a list is as we wrote it: a full disk or a machine that lost its power may have cut it."""
    return text.startswith(_HEAD) and text.endswith("\n")


#: A list of many thousand paths without these has ordinary ones alone.
_PARTS_OF_STRANGE_PATHS = ("\0", "//", "\n/", "/\n", "\n\n", "/.", "\n.")


def _is_ordinary(path: str) -> bool:
    """Return whether a path of the list stays within the folder and out of what is no page: ours all do."""
    segments = path.split("/")
    return "\0" not in path and not any(segment in ("", ".", "..", MARK, ".git") for segment in segments)


def _unmake(draft: Path) -> None:
    """Take away a mark that never came into its place."""
    for name in ("files", "files.new"):
        with suppress(OSError):
            (draft / name).unlink()
    with suppress(OSError):
        draft.rmdir()


def _write_list(mark: Path, paths: Iterable[str]) -> None:
    """Keep the list of our files in ``mark``: the whole of it or the one before."""
    text = _HEAD + "".join(f"{path}\n" for path in sorted(paths))
    write_whole(mark / "files", text.encode("utf-8", "surrogateescape"), mark / "files.new")


# Files are many and small: what Python's own files cost beside these calls is more than the writing.


def _put(target: str, data: bytes) -> bytes:
    """Write a file. Returns its stat signature."""
    file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        while data:
            data = data[os.write(file, data) :]
        return _pack(os.fstat(file))
    finally:
        os.close(file)


def _holds(target: str, data: bytes) -> bool | None:
    """Return whether a file is ``data``; ``None`` where nothing has its name."""
    try:
        if os.lstat(target).st_size != len(data):
            return False
        file = os.open(target, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            return os.read(file, len(data) + 1) == data
        finally:
            os.close(file)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return False
