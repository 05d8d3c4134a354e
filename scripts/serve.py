"""``make serve``: build, serve at localhost, build again at every change."""

import argparse
import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from watchfiles import DefaultFilter, watch

from plugins.core.build.pipeline import build
from plugins.core.build.session import State
from plugins.core.devserver import Board, Server
from plugins.core.errors import PortalError, report
from plugins.core.pelican_adapter import (
    internal_error,
    load,
    log_to_stderr,
    machine_error,
    run_command,
    speak_utf8,
    tell,
)

ROOT = Path(__file__).resolve().parent.parent
_LOOK_MS = 1000  # how often it is asked whether a watched folder is another than it was
_IGNORED = DefaultFilter()

Snapshot = dict[str, tuple[int, int, int]]


def main(argv: list[str] | None = None) -> int:
    speak_utf8()
    parser = argparse.ArgumentParser(description="Xem cổng trên máy mình, tự tải lại khi sửa bài.")
    parser.add_argument("content", nargs="?", default="content", type=Path)
    parser.add_argument("-o", "--output", default="output", type=Path)
    parser.add_argument("-p", "--port", default="8000")
    given = parser.parse_args(argv)
    log_to_stderr()
    port = port_of(given.port)
    if port is None:
        tell(f"Không có cổng “{given.port}”: viết một số từ 1 đến 65535, ví dụ make serve PORT=8000", sys.stderr)
        return 2
    address = f"http://localhost:{port}"

    gc.disable()
    state: State | None = None

    def attempt() -> str:
        """Build once; the report of what is wrong, or nothing. Nothing that is wrong ends the program."""
        nonlocal state
        cache = Path(os.environ.get("CACHE") or ROOT / ".cache")
        try:
            settings = load(
                "pelicanconf.py",
                PATH=str(given.content.resolve()),
                OUTPUT_PATH=str(given.output.resolve()),
                SITEURL=address,
            )
            cache = settings.cache
            if state:
                state.next(settings)
            state = state or State(settings)
            return report(build(settings, state=state).problems)
        except PortalError as fault:
            return report(fault.problems)
        except OSError as fault:
            return report(machine_error(fault).problems)
        except Exception:
            state = None
            return internal_error(cache)

    board = Board()

    def rebuild() -> None:
        said = attempt()
        tell(said or f"Xong. Xem tại {address}/ (Ctrl+C để dừng).", sys.stderr)
        board.post(said)
        gc.collect()  # after each build, when nobody waits, and not in its midst

    try:
        server = Server(given.output.resolve(), board, port)
    except OSError as fault:
        other = port + 1 if port < 65535 else 8000
        tell(f"Không mở được cổng {port} ({fault.strerror}). Chạy: make serve PORT={other}", sys.stderr)
        return 3
    threading.Thread(target=server.serve_forever, daemon=True).start()
    roots = (given.content, ROOT / "theme", ROOT / "plugins", ROOT / "pelicanconf.py")
    seen = snapshot(roots)
    rebuild()
    for now in changes(roots, seen):
        is_code = any(path.endswith(".py") for path in {**seen, **now} if seen.get(path) != now.get(path))
        seen = now
        if not is_code:
            rebuild()
        elif broken := fault_of_code():
            tell(broken, sys.stderr)
            board.post(broken)
        else:
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # new code needs a new process
    return 0


def fault_of_code() -> str:
    """Why a new process would end at once, if it would: the last line of what Python says."""
    command = [sys.executable, "-c", "import scripts.serve"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return f"Mã nguồn có lỗi, vẫn chạy bản trước: {done.stderr.strip().splitlines()[-1]}" if done.returncode else ""


def port_of(written: str) -> int | None:
    """The number of a port, if it is one."""
    is_number = written.isascii() and written.isdecimal() and len(written) < 6
    return int(written) if is_number and 0 < int(written) < 65536 else None


def snapshot(roots: Sequence[Path]) -> Snapshot:
    """What the file system says of every file below ``roots`` that a build may read."""
    found: Snapshot = {}
    todo = [str(root) for root in roots]
    while todo:
        path = todo.pop()
        try:
            if os.path.isdir(path):
                todo += [entry.path for entry in os.scandir(path) if _IGNORED(0, entry.path)]  # type: ignore[arg-type]
            else:
                status = os.lstat(path)
                found[path] = status.st_size, status.st_mtime_ns, status.st_ino
        except OSError:
            continue  # deleted meanwhile, or not to be read: the build tells
    return found


def changes(roots: Sequence[Path], seen: Snapshot) -> Iterator[Snapshot]:
    """Yield a snapshot whenever it is another than the last, beginning with ``seen``.

    The system tells of changes; what it cannot (a save before it was asked, a folder that is another
    under the same name) is found by looking once more when it has been quiet.
    """
    has_looked = False
    while True:
        known = [_identity(root) for root in roots]
        for told in _watched([root for root in roots if root.exists()]):
            if told or not has_looked:
                has_looked = not told
                if (now := snapshot(roots)) != seen:
                    has_looked = False
                    yield (seen := now)
            if known != [_identity(root) for root in roots]:
                has_looked = False
                break  # begin to watch what lies there now


def _watched(roots: Sequence[Path]) -> Iterator[bool]:
    """Yield ``True`` for each change, ``False`` each second without one; for ever."""
    options = {"rust_timeout": _LOOK_MS, "yield_on_timeout": True, "raise_interrupt": True}
    for is_polling in (False, True):  # where the system watches no more folders, we ask it for each file
        try:
            for told in watch(*roots, force_polling=is_polling, ignore_permission_denied=True, **options):  # type: ignore[arg-type]
                yield bool(told)
        except OSError:
            continue
    time.sleep(_LOOK_MS / 1000)


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


if __name__ == "__main__":
    run_command(main)
