"""Copy a finished site to storage elsewhere (S3 and all else that rclone speaks), usable at every moment.

Order: files named by their content, then pages from the deepest to the home page, feeds and indexes, and last of all
deletions. Whatever request it is stopped at, every page that can be found leads to what is there; running it again
completes it. Only files that an earlier run has put there are ever deleted: LIST, on the remote, names them.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from . import store
from .files import write_whole
from .layout import BUILDERS_OWN, SHARED_FOLDERS
from .outcome import Exit, ReleaseError, say
from .server import Server

LIST = ".portal-files"
FOREVER, MINUTE = "public, max-age=31536000, immutable", "public, max-age=60"
KEPT_DAYS = 30
#: What rclone does not know of itself; pages, sheets, scripts and pictures it does.
TYPES = {
    ".atom.xml": "application/atom+xml; charset=utf-8",
    ".rss.xml": "application/rss+xml; charset=utf-8",
    ".feed.json": "application/feed+json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
PACKED = (".gz", ".br")
LAST_PAGES = ("index.html", "404.html")
FEEDS = (".xml", ".json", ".txt", ".ics", ".csv", ".webmanifest")


class Batch(NamedTuple):
    """Files that one run of rclone copies. Sorts in the order in which they must arrive."""

    stage: int
    root: Path
    content_type: str
    """Empty where rclone knows it."""

    lifetime: str


class Remote:
    """One place that rclone knows: `name:bucket/folder`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        program = shutil.which("rclone")
        if program is None:
            raise ReleaseError(Exit.ENVIRONMENT, "Máy chưa cài rclone: sudo apt install rclone, rồi rclone config.")
        self.program = program

    def run(self, *words: str, sent: str | None = None, missing_ok: bool = False) -> str:
        """Run rclone. Raises `ReleaseError` with its last line where it fails."""
        done = subprocess.run(
            [self.program, *words], input=sent, capture_output=True, text=True, errors="replace", check=False
        )
        if missing_ok and done.returncode in (3, 4):  # no such folder, no such file
            return ""
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["?"])[-1]
            message = f"rclone {words[0]} không xong (mã {done.returncode}): {reason}. Trang ở {self.address} vẫn dùng được; chạy lại là làm tiếp."
            raise ReleaseError(Exit.ENVIRONMENT, message)
        return done.stdout

    def files(self) -> dict[str, tuple[int, str]]:
        """Return the size and the MD5, if it is known, of everything that is there."""
        options = ("-R", "--files-only", "--hash", "--hash-type", "MD5", "--no-mimetype", "--no-modtime", "--fast-list")
        answer = self.run("lsjson", *options, self.address, missing_ok=True)
        rows = json.loads(answer) if answer.strip() else []
        return {row["Path"]: (row["Size"], row.get("Hashes", {}).get("md5", "")) for row in rows}

    def listed(self) -> dict[str, int]:
        """Return the files that earlier runs put there, each with the moment since which no page needs it, or 0."""
        text = self.run("cat", f"{self.address}/{LIST}", missing_ok=True)
        return {path: int(when) for path, when in json.loads(text).items()} if text.strip() else {}

    def save_list(self, ceased: Mapping[str, int]) -> None:
        self.run(
            "rcat", f"{self.address}/{LIST}", sent=json.dumps(ceased, ensure_ascii=False, sort_keys=True, indent=0)
        )

    def copy(self, batch: Batch, names: Iterable[str]) -> None:
        """Copy files as they are, whatever lies there."""
        headers = [f"Cache-Control: {batch.lifetime}"]
        if batch.content_type:
            headers.append(f"Content-Type: {batch.content_type}")
        options = [word for header in headers for word in ("--header-upload", header)]
        with NamesFile(names) as path:
            self.run(
                "copy",
                "--no-check-dest",
                "--no-traverse",
                "--files-from-raw",
                path,
                *options,
                str(batch.root),
                self.address,
            )

    def delete(self, names: Iterable[str]) -> None:
        with NamesFile(names) as path:
            self.run("delete", "--files-from-raw", path, self.address)


class NamesFile:
    """Hold names in a file as long as rclone reads them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._text = "".join(f"{name}\n" for name in names)

    def __enter__(self) -> str:
        handle, self._path = tempfile.mkstemp()
        with open(handle, "w", encoding="utf-8") as file:
            file.write(self._text)
        return self._path

    def __exit__(self, *error: object) -> None:
        os.unlink(self._path)


def files_below(root: Path) -> dict[str, Path]:
    """Return the folder of every file that is part of a site, by the file's path in it."""
    paths = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return {path: root for path in paths if not path.startswith(f"{BUILDERS_OWN}/")}


def upload(files: Mapping[str, Path], address: str, now: float | None = None) -> int:
    """Make the remote hold exactly `files`, beside what others put there. Returns how many were sent."""
    now = int(time.time() if now is None else now)
    if "index.html" not in files:
        raise ReleaseError(Exit.CONFIGURATION, "Không có index.html: không phải một cổng đã dựng, không đưa lên.")
    files = {path: root for path, root in files.items() if not is_packed(path, files)}
    remote = Remote(address)
    there, ours = remote.files(), remote.listed()
    foreign = sorted(path for path in files if path in there and path not in ours and ours)
    if foreign:
        message = f"Ở {address} đã có tệp không phải của cổng, đúng chỗ của một trang: {', '.join(foreign[:5])}. Dời đi rồi chạy lại."
        raise ReleaseError(Exit.CONFIGURATION, message)
    batches: dict[Batch, list[str]] = defaultdict(list)
    for path, root in sorted(files.items()):
        if differs(root / path, path, there.get(path)):
            batches[batch_of(path, root)].append(path)
    known = {path: 0 if path in files else when or now for path, when in ours.items() if path in there}
    known |= dict.fromkeys(files, 0)
    if known != ours:
        remote.save_list(known)
    for batch, names in sorted(batches.items()):
        remote.copy(batch, names)
    # A browser may still show a page that asks for an old style sheet.
    oldest = now - KEPT_DAYS * 24 * 3600
    gone = [path for path, when in known.items() if when and (when <= oldest or not is_shared(path))]
    if gone:
        remote.delete(gone)
        remote.save_list({path: when for path, when in known.items() if path not in gone})
    sent = sum(map(len, batches.values()))
    say(f"Đã chép lên {address}: {sent} tệp mới, {len(gone)} tệp bỏ đi, cả thảy {len(files)}.")
    return sent


def is_shared(path: str) -> bool:
    """Return whether a file is named by its content."""
    return path.partition("/")[0] in SHARED_FOLDERS


def is_packed(path: str, files: Mapping[str, Path]) -> bool:
    """Return whether a file is another one, packed for nginx: elsewhere the storage or its CDN packs."""
    return path.endswith(PACKED) and path[:-3] in files


def differs(local: Path, path: str, there: tuple[int, str] | None) -> bool:
    """Return whether a file has to be sent. Where the storage knows no MD5, it is."""
    if there is None or there[0] != local.stat().st_size:
        return True
    if is_shared(path):
        return False
    with local.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest() != there[1]


def batch_of(path: str, root: Path) -> Batch:
    """Return when and as what a file is sent."""
    name = path.rpartition("/")[2]
    suffix = next((s for s in (f".{name}", Path(name).suffix) if s in TYPES), "")
    content_type = TYPES.get(suffix, "")
    if is_shared(path):
        return Batch(0, root, content_type, FOREVER)
    if path in LAST_PAGES:
        stage = 1000
    elif name.endswith(FEEDS):
        stage = 999
    else:  # stories before the lists that lead to them
        stage = max(1, 900 - path.count("/"))
    return Batch(stage, root, content_type, MINUTE)


def upload_live(server: Server, address: str = "") -> None:
    """Copy the live release, and its part of the store, to where portal.env says."""
    address = address or server.settings().get("PORTAL_REMOTE", "")
    if not address:
        raise ReleaseError(Exit.CONFIGURATION, f"Chép lên đâu? Thêm PORTAL_REMOTE=s3:cong vào {server.settings_file}.")
    live = server.live_release()
    if live is None:
        raise ReleaseError(Exit.CONFIGURATION, "Chưa có bản nào đang chạy.")
    files = files_below(server.releases / live.name)
    files |= dict.fromkeys(store.names_in(server, live.shared), server.store)
    upload(files, address)
    write_whole(server.root / "uploaded", f"{live.name} {address}\n")


def is_uploaded(server: Server) -> bool:
    """Return whether what is live is elsewhere too, as far as portal.env wants it."""
    address = server.settings().get("PORTAL_REMOTE", "")
    try:
        return not address or (server.root / "uploaded").read_text("utf-8") == f"{server.live_name()} {address}\n"
    except FileNotFoundError:
        return server.live_name() is None
