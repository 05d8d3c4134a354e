"""Run builds as an account of their own: no network, nothing to write but ROOT/build.

A build runs what was pushed: a Makefile, plugins, templates. So it sees the tree and the libraries
read-only, and hands over files, which the publishing account copies.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .files import borrow_cache, delete, folders_of, renew_cache
from .gate import connected, read_line, receive
from .handover import changes_of, give_mark, is_same, load_result, new_mark, take_mark
from .layout import BUILDERS_OWN, SHARED_FOLDERS, Layout, needed_list
from .outcome import Exit, ReleaseError
from .takeover import Changes, add_shared, mirror, take_changes

#: What a build is not told: who we are, how we were reached, what only operators may know.
PRIVATE = ("SSH_", "PORTAL_", "XDG_", "LISTEN_", "SUDO_", "GIT_")
PRIVATE_NAMES = {"HOME", "USER", "LOGNAME", "MAIL", "SHELL", "PATH", "PWD", "OLDPWD", "INVOCATION_ID", "JOURNAL_STREAM"}
#: What stands before the exit code, at the end of what a build says.
EXIT = b"\0EXIT "
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def readable_folders(layout: Layout) -> list[Path]:
    """Return what a build may read below ROOT."""
    return [layout.bin, layout.tree, layout.before, layout.environments, layout.store]


def confined(layout: Layout, command: Sequence[str], *, network: bool = False) -> list[str]:
    """Return `command` in a bubblewrap: the way without systemd."""
    root = ["/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/alternatives", "/etc/ld.so.cache", "/etc/mime.types"]
    # a Python that does not come with the system
    root += [prefix for prefix in {sys.base_prefix} if not prefix.startswith("/usr")]
    seen = [word for path in root for word in ("--ro-bind-try", path, path)]
    ours = [word for path in readable_folders(layout) for word in ("--ro-bind-try", str(path), str(path))]
    return [
        "bwrap", "--unshare-all", *(["--share-net"] if network else []), "--die-with-parent", "--new-session", *seen,
        "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", *ours,
        "--bind", str(layout.builders), str(layout.builders), "--remount-ro", "/", "--chdir", "/tmp", *command,
    ]  # fmt: skip


def confine(layout: Layout, command: list[str], *, network: bool) -> int:
    """Run a commit's own `command` as the account that builds, and take over what it made. Returns its exit code.

    build.py calls it through ROOT/bin/confine, in the work tree. The words OUTPUT= and CACHE=, and what
    the build is told of the store, are changed to folders of the builder's own.
    """
    variables = dict(word.split("=", 1) for word in command if "=" in word and not word.startswith("-"))
    if command[-1].endswith("/.site"):
        return make_environment(layout, Path(variables["VENV"]))
    # what is not built into the standby is to be compared with it: it must know nothing of earlier builds
    is_anew = "OUTPUT" in variables and Path(variables["OUTPUT"]) != layout.standby
    folder = layout.builders / "anew" if is_anew else layout.builders
    moved = {"OUTPUT": folder / "site", "CACHE": folder / "cache"}
    words = [f"{name}={moved[name]}" if (name := word.partition("=")[0]) in moved else word for word in command]
    environment = {k: v for k, v in os.environ.items() if k not in PRIVATE_NAMES and not k.startswith(PRIVATE)}
    result, store = os.environ.get("PORTAL_RESULT"), os.environ.get("PORTAL_STORE")
    environment["PYTHONPYCACHEPREFIX"] = str(layout.builders / "pycache")
    if result:
        environment["PORTAL_RESULT"] = str(folder / "result.json")
    if store:
        environment |= {"PORTAL_STORE": str(folder / "store"), "PORTAL_SERVED": str(layout.store)}
    if "PORTAL_BEFORE" in os.environ:
        environment["PORTAL_BEFORE"] = os.environ["PORTAL_BEFORE"]
    path, mark = layout.fetch_socket if network else layout.build_socket, new_mark(layout.build_socket)
    # a commit that changes code could lie of what it changes: everything is looked at
    is_known = not is_anew and "FRESH" not in variables and is_same(folder / "site", layout.standby, mark)
    request = {"command": words, "environment": environment, "anew": str(folder) if is_anew else ""}
    code = run_elsewhere(path, {**request, "mark": mark, "is_known": is_known})
    if code == 0 and "OUTPUT" in variables:
        target = Path(variables["OUTPUT"])
        built = load_result(folder / "result.json") if result else {}
        hints = changes_of(built) if is_known else None
        changes = take_changes(folder / "site", target, hints) if hints is not None else mirror(folder / "site", target)
        if store:
            add_shared(folder / "store", Path(store), needed_list(target / BUILDERS_OWN))
        if result:
            write_result(built, Path(result), changes)
    return code


def write_result(built: dict[str, Any], target: Path, changes: Changes) -> None:
    """Pass on what a build says of its site, with what differs from the standby, which it does not know."""
    prefix = f"{BUILDERS_OWN}/"
    files = {name: [path for path in paths if not path.startswith(prefix)] for name, paths in changes._asdict().items()}
    target.write_text(json.dumps(built | files), "utf-8")


def make_environment(layout: Layout, folder: Path) -> int:
    """Install the libraries of the work tree in a new virtual environment, without running code of the commit.

    Wheels only, each by its hash: a source package would run its own setup.
    """
    lock = layout.tree / "requirements" / "site.txt"
    install = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(folder / "bin" / "python"), *install, "--require-hashes", "--only-binary=:all:", "-r", str(lock)],
    ):
        if code := subprocess.run(command, cwd="/", check=False).returncode:
            return code
    (folder / ".site").touch()
    return 0


def run_elsewhere(path: Path, request: dict[str, object]) -> int:
    """Have the builder who listens at `path` run a command in our folder; pass on what it says, return its exit code.

    Whoever stops us stops it: it notices that the connection has ended.
    """
    request = {**request, "folder": os.getcwd()}
    rest = b""
    with connected(path) as builder:
        builder.sendall(json.dumps(request).encode() + b"\n")
        while data := receive(builder):
            lines, newline, rest = (
                (rest + data).rpartition(b"\n") if EXIT not in rest + data else (b"", b"", rest + data)
            )
            sys.stdout.buffer.write(lines + newline)
            sys.stdout.buffer.flush()
    text, _, ending = rest.rpartition(EXIT)
    code = ending.strip().decode(errors="replace")
    if not code.isdecimal():
        raise ReleaseError(
            Exit.ENVIRONMENT, "Tài khoản dựng trang dừng giữa chừng: xem journalctl -u 'portal-build@*'."
        )
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
    return int(code)


def give_back_room(layout: Layout) -> None:
    """Have the builder delete what was taken over from it: photographs are to lie on the disk once.

    The caller holds the build lock.
    """
    if layout.has_builder:
        run_elsewhere(layout.build_socket, {"task": "forget_served"})


def begin_from_nothing(layout: Layout) -> None:
    """Throw away what builds keep for later ones, but for pictures: something in it may be damaged."""
    if layout.has_builder:
        run_elsewhere(layout.build_socket, {"task": "forget_builds"})
    else:
        renew_cache(layout.site_cache)


def forget_builds(layout: Layout) -> None:
    """Throw away, as the builder, its output and what it keeps."""
    delete(layout.builders / "site")
    renew_cache(layout.builders / "cache")


def forget_served(layout: Layout) -> None:
    """Delete, as the builder, what the store has: builds see it there. And what `portal verify` had built anew."""
    shutil.rmtree(layout.builders / "anew", ignore_errors=True)
    served = {folder: layout.store / folder for folder in SHARED_FOLDERS}
    of_builders = {layout.builders / "store" / folder: path for folder, path in served.items()}
    for ours, theirs in {**of_builders, layout.builders / "cache" / "pictures": served["anh"]}.items():
        with contextlib.suppress(OSError):
            for name in os.listdir(ours):
                if (theirs / name).is_file():
                    (ours / name).unlink()


def serve_build(layout: Layout) -> None:
    """Run the command of one connection, which is our standard input and output."""
    request = json.loads(read_line(0))
    os.umask(0o022)
    if task := request.get("task"):
        {"forget_served": forget_served, "forget_builds": forget_builds}[task](layout)
        write_all(EXIT + b"0\n")
        return
    code = build(request)
    if code is not None:
        write_all(EXIT + b"%d\n" % code)


def build(request: dict[str, Any]) -> int | None:
    """Run a build, and make what it made ready to be taken over. Returns its exit code; None where nobody waits."""
    if request["anew"]:
        begin_anew(Path(request["anew"]))
    variables = dict(word.split("=", 1) for word in request["command"] if "=" in word)
    if "OUTPUT" not in variables:
        return run_command(request)
    site = Path(variables["OUTPUT"])
    result, store = (request["environment"].get(name, "") for name in ("PORTAL_RESULT", "PORTAL_STORE"))
    mark = take_mark(site)
    if result:
        delete(Path(result))  # a project need not write one
    code = run_command(request)
    if code == 0:
        changes = changes_of(load_result(Path(result))) if result else None
        if changes is not None and request["is_known"]:
            open_files_for_reading(site, changes.written)
        else:
            open_for_reading(str(site))
        give_mark(site, mark, request["mark"], changes)
        for path in filter(None, (store, result)):
            open_for_reading(path)
    return code


def run_command(request: dict[str, Any]) -> int | None:
    """Run a command, saying what it says. Returns its exit code; None where nobody waits any more."""
    environment = {**request["environment"], "PATH": SYSTEM_PATH, "HOME": "/tmp", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        request["command"],
        cwd=request["folder"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        assert process.stdout
        was_awaited = pass_on(process.stdout.fileno(), os.pidfd_open(process.pid))
        # what it left running in the background ends with it
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if not was_awaited:
            return None
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def begin_anew(folder: Path) -> None:
    """Empty a folder to build in from nothing, but for pictures, which are named by their content, and comments."""
    shutil.rmtree(folder, ignore_errors=True)
    borrow_cache(folder.parent / "cache", folder / "cache")


def pass_on(output: int, process: int) -> bool:
    """Write what a build says to our standard output until it ends. Returns False where nobody waits for it any more."""
    while True:
        # a connection that can be read has been closed: nothing more is to come from there
        ready, _, _ = select.select([output, process, 0], [], [])
        if 0 in ready:
            return False
        if output in ready:
            data = os.read(output, 1 << 16)
            if not data:
                select.select([process, 0], [], [])
                return True
            write_all(data)
        elif process in ready:
            return True


def open_files_for_reading(site: Path, paths: Sequence[str]) -> None:
    """Do as `open_for_reading` to some files, the folders that they are in, and the build's notes."""
    for path in (*folders_of(paths), *paths):
        make_readable(str(site / path))
    open_for_reading(str(site / BUILDERS_OWN))


def open_for_reading(path: str) -> None:
    """Let the publishing account read what was made: a file written through tempfile is private whatever the umask."""
    if make_readable(path):
        with os.scandir(path) as entries:
            for entry in entries:
                open_for_reading(entry.path)


def make_readable(path: str) -> bool:
    """Let others read one file or folder. Returns whether it is a folder."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return False
    is_folder = stat.S_ISDIR(mode)
    wanted, granted = (0o5, 0o755) if is_folder else (0o4, 0o644)
    if mode & wanted != wanted and (is_folder or stat.S_ISREG(mode)):
        os.chmod(path, granted)
    return is_folder


def write_all(data: bytes) -> None:
    """Write to our standard output, whatever it takes at once."""
    while data:
        data = data[os.write(1, data) :]
