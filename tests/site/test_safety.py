"""Nothing of anybody's is lost: whatever lies in the output, whoever builds at the same time, however a build ends."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from plugins.core.build import pipeline
from plugins.core.build.output import MARK, Output
from plugins.core.build.pipeline import build, check
from plugins.core.build.session import State
from plugins.core.errors import ConfigError, ContentError, MachineError
from plugins.core.pelican_adapter import load
from tests.tiny import ROOT, a_jpeg, a_story


def settings_of(tiny, **more):
    paths = {"PATH": str(tiny.content), "OUTPUT_PATH": str(tiny.output), "CACHE_PATH": str(tiny.root / "cache")}
    return load(str(ROOT / "pelicanconf.py"), NOW="2026-11-23 20:00", **paths, **more)


def published(tiny):
    return {path: data for path, data in tiny.files().items() if not path.startswith(MARK)}


def start(tiny, *command, **environ):
    variables = {**os.environ, "CACHE": str(tiny.root / "cache"), **environ}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=variables, text=True, start_new_session=True, **pipes
    )


def pelican(tiny, **environ):
    return start(tiny, "-m", "pelican", tiny.content, "-o", tiny.output, "-s", "pelicanconf.py", **environ)


def many_stories(tiny, count=150):
    for number in range(count):
        tiny.write(f"tin-tuc/2026/04/bai-{number}/index.md", a_story(f"Bài số {number}", body="Chữ.\n\n" * 40))


def test_another_sites_folder_stays_as_it_is(tiny):
    for path in ("sitemap.xml", "index.html", "uploads/hop-dong.pdf"):
        (tiny.output / path).parent.mkdir(parents=True, exist_ok=True)
        (tiny.output / path).write_text("của trang khác")
    before = tiny.files()
    for _ in range(2):
        with pytest.raises(ConfigError, match="OUTPUT_NOT_OURS"):
            tiny.build()
        assert tiny.files() == before


def test_a_site_that_was_put_where_our_output_was_stays_too(tiny):
    tiny.build()
    tiny.output.rename(tiny.root / "cu")
    test_another_sites_folder_stays_as_it_is(tiny)


@pytest.mark.parametrize("with_cache", [True, False])
def test_what_a_person_puts_into_the_output_stays_and_what_is_stale_goes(tiny, with_cache):
    tiny.story("cu")
    tiny.build()
    (tiny.output / "google-1.html").write_text("x")
    (tiny.content / "tin-tuc/2026/05/cu/index.md").unlink()
    if not with_cache:
        (tiny.root / "cache").rename(tiny.root / "mat")
    tiny.build()
    assert (tiny.output / "google-1.html").exists() and not (tiny.output / "tin-tuc/2026/05/cu").exists()


def test_an_output_that_an_earlier_version_made_is_built_on(tiny):
    """It had no mark: its files are known by the manifest in the cache."""
    tiny.story("cu")
    tiny.build()
    before = published(tiny)
    for path in (tiny.output / MARK).iterdir():
        path.unlink()
    (tiny.output / MARK).rmdir()
    (tiny.output / "CNAME").write_text("x")
    (tiny.content / "tin-tuc/2026/05/cu/index.md").unlink()
    tiny.build(SITENAME="Tên khác", ALLOW_SHRINK=True)  # no manifest is valid any more
    assert before.keys() - published(tiny).keys() >= {"tin-tuc/2026/05/cu/index.html"}
    assert (tiny.output / "CNAME").exists()


def test_two_builds_at_once_wait_for_each_other_and_both_end_well(tiny):
    many_stories(tiny)
    both = [pelican(tiny, WORKERS="2") for _ in range(2)] + [start(tiny, "-m", "scripts", "check", tiny.content)]
    outputs = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0, 0], outputs
    assert "chờ đến lượt" in "".join(error for _, error in outputs)
    before = published(tiny)
    tiny.build(OUTPUT_PATH=str(tiny.root / "lai"), CACHE_PATH=str(tiny.root / "cache-2"))
    assert before.keys() == Output(tiny.root / "lai").listed


def test_builds_into_one_output_wait_though_each_has_its_own_cache(tiny):
    many_stories(tiny, 50)
    both = [pelican(tiny, CACHE=str(tiny.root / f"cache-{number}")) for number in range(2)]
    outputs = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs


def test_a_database_that_another_program_holds_is_not_deleted(tiny):
    tiny.build()
    (database,) = (tiny.root / "cache/state").glob("store-*.sqlite")
    before = database.stat().st_ino
    tiny.story(title="Sửa")
    with sqlite3.connect(database) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(MachineError, match="bộ nhớ đệm"):
            check(settings_of(tiny))
        holder.rollback()
    holder.close()
    assert database.stat().st_ino == before
    tiny.build()


@pytest.mark.parametrize("victim", ["leader", "all"])
def test_killed_in_its_first_build_the_next_one_builds(tiny, victim):
    many_stories(tiny)
    with pelican(tiny, WORKERS="2") as process:
        end = time.monotonic() + 60
        while not list((tiny.output / MARK).glob("new-*/*")) and time.monotonic() < end:
            time.sleep(0.01)
        assert process.poll() is None
        (os.killpg if victim == "all" else os.kill)(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        assert list((tiny.output / MARK).glob("new-*"))
        done = pelican(tiny)
        assert "OUTPUT_NOT_OURS" not in done.communicate(timeout=120)[1] and done.returncode == 0
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # forks that nobody waits for
    assert (tiny.output / "index.html").exists() and not list((tiny.output / MARK).glob("new-*"))


def test_a_disk_that_is_full_in_the_first_build_leaves_nothing_and_the_next_one_builds(tiny):
    tiny.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg())
    tiny.story(image="anh.jpg", image_alt="x", body="Chữ " * 4000)
    words = ["-m", "pelican", tiny.content, "-o", tiny.output, "-s", "pelicanconf.py"]
    limited = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); runpy.run_module('pelican', run_name='__main__')"
    for limit in (0, 4000, 20_000):
        process = start(tiny, "-c", limited.format(limit), *words[2:])
        output = process.communicate(timeout=60)[1]
        assert process.returncode == 3 and "Traceback" not in output, output
        assert len([line for line in output.splitlines() if "[" in line]) == 1, output
        assert published(tiny) == {} and not list((tiny.output / MARK).glob("new-*"))
    tiny.build()
    assert (tiny.output / "index.html").exists()
    tiny.story(title="Sửa", body="Khác " * 4000)
    process = start(tiny, "-c", limited.format(1000).replace("'pelican'", "'scripts'"), "check", tiny.content)
    assert "[MACHINE]" in (output := "".join(process.communicate(timeout=60))) and "Traceback" not in output, output
    assert process.returncode == 3


def test_a_first_build_that_finds_a_mistake_leaves_the_folder_empty(tiny):
    tiny.story(date="32/5/2026")
    with pytest.raises(ContentError):
        tiny.build()
    assert os.listdir(tiny.output) == []


def test_an_attachment_that_is_replaced_after_it_was_examined_is_not_published(tiny, monkeypatch):
    path = tiny.content / "tin-tuc/2026/05/bai/bang.csv"
    path.write_text("a,b\n")
    tiny.story(body="[x](bang.csv)")
    real = pipeline.execute

    def replaced_meanwhile(*args, **options):
        path.write_text("Mật khẩu,123\n")
        return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "execute", replaced_meanwhile)
        with pytest.raises(ContentError, match=r"bang\.csv: \[FILE_CHANGED\]"):
            tiny.build()
    assert published(tiny) == {}
    tiny.build()
    assert [data for path, data in published(tiny).items() if path.endswith("bang.csv")] == ["Mật khẩu,123\n".encode()]


def test_ctrl_c_ends_a_check_and_a_build_with_130_and_one_line(tiny):
    many_stories(tiny, 3000)
    commands = ["check", tiny.content], ["build", tiny.content, "-o", tiny.output]
    for command in commands:
        process = start(tiny, "-m", "scripts", *command, WORKERS="2")
        end = time.monotonic() + 30
        while not (tiny.root / "cache/lock").exists() and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.5)  # in the midst of its work
        os.killpg(process.pid, signal.SIGINT)
        outputs = process.communicate(timeout=60)
        assert process.returncode == 130 and "Traceback" not in outputs[1] and outputs[1].count("\n") <= 2, outputs
        (tiny.root / "cache/lock").unlink()


def test_whoever_stops_reading_what_is_wrong_is_no_mistake(tiny):
    for number in range(3000):
        tiny.write(f"tin-tuc/{number}.md", "không có khai báo")
    for form in ("json", "human"):
        with start(tiny, "-m", "scripts", "check", tiny.content, "--format", form) as process:
            process.stdout.read(10)
            process.stdout.close()
            assert process.wait(timeout=60) == 1 and process.stderr.read() == ""


def test_a_text_too_large_to_be_one_is_not_read(tiny):
    with (tiny.content / "tin-tuc/lon.md").open("wb") as file:
        file.truncate(2 << 30)  # zeros that no disk holds
    start = time.process_time()
    with pytest.raises(ContentError, match="TEXT_TOO_COMPLEX") as caught:
        tiny.build()
    assert len(caught.value.problems) == 1 and time.process_time() - start < 5


def test_a_program_that_lives_on_sees_what_another_has_built_meanwhile(tiny):
    settings = settings_of(tiny)
    state = State(settings)
    build(settings, state=state)
    tiny.story(title="Của lần dựng kia")
    assert pelican(tiny).communicate(timeout=60) and "Của lần dựng kia" in str(tiny.page("index.html"))
    tiny.story(title="Của lần này")
    build(settings, state=state)
    assert "Của lần này" in str(tiny.page("index.html")) and "Của lần dựng kia" not in str(tiny.page("index.html"))


@pytest.mark.parametrize("kind", ["jpg", "avif"])
@pytest.mark.parametrize("left", [0, 1 / 2])
def test_a_picture_of_the_cache_that_the_disk_has_cut_is_made_again(tiny, kind, left):
    tiny.write("tin-tuc/2026/05/bai/anh.jpg", a_jpeg())
    tiny.story(image="anh.jpg", image_alt="x")
    tiny.write("tin-tuc/2026/05/hai/anh.jpg", a_jpeg(colour="red"))
    tiny.story("hai", image="anh.jpg", image_alt="x")
    tiny.build()
    before = published(tiny)
    for path in (tiny.root / "cache/pictures").glob(f"*.{kind}"):
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * left)])
    tiny.output.rename(tiny.root / "cu")
    tiny.build()
    assert published(tiny) == before
