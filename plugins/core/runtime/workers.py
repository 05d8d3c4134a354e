"""Map a function over chunks of jobs in forked worker processes."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from plugins.core.errors import MachineError, Problem

J = TypeVar("J")
R = TypeVar("R")

#: Jobs per chunk: few enough that all workers end at about the same time. This process does so few jobs
#: sooner than it would start workers; of small ones, like writing a file that is ready, five times as many.
CHUNK = 250
SMALL_CHUNK = 5 * CHUNK

_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None  # inherited by forks: it need not be picklable


def map_chunks(
    work: Callable[[Sequence[J]], R], jobs: Sequence[J], workers: int, *, joins: bool = True, size: int = CHUNK
) -> Iterator[R]:
    """Yield ``work(chunk)`` for each chunk of ``size`` of ``jobs``, as it is done.

    The workers are forks of this process: they read all of its memory without copying it, and
    only results are pickled. This process works too, unless ``joins`` is false: then the memory
    that the work takes is freed when the workers end. Raises ``MachineError`` when a worker is killed.
    """
    global _shared
    if len(jobs) <= size or workers < 2:
        if jobs:
            yield work(jobs)
        return
    starts = deque(range(0, len(jobs), size))
    helpers = min(workers, len(starts)) - joins
    pending: deque[Future[R]] = deque()
    _shared = work, jobs
    was_collecting = gc.isenabled()
    gc.enable()  # Python-Markdown leaves about five objects in reference cycles for each text
    try:
        with worker_pool(helpers) as pool:
            while starts or pending:
                while starts and len(pending) < 2 * helpers:  # no worker waits while this process works
                    pending.append(pool.submit(_run_chunk, starts.popleft(), size))
                if joins and starts:
                    yield _run_chunk(starts.popleft(), size)
                    while pending and pending[0].done():
                        yield pending.popleft().result()
                else:
                    yield pending.popleft().result()
    except BrokenProcessPool:
        message = "Máy dừng một tiến trình đang dựng cổng (có lẽ thiếu bộ nhớ). Dựng lại khi máy rảnh hơn."
        raise MachineError([Problem("", 0, 0, "WORKER_KILLED", message)]) from None
    finally:
        if not was_collecting:
            gc.disable()
        _shared = None


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of workers, forked now, of which none collects as garbage what this process has made.

    To look at it would copy its memory pages; and what a decoder of pictures ends with waits for threads, which no
    fork inherits: a worker that collected an AVIF picture of this process would hang.
    """
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers, get_context("fork"), initializer=_end_silently) as pool:
            with _interrupts_held():
                pool.submit(os.getpid)  # forks all workers
                # with its own end open, this process would wait for ever for the rest of what workers that are
                # ended by Ctrl-C were sending
                pool._result_queue._writer.close()  # type: ignore[attr-defined]
            processes = list(pool._processes.values())
            threading.Thread(target=_end_together, args=(processes,), daemon=True).start()
            yield pool
    finally:
        gc.unfreeze()


def _end_together(processes: Sequence[BaseProcess]) -> None:
    """Kill all workers where one was killed: until nobody can send, the pool waits for the rest of what it was sending."""
    running: dict[Any, BaseProcess] = {process.sentinel: process for process in processes}
    while running:
        for sentinel in wait(list(running)):
            process = running.pop(sentinel)
            process.join()
            if process.exitcode:
                for other in running.values():
                    other.kill()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C come after this block: between two forks, the pool would forget a worker, and wait for its end."""
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _end_silently() -> None:
    """Let Ctrl-C end a worker at once and without a traceback, and end it when its parent process ends.

    A worker that outlived its parent would wait for work for ever, or write where another build does by then.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _run_chunk(start: int, size: int) -> Any:
    assert _shared is not None
    work, jobs = _shared
    return work(jobs[start : start + size])
