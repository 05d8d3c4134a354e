"""Save all that cannot be built again in one file, and bring a server back from it.

The file is a tar with the repository as a git bundle (every branch and tag, checked when it is
written), portal.env, the list of keys, and which release was live. Releases, pictures and libraries
are built again.
"""

import hashlib
import io
import json
import tarfile
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from . import state
from .files import sync
from .outcome import Exit, ReleaseError, say
from .repository import git, published_branch
from .server import Server

KEPT_BACKUPS = 14
FILES = ("portal.env", "keys")


def back_up(server: Server, folder: Path | None) -> Path:
    """Write a backup into `folder`; keep the newest of them. Returns its path."""
    folder = folder or Path(server.settings().get("PORTAL_BACKUP") or server.root / "backup")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = time.time()
    target = folder / f"portal-{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}.tar"
    live = server.live_release()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        bundle, draft = Path(scratch, "portal.bundle"), Path(scratch, "draft.tar")
        git(server.repo, "bundle", "create", "--quiet", str(bundle), "--all")
        git(server.repo, "bundle", "verify", "--quiet", str(bundle))
        about = {
            "branch": published_branch(server.repo).removeprefix("refs/heads/"),
            "live_commit": live.commit if live else None,
            "is_pinned": state.load_pin(server) is not None,
            "bundle_sha256": sha256(bundle),
            "made": int(now),
        }
        with tarfile.open(draft, "w") as tar:
            add(tar, "about.json", json.dumps(about, indent=1).encode() + b"\n")
            for name in FILES:
                if (server.root / name).is_file():
                    add(tar, name, (server.root / name).read_bytes())
            tar.add(bundle, "portal.bundle")
        draft.chmod(0o600)  # portal.env may hold secrets
        sync([draft])
        draft.rename(target)
    sync([folder])
    for old in sorted(folder.glob("portal-*.tar"))[:-KEPT_BACKUPS]:
        old.unlink()
    say(f"Đã sao lưu: {target} ({target.stat().st_size / 1e6:.1f} MB). Chép sang máy khác thì mới là sao lưu.")
    return target


def add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    """Put a file of these bytes into a tar."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = len(data), int(time.time()), 0o600
    tar.addfile(entry, io.BytesIO(data))


def restore(server: Server, path: Path) -> None:
    """Bring repository, settings and keys back into a server that was just installed, then build.

    Raises `ReleaseError` where the server has commits of its own, or the file is damaged.
    """
    from .commands import rebuild

    server.prepare()
    if git(server.repo, "for-each-ref", "--count=1"):
        message = f"{server.repo} đã có commit: chỉ khôi phục vào một máy chủ mới cài."
        raise ReleaseError(Exit.CONFIGURATION, message)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with tarfile.open(path) as tar:
                names = {"about.json", "portal.bundle", *FILES} & set(tar.getnames())
                files = {name: read(tar, name) for name in names - {"portal.bundle"}}
                bundle = Path(scratch, "portal.bundle")
                unpack(tar, "portal.bundle", bundle)
            about = json.loads(files["about.json"])
        except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
            raise ReleaseError(Exit.CONFIGURATION, f"{path} không phải tệp sao lưu nguyên vẹn: {error}") from error
        if sha256(bundle) != about["bundle_sha256"]:
            raise ReleaseError(Exit.CONFIGURATION, f"{path} bị hỏng: kho trong đó không đúng mã sha256.")
        git(server.repo, "fetch", "--quiet", str(bundle), "+refs/*:refs/*")
    git(server.repo, "symbolic-ref", "HEAD", f"refs/heads/{about['branch']}")
    for name in FILES:
        if name in files:
            try:
                (server.root / name).write_bytes(files[name])
            except PermissionError:
                copy = server.root / f"{name}.khoi-phuc"
                copy.write_bytes(files[name])
                copy.chmod(0o600)
                say(f"{name} là của root: xem {copy}, chép những dòng cần vào {server.root / name}.")
    say(f"Đã khôi phục kho tại nhánh {about['branch']}. Đang dựng…")
    rebuild(server, live=False)
    if about["is_pinned"] and about["live_commit"]:
        say(f"Lúc sao lưu, trang được ghim ở commit {about['live_commit'][:12]}; nay là commit mới nhất của nhánh.")


def read(tar: tarfile.TarFile, name: str) -> bytes:
    """Return one file of a tar."""
    file = tar.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file.read()


def unpack(tar: tarfile.TarFile, name: str, target: Path) -> None:
    """Write one file of a tar, which may be large, to `target`."""
    file = tar.extractfile(name)
    if file is None:
        raise KeyError(name)
    with target.open("wb") as writing:
        while data := file.read(1 << 20):
            writing.write(data)


def sha256(path: Path) -> str:
    """Return the digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
