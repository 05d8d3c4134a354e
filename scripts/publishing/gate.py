"""Lead git from sshd to the repository, through accounts that trust each other no more than they must.

    editor ─ssh→ `portal shell --who lan`  (may write nothing)
                     │ ROOT/run/git.sock
                 `portal serve-git`        (owns the repository and what is published)
                     │ ROOT/run/build.sock
                 `portal serve-build`      (sandbox.py: no network, its own folders only)

systemd listens on the two sockets and starts a process for each connection; where there is no
systemd, `portal listen` does the same. On a server with one account there are no sockets, and
`portal shell` runs git itself.
"""

import contextlib
import json
import os
import select
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from .access import MAX_PUSH, MIB, role_of
from .layout import Layout
from .outcome import Exit, ReleaseError

SERVICES = {"git-receive-pack": "receive-pack", "git-upload-pack": "upload-pack"}
MAX_REQUEST = 65536
#: What git says, in English, when a pack is larger than receive.maxInputSize.
PACK_TOO_LARGE = b"pack exceeds maximum allowed size"


def shell(layout: Layout, name: str) -> None:
    """Serve the one git command for which somebody logged in, and nothing else."""
    service = requested_service(layout, os.environ.get("SSH_ORIGINAL_COMMAND", ""), name)
    if layout.git_socket.exists():
        with connected(layout.git_socket) as server:
            server.sendall(json.dumps({"who": name, "service": service}).encode() + b"\n")
            answer = relay(server)
    else:
        server, ours = socket.socketpair()
        with (
            server,
            subprocess.Popen(
                git_command(layout, service, name), stdin=ours.fileno(), stdout=ours.fileno(), env=environment(name)
            ),
        ):
            ours.close()
            answer = relay(server)
    if PACK_TOO_LARGE in answer:
        limit = (
            MAX_PUSH[role_of(name, layout.keys)] // MIB
            if os.access(layout.keys, os.R_OK)
            else MAX_PUSH["editor"] // MIB
        )
        print(f"KHÔNG NHẬN: mỗi lần push tối đa {limit} MB. Thu nhỏ ảnh, phim rồi làm lại commit.", file=sys.stderr)


def requested_service(layout: Layout, command: str, name: str) -> str:
    """Return the git service that was asked for. Raises `ReleaseError` for every other wish."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    names = ("portal.git", "/portal.git", "~/portal.git", "./portal.git", str(layout.repo))
    if len(words) == 2 and words[0] in SERVICES and words[1].rstrip("/") in names:
        return SERVICES[words[0]]
    message = f"Chào {name}. Tài khoản này chỉ nhận git: git push cong main (kho: portal.git)."
    raise ReleaseError(Exit.CONFIGURATION, message)


def serve_git(layout: Layout) -> None:
    """Become the git process of one connection, which is our standard input and output."""
    request = json.loads(read_line(0))
    service, name = str(request["service"]), str(request["who"])
    if service not in SERVICES.values():
        raise ReleaseError(Exit.CONFIGURATION, f"Không có việc “{service}”.")
    command = git_command(layout, service, name)
    os.execvpe(command[0], command, environment(name))


def git_command(layout: Layout, service: str, name: str) -> list[str]:
    """Return the command of a service, with the limit of the person's role."""
    limit = MAX_PUSH[role_of(name, layout.keys)]
    return ["git", "-c", f"receive.maxInputSize={limit}", service, str(layout.repo)]


def environment(name: str) -> dict[str, str]:
    """Return what git and its hooks are to know: who it is, and nothing that came over the network."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "SSH_", "PORTAL_"))}
    return {**inherited, "PORTAL_WHO": name}


def relay(server: socket.socket) -> bytes:
    """Pass bytes between `server` and our standard input and output until it has said everything.

    Returns the last kilobytes that it said.
    """
    last = b""
    sources: list[int] = [0, server.fileno()]
    while server.fileno() in sources:
        ready, _, _ = select.select(sources, [], [])
        if 0 in ready:
            if data := os.read(0, 1 << 16):
                try:
                    server.sendall(data)
                except OSError:  # it has stopped listening, but may still be talking
                    sources.remove(0)
            else:
                sources.remove(0)
                with contextlib.suppress(OSError):
                    server.shutdown(socket.SHUT_WR)
        if server.fileno() in ready:
            data = receive(server)
            if not data:
                sources.remove(server.fileno())
            last = (last + data)[-4096:]
            while data:
                data = data[os.write(1, data) :]
    return last


def receive(server: socket.socket) -> bytes:
    """Return the next bytes; none where the other side has ended, however it ended."""
    try:
        return server.recv(1 << 16)
    except ConnectionError:
        return b""


def connected(path: Path) -> socket.socket:
    """Connect to a socket of ours. Raises `ReleaseError` where nobody listens."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(path))
    except OSError as error:
        connection.close()
        message = f"Không nối được {path} ({error.strerror}): xem systemctl status 'portal-*', hoặc portal listen."
        raise ReleaseError(Exit.ENVIRONMENT, message) from error
    return connection


def read_line(handle: int) -> bytes:
    """Read one line and not a byte more: the rest belongs to the process that we become."""
    line = b""
    while not line.endswith(b"\n") and len(line) < MAX_REQUEST:
        byte = os.read(handle, 1)
        if not byte:
            break
        line += byte
    return line


def listen(path: Path, command: list[str], group: str) -> None:
    """Run `command` for each connection, which is its standard input and output. Never returns.

    Only we and the `group` may connect. The socket stands at `path` when it answers, not before.
    """
    running: list[subprocess.Popen[bytes]] = []
    unready = path.with_suffix(".new")  # no longer than `path`: a socket's address has 107 bytes
    unready.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(unready))
        unready.chmod(0o660)
        shutil.chown(unready, group=group)
        server.listen(16)
        unready.replace(path)
        while True:
            connection, _ = server.accept()
            running = [process for process in running if process.poll() is None]
            with connection:
                process = subprocess.Popen(
                    command, stdin=connection.fileno(), stdout=connection.fileno(), start_new_session=True
                )
            running.append(process)
