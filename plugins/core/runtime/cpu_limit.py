"""Limit the size of a text and the processor time spent on it, so that no file can hold up a build."""

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

#: Seconds of processor time after which ``LimitError`` is raised again: a library may have swallowed the first, and
#: Python does where it cleans up.
REPEAT_SECONDS = 0.1


class LimitError(BaseException):
    """Work that took longer than it may. A ``BaseException``: libraries that catch every ``Exception`` must not
    catch this."""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Raise ``LimitError`` inside the ``with`` block after ``seconds`` of processor time, repeatedly until it ends.

    Processor time, not wall-clock time: a busy machine must not turn a good text into a bad one. Signals reach
    the main thread only; in other threads there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    context_code = sys._getframe().f_code

    def stop(_signal: int, frame: FrameType | None) -> None:
        if frame is None or frame.f_code is not context_code:  # else the block has ended already
            raise LimitError

    previous_hook = sys.unraisablehook

    def pass_on(unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_type is not LimitError:  # Python would print that it ignores it
            previous_hook(unraisable)

    sys.unraisablehook = pass_on
    previous_handler = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, REPEAT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous_handler)
        sys.unraisablehook = previous_hook
