"""Check all HTML files with the Nu Html Checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from scripts.errors import RefusedError
from scripts.quality.programs import npm_tool, program
from scripts.quality.result import Result, faultless


def validate(output: Path) -> Result:
    """Return the errors in the HTML files of the folder."""
    command = [
        program("java"),
        "-XX:TieredStopAtLevel=1",  # a program of ten seconds is done before its best code is
        "-XX:+UseSerialGC",
        "-Xss4m",
        "-jar",
        str(npm_tool("node_modules/vnu-jar/build/dist/vnu.jar")),
        *("--skip-non-html", "--format", "json", "--exit-zero-always", str(output)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    try:
        messages = json.loads(done.stderr)["messages"]
    except ValueError:
        raise RefusedError(f"Bộ kiểm tra HTML không chạy được: {done.stderr[-500:]}") from None
    return faultless(
        "mọi tệp HTML",
        "đúng chuẩn HTML (Nu)",
        [
            f"{_name(message.get('url', ''), output)}:{message.get('lastLine', 0)}: {message['message']}"
            for message in messages
            if message["type"] in ("error", "non-document-error")
        ],
    )


def _name(url: str, output: Path) -> str:
    return url.removeprefix("file:").removeprefix(f"{output}/")
