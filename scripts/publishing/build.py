"""Turn one commit into one folder of finished files, by the commit's own `make publish`.

What the server expects of it: `make publish CONTENT= OUTPUT= VENV= CACHE= PYTHON= OFFLINE=1 [FRESH=1]` makes
OUTPUT, which holds an earlier site and the build's notes `.portal-build`, the site of CONTENT. It replaces files by
renaming, never writes into one; FRESH asks that nothing known from earlier builds be relied on. In the environment:

    SITEURL, …          the lines of portal.env
    SOURCE_DATE_EPOCH   the moment that the site shows
    PORTAL_STORE        where pictures and the theme's files go (store.py)
    PORTAL_SERVED       what readers have of these, where that is another folder: what is there need not be made
    PORTAL_BEFORE       what last good versions are taken from (last_good.py), with KEEP_LAST_GOOD=1
    PORTAL_RESULT       where to write JSON: next_change (Unix seconds or null), written and removed (the paths that
                        differ from what OUTPUT held), stale (the items that show their last good version)
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from .layout import BUILDERS_OWN
from .outcome import DamageError, Exit, ReleaseError, disk_message, is_disk_full, say
from .repository import clean_environment
from .server import Server

LIMIT_SECONDS = 30 * 60
KEPT_LOGS = 500
TIMED_OUT = (124, 137)  # what `timeout` answers
# make answers 2 whatever its recipe answered: the recipe's own code stands in this line alone.
RECIPE_FAILED = re.compile(r"make(?:\[\d+\])?: \*\*\* \[.*\] (?:Error (?P<code>\d+)|[A-Z]\w+.*)$")
#: What Python says before it ends with 1, which is a content error's code.
CRASHED = "Traceback (most recent call last):"
ADVICE = {
    Exit.CONTENT: "Nội dung có lỗi: sửa những chỗ nêu trên, commit rồi push lại.",
    Exit.CONFIGURATION: "Cấu hình hoặc mã nguồn của cổng có lỗi: xem những dòng nêu trên.",
    Exit.ENVIRONMENT: "Máy chủ gặp trục trặc (xem những dòng nêu trên): báo cán bộ vận hành.",
    Exit.INTERNAL: "Chương trình dựng trang bị lỗi: báo người phát triển, kèm nhật ký.",
}
_OVERTIME = (
    f"Dựng quá {LIMIT_SECONDS // 60} phút nên bị dừng. Máy quá chậm hoặc quá tải, hay việc dựng bị treo: "
    "xem nhật ký; máy rảnh thì: portal rebuild"
)


@dataclass
class Run:
    """One run of make in the work tree, for a build."""

    server: Server
    log: TextIO
    lock: int
    """The build lock, which make inherits: should this process be killed, the next build waits for what it left
    running instead of changing the work folder under its feet."""

    environment: dict[str, str] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    """The lines that the pusher has read: a second run says the others."""

    recipe_code: int | None = None
    has_crashed: bool = False
    last_lines: list[str] = field(default_factory=list)

    def make(self, variables: Sequence[str], *, network: bool = False, is_quiet: bool = False) -> int:
        """Run make with `variables` and targets; pass on each line when it is said. Returns make's exit code."""
        self.recipe_code, self.has_crashed, self.last_lines = None, False, []
        limit = ["timeout", "--kill-after=30", str(LIMIT_SECONDS)]
        command = confined(self.server, ["make", "--silent", *variables], network=network)
        with subprocess.Popen(
            [*limit, *command],
            cwd=self.server.tree,
            env=clean_environment() | public_settings(self.server) | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            pass_fds=[self.lock],
        ) as process:
            try:
                for line in process.stdout or ():
                    self._hear(line, is_quiet=is_quiet)
            except BaseException:
                process.terminate()
                raise
        return process.returncode

    def _hear(self, line: str, *, is_quiet: bool) -> None:
        self.log.write(line)
        self.last_lines = [*self.last_lines[-20:], line]
        self.has_crashed |= line.startswith(CRASHED)
        if failed := RECIPE_FAILED.match(line):
            self.recipe_code = self.recipe_code or int(failed["code"] or Exit.ENVIRONMENT)
        elif not is_quiet and (text := line.rstrip()) not in self.heard:
            self.heard.update((text, f"{text} (cảnh báo)"))
            say(text)

    def error(self, make_code: int, *, has_code: bool = False) -> ReleaseError:
        """Return the error that says why the last run failed; `has_code` says that the commit changes more than texts."""
        self.log.flush()
        where = f"Nhật ký: {self.log.name}"
        if make_code in TIMED_OUT and self.recipe_code is None:
            return ReleaseError(Exit.ENVIRONMENT, f"{_OVERTIME}. {where}")
        code = exit_code(make_code, self.recipe_code)
        if self.has_crashed and code == Exit.CONTENT:
            code = Exit.INTERNAL
        if is_disk_full("".join(self.last_lines)):
            return ReleaseError(Exit.ENVIRONMENT, f"{disk_message(self.server.root)} {where}")
        # a faulty setting of a commit that changes settings is no disk's doing
        is_setting = has_code and self.recipe_code == Exit.CONFIGURATION and not self.has_crashed
        kind = ReleaseError if code == Exit.CONTENT or is_setting else DamageError
        return kind(code, f"{ADVICE[code]} {where}")


def public_settings(server: Server) -> dict[str, str]:
    """Return what builds are told of portal.env: not the lines for the operator's own programs."""
    return {key: value for key, value in server.settings().items() if not key.startswith("PORTAL_")}


def confined(server: Server, command: list[str], *, network: bool = False) -> list[str]:
    """Return the command that runs `command`, a commit's own code, as far as this server confines it."""
    if not server.has_builder:
        return command
    return [str(server.confine), str(server.root), *(["--network"] if network else []), "--", *command]


def make_site(run: Run, output: Path, environment: Path, *, is_fresh: bool, cache: Path) -> int:
    """Run `make publish`. Returns make's exit code."""
    server = run.server
    variables = {
        "CONTENT": server.tree / "content",
        "OUTPUT": output,
        "VENV": environment,
        "CACHE": cache,
        "PYTHON": sys.executable,
        "OFFLINE": 1,
        **({"FRESH": 1} if is_fresh else {}),
    }
    # The environment is whole: make need not look whether its lock is newer.
    installed = ["--assume-old=" + str(environment / ".site"), f"--assume-old={environment}/bin/python"]
    return run.make(["publish", *installed, *(f"{name}={value}" for name, value in variables.items())])


def exit_code(make_code: int, recipe_code: int | None) -> Exit:
    """Return the exit code that says whose business a failed `make` is.

    The portal's own codes pass through. No recipe line means that make found no `publish` to run,
    unless `timeout` stopped it (124, 137) or did not find make (127).
    """
    if recipe_code is None:
        return Exit.CONFIGURATION if make_code == 2 else Exit.ENVIRONMENT
    return Exit(recipe_code) if recipe_code in ADVICE else Exit.ENVIRONMENT


@dataclass(frozen=True)
class Result:
    """Hold what a build says of its site."""

    next_change: int | None = 0
    """When it will change by itself; 0 where the build does not say."""

    stale: tuple[str, ...] = ()
    """The items that show their last good version: folders or files below content."""

    written: tuple[str, ...] | None = None
    """The files that are new or others; None where the build does not say."""

    removed: tuple[str, ...] = ()


def read_result(path: Path) -> Result:
    """Read what a build wrote to PORTAL_RESULT; a project need not."""
    try:
        values: dict[str, Any] = json.loads(path.read_bytes())
        moment = values.get("next_change", 0)
        stale, removed = (tuple(map(str, values.get(name, ()))) for name in ("stale", "removed"))
        written = tuple(map(str, values["written"])) if "written" in values else None
        return Result(None if moment is None else int(moment), stale, written, removed)
    except (OSError, ValueError, TypeError, AttributeError):
        return Result()


def open_log(server: Server, name: str) -> TextIO:
    """Open the log of one build, and delete the oldest ones."""
    for old in sorted(server.logs.glob("*.log"))[: 1 - KEPT_LOGS]:
        old.unlink(missing_ok=True)
    return (server.logs / f"{name}.log").open("a", buffering=1, encoding="utf-8")


def has_comments(tree: Path) -> bool:
    """Return whether the commit's settings name a comments server, to be asked before the build."""
    for name in ("pelicanconf.py", "publishconf.py"):
        try:
            if re.search(r"^COMMENTS\b", (tree / name).read_text("utf-8", "replace"), re.MULTILINE):
                return True
        except OSError:
            continue
    return False


def move_notes(output: Path, target: Path) -> None:
    """Take the build's own notes out of its output."""
    source = output / BUILDERS_OWN
    if source.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(source, target)
