"""Measure one run of a command: time, processor time, memory, files written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from time import perf_counter, sleep

#: Path → inode and time of the last change.
Snapshot = Mapping[str, tuple[int, int]]

_MIN_POLL_SECONDS = 0.02
_POLL_SHARE = 20  # between two polls, this many times what one took


class BenchError(Exception):
    """A run that cannot be counted."""


@dataclass(frozen=True)
class Cost:
    """Seconds of the clock, seconds of all processors, bytes of memory at the peak."""

    seconds: float
    processor: float
    memory: int


def run(command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> Cost:
    """Run a command in ``folder``, its output unseen. Raises ``BenchError`` when it fails."""
    os.sync()  # what the run before left unwritten is not this one's
    with TemporaryFile() as output:
        start = perf_counter()
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environ}, stdout=output, stderr=output)
        peak = _Peak(process.pid)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            peak.stop()
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            end = output.read().decode("utf-8", "replace")[-2000:]
            raise BenchError(f"{' '.join(command)} ended with {process.returncode}:\n{end}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak.bytes)


class _Peak:
    """The most memory that a process and all below it hold at one time, by polling.

    Memory is PSS: what several processes share is counted once.
    """

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._ended = Event()
        self._thread = Thread(target=self._poll, args=(pid,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _poll(self, pid: int) -> None:
        while not self._ended.is_set():
            start = perf_counter()
            self.bytes = max(self.bytes, sum(map(_pss, _tree(pid))))
            sleep(max(_MIN_POLL_SECONDS, _POLL_SHARE * (perf_counter() - start)))


def _tree(pid: int) -> Iterator[int]:
    """Yield the ids of the process and of all below it that live."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                yield from _tree(int(child))
        except OSError:
            pass  # ended meanwhile


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # ended meanwhile
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def snapshot(folder: Path) -> Snapshot:
    """Return inode and time of every file below a folder, which need not exist."""
    statuses: dict[str, tuple[int, int]] = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            status = os.stat(path)
            statuses[path] = status.st_ino, status.st_mtime_ns
    return statuses


def written(before: Snapshot, after: Snapshot) -> int:
    """Count the files that are new or have another inode or time than before."""
    return sum(before.get(path) != status for path, status in after.items())
