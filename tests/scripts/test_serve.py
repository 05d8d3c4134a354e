"""``make serve``: the portal as it is being written."""

import http.client
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress

import pytest

from plugins.core.build.output import MARK
from scripts import serve
from scripts.devserver import Board, Server
from tests.answering import answering
from tests.tiny import ROOT, a_jpeg


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def served(tiny):
    with serving(tiny) as (address, _):
        yield address


@contextmanager
def serving(tiny):
    port = free_port()
    command = [sys.executable, "-m", "scripts", "serve", str(tiny.content), "-o", str(tiny.output), "-p", str(port)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        env={"CACHE": str(tiny.root / "cache"), "PATH": "/usr/bin"},
    )
    lines = []
    listening = threading.Thread(target=lambda: lines.extend(process.stderr), daemon=True)
    listening.start()
    try:
        yield f"http://127.0.0.1:{port}", lines
        assert process.poll() is None and not [line for line in lines if "Traceback" in line], lines
    finally:
        process.terminate()
        process.wait(timeout=10)
        listening.join(timeout=10)
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
    assert eventually((tiny.output / "index.html").is_file)  # it may come after the story
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
        command = [sys.executable, "-m", "scripts", "serve", str(tiny.content), "-o", str(tiny.output), "-p", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and f"PORT={port + 1}" in done.stderr and "Traceback" not in done.stderr


def test_a_save_during_the_first_build_and_a_content_folder_that_is_replaced_are_seen(tiny):
    story = "/tin-tuc/2026/05/bai/"
    with serving(tiny) as (address, _):
        assert eventually(lambda: "Một câu chuyện" in get(address + story))
        tiny.content.rename(tiny.root / "cu")
        shutil.copytree(tiny.root / "cu", tiny.content)
        tiny.story(title="Nhánh khác")
        assert eventually(lambda: "Nhánh khác" in get(address + story))
        tiny.story(title="Sửa trong thư mục mới")
        assert eventually(lambda: "Sửa trong thư mục mới" in get(address + story))
        shutil.rmtree(tiny.content)
        assert eventually(lambda: "CONTENT_MISSING" in get(address + story))
        shutil.copytree(tiny.root / "cu", tiny.content)
        assert eventually(lambda: "Một câu chuyện" in get(address + story) and "[" not in note(get(address + story)))


def note(html):
    return html.partition('<div role="alert"')[2].partition("</div>")[0]


def test_what_was_saved_before_the_system_told_of_it_is_found_when_it_is_quiet(tiny):
    seen = serve.snapshot([tiny.content])
    tiny.story(title="Lưu trong lúc dựng lần đầu")
    snapshot = next(serve.changes([tiny.content], seen))
    assert {path for path in snapshot if snapshot[path] != seen[path]} == {
        str(tiny.content / "tin-tuc/2026/05/bai/index.md")
    }


def test_what_the_machine_refuses_is_shown_and_the_next_build_is_tried(tiny):
    story = "/tin-tuc/2026/05/bai/"
    with serving(tiny) as (address, lines):
        assert eventually(lambda: "Một câu chuyện" in get(address + story))
        put_a_file_in_place_of(tiny.root / "cache")  # no cache can be kept, as on a full disk
        tiny.story(title="Lần hai")
        assert eventually(lambda: "[MACHINE]" in get(address + story)), lines
        (tiny.root / "cache").unlink()
        tiny.story(title="Lần ba")
        assert eventually(lambda: "Lần ba" in get(address + story) and "MACHINE" not in get(address + story)), lines


def put_a_file_in_place_of(folder):
    """Move `folder` away, though the pictures of a build may be written into it at this moment."""
    for number in range(100):
        folder.rename(folder.with_name(f"{folder.name}-{number}"))
        with suppress(FileExistsError):  # made again in between
            return folder.touch(exist_ok=False)
    raise AssertionError(f"{folder} is made again and again")


def test_browsers_that_leave_are_not_told(tiny):
    (tiny.content / "tin-tuc/2026/05/bai/to.csv").write_bytes(b"a,b\n" * 1_000_000)
    tiny.story(body="[x](to.csv)")
    with serving(tiny) as (address, lines):
        assert eventually(lambda: "Một câu chuyện" in get(f"{address}/tin-tuc/2026/05/bai/"))
        port = int(address.rpartition(":")[2])
        for path in ("/tin-tuc/2026/05/bai/to.csv", "/__events", "/"):
            for _ in range(3):
                with socket.create_connection(("127.0.0.1", port)) as leaving:
                    leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset
                    leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                    leaving.recv(10)
        assert "Một câu chuyện" in get(f"{address}/tin-tuc/2026/05/bai/")
        assert not [line for line in lines if "Exception" in line or "Error" in line], lines


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ("bytes=0-3", 206, b"0123"),
        ("bytes=4-", 206, b"456789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=10-", 416, b""),
        ("bytes=5-2", 200, b"0123456789"),
        ("bytes=0-1,4-5", 200, b"0123456789"),
        ("lines=0-1", 200, b"0123456789"),
        ("", 200, b"0123456789"),
    ],
)
def test_a_player_gets_the_part_of_a_film_that_it_asks_for(tmp_path, asked, status, body):
    (tmp_path / "phim.mp4").write_bytes(b"0123456789")
    with answering(Server(tmp_path, Board(), 0)) as server:
        request = urllib.request.Request(f"http://127.0.0.1:{server.server_port}/phim.mp4", headers={"Range": asked})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                assert (answer.status, answer.read()) == (status, body) and answer.headers["Accept-Ranges"] == "bytes"
                assert answer.headers.get("Content-Range", "").endswith("/10") == (status == 206)
                assert answer.headers["Content-Type"] == "video/mp4"
        except urllib.error.HTTPError as fault:
            assert (fault.code, fault.headers["Content-Range"]) == (status, "bytes */10")


@contextmanager
def a_server(folder):
    with answering(Server(folder, Board(), free_port())) as server:
        yield server.server_address[1]


def asked(port, method, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_a_build_keeps_for_itself_and_what_is_no_page_is_not_shown(tmp_path, capfd, method):
    for path in (f"{MARK}/files", f"{MARK}.7/files", "thu-muc/a.txt"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("bí mật")
    (tmp_path / "404.html").write_text("<body>không có</body>")
    with a_server(tmp_path) as port:
        for path in (f"/{MARK}/files", f"/{MARK}", "/%2Eportal-build/files", f"//x/..//{MARK}/files", f"/{MARK}.7/files",
                     "/thu-muc/", "/" + "a" * 400, "/..%2f..%2fetc/passwd", "/%00", "/a%00.html"):  # fmt: skip
            status, body = asked(port, method, path)
            assert status == 404 and b"\xc3\xad m" not in body, path
    assert "Traceback" not in capfd.readouterr().err


def test_a_page_in_another_encoding_and_a_range_without_end_are_answered(tmp_path, capfd):
    (tmp_path / "cu.html").write_bytes("<body>cũ</body>".encode("utf-16"))
    (tmp_path / "phim.mp4").write_bytes(b"0123456789")
    with a_server(tmp_path) as port:
        assert asked(port, "GET", "/cu.html")[0] == 200
        assert asked(port, "GET", "/phim.mp4", Range=f"bytes=0-{'9' * 5000}") == (200, b"0123456789")
        assert asked(port, "GET", "/phim.mp4", Range="Bytes=2-3") == (206, b"23")
    assert "Traceback" not in capfd.readouterr().err


def test_all_tabs_share_one_connection(tmp_path):
    (tmp_path / "index.html").write_text("<body></body>")
    with answering(Server(tmp_path, Board(), 0)) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        assert 'new SharedWorker("/__events.js")' in get(f"{address}/")
        assert 'new EventSource("/__events")' in get(f"{address}/__events.js")


def test_ctrl_c_ends_it_with_130_and_no_traceback(tiny):
    port = free_port()
    command = [sys.executable, "-m", "scripts", "serve", str(tiny.content), "-o", str(tiny.output), "-p", str(port)]
    environ = {"CACHE": str(tiny.root / "cache"), "PATH": "/usr/bin"}
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=environ) as process:
        try:
            assert eventually(lambda: "Một câu chuyện" in get(f"http://127.0.0.1:{port}/tin-tuc/2026/05/bai/"))
            process.send_signal(signal.SIGINT)
            stderr = process.communicate(timeout=20)[1]
        finally:
            process.kill()
    assert process.returncode == 130 and "Traceback" not in stderr, stderr


def test_code_that_cannot_be_loaded_is_told_before_the_program_is_replaced_by_it(tmp_path, monkeypatch):
    assert serve.code_error() == ""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/serve.py").write_text("def (:\n")
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    assert "SyntaxError" in serve.code_error()


def test_pages_come_first_and_each_picture_when_a_browser_asks_for_it(tiny):
    tiny.write("tin-tuc/2026/05/bai/lon.jpg", a_jpeg(3000, 2000))
    tiny.story(image="lon.jpg", image_alt="Một bức ảnh lớn")
    with serving(tiny) as (address, lines):
        story = f"{address}/tin-tuc/2026/05/bai/"
        assert eventually(lambda: "-1080.avif" in get(story))
        path = re.search(r"/anh/[\w-]+-1080\.avif", get(story))[0]
        with urllib.request.urlopen(address + path, timeout=60) as answer:
            assert answer.headers["Content-Type"] == "image/avif" and answer.read()[4:12] == b"ftypavif"
        assert eventually(lambda: any("Đã chuẩn bị xong 1 ảnh." in line for line in lines), 60), lines
        assert (tiny.output / path[1:]).is_file()
    served = tiny.files()
    shutil.rmtree(tiny.output)
    port = address.rpartition(":")[2]
    assert tiny.pelican("-e", f'SITEURL="http://localhost:{port}"', conf="pelicanconf.py").returncode == 0
    assert {name for name, data in tiny.files().items() if served.get(name) != data and MARK not in name} == set()


def test_a_broken_picture_is_told_when_all_others_are_made(tiny):
    raw = bytearray(a_jpeg(900, 600))
    raw[len(raw) // 2 : len(raw) // 2 + 40] = bytes(40)
    tiny.write("tin-tuc/2026/05/bai/hong.jpg", raw)
    tiny.story(image="hong.jpg", image_alt="Một bức ảnh")
    with serving(tiny) as (address, lines):
        assert eventually(lambda: any("[PICTURE_BROKEN]" in line for line in lines), 60), lines
        assert eventually(lambda: "[PICTURE_BROKEN]" in get(f"{address}/"))
