"""Files → items: the content folder read once, every mistake reported, nothing guessed."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.core import pictures
from plugins.core.content import mentions
from plugins.core.item import Item, read_item
from plugins.core.markup import Markup
from plugins.core.pictures import PictureFile
from plugins.core.problems import Problem
from plugins.core.section import Section
from plugins.core.text import nfc
from plugins.core.uploads import LIMITS, examine_upload


@dataclass(frozen=True)
class Reading:
    """The content folder as read: items by section, every file's size, pictures in use.

    ``places`` tells where each file really lies: its name on the disk may be decomposed.
    """

    items: dict[str, tuple[Item, ...]]
    files: dict[str, int]
    places: dict[str, Path]
    pictures: dict[str, PictureFile]
    problems: tuple[Problem, ...]


def read(root: Path, sections: Iterable[Section], markup: Markup) -> Reading:
    """Read every file under ``root`` once: items of ``sections``, and what lies beside them."""
    problems: list[Problem] = []
    found: dict[str, os.DirEntry[str]] = {}
    twins: dict[str, os.DirEntry[str]] = {}
    for path, entry, problem in sorted(_walk(root), key=lambda row: (row[0], row[1].name)):
        other = twins.setdefault(path.casefold(), entry)
        if problem:
            problems.append(problem)
        elif other is not entry:
            names = " và ".join(ascii(twin.name) for twin in (other, entry))
            message = f"Hai tệp chỉ khác chữ hoa, chữ thường hoặc cách mã hóa dấu ({names}). Đổi tên một tệp."
            problems.append(Problem(f"content/{path}", 0, 0, "FILE_TWINS", message))
        else:
            found[path] = entry
    files = {path: entry.stat().st_size for path, entry in found.items()}
    places = {path: Path(entry.path) for path, entry in found.items()}
    by_folder = {section.folder: section for section in sections if section.model}
    items: dict[str, list[Item]] = {section.name: [] for section in by_folder.values()}
    examined: dict[str, PictureFile] = {}
    for path, entry in found.items():
        section = by_folder.get(path.partition("/")[0])
        try:
            if not _is_text(path):
                picture, wrong = _examine(path, entry, files[path])
                if picture:
                    examined[path] = picture
            elif section and section.model:
                item, wrong = read_item(section.model, _bytes(entry), path, markup)
                if item:
                    items[section.name].append(item)
            else:
                folders = ", ".join(sorted(by_folder))
                message = f"Bài nằm ngoài các chuyên mục. Chuyển vào một trong các thư mục: {folders}."
                wrong = [Problem(f"content/{path}", 0, 0, "FOLDER_UNKNOWN", message)]
        except OSError as fault:
            message = f"Không đọc được tệp này: {fault.strerror}."
            wrong = [Problem(f"content/{path}", 0, 0, "FILE_UNREADABLE", message)]
        problems += wrong
    wanted = {path for some in items.values() for item in some for path in mentions(item)}
    used = {path: picture for path, picture in examined.items() if path in wanted}
    return Reading({name: tuple(some) for name, some in items.items()}, files, places, used, tuple(problems))


def _is_text(path: str) -> bool:
    return path.endswith(".md") and "/." not in f"/{path}"


def _bytes(entry: os.DirEntry[str]) -> bytes:
    with open(entry.path, "rb") as file:
        return file.read()


def _examine(path: str, entry: os.DirEntry[str], size: int) -> tuple[PictureFile | None, list[Problem]]:
    """A file beside the texts. What is refused for its kind or its size is not even read."""
    extension = posixpath.splitext(path)[1][1:].lower()
    limit = LIMITS.get(extension, 0)
    raw = _bytes(entry) if size <= limit else b""
    if raw and path.lower().endswith(pictures.EXTENSIONS) and "/." not in f"/{path}":
        return pictures.examine(path, raw)
    return None, examine_upload(path, raw, size)


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str], Problem | None]]:
    """Every regular file below ``root`` by its path in NFC; what is neither file nor
    folder (links, pipes, devices) with a problem, unopened."""
    todo = [(root, "")]
    while todo:
        folder, prefix = todo.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                path = prefix + nfc(entry.name)
                mode = entry.stat(follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode):
                    todo.append((Path(entry.path), path + "/"))
                elif stat.S_ISREG(mode):
                    yield path, entry, None
                else:
                    what = "liên kết (symlink)" if stat.S_ISLNK(mode) else "tệp đặc biệt"
                    yield (
                        path,
                        entry,
                        Problem(
                            f"content/{path}",
                            0,
                            0,
                            "FILE_SPECIAL",
                            f"Đây là {what}, không phải tệp thường. Chép tệp thật vào đây.",
                        ),
                    )
