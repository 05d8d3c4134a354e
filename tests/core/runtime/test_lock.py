"""Locks: a second waits for the first, says so, and goes on however the first has ended."""

import os
import signal
import subprocess
import sys

import pytest

from plugins.core.errors import MachineError
from plugins.core.runtime.lock import locked
from tests.tiny import ROOT

HOLD = """
import os, sys, time
from pathlib import Path
from plugins.core.runtime.lock import locked
with locked(Path(sys.argv[1])):
    if len(sys.argv) > 2 and os.fork() == 0:
        os.write(1, f"{os.getpid()}\\n".encode())
        time.sleep(60)
    os.write(1, b"held\\n")
    sys.stdin.readline()
"""


def start(*words):
    command = [sys.executable, "-c", HOLD, *map(str, words)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes)


def test_a_second_waits_and_says_for_whom(tmp_path):
    with start(tmp_path / "lock") as first:
        assert first.stdout.readline() == "held\n"
        with start(tmp_path / "lock") as second:
            message = second.stderr.readline()
            assert f"(tiến trình {first.pid})" in message or sys.platform != "linux"
            assert str(tmp_path) in message and second.poll() is None
            first.communicate("\n")
            assert second.stdout.readline() == "held\n"
            second.communicate("\n")


def test_a_killed_holder_lets_go_though_its_forks_live_on(tmp_path):
    with start(tmp_path / "lock", "forks") as first:
        lines = {first.stdout.readline().strip() for _ in range(2)}
        fork = int(next(word for word in lines if word.isdigit()))
        os.kill(first.pid, signal.SIGKILL)
        try:
            first.wait(timeout=10)
            with locked(tmp_path / "lock"):
                os.kill(fork, 0)
        finally:
            os.kill(fork, signal.SIGKILL)


def test_one_process_may_take_it_twice_and_holds_it_until_the_end(tmp_path):
    with locked(tmp_path / "lock"):
        with locked(tmp_path / "lock"):
            pass
        with start(tmp_path / "lock") as second:
            assert "chờ đến lượt" in second.stderr.readline()
            second.kill()


def test_a_lock_that_was_deleted_meanwhile_is_made_anew(tmp_path):
    with start(tmp_path / "lock") as first:
        first.stdout.readline()
        with start(tmp_path / "lock") as second:
            second.stderr.readline()
            (tmp_path / "lock").unlink()
            first.communicate("\n")
            assert second.stdout.readline() == "held\n" and (tmp_path / "lock").exists()
            second.communicate("\n")


def test_where_no_lock_can_be_made_that_is_the_machines_fault(tmp_path):
    (tmp_path / "tep").touch()
    with pytest.raises(MachineError, match="tệp khóa"), locked(tmp_path / "tep" / "lock"):
        pass
