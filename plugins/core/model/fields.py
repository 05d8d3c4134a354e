"""Define the types of fields in front matter, and read their values.

A model declares its fields by annotating its attributes with these types:

    class Notice(Item):
        deadline: Deadline
        quota: Count = 0

``read_fields`` then converts the values that an editor wrote, and reports every mistake
with its line instead of stopping at the first.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

from msgspec import NODEFAULT
from msgspec.structs import fields as struct_fields

from plugins.core.errors import Problem, quotable
from plugins.core.media.formats import HEIC_EXTENSIONS, PICTURE_EXTENSIONS
from plugins.core.model.foreign_fields import suggest_field
from plugins.core.model.frontmatter import FieldValue, FrontMatter
from plugins.core.text import dates
from plugins.core.text.vietnamese import did_you_mean, file_form, slugify


class FieldError(ValueError):
    """An error in a value: a code, and a sentence that says what to write."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Field:
    """A type of field."""

    read: Callable[[str, str], Any]
    """Convert a value; the arguments are the value as written and the item's folder."""

    many: bool = False
    """True if the field takes a list."""

    is_words: bool = False
    """True if readers are shown the value as it is written."""


def _text(raw: str, folder: str) -> str:
    return " ".join(raw.split())


def _title(raw: str, folder: str) -> str:
    if not any(map(str.isalnum, raw)):  # in any script: a title may be Russian
        raise FieldError("TITLE_EMPTY", "Tiêu đề phải có ít nhất một chữ cái hoặc chữ số.")
    return _text(raw, folder)


def _slug(raw: str, folder: str) -> str:
    if raw != slugify(raw):
        raise FieldError(
            "SLUG_INVALID", f"“{raw}” không dùng làm địa chỉ được. Viết: {slugify(raw) or 'ten-bai-khong-dau'}"
        )
    return raw


def _moment_with(clock: str) -> Callable[[str, str], datetime]:
    def read(raw: str, folder: str) -> datetime:
        try:
            moment = dates.parse(raw, clock)
        except (ValueError, OverflowError):
            raise FieldError("DATE_INVALID", f"“{raw}” không phải ngày hợp lệ. Viết: {dates.EXAMPLE}") from None
        if not 1975 <= moment.year <= 2100:
            raise FieldError("DATE_RANGE", f"Năm {moment.year} nằm ngoài khoảng 1975–2100. Viết: {dates.EXAMPLE}")
        return moment

    return read


def _count(raw: str, folder: str) -> int:
    if not re.fullmatch(r"\d{1,6}", raw):
        raise FieldError("NUMBER_INVALID", f"“{raw}” không phải số nguyên. Viết: 10")
    return int(raw)


def _duration(raw: str, folder: str) -> int:
    try:
        return dates.duration(raw)
    except ValueError:
        raise FieldError("DURATION_INVALID", f"“{raw}” không phải thời lượng. Viết phút:giây, ví dụ 4:35") from None


def _file(raw: str, folder: str) -> str:
    """Convert the name of a file in the item's folder to a path from the content folder."""
    if not raw or raw.startswith(("/", "~")) or "\\" in raw or "\0" in raw or "%2e" in raw.lower() or ":" in raw:
        raise FieldError("FILE_PATH", f"“{raw}” phải là tên một tệp nằm cạnh bài viết, ví dụ anh-1.jpg")
    if raw.lower().endswith(".md"):
        raise FieldError("FILE_PATH", f"“{raw}” là bài viết, không phải tệp. Đặt liên kết tới bài trong nội dung.")
    path = posixpath.normpath(posixpath.join(folder, file_form(raw)))
    if path.startswith("../") or not path.startswith(f"{folder}/"):
        raise FieldError("FILE_PATH", f"“{raw}” nằm ngoài thư mục của bài viết. Chép tệp vào cạnh bài rồi ghi tên tệp.")
    return path


def _picture(raw: str, folder: str) -> str:
    path = _file(raw, folder)
    if not path.lower().endswith((*PICTURE_EXTENSIONS, *HEIC_EXTENSIONS)):
        raise FieldError("PICTURE_KIND", f"“{raw}” không phải ảnh. Ghi tên một tệp ảnh cạnh bài, ví dụ anh-1.jpg")
    return path


def _address(raw: str, folder: str) -> str:
    if re.match(r"https?://[^\s/]+|mailto:\S+@", raw) or (raw.startswith("/") and not raw.startswith("//")):
        return raw
    raise FieldError("LINK_INVALID", f"“{raw}” không phải địa chỉ. Viết: /tuyen-dung/ hoặc https://…")


def one_of(*allowed: str) -> Field:
    """Return a field that takes one of ``allowed``."""

    def read(raw: str, folder: str) -> str:
        if raw not in allowed:
            choices = ", ".join(allowed)
            raise FieldError(
                "VALUE_UNKNOWN", f"“{raw}” không có trong các giá trị được dùng: {choices}.{did_you_mean(raw, allowed)}"
            )
        return raw

    return Field(read)


def matching(pattern: str, example: str) -> Field:
    """Return a field whose value must match the whole regular expression ``pattern``."""

    def read(raw: str, folder: str) -> str:
        if not re.fullmatch(pattern, raw):
            raise FieldError("VALUE_FORM", f"“{raw}” không đúng dạng. Viết: {example}")
        return raw

    return Field(read, is_words=True)


def _old_address(raw: str, folder: str) -> str:
    """Read a former address of the portal: from its root, safe as a path of the output."""
    if not re.fullmatch(r"/[A-Za-z0-9][\w.-]*(/[A-Za-z0-9_][\w.-]*)*/?", raw) or "/../" in f"{raw}/":
        raise FieldError("ALIAS_INVALID", f"“{raw}” không phải địa chỉ cũ của cổng. Viết: /tin-tuc/2026/05/ten-cu/")
    return raw


Text = Annotated[str, Field(_text, is_words=True)]
Title = Annotated[str, Field(_title, is_words=True)]
Slug = Annotated[str, Field(_slug)]
Count = Annotated[int, Field(_count)]
Seconds = Annotated[int, Field(_duration)]
#: A picture that pages show …
Image = Annotated[str, Field(_picture)]
#: … or a file that they offer for download.
File = Annotated[str, Field(_file)]
Files = Annotated[tuple[str, ...], Field(_file, many=True)]
TextList = Annotated[tuple[str, ...], Field(_text, many=True, is_words=True)]
Address = Annotated[str, Field(_address)]
OldAddresses = Annotated[tuple[str, ...], Field(_old_address, many=True)]
#: A date without a time is the first minute of its day …
DateTime = Annotated[datetime, Field(_moment_with("00:00"))]
#: … or, for a deadline, its last.
Deadline = Annotated[datetime, Field(_moment_with("23:59"))]


class Slot(NamedTuple):
    """A field of a model."""

    attribute: str
    kind: Field
    is_required: bool
    """True if an editor must write it."""


@cache
def fields_of(model: type) -> dict[str, Slot]:
    """Return the fields of ``model`` by the name that editors write, in the order of the model."""
    annotations = get_type_hints(model, include_extras=True)
    slots = {}
    for struct_field in struct_fields(model):
        candidates = [annotations[struct_field.name], *get_args(annotations[struct_field.name])]
        field = next(
            (
                meta
                for annotation in candidates
                for meta in getattr(annotation, "__metadata__", ())
                if isinstance(meta, Field)
            ),
            None,
        )
        if field:
            is_required = struct_field.default is NODEFAULT and struct_field.default_factory is NODEFAULT
            slots[struct_field.encode_name] = Slot(struct_field.name, field, is_required)
    return slots


@cache
def file_fields(model: type) -> dict[str, str]:
    """Return the fields of ``model`` that hold paths of files: written name → attribute."""
    return {**image_fields(model), **offering_fields(model)}


@cache
def image_fields(model: type) -> dict[str, str]:
    """Return those of ``file_fields`` whose pictures pages show."""
    return {name: slot.attribute for name, slot in fields_of(model).items() if slot.kind.read is _picture}


@cache
def offering_fields(model: type) -> dict[str, str]:
    """Return those of ``file_fields`` whose files pages offer for download."""
    return {name: slot.attribute for name, slot in fields_of(model).items() if slot.kind.read is _file}


@cache
def word_fields(model: type) -> tuple[str, ...]:
    """Return the attributes of ``model`` whose words readers see, in the order of the model."""
    return tuple(slot.attribute for slot in fields_of(model).values() if slot.kind.is_words)


@cache
def address_fields(model: type) -> dict[str, str]:
    """Return the fields of ``model`` that hold an address: written name → attribute."""
    return {name: slot.attribute for name, slot in fields_of(model).items() if slot.kind.read is _address}


def read_fields(model: type, front: FrontMatter, path: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the typed values of ``model``'s fields by attribute, and every problem with them.

    ``path`` is the path of the file from the project's folder (``content/…``).
    """
    slots = fields_of(model)
    folder = posixpath.dirname(path).partition("/")[2]
    problems = [
        Problem(
            path, *position, "KEY_UNKNOWN", quotable(f"Không có trường “{name}”.{suggest_field(name, front, slots)}")
        )
        for name, position in front.keys.items()
        if name not in slots
    ]
    values = {}
    for name, (attribute, field, is_required) in slots.items():
        if name in front.values:
            try:
                values[attribute] = _read(field, front.values[name], folder)
            except FieldError as error:
                problems.append(Problem(path, *front.values[name][1:], error.code, quotable(str(error))))
        elif is_required and name not in front.broken:
            line = front.keys.get(name, (1, 0))[0]
            problems.append(Problem(path, line, 0, "FIELD_MISSING", f"Thiếu trường “{name}”."))
    return values, problems


def _read(kind: Field, written: FieldValue, folder: str) -> Any:
    if kind.many:
        # "a, b" and a YAML list mean the same
        values = written.raw if isinstance(written.raw, list) else written.raw.split(",")
        cleaned = dict.fromkeys(value.strip() for value in values if value.strip())
        return tuple(kind.read(value, folder) for value in cleaned)
    if isinstance(written.raw, list):
        raise FieldError("VALUE_LIST", "Trường này chỉ nhận một giá trị, không nhận danh sách.")
    return kind.read(written.raw, folder)
