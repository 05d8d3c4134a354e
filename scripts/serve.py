"""``make serve``: build, serve at localhost, build again at every change."""

import gc
import os
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import DefaultFilter, watch

from plugins.core.build.pipeline import build
from plugins.core.build.session import State
from plugins.core.errors import PortalError, report
from plugins.core.pelican_adapter import load, log_to_stderr
from plugins.core.runtime.console import internal_error, machine_error, tell
from plugins.core.runtime.workers import worker_pool
from scripts.devserver import Board, Server
from scripts.errors import RefusedError
from scripts.picture_queue import PictureQueue

ROOT = Path(__file__).resolve().parent.parent
_POLL_MS = 1000  # how often it is asked whether a watched folder is another than it was
_IGNORED = DefaultFilter()

Snapshot = dict[str, tuple[int, int, int]]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("content", nargs="?", default="content", type=Path, help="thư mục nội dung")
    parser.add_argument("-o", "--output", default="output", type=Path, help="thư mục xuất bản")
    parser.add_argument("-p", "--port", default="8000", help="cổng mạng, từ 1 đến 65535")


def run(arguments: Namespace) -> int:
    """Build and serve until Ctrl+C. Returns 3 where the port is in use. Raises ``RefusedError`` where there is none."""
    log_to_stderr()
    port = parse_port(arguments.port)
    address = f"http://localhost:{port}"

    gc.disable()
    state: State | None = None

    def attempt(defers_pictures: bool) -> str:
        """Build once. Returns the report of the problems, or ``""``. No mistake ends the program."""
        nonlocal state
        cache = Path(os.environ.get("CACHE") or ROOT / ".cache")
        try:
            settings = load(
                "pelicanconf.py",
                PATH=str(arguments.content.resolve()),
                OUTPUT_PATH=str(arguments.output.resolve()),
                SITEURL=address,
            )
            cache = settings.cache
            if state:
                state.next(settings)
            state = state or State(settings)
            result = build(settings, state=state, defers_pictures=defers_pictures)
            pictures.replace(result.pending)
            return report(result.problems)
        except PortalError as error:
            return report(error.problems)
        except OSError as error:
            return report(machine_error(error).problems)
        except Exception:
            state = None
            return internal_error(cache)

    board = Board()
    building = threading.Lock()

    def rebuild() -> None:
        with building:
            problems = attempt(defers_pictures=True)
            tell(problems or f"Xong. Xem tại {address}/ (Ctrl+C để dừng).", sys.stderr)
            board.post(problems)
            gc.collect()  # after each build, when nobody waits, and not in its midst

    def publish_pictures(count: int) -> None:
        """Put the pictures that were made behind the server into the output; pages need not be loaded again."""
        with building:
            problems = attempt(defers_pictures=False)
            tell(problems or f"Đã chuẩn bị xong {count} ảnh.", sys.stderr)
            if problems != board.report:
                board.post(problems)

    processes = os.cpu_count() or 1
    with worker_pool(processes) as pool:  # before the threads, which a fork must not copy
        pictures = PictureQueue(pool, processes)

        def picture(path: str) -> Path | None:
            file = pictures.file_of(path)
            if file is None and path.startswith("anh/"):
                with building:  # its page is there sooner than the build ends
                    file = pictures.file_of(path)
            return file

        try:
            server = Server(arguments.output.resolve(), board, port, pictures=picture)
        except OSError as error:
            free_port = port + 1 if port < 65535 else 8000
            tell(f"Không mở được cổng {port} ({error.strerror}). Chạy: make serve PORT={free_port}", sys.stderr)
            return 3
        threading.Thread(target=server.serve_forever, daemon=True).start()
        roots = (arguments.content, ROOT / "theme", ROOT / "plugins", ROOT / "pelicanconf.py")
        seen = snapshot(roots)
        rebuild()
        threading.Thread(target=pictures.run, args=[publish_pictures], daemon=True).start()
        for now in changes(roots, seen):
            is_code = any(path.endswith(".py") for path in {**seen, **now} if seen.get(path) != now.get(path))
            seen = now
            if not is_code:
                rebuild()
            elif message := code_error():
                tell(message, sys.stderr)
                board.post(message)
            else:
                os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # new code needs a new process
    return 0


def code_error() -> str:
    """Return why a new process could not start: the last line of Python's message; ``""`` where it could."""
    command = [sys.executable, "-c", "import scripts.serve, scripts.__main__"]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if not process.returncode:
        return ""
    return f"Mã nguồn có lỗi, vẫn chạy bản trước: {process.stderr.strip().splitlines()[-1]}"


def parse_port(text: str) -> int:
    """Parse the number of a port. Raises ``RefusedError``."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 6
    if not is_number or not 0 < int(text) < 65536:
        raise RefusedError(f"Không có cổng “{text}”: viết một số từ 1 đến 65535, ví dụ make serve PORT=8000")
    return int(text)


def snapshot(roots: Sequence[Path]) -> Snapshot:
    """Return size, time and inode of every file below ``roots`` that a build may read."""
    statuses: Snapshot = {}
    todo = [str(root) for root in roots]
    while todo:
        path = todo.pop()
        try:
            if os.path.isdir(path):
                todo += [entry.path for entry in os.scandir(path) if _IGNORED(0, entry.path)]  # type: ignore[arg-type]
            else:
                status = os.lstat(path)
                statuses[path] = status.st_size, status.st_mtime_ns, status.st_ino
        except OSError:
            continue  # deleted meanwhile, or not to be read: the build tells
    return statuses


def changes(roots: Sequence[Path], seen: Snapshot) -> Iterator[Snapshot]:
    """Yield a snapshot whenever it is another than the last, beginning with ``seen``.

    The system tells of changes; what it cannot (a save before it was asked, a folder that is another
    under the same name) is found by looking once more when it has been quiet.
    """
    has_looked = False
    while True:
        identities = [_identity(root) for root in roots]
        for has_changed in _watch([root for root in roots if root.exists()]):
            if has_changed or not has_looked:
                has_looked = not has_changed
                if (now := snapshot(roots)) != seen:
                    has_looked = False
                    yield (seen := now)
            if identities != [_identity(root) for root in roots]:
                has_looked = False
                break  # begin to watch what lies there now


def _watch(roots: Sequence[Path]) -> Iterator[bool]:
    """Yield ``True`` for each change, ``False`` each second without one; for ever."""
    options = {"rust_timeout": _POLL_MS, "yield_on_timeout": True, "raise_interrupt": True}
    for is_polling in (False, True):  # where the system watches no more folders, we ask it for each file
        try:
            for changed_paths in watch(*roots, force_polling=is_polling, ignore_permission_denied=True, **options):  # type: ignore[arg-type]
                yield bool(changed_paths)
        except OSError:
            continue
    time.sleep(_POLL_MS / 1000)


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
