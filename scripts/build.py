"""``make site`` and ``make publish``: Pelican, with its configuration looked at first.

Pelican reads the configuration before any code of ours runs, and would speak of a slip
in it in its own words. What ``python -m pelican`` builds is the same.
"""

import os
from argparse import ArgumentParser, Namespace

from pelican import main as pelican

from plugins.core.pelican_adapter import read_conf


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("content", nargs="?", default="content", help="thư mục nội dung")
    parser.add_argument("-o", "--output", default="output", help="thư mục xuất bản")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")
    parser.add_argument(
        "--keep-last-good", action="store_true", help="bài hỏng giữ bản tốt gần nhất, các bài khác vẫn đăng"
    )
    parser.add_argument("--fresh", action="store_true", help="không dùng gì của những lần dựng trước")
    parser.add_argument("--allow-shrink", action="store_true", help="đúng là muốn bỏ nhiều bài cùng lúc")


def run(arguments: Namespace) -> int:
    """Build the portal. Returns 0, or ends as Pelican does. Raises ``PortalError`` for a faulty configuration."""
    if arguments.keep_last_good:
        os.environ["KEEP_LAST_GOOD"] = "1"
    if arguments.allow_shrink:
        os.environ["ALLOW_SHRINK"] = "1"
    read_conf(arguments.settings, PATH=arguments.content)
    # whole paths: Pelican would take a folder with a dash before its name for an option
    content, output, conf = map(os.path.abspath, (arguments.content, arguments.output, arguments.settings))
    fresh = ["--ignore-cache"] if arguments.fresh else []
    pelican([content, "-o", output, "-s", conf, *fresh])
    return 0
