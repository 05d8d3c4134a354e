"""Check that the folders that a build reads lie apart from those that it writes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

READ = {"content": "nội dung", "theme": "giao diện", "plugins": "phần mở rộng"}
WRITTEN = {"output": "xuất bản", "cache": "bộ nhớ đệm"}


def overlaps(folders: Mapping[str, Path], checkouts: Mapping[Path, str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each folder that lies where it may not, and a sentence about it.

    ``folders`` are those of ``READ`` and ``WRITTEN``: none may be another or lie within another.
    ``checkouts`` are folders with code or settings, by what they hold: what is written may lie
    within them, not the other way round.
    """
    titles = {**WRITTEN, **READ}
    names = list(titles)
    for index, name in enumerate(names):
        for other in names[index + 1 :]:
            inner, outer = sorted((name, other), key=lambda folder: -len(_parents(folders[folder])))
            if _contains(folders[outer], folders[inner]):
                yield name, _sentence(titles[inner], folders[inner], titles[outer], folders[outer])
    for name, title in WRITTEN.items():
        for checkout, held in checkouts.items():
            if _contains(folders[name], checkout):
                yield name, _sentence(held, checkout, title, folders[name])


def _sentence(inner: str, inside: Path, outer: str, around: Path) -> str:
    apart = "Chọn hai thư mục không nằm trong nhau."
    if os.path.realpath(inside) == os.path.realpath(around):
        return f"Thư mục {outer} và thư mục {inner} là một: {around}. {apart}"
    return f"Thư mục {inner} ({inside}) nằm trong thư mục {outer} ({around}). {apart}"


def _contains(outer: Path, inner: Path) -> bool:
    """Return whether ``inner`` is ``outer`` or lies within it, by whatever names and links they are called."""
    parents = _parents(inner)
    if os.path.realpath(outer) in parents:
        return True
    try:
        status = os.stat(outer)
    except OSError:
        return False  # not there yet
    return any(os.path.samestat(status, os.stat(parent)) for parent in parents if os.path.exists(parent))


def _parents(path: Path) -> list[str]:
    real = Path(os.path.realpath(path))
    return [str(real), *map(str, real.parents)]
