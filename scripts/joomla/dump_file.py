"""Open a database dump, however it was packed, as one stream of UTF-8 bytes."""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedReader
from pathlib import Path
from typing import cast
from zipfile import BadZipFile, ZipFile

from scripts.errors import RefusedError

Read = Callable[[int], bytes]

_CHUNK = 1 << 20
_PART = re.compile(r"\.s\d\d+$", re.I)
#: The first bytes of packed files → the function that opens them.
_PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open))
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PLAIN_DUMP = "Xuất lại dạng văn bản (.sql): {}"
#: The beginning of files that operators take for a dump → what to do instead.
_OTHERS = (
    (b"PGDMP", _PLAIN_DUMP.format("pg_dump --format=plain.")),
    (b"SQLite format 3\0", _PLAIN_DUMP.format("sqlite3 tệp.db .dump.")),
    (
        b"JPA",
        "Đây là bản sao lưu Akeeba (.jpa): giải nén bằng Akeeba eXtract, rồi dùng tệp .sql trong installation/sql.",
    ),
    (
        b"JPS",
        "Đây là bản sao lưu Akeeba (.jps): giải nén bằng Akeeba eXtract, rồi dùng tệp .sql trong installation/sql.",
    ),
    (b"\x28\xb5\x2f\xfd", "Tệp nén bằng zstd: giải nén trước (zstd -d)."),
    (b"Rar!", "Tệp nén RAR: giải nén trước."),
    (b"7z\xbc\xaf", "Tệp nén 7z: giải nén trước."),
    (b"%PDF", "Đây là PDF, không phải bản xuất cơ sở dữ liệu."),
    (b"\xd0\xcf\x11\xe0", "Đây là tệp Office, không phải bản xuất cơ sở dữ liệu."),
    (b"MSCF", "Tệp nén CAB: giải nén trước."),
    (b"\xfe\xfe\x07", "Đây là tệp dữ liệu của MySQL. " + _PLAIN_DUMP.format("mysqldump hoặc phpMyAdmin.")),
)
_CUT = "{} bị cắt giữa chừng hoặc hỏng ({}). Xuất hoặc chép lại tệp."


@contextmanager
def open_dump(path: Path) -> Iterator[Read]:
    """Open the dump at ``path``: plain, gz, bz2, xz, zip, or a folder of ``.sql`` files; UTF-8 or UTF-16.

    The function that it gives reads at most so many bytes; it returns none at the end. Raises ``RefusedError``.
    """
    with ExitStack() as stack:
        streams = [_open_file(file, stack) for file in dump_files(path)]
        yield _decoded(_checked(_chained([read for group in streams for read in group]), path))


def dump_files(path: Path) -> list[Path]:
    """Return the files of a dump, in the order of their names; Akeeba's ``site.sql`` goes on in ``site.s01``…"""
    if not path.is_dir():
        return [path, *_parts_of(path)]
    names = (".sql", ".sql.gz", ".sql.bz2", ".sql.xz")
    backup = path / "installation" / "sql"  # where an unpacked backup of Akeeba has it
    files = [*path.iterdir(), *(backup.iterdir() if backup.is_dir() else ())]
    dumps = sorted(file for file in files if file.name.lower().endswith(names) and file.is_file())
    return [file for dump in dumps for file in (dump, *_parts_of(dump))]


def _parts_of(path: Path) -> list[Path]:
    if path.suffix.lower() != ".sql":
        return []
    files = (file for file in path.parent.iterdir() if file.stem == path.stem and _PART.fullmatch(file.suffix))
    return sorted(files, key=lambda file: int(file.suffix[2:]))


def _open_file(path: Path, stack: ExitStack) -> list[Read]:
    stream = stack.enter_context(path.open("rb"))
    head = stream.peek(16)
    if head.startswith(b"PK\3\4"):
        return _open_zip(path, stack)
    while opener := next((opener for magic, opener in _PACKED if head.startswith(magic)), None):
        stream = cast(BufferedReader, stack.enter_context(opener(stream)))  # some servers pack what is packed
        head = _checked(stream.peek, path)(512)
    for magic, advice in _OTHERS:
        if head.startswith(magic):
            raise RefusedError(f"{path}: không phải bản xuất SQL. {advice}")
    if head[257:262] == b"ustar":
        raise RefusedError(f"{path}: tệp tar. Giải nén trước (tar -xf), rồi dùng tệp .sql bên trong.")
    return [stream.read]


def _open_zip(path: Path, stack: ExitStack) -> list[Read]:
    """Open the dump in a ZIP file; a backup of Akeeba has it in several members: ``site.sql``, ``site.s01``…"""
    try:
        archive = stack.enter_context(ZipFile(path))
        names = sorted(name for name in archive.namelist() if not name.startswith("__MACOSX/"))
        dumps = [name for name in names if name.lower().endswith(".sql")]
        backups = [name for name in dumps if "installation/sql/" in name.lower()]
        names = [
            name
            for dump in backups or dumps
            for name in (
                dump,
                *(part for part in names if part[:-2].lower() == dump[:-2].lower() and part[-2:].isdigit()),
            )
        ]
        if not names:
            raise RefusedError(f"{path}: trong tệp nén không có tệp .sql nào.")
        return [stack.enter_context(archive.open(name)).read for name in names]
    except (BadZipFile, RuntimeError, NotImplementedError) as error:
        raise RefusedError(_CUT.format(path, error)) from None


def _chained(reads: list[Read]) -> Read:
    remaining = reads[:]

    def read(size: int) -> bytes:
        while remaining:
            if chunk := remaining[0](size):
                return chunk
            del remaining[0]
            if remaining:
                return b"\n"  # a file may end without a line end
        return b""

    return read


def _checked(read: Read, path: Path) -> Read:
    def checked(size: int) -> bytes:
        try:
            return read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, BadZipFile, RuntimeError) as error:
            raise RefusedError(_CUT.format(path, error)) from None
        except OSError as error:
            if error.errno is None:  # of bz2; the machine's own errors have a number
                raise RefusedError(_CUT.format(path, error)) from None
            raise

    return checked


def _decoded(read: Read) -> Read:
    """Return a function that reads the same in UTF-8 without a BOM: PowerShell's ``>`` writes UTF-16."""
    head = read(_CHUNK)
    codec = next((codec for mark, codec in _WIDE if head.startswith(mark)), "")
    if not codec and b"\0" in head[:2] and head[:1] != head[1:2]:  # its first sign is of ASCII
        codec = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    pending = head.removeprefix(codecs.BOM_UTF8)

    def read_narrow(size: int) -> bytes:
        nonlocal pending
        chunk, pending = pending or read(size), b""
        return chunk

    if not codec:
        return read_narrow
    decoder = codecs.getincrementaldecoder(codec)("replace")

    def read_wide(size: int) -> bytes:
        raw = read_narrow(size)
        text = decoder.decode(raw, final=not raw)
        while raw and not text:
            raw = read_narrow(size)
            text = decoder.decode(raw, final=not raw)
        return text.removeprefix("\ufeff").encode("utf-8", "surrogatepass")

    return read_wide
