"""The commands of ROOT/bin/portal that run a server, beside those that publish (release.py)."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import access, gate, sandbox
from .layout import Layout
from .outcome import guarded

Arguments = argparse.Namespace


def admit(layout: Layout, arguments: Arguments) -> None:
    """Do the work of git's pre-receive hook."""
    name = os.environ.get("PORTAL_WHO")
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
    updates = [access.Update(*line.split(" ", 2)) for line in lines]
    access.admit(layout.repo, updates, access.role_of(name, layout.keys), name)


def keys(layout: Layout, arguments: Arguments) -> None:
    """Print the list of keys as sshd's authorized_keys."""
    people = access.parse_keys(layout.keys.read_text("utf-8"), layout.keys) if layout.keys.exists() else []
    print(access.authorized_keys(people, f"{layout.bin}/portal shell"), end="")


def listen(layout: Layout, arguments: Arguments) -> None:
    """Do what systemd does elsewhere: start a process for each connection to a socket."""
    program = [sys.executable, "-E", "-s", str(layout.bin / "release.py")]
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
    command = arguments.words[1:] if arguments.words[:1] == ["--"] else arguments.words
    sys.exit(sandbox.confine(layout, command, network=arguments.network))


def _with(*flags: str, **options: object) -> Callable[[argparse.ArgumentParser], None]:
    return lambda parser: parser.add_argument(*flags, **options) and None  # type: ignore[func-returns-value, arg-type]


def _listen_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("socket", choices=("git", "build", "fetch"))
    parser.add_argument("group")


def _confine_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--network", action="store_true")
    parser.add_argument("words", nargs=argparse.REMAINDER)


def _nothing(parser: argparse.ArgumentParser) -> None:
    pass


#: Command → what it does, its arguments, its function.
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[Layout, Arguments], None]]] = {
    "keys": ("in danh sách khóa thành authorized_keys của sshd", _nothing, keys),
    "shell": (
        "việc duy nhất mà người push làm được trên máy",
        _with("--who", required=True),
        lambda layout, arguments: gate.shell(layout, arguments.who),
    ),
    "admit": ("làm việc của hook pre-receive", _nothing, admit),
    "serve-git": ("tiến trình git của một người push", _nothing, lambda layout, arguments: gate.serve_git(layout)),
    "serve-build": ("một lần dựng, ở tài khoản dựng", _nothing, lambda layout, arguments: sandbox.serve_build()),
    "listen": ("nghe một ổ cắm, nơi không có systemd", _listen_arguments, listen),
    "confine": ("chạy một lệnh ở tài khoản dựng", _confine_arguments, confine),
}


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
