"""Editors change texts, maintainers all; what would harm the server or the repository is refused with its paths."""

import os
import subprocess
from pathlib import Path

import pytest

from scripts.publishing import access
from scripts.publishing.outcome import ReleaseError
from tests.deploy.town import Town

pytestmark = pytest.mark.deploy

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx0bGx0bGx0bGx0bGx0bGx0bGx0bGx0bGx0bGx0bGx0"
OTHER_KEY = KEY.replace("IGx0", "IHx0")
PEOPLE = f"# người push\neditor lan {KEY} lan@tinhdoan\nmaintainer minh {OTHER_KEY}\n"


@pytest.fixture
def two_people(town: Town) -> Town:
    """A live portal that Lan edits and Minh maintains."""
    (town.root / "keys").write_text(PEOPLE, "utf-8")
    assert town.publish("Tin").accepted
    return town


def push_as(town: Town, name: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Push as sshd would let this person: through the forced command of authorized_keys."""
    ssh = town.root.parent / f"ssh-{name}"
    ssh.write_text(f'#!/bin/sh\nshift\nSSH_ORIGINAL_COMMAND="$*" exec {town.root}/bin/portal shell --who {name}\n')
    ssh.chmod(0o755)
    town.environment["GIT_SSH"] = str(ssh)
    town.environment["GIT_SSH_VARIANT"] = "simple"
    return town.git("push", *(words or ("cong:portal.git", "main")))


def snapshot(town: Town) -> dict[str, bytes]:
    """What a push must not change but by going live: programs, hooks, settings, refs, pages."""
    watched = [town.root / name for name in ("bin", "portal.git/hooks", "portal.git/refs", "portal.git/config")]
    watched += [town.root / "portal.env", town.root / "keys", town.current.resolve()]
    files = [path for start in watched for path in ([start] if start.is_file() else start.rglob("*"))]
    state = {str(path): path.read_bytes() for path in files if path.is_file() and "__pycache__" not in str(path)}
    return {**state, "current": os.readlink(town.current).encode()}


def commit(town: Town, path: str, text: str | bytes = "xấu\n") -> None:
    file = town.clone / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    town.git("add", "--all", "--force")
    assert town.git("commit", "--message", "Sửa").returncode == 0


def test_an_editor_changes_texts(two_people: Town) -> None:
    two_people.write("Tin mới")
    pushed = push_as(two_people, "lan")
    assert pushed.returncode == 0, pushed.stderr
    assert "Tin mới" in two_people.home_page()


@pytest.mark.parametrize(
    "path",
    ["Makefile", "pelicanconf.py", "plugins/x/__init__.py", "theme/a.css", ".github/workflows/a.yml", "hooks/pre-receive",
     "content/.gitattributes", ".gitmodules", "scripts/publishing/release.py"],
)  # fmt: skip
def test_case_107_an_editor_changes_nothing_else(two_people: Town, path: str) -> None:
    before = snapshot(two_people)
    two_people.write("Tin mới")
    commit(two_people, path)
    pushed = push_as(two_people, "lan")
    assert pushed.returncode != 0
    assert "Biên tập viên chỉ được sửa trong content/" in pushed.stderr and f"  {path}" in pushed.stderr
    assert "KHÔNG NHẬN" in pushed.stderr
    assert snapshot(two_people) == before


def test_a_maintainer_changes_all(two_people: Town) -> None:
    commit(two_people, "README.md")
    two_people.write("Tin mới")
    assert push_as(two_people, "minh").returncode == 0
    assert "Tin mới" in two_people.home_page()


def test_what_a_later_commit_takes_back_is_seen_too(two_people: Town) -> None:
    commit(two_people, "Makefile")
    assert two_people.git("revert", "--no-edit", "HEAD").returncode == 0
    pushed = push_as(two_people, "lan")
    assert pushed.returncode != 0 and "  Makefile" in pushed.stderr


def test_a_merge_cannot_put_an_older_program_back(two_people: Town) -> None:
    """`git merge -s ours` on an old base: no commit of the editor's own touches the file."""
    two_people.git("branch", "old")
    commit(two_people, "publishconf.py", "mới\n")
    assert push_as(two_people, "minh").returncode == 0
    two_people.git("checkout", "-q", "old")
    two_people.write("Tin mới")
    two_people.git("merge", "-q", "-s", "ours", "-m", "Gộp", "main")
    pushed = push_as(two_people, "lan", "cong:portal.git", "old:main")
    assert pushed.returncode != 0 and "  publishconf.py" in pushed.stderr


def test_an_editor_merges_what_a_maintainer_has_pushed(two_people: Town) -> None:
    two_people.git("branch", "mine")
    commit(two_people, "Makefile", (two_people.clone / "Makefile").read_text() + "# mới\n")
    assert push_as(two_people, "minh").returncode == 0
    two_people.git("checkout", "-q", "mine")
    two_people.write("Tin của Lan", name="lan")
    two_people.git("merge", "-q", "-m", "Gộp", "main")
    pushed = push_as(two_people, "lan", "cong:portal.git", "mine:main")
    assert pushed.returncode == 0, pushed.stderr


@pytest.mark.parametrize("name", ["lan", "minh"])
def test_links_submodules_and_strange_names_are_refused_with_their_paths(two_people: Town, name: str) -> None:
    before = snapshot(two_people)
    (two_people.clone / "content" / "lien-ket").symlink_to("/etc/passwd")
    (two_people.clone / "content" / "hai\ndòng.txt").write_text("x")
    head = two_people.git("rev-parse", "HEAD").stdout.strip()
    two_people.git("update-index", "--add", "--cacheinfo", f"160000,{head},content/kho-con")
    two_people.git("add", "content/lien-ket", "content/hai\ndòng.txt")
    assert two_people.git("commit", "--message", "Lạ").returncode == 0
    pushed = push_as(two_people, name)
    assert pushed.returncode != 0
    for line in ("  content/lien-ket", "  content/kho-con", "  content/hai\\nd"):
        assert line in pushed.stderr, pushed.stderr
    assert snapshot(two_people) == before


def test_a_file_too_large_is_refused_though_a_later_commit_deletes_it(two_people: Town) -> None:
    """It would stay in the repository for ever."""
    before = snapshot(two_people)
    commit(two_people, "content/phim.mp4", b"\0" * (80 * access.MIB))
    two_people.git("rm", "-q", "content/phim.mp4")
    two_people.git("commit", "-q", "--message", "Bỏ phim")
    pushed = push_as(two_people, "lan")
    assert pushed.returncode != 0 and "content/phim.mp4 (80 MB)" in pushed.stderr
    assert snapshot(two_people) == before
    objects = sum(
        path.stat().st_size for path in (two_people.root / "portal.git" / "objects").rglob("*") if path.is_file()
    )
    assert objects < access.MIB


def test_a_push_too_large_is_refused_in_vietnamese(two_people: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """git itself stops reading; the pusher is told in which measure."""
    installed = two_people.root / "bin" / "publishing" / "access.py"
    installed.write_text(installed.read_text().replace('"editor": 200 * MIB', '"editor": 1 * MIB'))
    commit(two_people, "content/anh.jpg", os.urandom(2 * access.MIB))
    pushed = push_as(two_people, "lan")
    assert pushed.returncode != 0 and "mỗi lần push tối đa 1 MB" in pushed.stderr, pushed.stderr


@pytest.mark.parametrize("name", ["lan", "minh"])
def test_nobody_drops_a_colleagues_commits(two_people: Town, name: str) -> None:
    two_people.git("branch", "old")
    two_people.publish("Tin của Minh")
    two_people.git("checkout", "-q", "old")
    two_people.write("Tin của Lan")
    forced = push_as(two_people, name, "--force", "cong:portal.git", "old:main")
    assert forced.returncode != 0 and "git pull --rebase" in forced.stderr
    deleted = push_as(two_people, name, "cong:portal.git", ":main")
    assert deleted.returncode != 0 and "Không được xóa" in deleted.stderr
    assert "Tin của Minh" in two_people.home_page()
    log = two_people.run("git", f"--git-dir={two_people.root}/portal.git", "reflog", "show", "main")
    assert len(log.stdout.splitlines()) == 2


def test_without_the_hook_git_itself_refuses_to_drop_commits(two_people: Town) -> None:
    (two_people.root / "portal.git" / "hooks" / "pre-receive").unlink()
    two_people.publish("Tin hai")
    two_people.git("reset", "-q", "--hard", "HEAD~1")
    assert two_people.git("push", "--force", "origin", "main").returncode != 0
    assert two_people.git("push", "origin", ":main").returncode != 0


@pytest.mark.parametrize(
    "wish", ["", "bash -i", "git-receive-pack '/etc'", "git-receive-pack portal.git; id", "scp -t /"]
)
def test_a_key_opens_nothing_but_git(two_people: Town, wish: str) -> None:
    two_people.environment["SSH_ORIGINAL_COMMAND"] = wish
    refused = two_people.run(str(two_people.root / "bin" / "portal"), "shell", "--who", "lan")
    assert refused.returncode == 2 and "chỉ nhận git" in refused.stdout + refused.stderr


def test_a_key_that_was_taken_from_the_list_opens_nothing(two_people: Town) -> None:
    (two_people.root / "keys").write_text(PEOPLE.replace("editor lan", "# editor lan"))
    two_people.write("Tin mới")
    assert push_as(two_people, "lan").returncode != 0
    assert "Tin mới" not in two_people.home_page()


def test_sshd_is_told_to_run_nothing_else(two_people: Town) -> None:
    lines = two_people.portal("keys").stdout.splitlines()
    program = f"{two_people.root}/bin/portal shell"
    assert lines == [
        f'restrict,command="{program} --who lan" {KEY}',
        f'restrict,command="{program} --who minh" {OTHER_KEY}',
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("editor lan", "keys:1: viết"), (f"admin lan {KEY}", "keys:1: viết"), (f'editor lan";id {KEY}', "keys:1: viết"),
     ("editor lan ssh-ed25519 khong-phai-khoa", "không phải khóa công khai"),
     (f"editor lan {KEY}\nmaintainer minh {KEY}", "keys:2: khóa này đã có")],
)  # fmt: skip
def test_a_slip_in_the_list_is_told_with_its_line(line: str, complaint: str) -> None:
    with pytest.raises(ReleaseError, match=complaint):
        access.parse_keys(line, Path("keys"))
