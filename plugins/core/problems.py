"""What can be wrong, and how it is said: a place, a code, a sentence in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from msgspec import Struct

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


def report(problems: Iterable[Problem]) -> str:
    """All problems as lines for a person: sorted, each once, errors first, counts last."""
    unique = sorted(set(problems))
    wrong = [problem for problem in unique if problem.severity == "error"]
    doubtful = [problem for problem in unique if problem.severity == "warning"]
    lines = [str(problem) for problem in wrong]
    lines += [f"{problem} (cảnh báo)" for problem in doubtful]
    if unique:
        lines.append(f"{len(wrong)} lỗi, {len(doubtful)} cảnh báo.")
    return "\n".join(lines)
