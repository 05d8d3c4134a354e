"""Publish a commit, or go back to an earlier release, on one's own server.

    release.py build --root ROOT --repo BARE --commit SHA
    release.py receive --root ROOT              lines of git's post-receive on standard input
    release.py rebuild --root ROOT [--live] [--fresh] [--trust-clock]
    release.py catch-up --root ROOT             for a timer, and at the machine's start
    release.py rollback --root ROOT [N | RELEASE]
    release.py unpin --root ROOT
    release.py verify --root ROOT [--rebuild] [RELEASE]
    release.py list --root ROOT

Exit codes: 0 done, 1 content, 2 configuration or usage, 3 environment, 4 internal, 5 superseded.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .commands import AlreadyBuiltError, catch_up, rebuild, receive, rollback, show_list
from .operations import COMMANDS, FOR_PEOPLE
from .outcome import Exit, guarded, say
from .publish import Order, publish
from .repository import git, unless_superseded
from .server import Server
from .verify import verify

#: Commands that change nothing that a reader sees, whatever they answer.
READING = ("list", "verify")


def parse(words: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line; a mistake in it exits with code 2."""
    parser = argparse.ArgumentParser(prog="portal", description="Đưa một commit lên trang, hoặc quay về một bản trước.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    for name in FOR_PEOPLE:
        commands.add_parser(name, help=COMMANDS[name][0])

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
    rebuilding.add_argument(
        "--fresh", action="store_true", help="không dùng gì của những lần trước, thay những gì hỏng"
    )
    rebuilding.add_argument("--trust-clock", action="store_true", help="giờ máy chủ đúng, dù lệch với bản trước")
    command("catch-up", "dựng những gì đến hạn: commit chưa dựng, tin hẹn giờ")
    going_back = command("rollback", "quay về bản trước và ghim bản ấy")
    going_back.add_argument(
        "wanted", nargs="?", default="1", metavar="N | TÊN-BẢN", help="lùi N bản, hay về bản có tên"
    )
    command("unpin", "bỏ ghim: đưa commit mới nhất lên")
    verifying = command("verify", "so từng tệp của bản đang chạy với bản kê của nó")
    verifying.add_argument("--rebuild", action="store_true", help="so cả với một bản dựng lại từ đầu")
    verifying.add_argument("release", nargs="?", default="", metavar="TÊN-BẢN", help="bản khác bản đang chạy")
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
            publish(server, Order(repo, lambda: unless_superseded(repo, commit)))
        case "receive":
            lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
            receive(server, lines, os.environ.get("PORTAL_WHO", ""))
        case "rebuild":
            rebuild(server, live=arguments.live, trusts_clock=arguments.trust_clock, is_anew=arguments.fresh)
        case "catch-up":
            catch_up(server)
        case "rollback":
            rollback(server, arguments.wanted)
        case "unpin":
            rebuild(server, live=False)
        case "verify":
            verify(server, arguments.release, rebuilds=arguments.rebuild)
        case "list":
            show_list(server)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    arguments = parse(words)
    server = Server(arguments.root)
    before = server.live_name()
    errors: list[BaseException] = []

    def action() -> None:
        try:
            run(arguments)
        except BaseException as error:
            errors.append(error)
            raise

    code = guarded(action)
    if code != Exit.DONE and arguments.command not in READING and not isinstance(errors[-1], AlreadyBuiltError):
        is_push = arguments.command == "receive"
        # what else is live when others were faster is no doing of ours
        before = server.live_name() if code == Exit.SUPERSEDED else before
        _tell_what_is_live(server, before, is_push=is_push and code != Exit.SUPERSEDED)
    return code


def _tell_what_is_live(server: Server, before: str | None, *, is_push: bool) -> None:
    """Say after a failure what readers see: a failure after the switch does not undo it."""
    live = server.live_name()
    if live != before:
        say(f"Trang đã chuyển sang bản {live}; việc sau đó bị lỗi như trên.")
        return
    if is_push:
        say("Kho đã nhận commit này nhưng KHÔNG đưa lên trang. Bản đang chạy giữ nguyên.")
    else:
        say("Bản đang chạy giữ nguyên.")
    if release := server.live_release():
        say(f"Đang chạy: {release}")
