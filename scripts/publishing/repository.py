"""Run git. Names from a push are arguments here, never words of a shell."""

import os
import subprocess
from pathlib import Path

from .outcome import Exit, ReleaseError


def clean_environment() -> dict[str, str]:
    """Return our environment without what a git hook or an outer make put there for itself."""
    inherited = ("GIT_", "MAKE", "MFLAGS")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(inherited)}
    # One language for the messages of make and git, and UTF-8 where no locale is installed.
    return environment | {"LC_ALL": "C.UTF-8"}


def git(repo: Path, *words: str) -> str:
    """Return what git answers about `repo`. Its refusal becomes a ReleaseError."""
    command = ["git", f"--git-dir={repo}", *words]
    done = subprocess.run(command, env=clean_environment(), capture_output=True, check=False)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise ReleaseError(Exit.CONFIGURATION, f"git {words[0]} không làm được trên {repo}: {reason}")
    return done.stdout.decode(errors="replace").strip()


def published_branch(repo: Path) -> str:
    """Return the one ref that is published: where HEAD of the bare repository points."""
    return git(repo, "symbolic-ref", "HEAD")


def newest_commit(repo: Path) -> str:
    """Return the full hash of the tip of the published branch."""
    branch = published_branch(repo)
    commit = git(repo, "for-each-ref", "--format=%(objectname)", branch)
    if not commit:
        name = branch.removeprefix("refs/heads/")
        raise ReleaseError(Exit.CONFIGURATION, f"Nhánh “{name}” chưa có commit nào.")
    return commit


def unless_superseded(repo: Path, commit: str) -> str:
    """Return `commit`, if it still is the newest of the published branch."""
    newest = newest_commit(repo)
    if commit != newest:
        reason = f"nhánh được đưa lên đã có commit mới hơn là {newest[:12]}"
        raise ReleaseError(Exit.SUPERSEDED, f"Không dựng {commit[:12]}: {reason}.")
    return commit


def author_date_and_subject(repo: Path, commit: str) -> tuple[str, str]:
    """Return the ISO date and the first line of a commit, the latter cut to fit a line."""
    date, _, subject = git(repo, "log", "-1", "--format=%aI%n%s", commit).partition("\n")
    return date, subject[:72]


def export(repo: Path, commit: str, folder: Path) -> None:
    """Lay the files of `commit` in a new `folder`, with no repository around them."""
    folder.mkdir(parents=True)
    archive = ["git", f"--git-dir={repo}", "archive", "--format=tar", commit]
    # --touch: an archive's files are as old as their commit. Where make compares times, a lock file
    # that was committed before the last build and pushed after it would seem installed already.
    unpack = ["tar", "--extract", "--touch", "--no-same-owner", "--no-same-permissions"]
    with subprocess.Popen(archive, env=clean_environment(), stdout=subprocess.PIPE) as packing:
        unpacked = subprocess.run(unpack, cwd=folder, stdin=packing.stdout, check=False)
    if packing.returncode or unpacked.returncode:
        raise ReleaseError(Exit.ENVIRONMENT, f"Không lấy được tệp của commit {commit[:12]}.")
