"""``make new``: the folder and the first lines of something new, of any kind.

What is made of which kind stands in its section's ``new.md``. The words come by the
environment (KIND, TITLE, NAME, PHOTOS), where neither make nor a shell reads them again;
on a terminal, what is missing is asked for.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from string import Template
from typing import NamedTuple, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plugins.core.errors import ConfigError, MachineError, PortalError, errors, quotable, report
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.media.formats import HEIC_EXTENSIONS, PICTURE_EXTENSIONS
from plugins.core.model.item import Item
from plugins.core.pelican_adapter import load, speak_utf8
from plugins.core.site.content import mentions
from plugins.core.site.section import Section
from plugins.core.source.item_parser import read_item
from plugins.core.text.vietnamese import did_you_mean, nfc, slugify

APPLY = 30  # days from today to the deadline that a notice is given at first
_FOLDER = re.compile(r"\A---\n# thư mục: (.+)\n")
_PHOTO = re.compile(r"^!\[.*\n?", re.M)

T = TypeVar("T")


class RefusedError(ValueError):
    """Something that was asked for and cannot be: a sentence that says what to do instead."""


class Draft(NamedTuple):
    """An item to be: its folder, from the content folder; the text of its ``index.md``; the
    names of the files that the text speaks of."""

    folder: str
    text: str
    files: tuple[str, ...]


def kinds_of(sections: Iterable[Section]) -> dict[str, Section]:
    """The sections of which something new can be made, by the name of their folder."""
    return {section.folder: section for section in sections if section.model and _skeleton(section).is_file()}


def _skeleton(section: Section) -> Path:
    return section.home / "new.md"


def kind_named(word: str, kinds: Mapping[str, Section]) -> Section:
    """The kind that is meant by its folder, its title or its section's name."""
    titles, names = ({slugify(getattr(one, key)): one for one in kinds.values()} for key in ("title", "name"))
    known = {**titles, **names, **kinds}
    if found := known.get(slugify(word)):
        return found
    hint = did_you_mean(word, known)
    raise RefusedError(f"Không có loại “{quotable(word)}”.{hint} Các loại:\n{listed(kinds)}")


def listed(kinds: Mapping[str, Section]) -> str:
    """The kinds, one a line: what KIND takes, and what it is."""
    return "\n".join(f"  {folder:<14} {section.title}" for folder, section in kinds.items())


def titled(words: str) -> str:
    """A title as it may be written: on one line, with something of which to make an address."""
    try:
        words.encode()
    except UnicodeEncodeError:
        raise RefusedError("Tiêu đề không ở mã UTF-8. Gõ lại trong cửa sổ lệnh dùng UTF-8.") from None
    if not slugify(words):
        raise RefusedError("Tiêu đề phải có ít nhất một chữ cái hoặc chữ số, ví dụ TITLE='Ngày hội giọt hồng'")
    return nfc(re.sub(r"\s+", " ", words).strip())


def draft(section: Section, title: str, now: datetime, name: str = "", photos: Sequence[str] = ()) -> Draft:
    """What will be written. ``name`` of the folder: made of the title where none is given.

    ``photos``: names of pictures that stand in place of those of the skeleton. Raises
    ``RefusedError`` for what the doctor would refuse by itself.
    """
    if name != slugify(name):
        raise RefusedError(
            f"“{quotable(name)}” không làm tên thư mục được. Viết: NAME={slugify(name) or slugify(title)}"
        )
    skeleton = _skeleton(section).read_text("utf-8")
    if photos:
        if not _PHOTO.search(skeleton):
            raise RefusedError(f"PHOTOS chỉ dùng cho tập ảnh, không dùng cho “{section.title}”.")
        lines = iter(["".join(f"![]({photo})\n" for photo in photos)])
        skeleton = _PHOTO.sub(lambda _: next(lines, ""), skeleton)
    path = _FOLDER.match(skeleton)
    values = {
        "title": json.dumps(title, ensure_ascii=False),  # what JSON quotes, YAML reads the same
        "date": f"{now:%Y-%m-%d %H:%M}",
        "day": f"{now:%Y-%m-%d}",
        "year": f"{now:%Y}",
        "month": f"{now:%m}",
        "deadline": f"{now + timedelta(days=APPLY):%Y-%m-%d}",
    }
    parts = [section.folder, *([Template(path[1]).substitute(values)] if path else []), name or slugify(title)]
    folder = "/".join(parts)
    text = Template(_FOLDER.sub("---\n", skeleton)).substitute(values)
    model: type[Item] | None = section.model
    assert model
    item, _, problems, _ = read_item(model, text.encode(), f"{folder}/index.md", MarkdownParser())
    if item is None or errors(problems):
        raise RefusedError("Không tạo được bài đọc được:\n" + report(problems))
    files = dict.fromkeys(one.removeprefix(f"{folder}/") for one in mentions(item))
    return Draft(folder, text, tuple(file for file in files if not file.startswith(("..", "/"))))


def free(content: Path, folder: str) -> None:
    """Refuse a folder whose address is taken, and say which is not."""
    parent, _, name = folder.rpartition("/")
    if name not in _taken(content / parent):
        return
    other = next(one for number in range(2, 10_000) if (one := f"{name}-{number}") not in _taken(content / parent))
    raise RefusedError(f"Đã có {content / parent / name}: không ghi đè. Đặt tiêu đề khác, hoặc thêm NAME={other}")


def _taken(parent: Path) -> set[str]:
    """The last parts of the addresses of all that lies in a folder."""
    return {slugify(entry.name.removesuffix(".md")) for entry in parent.iterdir()} if parent.is_dir() else set()


def pictures_in(folder: Path) -> dict[str, Path]:
    """The pictures of a folder by the names that they get, in the order of their numbers."""
    if not folder.is_dir():
        raise RefusedError(f"Không có thư mục ảnh {folder}.")
    found = [path for path in folder.iterdir() if path.is_file() and path.name.lower().endswith((*PICTURE_EXTENSIONS, *HEIC_EXTENSIONS))]
    if not found:
        raise RefusedError(f"Thư mục {folder} không có ảnh nào ({', '.join(PICTURE_EXTENSIONS)}).")
    found.sort(key=lambda path: [part.zfill(20) for part in re.findall(r"\d+|\D+", path.name.lower())])
    return {f"anh-{number}{path.suffix.lower()}": path for number, path in enumerate(found, 1)}


def write(content: Path, new: Draft, photos: Mapping[str, Path]) -> Path:
    """Make the folder with all that belongs into it, or nothing. Returns the text's path."""
    target = content / new.folder
    target.mkdir(parents=True)
    try:
        for name, original in photos.items():
            shutil.copyfile(original, target / name)
        text = target / "index.md"
        text.write_text(new.text, "utf-8")
    except BaseException:
        shutil.rmtree(target)
        raise
    return text


def asked(given: str, name: str, question: str, read: Callable[[str], T]) -> T:
    """What was given, or else the answer to a question, as ``read`` understands it."""
    if given.strip():
        return read(given)
    if not sys.stdin.isatty():
        raise RefusedError(f"Thiếu {name}. Ví dụ: make new KIND=tin-tuc TITLE='Ngày hội giọt hồng'")
    while True:
        try:
            return read(input(question))
        except RefusedError as fault:
            print(fault, file=sys.stderr)


def main(argv: list[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Make it and say what comes next. Returns 2 when the words will not do, 3 when the disk will not."""
    speak_utf8()
    parser = argparse.ArgumentParser(description="Tạo bài mới. Lời lấy từ các biến KIND, TITLE, NAME, PHOTOS.")
    parser.add_argument("content", nargs="?", default="content", type=Path, help="thư mục nội dung")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")
    given = parser.parse_args(argv)
    kind, title, name, folder = (environ.get(word, "") for word in ("KIND", "TITLE", "NAME", "PHOTOS"))
    try:
        settings = load(given.settings, PATH=str(given.content.resolve()))
        kinds = kinds_of(settings.sections)
        if not kind.strip() and sys.stdin.isatty():
            print(f"Các loại bài:\n{listed(kinds)}")
        section = asked(kind, "KIND", "Loại bài: ", lambda word: kind_named(word, kinds))
        words = asked(title, "TITLE", "Tiêu đề: ", titled)
        photos = pictures_in(Path(folder).expanduser()) if folder.strip() else {}
        new = draft(section, words, settings.now, name.strip(), tuple(photos))
        free(given.content, new.folder)
        text = write(given.content, new, photos)
    except RefusedError as fault:
        print(fault, file=sys.stderr)
        return ConfigError.exit_code
    except PortalError as fault:
        print(report(fault.problems), file=sys.stderr)
        return fault.exit_code
    except (KeyboardInterrupt, EOFError):
        print("\nThôi, không tạo gì.", file=sys.stderr)
        return 130
    except OSError as fault:
        print(f"Máy không làm được: {fault.filename or ''} ({fault.strerror or fault}).", file=sys.stderr)
        return MachineError.exit_code
    missing = [file for file in new.files if not (text.parent / file).exists()]
    print(f"Đã tạo {text}")
    if missing:
        print(f"Chép vào {text.parent}: {', '.join(missing)} (hoặc sửa tên tệp trong bài).")
    where = "" if given.content == Path("content") else f" CONTENT={given.content}"
    print(f"Mở tệp ấy viết bài, rồi chạy make check{where}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
