"""Parse the YAML of front matter to the nodes of its fields; say of a field that cannot be read why.

What editors' programs and habits do to YAML is known here: blanks that only look like blanks, a ``#`` that
cuts a value, a quote that is never closed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from plugins.core.text.patterns import lazy_pattern
from plugins.core.text.vietnamese import BLANKS, UNSEEN, line_and_column

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ANCHOR = lazy_pattern(r"^(?:\w+:| *-) +&\w", re.M)
_FIELD = lazy_pattern(r"^(?=[\w-]+:(?:\s|$))", re.M)
_NAME = lazy_pattern(r"^\s*([\w-]+):", re.M)
_OPEN = lazy_pattern("quoted scalar|flow (sequence|mapping)|simple key")
# Blanks that YAML takes for letters, where they can only be meant as blanks: around a field's name, a dash, a value.
_ODD_BLANKS = f"{BLANKS}{UNSEEN}"
ODD_BLANK = lazy_pattern(f"[{_ODD_BLANKS}\\u2028\\u2029]")
_BLANK_BEFORE_NAME = lazy_pattern(rf"^([{_ODD_BLANKS}]+)([\w-]+:)(?=[\s{_ODD_BLANKS}]|$)", re.M)
_BLANKS_AROUND = lazy_pattern(
    rf"^[ {_ODD_BLANKS}]*(?:[\w-]+[ {_ODD_BLANKS}]*:|-)?[ {_ODD_BLANKS}]+|[ {_ODD_BLANKS}]+(?=#|$)", re.M
)
_INDENTED = lazy_pattern(r"^ ([\w-]+:)(?!\S)", re.M)
_LINE_ENDS = str.maketrans("\u2028\u2029", "  ")  # to YAML, and to no editor

_COMMENT = lazy_pattern(r"(?<![^\s\[\]{},\"'])#")  # also what only looks like a comment: within quotes, in "a,#b"
_HASHTAG = lazy_pattern(r"#(?:\w|\s*$)", re.M)  # "# left, right" is a comment
_MAX_TRIED = 20  # comments of a field that are tried as the cause of its syntax error
_CUT_MESSAGE = "Dấu # sau dấu cách mở đầu lời ghi chú, phần sau không được đọc"
_QUOTE_ADVICE = "Đặt cả giá trị trong ngoặc kép."

Pairs = list[tuple[yaml.Node, yaml.Node]]


class FrontMatterError(Exception):
    """An error that makes front matter, or one field of it, unreadable."""

    def __init__(self, line: int, column: int, code: str, message: str) -> None:
        super().__init__(line, column, code, message)


def replace_odd_blanks(yaml_text: str) -> str:
    """Replace odd blanks by spaces where only a blank can be meant; everything keeps its column."""
    if yaml_text.isascii() or not ODD_BLANK.search(yaml_text):
        return yaml_text
    yaml_text = _BLANK_BEFORE_NAME.sub(lambda match: match[2] + " " * len(match[1]), yaml_text.translate(_LINE_ENDS))
    return _BLANKS_AROUND.sub(lambda match: ODD_BLANK.sub(" ", match[0]), yaml_text)


def read_pairs(yaml_text: str, lines: list[str]) -> tuple[Pairs, list[FrontMatterError], set[str]]:
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
        pairs: Pairs = []
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


def _compose(yaml_text: str) -> Pairs:
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
        raise FrontMatterError(
            *position_of(root), "YAML_SYNTAX", "Phần khai báo phải gồm các dòng dạng “tên: giá trị”."
        )
    pairs: Pairs = root.value
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
    match = ODD_BLANK.match(text.lstrip(" "))
    if not match:
        return None
    name = unicodedata.name(match[0], "")
    message = f"Đầu dòng có ký tự trông như dấu cách (U+{ord(match[0]):04X} {name}): xóa nó, gõ lại bằng phím cách."
    return FrontMatterError(line, text.index(match[0]) + 1, "YAML_SYNTAX", message)


def lost_comments(yaml_text: str, pairs: Pairs) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the position of each comment that was probably meant as part of a value, and a message."""
    line_starts = [0, *(end.end() for end in re.finditer("\n", yaml_text))]
    scalars = [
        scalar for pair in pairs for node in pair for scalar in scalars_of(node) if isinstance(scalar, yaml.ScalarNode)
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


def scalars_of(node: yaml.Node) -> list[Any]:
    """Return the nodes of a list, or the only one of a single value."""
    return node.value if isinstance(node, yaml.SequenceNode) else [node]


def position_of(node: yaml.Node) -> tuple[int, int]:
    """Return the line and column of a node, from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def _explain(fault: yaml.MarkedYAMLError, line: str) -> str:
    """Say what to write instead of a line that YAML refuses."""
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
