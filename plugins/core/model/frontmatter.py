"""Parse front matter: YAML between two ``---`` lines, with the position of every value.

PyYAML's base loader keeps each scalar the string that the editor wrote: no ``no`` → False,
no ``0x10`` → 16, and no object is ever constructed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from plugins.core.errors import Problem, quotable
from plugins.core.model.yaml_fields import (
    ODD_BLANK,
    FrontMatterError,
    lost_comments,
    position_of,
    read_pairs,
    replace_odd_blanks,
    scalars_of,
)
from plugins.core.text.patterns import lazy_pattern
from plugins.core.text.vietnamese import nfc, number

_EMPTY = {"", "~", "null"}
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq"}
_CONTROL = lazy_pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MAX_CHARACTERS = 10_000  # the longest front matter of the demonstration has 700


class FieldValue(NamedTuple):
    """A value as written, with its position in the file."""

    raw: str | list[str]
    line: int
    column: int


class FrontMatter(NamedTuple):
    """A file split into front matter and body."""

    values: dict[str, FieldValue]
    """The values that could be read; empty ones are left out."""

    keys: dict[str, tuple[int, int]]
    """The line and column of every key."""

    broken: set[str]
    """The keys whose value could not be read, which is reported."""

    body: str
    body_line: int
    """The line of the file on which the body begins, from 1."""


def parse(text: str, path: str) -> tuple[FrontMatter | None, list[Problem]]:
    """Split ``text`` (a whole file, ``\\n`` line ends) into front matter and body; return also all problems.

    ``None`` if the file has no front matter.
    """
    lines = text.split("\n")
    try:
        end = _find_end(lines)
    except FrontMatterError as error:
        return None, [Problem(path, *error.args)]
    # a blank first line in place of "---", so that YAML counts lines as the file does
    yaml_text = replace_odd_blanks("\n" + "\n".join(lines[1:end]))
    pairs, errors, broken = read_pairs(yaml_text, lines)
    problems = [Problem(path, *error.args) for error in errors]
    if "#" in yaml_text:
        fault_positions = {error.args[:2] for error in errors}
        comments = (comment for comment in lost_comments(yaml_text, pairs) if comment[0] not in fault_positions)
        problems += [
            Problem(path, *position, "VALUE_CUT", quotable(message), "warning") for position, message in comments
        ]
    values: dict[str, FieldValue] = {}
    keys: dict[str, tuple[int, int]] = {}
    for key, node in pairs:
        name, position = str(key.value), position_of(key)
        try:
            if name in keys:
                raise FrontMatterError(
                    *position, "KEY_TWICE", f"Trường “{name}” đã có ở dòng {keys[name][0]}; chỉ giữ một."
                )
            keys[name] = position
            value = _read_value(name, key, node)
        except FrontMatterError as error:
            line, column, code, message = error.args
            problems.append(Problem(path, line, column, code, quotable(message)))
            broken.add(name)
        else:
            if value.raw or value.raw == []:
                values[name] = value
    return FrontMatter(values, keys, broken, "\n".join(lines[end + 1 :]), end + 2), problems


def _find_end(lines: list[str]) -> int:
    """Return the index of the line that ends the front matter."""
    if not _is_fence(lines[0]):
        message = "Dòng đầu tiên phải là “---”, rồi đến các trường như title, date."
        raise FrontMatterError(1, 0, "FRONT_MATTER_MISSING", message)
    end = next((index for index, line in enumerate(lines[1:], 1) if _is_fence(line)), None)
    if end is None:
        raise FrontMatterError(1, 0, "FRONT_MATTER_OPEN", "Thiếu dòng “---” đóng phần khai báo ở đầu bài.")
    if sum(map(len, lines[:end])) > _MAX_CHARACTERS:
        raise FrontMatterError(
            1,
            0,
            "FRONT_MATTER_LONG",
            f"Phần khai báo dài quá {number(_MAX_CHARACTERS)} ký tự: xem lại dòng “---” đóng.",
        )
    return end


def _is_fence(line: str) -> bool:
    return line == "---" or ("---" in line and ODD_BLANK.sub("", line).rstrip() == "---")


def _read_value(name: str, key: yaml.Node, node: yaml.Node) -> FieldValue:
    scalars = scalars_of(node)
    if not all(isinstance(scalar, yaml.ScalarNode) for scalar in scalars):
        raise FrontMatterError(
            *position_of(node), "YAML_NESTED", f"Trường “{name}” chỉ nhận một giá trị hoặc một danh sách."
        )
    for scalar in [node, *scalars]:
        # a tag (!), or an alias (*): a node that stands before its own key
        if scalar.tag not in _PLAIN_TAGS or scalar.start_mark.index < key.start_mark.index:
            message = f"Trường “{name}” có dấu ! hoặc * ở đầu giá trị: đặt giá trị trong ngoặc kép."
            raise FrontMatterError(*position_of(key), "YAML_SPECIAL", message)
    for scalar in scalars:
        if _CONTROL.search(scalar.value):  # from an escape sequence: plain ones are reported with the encoding
            message = f"Trường “{name}” có ký tự điều khiển (mã \\x… hoặc \\u…). Xóa đi."
            raise FrontMatterError(*position_of(scalar), "CHARACTER", message)
    raw = [_scalar(scalar) for scalar in scalars] if isinstance(node, yaml.SequenceNode) else _scalar(node)
    return FieldValue(raw, *position_of(node))


def _scalar(node: Any) -> str:
    # the C loader says "" for the style of a plain scalar, the other None
    return "" if not node.style and node.value in _EMPTY else nfc(node.value).strip()
