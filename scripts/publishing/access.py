"""Decide who may push what.

ROOT/keys lists the people, one line each: role, name, public SSH key. sshd is told by
`authorized_keys` to run nothing but `portal shell` for them; that hands the name on to git's
pre-receive hook, which asks `admit`. Whoever pushes without a name is somebody with an account on
the machine, and counts as a maintainer.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from .outcome import Exit, ReleaseError, say

CONTENT = "content/"
MIB = 1024 * 1024
MAX_FILE = 50 * MIB
#: How many bytes one push of each role may bring.
MAX_PUSH = {"editor": 200 * MIB, "maintainer": 4096 * MIB}
#: How many branches and tags one push may bring: each is looked at.
MAX_REFS = 100
#: Bytes of one name, and of a path: what disks take, and what is left of it below the work tree.
MAX_NAME, MAX_PATH = 255, 2000
ROLES = {"editor": "biên tập viên", "maintainer": "người phụ trách mã nguồn"}
SHOWN_PATHS = 20
SYMLINK, SUBMODULE = "120000", "160000"
CONFIGURATION = {
    "receive.denyNonFastForwards": "true",
    "receive.denyDeletes": "true",
    "receive.fsckObjects": "true",
    "core.logAllRefUpdates": "true",
    "gc.reflogExpire": "never",
    "receive.maxInputSize": str(MAX_PUSH["maintainer"]),
}


class Person(NamedTuple):
    """Somebody who may push: one line of ROOT/keys."""

    role: str
    name: str
    key: str


def parse_keys(text: str, path: Path) -> list[Person]:
    """Return the people of a list of keys. Raises `ReleaseError` naming the line that is none."""
    people: list[Person] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        key = " ".join(words[2:4])
        if len(words) < 4 or words[0] not in ROLES or not re.fullmatch(r"[A-Za-z0-9][\w.-]*", words[1]):
            message = f"{path}:{number}: viết: editor|maintainer TÊN ssh-ed25519 AAAA… (tên không dấu, không cách)."
            raise ReleaseError(Exit.CONFIGURATION, message)
        if not re.fullmatch(r"(ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+ AAAA[A-Za-z0-9+/]+=*", key):
            message = f"{path}:{number}: khóa của {words[1]} không phải khóa công khai SSH (tệp .pub)."
            raise ReleaseError(Exit.CONFIGURATION, message)
        if any(key == person.key for person in people):
            raise ReleaseError(Exit.CONFIGURATION, f"{path}:{number}: khóa này đã có ở một dòng trên.")
        people.append(Person(words[0], words[1], key))
    return people


def authorized_keys(people: Iterable[Person], program: str) -> str:
    """Return sshd's file: whoever logs in with one of the keys runs `program --who NAME`, nothing else."""
    return "".join(f'restrict,command="{program} --who {person.name}" {person.key}\n' for person in people)


def role_of(name: str | None, keys: Path) -> str:
    """Return the role of the person whose key opened the connection."""
    if name is None:
        return "maintainer"
    for person in parse_keys(keys.read_text("utf-8"), keys) if keys.exists() else ():
        if person.name == name:
            return person.role
    raise ReleaseError(Exit.CONFIGURATION, f"Không nhận: “{name}” không có trong danh sách khóa.")


class Update(NamedTuple):
    """One line of git's pre-receive: what a push would do to one ref."""

    old: str
    new: str
    ref: str

    @property
    def creates(self) -> bool:
        return not self.old.strip("0")

    @property
    def deletes(self) -> bool:
        return not self.new.strip("0")


def admit(repo: Path, updates: Iterable[Update], role: str, name: str | None) -> None:
    """Let a push in, or raise `ReleaseError` with all that is wrong with it."""
    updates = list(updates)
    if len(updates) > MAX_REFS:
        reasons = [f"Mỗi lần push tối đa {MAX_REFS} nhánh và thẻ; lần này có {len(updates)}."]
    else:
        reasons = [reason for update in updates for reason in refusals(repo, update, role)]
    if reasons:
        for reason in reasons:
            say(reason)
        raise ReleaseError(Exit.CONTENT, "KHÔNG NHẬN lần push này: kho và trang giữ nguyên.")


def refusals(repo: Path, update: Update, role: str) -> Iterator[str]:
    """Yield what forbids one update, as lines for the pusher."""
    if update.deletes:
        yield f"Không được xóa {update.ref}."
        return
    if not is_commit(repo, update.new):
        yield f"{update.ref} không dẫn đến commit nào: chỉ push nhánh, và thẻ của commit."
        return
    if not update.creates and not is_ancestor(repo, update.old, update.new):
        yield f"{update.ref} trên máy chủ có commit mà bạn chưa có. Không đẩy đè (--force); chạy: git pull --rebase, rồi push lại."
        return
    if role == "editor" and not update.ref.startswith("refs/heads/"):
        yield f"Biên tập viên chỉ push nhánh, không push {update.ref}."
        return
    base = update.old if not update.creates else merge_base(repo, update.new)
    changes = list(changed(repo, base, update.new))
    yield from listed(
        "Đường dẫn có ký tự điều khiển; đổi tên tệp:",
        (path for _, path in changes if not path.isprintable()),
    )
    yield from listed(
        "Tên tệp hay đường dẫn quá dài; đặt tên ngắn hơn:",
        (p for mode, p in changes if mode.strip("0") and is_too_long(p)),
    )
    yield from listed(
        "Kho con (submodule) không được dựng; chép tệp vào kho này:", (p for mode, p in changes if mode == SUBMODULE)
    )
    yield from listed(
        "Liên kết tượng trưng (symlink) trong content/ không được nhận; thay bằng tệp thật:",
        (path for mode, path in changes if mode == SYMLINK and path.startswith(CONTENT)),
    )
    yield from listed(
        f"Tệp lớn hơn {MAX_FILE // MIB} MB, kể cả trong commit cũ của lần push này; thu nhỏ rồi làm lại commit:",
        large_files(repo, update.new),
    )
    if role == "editor":
        touched = {path for _, path in changes} | set(touched_by_commits(repo, update.new))
        yield from listed(
            "Biên tập viên chỉ được sửa trong content/. Những đường dẫn này thuộc về người phụ trách mã nguồn:",
            sorted(path for path in touched if not is_editors(path)),
        )


def is_too_long(path: str) -> bool:
    """Return whether no disk would take `path`: from then on no commit that has it could be checked out."""
    names = path.encode("utf-8", "surrogateescape").split(b"/")
    return sum(map(len, names)) > MAX_PATH or any(len(name) > MAX_NAME for name in names)


def is_editors(path: str) -> bool:
    """Return whether an editor may write `path`: in content/, and nothing that git itself obeys."""
    names = path.split("/")
    obeyed = any(name.lower().startswith(".git") and name != ".gitkeep" for name in names)
    return path.startswith(CONTENT) and not obeyed


def listed(title: str, paths: Iterable[str]) -> Iterator[str]:
    """Yield a title and the paths below it, if there are any; not more than one can read."""
    paths = list(paths)
    if paths:
        yield title
        yield from (f"  {shown(path)}" for path in paths[:SHOWN_PATHS])
        if len(paths) > SHOWN_PATHS:
            yield f"  … và {len(paths) - SHOWN_PATHS} đường dẫn nữa."


def shown(path: str) -> str:
    """Return a path as one line, its control characters escaped."""
    return path if path.isprintable() else path.encode("unicode_escape").decode()


def asked(repo: Path, *words: str, sent: str | None = None) -> str:
    """Return git's answer. Unlike `repository.git` it sees the objects that wait in quarantine."""
    done = subprocess.run(
        ["git", f"--git-dir={repo}", *words],
        input=None if sent is None else sent.encode("utf-8", "surrogateescape"),
        stdin=subprocess.DEVNULL if sent is None else None,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise ReleaseError(Exit.ENVIRONMENT, f"git {words[0]} không làm được trên {repo}: {reason}")
    return done.stdout.decode("utf-8", "surrogateescape")


def is_commit(repo: Path, name: str) -> bool:
    """Return whether a name is a commit's, or leads to one as a tag does."""
    command = ["git", f"--git-dir={repo}", "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def is_ancestor(repo: Path, old: str, new: str) -> bool:
    """Return whether everything of `old` is in `new`."""
    return not asked(repo, "rev-list", "--max-count=1", old, f"^{new}")


def merge_base(repo: Path, new: str) -> str:
    """Return where a new branch left the published one; the empty tree for a history of its own."""
    tip = asked(repo, "for-each-ref", "--format=%(objectname)", asked(repo, "symbolic-ref", "HEAD").strip()).strip()
    command = ["git", f"--git-dir={repo}", "merge-base", tip, new]
    base = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() if tip else ""
    return base or asked(repo, "hash-object", "-t", "tree", "--stdin", sent="").strip()


def changed(repo: Path, old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the new mode and the path of everything that differs."""
    records = asked(repo, "diff-tree", "-r", "-z", "--raw", "--no-renames", old, new).split("\0")
    for header, path in zip(records[::2], records[1::2], strict=False):
        yield header.split(" ")[1], path


def touched_by_commits(repo: Path, new: str) -> list[str]:
    """Return every path that a commit of this push changes, also where a later one changes it back."""
    commits = asked(repo, "rev-list", new, "--not", "--all")
    words = ("-r", "-c", "-z", "--root", "--no-commit-id", "--name-only", "--no-renames", "--stdin")
    return [path for path in asked(repo, "diff-tree", *words, sent=commits).split("\0") if path]


def large_files(repo: Path, new: str) -> list[str]:
    """Return the files of this push that are too large, with their sizes."""
    objects = asked(repo, "rev-list", "--objects", new, "--not", "--all")
    descriptions = asked(repo, "cat-file", "--batch-check=%(objecttype) %(objectsize) %(rest)", sent=objects)
    rows = (line.split(" ", 2) for line in descriptions.split("\n") if line)
    return [f"{row[2]} ({int(row[1]) // MIB} MB)" for row in rows if row[0] == "blob" and int(row[1]) > MAX_FILE]
