"""System programs that some tests need: missing ones are said loudly, and fail in CI."""

import os
import shutil

import pytest


def program(*names: str) -> str:
    """Return the path of the first of ``names`` that is installed. Without one, CI fails and others skip."""
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"THIẾU CHƯƠNG TRÌNH: cần {' hoặc '.join(names)} để chạy phép thử này (xem .ci/run)"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
