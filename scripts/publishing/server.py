"""The folder on the server: which releases it holds, which one is live, who may change it."""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from .outcome import Exit, ReleaseError, say

KEPT_RELEASES = 5
VIETNAM = timezone(timedelta(hours=7))
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Release:
    """One whole site that was built and can be served. The fields are its manifest's."""

    name: str
    commit: str
    author_date: str
    subject: str
    files: dict[str, str]

    @property
    def built_at(self) -> datetime:
        """The moment in its name."""
        return datetime.strptime(self.name.partition("-")[0], STAMP).replace(tzinfo=UTC)

    def __str__(self) -> str:
        moment = self.built_at.astimezone(VIETNAM)
        return f"{self.name}  {moment:%d/%m/%Y %H:%M}  {self.commit[:12]}  {self.subject}"


def next_name(now: datetime, commit: str, history: list[Release]) -> str:
    """Return a name that sorts after every other, also when the clock was set back."""
    if history:
        now = max(now, history[-1].built_at + timedelta(seconds=1))
    return f"{now:{STAMP}}-{commit[:12]}"


class Server:
    """Where things are under ROOT.

    portal.git    the bare repository that editors push to; its HEAD names the published branch
    portal.env    KEY=VALUE lines for the build's environment; SITEURL is required
    releases/     one folder per whole release, <UTC time>-<short commit>
    manifests/    one JSON per release: a folder without one is not a release
    current       symlink to the live release: the only thing that a switch changes
    cache/        what makes the next build quick: Python packages, pictures
    work/         the build in progress, emptied before and after each
    log/          what each build said
    bin/          copies of the programs that do this
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        # These paths become make variables, where a blank, $ or # would change their meaning.
        if not re.fullmatch(r"[\w./+-]+", str(self.root)):
            reason = "chứa ký tự không dùng được (dấu cách, $, #, …)"
            raise ReleaseError(Exit.CONFIGURATION, f"Đường dẫn {self.root} {reason}.")
        self.repo = self.root / "portal.git"
        self.settings_file = self.root / "portal.env"
        self.releases = self.root / "releases"
        self.manifests = self.root / "manifests"
        self.current = self.root / "current"
        self.cache = self.root / "cache"
        self.work = self.root / "work"
        self.logs = self.root / "log"
        self.bin = self.root / "bin"

    def prepare(self) -> None:
        """Make the folders; refuse to act as another account than the one that owns them."""
        self.root.mkdir(parents=True, exist_ok=True)
        if self.root.stat().st_uid != os.geteuid():
            owner = self.root.owner()
            message = f"{self.root} thuộc về tài khoản {owner}. Chạy lại bằng: sudo -u {owner} …"
            raise ReleaseError(Exit.ENVIRONMENT, message)
        for folder in (self.releases, self.manifests, self.cache, self.logs):
            folder.mkdir(exist_ok=True)

    def settings(self) -> dict[str, str]:
        """Return what portal.env says; blank lines and # comments are allowed."""
        settings = {}
        lines = self.settings_file.read_text("utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            key, equals, value = line.strip().partition("=")
            if equals and re.fullmatch(r"[A-Za-z_]\w*", key):
                settings[key] = value.strip("\"'")
            elif key and not key.startswith("#"):
                where = f"{self.settings_file}:{number}"
                raise ReleaseError(Exit.CONFIGURATION, f"{where}: phải viết TÊN=GIÁ_TRỊ.")
        if not settings.get("SITEURL"):
            message = f"{self.settings_file}: thiếu dòng SITEURL=https://…"
            raise ReleaseError(Exit.CONFIGURATION, message)
        return settings

    def history(self) -> list[Release]:
        """Return every whole release, oldest first."""
        manifests = sorted(self.manifests.glob("*.json"))
        whole = [path for path in manifests if (self.releases / path.stem).is_dir()]
        return [Release(path.stem, **json.loads(path.read_bytes())) for path in whole]

    def live_name(self) -> str | None:
        """Return the name of the release that readers see."""
        return self.current.readlink().name if self.current.is_symlink() else None

    @contextmanager
    def locked(self, name: str) -> Iterator[int]:
        """Hold one of two locks: `build` for a whole build, `switch` for the change of `current`.

        The kernel lets go of a flock when its last holder dies: nothing is left to clean up.
        """
        with (self.root / f".{name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Máy chủ đang bận với một bản khác, xin chờ…")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock.fileno()

    def accept(self, site: Path, release: Release) -> None:
        """Make the finished folder `site` a release, safe on the disk before it can go live."""
        os.replace(site, self.releases / release.name)
        manifest = asdict(release)
        del manifest["name"]
        write_whole(
            self.manifests / f"{release.name}.json",
            json.dumps(manifest, ensure_ascii=False, indent=1) + "\n",
        )
        # One call for ten thousand files; an fsync of each would take longer than the build.
        os.sync()

    def switch(self, name: str) -> None:
        """Show release `name` to readers from the next request on: one rename(2)."""
        new = self.root / ".current.new"
        new.unlink(missing_ok=True)
        new.symlink_to(f"releases/{name}")
        os.replace(new, self.current)
        sync_folder(self.root)

    def prune(self) -> None:
        """Keep the newest release of each of the last five commits, and the live one.

        A commit counts once: a nightly rebuild must not push what one may go back to off the end.
        """
        newest_by_commit: dict[str, str] = {}
        for release in reversed(self.history()):
            newest_by_commit.setdefault(release.commit, release.name)
        names_to_keep = {*list(newest_by_commit.values())[:KEPT_RELEASES], self.live_name()}
        # Manifests first: a prune that is killed then leaves no half folder that seems whole.
        for manifest in self.manifests.iterdir():
            if manifest.stem not in names_to_keep:
                manifest.unlink()
        for folder in self.releases.iterdir():
            if folder.name not in names_to_keep:
                shutil.rmtree(folder)


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that a reader finds the old text or the new, never a part."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(mode)
    os.replace(temporary, path)


def sync_folder(folder: Path) -> None:
    """Have a rename in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
