"""Run git. Names from a push are arguments here, never words of a shell."""

import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from .files import throw_away
from .layout import Layout
from .outcome import Exit, ReleaseError, disk_message, is_disk_full

MAX_SECONDS = 250_000_000_000  # in the year 9892: git takes later ones too, Python's dates end soon after
SUBMODULE = "160000"  # the mode of a tree's entry that is another repository's commit


def clean_environment() -> dict[str, str]:
    """Return our environment without what a git hook or an outer make put there for itself."""
    inherited = ("GIT_", "MAKE", "MFLAGS")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(inherited)}
    # One language for the messages of make and git, and UTF-8 where no locale is installed.
    return environment | {"LC_ALL": "C.UTF-8"}


def run_git(repo: Path, *words: str, **environment: str) -> bytes:
    """Return the bytes of what git answers about `repo`. Its refusal becomes a ReleaseError."""
    command = ["git", f"--git-dir={repo}", *words]
    done = subprocess.run(command, env=clean_environment() | environment, capture_output=True, check=False)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        if is_disk_full(reason):
            raise ReleaseError(Exit.ENVIRONMENT, disk_message(repo))
        raise ReleaseError(Exit.CONFIGURATION, f"git {words[0]} không làm được trên {repo}: {reason}")
    return done.stdout


def git(repo: Path, *words: str) -> str:
    """Return the text of what git answers about `repo`."""
    return run_git(repo, *words).decode(errors="replace").strip()


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


def is_within(repo: Path, commit: str, other: str) -> bool:
    """Return whether `other` holds all that `commit` does."""
    try:
        git(repo, "merge-base", "--is-ancestor", commit, other)
    except ReleaseError:
        return False
    return True


@dataclass(frozen=True)
class Commit:
    """What is told of a commit."""

    hash: str
    author_date: str
    committed: int
    """When it was committed by the committer's clock, in Unix seconds."""

    committer: str
    subject: str
    """The first line, cut to fit a line."""


def describe(repo: Path, commit: str) -> Commit:
    """Return what is told of a commit."""
    words = ("log", "-1", "--format=%aI%n%ct%n%cn%n%s", commit)
    date, seconds, committer, *subject = git(repo, *words).split("\n")
    return Commit(commit, date, min(int(seconds), MAX_SECONDS), committer, "".join(subject)[:72])


@dataclass
class Changes:
    """The paths that differ between two commits."""

    content: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    submodules: list[str] = field(default_factory=list)
    """Those that are submodules now: git keeps their files elsewhere."""

    @property
    def has_code(self) -> bool:
        """Whether anything differs that may decide what a page looks like, besides the content."""
        return any(not path.startswith(("docs/", "tests/", ".")) and not path.endswith(".md") for path in self.others)


def changes_between(repo: Path, old: str, new: str) -> Changes:
    """Compare two commits; with all of `new` as content or other where `old` is empty or lost."""
    entries: list[tuple[str, str]] = []
    try:
        raw = run_git(repo, "diff-tree", "-r", "-z", "--raw", "--no-renames", old, new, "--") if old else b""
        words = raw.decode("utf-8", "surrogateescape").split("\0")[:-1]
        entries += [(path, head.split(" ")[1]) for head, path in zip(words[::2], words[1::2], strict=True)]
    except ReleaseError:
        old = ""
    if not old:
        raw = run_git(repo, "ls-tree", "-r", "-z", "--full-tree", new)
        for line in raw.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            head, _, path = line.partition("\t")
            entries.append((path, head.split(" ")[0]))
    changes = Changes()
    for path, mode in entries:
        (changes.content if path.startswith("content/") else changes.others).append(path)
        if mode == SUBMODULE:
            changes.submodules.append(path)
    return changes


def delete_stale_locks(repo: Path) -> list[Path]:
    """Delete the lock files that a git which was killed has left; return them. Git itself would refuse every push.

    The locks are listed first: whoever made one of them still runs when we look, or never will again.
    """
    locks = {path: path.lstat().st_ino for folder in (repo, repo / "refs") for path in _locks_below(folder)}
    if not locks or _is_git_at_work(repo):
        return []
    stale = [path for path, inode in locks.items() if path.exists() and path.lstat().st_ino == inode]
    for path in stale:
        path.unlink(missing_ok=True)
    return stale


def _locks_below(folder: Path) -> list[Path]:
    """Return what may be a lock of git's: no ref is ever named so."""
    return sorted(folder.rglob("*.lock") if folder.name == "refs" else folder.glob("*.lock"))


def _is_git_at_work(repo: Path) -> bool:
    """Return whether another git than those that have started us runs in the repository."""
    ours, pid = set(), os.getpid()
    while pid > 1:
        ours.add(pid)
        pid = _parent(pid)
    for process in Path("/proc").iterdir():
        with suppress(OSError):  # it has ended, or is of another account
            is_git = (process / "comm").read_text("utf-8", "replace").startswith("git")
            if is_git and int(process.name) not in ours and os.path.samefile(process / "cwd", repo):
                return True
    return False


def _parent(pid: int) -> int:
    """Return who has started a process; 0 where that is not known."""
    with suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    return 0


def forget_tree(layout: Layout) -> None:
    """Throw away what was checked out, and git's index of it: the next commit is checked out whole."""
    for path in (layout.index, layout.tree):
        throw_away(path, layout.trash)


def check_out(layout: Layout, repo: Path, commit: str, *, is_new_code: bool) -> None:
    """Make the kept work tree that of `commit`: git writes what differs and no more.

    What a build left there goes; Python's own cache stays where the code does.
    """
    layout.tree.mkdir(parents=True, exist_ok=True)
    layout.index.with_name(f"{layout.index.name}.lock").unlink(missing_ok=True)  # of a git that was killed
    environment = {"GIT_WORK_TREE": str(layout.tree), "GIT_INDEX_FILE": str(layout.index)}
    try:
        run_git(repo, "read-tree", "-u", "--reset", commit, **environment)
    except ReleaseError as error:
        if error.code != Exit.CONFIGURATION:
            raise
        forget_tree(layout)  # a disk may have damaged it
        layout.tree.mkdir()
        run_git(repo, "read-tree", "-u", "--reset", commit, **environment)
    excluded = () if is_new_code else ("--exclude=__pycache__",)
    run_git(repo, "clean", "-ffdxq", *excluded, **environment)


def export_files(repo: Path, versions: dict[str, str], folder: Path) -> None:
    """Write files below `folder`, each as it is in a commit; those that are not in it are left out.

    `versions` has the commit by the file's path.
    """
    with subprocess.Popen(
        ["git", f"--git-dir={repo}", "cat-file", "--batch"],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stdout
        for path, commit in versions.items():
            if "\n" in path:
                continue  # the question is one line; the portal refuses such names anyway
            process.stdin.write(f"{commit}:{path}\n".encode("utf-8", "surrogateescape"))
            process.stdin.flush()
            head = process.stdout.readline().split(b" ")
            if len(head) != 3 or head[1] != b"blob":
                if head[-1].strip() not in (b"missing", b"ambiguous") and len(head) == 3:
                    process.stdout.read(int(head[2]) + 1)
                continue
            data = process.stdout.read(int(head[2]) + 1)[:-1]
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        process.stdin.close()


def files_at(repo: Path, commit: str, folder: str) -> list[str]:
    """Return the paths of the files of a commit that lie at or below `folder`."""
    raw = run_git(repo, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--", folder)
    return raw.decode("utf-8", "surrogateescape").split("\0")[:-1]
