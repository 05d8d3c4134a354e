"""The same content gives the same bytes, wherever and however it is built."""

import os
import random
import shutil
import subprocess
import sys

import pytest

from tests.tiny import ROOT

pytestmark = pytest.mark.slow


def copied_in_random_order(source, target, seed):
    """Copy the folder, its files created in another order and with other times."""
    files = [path for path in source.rglob("*") if path.is_file()]
    random.Random(seed).shuffle(files)
    for position, path in enumerate(files):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (1_000_000_000 + position * seed, 1_000_000_000 + position * seed))


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def built(folder, content, **environ):
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(folder / "output")]
    command += ["-s", str(ROOT / "pelicanconf.py"), "-e", f"WORKERS={environ.pop('workers')}"]
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ", "PYTHON"))
    }
    environ = {**inherited, "CACHE": str(folder / "cache"), "SOURCE_DATE_EPOCH": "1795438800", **environ}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    return tree(folder / "output")


def test_the_demonstration_is_the_same_in_another_folder_zone_locale_order_and_hash_seed(tmp_path, demo, demo_cache):
    """Both make some thirty pictures themselves, the first with four workers, the second alone: all of them would take
    as long as a quarter of all tests. The others are those of ``demo``."""
    first_folder, second_folder = tmp_path / "một", tmp_path / "sâu" / "hai"
    copied_in_random_order(ROOT / "content", first_folder / "content", 1)
    copied_in_random_order(ROOT / "content", second_folder / "noi-dung", 2)
    pictures = list((demo_cache / "pictures").iterdir())
    from_demo = [path for path in pictures if not path.name.startswith(("00", "01", "02", "03"))]
    assert len(pictures) - len(from_demo) > 10
    for folder in (first_folder, second_folder):
        (folder / "cache" / "pictures").mkdir(parents=True)
        for path in from_demo:
            shutil.copy(path, folder / "cache" / "pictures")
    first = built(
        first_folder,
        first_folder / "content",
        TZ="Asia/Ho_Chi_Minh",
        LC_ALL="C",
        PYTHONHASHSEED="1",
        PYTHONUTF8="0",
        workers="4",
    )
    second = built(
        second_folder,
        second_folder / "noi-dung",
        TZ="America/Los_Angeles",
        LC_ALL="vi_VN.UTF-8",
        LANG="vi_VN.UTF-8",
        PYTHONHASHSEED="2",
        workers="1",
    )
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
    assert len(first) > 500
