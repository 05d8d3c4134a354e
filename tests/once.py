"""Make once what all workers of a run of tests share."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path


def make_once(path: Path, make: Callable[[], object]) -> None:
    """Call ``make``, which makes a file or folder, in the first worker that comes here; the others wait until it has."""
    done = path.with_suffix(".done")
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make()
            done.touch()
