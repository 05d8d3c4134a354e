"""docs/nginx.conf as it stands, in a real nginx, over the releases of a real push."""

import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.local_nginx import served
from tests.deploy.town import Town, require

pytestmark = pytest.mark.deploy


@dataclass
class Web:
    """What a reader may ask of the server."""

    port: int

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.ask("GET", path, **headers)

    def ask(
        self, method: str, path: str, sent: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers in lower case, and the whole body (a short one raises)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, sent, headers)
            answer = connection.getresponse()
            body = answer.read()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body
        finally:
            connection.close()


@pytest.fixture
def web(town: Town, open_folder: Path) -> Iterator[Web]:
    """nginx with docs/nginx.conf, of which only the folder and the port are ours."""
    with served(town.root, open_folder, require("nginx")) as port:
        yield Web(port)


def fill(town: Town, **pages: str) -> None:
    """Publish these files as they are, beside the pages that the tiny project builds."""
    makefile = (town.clone / "Makefile").read_text("utf-8")
    copies = "\t@cp -r --remove-destination files/. $(OUTPUT)\n"
    (town.clone / "Makefile").write_text(makefile + copies, "utf-8")
    for name, text in pages.items():
        path = town.clone / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_readers_get_whole_pages_with_status_200_throughout_twenty_switches(town: Town, web: Web) -> None:
    """Each answer is one release or the other, never a part, never an error."""
    pages = {}
    for number in (1, 2):
        town.publish(f"Tin {number} " + "đoàn viên " * 20_000)
        pages[town.live] = (town.current / "index.html").read_bytes()
    stop, seen, failures = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                status, _, body = web.get("/")
            except (OSError, http.client.HTTPException) as error:
                failures.append(repr(error))
                return
            (seen if status == 200 and body in pages.values() else failures).append(status)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    names = sorted(pages)
    for turn in range(20):
        before = len(seen)
        assert town.portal("rollback", names[turn % 2]).returncode == 0
        deadline = time.monotonic() + 5
        while len(seen) < before + 4 and not failures and time.monotonic() < deadline:
            time.sleep(0.005)
        assert web.get("/")[2] == pages[names[turn % 2]]
    stop.set()
    for reader in readers:
        reader.join(timeout=15)
    assert failures == []
    assert len(seen) >= 80


def test_what_was_installed_and_pushed_with_a_private_umask_is_readable_for_nginx(town: Town, web: Web) -> None:
    """nginx's workers are another account; umask 077 and tempfile's 0600 do not matter."""
    town.publish("Tin")
    assert web.get("/")[0] == 200


def test_a_missing_page_is_the_404_page_with_status_404(town: Town, web: Web) -> None:
    """Also a folder without an index, and the page's own address; kept a minute at most."""
    fill(town, **{"anh/1.jpg": "jpeg"})
    town.write("Không tìm thấy trang", name="404")
    town.publish("Tin")
    for path in ("/khong-co/", "/theme/cu.css", "/anh/", "/404.html", "/%2e%2e/portal.env"):
        status, headers, body = web.get(path)
        assert (path, status) == (path, 400 if "%2e" in path else 404)
        if status == 404:
            assert body.startswith("Không tìm thấy trang".encode())
            assert headers["cache-control"] == "public, max-age=60"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")


def test_case_55_what_a_reader_sends_is_refused(town: Town, web: Web) -> None:
    """The portal is files: a comment, a form or a flood of bytes has nowhere to go."""
    town.publish("Tin")
    assert web.ask("POST", "/", b"<script>x</script>")[0] == 405
    assert web.ask("POST", "/tim-kiem/", b"x" * 2_000)[0] == 413
    assert web.ask("PUT", "/index.html", b"x")[0] == 405 and web.ask("DELETE", "/index.html")[0] == 405


def test_hidden_files_are_not_there(town: Town, web: Web) -> None:
    """404 for .git and .env; .well-known, which certificates need, is served."""
    fill(town, **{".env": "x", "a/.b/c.html": "x", ".well-known/x.txt": "có"})
    town.publish("Tin")
    # git refuses to commit a folder of this name; a careless copy on the server would not.
    (town.current / ".git").mkdir()
    (town.current / ".git" / "config").write_text("x", "utf-8")
    for path in ("/.env", "/.git/config", "/a/.b/c.html"):
        assert web.get(path)[0] == 404
    assert web.get("/.well-known/x.txt")[0] == 200


def test_hashed_files_are_kept_a_year_and_pages_a_minute(town: Town, web: Web) -> None:
    """What has its digest in its name never changes; a corrected story must show."""
    fill(town, **{"theme/a.1f.css": "a{}", "anh/2b.avif": "avif", "tin/index.html": "<p>"})
    town.publish("Tin")
    for path in ("/theme/a.1f.css", "/anh/2b.avif"):
        assert web.get(path)[1]["cache-control"] == "public, max-age=31536000, immutable"
    for path in ("/", "/tin/"):
        assert web.get(path)[1]["cache-control"] == "public, max-age=60"
    status, headers, _ = web.get("/tin")
    assert (status, headers["location"]) == (301, "/tin/")


def test_text_is_utf8_and_compressed_and_types_are_right(town: Town, web: Web) -> None:
    """Vietnamese shows whatever the page says of itself; phones load a fraction of the bytes."""
    long = "Đoàn viên " * 500
    kinds = {
        "a.html": "text/html; charset=utf-8",
        "a.css": "text/css; charset=utf-8",
        "a.xml": "text/xml; charset=utf-8",
        "a.svg": "image/svg+xml",
        "a.webmanifest": "application/manifest+json",
        "lich.ics": "text/calendar; charset=utf-8",
        "bang.csv": "text/csv; charset=utf-8",
        "phu-de.vtt": "text/vtt; charset=utf-8",
        "the/a/atom.xml": "application/atom+xml; charset=utf-8",
        "rss.xml": "application/rss+xml; charset=utf-8",
        "feed.json": "application/feed+json; charset=utf-8",
    }
    fill(town, **dict.fromkeys(kinds, long))
    town.publish("Tin")
    for name, kind in kinds.items():
        status, headers, body = web.get(f"/{name}", **{"Accept-Encoding": "gzip"})
        assert (status, headers["content-type"]) == (200, kind)
        assert headers["content-encoding"] == "gzip"
        assert len(body) < len(long.encode()) / 10
