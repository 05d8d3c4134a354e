"""make comments: what the server answers is laid beside the content, or the last file stays."""

import json
import time
from http.server import BaseHTTPRequestHandler

import pytest

from scripts import comments
from scripts.__main__ import main
from scripts.devserver import QuietServer
from tests.answering import answering
from tests.tiny import ROOT

ROW = {
    "uri": "/tin-tuc/bai/",
    "id": 1,
    "parent": None,
    "author": "Lan",
    "created": 9.5,
    "text": "<p>Hay.</p>",
    "mode": 1,
}
GOOD = json.dumps([ROW]).encode()


class Isso(BaseHTTPRequestHandler):
    """Answers what the test wants, as slowly as it wants."""

    status, answer, length, pause = 200, GOOD, None, 0.0

    def do_GET(self):
        self.send_response(self.status)
        self.send_header("Content-Length", str(self.length or len(self.answer)))
        self.end_headers()
        for byte in self.answer:
            try:
                self.wfile.write(bytes([byte]))
            except OSError:  # whoever asked has gone
                return
            time.sleep(self.pause)

    def log_message(self, format, *args):
        pass


@pytest.fixture
def server():
    """Return the address of a server whose answers the test may change."""
    handler = type("Own", (Isso,), {})
    with answering(QuietServer(("127.0.0.1", 0), handler)) as server:
        server.say = lambda **settings: [setattr(handler, name, value) for name, value in settings.items()]
        server.address = f"http://localhost:{server.server_port}"
        yield server


@pytest.fixture
def portal(tmp_path, server):
    """Runs the script with a configuration of its own: exit code and the file."""
    conf = tmp_path / "conf.py"

    def run(*more, address=server.address, setting="COMMENTS = {'isso': '%s'}"):
        lines = [f"import sys; sys.path.insert(0, {str(ROOT)!r})", "from pelicanconf import *"]
        lines += [f"CACHE_PATH = {str(tmp_path / 'cache')!r}", setting.replace("%s", address)]
        conf.write_text("\n".join(lines), "utf-8")
        code = main(["comments", "-s", str(conf), *more])
        file = tmp_path / "cache/comments.json"
        return code, file.read_bytes() if file.is_file() else b""

    return run


def test_what_was_approved_is_written_once(portal, tmp_path, capsys):
    code, written = portal()
    assert code == 0 and json.loads(written)[0]["author"] == "Lan"
    assert capsys.readouterr().out == "Có 1 bình luận đã duyệt, ở 1 bài.\n"
    before = (tmp_path / "cache/comments.json").stat()
    assert portal("-q") == (0, written) and capsys.readouterr() == ("", "")
    assert (tmp_path / "cache/comments.json").stat().st_ino == before.st_ino
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["comments.json"]


def test_comments_that_came_from_another_portal_stay(portal, tmp_path):
    (tmp_path / "cache").mkdir()
    old = {"thread": "/tin-tuc/bai/", "id": 1_000_000_003, "created": 5, "html": "<p>Cũ</p>"}
    gone = {"thread": "/tin-tuc/bai/", "id": 2, "created": 6, "html": "<p>Đã gỡ</p>"}
    (tmp_path / "cache/comments.json").write_text(json.dumps([old, gone]), "utf-8")
    for _ in range(2):
        rows = json.loads(portal()[1])
        assert [row["html"] for row in rows] == ["<p>Cũ</p>", "<p>Hay.</p>"]


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"status": 500}, "500"),
        ({"status": 404}, "latest-enabled"),
        ({"answer": b"<html>"}, "JSON"),
        ({"answer": b'{"message": "no"}'}, "array"),
        ({"answer": GOOD[:40]}, ""),
        ({"length": 10_000}, "IncompleteRead"),
        ({"pause": 0.05}, "quá 0.5 giây"),
    ],
)
def test_a_server_that_is_not_well_leaves_the_last_file_and_fails_nothing(
    portal, server, capsys, monkeypatch, settings, message
):
    _, before = portal("-q")
    if "pause" in settings:  # the others say what they have to say however busy this machine is
        monkeypatch.setattr(comments, "TIMEOUT_SECONDS", 0.5)
    server.say(**settings)
    assert portal() == (0, before) and before
    out, err = capsys.readouterr()
    assert out == "" and message in err and f"Không lấy được bình luận từ {server.address}" in err


def test_a_server_that_is_down_leaves_the_last_file_and_fails_nothing(portal, capsys):
    assert portal(address="http://localhost:9") == (0, b"")
    assert "giữ các bình luận của lần lấy trước" in capsys.readouterr().err


def test_without_the_setting_nobody_is_asked(portal, monkeypatch, capsys):
    monkeypatch.setattr(comments, "urlopen", None)
    assert portal(setting="") == (0, b"") and "COMMENTS" in capsys.readouterr().out
    assert portal("-q", setting="") == (0, b"") and capsys.readouterr().out == ""


def test_a_wrong_setting_is_told(portal, capsys):
    assert portal(setting="COMMENTS = {'iso': 'https://a.example'}")[0] == 2
    assert "[SETTING_INVALID] COMMENTS" in capsys.readouterr().err
