"""``make check``: tell every mistake in the content, without rendering a page."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from plugins.core.build.pipeline import check
from plugins.core.errors import MachineError, PortalError, Problem, as_github, as_json, errors, report
from plugins.core.pelican_adapter import load
from plugins.core.runtime.console import machine_error, tell

FORMATS = {"json": as_json, "github": as_github}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("content", nargs="?", default="content", help="thư mục nội dung")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")
    parser.add_argument("--format", choices=["human", *FORMATS], default="human", help="cách trình bày")


def run(arguments: Namespace) -> int:
    """Print every problem. Returns 0 when the content may be published, else the error's exit code."""
    code = 0
    problems: Sequence[Problem]
    try:
        problems = check(load(arguments.settings, PATH=str(Path(arguments.content).resolve())))
    except PortalError as error:
        problems, code = error.problems, error.exit_code
    except OSError as error:
        problems, code = machine_error(error).problems, MachineError.exit_code
    if arguments.format in FORMATS:
        tell(FORMATS[arguments.format](problems))
    else:
        tell(report(problems, colour=sys.stdout.isatty()) or "Không có lỗi.")
    return code or (1 if errors(problems) else 0)
