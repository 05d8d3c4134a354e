"""Define problems (a position, a code, a sentence in Vietnamese) and the exceptions that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Literal

import msgspec
from msgspec import Struct

_HARMLESS = "\N{NO-BREAK SPACE}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, order=True):
    """A mistake at one position of one file."""

    path: str
    """The file, relative to the project: ``content/tin-tuc/…/index.md``."""

    line: int
    """From 1; 0 means the whole file."""

    column: int
    """From 1; 0 means the whole line or file."""

    code: str
    """One of those in docs/ma-loi.md."""

    message: str
    """A sentence in Vietnamese that says what to write instead."""

    severity: Severity = "error"
    """Errors forbid publishing, warnings do not."""

    def __str__(self) -> str:
        position = ":".join(str(field) for field in (self.path, self.line, self.column) if field)
        return f"{position}: [{self.code}] {self.message}"


def quotable(text: str) -> str:
    """Return ``text`` as a message may quote it: on one line, without control characters of terminals."""
    if text.isprintable():  # nearly always, and thousands of warnings are printed at once
        return text
    return "".join(char if char.isprintable() or char in _HARMLESS else "\N{REPLACEMENT CHARACTER}" for char in text)


class PortalError(Exception):
    """A build that had to stop, with every problem of the run, not the first only."""

    exit_code: ClassVar[int] = 4
    """The exit code of the command line: 1 content, 2 configuration or usage, 3 environment; 4, an internal
    error, is any other exception."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class ContentError(PortalError):
    """Content that an editor has to correct first."""

    exit_code = 1


class ConfigError(PortalError):
    """Settings, a theme or a section's code that has to be corrected first."""

    exit_code = 2


class MachineError(PortalError):
    """A failure of the environment: a full disk, a missing permission, a lock."""

    exit_code = 3


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the ``problems`` that forbid publishing."""
    return [problem for problem in problems if problem.severity == "error"]


def report(problems: Iterable[Problem], *, colour: bool = False) -> str:
    """Format all problems as lines for a person: sorted, without duplicates, errors first, counts last."""
    unique = sorted(set(problems))
    lines = [
        _line(problem, colour)
        for severity in ("error", "warning")
        for problem in unique
        if problem.severity == severity
    ]
    if unique:
        error_count = len(errors(unique))
        lines.append(f"{error_count} lỗi, {len(unique) - error_count} cảnh báo.")
    return "\n".join(lines)


def _line(problem: Problem, colour: bool) -> str:
    line = quotable(str(problem))  # a path may hold any character
    note = "" if problem.severity == "error" else " (cảnh báo)"
    if not colour:
        return line + note
    return f"\033[{31 if problem.severity == 'error' else 33}m{line}\033[0m{note}"


def _encodable(text: str) -> str:
    """Replace lone surrogates, which cannot be encoded: the name of a file may hold bytes that are no UTF-8."""
    return text if text.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", text)


def as_json(problems: Iterable[Problem]) -> str:
    """Format all problems for a program: a JSON array of objects, sorted, without duplicates."""
    encodable = [
        msgspec.structs.replace(problem, path=_encodable(problem.path), message=_encodable(problem.message))
        for problem in sorted(set(problems))
    ]
    return msgspec.json.format(msgspec.json.encode(encodable)).decode()


def as_github(problems: Iterable[Problem]) -> str:
    """Format all problems as annotations of GitHub Actions (workflow commands, ``::error file=…``)."""
    return "\n".join(
        f"::{problem.severity} file={_property(problem.path)},line={problem.line or 1},col={problem.column or 1},"
        f"title={problem.code}::{_data(problem.message)}"
        for problem in sorted(set(problems))
    )


def _data(text: str) -> str:
    """Escape ``text`` as data of a workflow command."""
    return _encodable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape ``text`` as a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
