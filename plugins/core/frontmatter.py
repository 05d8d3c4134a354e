"""The head of a Markdown file: YAML between two ``---`` lines, with the place of every value.

Read with PyYAML's base loader, which keeps each scalar the string that the editor
wrote: no ``no`` → False, no ``0x10`` → 16, no object is ever constructed.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from plugins.core.problems import Problem, quotable
from plugins.core.text import nfc, number

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = {"", "~", "null"}
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq"}
_ANCHOR = re.compile(r"^(?:\w+:| *-) +&\w", re.M)
_FIELD = re.compile(r"^(?=[\w-]+:(?:\s|$))", re.M)
_NAME = re.compile(r"^\s*([\w-]+):", re.M)
_OPEN = re.compile("quoted scalar|flow (sequence|mapping)|simple key")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LIMIT = 10_000  # characters; the longest head of the demonstration has 700


class Value(NamedTuple):
    """A value as written: a string or a list of strings, and where it stands."""

    raw: str | list[str]
    line: int
    column: int


class FrontMatter(NamedTuple):
    """A file cut in two: the values that could be read, and the place of every key.

    ``broken`` are the keys whose value could not be read, and was reported.
    ``body_line`` is the file's line on which the body begins.
    """

    values: dict[str, Value]
    keys: dict[str, tuple[int, int]]
    broken: set[str]
    body: str
    body_line: int


class _HeadError(Exception):
    """What makes a head, or one value of it, unreadable: line, column, code, message."""


def parse(text: str, path: str) -> tuple[FrontMatter | None, list[Problem]]:
    """Cut ``text`` (a whole file, ``\\n`` line ends) into front matter and body.

    The first is ``None`` when there is no front matter to speak of; the problems
    say why, all of them.
    """
    lines = text.split("\n")
    try:
        end = _end(lines)
    except _HeadError as fault:
        return None, [Problem(path, *fault.args)]
    # the blank first line stands for "---", so that YAML counts lines as the file does
    pairs, faults, broken = _pairs("\n" + "\n".join(lines[1:end]))
    problems = [Problem(path, *fault.args) for fault in faults]
    values: dict[str, Value] = {}
    keys: dict[str, tuple[int, int]] = {}
    for key, node in pairs:
        name, place = str(key.value), _place(key)
        try:
            if name in keys:
                raise _HeadError(*place, "KEY_TWICE", f"Trường “{name}” đã có ở dòng {keys[name][0]}; chỉ giữ một.")
            keys[name] = place
            value = _value(name, key, node)
        except _HeadError as fault:
            line, column, code, message = fault.args
            problems.append(Problem(path, line, column, code, quotable(message)))
            broken.add(name)
        else:
            if value.raw or value.raw == []:
                values[name] = value
    return FrontMatter(values, keys, broken, "\n".join(lines[end + 1 :]), end + 2), problems


def _end(lines: list[str]) -> int:
    """The index of the line that ends the head."""
    if lines[0].rstrip() != "---":
        message = "Dòng đầu tiên phải là “---”, rồi đến các trường như title, date."
        raise _HeadError(1, 0, "FRONT_MATTER_MISSING", message)
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise _HeadError(1, 0, "FRONT_MATTER_OPEN", "Thiếu dòng “---” đóng phần khai báo ở đầu bài.")
    if sum(map(len, lines[:end])) > _LIMIT:
        raise _HeadError(
            1, 0, "FRONT_MATTER_LONG", f"Phần khai báo dài quá {number(_LIMIT)} ký tự: xem lại dòng “---” đóng."
        )
    return end


_Pairs = list[tuple[yaml.Node, yaml.Node]]


def _pairs(head: str) -> tuple[_Pairs, list[_HeadError], set[str]]:
    """The keys and values of the head, what makes some of it unreadable, and the fields lost by that.

    YAML itself tells of a quote or bracket left open far below, if at all: a head that
    is wrong is read once more field by field.
    """
    try:
        return _compose(head), [], set()
    except _HeadError as whole:
        pairs: _Pairs = []
        faults = []
        lost: set[str] = set()
        line = 0
        for field in _FIELD.split(head):
            try:
                pairs += _compose("\n" * line + field)
            except _HeadError as fault:
                faults.append(fault)
                lost.update(_NAME.findall(field))
            line += field.count("\n")
        return pairs, faults or [whole], lost


def _compose(head: str) -> _Pairs:
    """The keys and values as YAML's nodes."""
    try:
        root = yaml.compose(head, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        is_open = _OPEN.search(fault.context or "")
        mark = fault.context_mark if is_open else fault.problem_mark or fault.context_mark
        lines = head.rstrip().split("\n")
        line, column = (min(mark.line, len(lines) - 1), mark.column + 1) if mark else (0, 0)
        raise _HeadError(line + 1, column, "YAML_SYNTAX", _explain(fault, lines[line])) from None
    except (yaml.YAMLError, RecursionError) as fault:
        before = head.encode()[: getattr(fault, "position", 0)]  # the C loader counts bytes
        line = before.count(b"\n") + 1
        raise _HeadError(line, 0, "YAML_SYNTAX", "Có ký tự không được phép trong phần khai báo.") from None
    if root is None:
        return []
    if "&" in head and (anchor := _ANCHOR.search(head)):
        line = head.count("\n", 0, anchor.start()) + 1
        raise _HeadError(line, 0, "YAML_SPECIAL", "Dấu & ở đầu giá trị có nghĩa riêng: đặt giá trị trong ngoặc kép.")
    if not isinstance(root, yaml.MappingNode) or not all(isinstance(key, yaml.ScalarNode) for key, _ in root.value):
        raise _HeadError(*_place(root), "YAML_SYNTAX", "Phần khai báo phải gồm các dòng dạng “tên: giá trị”.")
    pairs: _Pairs = root.value
    return pairs


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _value(name: str, key: yaml.Node, node: yaml.Node) -> Value:
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(part, yaml.ScalarNode) for part in parts):
        raise _HeadError(*_place(node), "YAML_NESTED", f"Trường “{name}” chỉ nhận một giá trị hoặc một danh sách.")
    for part in [node, *parts]:
        # a tag (!), or an alias (*): a node that stands before its own key
        if part.tag not in _PLAIN_TAGS or part.start_mark.index < key.start_mark.index:
            message = f"Trường “{name}” có dấu ! hoặc * ở đầu giá trị: đặt giá trị trong ngoặc kép."
            raise _HeadError(*_place(key), "YAML_SPECIAL", message)
    for part in parts:
        if _CONTROL.search(part.value):  # by an escape: what stands there plainly is told elsewhere
            message = f"Trường “{name}” có ký tự điều khiển (mã \\x… hoặc \\u…). Xóa đi."
            raise _HeadError(*_place(part), "CHARACTER", message)
    raw = [_scalar(part) for part in parts] if isinstance(node, yaml.SequenceNode) else _scalar(node)
    return Value(raw, *_place(node))


def _scalar(node: Any) -> str:
    # the C loader says "" for the style of a plain scalar, the other None
    return "" if not node.style and node.value in _EMPTY else nfc(node.value).strip()


def _explain(fault: yaml.MarkedYAMLError, line: str) -> str:
    said = f"{fault.context or ''} {fault.problem or ''}"
    if "\t" in line:
        return "Có dấu tab trong phần khai báo: thay bằng dấu cách."
    if "mapping values are not allowed" in said:
        return 'Giá trị có dấu hai chấm: đặt cả giá trị trong ngoặc kép, ví dụ title: "A: B".'
    if "alias" in said:
        return "Dấu * ở đầu giá trị có nghĩa riêng: đặt giá trị trong ngoặc kép."
    if "quoted scalar" in said:
        return "Ngoặc kép mở mà không đóng."
    if "flow" in said:
        return "Ngoặc [ hoặc { mở mà không đóng, hay thiếu dấu phẩy bên trong."
    return (
        "Không hiểu được dòng này. Mỗi dòng có dạng “tên: giá trị”; giá trị có ký tự đặc biệt thì đặt trong ngoặc kép."
    )
