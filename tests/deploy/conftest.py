"""A server as install_server.py makes it, and an editor who pushes to it with a real git."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.deploy.town import PROJECT, SITEURL, TINY, Town, require


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return an empty folder that other accounts may enter, as pytest's own tmp_path is not: nginx's
    workers run as another account than root's.
    """
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def environment(open_folder: Path) -> dict[str, str]:
    """Return the environment of git and make in a test: no settings of the developer's or of an outer make's."""
    outer = {
        key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "MAKE", "MFLAGS", "PYTHON"))
    }
    identity = {
        f"GIT_{who}_{field}": value
        for who in ("AUTHOR", "COMMITTER")
        for field, value in (("NAME", "Biên tập viên"), ("EMAIL", "bbt@example.vn"))
    }
    home = open_folder / "home"
    home.mkdir()
    # this Python itself: what pyenv puts before it takes longer to find it than a small build takes
    path = f"{Path(sys.base_prefix, 'bin')}:{outer['PATH']}"
    return outer | identity | {"HOME": str(home), "PATH": path, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def install(open_folder: Path, environment: dict[str, str]) -> Iterator[Callable[..., Town]]:
    """Run the installer as an operator would, and clone for an editor."""
    towns: list[Town] = []

    def run_installer(*words: str, project: Path = TINY, branch: str = "main") -> Town:
        for program in ("git", "make"):
            require(program)
        town = Town(open_folder / "server", open_folder / "clone", environment)
        towns.append(town)
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

    yield run_installer
    for town in towns:
        town.settle()


@pytest.fixture
def town(install: Callable[..., Town]) -> Town:
    """Return a server just installed, and an editor's clone of the tiny project. Nothing pushed yet."""
    return install()
