"""Files → items: the content folder read once, every mistake reported, nothing guessed."""

from __future__ import annotations

import os
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


@dataclass(frozen=True)
class Reading:
    """The content folder as read: items by section, every file's size, pictures in use."""

    items: dict[str, tuple[Item, ...]]
    files: dict[str, int]
    pictures: dict[str, PictureFile]
    problems: tuple[Problem, ...]


def read(root: Path, sections: Iterable[Section], markup: Markup) -> Reading:
    """Read every item under ``root``."""
    problems: list[Problem] = []
    files: dict[str, int] = {}
    found: dict[str, os.DirEntry[str]] = {}
    for path, entry, problem in sorted(_walk(root), key=lambda row: row[0]):
        if problem:
            problems.append(problem)
        elif path in found:
            problems.append(
                Problem(
                    f"content/{path}",
                    0,
                    0,
                    "FILE_TWINS",
                    "Có hai tệp trùng tên, chỉ khác cách mã hóa dấu tiếng Việt. Đổi tên một tệp.",
                )
            )
        else:
            found[path] = entry
            files[path] = entry.stat().st_size
    by_folder = {section.folder: section for section in sections if section.model}
    items: dict[str, list[Item]] = {section.name: [] for section in by_folder.values()}
    for path, entry in found.items():
        if not path.endswith(".md"):
            continue
        section = by_folder.get(path.partition("/")[0])
        if section is None or section.model is None:
            folders = ", ".join(sorted(by_folder))
            problems.append(
                Problem(
                    f"content/{path}",
                    0,
                    0,
                    "FOLDER_UNKNOWN",
                    f"Bài nằm ngoài các chuyên mục. Chuyển vào một trong các thư mục: {folders}.",
                )
            )
            continue
        item, wrong = read_item(section.model, Path(entry.path).read_bytes(), path, markup)
        problems += wrong
        if item:
            items[section.name].append(item)
    used: dict[str, PictureFile] = {}
    wanted = {path for some in items.values() for item in some for path in mentions(item)}
    for path in sorted(wanted):
        if path in found and path.lower().endswith(pictures.EXTENSIONS):
            picture, wrong = pictures.examine(path, Path(found[path].path).read_bytes())
            problems += wrong
            if picture:
                used[path] = picture
    return Reading({name: tuple(some) for name, some in items.items()}, files, used, tuple(problems))


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str], Problem | None]]:
    """Every regular file below ``root`` by its path in NFC; what is neither file nor
    folder (links, pipes, devices) with a problem, unopened."""
    todo = [(root, "")]
    while todo:
        folder, prefix = todo.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
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
