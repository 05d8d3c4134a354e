"""The commands of ROOT/bin/portal that run a server, beside those that publish (release.py)."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .layout import Layout
from .outcome import guarded, say

# Every other module is imported by the command that needs it: whoever pushes waits for two of them.

Arguments = argparse.Namespace


def admit(layout: Layout, arguments: Arguments) -> None:
    """Do the work of git's pre-receive hook."""
    from . import access
    from .repository import delete_stale_locks

    name = os.environ.get("PORTAL_WHO")
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
    delete_stale_locks(layout.repo)
    updates = [access.Update(*line.split(" ", 2)) for line in lines]
    access.admit(layout.repo, updates, access.role_of(name, layout.keys), name)


def keys(layout: Layout, arguments: Arguments) -> None:
    """Print the list of keys as sshd's authorized_keys."""
    from . import access

    people = access.parse_keys(layout.keys.read_text("utf-8"), layout.keys) if layout.keys.exists() else []
    print(access.authorized_keys(people, f"{layout.bin}/portal shell"), end="")


def listen(layout: Layout, arguments: Arguments) -> None:
    """Do what systemd does elsewhere: start a process for each connection to a socket."""
    from . import gate, sandbox

    program = [sys.executable, "-E", "-s", "-S", str(layout.bin / "release.py")]
    tail = ["--root", str(layout.root)]
    serve_build = [*program, "serve-build", *tail]
    match arguments.socket:
        case "git":
            gate.listen(layout.git_socket, [*program, "serve-git", *tail], arguments.group)
        case "build":
            gate.listen(layout.build_socket, sandbox.confined(layout, serve_build), arguments.group)
        case "fetch":
            gate.listen(layout.fetch_socket, sandbox.confined(layout, serve_build, network=True), arguments.group)


def confine(layout: Layout, arguments: Arguments) -> None:
    """Run a commit's own command as the account that builds; end with its exit code."""
    from . import sandbox

    command = arguments.words[1:] if arguments.words[:1] == ["--"] else arguments.words
    sys.exit(sandbox.confine(layout, command, network=arguments.network))


def shell(layout: Layout, arguments: Arguments) -> None:
    """Let a person do the only thing that a key is for: talk to git."""
    from . import gate

    gate.shell(layout, arguments.who)


def serve_git(layout: Layout, arguments: Arguments) -> None:
    """Be the git of one person who pushes."""
    from . import gate

    gate.serve_git(layout)


def serve_build(layout: Layout, arguments: Arguments) -> None:
    """Be one build, in the account that builds."""
    from . import sandbox

    sandbox.serve_build(layout)


def show_status(layout: Layout, arguments: Arguments) -> None:
    """Print how the server does. Exits with 3 where a person should act."""
    from . import status
    from .server import Server

    present = status.read(Server(layout.root))
    print(status.as_json(present) if arguments.json else status.as_text(present), end="" if arguments.json else "\n")
    sys.exit(0 if present.is_well else 3)


def tick(layout: Layout, arguments: Arguments) -> None:
    """Do what is due by the clock."""
    from .server import Server
    from .tick import tick

    tick(Server(layout.root))


def notify_test(layout: Layout, arguments: Arguments) -> None:
    """Send the operator a message, to see whether it arrives."""
    from .notify import send
    from .server import Server

    if not Server(layout.root).settings().get("PORTAL_NOTIFY"):
        say(f"Chưa có dòng PORTAL_NOTIFY=… trong {layout.settings_file}.")
    send(Server(layout.root), arguments.event, arguments.message)


def upload(layout: Layout, arguments: Arguments) -> None:
    """Copy the live release to storage elsewhere."""
    from .remote import upload_live
    from .server import Server

    upload_live(Server(layout.root), arguments.to)


def back_up(layout: Layout, arguments: Arguments) -> None:
    """Write all that cannot be built again into one file."""
    from .backup import back_up
    from .server import Server

    back_up(Server(layout.root), arguments.folder)


def restore(layout: Layout, arguments: Arguments) -> None:
    """Bring a server back from a backup."""
    from .backup import restore
    from .server import Server

    restore(Server(layout.root), arguments.file)


def redirects(layout: Layout, arguments: Arguments) -> None:
    """Have nginx know the addresses of an old portal that the live release brings. For root."""
    from .nginx_control import put_redirects_in_force

    if put_redirects_in_force(layout.root):
        say("nginx đã nhận bảng địa chỉ cũ của bản đang chạy.")


def _with(*flags: str, **options: Any) -> Callable[[argparse.ArgumentParser], object]:
    return lambda parser: parser.add_argument(*flags, **options)


def _listen_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("socket", choices=("git", "build", "fetch"))
    parser.add_argument("group")


def _confine_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", action="store_true")
    parser.add_argument("words", nargs=argparse.REMAINDER)


def _notify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--event", default="test", help="loại sự việc")
    parser.add_argument("message", nargs="?", default="Thử báo tin: nếu bạn đọc được dòng này thì cách báo đã đúng.")


def _nothing(parser: argparse.ArgumentParser) -> None:
    pass


#: Command → what it does, its arguments, its function.
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], object], Callable[[Layout, Arguments], None]]] = {
    "status": (
        "tình trạng: bản đang chạy, hàng đợi, ổ đĩa, lỗi gần nhất",
        _with("--json", action="store_true", help="cho chương trình đọc"),
        show_status,
    ),
    "tick": ("việc của mỗi phút: dựng lại khi đến lúc, báo tin khi hỏng", _nothing, tick),
    "notify-test": ("thử báo tin cho người vận hành", _notify_arguments, notify_test),
    "upload": (
        "chép bản đang chạy lên kho lưu trữ bằng rclone",
        _with("--to", default="", help="nơi chép đến, như s3:cong; mặc định là PORTAL_REMOTE trong portal.env"),
        upload,
    ),
    "backup": (
        "sao lưu kho, thiết đặt, danh sách khóa",
        _with(
            "folder", nargs="?", type=Path, help="thư mục; mặc định là PORTAL_BACKUP trong portal.env, hoặc ROOT/backup"
        ),
        back_up,
    ),
    "restore": (
        "dựng lại máy chủ từ một tệp sao lưu",
        _with("file", type=Path, help="tệp .tar của portal backup"),
        restore,
    ),
    "redirects": ("đưa bảng địa chỉ cũ của bản đang chạy vào nginx; của root", _nothing, redirects),
    "keys": ("in danh sách khóa thành authorized_keys của sshd", _nothing, keys),
    "shell": (
        "việc duy nhất mà người push làm được trên máy",
        _with("--who", required=True),
        shell,
    ),
    "admit": ("làm việc của hook pre-receive", _nothing, admit),
    "serve-git": ("tiến trình git của một người push", _nothing, serve_git),
    "serve-build": ("một lần dựng, ở tài khoản dựng", _nothing, serve_build),
    "listen": ("nghe một ổ cắm, nơi không có systemd", _listen_arguments, listen),
    "confine": ("chạy một lệnh ở tài khoản dựng", _confine_arguments, confine),
}
#: The commands that a person may want.
FOR_PEOPLE = ("status", "tick", "upload", "backup", "restore", "notify-test", "keys")


def main(words: Sequence[str]) -> int:
    """Run one command of this module. Returns its exit code."""
    parser = argparse.ArgumentParser(prog="portal")
    commands = parser.add_subparsers(dest="command", required=True)
    description, add_arguments, run = COMMANDS[words[0]]
    command = commands.add_parser(words[0], help=description, description=description)
    command.add_argument("--root", type=Path, required=True)
    add_arguments(command)
    arguments = parser.parse_args(words)
    return guarded(lambda: run(Layout(arguments.root), arguments))
