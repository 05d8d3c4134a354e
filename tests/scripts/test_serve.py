"""``make serve``: the portal as it is being written."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.tiny import ROOT


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def served(tiny):
    port = free_port()
    command = [sys.executable, "scripts/serve.py", str(tiny.content), "-o", str(tiny.output), "-p", str(port)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        env={"CACHE": str(tiny.root / "cache"), "PATH": "/usr/bin"},
    )
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=10)
    process.stderr.close()


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.read().decode()
    except (urllib.error.HTTPError, ConnectionError, urllib.error.URLError) as fault:
        return fault.read().decode() if isinstance(fault, urllib.error.HTTPError) else ""


def eventually(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_an_edit_appears_a_mistake_is_shown_over_the_page_and_the_next_good_save_heals_it(tiny, served):
    story = f"{served}/tin-tuc/2026/05/bai/"
    assert eventually(lambda: "Một câu chuyện" in get(story))
    assert "EventSource" in get(story) and "EventSource" not in (tiny.output / "index.html").read_text()
    with urllib.request.urlopen(f"{served}/__events", timeout=30) as events:
        first = events.readline()
        events.readline()
        tiny.story(title="Tiêu đề đã sửa")
        assert events.readline() != first
    assert eventually(lambda: "Tiêu đề đã sửa" in get(story))
    tiny.story(title="Tiêu đề đã sửa", date="32/5/2026")
    assert eventually(lambda: "[DATE_INVALID]" in get(story)) and "Tiêu đề đã sửa" in get(story)
    tiny.story(title="Đã lành")
    assert eventually(lambda: "Đã lành" in get(story) and "DATE_INVALID" not in get(story))


def test_an_address_that_leads_nowhere_is_the_portals_own_404(served):
    assert eventually(lambda: "Không tìm thấy trang" in get(f"{served}/khong-co/"))


def test_a_port_in_use_is_said_with_another_to_try(tiny):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "scripts/serve.py", str(tiny.content), "-o", str(tiny.output), "-p", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and f"PORT={port + 1}" in done.stderr and "Traceback" not in done.stderr
