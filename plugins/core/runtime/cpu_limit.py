"""No file may hold up a build: a limit of work for each."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds of processor time for one text; an article of 700 words takes 0.001.
TEXT_SECONDS = 2.0

#: Bytes of one text; the longest article of the demonstration has 9,000.
TEXT_BYTES = 1_000_000


#: Seconds of processor time after which a limit that was passed is told again.
AGAIN = 0.1


class LimitError(BaseException):
    """The work took longer than it may. Not an ``Exception``: libraries that go on after any of those must not
    go on after this."""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Stop what runs inside after ``seconds`` of processor time, with ``LimitError``, again and again until
    it has stopped.

    Processor time, not the clock's: a busy machine must not turn a good text into a
    bad one. Signals reach the main thread alone; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    own = sys._getframe().f_code

    def stop(_signal: int, frame: FrameType | None) -> None:
        if frame is None or frame.f_code is not own:  # else it has stopped already
            raise LimitError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
