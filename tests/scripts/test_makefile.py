"""The Makefile: a path is one path, whatever is written in it; ``clean`` deletes what builds made."""

import os
import subprocess
import sys

import pytest

from tests.tiny import ROOT, a_jpeg, a_tiny_site

HARD = ["nội dung", "a'b", 'a"b', "a$b$$(c)", "a`touch x`;b", "-x", "a#b", "a\\b", "a&b|c*"]


def make(*words, cwd, **environ):
    """Run make on a checkout made of links, as test_hooks does."""
    for name in ("plugins", "theme", "scripts", "Makefile", "pelicanconf.py", "publishconf.py", "requirements"):
        if not (cwd / name).exists():
            (cwd / name).symlink_to(ROOT / name)
    venv = cwd / environ.pop("venv", ".venv")
    if not venv.exists():
        (venv / "bin").mkdir(parents=True)
        (venv / "bin" / "python").symlink_to(sys.executable)
        (venv / ".site").touch()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **environ}
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("name", HARD)
def test_any_folder_is_built_checked_and_cleaned_and_its_neighbours_stay(tmp_path, name):
    site = a_tiny_site(tmp_path)
    (tmp_path / name).mkdir()
    os.rename(site.content, tmp_path / name / "content")
    for neighbour in name.split():
        (tmp_path / neighbour).mkdir(exist_ok=True)
    places = [f"CONTENT={name}/content", f"OUTPUT={name}/output", f"CACHE={tmp_path}/{name}/cache"]
    done = make("check", *places, cwd=tmp_path)
    assert done.returncode == 0 and "Không có lỗi" in done.stdout, done.stderr
    done = make("site", *places, cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / name / "output" / "index.html").is_file(), done.stderr
    done = make("clean", *places, cwd=tmp_path)
    assert done.returncode == 0 and os.listdir(tmp_path / name) == ["content"], done.stderr + done.stdout
    assert all((tmp_path / neighbour).is_dir() for neighbour in name.split())
    assert not (tmp_path / "x").exists()


def test_a_virtual_environment_may_lie_on_a_path_with_blanks(tmp_path):
    a_tiny_site(tmp_path)
    done = make("check", "VENV=môi trường ảo", f"CACHE={tmp_path}/cache", cwd=tmp_path, venv="môi trường ảo")
    assert done.returncode == 0 and "Không có lỗi" in done.stdout, done.stderr


def test_clean_leaves_every_file_that_no_build_made(tmp_path):
    site = a_tiny_site(tmp_path)
    cache = tmp_path / "cache"
    words = ["OUTPUT=output", f"CACHE={cache}"]
    assert make("site", *words, cwd=tmp_path).returncode == 0
    (site.output / "google-1.html").write_text("x")
    for path in ("luan-van.doc", "pictures/toi.jpg", "state/ghi-chu.txt"):
        (cache / path).parent.mkdir(exist_ok=True)
        (cache / path).write_text("x")
    done = make("clean", *words, cwd=tmp_path)
    assert done.returncode == 0 and "google-1.html" in done.stdout and "luan-van.doc" in done.stdout
    assert os.listdir(site.output) == ["google-1.html"]
    left = sorted(path.relative_to(cache).as_posix() for path in cache.rglob("*") if path.is_file())
    assert left == ["luan-van.doc", "pictures/toi.jpg", "state/ghi-chu.txt"]


@pytest.mark.parametrize("is_built", [True, False])
def test_a_cache_that_has_somebodys_files_loses_none_of_them(tmp_path, is_built):
    site, cache = a_tiny_site(tmp_path), tmp_path / "cache"
    mine = [
        "good/luan-van.doc",
        "overlay/a.txt",
        "history/2026.json",
        "state/texts-cua-toi.sqlite",
        "state/reading-list",
    ]
    mine += ["pictures/anh.tmp", "last-good/objects/a.txt"]
    mine += [] if is_built else ["comments.json", "lock"]
    for path in mine:
        (cache / path).parent.mkdir(parents=True, exist_ok=True)
        (cache / path).write_text("của tôi")
        os.utime(cache / path, (1, 1))
    words = ["OUTPUT=output", f"CACHE={cache}", "KEEP_LAST_GOOD=1"]
    if is_built:
        site.story()
        site.write("tin-tuc/2026/05/bai/a.jpg", a_jpeg())
        assert make("site", *words, cwd=tmp_path).returncode == 0
        site.story(title="Bài đã sửa")
        assert make("site", *words, cwd=tmp_path).returncode == 0
    assert make("clean", *words, cwd=tmp_path).returncode == 0
    assert sorted(path.relative_to(cache).as_posix() for path in cache.rglob("*") if path.is_file()) == sorted(mine)


def test_clean_refuses_a_folder_that_no_build_made(tmp_path):
    (tmp_path / "www/uploads").mkdir(parents=True)
    (tmp_path / "www/uploads/hop-dong.pdf").write_text("x")
    done = make("clean", "OUTPUT=www", f"CACHE={tmp_path}/cache", cwd=tmp_path)
    assert done.returncode == 2 and "[OUTPUT_NOT_OURS]" in done.stderr
    assert (tmp_path / "www/uploads/hop-dong.pdf").exists()
    assert make("clean", "OUTPUT=chua-co", f"CACHE={tmp_path}/cache", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("port", ["70000", "0", "abc", "-1", "8 000"])
def test_a_port_that_there_is_not_is_told_in_one_line(tmp_path, port):
    a_tiny_site(tmp_path)
    done = make("serve", f"PORT={port}", f"CACHE={tmp_path}/cache", cwd=tmp_path)
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode == 2 and len(lines) == 1 and "PORT=8000" in lines[0], done.stderr
