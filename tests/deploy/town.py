"""The two sides of publishing: a server's folder, and an editor's clone beside it."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TINY = Path(__file__).parent / "tiny"
SITEURL = "https://tinhdoan.example.vn"


def require(program: str) -> str:
    """Return the path of a system program. Without it CI fails and a developer's run skips, loudly."""
    # Debian keeps nginx where only root looks.
    path = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        complaint = f"thiếu chương trình hệ thống “{program}”: apt-get install {program}"
        pytest.fail(complaint) if os.environ.get("CI") == "true" else pytest.skip(complaint)
    return path


@dataclass
class Pushed:
    """How a push ended: whether git was content, and what the pusher read."""

    accepted: bool
    answer: str


@dataclass
class Town:
    """The server's folder and the editor's clone."""

    root: Path
    clone: Path
    environment: dict[str, str] = field(repr=False)

    @property
    def current(self) -> Path:
        return self.root / "current"

    @property
    def releases(self) -> list[str]:
        return sorted(path.name for path in (self.root / "releases").iterdir())

    @property
    def live(self) -> str:
        return self.current.readlink().name

    def home_page(self) -> str:
        return (self.current / "index.html").read_text("utf-8")

    def fingerprint(self) -> dict[str, str]:
        """Everything that a reader could be served, by path: names and bytes."""
        return {
            str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.current.resolve().rglob("*"))
            if path.is_file()
        }

    def git(self, *words: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        return self.run("git", "-C", str(self.clone), *words, seconds=seconds)

    def run(self, *command: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """Under the most private umask: what readers are to see must not depend on it."""
        return subprocess.run(
            command,
            env=self.environment,
            umask=0o077,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )

    def portal(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the operator's command, and wait until what it left to be done is done."""
        done = self.run(str(self.root / "bin" / "portal"), *words)
        self.settle()
        return done

    def set(self, name: str, value: str) -> None:
        """Change a line of portal.env, as an operator may at any time."""
        file = self.root / "portal.env"
        lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith(f"{name}=")]
        file.write_text("\n".join([*lines, f"{name}={value}", ""]), "utf-8")

    def settle(self) -> None:
        """Wait until nothing is built, prepared or deleted any more."""
        for name in (".build.lock", ".prune.lock"):
            with suppress(FileNotFoundError), (self.root / name).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)

    def write(self, text: str, *, name: str = "index", subject: str = "Sửa tin") -> str:
        """Commit a page and answer the commit."""
        (self.clone / "content" / f"{name}.txt").write_text(text + "\n", "utf-8")
        self.git("add", "--all")
        assert self.git("commit", "--message", subject).returncode == 0
        return self.git("rev-parse", "HEAD").stdout.strip()

    def push(self, *refs: str, seconds: float = 60) -> Pushed:
        done = self.git("push", "origin", *(refs or ["main"]), seconds=seconds)
        self.settle()
        return Pushed(done.returncode == 0, done.stderr)

    def publish(self, text: str) -> Pushed:
        """Write the home page, push it."""
        self.write(text)
        return self.push()

    def start_push(self) -> "subprocess.Popen[str]":
        """Start a push that goes on while the test does something else."""
        return subprocess.Popen(
            ["git", "-C", str(self.clone), "push", "origin", "main"],
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_for_build(self) -> None:
        """Until a build stands still at its line CHỜ."""
        eventually((self.root / "cache" / "site" / "waiting").exists)

    def deployer(self) -> int:
        """Return the process id of the hook's release.py."""
        arguments = [str(self.root / "bin" / "release.py").encode(), b"receive"]
        for process in Path("/proc").iterdir():
            with suppress(OSError):  # others end meanwhile
                if process.name.isdigit():
                    words = (process / "cmdline").read_bytes().split(b"\0")
                    if all(word in words for word in arguments):
                        return int(process.name)
        raise AssertionError("không có bản dựng nào đang chạy")

    def start_hook(self, lines: str) -> "subprocess.Popen[str]":
        """Start the hook as git does after it has taken a push."""
        with tempfile.TemporaryFile("w+") as stdin_lines:
            stdin_lines.write(lines)
            stdin_lines.seek(0)
            return subprocess.Popen(
                [str(self.root / "portal.git" / "hooks" / "post-receive")],
                env=self.environment,
                stdin=stdin_lines,
                stdout=subprocess.PIPE,
                text=True,
            )

    def builders(self) -> list[int]:
        """Return the process ids of what runs in this server's work tree."""
        tree = str(self.root / "work" / "tree")
        processes = []
        for process in Path("/proc").iterdir():
            with suppress(OSError):
                if process.name.isdigit() and os.readlink(process / "cwd") == tree:
                    processes.append(int(process.name))
        return processes

    def let_build_go(self) -> None:
        (self.root / "cache" / "site" / "go").touch()


def eventually(happens: Callable[[], bool]) -> None:
    """Wait at most twenty seconds for something that must happen."""
    deadline = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < deadline, "không xảy ra trong 20 giây"
        time.sleep(0.02)
