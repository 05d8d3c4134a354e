"""Lock a cache or an output folder, so that one program at a time works in it.

A POSIX record lock belongs to one process: the kernel releases it however that process
ends, and forks that outlive it hold no lock.
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

_held: set[tuple[int, str]] = set()  # process and path: to open and close the file again would release the lock
_FLOCK = "hhqqi"  # struct flock: type, whence, start, length, pid
_TELLS_PID = sys.platform == "linux" and struct.calcsize("P") == 8


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``, waiting for the process that has it. The same process may take it twice.

    Raises ``MachineError`` where the file cannot be created or locked.
    """
    key = os.getpid(), str(path)
    if key in _held:
        yield
        return
    try:
        file = _acquire(path)
    except OSError as fault:
        raise MachineError([Problem(str(path), 0, 0, "MACHINE", _message(fault))]) from fault
    _held.add(key)
    try:
        yield
    finally:
        _held.discard(key)
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
        os.close(file)  # deleted while we waited (make clean): other processes would lock a new file


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
    """Return words that name the process that has the lock; empty where the system does not say."""
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
