"""The folder on the server: which releases it holds, which one is live, who may change it."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from .files import sync
from .layout import Layout
from .manifest import Release, load_release
from .outcome import Exit, ReleaseError, say


class Server(Layout):
    """One portal's folder on a server."""

    def prepare(self) -> None:
        """Make the folders; refuse to act as another account than the one that owns them."""
        self.root.mkdir(parents=True, exist_ok=True)
        # The owner may have given the root itself to another account, so that no build writes beside its folders.
        owned = self.releases if self.releases.exists() else self.root
        if owned.stat().st_uid != os.geteuid():
            owner = owned.owner()
            message = f"{self.root} thuộc về tài khoản {owner}. Chạy lại bằng: sudo -u {owner} …"
            raise ReleaseError(Exit.ENVIRONMENT, message)
        for folder in (
            *(self.releases, self.manifests, self.store, self.logs),
            *(self.site_cache, self.environments, self.work),
        ):
            folder.mkdir(exist_ok=True, parents=True)

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
        """Return every whole release, oldest first. A manifest that cannot be read stands for none, and is told."""
        releases = []
        for path in sorted(self.manifests.glob("*.json")):
            if not (self.releases / path.stem).is_dir():
                continue
            if release := load_release(path):
                releases.append(release)
            else:
                say(f"Bỏ qua bản {path.stem}: không đọc được {path}. Xóa tệp ấy thì bản được dọn đi.")
        return releases

    def live_name(self) -> str | None:
        """Return the name of the release that readers see."""
        return self.current.readlink().name if self.current.is_symlink() else None

    def live_release(self) -> Release | None:
        """Return the release that readers see; None where there is none, or its manifest cannot be read."""
        name = self.live_name()
        return load_release(self.manifests / f"{name}.json") if name else None

    @contextmanager
    def locked(self, name: str) -> Iterator[int]:
        """Hold one of three locks: `build` while a release and the next standby are made, `switch` for the change
        of `current` and what belongs to it, `prune` while old ones are deleted.

        The kernel lets go of a flock when its last holder dies: nothing is left to clean up.
        """
        with (self.root / f".{name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Máy chủ đang bận với một bản khác, xin chờ…")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock.fileno()

    def switch(self, name: str) -> None:
        """Show release `name` to readers from the next request on: one rename(2)."""
        new = self.root / ".current.new"
        new.unlink(missing_ok=True)
        new.symlink_to(f"releases/{name}")
        os.replace(new, self.current)
        sync([self.root])
