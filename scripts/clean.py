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
from plugins.core.incremental.store import NAME
from plugins.core.pelican_adapter import tell
from plugins.core.runtime.lock import locked

ROOT = Path(__file__).resolve().parent.parent
_HEX = "[0-9a-f]" * 12

#: Everything that a cache holds.
CACHED = (
    *(f"state/manifest-{NAME}*", f"state/output-{NAME}*", f"state/reading-{NAME}*", f"state/texts-{NAME}.sqlite*"),
    f"history/{NAME}.json",
    *(f"pictures/{_HEX}*-*.avif", f"pictures/{_HEX}*-*.jpg", f"pictures/{_HEX}*.tmp"),
    *(f"last-good/listing-{NAME}*", f"last-good/objects/{_HEX}*", "last-good/objects/new.tmp"),
)
_ANYBODYS = ("comments.json", "internal-error.log")  # names that anybody may give: ours only in a cache of ours
_SIGNS = (f"state/manifest-{NAME}", f"state/reading-{NAME}")
_FOLDERS = ("state", "history", "pictures", "last-good/objects", "last-good")


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
    manifests = cache.glob("state/manifest-*")
    output.claim(lambda: {path: was for one in manifests for path, was in manifest.stamps(one).items()})
    with locked(output.lock):
        output.prepare()
        output.clean()
    _tell_left(root)


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
