"""A server, an editor's clone of a tiny project, and nginx, to be broken."""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scripts.bench.push import PushSite
from scripts.publishing.manifest import load_release, load_sums
from scripts.publishing.outcome import ReleaseError
from scripts.publishing.server import Server
from scripts.publishing.store import load_store_sums, names_in
from scripts.publishing.verify import differences_of

ROOT = Path(__file__).resolve().parent.parent.parent
TINY = ROOT / "tests" / "deploy" / "tiny"
INJECTED = Path(__file__).parent / "injected"


class Site(PushSite):
    """The tiny project of the deploy tests on a server. Page ``/`` begins with the word that was pushed last."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, 0, 0)
        self.server = Server(self.root)
        self.hook = self.root / "portal.git" / "hooks" / "post-receive"

    def lay_out(self, pages: int = 5) -> None:
        """Install the server and publish the first release."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        installer = ROOT / "scripts" / "install_server.py"
        self.run(sys.executable, str(installer), "--root", str(self.root), "--siteurl", "https://soak.example.vn")
        # -E keeps PYTHONPATH out of the programs; here it is how they are broken.
        for program in (self.hook, self.root / "bin" / "portal"):
            program.write_text(program.read_text("utf-8").replace(" -E -s -S ", " -s "), "utf-8")
        shutil.copytree(TINY, self.clone)
        (self.clone / "content").mkdir(exist_ok=True)
        for number in range(pages):
            (self.clone / "content" / f"trang-{number}.txt").write_text(f"Trang {number}\n", "utf-8")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("remote", "add", "origin", str(self.root / "portal.git"))
        self.write("tin0")
        self.git("push", "-q", "origin", "main")
        self.settle()

    def write(self, word: str) -> str:
        """Commit a new word on the home page, with a style sheet of its own, and on another page."""
        (self.clone / "content" / "index.txt").write_text(f"{word}\nCSS {word}\n", "utf-8")
        (self.clone / "content" / "trang-0.txt").write_text(f"Trang 0 {word}\n", "utf-8")
        self.commit(word)
        return word

    def push(self, **environ: str) -> str:  # type: ignore[override]
        """Push with more in the environment; whatever happens to it. Returns what the pusher read."""
        done = subprocess.run(
            ["git", "-C", str(self.clone), "push", "origin", "main"],
            env=self.environ | environ,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )
        return done.stderr

    def settle(self) -> None:
        for name in (".build.lock", ".prune.lock"):
            with suppress(FileNotFoundError), (self.root / name).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)

    def live_word(self) -> str:
        """Return the word of the live home page."""
        return (self.root / "current" / "index.html").read_text("utf-8").partition("\n")[0]

    def broken(self) -> list[str]:
        """Return what is wrong with the live release: nothing, or the site is not one whole release."""
        name = self.server.live_name()
        release = load_release(self.server.manifests / f"{name}.json") if name else None
        if not name or release is None:
            return [f"bản đang chạy không có bản kê: {name}"]
        try:
            sums = load_sums(self.server.manifests, name)
        except ReleaseError as error:
            return [str(error)]
        store = load_store_sums(self.server)
        shared = {path: store.get(path, "") for path in names_in(self.server, release.shared)}
        return [
            *differences_of(self.server.releases / name, sums),
            *differences_of(self.server.store, shared, is_open=True),
        ]

    def kill_session(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a push with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    @contextmanager
    def pushing(self, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run a push in the background."""
        command = ["git", "-C", str(self.clone), "push", "-q", "origin", "main"]
        with subprocess.Popen(
            command,
            env=self.environ | environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            yield process

    def ask(self, path: str, connection: http.client.HTTPConnection) -> tuple[int, bytes]:
        """Ask nginx over a connection that is kept. A truncated answer raises."""
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def wait_for_nginx(self) -> None:
        deadline = time.monotonic() + 20
        while not self.get("/") and time.monotonic() < deadline:
            time.sleep(0.02)
