"""Find merge conflicts that were committed with git's markers."""

from __future__ import annotations

import re

from plugins.core.errors import Problem
from plugins.core.text.vietnamese import blank_out, without_code

_MARKERS = ("<<<<<<<", ">>>>>>>", "|||||||")
_QUOTED = re.compile(r"<pre\b.*?</pre>", re.DOTALL | re.IGNORECASE)
_MARKER_LINE = re.compile(r"^(?:(<{7})|\|{7}|(>{7}))(?:[ \t]+(.*))?$", re.MULTILINE)
#: The label that git writes behind a last marker: a branch, a commit (with its subject in brackets), a stash.
_LABEL = re.compile(r"[\w./@{}~^:-]+(?: \(.*\))?|Stashed changes|Updated upstream|theirs|ours", re.ASCII)


def find_conflicts(text: str, path: str, *, is_markdown: bool = False) -> list[Problem]:
    """Return a problem for each conflict in a file's text, at the line on which it begins.

    No conflicts are ``=======`` alone (it underlines a heading), code that a text quotes, a row
    of empty cells, and a quotation seven levels deep.
    """
    if not any(marker in text for marker in _MARKERS):
        return []
    if is_markdown:
        text = _QUOTED.sub(blank_out, without_code(text))
    lines = text.split("\n")
    line_numbers = []
    is_open = False
    for number, line in enumerate(lines, 1):
        marker = _MARKER_LINE.match(line)
        if not marker:
            continue
        begins, ends, label = marker.groups()
        neighbours = lines[max(0, number - 2) : number - 1] + lines[number : number + 1]
        stands_alone = not any(neighbour.startswith(line[0]) for neighbour in neighbours)
        if begins or (not is_open and stands_alone and _LABEL.fullmatch((label or "").strip())):
            line_numbers.append(number)
        is_open = bool(begins) or (is_open and not ends)
    message = "Hai bản sửa còn đứng chồng lên nhau (dấu {} của git). Giữ bản đúng, xóa bản kia và các dòng dấu."
    return [Problem(path, number, 0, "CONFLICT", message.format(lines[number - 1][:7])) for number in line_numbers]
