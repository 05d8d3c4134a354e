"""Quarantine: one broken story must not hold up all the others.

With ``KEEP_LAST_GOOD`` a build that finds mistakes goes on without them: an item that is
broken keeps its last good version, a new one stays out, and both are reported loudly.
The street itself does not change: it is given another content folder, in which each
broken item's files are those of the last good build.
"""

from __future__ import annotations

import os
import posixpath
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from plugins.core.problems import Problem, errors

_ROUNDS = 10  # each takes out at least one more item: who links to what was taken out, and so on


def isolate(
    content: Path,
    good: Path,
    overlay: Path,
    problems: Iterable[Problem],
    problems_of: Callable[[Path], Iterable[Problem]],
) -> tuple[Path, list[Problem]]:
    """A folder like ``content`` without its ``problems``, and all that was found on the way.

    ``good`` holds the files of the last good build, if there was one; ``overlay`` is
    where the folder is made. ``problems_of`` checks a folder.
    """
    folder, found = content, list(problems)
    told: list[Problem] = []
    broken: set[str] = set()
    for _ in range(_ROUNDS):
        new = {unit for problem in errors(found) if (unit := _unit(folder, problem.path))} - broken
        if not new:
            break
        broken |= new
        told += [problem for problem in errors(found) if problem not in told]
        _lay(content, good, overlay, broken)
        folder, found = overlay, list(problems_of(overlay))
    notes = [_note(unit, (good / unit).exists()) for unit in sorted(broken)]
    as_warnings = [Problem(p.path, p.line, p.column, p.code, p.message, "warning") for p in told]
    return folder, [*found, *(problem for problem in as_warnings if problem not in found), *notes]


def keep(content: Path, good: Path) -> None:
    """Make ``good`` the same as ``content``, copying only what differs in size or time."""
    wanted = {path.relative_to(content) for path in content.rglob("*") if path.is_file() and not path.is_symlink()}
    for path in wanted:
        source, target = content / path, good / path
        have = target.stat() if target.is_file() else None
        want = source.stat()
        if have is None or (have.st_size, have.st_mtime_ns) != (want.st_size, want.st_mtime_ns):
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.tmp")
            shutil.copy2(source, temporary)
            os.replace(temporary, target)
    for path in good.rglob("*"):
        if path.is_file() and path.relative_to(good) not in wanted:
            path.unlink()


def _unit(folder: Path, path: str) -> str | None:
    """What stands or falls together: the item's folder, or its file where it has none."""
    inside = path.removeprefix("content/")
    if inside == path:
        return None  # settings, templates: no item's fault
    parent = posixpath.dirname(inside)
    if parent and (folder / parent / "index.md").is_file():
        return parent
    return inside


def _lay(content: Path, good: Path, overlay: Path, broken: set[str]) -> None:
    shutil.rmtree(overlay, ignore_errors=True)
    shutil.copytree(content, overlay, copy_function=os.link, symlinks=True, ignore=_special)
    for unit in sorted(broken):
        target, source = overlay / unit, good / unit
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _special(folder: str, names: list[str]) -> list[str]:
    """Links, pipes and devices are never copied: they are a mistake that was told."""
    paths = ((name, Path(folder, name)) for name in names)
    return [name for name, path in paths if path.is_symlink() or not (path.is_dir() or path.is_file())]


def _note(unit: str, has_good: bool) -> Problem:
    message = "Có lỗi: đang dùng bản tốt gần nhất." if has_good else "Có lỗi và chưa từng đăng: tạm để ngoài."
    return Problem(f"content/{unit}", 0, 0, "QUARANTINED", message, "warning")
