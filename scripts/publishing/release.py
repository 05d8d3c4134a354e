"""Publish a commit, or go back to an earlier release, on one's own server.

    release.py build --root ROOT --repo BARE --commit SHA
    release.py receive --root ROOT              lines of git's post-receive on standard input
    release.py rebuild --root ROOT [--live]
    release.py rollback --root ROOT [N | RELEASE]
    release.py list --root ROOT

Exit codes: 0 done, 1 content, 2 configuration or usage, 3 environment, 4 internal, 5 superseded.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import operations
from .commands import publish, rebuild, receive, rollback, show_list
from .outcome import Exit, guarded, say
from .repository import git, unless_superseded
from .server import Server


def parse(words: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line; a mistake in it exits with code 2."""
    parser = argparse.ArgumentParser(prog="portal", description="Đưa một commit lên trang, hoặc quay về một bản trước.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")

    def command(name: str, description: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=description, description=description)
        added.add_argument("--root", type=Path, required=True, help="thư mục của máy chủ")
        return added

    building = command("build", "dựng một commit rồi đưa lên")
    building.add_argument("--repo", type=Path, required=True, help="kho git trần")
    building.add_argument("--commit", required=True, help="mã commit")
    command("receive", "làm việc của hook post-receive")
    rebuilding = command("rebuild", "dựng lại commit mới nhất của nhánh được đưa lên")
    rebuilding.add_argument("--live", action="store_true", help="dựng lại bản đang chạy")
    going_back = command("rollback", "quay về bản trước")
    going_back.add_argument(
        "wanted", nargs="?", default="1", metavar="N | TÊN-BẢN", help="lùi N bản, hay về bản có tên"
    )
    command("list", "các bản đang giữ; dấu * là bản đang chạy")
    return parser.parse_args(words)


def run(arguments: argparse.Namespace) -> None:
    """Do what the command line asks."""
    server = Server(arguments.root)
    match arguments.command:
        case "build":
            repo = arguments.repo.resolve()
            words = ("rev-parse", "--verify", "--end-of-options", f"{arguments.commit}^{{commit}}")
            commit = git(repo, *words).splitlines()[-1]
            publish(server, repo, lambda: unless_superseded(repo, commit))
        case "receive":
            lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
            receive(server, lines)
        case "rebuild":
            rebuild(server, live=arguments.live)
        case "rollback":
            rollback(server, arguments.wanted)
        case "list":
            show_list(server)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    words = sys.argv[1:] if words is None else words
    if words and words[0] in operations.COMMANDS:
        return operations.main(words)
    arguments = parse(words)
    code = guarded(lambda: run(arguments))
    if arguments.command == "receive" and code not in (Exit.DONE, Exit.SUPERSEDED):
        say("Kho đã nhận commit này nhưng KHÔNG đưa lên trang. Bản đang chạy giữ nguyên.")
    elif arguments.command != "list" and code != Exit.DONE:
        say("Bản đang chạy giữ nguyên.")
    return code
