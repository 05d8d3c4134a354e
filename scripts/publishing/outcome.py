"""End a command, and say how it ended."""

import os
import shutil
import sys
from collections.abc import Callable
from enum import IntEnum
from errno import EDQUOT, ENOSPC
from io import TextIOWrapper
from pathlib import Path

DISK_FULL = (ENOSPC, EDQUOT)


class Exit(IntEnum):
    """The exit codes of every command of the portal: whose business the outcome is."""

    DONE = 0
    CONTENT = 1
    CONFIGURATION = 2
    ENVIRONMENT = 3
    INTERNAL = 4
    SUPERSEDED = 5


class ReleaseError(Exception):
    """An error that stops a command: its message, in Vietnamese, and the exit code."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code


class DamageError(ReleaseError):
    """A build that failed, and not for what was pushed: one that relies on nothing earlier may do."""


def say(text: str) -> None:
    """Tell whoever runs or pushes one line, without control characters of a stranger's making.

    A pusher who hung up must not stop the build: from then on nothing is said.
    """
    try:
        print("".join(c for c in text if c.isprintable()), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def guarded(action: Callable[[], None]) -> Exit:
    """Run `action` and turn whatever stops it into a Vietnamese line and an exit code."""
    # nginx reads what we write as another account, whatever the umask of the one who pushes.
    os.umask(0o022)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        action()
    except ReleaseError as error:
        say(str(error))
        return error.code
    except KeyboardInterrupt:
        say("Đã dừng theo yêu cầu.")
        return Exit.ENVIRONMENT
    except OSError as error:
        is_full = error.errno in DISK_FULL
        say(disk_message(Path(error.filename or "/")) if is_full else f"Máy chủ gặp trục trặc: {error}")
        return Exit.ENVIRONMENT
    except Exception:
        import traceback  # a fault of ours is rare, and it imports much

        traceback.print_exc()
        say("Chương trình đưa trang lên bị lỗi: báo người phát triển, kèm những dòng trên.")
        return Exit.INTERNAL
    return Exit.DONE


def is_disk_full(text: str) -> bool:
    """Return whether a program says that the disk is full."""
    return any(words in text for words in ("No space left on device", "Disk quota exceeded", "ENOSPC"))


def disk_message(path: Path, needed: int = 0) -> str:
    """Say that the disk of `path` is full, how full, and how many bytes a build needs where that is known."""
    while not path.exists() and path != path.parent:
        path = path.parent
    status = os.statvfs(path)
    free = f"còn {_grouped(shutil.disk_usage(path).free)} byte và {_grouped(status.f_favail)} tệp"
    if needed:
        free += f", cần {_grouped(needed)} byte"
    return f"Ổ đĩa đầy ({free} ở {path}). Dọn chỗ, rồi: portal catch-up"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
