"""Hold what was measured beside its limit, and print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: So many places are printed for each line; whoever mends these sees the rest next time.
MAX_FAULTS = 8


class Result(NamedTuple):
    """One check of one kind of page."""

    subject: str
    check: str
    value: float
    limit: float | None
    """``None`` for what is only reported."""

    faults: Sequence[str] = ()
    """What is wrong and where, one sentence each."""

    is_floor: bool = False
    """Whether the limit is the least, not the most."""

    @property
    def is_kept(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.is_floor else self.value <= self.limit

    @property
    def lines(self) -> list[str]:
        """The result for a terminal: one line, and under it the places of its faults."""
        mark = "  " if self.is_kept else "X "
        limit = "" if self.limit is None else f" {'≥' if self.is_floor else '≤'} {self.limit:g}"
        head = f"{mark}{self.subject:<20} {self.check:<42} {self.value:>8.3g}{limit}"
        shown = [f"    {fault}" for fault in self.faults[:MAX_FAULTS]]
        hidden = len(self.faults) - MAX_FAULTS
        return [head, *shown, *([f"    … và {hidden} chỗ nữa"] if hidden > 0 else [])]


def faultless(subject: str, check: str, faults: Sequence[str]) -> Result:
    """Return the result of a check that allows no fault."""
    return Result(subject, check, len(faults), 0, faults)
