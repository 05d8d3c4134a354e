"""Put configurations of this machine's nginx in force: tried first, taken back where nginx finds a fault."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from . import nginx_redirects
from .outcome import Exit, ReleaseError

ETC = Path("/etc/nginx")
OURS, MAIN = ETC / "portal", ETC / "nginx.conf"


def installed_nginx() -> tuple[tuple[int, ...], bool]:
    """Return nginx's version, and whether it has the brotli modules."""
    program = nginx_program()
    answer = subprocess.run([program, "-v"], capture_output=True, text=True, check=False).stderr
    version = tuple(map(int, re.findall(r"\d+", answer.partition("/")[2])[:3]))
    enabled = Path("/etc/nginx/modules-enabled")
    names = [path.name for path in enabled.glob("*.conf")] if enabled.is_dir() else []
    needed = ("brotli-filter", "brotli-static")
    return version, all(any(module in name for name in names) for module in needed)


def nginx_program() -> str:
    """Return the path of nginx; Debian keeps it where only root looks."""
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if path is None:
        raise ReleaseError(Exit.ENVIRONMENT, "Máy chưa cài nginx: sudo apt install nginx")
    return path


def has_systemd() -> bool:
    """Return whether systemd runs this machine."""
    return Path("/run/systemd/system").is_dir()


def reload_command() -> list[str]:
    """Return the command that has nginx read its configuration anew."""
    return ["systemctl", "reload-or-restart", "nginx"] if has_systemd() else [nginx_program(), "-s", "reload"]


def put_redirects_in_force(root: Path) -> bool:
    """Have this machine's nginx know the old addresses of the live release. Returns whether they changed. Needs root."""
    table = OURS / nginx_redirects.FILE
    rules = nginx_redirects.live_rules(root / "current")
    if not OURS.is_dir() or (not rules and not table.exists()):
        return False
    return put_in_force({table: rules}, MAIN, reload_command())


def put_in_force(files: Mapping[Path, str], configuration: Path, reload: list[str]) -> bool:
    """Write `files`, let `nginx -t` read the whole `configuration`, then reload.

    Where nginx finds a fault, the files are put back as they were. Returns whether anything changed.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    if all(data == files[path].encode() for path, data in before.items()):
        return False
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    tested = subprocess.run(
        [nginx_program(), "-t", "-q", "-c", str(configuration)], capture_output=True, text=True, check=False
    )
    if tested.returncode:
        for path, data in before.items():
            path.unlink() if data is None else path.write_bytes(data)
        reason = tested.stderr.strip()
        raise ReleaseError(Exit.CONFIGURATION, f"nginx không nhận cấu hình mới, đã để lại cấu hình cũ:\n{reason}")
    subprocess.run(reload, check=False)
    return True
