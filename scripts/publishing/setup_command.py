"""The command line of setup_server.py."""

import argparse
import os
import re
from collections.abc import Sequence
from pathlib import Path

from .layout import Layout
from .outcome import Exit, ReleaseError, guarded, say
from .setup import Setup, next_steps


def set_up(setup: Setup) -> None:
    """Check what was asked for, then do it."""
    if not re.fullmatch(r"https://[A-Za-z0-9.-]+", setup.siteurl):
        raise ReleaseError(Exit.CONFIGURATION, f"--siteurl phải là https://tên-miền, không phải {setup.siteurl}")
    if os.geteuid() != 0 and not setup.is_dry:
        raise ReleaseError(
            Exit.CONFIGURATION, "Lệnh này tạo tài khoản và dịch vụ: chạy bằng sudo. Xem trước: --dry-run"
        )
    setup.everything()
    if not setup.done:
        say("Máy đã đúng như cần: không phải làm gì.")
    for line in next_steps(setup) if not setup.is_dry else ("Chưa làm gì cả (--dry-run).",):
        say(line)


def main(words: Sequence[str] | None = None) -> int:
    """Set the machine up; say what is left for a person."""
    parser = argparse.ArgumentParser(description="Cài một máy Debian thành máy chủ của cổng; chạy lại để nâng cấp.")
    parser.add_argument("--siteurl", required=True, help="địa chỉ công khai: https://…")
    parser.add_argument("--root", type=Path, default=Path("/srv/portal"), help="thư mục của cổng (/srv/portal)")
    parser.add_argument("--branch", default="main", help="nhánh được đưa lên (main)")
    parser.add_argument("--comments", default="", help="địa chỉ máy chủ Isso, nếu có: https://…")
    parser.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ làm gì")
    arguments = parser.parse_args(words)
    siteurl = arguments.siteurl.rstrip("/")
    return guarded(
        lambda: set_up(
            Setup(Layout(arguments.root), siteurl, arguments.branch, arguments.comments.rstrip("/"), arguments.dry_run)
        )
    )
