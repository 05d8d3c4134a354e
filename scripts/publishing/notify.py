"""Call the operator's command when something goes wrong, once for each trouble, and once when all is well again.

portal.env names it: `PORTAL_NOTIFY=mail -s Cổng quantri@example.vn`, or any program that takes text
on its standard input: one that posts to a chat, for example. PORTAL_EVENT says what it is about.
"""

import json
import os
import shlex
import subprocess
from collections.abc import Sequence

from .files import write_whole
from .outcome import Exit, ReleaseError, say
from .server import Server
from .status import Trouble

LIMIT_SECONDS = 60


def tell(server: Server, troubles: Sequence[Trouble]) -> None:
    """Tell of troubles that are new, and of the end of those that were told."""
    path = server.root / "notified.json"
    try:
        earlier = set(map(str, json.loads(path.read_bytes())))
    except (OSError, ValueError, TypeError):
        earlier = set()
    present = {f"{trouble.kind} {trouble.key}": trouble for trouble in troubles}
    new = [trouble for key, trouble in present.items() if key not in earlier]
    if set(present) == earlier:
        return
    if new:
        send(server, new[0].kind, "\n".join(trouble.message for trouble in new))
    elif not present:
        send(server, "healed", "Cổng đã trở lại bình thường.")
    write_whole(path, json.dumps(sorted(present)) + "\n")


def send(server: Server, event: str, message: str) -> None:
    """Hand one message to the operator's command. Raises `ReleaseError` where that fails."""
    settings = server.settings()
    try:
        command = shlex.split(settings.get("PORTAL_NOTIFY", ""))
    except ValueError as error:
        raise ReleaseError(Exit.CONFIGURATION, f"{server.settings_file}: PORTAL_NOTIFY thiếu dấu nháy đóng.") from error
    if not command:
        return
    text = f"{settings['SITEURL']}\n{message}\n\nXem: portal status\n"
    try:
        done = subprocess.run(
            command,
            input=text,
            text=True,
            env={**os.environ, "PORTAL_EVENT": event, "PORTAL_MESSAGE": message},
            timeout=LIMIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReleaseError(Exit.ENVIRONMENT, f"Không gọi được PORTAL_NOTIFY: {error}") from error
    if done.returncode:
        raise ReleaseError(Exit.ENVIRONMENT, f"PORTAL_NOTIFY kết thúc với mã {done.returncode}: {shlex.join(command)}")
    say(f"Đã báo ({event}).")
