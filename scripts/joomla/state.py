"""Remember what an import wrote, so that the next one overwrites nothing that an editor has changed since.

``import.tsv`` stands beside the content folder and goes into git with it: one line an article, with its key,
the path of its text, and the digest of the bytes that were written; no digest while these are still awaited.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from plugins.core.errors import ConfigError, Problem
from plugins.core.runtime.files import write_whole

_HEAD = "# Sổ của make import: khóa ở cổng cũ, bài ở cổng mới, dấu của bài lúc nhập. Đừng sửa, đừng xóa; commit cùng nội dung.\n"


class Entry(NamedTuple):
    """One article's line."""

    path: str
    digest: str = ""


def digest(raw: bytes) -> str:
    """Return what stands for a file's bytes."""
    return blake2b(raw, digest_size=10).hexdigest()


def read_state(path: Path) -> dict[str, Entry]:
    """Read the file; nothing where there is none. Raises ``ConfigError`` for a damaged one."""
    if not path.exists():
        return {}
    entries = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        is_inside = (
            len(fields) == 3
            and fields[1].endswith(".md")
            and ".." not in fields[1].split("/")
            and not fields[1].startswith("/")
        )
        if not is_inside:
            message = "Dòng này hỏng (có lẽ do trộn nhánh git). Lấy lại tệp từ lần commit trước."
            raise ConfigError([Problem(path.name, number, 0, "IMPORT_STATE", message)])
        entries[fields[0]] = Entry(fields[1], fields[2])
    return entries


def write_state(path: Path, entries: Mapping[str, Entry]) -> None:
    """Write the file, at once or not at all."""
    lines = [
        f"{key}\t{entry.path}\t{entry.digest}\n"
        for key, entry in sorted(entries.items(), key=lambda row: sort_key(row[0]))
    ]
    write_whole(path, (_HEAD + "".join(lines)).encode())


def sort_key(key: str) -> tuple[str, int, str]:
    """Sort keys by letters and number: ``a9`` before ``a10``."""
    letters = key.rstrip("0123456789")
    digits = key[len(letters) :]
    return letters, int(digits or 0), key
