"""Read and write ``import.yaml``: where each old category goes. The operator edits it; the next run obeys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from plugins.core.errors import ConfigError, Problem
from plugins.core.site.identity import Category
from plugins.core.text.vietnamese import number, slugify
from scripts.joomla.item_text import scalar
from scripts.joomla.model import OldCategory
from scripts.joomla.target import PAGES, SKIP, Target, guess_target, parse_target

_HEAD = """\
# Bảng chuyển từ cổng cũ ({version}). Máy đoán; sửa phần sau dấu hai chấm rồi chạy lại make import.
# Viết được: {choices},
# {others}; bo-qua là không mang sang.
"""
_HOSTS = """
# Các tên miền của cổng cũ: ảnh, liên kết có tên này là của chính cổng.
hosts: [{hosts}]
"""
_LOST = """
# Ảnh không còn ở đâu: giu = giữ chỗ trong bài, make check nhắc đặt ảnh vào; bo = bỏ khỏi bài, chỉ ghi trong báo cáo.
lost_pictures: giu
"""
_CHOICES = {"giu": False, "bo": True}


class OperatorMapping(Struct, frozen=True, kw_only=True):
    """What ``import.yaml`` says."""

    categories: Mapping[str, Target]
    pages: Mapping[str, str]
    """Key of an article that a menu shows → the name of its standing page; ``bo-qua`` is none."""

    hosts: frozenset[str]
    drops_lost_pictures: bool = False


class Used(Struct, frozen=True):
    """A category that articles are in."""

    category: OldCategory
    chain: tuple[OldCategory, ...]
    """It, and those above it."""

    count: int


def write_mapping(
    path: Path,
    version: str,
    used: Sequence[Used],
    pages: Mapping[str, tuple[str, str]],
    hosts: Iterable[str],
    categories: Sequence[Category],
) -> list[str]:
    """Write the file, or add to it what it lacks yet. ``pages``: key → name and title of a menu's page.

    Returns the keys that were added.
    """
    lines = {row.category.key: _category_line(row, categories) for row in used}
    page_lines = {key: f"  # Menu “{title}”\n  {key}: {PAGES}/{name}\n" for key, (name, title) in pages.items()}
    if not path.exists():
        text = _HEAD.format(
            version=version,
            choices=", ".join(f"tin-tuc/{category.slug}" for category in categories),
            others="trang, van-ban, tuyen-dung, thu-vien-anh, tin-tot",
        )
        text += _HOSTS.format(hosts=", ".join(map(scalar, sorted(hosts)))) + _LOST
        text += "\ncategories:\n" + "".join(lines.values())
        text += "\n# Bài mà menu dẫn tới, thành trang cố định; bo-qua: để ở chuyên mục của nó.\npages:\n"
        text += "".join(page_lines.values())
        path.write_text(text, "utf-8")
        return list(lines)
    text = path.read_text("utf-8")
    present = _load(path)
    added = []
    for name, entries in (("categories", lines), ("pages", page_lines)):
        missing = [key for key in entries if key not in (present.get(name) or {})]
        if missing:
            text = _insert(text, name, "".join(entries[key] for key in missing))
            added += missing
    if added:
        path.write_text(text, "utf-8")
    return added


def _category_line(row: Used, categories: Sequence[Category]) -> str:
    names = " › ".join(category.title for category in reversed(row.chain))
    return f"  # {names or row.category.title}: {number(row.count)} bài\n  {row.category.key}: {guess_target(row.chain, categories)}\n"


def _insert(text: str, name: str, entries: str) -> str:
    """Add entries at the beginning of a block of the file."""
    head, mark, tail = text.partition(f"\n{name}:\n")
    if not mark:
        return f"{text.rstrip()}\n\n{name}:\n{entries}"
    return f"{head}{mark}{entries}{tail}"


def read_mapping(path: Path, categories: Sequence[Category]) -> OperatorMapping:
    """Read the file. Raises ``ConfigError`` with every mistake."""
    data = _load(path)
    positions = _lines(path)
    problems = []

    def refuse(key: str, message: str) -> None:
        problems.append(Problem(path.name, positions.get(key, 0), 0, "IMPORT_MAPPING", message))

    for name in data.keys() - {"hosts", "lost_pictures", "categories", "pages"}:
        refuse(name, f"Không có mục “{name}”. Các mục: hosts, lost_pictures, categories, pages.")
    targets = {}
    for key, written in _table(data, "categories", refuse).items():
        try:
            targets[key] = parse_target(written, categories)
        except ValueError as error:
            refuse(key, str(error))
    pages = {}
    for key, written in _table(data, "pages", refuse).items():
        folder, _, name = written.strip("/ ").partition("/")
        if folder == SKIP:
            pages[key] = SKIP
        elif folder == PAGES and name and name == slugify(name):
            pages[key] = name
        else:
            refuse(key, f"“{written}” không phải trang cố định. Viết: {PAGES}/gioi-thieu, hoặc {SKIP}")
    hosts = data.get("hosts") or []
    if not isinstance(hosts, list):
        refuse("hosts", "hosts phải là danh sách tên miền: [www.tinhdoan.example.vn]")
        hosts = []
    lost = str(data.get("lost_pictures", "giu"))
    if lost not in _CHOICES:
        refuse("lost_pictures", f"“{lost}” không có. Viết: giu hoặc bo")
    if problems:
        raise ConfigError(problems)
    names = frozenset(str(host).lower().removeprefix("http://").removeprefix("https://").strip("/") for host in hosts)
    return OperatorMapping(categories=targets, pages=pages, hosts=names, drops_lost_pictures=_CHOICES[lost])


def _table(data: Mapping[str, Any], name: str, refuse: Any) -> dict[str, str]:
    table = data.get(name) or {}
    if not isinstance(table, dict):
        refuse(name, f"{name}: mỗi dòng phải là “khóa: nơi đến”, ví dụ c3: tin-tuc/tin-hoat-dong")
        return {}
    return {str(key): "" if value is None else str(value) for key, value in table.items()}


def _load(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        message = "Tệp sai cú pháp YAML: mỗi dòng “khóa: nơi đến”, thụt vào bằng hai dấu cách, không dùng Tab."
        raise ConfigError([Problem(path.name, mark.line + 1 if mark else 0, 0, "IMPORT_MAPPING", message)]) from None
    if data is not None and not isinstance(data, dict):
        raise ConfigError([Problem(path.name, 1, 0, "IMPORT_MAPPING", "Tệp phải gồm các mục categories:, pages:.")])
    return data or {}


def _lines(path: Path) -> dict[str, int]:
    lines = path.read_text("utf-8").splitlines()
    return {line.strip().partition(":")[0]: number for number, line in enumerate(lines, 1) if ":" in line}
