"""Case 78: when a release goes live, all that it needs is on the disk, and would be after a power cut."""

import os
import time
from pathlib import Path

import pytest

from scripts.publishing import standby
from scripts.publishing.accept import accept
from scripts.publishing.build import Result
from scripts.publishing.files import SYNCED_ONE_BY_ONE
from scripts.publishing.manifest import Release
from scripts.publishing.server import Server
from scripts.publishing.store import list_path


class Disk:
    """Knows which files and folders would be as they are after a power cut: those that were synced since they changed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.synced: dict[int, int] = {}
        self.all_synced_at = 0
        monkeypatch.setattr(os, "fsync", self.fsync)
        monkeypatch.setattr(os, "sync", self.sync)

    def fsync(self, file: int) -> None:
        status = os.fstat(file)
        self.synced[status.st_ino] = status.st_mtime_ns

    def sync(self) -> None:
        time.sleep(0.02)  # the kernel's clock of files is coarse
        self.all_synced_at = time.time_ns()
        time.sleep(0.02)

    def loses(self, path: Path) -> bool:
        status = path.lstat()
        return status.st_mtime_ns > self.all_synced_at and self.synced.get(status.st_ino) != status.st_mtime_ns


@pytest.fixture
def server(tmp_path: Path) -> Server:
    server = Server(tmp_path / "server")
    server.prepare()
    return server


def write(path: Path, text: str) -> None:
    """Write a file as builds do: aside, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    draft.write_text(text, "utf-8")
    draft.replace(path)


def deploy(server: Server, disk: Disk, name: str, pages: dict[str, str], pictures: list[str]) -> list[str]:
    """Make a release of pages and pictures; return what a power cut at its switch would take from readers."""
    base = standby.take(server)
    for path, text in pages.items():
        write(server.standby / path, text)
    for picture in pictures:
        if not (server.store / "anh" / picture).exists():
            write(server.store / "anh" / picture, picture)
    write(server.standby / ".portal-build" / "shared", "".join(f"anh/{picture}\n" for picture in sorted(pictures)))
    written = tuple(sorted(pages)) if base.release else None
    release = accept(server, base, Release(name, name[-1]), Result(written=written))
    site = server.releases / release.name
    needed = [
        *(path for path in [site, *site.rglob("*")] if not path.is_symlink()),
        *(server.store / "anh" / picture for picture in pictures),
        *(server.manifests / f"{name}{suffix}" for suffix in (".json", ".sha256")),
        *(server.releases, server.manifests, server.store / "anh", list_path(server, release.shared)),
    ]
    lost = [str(path.relative_to(server.root)) for path in needed if disk.loses(path)]
    server.switch(release.name)
    standby.make(server)
    return lost


@pytest.mark.parametrize("count", [3, SYNCED_ONE_BY_ONE + 1])
def test_what_goes_live_would_be_there_after_a_power_cut(
    server: Server, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    disk = Disk(monkeypatch)
    pages = {f"tin-tuc/{number % 7}/{number}/index.html": f"{number}" for number in range(count)}
    pictures = [f"{number}.avif" for number in range(count)]
    assert deploy(server, disk, "20261120T000001Z-a", {**pages, "index.html": "1"}, pictures) == []
    more = {"index.html": "2", "tin-tuc/moi/index.html": "mới"}
    assert deploy(server, disk, "20261120T000002Z-b", more, [*pictures, "moi.avif"]) == []
    more = {f"video/{number}/index.html": "phim" for number in range(count)}
    assert deploy(server, disk, "20261120T000003Z-c", {**more, "index.html": "3"}, pictures) == []


def test_what_a_build_of_the_same_second_has_left_is_in_nobodys_way(server: Server) -> None:
    """A kill between two steps leaves notes, or a release without its manifest, of the name that comes again."""
    name = "20261120T000002Z-b"
    for left in (standby.notes_of(server, name), server.releases / name):
        write(left / "files", "dở dang")
    write(server.standby / "index.html", "1")
    write(server.standby / ".portal-build" / "files", "index.html")
    release = accept(server, standby.Base(), Release(name, "b"), Result())
    assert (server.releases / release.name / "index.html").read_text() == "1"
    assert not (server.releases / release.name / "files").exists()
    assert (standby.notes_of(server, name) / "files").read_text() == "index.html"


def test_the_switch_itself_survives_a_power_cut(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    server.switch("20261120T000001Z-a")
    assert not disk.loses(server.root)
