"""The head of a Markdown file: YAML between two ``---`` lines, with the place of every value.

Read with PyYAML's base loader, which keeps each scalar the string that the editor
wrote: no ``no`` → False, no ``0x10`` → 16, no object is ever constructed.
"""

from __future__ import annotations

from typing import NamedTuple

import yaml

from plugins.core.problems import Problem
from plugins.core.text import nfc

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = {"", "~", "null"}


class Value(NamedTuple):
    """A value as written: a string or a list of strings, and where it stands."""

    raw: str | list[str]
    line: int
    column: int


class FrontMatter(NamedTuple):
    """A file cut in two. ``body_line`` is the file's line on which the body begins."""

    values: dict[str, Value]
    keys: dict[str, tuple[int, int]]
    body: str
    body_line: int


def parse(text: str, path: str) -> tuple[FrontMatter | None, list[Problem]]:
    """Cut ``text`` (a whole file, ``\\n`` line ends) into front matter and body.

    The first is ``None`` when there is no front matter to speak of; the problems
    say why, all of them.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, [
            Problem(
                path, 1, 0, "FRONT_MATTER_MISSING", "Dòng đầu tiên phải là “---”, rồi đến các trường như title, date."
            )
        ]
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return None, [Problem(path, 1, 0, "FRONT_MATTER_OPEN", "Thiếu dòng “---” đóng phần khai báo ở đầu bài.")]
    problems: list[Problem] = []
    values: dict[str, Value] = {}
    keys: dict[str, tuple[int, int]] = {}
    # the blank first line stands for "---", so that YAML counts lines as the file does
    head = "\n" + "\n".join(lines[1:end])
    try:
        root = yaml.compose(head, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 0)
        return None, [Problem(path, line, column, "YAML_SYNTAX", _explain(fault))]
    except yaml.YAMLError as fault:
        position = getattr(fault, "position", 0)
        return None, [
            Problem(
                path,
                head.count("\n", 0, position) + 1,
                0,
                "YAML_SYNTAX",
                "Có ký tự không được phép trong phần khai báo.",
            )
        ]
    if root is not None and not isinstance(root, yaml.MappingNode):
        return None, [Problem(path, 2, 1, "YAML_SYNTAX", "Phần khai báo phải gồm các dòng dạng “tên: giá trị”.")]
    for key, node in root.value if root else []:
        name = str(key.value)
        place = key.start_mark.line + 1, key.start_mark.column + 1
        if name in keys:
            first = keys[name][0]
            problems.append(Problem(path, *place, "KEY_TWICE", f"Trường “{name}” đã có ở dòng {first}; chỉ giữ một."))
            continue
        keys[name] = place
        value = _value(node)
        if value is None:
            where = node.start_mark.line + 1, node.start_mark.column + 1
            problems.append(
                Problem(path, *where, "YAML_NESTED", f"Trường “{name}” chỉ nhận một giá trị hoặc một danh sách.")
            )
        elif value.raw or value.raw == []:
            values[name] = value
    return FrontMatter(values, keys, "\n".join(lines[end + 1 :]), end + 2), problems


def _value(node: yaml.Node) -> Value | None:
    place = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        unquoted_nothing = node.style is None and node.value in _EMPTY
        return Value("" if unquoted_nothing else nfc(node.value).strip(), *place)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return Value([nfc(item.value).strip() for item in node.value], *place)
    return None


def _explain(fault: yaml.MarkedYAMLError) -> str:
    said = f"{fault.context or ''} {fault.problem or ''}"
    if "mapping values are not allowed" in said:
        return 'Giá trị có dấu hai chấm: đặt cả giá trị trong ngoặc kép, ví dụ title: "A: B".'
    if "\\t" in said or "'\t'" in said or "tab" in said:
        return "Có dấu tab ở đầu dòng hoặc trước giá trị: thay bằng dấu cách."
    if "found undefined alias" in said or "alias" in said:
        return "Dấu * ở đầu giá trị có nghĩa riêng: đặt giá trị trong ngoặc kép."
    if "while scanning a quoted scalar" in said or "end of stream" in said:
        return "Ngoặc kép mở mà không đóng."
    return (
        "Không hiểu được dòng này. Mỗi dòng có dạng “tên: giá trị”; giá trị có ký tự đặc biệt thì đặt trong ngoặc kép."
    )
