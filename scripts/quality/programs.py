"""Find the programs that the measurements need: a missing one stops everything, for what is not checked is not good."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.errors import RefusedError

TOOLS = Path(__file__).resolve().parent.parent.parent / "tests/tools"


def program(*names: str) -> str:
    """Return the path of the first of ``names`` that is installed. Raises ``RefusedError``."""
    for name in names:
        if path := shutil.which(name) or shutil.which(name, path="/usr/sbin"):
            return path
    raise RefusedError(
        f"THIẾU CHƯƠNG TRÌNH: cần {' hoặc '.join(names)} để đo (xem .ci/run); không có thì không phép đo nào được bỏ qua."
    )


def chromium() -> str:
    """Return the path of Chromium. Raises ``RefusedError``."""
    return program("chromium", "chromium-browser", "google-chrome")


def npm_tool(path: str) -> Path:
    """Return a file that npm installs under tests/tools. Raises ``RefusedError``."""
    file = TOOLS / path
    if not file.is_file():
        raise RefusedError(f"THIẾU CHƯƠNG TRÌNH: chưa có {file}. Chạy: make quality (lệnh này cài nó).")
    return file
