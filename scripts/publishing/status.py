"""Tell how the server does: what readers see, since when, what comes next, what went wrong."""

import fcntl
import json
import os
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from . import state
from .commands import built_commits
from .files import write_whole
from .manifest import VIETNAM, Release
from .outcome import Exit, ReleaseError
from .repository import newest_commit
from .server import Server

PUBLIC = "trang-thai.json"
LATE_SECONDS = 3600
MIN_FREE_SHARE = 0.05
GIB = 1024**3


@dataclass(frozen=True)
class Trouble:
    """Something that a person should know of."""

    kind: str
    """failed, overdue, differs, disk, upload; or stale, with which the portal goes on."""

    key: str
    """Another key, another trouble: it is told once."""

    message: str

    @property
    def is_grave(self) -> bool:
        """Return whether the server does not do what it should."""
        return self.kind != "stale"


@dataclass(frozen=True)
class Status:
    """The server at one moment."""

    now: float
    siteurl: str
    live: Release | None
    since: float
    """When the live release went live, in Unix seconds."""

    pin: state.Pin | None
    newest: str
    """The tip of the published branch; empty before the first push."""

    built: frozenset[str]
    """The commits that have releases, or of which it is known that they give none."""

    wanted: state.Wanted | None
    is_building: bool
    last: state.Attempt | None
    failure: state.Attempt | None
    """The last build that failed."""

    difference: str
    """How the live release differs from what was published, or why it could not be compared; else empty."""

    free: int
    total: int
    free_inodes: float
    """The share of inodes that are free."""

    @property
    def next_change(self) -> int | None:
        return (self.live.next_change or None) if self.live else None

    @property
    def troubles(self) -> list[Trouble]:
        """Return what a person should know of, the gravest first."""
        troubles = []
        if self.last and is_failure(self.last):
            message = f"Không đưa lên được {self.last.commit[:12]} của {self.last.who}: {self.last.message}"
            troubles.append(Trouble("failed", f"{self.last.commit} {self.last.code}", message))
        if self.wanted and not self.is_building and self.now > self.wanted.when + LATE_SECONDS:
            message = f"Commit {self.wanted.commit[:12]} đợi từ {shown(self.wanted.when)} mà chưa được dựng."
            troubles.append(Trouble("overdue", self.wanted.commit, message))
        if self.next_change and self.now > self.next_change + LATE_SECONDS:
            message = f"Trang đã phải đổi lúc {shown(self.next_change)} mà chưa được dựng lại."
            troubles.append(Trouble("overdue", str(self.next_change), message))
        if self.live and self.difference:
            message = f"Kiểm tra bản đang chạy {self.live.name}: {self.difference}"
            troubles.append(Trouble("differs", self.live.name, message))
        if self.free < self.total * MIN_FREE_SHARE or self.free_inodes < MIN_FREE_SHARE:
            message = f"Ổ đĩa sắp đầy: còn {self.free / GIB:.1f} GB, {self.free_inodes:.0%} số tệp."
            troubles.append(Trouble("disk", "", message))
        if self.live and self.live.stale:
            names = ", ".join(sorted(self.live.stale)[:5])
            message = f"{len(self.live.stale)} bài lỗi đang hiện bản tốt gần nhất: {names}"
            troubles.append(Trouble("stale", " ".join(sorted(self.live.stale)), message))
        return troubles

    @property
    def is_well(self) -> bool:
        return not any(trouble.is_grave for trouble in self.troubles)


def is_failure(attempt: state.Attempt) -> bool:
    """Return whether a build ended as it should not."""
    return attempt.code not in (Exit.DONE, Exit.SUPERSEDED)


def read(server: Server) -> Status:
    """Look at the server, changing nothing."""
    last = state.load_last(server)
    disk, inodes = shutil.disk_usage(server.root), os.statvfs(server.root)
    try:
        newest = newest_commit(server.repo)
    except ReleaseError:
        newest = ""
    return Status(
        now=time.time(),
        siteurl=server.settings()["SITEURL"],
        live=server.live_release(),
        since=server.current.lstat().st_mtime if server.current.is_symlink() else 0,
        pin=state.load_pin(server),
        newest=newest,
        built=built_commits(server, last),
        wanted=state.load_wanted(server),
        is_building=is_locked(server),
        last=last,
        failure=last if last and is_failure(last) else state.load_failure(server),
        difference=state.load_difference(server, server.live_name() or ""),
        free=disk.free,
        total=disk.total,
        free_inodes=inodes.f_favail / inodes.f_files if inodes.f_files else 1.0,
    )


def is_locked(server: Server) -> bool:
    """Return whether a build runs, or what it leaves to be done."""
    try:
        with (server.root / ".build.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False


def as_json(status: Status) -> str:
    """Return all of it for programs."""
    live = status.live
    values = {
        "ok": status.is_well,
        "siteurl": status.siteurl,
        "live": live and {**asdict(live), "stale": sorted(live.stale), "since": iso(status.since)},
        "pinned": status.pin and asdict(status.pin),
        "next_change": iso(status.next_change),
        "newest_commit": status.newest,
        "queue": {"building": status.is_building, "wanted": status.wanted and asdict(status.wanted)},
        "last": status.last and {**asdict(status.last), "when": iso(status.last.when)},
        "last_failure": status.failure and {**asdict(status.failure), "when": iso(status.failure.when)},
        "disk": {"free": status.free, "total": status.total, "free_inodes": round(status.free_inodes, 3)},
        "troubles": [asdict(trouble) for trouble in status.troubles],
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def as_public(status: Status) -> str:
    """Return what the world may know: nothing of people, paths and messages."""
    live = status.live
    values = {
        "ok": status.is_well,
        "commit": live.commit if live else None,
        "live_since": iso(status.since) if live else None,
        "shown_moment": iso(live.now or live.built_at.timestamp()) if live else None,
        "next_change": iso(status.next_change),
        "pinned": status.pin is not None,
        "stale_items": len(live.stale) if live else 0,
        "waiting": bool(status.wanted),
    }
    return json.dumps(values, indent=1) + "\n"


def publish(server: Server, status: Status) -> None:
    """Write /trang-thai.json, where it differs."""
    path, text = server.public / PUBLIC, as_public(status)
    server.public.mkdir(exist_ok=True)
    if not path.is_file() or path.read_text("utf-8") != text:
        write_whole(path, text)


def as_text(status: Status) -> str:
    """Return it for the operator."""
    live, lines = status.live, []
    if live:
        lines += [
            f"Đang chạy   {live.name} ({status.siteurl})",
            f"  từ        {shown(status.since)}, dựng trong {live.seconds:.1f} giây, {live.count} tệp",
            f"  commit    {live.commit[:12]} “{live.subject}”",
            f"  của       {live.who or 'không rõ'}",
            f"  tự đổi    {shown(status.next_change) if status.next_change else 'không có hẹn'}",
        ]
        if live.stale:
            lines.append(f"  bản cũ    {len(live.stale)} bài lỗi: {', '.join(sorted(live.stale)[:5])}")
    else:
        lines.append("Chưa có bản nào đang chạy.")
    if status.pin:
        lines.append(f"Ghim        {status.pin.release}, do {status.pin.who}; bỏ ghim: portal unpin")
    waiting = (
        f"{status.wanted.commit[:12]} của {status.wanted.who} từ {shown(status.wanted.when)}"
        if status.wanted
        else "trống"
    )
    lines.append(f"Hàng đợi    {'đang dựng; ' if status.is_building else ''}{waiting}")
    if live and status.newest and live.commit != status.newest:
        lines.append(f"Nhánh       {status.newest[:12]} mới hơn bản đang chạy")
    share = status.free / status.total if status.total else 1
    lines.append(f"Ổ đĩa       còn {status.free / GIB:.1f} GB ({share:.0%}), {status.free_inodes:.0%} số tệp")
    if status.failure:
        lines.append(f"Lỗi cuối    {shown(status.failure.when)}, {status.failure.commit[:12]} của {status.failure.who}")
        lines.append(f"            {status.failure.message}")
    lines += [f"CẢNH BÁO    {trouble.message}" for trouble in status.troubles]
    return "\n".join(lines)


def iso(moment: float | None) -> str | None:
    """Return a moment in Vietnam, as programs read it."""
    return datetime.fromtimestamp(moment, UTC).astimezone(VIETNAM).isoformat(timespec="seconds") if moment else None


def shown(moment: float) -> str:
    """Return a moment in Vietnam, as people read it."""
    return f"{datetime.fromtimestamp(moment, UTC).astimezone(VIETNAM):%H:%M %d/%m/%Y}"
