"""The Python libraries of a build, in a folder named by what decides them: the lock and the Python (3.11, 3.13 …) that runs them.

One is made aside and renamed when it is whole: a kill while it is made leaves nothing that the next build
would take for whole, and builds of the libraries before go on with theirs.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .files import throw_away
from .layout import Layout
from .outcome import Exit, ReleaseError, say

LOCK = Path("requirements", "site.txt")
KEPT_ENVIRONMENTS = 3


def environment_for(layout: Layout, make: Callable[[Sequence[str]], int]) -> Path:
    """Return the environment of the checked-out commit; `make` runs make there, with the network, if it is missing."""
    lock = layout.tree / LOCK
    if not lock.is_file():
        return layout.environments / "none"  # a project without libraries
    python = f"{sys.implementation.cache_tag}\0{sys.executable}\0"  # libraries outlast a Python's security fixes
    digest = hashlib.sha256(python.encode() + lock.read_bytes()).hexdigest()[:16]
    environment = layout.environments / digest
    if environment.is_dir():
        os.utime(environment)
        return environment
    say("Đang tải các thư viện (một lần cho mỗi danh sách mới)…")
    draft = layout.environments / f"{digest}.new"
    shutil.rmtree(draft, ignore_errors=True)
    if make([f"VENV={draft}", f"{draft}/.site"]):
        shutil.rmtree(draft, ignore_errors=True)
        raise ReleaseError(
            Exit.ENVIRONMENT,
            "Chưa tải được các thư viện của commit này (mạng, DNS, giờ hệ thống, hoặc tệp requirements/site.txt sai). "
            "Bản đang chạy không bị ảnh hưởng. Khi mạng đã thông: portal catch-up",
        )
    os.sync()
    os.rename(draft, environment)
    return environment


def prune_environments(layout: Layout) -> None:
    """Delete all but those that were used last."""
    folders = [path for path in layout.environments.iterdir() if path.is_dir() and path.suffix != ".new"]
    for path in sorted(folders, key=lambda path: path.stat().st_mtime)[:-KEPT_ENVIRONMENTS]:
        throw_away(path, layout.trash)
    throw_away(layout.cache / "venv", layout.trash)  # where earlier programs had it
