"""``make serve``: build, serve at localhost, build again at every change."""

import argparse
import gc
import os
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from watchfiles import PythonFilter, watch

from plugins.core.build import build
from plugins.core.devserver import Board, Server
from plugins.core.pelican_adapter import load, log_to_stderr, speak_utf8
from plugins.core.problems import PortalError, report
from plugins.core.state import State

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str] | None = None) -> int:
    speak_utf8()
    parser = argparse.ArgumentParser(description="Xem cổng trên máy mình, tự tải lại khi sửa bài.")
    parser.add_argument("content", nargs="?", default="content", type=Path)
    parser.add_argument("-o", "--output", default="output", type=Path)
    parser.add_argument("-p", "--port", default=8000, type=int)
    given = parser.parse_args(argv)
    log_to_stderr()
    address = f"http://localhost:{given.port}"

    gc.disable()
    state: State | None = None

    def attempt() -> str:
        """Build once; the report of what is wrong, or nothing."""
        nonlocal state
        try:
            settings = load(
                "pelicanconf.py",
                PATH=str(given.content.resolve()),
                OUTPUT_PATH=str(given.output.resolve()),
                SITEURL=address,
            )
            if state:
                state.next(settings)
            state = state or State(settings)
            return report(build(settings, state=state).problems)
        except PortalError as fault:
            return report(fault.problems)

    board = Board()

    def rebuild() -> None:
        said = attempt()
        print(said or f"Xong. Xem tại {address}/ (Ctrl+C để dừng).", file=sys.stderr)
        board.post(said)
        gc.collect()  # after each build, when nobody waits, and not in its midst

    try:
        server = Server(given.output.resolve(), board, given.port)
    except OSError as fault:
        print(
            f"Không mở được cổng {given.port} ({fault.strerror}). Chạy: make serve PORT={given.port + 1}",
            file=sys.stderr,
        )
        return 3
    given.output.mkdir(parents=True, exist_ok=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rebuild()
    code = PythonFilter()
    for changes in watch(
        given.content, ROOT / "theme", ROOT / "plugins", ROOT / "pelicanconf.py", raise_interrupt=False
    ):
        if any(code(change, path) for change, path in changes):
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # new code needs a new process
        rebuild()
    return 0


if __name__ == "__main__":
    sys.exit(main())
