"""Compile regular expressions when they are first used.

A build that has little to do uses few of the large ones of the core, and compiling all takes a tenth of its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, AnyStr, cast


class _LazyPattern:
    """Stand for a compiled pattern: each method is looked up once, then it is an attribute of this object."""

    def __init__(self, compile_pattern: Callable[[], re.Pattern[Any]]) -> None:
        self._compile = compile_pattern

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._compile(), name)
        setattr(self, name, value)
        return value


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` would, but compile at the first use. Only its attributes can be used."""
    return cast(re.Pattern[AnyStr], _LazyPattern(cache(lambda: re.compile(pattern, flags))))
