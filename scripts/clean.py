"""``make clean``: delete what builds made, and nothing else.

Of the output folder only files go that its own list names; of the cache only what has the names
that we give. Everything a person has put there stays, and is told.
"""

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plugins.core.build.output import Output
from plugins.core.errors import PortalError, report
from plugins.core.incremental import manifest
from plugins.core.incremental.store import FORMER_PATTERNS, PATTERN, Store
from plugins.core.pelican_adapter import run_command, speak_utf8, tell
from plugins.core.runtime.lock import locked

ROOT = Path(__file__).resolve().parent.parent
_HEX = "[0-9a-f]" * 12
_NAME = "[0-9a-f]" * 16

#: Everything that a cache holds.
CACHED = (
    *(f"state/{pattern}" for pattern in (PATTERN, *FORMER_PATTERNS)),
    f"history/{_NAME}.json",  # of earlier versions
    *(f"pictures/{_HEX}*-*.avif", f"pictures/{_HEX}*-*.jpg", f"pictures/{_HEX}*.tmp"),
    *(f"last-good/listing-{_NAME}*", f"last-good/objects/{_HEX}*", "last-good/objects/new.tmp"),
)
_ANYBODYS = ("comments.json", "internal-error.log")  # names that anybody may give: ours only in a cache of ours
_SIGNS = tuple(f"state/{pattern}" for pattern in (PATTERN, *FORMER_PATTERNS))
_FOLDERS = ("state", "history", "pictures", "last-good/objects", "last-good")


def main(argv: list[str] | None = None) -> int:
    """Delete. Returns 2 where the output folder is not ours, else 0."""
    speak_utf8()
    parser = argparse.ArgumentParser(description="Xóa những gì đã dựng.")
    parser.add_argument("-o", "--output", default="output", type=Path, help="thư mục xuất bản")
    given = parser.parse_args(argv)
    cache = Path(os.environ.get("CACHE") or ROOT / ".cache")
    try:
        with locked(cache / "lock"):
            if os.path.lexists(given.output):
                clean_output(given.output, cache)
            clean_cache(cache)
            if not (cache / "lock").stat().st_size:  # else it was somebody's before it was ours
                (cache / "lock").unlink()
    except PortalError as fault:
        tell(report(fault.problems), sys.stderr)
        return fault.exit_code
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
    """The stat signatures of all files that builds with this cache wrote, whichever output they wrote them to."""
    return {
        path: signature
        for store in cache.glob("state/store-*.sqlite")
        for _, _, data in Store(store).snapshots("manifest-*")
        for path, signature in manifest.stat_signatures(data).items()
    }


def clean_cache(cache: Path) -> None:
    """Delete our files of a cache folder."""
    is_ours = any(any(cache.glob(sign)) for sign in _SIGNS)
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


if __name__ == "__main__":
    run_command(main)
