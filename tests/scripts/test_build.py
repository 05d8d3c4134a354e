"""``make site``: Pelican, with its configuration looked at first."""

import subprocess
import sys

from tests.tiny import ROOT, a_story


def run(tiny, *more, conf=ROOT / "pelicanconf.py"):
    command = [sys.executable, "-m", "scripts", "build", tiny.content, "-o", tiny.output, "-s", conf, *more]
    cache = {"CACHE": str(tiny.root / "cache"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=ROOT, env=cache, capture_output=True, text=True, timeout=120)


def test_a_slip_in_the_configuration_is_told_with_its_line(tiny):
    conf = tiny.root / "pelicanconf.py"
    conf.write_text('SITENAME = "Cổng"\nMENU = [\n', "utf-8")
    done = run(tiny, conf=conf)
    assert done.returncode == 2 and "pelicanconf.py:2:" in done.stderr and "[CONF_SYNTAX]" in done.stderr
    assert "Traceback" not in done.stderr and not tiny.output.exists()


def test_a_portal_is_built_and_a_mistake_ends_with_1(tiny):
    assert run(tiny).returncode == 0
    assert (tiny.output / "index.html").exists()
    tiny.story("hong", date="32/5/2026")
    done = run(tiny)
    assert done.returncode == 1 and "[DATE_INVALID]" in done.stderr


def test_with_keep_last_good_all_but_the_broken_story_is_published(tiny):
    assert run(tiny).returncode == 0
    tiny.story("hong", date="32/5/2026")
    tiny.write("tin-tuc/2026/05/lanh/index.md", a_story("Bài lành"))
    done = run(tiny, "--keep-last-good")
    assert done.returncode == 0 and "[QUARANTINED]" in done.stderr
    assert (tiny.output / "tin-tuc/2026/05/lanh/index.html").exists()
    assert not (tiny.output / "tin-tuc/2026/05/hong").exists()
