"""``make clean``: delete what builds made, and nothing else.

Of the output folder only files go that its own list names; of the cache only what has the names
that we give. Everything a person has put there stays, and is told.
"""

import os
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path

from plugins.core.build.output import Output
from plugins.core.incremental import manifest
from plugins.core.incremental.store import FORMER_PATTERNS, PATTERN, Store
from plugins.core.runtime.console import tell
from plugins.core.runtime.lock import locked

ROOT = Path(__file__).resolve().parent.parent
_HEX = "[0-9a-f]" * 12
_NAME = "[0-9a-f]" * 16

#: Everything that a cache holds.
CACHED = (
    *(f"state/{pattern}" for pattern in (PATTERN, *FORMER_PATTERNS)),
    f"history/{_NAME}.json",  # of earlier versions
    f"templates/{_HEX}*",
    *(
        f"pictures/{_HEX}*-*.avif",
        f"pictures/{_HEX}*-*.jpg",
        f"pictures/{_HEX}*-card.png",
        f"pictures/{_HEX}*.tmp",
        "pictures/shown.txt",
    ),
    "pictures-sums/[0-9a-f][0-9a-f].txt",
    *(f"last-good/listing-{_NAME}*", f"last-good/objects/{_HEX}*", "last-good/objects/new.tmp"),
)
_ANYBODYS = ("comments.json", "internal-error.log")  # names that anybody may give: ours only in a cache of ours
_STORE_PATTERNS = tuple(f"state/{pattern}" for pattern in (PATTERN, *FORMER_PATTERNS))
_FOLDERS = ("state", "history", "templates", "pictures", "pictures-sums", "last-good/objects", "last-good")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--output", default="output", type=Path, help="thư mục xuất bản")


def run(arguments: Namespace) -> int:
    """Delete what builds made. Raises ``ConfigError`` where the output folder is not ours."""
    cache = Path(os.environ.get("CACHE") or ROOT / ".cache")
    with locked(cache / "lock"):
        if os.path.lexists(arguments.output):
            clean_output(arguments.output, cache)
        clean_cache(cache)
        if not (cache / "lock").stat().st_size:  # else it was somebody's before it was ours
            (cache / "lock").unlink()
    with suppress(OSError):
        cache.rmdir()
    return 0


def clean_output(root: Path, cache: Path) -> None:
    """Delete our files of an output folder. Raises ``ConfigError`` where it is not ours."""
    output = Output(root)
    output.claim(lambda: _written(cache))
    with locked(output.lock):
        output.prepare()
        output.clean()
    _tell_left(root)


def _written(cache: Path) -> dict[str, bytes]:
    """Return the stat signatures of all files that builds with this cache wrote, to whichever output."""
    return {
        path: signature
        for store in cache.glob("state/store-*.sqlite")
        for _, _, data in Store(store).snapshots("manifest-*")
        for path, signature in manifest.stat_signatures(data).items()
    }


def clean_cache(cache: Path) -> None:
    """Delete our files of a cache folder."""
    is_ours = any(any(cache.glob(pattern)) for pattern in _STORE_PATTERNS)
    for pattern in (*CACHED, *(_ANYBODYS if is_ours else ())):
        for path in cache.glob(pattern):
            if not path.parent.is_symlink() and (path.is_file() or path.is_symlink()):
                path.unlink()
    for name in _FOLDERS:
        with suppress(OSError):
            (cache / name).rmdir()
    _tell_left(cache, besides={"lock"})


def _tell_left(folder: Path, besides: frozenset[str] | set[str] = frozenset()) -> None:
    left = sorted(set(os.listdir(folder)) - besides) if folder.is_dir() else []
    if left:
        tell(f"Giữ lại trong {folder} những gì không phải do cổng tạo ra: {', '.join(left[:5])}{'…' * (len(left) > 5)}")
