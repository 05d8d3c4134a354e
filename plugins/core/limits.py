"""No file may hold up a build: a limit of work for each."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds of processor time for one text; an article of 700 words takes 0.001.
TEXT_SECONDS = 2.0

#: Bytes of one text; the longest article of the demonstration has 9,000.
TEXT_BYTES = 1_000_000


class LimitError(Exception):
    """The work took longer than it may."""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Stop what runs inside after ``seconds`` of processor time, with ``LimitError``.

    Processor time, not the clock's: a busy machine must not turn a good text into a
    bad one. Signals reach the main thread alone; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise LimitError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
