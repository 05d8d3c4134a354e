"""The limit on processor time stops whatever it is put around."""

import sys
import time
from contextlib import suppress

import pytest

from plugins.core.runtime.cpu_limit import LimitError, processor_time


def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def swallow(work):
    with suppress(Exception):
        work()


def test_a_library_that_goes_on_after_any_exception_is_stopped():
    start = time.process_time()
    with pytest.raises(LimitError), processor_time(0.05):
        for _ in range(100):
            swallow(lambda: spin(0.05))
    assert time.process_time() - start < 2


def test_it_is_told_again_to_what_swallows_even_that():
    count = 0

    def stubborn():
        nonlocal count
        while count < 3:
            try:
                spin(5)
            except BaseException:
                count += 1

    start = time.process_time()
    with processor_time(0.05):
        stubborn()
    assert count == 3 and time.process_time() - start < 4


def test_afterwards_nothing_is_stopped_any_more():
    with processor_time(0.05):
        pass
    with pytest.raises(LimitError), processor_time(0.05):
        spin(5)
    spin(0.3)


class OnceGone:
    """Does some work as the last reference to it goes: Python swallows what that raises."""

    def __init__(self, work):
        self.work = work

    def __del__(self):
        self.work()


def test_it_is_told_again_where_python_cleans_up_and_nothing_is_printed(monkeypatch):
    ignored = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: ignored.append(unraisable.exc_type))
    with pytest.raises(LimitError), processor_time(0.05):
        OnceGone(lambda: spin(5))
        OnceGone(lambda: 1 / 0)
        spin(5)
    assert ignored == [ZeroDivisionError]
    OnceGone(lambda: 1 / 0)
    assert len(ignored) == 2
