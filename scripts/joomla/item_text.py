"""Write an article as a file of the content folder: front matter as editors type it, and the text below."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from plugins.core.errors import errors
from plugins.core.text import dates
from plugins.core.text.encoding.detect import decode
from plugins.core.text.encoding.legacy_scripts import GARBLED
from plugins.core.text.vietnamese import plain, slugify
from plugins.documents.kinds import KINDS
from plugins.documents.number import parse as parse_number
from plugins.documents.number import tidy
from scripts.joomla.article import Converted
from scripts.joomla.target import GOOD_NEWS, NEWS, NOTICES, PAGES, PAPERS, Target
from scripts.joomla.text_repair import repair

Value = str | Sequence[str]

_PLAIN_SCALAR = re.compile(r"[^\W_](?:[^:#\n\"'\[\]{},&*!|>%@`\\]|:(?=\S)|(?<=\S)#)*[^\s:]|[^\W_]")
_MISREAD = re.compile(r"(?:true|false|yes|no|on|off|null|~|[\d.,:+-]+)", re.I)
_NUMBER = re.compile(
    r"(?:Số|số)\s*:?\s*(\d{1,5}\w?\s*[-–/]\s*[\wĐ]+(?:\s*[-–/]\s*[\wĐ]+){1,3})|(?<![\w/])(\d{1,5}\s?[-–/]\s?[A-ZĐ][\wĐ]*(?:\s?[-–/]\s?[A-ZĐ][\wĐ]*)+)"
)
_DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:/|-|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|-|\s+năm\s+)\s*(\d{4})", re.I)
_DEADLINE = re.compile(
    r"(?:hạn\s+(?:chót|cuối|nộp|nhận)|đến\s+hết|trước|đến)\D{0,60}?(\d{1,2})\s*(?:/|-|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|-|\s+năm\s+)\s*(\d{4})",
    re.I,
)
_MAX_PASSES = 20


class Placement(NamedTuple):
    """Where and as what an article is published."""

    target: Target
    title: str
    date: datetime
    is_draft: bool
    tags: tuple[str, ...] = ()
    until: datetime | None = None
    """When the old site stopped showing it."""


class Written(NamedTuple):
    """A file's text, and what has to be said of it."""

    text: str
    notes: tuple[str, ...] = ()


def fields_of(placement: Placement, converted: Converted, unit: str) -> tuple[dict[str, Value], str]:
    """Return the front matter of an article. ``unit``: the one of the portal, where a document names none.

    The second value is ``""``, or why it cannot be what its category asks for.
    """
    target = placement.target
    fields: dict[str, Value] = {"title": placement.title}
    if target.folder == PAGES:
        fields["status"] = "draft" if placement.is_draft else ""
        fields["summary"] = converted.summary
        fields.update(image=converted.image, image_alt=converted.image_alt if converted.image else "")
        return fields, ""
    has_clock = target.folder != PAPERS
    fields["date"] = placement.date.strftime("%Y-%m-%d %H:%M" if has_clock else "%Y-%m-%d")
    fields["status"] = "draft" if placement.is_draft else ""
    if target.folder == NEWS:
        fields["category"] = target.category
    elif target.folder == GOOD_NEWS:
        fields["kind"] = "tin" if len(converted.body) <= 800 and not converted.summary else "chuyen"
    fields["tags"] = placement.tags
    fields["author"] = converted.author
    fields["summary"] = converted.summary
    fields["image"] = converted.image
    if converted.image:
        fields.update(image_alt=converted.image_alt, image_caption=converted.image_caption)
    if target.folder == PAPERS:
        return _paper(fields, placement, converted, unit)
    if target.folder == NOTICES:
        return _notice(fields, placement, converted, unit)
    return fields, ""


def _paper(
    fields: dict[str, Value], placement: Placement, converted: Converted, unit: str
) -> tuple[dict[str, Value], str]:
    """Add what a document of the register needs; its number is looked for in title and text."""
    words = f"{placement.title}\n{converted.plain_text[:3000]}"
    for match in _NUMBER.finditer(words):
        try:
            number = parse_number(tidy(match[1] or match[2]))
        except ValueError:
            continue
        kinds = [slug for slug in KINDS if slug != "hien-phap" and number.agrees_with(slug)]
        named = [slug for slug in kinds if plain(KINDS[slug].title) in plain(placement.title)]
        if not kinds:
            continue
        day = _first_date(_DATE, words) or placement.date
        if number.year and day.year != number.year:
            continue
        fields["date"] = day.strftime("%Y-%m-%d")
        fields.update(kind=(named or kinds)[0], number=number.text, unit=converted.author or unit)
        if converted.attachments:
            fields["files"] = converted.attachments
        return fields, ""
    return fields, "không thấy số, ký hiệu văn bản trong tên và nội dung"


def _notice(
    fields: dict[str, Value], placement: Placement, converted: Converted, unit: str
) -> tuple[dict[str, Value], str]:
    """Add what a recruitment notice needs; its deadline is looked for in the text, else when the old site hid it."""
    deadline = _first_date(_DEADLINE, converted.plain_text) or placement.until
    if not deadline or deadline < placement.date:
        return fields, "không thấy hạn nộp hồ sơ trong nội dung"
    fields.update(deadline=deadline.strftime("%Y-%m-%d"), unit=converted.author or unit)
    if converted.attachments:
        fields["files"] = converted.attachments
    return fields, ""


def _first_date(pattern: re.Pattern[str], text: str) -> datetime | None:
    for match in pattern.finditer(text):
        try:
            day = dates.parse(f"{match[1]}/{match[2]}/{match[3]}", "23:59")
        except ValueError:
            continue
        if 1975 <= day.year <= 2100:
            return day
    return None


def write_item(fields: Mapping[str, Value], body: str, path: str) -> Written:
    """Return the whole file. Letters that the doctor still finds garbled are restored by its own tables."""
    lines = [line for name, value in fields.items() if (line := _field(name, value))]
    text = "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"
    for _ in range(_MAX_PASSES):
        problems = errors(decode(text.encode(), path)[1])
        if not problems:
            return Written(text)
        lines = text.split("\n")
        number = problems[0].line - 1
        repaired = _repaired(lines[number])
        if repaired == lines[number]:
            break
        lines[number] = repaired
        text = "\n".join(lines)
    return Written(text, tuple(problem.message for problem in problems))


def _repaired(line: str) -> str:
    line = re.sub(r"&amp;(?=#?\w+;)", "&#38;", line)
    for script, _ in GARBLED:
        if (start := script.find(line)) is not None:
            return line[:start] + script.read(line[start:])[0]
    return line


def _field(name: str, value: Value) -> str:
    if not isinstance(value, str):
        parts = [scalar(part, is_listed=True) for part in map(_line, value) if part]
        return f"{name}: [{', '.join(parts)}]" if parts else ""
    value = _line(value)
    if not value:
        return ""
    if name == "summary" and re.match(r"[^\s>|]", value):
        return f"summary: >-\n  {value}"
    return f"{name}: {value}" if name == "date" or name == "deadline" else f"{name}: {scalar(value)}"


def _line(text: str) -> str:
    return " ".join(repair(text).split())


def scalar(text: str, *, is_listed: bool = False) -> str:
    """Return a value as YAML reads it back: bare where it may be, else in double quotes."""
    is_plain = _PLAIN_SCALAR.fullmatch(text) and not _MISREAD.fullmatch(text)
    if is_plain and not (is_listed and re.search(r"[,\[\]{}]", text)):
        return text
    return json.dumps(text, ensure_ascii=False)  # what JSON quotes, YAML reads the same


def article_slug(title: str, alias: str) -> str:
    """Return the name of an article's folder: its alias, unless that has lost letters or says nothing."""
    by_title = slugify(title, 90)
    alias = alias.strip().strip("-")
    by_alias = slugify(alias, 90)
    is_number = not re.search("[a-z]{2}", by_alias)
    lost = re.sub(r"[^a-z0-9]+", "-", "".join(char for char in title.lower() if char.isascii())).strip("-")
    if not by_alias or is_number or by_alias == lost or _has_lost_letters(by_alias, by_title):
        return by_title or by_alias
    return by_alias


def _has_lost_letters(alias: str, by_title: str) -> bool:
    """Return whether an alias is the title's with letters missing: ``k-nim-45-nm`` for “Kỷ niệm 45 năm”."""
    if alias == by_title or len(alias) >= len(by_title) or by_title.startswith(alias):
        return False
    position = 0
    for char in alias.replace("-", ""):
        position = by_title.find(char, position) + 1
        if not position:
            return False
    return not set(by_title.split("-")).issuperset(alias.split("-"))
