"""Look up the accounts of the machine, and act as one of them."""

import grp
import os
import pwd
from collections.abc import Callable

from .outcome import Exit, ReleaseError, say


def account_exists(name: str, *, is_group: bool = False) -> bool:
    """Return whether the machine has an account, or a group, of this name."""
    try:
        grp.getgrnam(name) if is_group else pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def as_account(name: str, action: Callable[[], object]) -> None:
    """Do something in a process of another account."""
    account = pwd.getpwnam(name)
    child = os.fork()
    if not child:
        code = 1
        try:
            os.initgroups(name, account.pw_gid)
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
            os.environ["HOME"] = "/nonexistent"
            os.chdir("/")
            action()
            code = 0
        except ReleaseError as error:
            say(str(error))
        finally:
            os._exit(code)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise ReleaseError(Exit.ENVIRONMENT, f"Không làm được bằng tài khoản {name}: xem dòng trên.")
