"""``make pictures``: make ahead every picture that the portal shows."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from plugins.core.build.pipeline import make_pictures
from plugins.core.pelican_adapter import load, log_to_stderr
from plugins.core.runtime.console import ProgressBar, tell
from scripts.errors import RefusedError


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("content", nargs="?", default="content", type=Path, help="thư mục nội dung")
    parser.add_argument("-j", "--jobs", default="", help="số ảnh làm cùng lúc; bỏ trống: mỗi nhân một ảnh")


def run(arguments: Namespace) -> int:
    """Make the pictures. Raises ``RefusedError`` where the number of jobs is none."""
    jobs = arguments.jobs
    if jobs and not (jobs.isascii() and jobs.isdecimal() and 0 < int(jobs) < 1000):
        raise RefusedError(f"Không làm được “{jobs}” ảnh cùng lúc: viết một số từ 1, ví dụ make pictures JOBS=4")
    log_to_stderr()
    settings = load("pelicanconf.py", PATH=str(arguments.content.resolve()))
    with ProgressBar() as bar:
        count = make_pictures(replace(settings, workers=int(jobs)) if jobs else settings, bar.tick)
    tell(f"Đã làm {count} ảnh vào {settings.cache / 'pictures'}." if count else "Mọi ảnh đã có sẵn.")
    return 0
