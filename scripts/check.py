"""``make check``: every mistake in the content, without drawing a page."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plugins.core.build.pipeline import check
from plugins.core.errors import MachineError, PortalError, Problem, as_github, as_json, errors, report
from plugins.core.pelican_adapter import load, machine_error, run_command, speak_utf8, tell

FORMATS = {"json": as_json, "github": as_github}


def main(argv: list[str] | None = None) -> int:
    """Print every problem. Returns 0 when the content may be published, else the fault's exit code."""
    speak_utf8()
    parser = argparse.ArgumentParser(description="Tìm lỗi trong nội dung, không dựng trang.")
    parser.add_argument("content", nargs="?", default="content", help="thư mục nội dung")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")
    parser.add_argument("--format", choices=["human", *FORMATS], default="human", help="cách trình bày")
    given = parser.parse_args(argv)
    code = 0
    problems: Sequence[Problem]
    try:
        problems = check(load(given.settings, PATH=str(Path(given.content).resolve())))
    except PortalError as fault:
        problems, code = fault.problems, fault.exit_code
    except OSError as fault:
        problems, code = machine_error(fault).problems, MachineError.exit_code
    if given.format in FORMATS:
        tell(FORMATS[given.format](problems))
    else:
        tell(report(problems, colour=sys.stdout.isatty()) or "Không có lỗi.")
    return code or (1 if errors(problems) else 0)


if __name__ == "__main__":
    run_command(main)
