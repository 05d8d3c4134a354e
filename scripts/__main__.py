"""Run one command of the portal: ``python -m scripts COMMAND …``; the Makefile calls it.

A command is a module with ``add_arguments(parser)`` and ``run(arguments) -> int``. It is imported
only when it is asked for. Whatever stops a command is told here, in one way for all of them.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from plugins.core.errors import ConfigError, MachineError, PortalError, report
from plugins.core.runtime.console import STOPPED, internal_error, machine_error, speak_utf8, tell
from scripts.errors import RefusedError

ROOT = Path(__file__).resolve().parent.parent

#: Command → its module, and what it does.
COMMANDS = {
    "new": ("scripts.new", "Tạo bài mới. Lời lấy từ các biến KIND, TITLE, NAME, PHOTOS."),
    "serve": ("scripts.serve", "Xem cổng trên máy mình, tự tải lại khi sửa bài."),
    "build": ("scripts.build", "Dựng cổng."),
    "check": ("scripts.check", "Tìm lỗi trong nội dung, không dựng trang."),
    "pictures": ("scripts.pictures", "Làm trước mọi ảnh của cổng, không dựng trang."),
    "verify": ("scripts.verify", "So bản dựng nối tiếp với bản dựng lại từ đầu."),
    "comments": ("scripts.comments", "Lấy các bình luận đã duyệt từ máy chủ Isso."),
    "upload": ("scripts.upload", "Chép bản đã dựng lên kho lưu trữ (S3…) bằng rclone."),
    "clean": ("scripts.clean", "Xóa những gì đã dựng."),
    "codes": ("scripts.codes", "Viết lại bảng mã lỗi, với ví dụ và thông báo thật."),
    "new-portal": ("scripts.new_portal.command", "Lập một cổng mới, trống, cho đơn vị khác."),
    "import": ("scripts.joomla.command", "Nhập bài, ảnh, địa chỉ của một cổng Joomla cũ."),
    "lost": ("scripts.joomla.lost", "Liệt kê các địa chỉ cũ mà bạn đọc hỏi và không thấy, từ nhật ký của nginx."),
    "quality": ("scripts.quality.command", "Đo và xét cổng mẫu qua nginx, như người đọc nhận được."),
    "soak": ("scripts.soak.command", "Phá việc đưa lên ở mọi thời điểm, đếm hậu quả."),
    "bench": ("scripts.bench.command", "Đo thời gian dựng, cạnh Hugo và Pelican gốc."),
}


def run(words: Sequence[str]) -> int:
    """Parse the command line and run its command. A mistake in it exits with code 2."""
    parser = argparse.ArgumentParser(prog="python -m scripts", description="Các lệnh của cổng.")
    subparsers = parser.add_subparsers(metavar="LỆNH", required=True)
    for name, (module_name, description) in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=description, description=description)
        if [name] == list(words[:1]):
            module = import_module(module_name)
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run, words=words[1:])
    arguments = parser.parse_args(words)
    exit_code: int = arguments.run(arguments)
    return exit_code


def exit_code_of(command: Callable[[], int]) -> int:
    """Run a command. Returns its exit code, or the one of what stopped it, which is told."""
    try:
        return command()
    except RefusedError as error:
        tell(str(error), sys.stderr)
        return ConfigError.exit_code
    except PortalError as error:
        tell(report(error.problems), sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        tell(STOPPED, sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read our output has stopped listening
        return MachineError.exit_code
    except OSError as error:
        tell(report(machine_error(error).problems), sys.stderr)
        return MachineError.exit_code
    except Exception:
        tell(internal_error(Path(os.environ.get("CACHE") or ROOT / ".cache")), sys.stderr)
        return PortalError.exit_code


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that ``words``, or the program's arguments, ask for. Returns its exit code."""
    speak_utf8()
    return exit_code_of(lambda: run(sys.argv[1:] if words is None else words))


if __name__ == "__main__":
    sys.exit(main())
