"""Print to the terminal: sentences, a progress bar, errors of the machine and of our own."""

from __future__ import annotations

import os
import sys
import time
import traceback
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from plugins.core.errors import MachineError, Problem

STOPPED = "Đã dừng theo yêu cầu."
_SECONDS_BETWEEN_LINES = 30


def speak_utf8() -> None:
    """Say Vietnamese also where the system's locale is plain C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def tell(text: str, stream: TextIO | None = None) -> None:
    """Print a text. Whoever has stopped listening (``| head``) is no mistake."""
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)  # here, not as the program ends
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class ProgressBar:
    """Show how much is done, how much remains and for how long: by a bar on a terminal, elsewhere by a line now and then."""

    def __init__(self, label: str = "Đang làm ảnh", unit: str = "ảnh") -> None:
        self._label = label
        self._unit = unit
        self._progress: Any = None
        self._task: Any = None
        self._start = self._last = 0.0

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def tick(self, done: int, total: int) -> None:
        if self._progress is None:
            self._begin(total)
        self._progress.update(self._task, completed=done)
        now = time.monotonic()
        if done == total:
            self._progress.stop()
        elif self._progress.disable and done and now - self._last > _SECONDS_BETWEEN_LINES:
            self._last = now
            tell(_remaining(total - done, self._unit, (now - self._start) / done), sys.stderr)

    def _begin(self, total: int) -> None:
        from rich.console import Console  # here: most builds make no picture, and it takes a while to load
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (
            TextColumn(self._label),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("còn"),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._progress.start()
        self._task = self._progress.add_task("", total=total)
        self._start = self._last = time.monotonic()


def _remaining(count: int, unit: str, seconds_each: float) -> str:
    """Say how many remain, and for how long.

    >>> _remaining(24310, "ảnh", 0.51)
    'Còn 24310 ảnh, khoảng 3 giờ 27 phút. Dừng lúc nào cũng được: lần sau làm tiếp.'
    """
    hours, minutes = divmod(max(1, round(count * seconds_each / 60)), 60)
    duration = f"{hours} giờ {minutes} phút" if hours else f"{minutes} phút"
    return f"Còn {count} {unit}, khoảng {duration}. Dừng lúc nào cũng được: lần sau làm tiếp."


def machine_error(fault: OSError) -> MachineError:
    """Return what the operating system refused as a problem."""
    where, why = fault.filename or "", fault.strerror or str(fault)
    return MachineError([Problem(str(where), 0, 0, "MACHINE", f"Máy không làm được: {why}.")])


def internal_error(cache: Path) -> str:
    """Write our own bug, the exception that is being handled, to a log; a sentence for the screen."""
    log_file = cache / "internal-error.log"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        log_file.write_text(traceback.format_exc(), "utf-8")
    except OSError:
        return f"Chương trình bị lỗi: báo người phát triển, kèm những dòng sau.\n{traceback.format_exc()}"
    return f"Chương trình bị lỗi: báo người phát triển, kèm tệp {log_file}"
