"""What a build takes last good versions from: the commits in which broken items were good.

ROOT/work/before, for the portal's build (plugins/core/build/last_good.py):

    paths      the files that were others, or none, in the last good version; each ends with NUL
    content/   those of them that there were, as they were

Everything else under content is as it was.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from .layout import Layout
from .repository import Changes, export_files, files_at


def lay_out(
    layout: Layout, repo: Path, commit: str, changes: Changes, live_commit: str, stale: dict[str, str]
) -> dict[str, str]:
    """Fill `work/before` for a build of `commit`, and return the environment that tells the build so.

    `live_commit` is what readers see, but for the items of `stale`, which they see as they are in other commits;
    `changes` is what differs from it.
    """
    versions = dict.fromkeys(changes.content, live_commit)
    for unit, good_commit in stale.items():
        for at in {commit, live_commit, good_commit} - {""}:
            versions.update(dict.fromkeys(files_at(repo, at, f"content/{unit}"), good_commit))
    shutil.rmtree(layout.before, ignore_errors=True)
    (layout.before / "content").mkdir(parents=True)
    export_files(repo, {path: at for path, at in versions.items() if at}, layout.before)
    paths = (path.removeprefix("content/") for path in sorted(versions))
    (layout.before / "paths").write_bytes(b"".join(f"{path}\0".encode("utf-8", "surrogateescape") for path in paths))
    return {"KEEP_LAST_GOOD": "1", "PORTAL_BEFORE": str(layout.before)}


def next_stale(units: Iterable[str], stale: dict[str, str], live_commit: str) -> dict[str, str]:
    """Return the items that a new release shows as they were, each with the commit that has it so."""
    return {unit: stale.get(unit, live_commit) for unit in units if stale.get(unit, live_commit)}
