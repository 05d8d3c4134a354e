"""Work shared among processes."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, TypeVar

from plugins.core.errors import MachineError, Problem

J = TypeVar("J")
R = TypeVar("R")

#: Jobs handed over at once: small enough that all workers end together. No more than that are
#: done sooner alone than it takes to start workers.
CHUNK = 250

_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None  # what forks find: it need not be picklable


def map_chunks(work: Callable[[Sequence[J]], R], jobs: Sequence[J], workers: int, *, joins: bool = True) -> Iterator[R]:
    """What ``work`` says of each part of ``jobs``, as it comes.

    The workers are forks of this process: they see everything that it has made, without
    copying it; only the answers travel. This process is one of them, unless it does not
    ``joins``: then whatever the work needs of memory goes with the others. Raises
    ``MachineError`` when one is killed.
    """
    global _shared
    if len(jobs) <= CHUNK or workers < 2:
        if jobs:
            yield work(jobs)
        return
    starts = deque(range(0, len(jobs), CHUNK))
    helpers = min(workers, len(starts)) - joins
    under_way: deque[Future[R]] = deque()
    _shared = work, jobs
    gc.freeze()  # what is there now never becomes garbage in a worker: no page of it is touched
    was_collecting = gc.isenabled()
    gc.enable()  # texts leave circles behind: Python-Markdown, about five objects each
    try:
        with ProcessPoolExecutor(helpers, get_context("fork"), initializer=end_silently) as pool:
            while starts or under_way:
                while starts and len(under_way) < 2 * helpers:  # nobody waits while we are at work
                    under_way.append(pool.submit(_part, starts.popleft()))
                if joins and starts:
                    yield _part(starts.popleft())
                    while under_way and under_way[0].done():
                        yield under_way.popleft().result()
                else:
                    yield under_way.popleft().result()
    except BrokenProcessPool:
        message = "Máy dừng một tiến trình đang dựng cổng (có lẽ thiếu bộ nhớ). Dựng lại khi máy rảnh hơn."
        raise MachineError([Problem("", 0, 0, "WORKER_KILLED", message)]) from None
    finally:
        if not was_collecting:
            gc.disable()
        gc.unfreeze()
        _shared = None


def end_silently() -> None:
    """Let Ctrl-C end a worker at once: what is to be said of it, the program says. And let no worker outlive
    its program, however that ends: it would wait for ever for work, or write where others do by then."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _part(start: int) -> Any:
    assert _shared is not None
    work, jobs = _shared
    return work(jobs[start : start + CHUNK])
