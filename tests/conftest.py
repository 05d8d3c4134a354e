"""What every test may ask for."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.once import make_once
from tests.tiny import ROOT, TinySite, a_tiny_site

# A shell that starts pytest with ``&`` has it ignore Ctrl-C, and so would all programs that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test is about how long it takes: these machines are shared.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30  # bytes, several times what the tests need


def pytest_configure() -> None:
    """Keep the folders of tests in memory where there is room: they write, sync and delete some hundred thousand files."""
    if "TMPDIR" not in os.environ and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None


def pytest_xdist_auto_num_workers() -> int:
    """Start one worker more than there are processors: tests wait for other programs a fifth of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Spare Python the search for garbage among thousands of tests and modules, which stay."""
    gc.freeze()


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
