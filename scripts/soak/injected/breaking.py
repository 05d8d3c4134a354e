"""Break a Python program at its n-th step on the disk: by SIGKILL, or as a disk that is full or worn out would.

Python tells an audit hook of each file that is opened, renamed, linked, deleted, of each folder and process. So a
number names one moment of a program, the same in each run. `sitecustomize.py` beside it is how programs get it:

    SOAK_PROGRAM   a word of the command line of the program that is meant
    SOAK_ACTION    kill, or one of ERRORS
    SOAK_AT        at which step; 0: never
    SOAK_TIDY      1: count only what is done after the answer
    SOAK_COUNT     a file to write the number of steps to
"""

import errno
import os
import signal
import sys

STEPS = {
    *("open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.symlink", "os.chmod", "os.utime"),
    *("os.scandir", "os.listdir", "os.truncate", "subprocess.Popen", "os.fork"),
}
WRITING = STEPS - {"os.scandir", "os.listdir", "os.remove", "os.rmdir", "os.fork", "subprocess.Popen"}
ERRORS = {"full": errno.ENOSPC, "worn": errno.EIO, "denied": errno.EACCES, "crowded": errno.EMFILE}
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Breaker:
    """Counts steps, and breaks at one of them."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.action, self.at = environ.get("SOAK_ACTION", "kill"), int(environ.get("SOAK_AT", "0"))
        self.is_for_tidy = environ.get("SOAK_TIDY") == "1"
        self.count_path = environ.get("SOAK_COUNT", "")
        self.pid, self.count, self.is_busy = os.getpid(), 0, False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_busy or event not in STEPS or self.is_for_tidy == (os.getpid() == self.pid):
            return
        if self.action in ERRORS and not self._writes(event, arguments):
            return
        self.count += 1
        if self.count == self.at:
            if self.action == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            number = ERRORS[self.action]
            raise OSError(number, os.strerror(number), self._name(arguments))
        if self.count_path and not self.at:
            self.is_busy = True
            with open(self.count_path, "w") as file:
                file.write(str(self.count))
            self.is_busy = False

    @staticmethod
    def _writes(event: str, arguments: tuple[object, ...]) -> bool:
        if event == "open":
            flags = arguments[2] if len(arguments) > 2 else 0
            return isinstance(flags, int) and bool(flags & WRITE_FLAGS) and "/dev/" not in str(arguments[0])
        return event in WRITING

    @staticmethod
    def _name(arguments: tuple[object, ...]) -> str:
        return str(arguments[0]) if arguments else ""


def main() -> None:
    """Break the program that SOAK_PROGRAM names, if this is it."""
    word = os.environ.get("SOAK_PROGRAM")
    try:
        with open("/proc/self/cmdline", "rb") as file:
            words = file.read().decode().split("\0")
    except OSError:
        words = sys.argv
    if word and word in words:
        sys.addaudithook(Breaker(dict(os.environ)))
