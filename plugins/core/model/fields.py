"""The kinds of value that front matter may hold, each with its one way of reading.

A model says what it holds by annotating its attributes with these, and that is all:

    class Notice(Item):
        deadline: Deadline
        quota: Count = 0

``read_fields`` then turns the values that an editor wrote into typed ones, and
reports every mistake with its line instead of stopping at the first.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

from msgspec import NODEFAULT
from msgspec.structs import fields as struct_fields

from plugins.core.errors import Problem, quotable
from plugins.core.media.formats import HEIC_EXTENSIONS, PICTURE_EXTENSIONS
from plugins.core.model.frontmatter import FrontMatter, Value
from plugins.core.text import dates
from plugins.core.text.vietnamese import did_you_mean, file_form, slugify


class FieldError(ValueError):
    """A value that cannot be read: ``code`` and a sentence that says what to write."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Field:
    """How one kind of value is read. ``read`` gets the value and the item's folder."""

    read: Callable[[str, str], Any]
    many: bool = False


def _text(raw: str, folder: str) -> str:
    return " ".join(raw.split())


def _title(raw: str, folder: str) -> str:
    if not any(map(str.isalnum, raw)):  # of any script: a title may be Russian
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
    """A file of the item's own folder, as a path from the content folder."""
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
    """A field that takes one of a few words."""

    def read(raw: str, folder: str) -> str:
        if raw not in allowed:
            choices = ", ".join(allowed)
            raise FieldError(
                "VALUE_UNKNOWN", f"“{raw}” không có trong các giá trị được dùng: {choices}.{did_you_mean(raw, allowed)}"
            )
        return raw

    return Field(read)


def matching(pattern: str, example: str) -> Field:
    """A field whose whole value has the form of the regular expression ``pattern``."""

    def read(raw: str, folder: str) -> str:
        if not re.fullmatch(pattern, raw):
            raise FieldError("VALUE_FORM", f"“{raw}” không đúng dạng. Viết: {example}")
        return raw

    return Field(read)


def _old_address(raw: str, folder: str) -> str:
    """An address that the portal had: from its root, safe as a path of the output."""
    if not re.fullmatch(r"/[A-Za-z0-9][\w.-]*(/[A-Za-z0-9_][\w.-]*)*/?", raw) or "/../" in f"{raw}/":
        raise FieldError("ALIAS_INVALID", f"“{raw}” không phải địa chỉ cũ của cổng. Viết: /tin-tuc/2026/05/ten-cu/")
    return raw


Text = Annotated[str, Field(_text)]
Title = Annotated[str, Field(_title)]
Slug = Annotated[str, Field(_slug)]
Count = Annotated[int, Field(_count)]
Seconds = Annotated[int, Field(_duration)]
#: A file that pages show …
Image = Annotated[str, Field(_picture)]
#: … or offer, to be opened.
File = Annotated[str, Field(_file)]
Files = Annotated[tuple[str, ...], Field(_file, many=True)]
TextList = Annotated[tuple[str, ...], Field(_text, many=True)]
Address = Annotated[str, Field(_address)]
OldAddresses = Annotated[tuple[str, ...], Field(_old_address, many=True)]
#: A day alone is its first minute …
Moment = Annotated[datetime, Field(_moment_with("00:00"))]
#: … or, for what ends on it, its last.
Deadline = Annotated[datetime, Field(_moment_with("23:59"))]


class Slot(NamedTuple):
    """One field of a model: the attribute, how it is read, whether it must be written."""

    attribute: str
    kind: Field
    is_required: bool


@cache
def fields_of(model: type) -> dict[str, Slot]:
    """The fields of ``model`` by the name that editors write, in the order of the model."""
    hints = get_type_hints(model, include_extras=True)
    found = {}
    for field in struct_fields(model):
        options = [hints[field.name], *get_args(hints[field.name])]
        kind = next(
            (meta for hint in options for meta in getattr(hint, "__metadata__", ()) if isinstance(meta, Field)), None
        )
        if kind:
            required = field.default is NODEFAULT and field.default_factory is NODEFAULT
            found[field.encode_name] = Slot(field.name, kind, required)
    return found


@cache
def file_fields(model: type) -> dict[str, str]:
    """The fields of ``model`` that hold paths of files: written name → attribute."""
    return {**image_fields(model), **offering_fields(model)}


@cache
def image_fields(model: type) -> dict[str, str]:
    """Those of them whose pictures pages show."""
    return {name: slot.attribute for name, slot in fields_of(model).items() if slot.kind.read is _picture}


@cache
def offering_fields(model: type) -> dict[str, str]:
    """Those of them whose files pages offer, to be opened."""
    return {name: slot.attribute for name, slot in fields_of(model).items() if slot.kind.read is _file}


@cache
def address_fields(model: type) -> dict[str, str]:
    """The fields of ``model`` that lead somewhere: written name → attribute."""
    return {name: slot.attribute for name, slot in fields_of(model).items() if slot.kind.read is _address}


def read_fields(model: type, front: FrontMatter, path: str) -> tuple[dict[str, Any], list[Problem]]:
    """The typed values of ``model``'s fields by attribute, and every mistake in them.

    ``path`` is the file's, from the project's folder (``content/…``).
    """
    slots = fields_of(model)
    folder = posixpath.dirname(path).partition("/")[2]
    problems = [
        Problem(path, *place, "KEY_UNKNOWN", quotable(f"Không có trường “{name}”.{_instead(name, front, slots)}"))
        for name, place in front.keys.items()
        if name not in slots
    ]
    values = {}
    for name, (attribute, kind, is_required) in slots.items():
        if name in front.values:
            try:
                values[attribute] = _read(kind, front.values[name], folder)
            except FieldError as wrong:
                problems.append(Problem(path, *front.values[name][1:], wrong.code, quotable(str(wrong))))
        elif is_required and name not in front.broken:
            line = front.keys.get(name, (1, 0))[0]
            problems.append(Problem(path, line, 0, "FIELD_MISSING", f"Thiếu trường “{name}”."))
    return values, problems


#: What other programs (Hugo, Jekyll, Hexo, Joomla, WordPress, Decap), and people, call our fields. Without blanks,
#: hyphens, marks and capitals.
_ELSEWHERE = {
    "title": "headline posttitle heading tieude",
    "date": "publishdate pubdate published publishedat publisheddate publishedon postdate datetime datepublished"
    " created createdat datecreated publishup ngay ngaydang",
    "category": "categories section chuyenmuc danhmuc",
    "tags": "tag keywords metakey metakeywords labels the tukhoa",
    "author": "authors createdby byline postauthor tacgia",
    "summary": "description excerpt abstract intro introtext lead teaser subtitle metadesc metadescription tomtat mota",
    "image": "cover coverimage thumbnail thumb featuredimage featureimage headerimage imageintro ogimage heroimage"
    " hero images picture photo poster anh anhdaidien hinhanh",
    "image_alt": "alt imagealt coveralt thumbnailalt featuredimagealt motaanh",
    "image_caption": "caption imagecaption chuthich",
    "slug": "permalink url path basename",
    "aliases": "alias redirectfrom redirects oldurl",
    "source": "nguon sourceurl origin",
    "place": "location venue diadiem",
    "files": "attachments attachment resources dinhkem tepdinhkem",
    "unit": "department donvi",
    "until": "publishdown expirydate expires",
}
_OURS = {theirs: ours for ours, names in _ELSEWHERE.items() for theirs in names.split()}
#: What they call an item's status, and the value with which it is not yet public.
_HIDING = {"draft": "true", "published": "false", "publish": "false", "public": "false", "private": "true"}
_HIDING |= {"hidden": "true", "unlisted": "true", "visible": "false", "state": "0", "poststatus": "draft"}
_TRUTH = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
_NOTHING = (
    "layout type template weight toc comments comment commentstatus id uid postid lastmod lastmodified updated updatedat"
    " modified modifiedat math mathjax sitemap featured sticky pinned robots language lang hits ordering access"
)


def _instead(name: str, front: FrontMatter, slots: Mapping[str, Slot]) -> str:
    """Return what to write in place of a field that the model does not have."""
    theirs = slugify(name.replace("_", "")).replace("-", "")
    said = front.values[name].raw if name in front.values else ""
    truth = _TRUTH.get(str(said).lower(), str(said).lower())
    if theirs in _HIDING and (truth in ("true", "false", "draft", "publish") or theirs != "published"):
        if truth not in (_HIDING[theirs], _TRUTH.get(_HIDING[theirs])):
            return " Xóa dòng này: bài không ghi status là bài được đăng."
        return f" Viết: status: {'unlisted' if theirs in ('hidden', 'unlisted') else 'draft'}"
    if _OURS.get(theirs) in slots:
        return f" Viết: {_OURS[theirs]}: …"
    hint = did_you_mean(name, slots)
    return hint or (" Cổng không dùng trường này: xóa dòng." if theirs in _NOTHING.split() else "")


def _read(kind: Field, value: Value, folder: str) -> Any:
    if kind.many:
        # "a, b" and a YAML list mean the same
        parts = value.raw if isinstance(value.raw, list) else value.raw.split(",")
        cleaned = dict.fromkeys(part.strip() for part in parts if part.strip())
        return tuple(kind.read(part, folder) for part in cleaned)
    if isinstance(value.raw, list):
        raise FieldError("VALUE_LIST", "Trường này chỉ nhận một giá trị, không nhận danh sách.")
    return kind.read(value.raw, folder)
