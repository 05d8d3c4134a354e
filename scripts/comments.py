"""``make comments``: ask the Isso server for the comments that moderators have approved.

They are laid beside the content, in the cache folder, for builds to read: a build itself asks no network.
Exit code 0 also where the server does not answer: the last file stays, and no publishing fails for it.
"""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.error import HTTPError
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec

from plugins.comments import SECTION
from plugins.comments.model import from_isso, write
from plugins.core.errors import PortalError, report
from plugins.core.pelican_adapter import load, run_command, speak_utf8

SECONDS = 20  # for all of it: whoever publishes is waiting
MOST = 1_000_000  # comments; Isso wants a number


def main(argv: list[str] | None = None) -> int:
    """Refresh the file of approved comments. Returns 2 where the configuration is wrong, else 0."""
    speak_utf8()
    parser = argparse.ArgumentParser(description="Lấy các bình luận đã duyệt từ máy chủ Isso.")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")
    parser.add_argument("-q", "--quiet", action="store_true", help="chỉ nói khi có điều không ổn")
    given = parser.parse_args(argv)
    try:
        settings = load(given.settings)
    except PortalError as fault:
        print(report(fault.problems), file=sys.stderr)
        return fault.exit_code
    server = settings.options.get(SECTION.name, {}).get("isso", "")
    if server:
        said = refresh(server, settings.cache / SECTION.external_input)
    else:
        said = "Cổng chưa bật bình luận qua Isso (thiết đặt COMMENTS)."
    if said and not given.quiet:
        print(said)
    return 0


def refresh(server: str, place: Path) -> str:
    """Write what is approved now to ``place``, or leave it; a sentence of what was done."""
    try:
        with within(SECONDS), urlopen(f"{server}/latest?limit={MOST}", timeout=SECONDS) as answer:
            comments = from_isso(answer.read())
    except (OSError, HTTPException, ValueError, msgspec.MsgspecError) as fault:
        is_closed = isinstance(fault, HTTPError) and fault.code == 404
        why = "isso.cfg cần dòng latest-enabled = true" if is_closed else str(fault) or type(fault).__name__
        print(f"Không lấy được bình luận từ {server} ({why}): giữ các bình luận của lần lấy trước.", file=sys.stderr)
        return ""
    new = write(comments)
    if not place.is_file() or place.read_bytes() != new:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = place.with_suffix(".tmp")
        temporary.write_bytes(new)
        os.replace(temporary, place)
    return f"Có {len(comments)} bình luận đã duyệt, ở {len({one.thread for one in comments})} bài."


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise ``TimeoutError`` after ``seconds``, however slowly the other side goes on talking."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TimeoutError(f"quá {seconds:g} giây")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


if __name__ == "__main__":
    run_command(main)
