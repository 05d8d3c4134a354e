"""``make new``: create the folder and the first lines of something new, of any kind.

What is created of which kind stands in its section's ``new.md``. The words come by the
environment (KIND, TITLE, NAME, PHOTOS), where neither make nor a shell reads them again;
on a terminal, what is missing is asked for.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from string import Template
from typing import NamedTuple, TypeVar

from plugins.core.errors import errors, quotable, report
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.media.formats import HEIC_EXTENSIONS, PICTURE_EXTENSIONS
from plugins.core.model.item import Item
from plugins.core.model.mentions import mentions
from plugins.core.pelican_adapter import load
from plugins.core.site.section import Section
from plugins.core.source.item_parser import read_item
from plugins.core.text.vietnamese import did_you_mean, nfc, slugify
from scripts.errors import RefusedError

DEADLINE_DAYS = 30  # from today to the deadline that a notice is given at first
_FOLDER = re.compile(r"\A---\n# thư mục: (.+)\n")
_PHOTO = re.compile(r"^!\[.*\n?", re.M)

T = TypeVar("T")


class Draft(NamedTuple):
    """An item to be: its folder, from the content folder; the text of its ``index.md``; the
    names of the files that the text mentions."""

    folder: str
    text: str
    files: tuple[str, ...]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("content", nargs="?", default="content", type=Path, help="thư mục nội dung")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")


def run(arguments: Namespace) -> int:
    """Create it and tell what comes next. Raises ``RefusedError`` when the words will not do."""
    content: Path = arguments.content
    kind, title, name, photos_folder = (os.environ.get(word, "") for word in ("KIND", "TITLE", "NAME", "PHOTOS"))
    settings = load(arguments.settings, PATH=str(content.resolve()))
    kinds = kinds_of(settings.sections)
    try:
        if not kind.strip() and sys.stdin.isatty():
            print(f"Các loại bài:\n{list_kinds(kinds)}")
        section = ask(kind, "KIND", "Loại bài: ", lambda word: find_kind(word, kinds))
        title = ask(title, "TITLE", "Tiêu đề: ", clean_title)
    except (KeyboardInterrupt, EOFError):
        print("\nThôi, không tạo gì.", file=sys.stderr)
        return 130
    photos = pictures_in(Path(photos_folder).expanduser()) if photos_folder.strip() else {}
    draft = make_draft(section, title, settings.now, name.strip(), tuple(photos))
    refuse_taken(content, draft.folder)
    text_path = write(content, draft, photos)
    missing = [file for file in draft.files if not (text_path.parent / file).exists()]
    print(f"Đã tạo {text_path}")
    if missing:
        print(f"Chép vào {text_path.parent}: {', '.join(missing)} (hoặc sửa tên tệp trong bài).")
    option = "" if content == Path("content") else f" CONTENT={content}"
    print(f"Mở tệp ấy viết bài, rồi chạy make check{option}")
    return 0


def kinds_of(sections: Iterable[Section]) -> dict[str, Section]:
    """Return the sections of which something new can be created, by the name of their folder."""
    return {section.folder: section for section in sections if section.model and _skeleton(section).is_file()}


def _skeleton(section: Section) -> Path:
    return section.home / "new.md"


def find_kind(word: str, kinds: Mapping[str, Section]) -> Section:
    """Find the section that is meant by its folder, its title or its name. Raises ``RefusedError``."""
    by_title, by_name = (
        {slugify(getattr(section, key)): section for section in kinds.values()} for key in ("title", "name")
    )
    by_word = {**by_title, **by_name, **kinds}
    if section := by_word.get(slugify(word)):
        return section
    suggestion = did_you_mean(word, by_word)
    raise RefusedError(f"Không có loại “{quotable(word)}”.{suggestion} Các loại:\n{list_kinds(kinds)}")


def list_kinds(kinds: Mapping[str, Section]) -> str:
    """List the kinds, one a line: what KIND takes, and its title."""
    return "\n".join(f"  {folder:<14} {section.title}" for folder, section in kinds.items())


def clean_title(title: str) -> str:
    """Put a title on one line. Raises ``RefusedError`` where no address can be made of it."""
    try:
        title.encode()
    except UnicodeEncodeError:
        raise RefusedError("Tiêu đề không ở mã UTF-8. Gõ lại trong cửa sổ lệnh dùng UTF-8.") from None
    if not slugify(title):
        raise RefusedError("Tiêu đề phải có ít nhất một chữ cái hoặc chữ số, ví dụ TITLE='Ngày hội giọt hồng'")
    return nfc(re.sub(r"\s+", " ", title).strip())


def make_draft(section: Section, title: str, now: datetime, name: str = "", photos: Sequence[str] = ()) -> Draft:
    """Fill a section's skeleton. ``name`` of the folder: made of the title where it is empty.

    ``photos``: names of pictures that replace those of the skeleton. Raises ``RefusedError`` where
    the checks would refuse the text by itself.
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
    subfolder = _FOLDER.match(skeleton)
    values = {
        "title": json.dumps(title, ensure_ascii=False),  # what JSON quotes, YAML reads the same
        "date": f"{now:%Y-%m-%d %H:%M}",
        "day": f"{now:%Y-%m-%d}",
        "year": f"{now:%Y}",
        "month": f"{now:%m}",
        "deadline": f"{now + timedelta(days=DEADLINE_DAYS):%Y-%m-%d}",
    }
    between = f"{Template(subfolder[1]).substitute(values)}/" if subfolder else ""
    folder = f"{section.folder}/{between}{name or slugify(title)}"
    text = Template(_FOLDER.sub("---\n", skeleton)).substitute(values)
    model: type[Item] | None = section.model
    assert model
    item, _, problems, _ = read_item(model, text.encode(), f"{folder}/index.md", MarkdownParser())
    if item is None or errors(problems):
        raise RefusedError("Không tạo được bài đọc được:\n" + report(problems))
    files = dict.fromkeys(path.removeprefix(f"{folder}/") for path in mentions(item))
    return Draft(folder, text, tuple(file for file in files if not file.startswith(("..", "/"))))


def refuse_taken(content: Path, folder: str) -> None:
    """Raise ``RefusedError`` for a folder whose address is taken, with one that is not."""
    parent, _, name = folder.rpartition("/")
    taken = _taken_slugs(content / parent)
    if name not in taken:
        return
    free_name = next(f"{name}-{number}" for number in range(2, 10_000) if f"{name}-{number}" not in taken)
    raise RefusedError(f"Đã có {content / parent / name}: không ghi đè. Đặt tiêu đề khác, hoặc thêm NAME={free_name}")


def _taken_slugs(parent: Path) -> set[str]:
    """Return the last parts of the addresses of all that lies in a folder."""
    return {slugify(entry.name.removesuffix(".md")) for entry in parent.iterdir()} if parent.is_dir() else set()


def pictures_in(folder: Path) -> dict[str, Path]:
    """Return the pictures of a folder by their new names, in the order of their numbers."""
    if not folder.is_dir():
        raise RefusedError(f"Không có thư mục ảnh {folder}.")
    pictures = [
        path
        for path in folder.iterdir()
        if path.is_file() and path.name.lower().endswith((*PICTURE_EXTENSIONS, *HEIC_EXTENSIONS))
    ]
    if not pictures:
        raise RefusedError(f"Thư mục {folder} không có ảnh nào ({', '.join(PICTURE_EXTENSIONS)}).")
    pictures.sort(key=lambda path: [part.zfill(20) for part in re.findall(r"\d+|\D+", path.name.lower())])
    return {f"anh-{number}{path.suffix.lower()}": path for number, path in enumerate(pictures, 1)}


def write(content: Path, draft: Draft, photos: Mapping[str, Path]) -> Path:
    """Create the folder with all that belongs into it, or nothing. Returns the text's path."""
    target = content / draft.folder
    target.mkdir(parents=True)
    try:
        for name, original in photos.items():
            shutil.copyfile(original, target / name)
        text_path = target / "index.md"
        text_path.write_text(draft.text, "utf-8")
    except BaseException:
        shutil.rmtree(target)
        raise
    return text_path


def ask(value: str, name: str, question: str, parse: Callable[[str], T]) -> T:
    """Parse ``value``, or where it is empty the answer to ``question``, which is repeated until it will do."""
    if value.strip():
        return parse(value)
    if not sys.stdin.isatty():
        raise RefusedError(f"Thiếu {name}. Ví dụ: make new KIND=tin-tuc TITLE='Ngày hội giọt hồng'")
    while True:
        try:
            return parse(input(question))
        except RefusedError as error:
            print(error, file=sys.stderr)
