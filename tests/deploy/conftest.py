"""A server as install_server.py makes it, and an editor who pushes to it with a real git."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TINY = Path(__file__).parent / "tiny"
SITEURL = "https://tinhdoan.example.vn"
sys.path.insert(0, str(PROJECT / "scripts"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: builds the whole portal; minutes, not seconds")


def require(program: str) -> str:
    """The path of a system program. Without it CI fails and a developer's run skips, loudly."""
    found = shutil.which(program)
    if found is None:
        complaint = f"thiếu chương trình hệ thống “{program}”: apt-get install {program}"
        pytest.fail(complaint) if os.environ.get("CI") == "true" else pytest.skip(complaint)
    return found


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

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("git", "-C", str(self.clone), *words)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def portal(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The operator's command."""
        return self.run(str(self.root / "bin" / "portal"), *words)

    def write(self, text: str, *, name: str = "index", subject: str = "Sửa tin") -> str:
        """Commit a page and answer the commit."""
        (self.clone / "content" / f"{name}.txt").write_text(text + "\n", "utf-8")
        self.git("add", "--all")
        assert self.git("commit", "--message", subject).returncode == 0
        return self.git("rev-parse", "HEAD").stdout.strip()

    def push(self, *refs: str) -> Pushed:
        done = self.git("push", "origin", *(refs or ["main"]))
        return Pushed(done.returncode == 0, done.stderr)

    def publish(self, text: str) -> Pushed:
        """Write the home page, push it."""
        self.write(text)
        return self.push()

    def start_push(self) -> "subprocess.Popen[str]":
        """A push that goes on while the test does something else."""
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

    def let_build_go(self) -> None:
        (self.root / "cache" / "site" / "go").touch()


def eventually(happens: Callable[[], bool]) -> None:
    """Wait at most twenty seconds for something that must happen."""
    deadline = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < deadline, "không xảy ra trong 20 giây"
        time.sleep(0.02)


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder that other accounts may enter, as pytest's own tmp_path is not: nginx's
    workers run as another account than root's.
    """
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def environment(place: Path) -> dict[str, str]:
    """What git and make of a test see: no settings of the developer's or of an outer make's."""
    outer = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "MAKE", "MFLAGS"))
    }
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Biên tập viên"), ("EMAIL", "bbt@example.vn"))
    }
    home = place / "home"
    home.mkdir()
    return outer | identity | {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def install(place: Path, environment: dict[str, str]) -> Callable[..., Town]:
    """Run the installer as an operator would, and clone for an editor."""

    def run_installer(*words: str, project: Path = TINY, branch: str = "main") -> Town:
        for program in ("git", "make"):
            require(program)
        town = Town(place / "server", place / "clone", environment)
        script = str(PROJECT / "scripts" / "install_server.py")
        options = ["--root", str(town.root), "--siteurl", SITEURL, "--branch", branch, *words]
        installed = town.run(sys.executable, script, *options)
        assert installed.returncode == 0, installed.stdout + installed.stderr
        if not town.clone.exists():
            shutil.copytree(project, town.clone)
            (town.clone / "content").mkdir(exist_ok=True)
            town.git("init", "--initial-branch", "main")
            town.git("remote", "add", "origin", str(town.root / "portal.git"))
        return town

    return run_installer


@pytest.fixture
def town(install: Callable[..., Town]) -> Town:
    """A server just installed, and an editor's clone of the tiny project. Nothing pushed yet."""
    return install()
