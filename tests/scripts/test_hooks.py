"""``make hooks``: what is about to be committed is checked first."""

import os
import shutil
import subprocess

import pytest

from tests.tiny import ROOT, a_tiny_site


@pytest.fixture(params=["kho", "kho tin 'bài' $HOME"])
def repository(tmp_path, request):
    """Make a clone with a tiny content folder and the hook installed as `make hooks` does, also on a path with blanks."""
    tmp_path /= request.param
    tmp_path.mkdir()
    site = a_tiny_site(tmp_path)
    for name in ("plugins", "theme", "scripts", "Makefile", "pelicanconf.py", "requirements"):
        (tmp_path / name).symlink_to(ROOT / name)
    venv = tmp_path / ".venv" / "bin"
    venv.mkdir(parents=True)
    import sys

    (venv / "python").symlink_to(sys.executable)
    (tmp_path / ".venv" / ".site").touch()

    def git(*words):
        identity = {
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@b.vn",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@b.vn",
        }
        environ = {
            **os.environ,
            **identity,
            "CACHE": str(tmp_path / "cache"),
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        return subprocess.run(["git", *words], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=120)

    git("init", "-q")
    git("config", "core.hooksPath", "scripts/hooks")
    git("add", "content")
    site.git = git
    return site


def test_a_mistake_is_not_committed_and_is_explained(repository):
    repository.story(date="32/5/2026")
    repository.git("add", "content")
    done = repository.git("commit", "-m", "Bài mới")
    assert (
        done.returncode != 0 and "content/tin-tuc/2026/05/bai/index.md:3:7: [DATE_INVALID]" in done.stdout + done.stderr
    )
    repository.story(title="Đã sửa")
    repository.git("add", "content")
    assert repository.git("commit", "-m", "Bài mới").returncode == 0


def test_what_is_checked_is_what_will_be_committed_not_what_lies_in_the_folder(repository):
    repository.story(title="Tốt")
    repository.git("add", "content")
    repository.story(date="32/5/2026")
    assert repository.git("commit", "-m", "Bản tốt").returncode == 0


def test_a_commit_that_leaves_the_content_alone_is_not_held_up(repository):
    repository.git("commit", "-m", "Nội dung")
    repository.story(date="32/5/2026")
    (repository.root / "ghi-chu.txt").write_text("x")
    repository.git("add", "ghi-chu.txt")
    assert repository.git("commit", "-m", "Ghi chú").returncode == 0


def test_p12_a_conflict_that_was_added_as_it_is_is_not_committed(repository):
    repository.story(body="<<<<<<< HEAD\nMột.\n=======\nHai.\n>>>>>>> nhanh")
    repository.git("add", "content")
    done = repository.git("commit", "-m", "Gộp nhánh")
    assert done.returncode != 0 and "index.md:7: [CONFLICT]" in done.stdout + done.stderr


def test_what_was_read_for_one_commit_is_kept_once_for_all(repository):
    for title in ("Một", "Hai", "Ba"):
        repository.story(title=title)
        repository.git("add", "content")
        assert repository.git("commit", "-m", title).returncode == 0
    names = {path.name.partition(".")[0] for path in (repository.root / "cache/state").glob("store-*.sqlite")}
    assert len(names) == 1 and not (repository.root / ".git/portal-check").exists()


@pytest.fixture
def clone(tmp_path):
    """Make a clone as Windows' git makes it (core.autocrlf) of our hooks and Makefile."""
    origin, clone = tmp_path / "goc", tmp_path / "ban sao"
    (origin / "scripts").mkdir(parents=True)
    for name in ("Makefile", ".gitattributes"):
        shutil.copy(ROOT / name, origin / name)
    shutil.copytree(ROOT / "scripts/hooks", origin / "scripts/hooks")

    def run(*words, cwd=clone):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE"))}
        return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60)

    identity = ("-c", "user.name=a", "-c", "user.email=a@b.vn", "-c", "core.autocrlf=true")
    run("git", "init", "-q", cwd=origin)
    run("git", "add", "-A", cwd=origin)
    run("git", *identity, "commit", "-qm", "x", cwd=origin)
    clone.mkdir()
    run("git", "-c", "core.autocrlf=true", "clone", "-q", str(origin), ".")
    run("git", "config", "core.autocrlf", "true")
    return clone, run


def test_with_the_line_ends_of_windows_the_hook_still_runs(clone):
    folder, run = clone
    assert b"\r" not in (folder / "scripts/hooks/pre-commit").read_bytes() + (folder / "Makefile").read_bytes()
    (folder / "scripts/hooks/pre-commit").chmod(0o644)
    assert run("make", "hooks").returncode == 0
    assert os.access(folder / "scripts/hooks/pre-commit", os.X_OK)
    assert run("git", "config", "core.hooksPath").stdout == "scripts/hooks\n"


def test_a_hook_that_has_them_already_is_told(clone):
    folder, run = clone
    hook = folder / "scripts/hooks/pre-commit"
    hook.write_bytes(hook.read_bytes().replace(b"\n", b"\r\n"))
    done = run("make", "hooks")
    assert done.returncode == 2 and "git checkout -- scripts/hooks/pre-commit" in done.stderr
    assert run("git", "config", "core.hooksPath").stdout == ""
