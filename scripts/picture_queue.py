"""Make pictures behind the local server: those that a browser asks for first."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path

from plugins.core.errors import Problem
from plugins.core.media.picture_cache import Job
from plugins.core.media.variants import make_picture


class PictureQueue:
    """The pictures that pages show and that are not made yet."""

    def __init__(self, pool: ProcessPoolExecutor, processes: int) -> None:
        """``pool``: worker processes, which must have been started before any thread."""
        self._pool = pool
        self._behind = max(1, processes - 1)  # a process is left for what a browser asks for
        self._pending: Mapping[str, tuple[Job, str]] = {}
        self._has_changed = threading.Event()

    def replace(self, pending: Mapping[str, tuple[Job, str]]) -> None:
        """Take over what the last build has left (``Result.pending``)."""
        self._pending = pending
        self._has_changed.set()

    def file_of(self, path: str) -> Path | None:
        """Return the file in the cache that belongs at an output path, made now where it is missing; ``None`` if the
        path is of no picture that waits, or it cannot be made."""
        if path not in self._pending:
            return None
        job, name = self._pending[path]
        file = job.cache / name
        if not file.exists():
            with suppress(BrokenProcessPool):
                self._pool.submit(make_picture, job._replace(names=frozenset({name}))).exception()
        return file if file.exists() else None

    def run(self, on_done: Callable[[int], None]) -> None:
        """Make all pictures, again and again, and call ``on_done`` with how many there were. Does not return."""
        while True:
            self._has_changed.wait()
            self._has_changed.clear()
            jobs = {job.picture.digest: job for job, _ in self._pending.values()}
            if jobs and self._make_all(deque(jobs.values())):
                on_done(len(jobs))

    def _make_all(self, jobs: deque[Job]) -> bool:
        """Make the pictures until another build replaces them. Returns whether that was not so.

        What could not be made, or was left by a worker that the machine killed, is told or made by the next build.
        """
        running: deque[Future[Problem | None]] = deque()
        with suppress(BrokenProcessPool):
            while (jobs or running) and not self._has_changed.is_set():
                while jobs and len(running) < self._behind:
                    running.append(self._pool.submit(make_picture, jobs.popleft()))
                running.popleft().exception()
        return not self._has_changed.is_set()
