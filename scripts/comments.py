"""``make comments``: fetch the comments that moderators have approved from the Isso server.

They are written to the cache folder, where builds read them: a build itself asks no network.
Exit code 0 also where the server does not answer: the last file stays, and no publishing fails for it.
"""

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.error import HTTPError
from urllib.request import urlopen

import msgspec

from plugins.comments import SECTION
from plugins.comments.model import FIRST_IMPORTED, from_isso, in_order, read, write
from plugins.core.pelican_adapter import load
from plugins.core.runtime.files import write_whole

TIMEOUT_SECONDS = 20  # for the whole answer: whoever publishes is waiting
MAX_COMMENTS = 1_000_000  # Isso wants a number


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")
    parser.add_argument("-q", "--quiet", action="store_true", help="chỉ nói khi có điều không ổn")


def run(arguments: Namespace) -> int:
    """Refresh the file of approved comments. Raises ``ConfigError`` where the configuration is wrong."""
    settings = load(arguments.settings)
    server = settings.options.get(SECTION.name, {}).get("isso", "")
    if server:
        summary = refresh(server, settings.cache / SECTION.external_input)
    else:
        summary = "Cổng chưa bật bình luận qua Isso (thiết đặt COMMENTS)."
    if summary and not arguments.quiet:
        print(summary)
    return 0


def refresh(server: str, path: Path) -> str:
    """Write the approved comments to ``path``, beside those that came from another portal.

    Returns a summary; ``""`` where the server gave none and the file stays.
    """
    try:
        with (
            time_limit(TIMEOUT_SECONDS),
            urlopen(f"{server}/latest?limit={MAX_COMMENTS}", timeout=TIMEOUT_SECONDS) as answer,
        ):
            comments = from_isso(answer.read())
    except (OSError, HTTPException, ValueError, msgspec.MsgspecError) as error:
        is_closed = isinstance(error, HTTPError) and error.code == 404
        reason = "isso.cfg cần dòng latest-enabled = true" if is_closed else str(error) or type(error).__name__
        print(f"Không lấy được bình luận từ {server} ({reason}): giữ các bình luận của lần lấy trước.", file=sys.stderr)
        return ""
    present = path.read_bytes() if path.is_file() else b""
    comments = in_order((*comments, *(comment for comment in read(present) if comment.id >= FIRST_IMPORTED)))
    data = write(comments)
    if data != present:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    return f"Có {len(comments)} bình luận đã duyệt, ở {len({comment.thread for comment in comments})} bài."


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``TimeoutError`` after ``seconds``, however slowly the other side goes on sending."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TimeoutError(f"quá {seconds:g} giây")

    previous_handler = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous_handler)
