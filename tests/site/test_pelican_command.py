"""``python -m pelican`` with its own options and other people's plugins, started as its manual says."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests import portalconf
from tests.tiny import CONF, ROOT, a_story

STORY = "tin-tuc/2026/05/bai/index.html"


@contextmanager
def running(site, *more, conf=CONF):
    """Start Pelican; yields a function that returns what it has said on stderr so far. Ends it in the end."""
    command = [sys.executable, "-m", "pelican", str(site.content), "-o", str(site.output), "-s", str(conf), *more]
    environ = {**os.environ, "CACHE": str(site.root / "cache")}
    log = site.root / "stderr.txt"
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True
        )
    try:
        yield lambda: log.read_text("utf-8")
        assert process.poll() is None, log.read_text("utf-8")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(condition, nudge=lambda: None):
    """Wait for a condition. ``nudge`` is done again and again: a change while Pelican builds is not seen."""
    for _ in range(60):
        nudge()
        for _ in range(20):
            if condition():
                return
            time.sleep(0.05)
    raise AssertionError("it never came")


def shows(site, words, path=STORY):
    """Return whether a page of the output shows words."""
    page = site.output / path
    return page.exists() and words in page.read_text("utf-8")


def a_plugin(site, name, source):
    (site.root / "cua-nguoi-khac").mkdir(exist_ok=True)
    (site.root / "cua-nguoi-khac" / f"{name}.py").write_text(source, "utf-8")


def with_plugins(site, *names):
    """Options that put plugins of other people after the portal's."""
    paths = f'["{site.root / "cua-nguoi-khac"}"]'
    quoted = ", ".join(f'"{name}"' for name in (*portalconf.PLUGINS, *names))
    return "-e", f"PLUGIN_PATHS={paths}", f"PLUGINS=[{quoted}]"


# -- plugins ----------------------------------------------------------------------------------

GUEST = """
from pathlib import Path
from pelican import signals

def name_it(pelican):
    pelican.settings["SITENAME"] = "Tên do plugin đặt"

def leave_a_file(pelican):
    (Path(pelican.output_path) / "xong.txt").write_text(pelican.settings["GUEST_WORD"])

def register():
    signals.initialized.connect(name_it)
    signals.finalized.connect(leave_a_file)
"""


def test_another_plugin_hears_when_the_portal_begins_and_when_it_is_built(tiny):
    a_plugin(tiny, "khach", GUEST)
    done = tiny.pelican(*with_plugins(tiny, "khach"), 'GUEST_WORD="xong"')
    assert done.returncode == 0 and "cảnh báo" not in done.stderr, done.stderr
    assert "Tên do plugin đặt" in tiny.page("index.html").title.text
    assert (tiny.output / "xong.txt").read_text() == "xong"
    assert tiny.pelican(*with_plugins(tiny, "khach"), 'GUEST_WROD="xong"').returncode == 2


DEAF = """
from pelican import signals

def receiver(*_): ...

def register():
    signals.article_generator_finalized.connect(receiver)
    signals.content_object_init.connect(receiver)
    signals.finalized.connect(receiver)
"""


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_plugin_that_waits_for_what_never_comes_is_told_by_name_once(tiny, command):
    a_plugin(tiny, "cho-mai", DEAF)
    if command == "build":
        done = tiny.pelican(*with_plugins(tiny, "cho-mai"))
    else:
        conf = tiny.root / "thu.py"
        names = [*portalconf.PLUGINS, "cho-mai"]
        paths = [str(tiny.root / "cua-nguoi-khac")]
        conf.write_text(f"from tests.portalconf import *\nPLUGIN_PATHS = {paths}\nPLUGINS = {names}\n", "utf-8")
        done = tiny.check("-s", str(conf))
    assert done.returncode == 0, done.stderr
    for name in ("article_generator_finalized", "content_object_init"):
        (line,) = (line for line in done.stderr.splitlines() if f"tín hiệu {name}," in line)
        assert "[SIGNAL_UNSENT]" in line and "“cho-mai”" in line and "PLUGINS" in line
    assert "tín hiệu finalized," not in done.stderr


def test_fatal_warnings_heed_that_warning_and_those_of_the_content(tiny):
    a_plugin(tiny, "cho-mai", DEAF)
    assert tiny.pelican(*with_plugins(tiny, "cho-mai"), "--fatal", "warnings").returncode != 0
    assert tiny.pelican("--fatal", "warnings").returncode == 0
    tiny.story(title="Liên kết http", body="Xem [báo](http://bao.example.vn/).")
    done = tiny.pelican("--fatal", "warnings")
    assert done.returncode == 1 and "[LINK_HTTP]" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("source", "stderr"),
    [
        ("import khong_co_thu_vien\n", "khong_co_thu_vien"),
        ("def register(): raise RuntimeError('sập')\n", "sập"),
        ("x = 5\n", "register()"),
        ("from pelican import signals\ndef f(_): raise RuntimeError('sập')\n"
         "def register(): signals.initialized.connect(f, weak=False)\n", "sập"),
        ("from pelican import signals\ndef f(_): raise RuntimeError('sập')\n"
         "def register(): signals.finalized.connect(f, weak=False)\n", "sập"),
    ],
)  # fmt: skip
def test_a_broken_plugin_stops_the_build_with_its_reason(tiny, source, stderr):
    a_plugin(tiny, "hong", source)
    done = tiny.pelican(*with_plugins(tiny, "hong"))
    assert done.returncode == 2 and "[PLUGIN_BROKEN]" in done.stderr and stderr in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_list_pelican_takes_every_plugin_of_its_namespace(tiny):
    home = tiny.root / "thu-vien/pelican/plugins/tat_ca"
    home.mkdir(parents=True)
    (home / "__init__.py").write_text(
        f"from importlib import import_module\nNAMES = {portalconf.PLUGINS}\n"
        "def register():\n    for name in NAMES:\n        import_module(name).register()\n"
    )
    path = os.pathsep.join([str(tiny.root / "thu-vien"), os.environ.get("PYTHONPATH", "")])
    done = tiny.pelican("-e", "PLUGINS=null", PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    assert shows(tiny, "Một câu chuyện")
    assert tiny.pelican("-e", 'PLUGINS=["tat_ca"]', PYTHONPATH=path).returncode == 0


def test_a_list_of_another_shape_is_told(tiny):
    done = tiny.pelican("-e", "PLUGINS=5")
    assert done.returncode == 2 and "[SETTING_INVALID] PLUGINS" in done.stderr and "Traceback" not in done.stderr


def test_two_plugins_cannot_be_one_section(tiny):
    done = tiny.pelican(*with_plugins(tiny, "plugins.news"))
    assert done.returncode == 2 and "[PLUGIN_TWICE]" in done.stderr and "“news”" in done.stderr


# -- options ----------------------------------------------------------------------------------


def test_a_setting_on_the_command_line_replaces_the_files(tiny):
    assert tiny.pelican("-e", 'SITENAME="Đoàn xã Thử"').returncode == 0
    assert "Đoàn xã Thử" in tiny.page("index.html").title.text
    done = tiny.pelican("-e", 'SITENAM="Đoàn xã Thử"')
    assert done.returncode == 2 and "“SITENAME”" in done.stderr


def test_a_quiet_build_says_nothing_that_is_no_error(tiny):
    tiny.story(body="Xem [báo](http://bao.example.vn/).")
    assert "[LINK_HTTP]" in tiny.pelican().stderr
    done = tiny.pelican("-q")
    assert (done.returncode, done.stderr) == (0, "")
    tiny.story(date="32/5/2026")
    done = tiny.pelican("-q")
    assert done.returncode == 1 and "[DATE_INVALID]" in done.stderr


def test_a_debugging_build_says_which_plugins_there_are(tiny):
    done = tiny.pelican("-D")
    assert done.returncode == 0 and "plugins.news" in done.stdout


def test_another_theme_and_another_cache_are_used(tiny):
    shutil.copytree(ROOT / "theme", tiny.root / "theme")
    words = tiny.root / "theme/texts.yaml"
    words.write_text(words.read_text("utf-8").replace("home: Trang chủ", "home: Trang đầu"), "utf-8")
    done = tiny.pelican("-t", str(tiny.root / "theme"), "--cache-path", str(tiny.root / "dem"))
    assert done.returncode == 0, done.stderr
    assert shows(tiny, "Trang đầu") and (tiny.root / "dem/state").is_dir() and not (tiny.root / "cache").exists()


def test_a_build_that_ignores_the_cache_reads_everything_and_makes_the_same(tiny):
    tiny.pelican()
    before = tiny.files()
    assert "Không có gì thay đổi" in tiny.pelican().stderr
    done = tiny.pelican("--ignore-cache")
    assert done.returncode == 0 and "Không có gì thay đổi" not in done.stderr and "Đọc 6 bài" in done.stderr
    assert tiny.files() == before


def test_relative_addresses_are_refused(tiny):
    done = tiny.pelican("--relative-urls")
    assert done.returncode == 2 and "[SETTING_UNSUPPORTED]" in done.stderr and "--relative-urls" in done.stderr
    assert not tiny.output.exists()


def test_settings_are_printed(tiny):
    done = tiny.pelican("--print-settings", "SITENAME", "PLUGINS")
    assert done.returncode == 0 and "Tỉnh đoàn Bình Thuận" in done.stdout and "plugins.news" in done.stdout
    assert not tiny.output.exists()


def test_deleting_the_output_first_deletes_ours_and_nothing_else(tiny):
    tiny.pelican()
    story = tiny.output / STORY
    before = story.stat().st_ino, story.read_bytes()
    (tiny.output / "cua-toi.txt").write_text("của tôi")
    (tiny.output / "tin-tuc/cua-toi.txt").write_text("của tôi")
    robots = tiny.output / "robots.txt"
    was = robots.stat().st_ino
    done = tiny.pelican("-d", "-e", 'OUTPUT_RETENTION=["robots.txt"]')
    assert done.returncode == 0, done.stderr
    assert story.read_bytes() == before[1] and "tệp thay đổi" in done.stderr and "(0 tệp thay đổi" not in done.stderr
    assert robots.stat().st_ino == was
    assert (tiny.output / "cua-toi.txt").exists() and (tiny.output / "tin-tuc/cua-toi.txt").exists()


def test_nothing_is_deleted_first_where_nothing_could_be_built_again_or_is_not_ours(tiny):
    tiny.pelican()
    before = tiny.files()
    tiny.story("hong", date="32/5/2026")
    assert tiny.pelican("-d").returncode == 1
    assert tiny.files() == before
    foreign = tiny.root / "thu-muc-la"
    foreign.mkdir()
    (foreign / "anh.jpg").write_bytes(b"x")
    (tiny.content / "tin-tuc/2026/05/hong/index.md").unlink()
    done = tiny.pelican("-d", "-o", str(foreign))
    assert done.returncode == 2 and "[OUTPUT_NOT_OURS]" in done.stderr
    assert [path.name for path in foreign.iterdir()] == ["anh.jpg"]


# -- programs that go on ----------------------------------------------------------------------


def test_it_builds_again_upon_each_change_and_outlives_mistakes(tiny):
    conf = tiny.root / "thu.py"
    conf.write_text("from tests.portalconf import *\n", "utf-8")
    theme = tiny.root / "theme"
    shutil.copytree(ROOT / "theme", theme)
    frame = theme / "templates/document.html"
    good = frame.read_text("utf-8")
    with running(tiny, "-r", "-t", str(theme), conf=conf) as stderr:
        until(lambda: shows(tiny, "Một câu chuyện"))
        until(lambda: shows(tiny, "Bài đã sửa"), lambda: tiny.story(title="Bài đã sửa"))
        until(lambda: "[DATE_INVALID]" in stderr(), lambda: tiny.story(title="Bài sai", date="32/5/2026"))
        assert "Traceback" not in stderr()
        until(lambda: shows(tiny, "Bài lại đúng"), lambda: tiny.story(title="Bài lại đúng"))
        until(lambda: "[TEMPLATE_SYNTAX]" in stderr(), lambda: frame.write_text("{% if %}" + good, "utf-8"))
        until(lambda: shows(tiny, "<!-- mới -->"), lambda: frame.write_text(good + "<!-- mới -->", "utf-8"))
        until(lambda: shows(tiny, "Đoàn xã Thử"), lambda: conf.write_text(
            "from tests.portalconf import *\nSITENAME = 'Đoàn xã Thử'\n", "utf-8"))  # fmt: skip
        until(lambda: "[SETTING_MISSING]" in stderr(), lambda: conf.write_text(
            "from tests.portalconf import *\ndel SITENAME\nTAGLINE = 5\ndel MENU\n", "utf-8"))  # fmt: skip
        until(lambda: shows(tiny, "Đoàn xã Khác"), lambda: conf.write_text(
            "from tests.portalconf import *\nSITENAME = 'Đoàn xã Khác'\n", "utf-8"))  # fmt: skip


def a_free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answers(port, words, path="/tin-tuc/2026/05/bai/"):
    """Return whether the server of this port answers with these words."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return words in answer.read().decode()
    except (URLError, ConnectionError):
        return False


def test_it_serves_what_was_built(tiny):
    tiny.pelican()
    port = a_free_port()
    with running(tiny, "-l", "-p", str(port)):
        until(lambda: answers(port, "Một câu chuyện"))


def test_it_serves_and_builds_again(tiny):
    port = a_free_port()
    with running(tiny, "-lr", "-p", str(port), "-b", "127.0.0.1") as stderr:
        until(lambda: answers(port, "Một câu chuyện"))
        until(lambda: "[DATE_INVALID]" in stderr(), lambda: tiny.story(date="32/5/2026"))
        until(
            lambda: answers(port, "Bài đã sửa"),
            lambda: tiny.write("tin-tuc/2026/05/bai/index.md", a_story(title="Bài đã sửa")),
        )
