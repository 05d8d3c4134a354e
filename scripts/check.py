"""``make check``: every mistake in the content, without drawing a page."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plugins.core.build import plan
from plugins.core.pelican_adapter import load, speak_utf8
from plugins.core.problems import PortalError, errors, report


def main(argv: list[str] | None = None) -> int:
    """Print every problem. Returns 0 when the content may be published, else the fault's exit code."""
    speak_utf8()
    parser = argparse.ArgumentParser(description="Tìm lỗi trong nội dung, không dựng trang.")
    parser.add_argument("content", nargs="?", default="content", help="thư mục nội dung")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", help="tệp cấu hình")
    given = parser.parse_args(argv)
    try:
        problems = plan(load(given.settings, PATH=str(Path(given.content).resolve()))).problems
    except PortalError as fault:
        print(report(fault.problems))
        return fault.exit_code
    print(report(problems) or "Không có lỗi.")
    return 1 if errors(problems) else 0


if __name__ == "__main__":
    sys.exit(main())
