"""Make the finished folder of a build a release, without reading again what the release before has."""

import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from . import standby, store
from .build import move_notes
from .files import sync
from .layout import BUILDERS_OWN
from .manifest import Release, save_release, save_sums
from .outcome import Exit, ReleaseError
from .server import Server
from .standby import Base


def accept(server: Server, base: Base, draft: Release) -> Release:
    """Make the finished folder a release, safe on the disk before it can go live.

    Where nothing differs from the release before, that one stays, and is known to be of this commit too.
    """
    files = dict(standby.walk(server.standby))
    written = sorted(path for path, signature in files.items() if base.files.get(path) != signature)
    removed = base.sums.keys() - files.keys()
    sums = {path: base.sums[path] for path in files.keys() - set(written)}
    sums.update(_settle(server.standby, written))
    rewritten = [path for path in written if sums[path] == base.sums.get(path)]
    for path in rewritten:
        _restore(server.releases / (base.release.name if base.release else "") / path, server.standby / path)
    written = sorted(set(written) - set(rewritten))
    shared = store.accept_list(server, server.standby / BUILDERS_OWN, base.release.shared if base.release else "")
    draft = replace(draft, written=len(written), removed=len(removed), count=len(files), shared=shared)
    draft = replace(draft, size=sum(size for _, size, _ in files.values()))
    if base.release and not written and not removed and shared == base.release.shared:
        same = replace(draft, name=base.release.name, written=base.release.written, removed=base.release.removed)
        save_release(server.manifests, replace(same, base=base.release.base))
        return same
    notes = standby.notes_of(server, draft.name)
    move_notes(server.standby, notes)
    folders = {path.rpartition("/")[0] for path in (*written, *removed)}
    existing = (server.standby / folder for folder in folders)
    sync([server.standby, *(folder for folder in existing if folder.is_dir())])
    save_sums(server.manifests, draft.name, sums)
    os.rename(server.standby, server.releases / draft.name)
    sync([server.releases])
    save_release(server.manifests, draft)
    sync([server.manifests])
    return draft


def _settle(site: Path, written: list[str]) -> dict[str, str]:
    """Return the sha256 of files that are new in `site`, once they are safe on the disk and nginx may read them.

    A file written through tempfile is private whatever the umask.
    """
    sums = {}
    for path in written:
        if not path.isprintable():
            raise ReleaseError(Exit.INTERNAL, f"Trang dựng xong có tên tệp không dùng được: {path!r}")
        with (site / path).open("rb") as file:
            sums[path] = hashlib.file_digest(file, "sha256").hexdigest()
            if os.fstat(file.fileno()).st_mode & 0o777 != 0o644:
                os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
    for folder in {"", *(parent for path in written for parent in _parents(path))}:
        if (site / folder).stat().st_mode & 0o777 != 0o755:
            (site / folder).chmod(0o755)
    return sums


def _restore(original: Path, copy: Path) -> None:
    """Make a file that has the same bytes as one of the release before that very file: readers' copies stay good."""
    with suppress(FileNotFoundError):
        link = copy.with_name(f".{copy.name}.link")
        os.link(original, link)
        os.replace(link, copy)


def _parents(path: str) -> list[str]:
    segments = path.split("/")[:-1]
    return ["/".join(segments[:depth]) for depth in range(1, len(segments) + 1)]
