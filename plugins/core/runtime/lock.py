"""Locks: one program at a time works in a cache or in an output folder.

A record lock of POSIX belongs to one process: the kernel lets go of it however that process
ends, and forks that outlive it hold nothing.
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.core.errors import MachineError, Problem

_held: set[tuple[int, str]] = set()  # by process: closing a file a second time would let go of the lock
_FLOCK = "hhqqi"  # struct flock: type, whence, start, length, pid
_TELLS_PID = sys.platform == "linux" and struct.calcsize("P") == 8


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``, waiting for whoever has it. The same process may take it twice.

    Raises ``MachineError`` where the file cannot be made or locked.
    """
    own = os.getpid(), str(path)
    if own in _held:
        yield
        return
    try:
        file = _acquire(path)
    except OSError as fault:
        raise MachineError([Problem(str(path), 0, 0, "MACHINE", _message(fault))]) from fault
    _held.add(own)
    try:
        yield
    finally:
        _held.discard(own)
        os.close(file)


def _acquire(path: Path) -> int:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            _wait(file, path)
            if _is_same(file, path):
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)  # deleted while we waited (make clean): others will lock the next one


def _wait(file: int, path: Path) -> None:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno not in (errno.EACCES, errno.EAGAIN):
            raise
        message = f"Đang có lần chạy khác{_holder(file)} dùng thư mục {path.parent}: chờ đến lượt…"
        print(message, file=sys.stderr, flush=True)
        fcntl.lockf(file, fcntl.LOCK_EX)


def _holder(file: int) -> str:
    """Name the process that has the lock, where the system tells."""
    if not _TELLS_PID:
        return ""
    answer = fcntl.fcntl(file, fcntl.F_GETLK, struct.pack(_FLOCK, fcntl.F_WRLCK, 0, 0, 0, 0))
    pid: int = struct.unpack(_FLOCK, answer)[-1]
    return f" (tiến trình {pid})" if pid > 0 else ""


def _is_same(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except FileNotFoundError:
        return False


def _message(fault: OSError) -> str:
    if fault.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL):
        return f"Ổ đĩa này không cho khóa tệp ({fault.strerror}). Đặt CACHE=… và OUTPUT=… trên ổ đĩa của máy."
    return f"Không ghi được tệp khóa ({fault.strerror or fault}). Kiểm tra chỗ trống và quyền ghi của thư mục."
