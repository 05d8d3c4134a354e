"""Turn one commit into one folder of finished files, by the commit's own `make publish`."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import TextIO

from .outcome import Exit, ReleaseError, say
from .repository import clean_environment
from .server import Server

LIMIT_SECONDS = 30 * 60
KEPT_LOGS = 500
BUILDERS_OWN = ".portal-build"  # what the next build into the same folder would need: no part of a release
# make answers 2 whatever its recipe answered: the recipe's own code stands in this line alone.
RECIPE_FAILED = re.compile(r"make(?:\[\d+\])?: \*\*\* \[.*\] (?:Error (?P<code>\d+)|[A-Z]\w+.*)$")
ADVICE = {
    Exit.CONTENT: "Nội dung có lỗi: sửa những chỗ nêu trên, commit rồi push lại.",
    Exit.CONFIGURATION: "Cấu hình hoặc mã nguồn của cổng có lỗi: xem những dòng nêu trên.",
    Exit.ENVIRONMENT: "Máy chủ gặp trục trặc (ổ đĩa, mạng, công cụ): báo cán bộ vận hành.",
    Exit.INTERNAL: "Chương trình dựng trang bị lỗi: báo người phát triển, kèm nhật ký.",
}


def make_site(server: Server, tree: Path, output: Path, log: TextIO, lock: int) -> None:
    """Run `make publish` in `tree`, passing on each line when it is said.

    make inherits the build lock: should this process be killed, the next build waits for what it
    left running instead of emptying the work folder under its feet.
    """
    paths = {
        "CONTENT": tree / "content",
        "OUTPUT": output,
        "VENV": server.cache / "venv",
        "CACHE": server.cache / "site",
    }
    limit = ["timeout", "--kill-after=30", str(LIMIT_SECONDS)]
    variables = [f"{name}={path}" for name, path in paths.items()]
    recipe_code = None
    with subprocess.Popen(
        [*limit, "make", "--silent", "publish", *variables],
        cwd=tree,
        env=clean_environment() | server.settings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=[lock],
    ) as process:
        try:
            for line in process.stdout or ():
                log.write(line)
                if failed := RECIPE_FAILED.match(line):
                    recipe_code = recipe_code or int(failed["code"] or Exit.ENVIRONMENT)
                else:
                    say(line.rstrip())
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        code = exit_code(process.returncode, recipe_code)
        raise ReleaseError(code, f"{ADVICE[code]} Nhật ký: {log.name}")
    if not (output / "index.html").is_file():
        raise ReleaseError(Exit.INTERNAL, "Dựng xong mà không có index.html: không đưa lên.")
    shutil.rmtree(output / BUILDERS_OWN, ignore_errors=True)


def exit_code(make_code: int, recipe_code: int | None) -> Exit:
    """Return the exit code that says whose business a failed `make` is.

    The portal's own codes pass through. No recipe line means that make found no `publish` to run,
    unless `timeout` stopped it (124, 137) or did not find make (127).
    """
    if recipe_code is None:
        return Exit.CONFIGURATION if make_code == 2 else Exit.ENVIRONMENT
    return Exit(recipe_code) if recipe_code in ADVICE else Exit.ENVIRONMENT


def take_inventory(site: Path) -> dict[str, str]:
    """Return the sha256 of every file by its path, after making all of it readable for nginx.

    A file written through tempfile is private whatever the umask.
    """
    digests = {}
    site.chmod(0o755)
    for path in sorted(site.rglob("*")):
        if path.is_symlink():
            message = f"Trang dựng xong có liên kết tượng trưng: {path.relative_to(site)}"
            raise ReleaseError(Exit.INTERNAL, message)
        path.chmod(0o755 if path.is_dir() else 0o644)
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            digests[path.relative_to(site).as_posix()] = digest
    return digests


def open_log(server: Server, name: str) -> TextIO:
    """Open the log of one build, and delete the oldest ones."""
    for old in sorted(server.logs.glob("*.log"))[: 1 - KEPT_LOGS]:
        old.unlink()
    return (server.logs / f"{name}.log").open("a", encoding="utf-8")
