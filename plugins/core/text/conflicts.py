"""Merge conflicts that were committed with their markers: what two people wrote, one under the other."""

from __future__ import annotations

import re

from plugins.core.errors import Problem
from plugins.core.text.vietnamese import blanked, without_code

_MARKS = ("<<<<<<<", ">>>>>>>", "|||||||")
_QUOTED = re.compile(r"<pre\b.*?</pre>", re.DOTALL | re.IGNORECASE)
_LINE = re.compile(r"^(?:(<{7})|\|{7}|(>{7}))(?:[ \t]+(.*))?$", re.MULTILINE)
#: What git writes behind a last marker: a branch, a commit (and its subject in brackets), a stash.
_LABEL = re.compile(r"[\w./@{}~^:-]+(?: \(.*\))?|Stashed changes|Updated upstream|theirs|ours", re.ASCII)


def told(text: str, path: str, *, is_markdown: bool = False) -> list[Problem]:
    """The conflicts in the text of a file, each at the line on which it begins.

    ``=======`` alone is none (it underlines a heading); nor is what a text quotes as code, a
    row of empty cells, or a quotation seven deep.
    """
    if not any(mark in text for mark in _MARKS):
        return []
    if is_markdown:
        text = _QUOTED.sub(blanked, without_code(text))
    lines = text.split("\n")
    found = []
    is_open = False
    for number, line in enumerate(lines, 1):
        mark = _LINE.match(line)
        if not mark:
            continue
        begins, ends, label = mark.groups()
        around = lines[max(0, number - 2) : number - 1] + lines[number : number + 1]
        is_alone = not any(other.startswith(line[0]) for other in around)
        if begins or (not is_open and is_alone and _LABEL.fullmatch((label or "").strip())):
            found.append(number)
        is_open = bool(begins) or (is_open and not ends)
    message = "Hai bản sửa còn đứng chồng lên nhau (dấu {} của git). Giữ bản đúng, xóa bản kia và các dòng dấu."
    return [Problem(path, number, 0, "CONFLICT", message.format(lines[number - 1][:7])) for number in found]
