"""What can be wrong, and how it is said: a place, a code, a sentence in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Literal

import msgspec
from msgspec import Struct

_HARMLESS = "\N{NO-BREAK SPACE}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, order=True):
    """One mistake at one place.

    ``path`` is relative to the project (``content/tin-tuc/…/index.md``); ``line``
    and ``column`` count from 1, and 0 means that the whole file is meant.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: [{self.code}] {self.message}"


def quotable(text: str) -> str:
    """``text`` as a message may quote it: on one line, without what a terminal would obey."""
    if text.isprintable():  # nearly always, and thousands of warnings are told at once
        return text
    return "".join(char if char.isprintable() or char in _HARMLESS else "\N{REPLACEMENT CHARACTER}" for char in text)


class PortalError(Exception):
    """A build that had to stop. Holds every problem found, not the first only.

    ``exit_code`` is what the command line answers: 1 content, 2 configuration or
    usage, 3 environment. (4, an internal error, is any other exception.)
    """

    exit_code: ClassVar[int] = 4

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class ContentError(PortalError):
    """Something an editor wrote has to be mended first."""

    exit_code = 1


class ConfigError(PortalError):
    """The settings, the theme or a section's code has to be mended first."""

    exit_code = 2


class MachineError(PortalError):
    """The machine stood in the way: a full disk, a missing right, a lock."""

    exit_code = 3


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those of ``problems`` that forbid publishing."""
    return [problem for problem in problems if problem.severity == "error"]


def report(problems: Iterable[Problem], *, colour: bool = False) -> str:
    """All problems as lines for a person: sorted, each once, errors first, counts last."""
    unique = sorted(set(problems))
    lines = [
        _line(problem, colour)
        for severity in ("error", "warning")
        for problem in unique
        if problem.severity == severity
    ]
    if unique:
        wrong = len(errors(unique))
        lines.append(f"{wrong} lỗi, {len(unique) - wrong} cảnh báo.")
    return "\n".join(lines)


def _line(problem: Problem, colour: bool) -> str:
    said = quotable(str(problem))  # a path may hold anything
    note = "" if problem.severity == "error" else " (cảnh báo)"
    if not colour:
        return said + note
    return f"\033[{31 if problem.severity == 'error' else 33}m{said}\033[0m{note}"


def _whole(text: str) -> str:
    """``text`` as it can be encoded: a name of the system's may hold bytes that are no letters."""
    return text if text.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", text)


def as_json(problems: Iterable[Problem]) -> str:
    """All problems for a program: a JSON array of objects, sorted, each once."""
    told = [msgspec.structs.replace(p, path=_whole(p.path), message=_whole(p.message)) for p in sorted(set(problems))]
    return msgspec.json.format(msgspec.json.encode(told)).decode()


def as_github(problems: Iterable[Problem]) -> str:
    """All problems as annotations of GitHub Actions (workflow commands, ``::error file=…``)."""
    return "\n".join(
        f"::{problem.severity} file={_property(problem.path)},line={problem.line or 1},col={problem.column or 1},"
        f"title={problem.code}::{_data(problem.message)}"
        for problem in sorted(set(problems))
    )


def _data(text: str) -> str:
    """Escaped as the runner expects it of a command's data."""
    return _whole(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escaped as the runner expects it of a command's property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
