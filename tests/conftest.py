"""What every test may ask for."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.tiny import ROOT, TinySite, a_tiny_site

# A shell that starts pytest with ``&`` has it ignore Ctrl-C, and so would all programs that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test is about how long it takes: these machines are shared.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


@pytest.fixture
def tiny(tmp_path) -> TinySite:
    return a_tiny_site(tmp_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the longest tests first, so that no worker is left alone with one of them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, request) -> Path:
    """The folder that all workers of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if hasattr(request.config, "workerinput") else folder


def make_once(folder: Path, make: Callable[[], None]) -> None:
    """Call ``make`` in the first worker that comes here; the others wait until it has returned."""
    done = folder.with_suffix(".done")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make()
            done.touch()


@pytest.fixture(scope="session")
def demo_cache(request) -> Path:
    """The cache that ``demo`` is built with: it stays for the next run, and no other test waits for its lock."""
    return request.config.cache.mkdir("demo")


@pytest.fixture(scope="session")
def demo(shared_folder, demo_cache) -> Path:
    """The whole demonstration, on the day that its content was written for, built once for all workers of a run.

    Its AVIF files are not the portal's (tests/democonf.py).
    """
    output = shared_folder / "demo"

    def build() -> None:
        command = [sys.executable, "-m", "pelican", "content", "-o", str(output), "-s", "tests/democonf.py"]
        command += ["-e", 'NOW="2026-11-23 20:00"', f"WORKERS={max(2, os.cpu_count() or 1)}"]
        environ = {**os.environ, "CACHE": str(demo_cache)}
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr

    make_once(output, build)
    return output
