"""``make hooks``: what is about to be committed is checked first."""

import os
import subprocess

import pytest

from tests.tiny import ROOT, a_tiny_site


@pytest.fixture
def repository(tmp_path):
    """A clone with a tiny content folder and the hook installed as `make hooks` does."""
    site = a_tiny_site(tmp_path)
    for name in ("plugins", "theme", "scripts", "Makefile", "pelicanconf.py", "requirements.txt"):
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
