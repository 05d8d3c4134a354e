"""Work shared among processes."""

import gc
import os
import signal
import subprocess
import sys
from multiprocessing import get_context

import pytest

from plugins.core.errors import MachineError
from plugins.core.runtime.workers import CHUNK, map_chunks, worker_pool
from tests.tiny import ROOT

JOBS = list(range(3 * CHUNK + 7))


def squares(jobs):
    return [(job, job * job, os.getpid()) for job in jobs]


def done(workers, jobs=JOBS, **how):
    return [row for rows in map_chunks(squares, jobs, workers, **how) for row in rows]


@pytest.mark.parametrize("count", [1, CHUNK - 1, CHUNK, CHUNK + 1, len(JOBS)])
@pytest.mark.parametrize("joins", [True, False])
@pytest.mark.parametrize("workers", [1, 2, 3, 8, 100])
def test_every_job_is_done_once_whatever_the_number_of_workers_and_of_jobs(workers, joins, count):
    jobs = JOBS[:count]
    assert sorted((job, square) for job, square, _ in done(workers, jobs, joins=joins)) == [(n, n * n) for n in jobs]


def test_this_process_is_one_of_the_workers():
    pids = {pid for _, _, pid in done(2, JOBS * 10)}
    assert os.getpid() in pids
    assert len(pids) == 2


def test_or_leaves_all_work_to_others():
    both = get_context("fork").Barrier(2, timeout=60)  # else one of them may have done all before the other begins

    def pid_of(jobs):
        if jobs[0] in (0, CHUNK):
            both.wait()
        return os.getpid()

    pids = set(map_chunks(pid_of, JOBS, 2, joins=False))
    assert os.getpid() not in pids
    assert len(pids) == 2


def test_few_jobs_start_no_workers():
    assert {pid for _, _, pid in done(8, JOBS[:CHUNK])} == {os.getpid()}


def test_no_jobs_are_no_work():
    assert done(4, []) == []


def test_a_worker_that_is_killed_is_told():
    me = os.getpid()

    def work(jobs):
        if os.getpid() != me:
            os.kill(os.getpid(), signal.SIGKILL)
        return jobs

    with pytest.raises(MachineError) as caught:
        list(map_chunks(work, JOBS, 2))
    assert caught.value.problems[0].code == "WORKER_KILLED"


def test_a_fault_of_a_worker_reaches_the_one_who_asked():
    me = os.getpid()

    def work(jobs):
        if os.getpid() != me:
            raise ZeroDivisionError
        return jobs

    with pytest.raises(ZeroDivisionError):
        list(map_chunks(work, JOBS, 2))


_FOR_EVER = """
import os, sys, time
from plugins.core.runtime.workers import map_chunks

def work(jobs):
    os.write(1, b"%d\\n" % os.getpid())  # in one piece, whoever else writes
    time.sleep(600)

list(map_chunks(work, list(range(2000)), 3, joins=False))
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_program(how):
    program = subprocess.Popen([sys.executable, "-c", _FOR_EVER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with program:
        try:
            assert program.stdout is not None
            workers = [int(program.stdout.readline()) for _ in range(3)]
            program.send_signal(how)
            assert program.stdout.read() == ""  # comes to its end when nobody is left who could write
        finally:
            program.kill()
    assert not any(os.path.exists(f"/proc/{pid}/cwd") for pid in workers if sys.platform == "linux")


_INTERRUPTED = """
import os, signal
from multiprocessing.process import BaseProcess
from plugins.core.runtime.workers import map_chunks

start = BaseProcess.start

def start_and_interrupt(process):
    start(process)
    os.kill(os.getpid(), signal.SIGINT)

BaseProcess.start = start_and_interrupt
list(map_chunks(len, list(range(2000)), 3))
"""


def test_an_interrupt_between_the_starts_of_two_workers_ends_the_program():
    program = subprocess.run([sys.executable, "-c", _INTERRUPTED], cwd=ROOT, capture_output=True, timeout=30)
    assert program.returncode == -signal.SIGINT


class Decoder:
    """What ends well only in the process that began it, as a decoder with threads of its own does."""

    def __init__(self, log):
        self.log, self.cycle = log, self

    def __del__(self):
        with self.log.open("a") as file:
            file.write(f"{os.getpid()}\n")


def test_no_worker_collects_what_its_program_has_left(tmp_path):
    log = tmp_path / "log"
    gc.disable()
    try:
        Decoder(log)
        with worker_pool(1) as pool:
            pool.submit(gc.collect).result()
        assert not log.exists()
        gc.collect()
        assert log.read_text() == f"{os.getpid()}\n"
    finally:
        gc.enable()


#: Half a result is on its way when its worker does something, and the rest never comes.
_SEND_HALF = """
import os, signal
from multiprocessing.connection import Connection
from plugins.core.errors import MachineError
from plugins.core.runtime.workers import CHUNK, map_chunks

def send_half_and(end):
    def send(self, data):
        os.write(self._handle, bytes(data)[: len(data) // 2])
        end()
    Connection._send = send  # of this worker alone
"""


def test_ctrl_c_ends_a_program_while_its_workers_send():
    program = f"""{_SEND_HALF}
def work(jobs):
    send_half_and(lambda: os.killpg(0, signal.SIGINT))
    return bytes(100_000)

try:
    list(map_chunks(work, range(4 * CHUNK), 2, joins=False))
except KeyboardInterrupt:
    print("stopped")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=30, start_new_session=True
    )
    assert (done.stdout, done.stderr) == ("stopped\n", "")


def test_a_worker_that_is_killed_while_it_sends_is_told_too():
    """As where memory runs out: the others cannot send any more, and the rest of what it was sending never comes."""
    program = f"""{_SEND_HALF}
def work(jobs):
    if jobs[0] == CHUNK:
        send_half_and(lambda: os.kill(os.getpid(), signal.SIGKILL))
    return bytes(100_000)

try:
    list(map_chunks(work, range(20 * CHUNK), 3, joins=False))
except MachineError as fault:
    print(fault.problems[0].code)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert (done.stdout, done.stderr) == ("WORKER_KILLED\n", "")
