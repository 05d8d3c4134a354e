"""Log the phases of a build, each in one line with its duration."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

log = logging.getLogger("plugins")


@contextmanager
def phase() -> Iterator[Callable[..., None]]:
    """Yield a function that logs, in one line, what a phase did and how long it took."""
    start = perf_counter()

    def done(message: str, *counts: int) -> None:
        log.info(message + " (%.1f giây)", *counts, perf_counter() - start)

    yield done
