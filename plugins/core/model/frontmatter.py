"""The head of a Markdown file: YAML between two ``---`` lines, with the place of every value.

Read with PyYAML's base loader, which keeps each scalar the string that the editor
wrote: no ``no`` → False, no ``0x10`` → 16, no object is ever constructed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import yaml

from plugins.core.errors import Problem, quotable
from plugins.core.text.vietnamese import BLANKS, UNSEEN, line_and_column, nfc, number

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = {"", "~", "null"}
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq"}
_ANCHOR = re.compile(r"^(?:\w+:| *-) +&\w", re.M)
_FIELD = re.compile(r"^(?=[\w-]+:(?:\s|$))", re.M)
_NAME = re.compile(r"^\s*([\w-]+):", re.M)
_OPEN = re.compile("quoted scalar|flow (sequence|mapping)|simple key")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Blanks that YAML takes for letters, where nobody can mean a letter: before and behind a field's name, a dash, a value.
_ODD = f"{BLANKS}{UNSEEN}"
_ODD_BLANK = re.compile(f"[{_ODD}\\u2028\\u2029]")
_STRAY = re.compile(rf"^([{_ODD}]+)([\w-]+:)(?=[\s{_ODD}]|$)", re.M)
_BETWEEN = re.compile(rf"^[ {_ODD}]*(?:[\w-]+[ {_ODD}]*:|-)?[ {_ODD}]+|[ {_ODD}]+(?=#|$)", re.M)
_INDENTED = re.compile(r"^ ([\w-]+:)(?!\S)", re.M)
_LINE_ENDS = str.maketrans("\u2028\u2029", "  ")  # to YAML, and to no editor

_COMMENT = re.compile(r"(?<![^\s\[\]{},\"'])#")  # or what only looks like one: within quotes, in "a,#b"
_HASHTAG = re.compile(r"#(?:\w|\s*$)", re.M)  # "# left, right" is a comment
_TRIED = 20  # comments that are looked at as what makes a field unreadable
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
    head = _with_plain_blanks("\n" + "\n".join(lines[1:end]))
    pairs, faults, broken = _pairs(head, lines)
    problems = [Problem(path, *fault.args) for fault in faults]
    if "#" in head:
        places = {fault.args[:2] for fault in faults}
        cuts = (cut for cut in _cut(head, pairs) if cut[0] not in places)
        problems += [Problem(path, *place, "VALUE_CUT", quotable(message), "warning") for place, message in cuts]
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
    if not _is_fence(lines[0]):
        message = "Dòng đầu tiên phải là “---”, rồi đến các trường như title, date."
        raise _HeadError(1, 0, "FRONT_MATTER_MISSING", message)
    end = next((index for index, line in enumerate(lines[1:], 1) if _is_fence(line)), None)
    if end is None:
        raise _HeadError(1, 0, "FRONT_MATTER_OPEN", "Thiếu dòng “---” đóng phần khai báo ở đầu bài.")
    if sum(map(len, lines[:end])) > _LIMIT:
        raise _HeadError(
            1, 0, "FRONT_MATTER_LONG", f"Phần khai báo dài quá {number(_LIMIT)} ký tự: xem lại dòng “---” đóng."
        )
    return end


def _is_fence(line: str) -> bool:
    return line == "---" or ("---" in line and _ODD_BLANK.sub("", line).rstrip() == "---")


def _with_plain_blanks(head: str) -> str:
    """The head with ordinary blanks where only a blank can be meant; all else stays in its column."""
    if head.isascii() or not _ODD_BLANK.search(head):
        return head
    head = _STRAY.sub(lambda stray: stray[2] + " " * len(stray[1]), head.translate(_LINE_ENDS))
    return _BETWEEN.sub(lambda between: _ODD_BLANK.sub(" ", between[0]), head)


_Pairs = list[tuple[yaml.Node, yaml.Node]]


def _pairs(head: str, lines: list[str]) -> tuple[_Pairs, list[_HeadError], set[str]]:
    """The keys and values of the head, what makes some of it unreadable, and the fields lost by that.

    YAML itself tells of a quote or bracket left open far below, if at all: a head that
    is wrong is read once more field by field.
    """
    try:
        return _compose(head), [], set()
    except _HeadError as whole:
        if _INDENTED.search(head):  # "# tags: [a]" of which the sign alone was taken away
            try:
                return _compose(_INDENTED.sub(r"\1 ", head)), [], set()
            except _HeadError:
                pass
        pairs: _Pairs = []
        faults = []
        lost: set[str] = set()
        line = 0
        for field in _FIELD.split(head):
            try:
                pairs += _compose("\n" * line + field)
            except _HeadError as fault:
                faults.append(_hash_in("\n" * line + field) or _odd_blank_before(lines, *fault.args[:1]) or fault)
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


def _hash_in(field: str) -> _HeadError | None:
    """The fault of a field that cannot be read since a sign in it begins a comment; nothing if that is not why."""
    for sign in islice(_COMMENT.finditer(field), _TRIED):
        try:
            _compose(field[: sign.start()] + _COMMENT.sub("+", field[sign.start() :]))
        except _HeadError:
            continue
        return _HeadError(*_at(field, sign.start()), "VALUE_CUT", f"{_CUT}. {_QUOTE}")
    return None


def _odd_blank_before(lines: list[str], line: int) -> _HeadError | None:
    """The fault of a line that cannot be read, if what stands before its first word only looks like a blank."""
    written = lines[line - 1] if line > 1 else ""
    found = _ODD_BLANK.match(written.lstrip(" "))
    if not found:
        return None
    name = unicodedata.name(found[0], "")
    message = f"Đầu dòng có ký tự trông như dấu cách (U+{ord(found[0]):04X} {name}): xóa nó, gõ lại bằng phím cách."
    return _HeadError(line, written.index(found[0]) + 1, "YAML_SYNTAX", message)


_CUT = "Dấu # sau dấu cách mở đầu lời ghi chú, phần sau không được đọc"
_QUOTE = "Đặt cả giá trị trong ngoặc kép."


def _cut(head: str, pairs: _Pairs) -> Iterator[tuple[tuple[int, int], str]]:
    """The comments that were probably meant as part of a value: where they begin, and what to write."""
    starts = [0, *(end.end() for end in re.finditer("\n", head))]
    scalars = [part for pair in pairs for node in pair for part in _parts(node) if isinstance(part, yaml.ScalarNode)]
    spans = [tuple(starts[mark.line] + mark.column for mark in (part.start_mark, part.end_mark)) for part in scalars]
    owners = [(starts[key.start_mark.line], isinstance(node, yaml.ScalarNode)) for key, node in pairs]
    end = 0
    for sign in _COMMENT.finditer(head):
        index = sign.start()
        if index < end or any(first <= index < last for first, last in spans):
            continue
        line, column = _at(head, index)
        before, end = head[starts[line - 1] : index], (head + "\n").index("\n", index)
        if not _HASHTAG.match(head, index):
            continue
        if not before.strip():  # on a line of its own: lost only from a value that goes on over several
            _, is_value = max((owner for owner in owners if owner[0] < index), default=(0, False))
            if not before or not is_value or _NAME.match(head[index + 1 : end]):
                continue
        name, colon, value = before.partition(":")
        lost, value = head[index:end].strip(), value.strip()
        if colon and not set(value) & set("\"'[]{}|>"):
            advice = f'Viết: {name.strip()}: "{f"{value} {lost}".strip()}"'
        else:
            advice = _QUOTE.rstrip(".")
        yield (line, column), f"{_CUT}: “{lost}”. {advice}; nếu đúng là ghi chú thì thêm dấu cách sau dấu #."


def _at(text: str, index: int) -> tuple[int, int]:
    line, column = line_and_column(text, index)
    return line + 1, column + 1


def _parts(node: yaml.Node) -> list[Any]:
    return node.value if isinstance(node, yaml.SequenceNode) else [node]


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _value(name: str, key: yaml.Node, node: yaml.Node) -> Value:
    parts = _parts(node)
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
