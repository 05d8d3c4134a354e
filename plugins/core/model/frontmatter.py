"""Parse front matter: YAML between two ``---`` lines, with the position of every value.

PyYAML's base loader keeps each scalar the string that the editor wrote: no ``no`` → False,
no ``0x10`` → 16, and no object is ever constructed.
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
# Blanks that YAML takes for letters, where they can only be meant as blanks: around a field's name, a dash, a value.
_ODD_BLANKS = f"{BLANKS}{UNSEEN}"
_ODD_BLANK = re.compile(f"[{_ODD_BLANKS}\\u2028\\u2029]")
_BLANK_BEFORE_NAME = re.compile(rf"^([{_ODD_BLANKS}]+)([\w-]+:)(?=[\s{_ODD_BLANKS}]|$)", re.M)
_BLANKS_AROUND = re.compile(
    rf"^[ {_ODD_BLANKS}]*(?:[\w-]+[ {_ODD_BLANKS}]*:|-)?[ {_ODD_BLANKS}]+|[ {_ODD_BLANKS}]+(?=#|$)", re.M
)
_INDENTED = re.compile(r"^ ([\w-]+:)(?!\S)", re.M)
_LINE_ENDS = str.maketrans("\u2028\u2029", "  ")  # to YAML, and to no editor

_COMMENT = re.compile(r"(?<![^\s\[\]{},\"'])#")  # also what only looks like a comment: within quotes, in "a,#b"
_HASHTAG = re.compile(r"#(?:\w|\s*$)", re.M)  # "# left, right" is a comment
_MAX_TRIED = 20  # comments of a field that are tried as the cause of its syntax error
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


class FrontMatterError(Exception):
    """An error that makes front matter, or one field of it, unreadable."""

    def __init__(self, line: int, column: int, code: str, message: str) -> None:
        super().__init__(line, column, code, message)


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
    yaml_text = _replace_odd_blanks("\n" + "\n".join(lines[1:end]))
    pairs, errors, broken = _read_pairs(yaml_text, lines)
    problems = [Problem(path, *error.args) for error in errors]
    if "#" in yaml_text:
        fault_positions = {error.args[:2] for error in errors}
        comments = (comment for comment in _lost_comments(yaml_text, pairs) if comment[0] not in fault_positions)
        problems += [
            Problem(path, *position, "VALUE_CUT", quotable(message), "warning") for position, message in comments
        ]
    values: dict[str, FieldValue] = {}
    keys: dict[str, tuple[int, int]] = {}
    for key, node in pairs:
        name, position = str(key.value), _position(key)
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
    return line == "---" or ("---" in line and _ODD_BLANK.sub("", line).rstrip() == "---")


def _replace_odd_blanks(yaml_text: str) -> str:
    """Replace odd blanks by spaces where only a blank can be meant; everything keeps its column."""
    if yaml_text.isascii() or not _ODD_BLANK.search(yaml_text):
        return yaml_text
    yaml_text = _BLANK_BEFORE_NAME.sub(lambda match: match[2] + " " * len(match[1]), yaml_text.translate(_LINE_ENDS))
    return _BLANKS_AROUND.sub(lambda match: _ODD_BLANK.sub(" ", match[0]), yaml_text)


_Pairs = list[tuple[yaml.Node, yaml.Node]]


def _read_pairs(yaml_text: str, lines: list[str]) -> tuple[_Pairs, list[FrontMatterError], set[str]]:
    """Return the keys and values, the errors that make some of them unreadable, and the names of those fields.

    YAML reports an open quote or bracket far below it, if at all: front matter with an error
    is read again field by field.
    """
    try:
        return _compose(yaml_text), [], set()
    except FrontMatterError as error:
        if _INDENTED.search(yaml_text):  # "# tags: [a]" of which only the # was deleted
            try:
                return _compose(_INDENTED.sub(r"\1 ", yaml_text)), [], set()
            except FrontMatterError:
                pass
        pairs: _Pairs = []
        errors = []
        broken: set[str] = set()
        line = 0
        for field in _FIELD.split(yaml_text):
            try:
                pairs += _compose("\n" * line + field)
            except FrontMatterError as field_error:
                errors.append(
                    _diagnose_comment("\n" * line + field)
                    or _diagnose_odd_blank(lines, *field_error.args[:1])
                    or field_error
                )
                broken.update(_NAME.findall(field))
            line += field.count("\n")
        return pairs, errors or [error], broken


def _compose(yaml_text: str) -> _Pairs:
    """Parse YAML to the nodes of its keys and values."""
    try:
        root = yaml.compose(yaml_text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        is_open = _OPEN.search(fault.context or "")
        mark = fault.context_mark if is_open else fault.problem_mark or fault.context_mark
        lines = yaml_text.rstrip().split("\n")
        line, column = (min(mark.line, len(lines) - 1), mark.column + 1) if mark else (0, 0)
        raise FrontMatterError(line + 1, column, "YAML_SYNTAX", _explain(fault, lines[line])) from None
    except (yaml.YAMLError, RecursionError) as fault:
        before = yaml_text.encode()[: getattr(fault, "position", 0)]  # the C loader counts bytes
        line = before.count(b"\n") + 1
        raise FrontMatterError(line, 0, "YAML_SYNTAX", "Có ký tự không được phép trong phần khai báo.") from None
    if root is None:
        return []
    if "&" in yaml_text and (anchor := _ANCHOR.search(yaml_text)):
        line = yaml_text.count("\n", 0, anchor.start()) + 1
        raise FrontMatterError(
            line, 0, "YAML_SPECIAL", "Dấu & ở đầu giá trị có nghĩa riêng: đặt giá trị trong ngoặc kép."
        )
    if not isinstance(root, yaml.MappingNode) or not all(isinstance(key, yaml.ScalarNode) for key, _ in root.value):
        raise FrontMatterError(*_position(root), "YAML_SYNTAX", "Phần khai báo phải gồm các dòng dạng “tên: giá trị”.")
    pairs: _Pairs = root.value
    return pairs


def _diagnose_comment(field: str) -> FrontMatterError | None:
    """Return the error of an unreadable field if the cause is a # that begins a comment."""
    for comment in islice(_COMMENT.finditer(field), _MAX_TRIED):
        try:
            _compose(field[: comment.start()] + _COMMENT.sub("+", field[comment.start() :]))
        except FrontMatterError:
            continue
        return FrontMatterError(*_position_at(field, comment.start()), "VALUE_CUT", f"{_CUT_MESSAGE}. {_QUOTE_ADVICE}")
    return None


def _diagnose_odd_blank(lines: list[str], line: int) -> FrontMatterError | None:
    """Return the error of an unreadable line if the cause is a character before its first word that looks like a blank."""
    text = lines[line - 1] if line > 1 else ""
    match = _ODD_BLANK.match(text.lstrip(" "))
    if not match:
        return None
    name = unicodedata.name(match[0], "")
    message = f"Đầu dòng có ký tự trông như dấu cách (U+{ord(match[0]):04X} {name}): xóa nó, gõ lại bằng phím cách."
    return FrontMatterError(line, text.index(match[0]) + 1, "YAML_SYNTAX", message)


_CUT_MESSAGE = "Dấu # sau dấu cách mở đầu lời ghi chú, phần sau không được đọc"
_QUOTE_ADVICE = "Đặt cả giá trị trong ngoặc kép."


def _lost_comments(yaml_text: str, pairs: _Pairs) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the position of each comment that was probably meant as part of a value, and a message."""
    line_starts = [0, *(end.end() for end in re.finditer("\n", yaml_text))]
    scalars = [
        scalar for pair in pairs for node in pair for scalar in _scalars(node) if isinstance(scalar, yaml.ScalarNode)
    ]
    spans = [
        tuple(line_starts[mark.line] + mark.column for mark in (scalar.start_mark, scalar.end_mark))
        for scalar in scalars
    ]
    fields = [(line_starts[key.start_mark.line], isinstance(node, yaml.ScalarNode)) for key, node in pairs]
    end = 0
    for comment in _COMMENT.finditer(yaml_text):
        offset = comment.start()
        if offset < end or any(start <= offset < stop for start, stop in spans):
            continue
        line, column = _position_at(yaml_text, offset)
        before, end = yaml_text[line_starts[line - 1] : offset], (yaml_text + "\n").index("\n", offset)
        if not _HASHTAG.match(yaml_text, offset):
            continue
        if not before.strip():  # a line of its own is lost only from a value of several lines
            _, is_value = max((field for field in fields if field[0] < offset), default=(0, False))
            if not before or not is_value or _NAME.match(yaml_text[offset + 1 : end]):
                continue
        name, colon, value = before.partition(":")
        comment_text, value = yaml_text[offset:end].strip(), value.strip()
        if colon and not set(value) & set("\"'[]{}|>"):
            advice = f'Viết: {name.strip()}: "{f"{value} {comment_text}".strip()}"'
        else:
            advice = _QUOTE_ADVICE.rstrip(".")
        yield (
            (line, column),
            f"{_CUT_MESSAGE}: “{comment_text}”. {advice}; nếu đúng là ghi chú thì thêm dấu cách sau dấu #.",
        )


def _position_at(text: str, index: int) -> tuple[int, int]:
    line, column = line_and_column(text, index)
    return line + 1, column + 1


def _scalars(node: yaml.Node) -> list[Any]:
    return node.value if isinstance(node, yaml.SequenceNode) else [node]


def _position(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _read_value(name: str, key: yaml.Node, node: yaml.Node) -> FieldValue:
    scalars = _scalars(node)
    if not all(isinstance(scalar, yaml.ScalarNode) for scalar in scalars):
        raise FrontMatterError(
            *_position(node), "YAML_NESTED", f"Trường “{name}” chỉ nhận một giá trị hoặc một danh sách."
        )
    for scalar in [node, *scalars]:
        # a tag (!), or an alias (*): a node that stands before its own key
        if scalar.tag not in _PLAIN_TAGS or scalar.start_mark.index < key.start_mark.index:
            message = f"Trường “{name}” có dấu ! hoặc * ở đầu giá trị: đặt giá trị trong ngoặc kép."
            raise FrontMatterError(*_position(key), "YAML_SPECIAL", message)
    for scalar in scalars:
        if _CONTROL.search(scalar.value):  # from an escape sequence: plain ones are reported with the encoding
            message = f"Trường “{name}” có ký tự điều khiển (mã \\x… hoặc \\u…). Xóa đi."
            raise FrontMatterError(*_position(scalar), "CHARACTER", message)
    raw = [_scalar(scalar) for scalar in scalars] if isinstance(node, yaml.SequenceNode) else _scalar(node)
    return FieldValue(raw, *_position(node))


def _scalar(node: Any) -> str:
    # the C loader says "" for the style of a plain scalar, the other None
    return "" if not node.style and node.value in _EMPTY else nfc(node.value).strip()


def _explain(fault: yaml.MarkedYAMLError, line: str) -> str:
    description = f"{fault.context or ''} {fault.problem or ''}"
    if "\t" in line:
        return "Có dấu tab trong phần khai báo: thay bằng dấu cách."
    if "mapping values are not allowed" in description:
        return 'Giá trị có dấu hai chấm: đặt cả giá trị trong ngoặc kép, ví dụ title: "A: B".'
    if "alias" in description:
        return "Dấu * ở đầu giá trị có nghĩa riêng: đặt giá trị trong ngoặc kép."
    if "quoted scalar" in description:
        return "Ngoặc kép mở mà không đóng."
    if "flow" in description:
        return "Ngoặc [ hoặc { mở mà không đóng, hay thiếu dấu phẩy bên trong."
    return (
        "Không hiểu được dòng này. Mỗi dòng có dạng “tên: giá trị”; giá trị có ký tự đặc biệt thì đặt trong ngoặc kép."
    )
