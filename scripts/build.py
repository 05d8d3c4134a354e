"""``make site`` and ``make publish``: Pelican, with its configuration looked at first.

Pelican reads the configuration before any code of ours runs, and would speak of a slip
in it in its own words. What ``python -m pelican`` builds is the same.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pelican import main as pelican

from plugins.core.errors import PortalError, report
from plugins.core.pelican_adapter import read_conf, run_command, speak_utf8


def main(argv: list[str] | None = None) -> int:
    """Build. Returns the exit code of a faulty configuration, or ends as Pelican does."""
    speak_utf8()
    parser = argparse.ArgumentParser(description="Dựng cổng.")
    parser.add_argument("content", nargs="?", default="content", help="thư mục nội dung")
    parser.add_argument("-o", "--output", default="output", help="thư mục xuất bản")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")
    parser.add_argument(
        "--keep-last-good", action="store_true", help="bài hỏng giữ bản tốt gần nhất, các bài khác vẫn đăng"
    )
    parser.add_argument("--allow-shrink", action="store_true", help="đúng là muốn bỏ nhiều bài cùng lúc")
    given = parser.parse_args(argv)
    if given.keep_last_good:
        os.environ["KEEP_LAST_GOOD"] = "1"
    if given.allow_shrink:
        os.environ["ALLOW_SHRINK"] = "1"
    try:
        read_conf(given.settings, PATH=given.content)
    except PortalError as fault:
        print(report(fault.problems), file=sys.stderr)
        return fault.exit_code
    # whole paths: Pelican would take a folder with a dash before its name for an option
    content, output, conf = map(os.path.abspath, (given.content, given.output, given.settings))
    pelican([content, "-o", output, "-s", conf])
    return 0


if __name__ == "__main__":
    run_command(main)
