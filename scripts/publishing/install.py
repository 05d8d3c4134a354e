"""Lay out a server's folder, or bring an earlier installation up to date."""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from . import access, store
from .files import write_whole
from .outcome import Exit, ReleaseError, guarded, say
from .repository import git
from .server import Server

HERE = Path(__file__).resolve().parent
MARK = "# Do install_server.py của cổng đặt; sửa tay sẽ mất khi cài lại."
SETTINGS_MARK = "# Môi trường của việc dựng cổng, mỗi dòng TÊN=GIÁ_TRỊ. Cài lại chỉ đổi dòng SITEURL."
REQUIRED_PROGRAMS = ("git", "make", "timeout")
#: ROOT/bin/release.py. It runs the copy of this package that lies beside it.
PROGRAM = f"""\
{MARK}
import sys

from publishing.portal import main

sys.exit(main())
"""


def install(root: Path, siteurl: str, branch: str) -> None:
    """Lay out `root` for one portal, or bring an earlier installation up to date."""
    siteurl = siteurl.rstrip("/")
    if not re.fullmatch(r"https://[^\s\"'#]+", siteurl):
        raise ReleaseError(Exit.CONFIGURATION, f"--siteurl phải là https://…, không phải {siteurl}")
    missing = [name for name in REQUIRED_PROGRAMS if shutil.which(name) is None]
    if missing:
        raise ReleaseError(Exit.ENVIRONMENT, f"Máy chủ chưa cài: {', '.join(missing)}")
    server = Server(root)
    server.prepare()
    server.root.chmod(0o755)
    install_programs(server)
    install_repository(server, branch)
    install_settings(server, siteurl)
    take_over(server)


def take_over(server: Server) -> None:
    """Bring what programs before December 2026 left into the present layout; releases stay where they are."""
    for release in sorted(server.releases.iterdir()):
        store.import_release(server, release)
    if (server.work / "site").exists():
        shutil.rmtree(server.work)


def install_programs(server: Server) -> None:
    """Copy the programs out of reach of a push, and make the `portal` command."""
    folder = server.bin / "publishing"
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(HERE.glob("*.py")):
        write_whole(folder / source.name, source.read_text("utf-8"))
    write_whole(server.bin / "release.py", PROGRAM)
    write_script(server, server.bin / "portal", "[ $# -gt 0 ] || set -- list", '"$@"')
    # accounts that may not write there would compile them anew at each start
    subprocess.run([interpreter(), "-m", "compileall", "-q", str(folder)], check=False)


def is_compiled(server: Server) -> bool:
    """Return whether the installed programs are compiled for the Python that runs them: after an upgrade of Debian
    it is another one."""
    source = server.bin / "publishing" / "release.py"
    ask = f"import importlib.util, os; print(os.path.exists(importlib.util.cache_from_source({str(source)!r})))"
    return subprocess.run([interpreter(), "-c", ask], capture_output=True, check=False).stdout == b"True\n"


def install_repository(server: Server, branch: str) -> None:
    """Set up the bare repository, the branch that it publishes, and the hook."""
    if not (server.repo / "HEAD").exists():
        git(server.repo, "init", "--quiet", "--bare")
    try:
        git(server.repo, "check-ref-format", f"refs/heads/{branch}")
    except ReleaseError as error:
        raise ReleaseError(Exit.CONFIGURATION, f"“{branch}” không dùng làm tên nhánh được.") from error
    git(server.repo, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
    for key, value in access.CONFIGURATION.items():
        git(server.repo, "config", key, value)
    (server.repo / "hooks").mkdir(exist_ok=True)
    for name, words in {"pre-receive": "admit", "post-receive": "receive"}.items():
        hook = server.repo / "hooks" / name
        if hook.exists() and MARK not in hook.read_text("utf-8"):
            message = f"{hook} đã có và không phải của cổng: hãy dời đi rồi cài lại."
            raise ReleaseError(Exit.CONFIGURATION, message)
        write_script(server, hook, "# Nhận các dòng “cũ mới ref” của git qua đầu vào chuẩn.", words)


def write_script(server: Server, path: Path, preparation: str, words: str) -> None:
    """Write a few lines of sh that hand `words` to ROOT/bin/release.py.

    -E -s keep what a pusher's environment says about Python out of it, -S what is not Python's own.
    """
    python = shlex.quote(interpreter())
    program, root = (shlex.quote(str(path)) for path in (server.bin / "release.py", server.root))
    lines = ["#!/bin/sh", MARK, preparation, f"exec {python} -E -s -S {program} {words} --root {root}"]
    write_whole(path, "\n".join(lines) + "\n", mode=0o755)


@cache
def interpreter() -> str:
    """Return the Python that runs the programs: the system's, under the name that survives an upgrade of Debian.

    Where that is too old or missing, the real one behind a virtual environment, which may be thrown away.
    """
    system = "/usr/bin/python3"
    check = [system, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    if os.path.exists(system) and subprocess.run(check, check=False).returncode == 0:
        return system
    return os.path.realpath(sys.executable)


def install_settings(server: Server, siteurl: str) -> None:
    """Set SITEURL in portal.env and leave its other lines as they are."""
    file = server.settings_file
    lines = file.read_text("utf-8").splitlines() if file.exists() else [SETTINGS_MARK]
    others = [line for line in lines if not line.strip().startswith("SITEURL=")]
    write_whole(file, "\n".join([*others, f"SITEURL={siteurl}"]) + "\n", mode=0o640)


def main(words: Sequence[str] | None = None) -> int:
    """Install, then say what to do next."""
    parser = argparse.ArgumentParser(description="Cài máy chủ: push là đưa lên.")
    parser.add_argument("--root", type=Path, required=True, help="thư mục của máy chủ")
    parser.add_argument("--siteurl", required=True, help="địa chỉ công khai: https://…")
    parser.add_argument("--branch", default="main", help="nhánh được đưa lên (main)")
    arguments = parser.parse_args(words)
    code = guarded(lambda: install(arguments.root, arguments.siteurl, arguments.branch))
    if code == Exit.DONE:
        root = arguments.root.resolve()
        say(f"Đã cài. Push nhánh “{arguments.branch}” vào {root}/portal.git là đưa lên.")
        say(f"Thư mục cho nginx: {root}/current. Xem và quay lại: {root}/bin/portal")
    return code
