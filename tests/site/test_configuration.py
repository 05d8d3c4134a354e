"""Settings, sections and templates that are wrong: exit 2, the file and the line, no traceback (cases 70–74)."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from pelican.settings import read_settings as load_pelican

from plugins.core.errors import ConfigError
from plugins.core.pelican_adapter import read_conf
from plugins.core.site.settings import read_settings
from tests.tiny import ROOT
from tests.world import SECTIONS


@pytest.fixture
def portal(tiny):
    """Copy the portal's configuration and theme, to be spoilt."""
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, tiny.root / name)
    shutil.copytree(ROOT / "theme", tiny.root / "theme")
    for name in ("plugins", "scripts"):
        (tiny.root / name).symlink_to(ROOT / name)
    tiny.build_copy = lambda script=None: subprocess.run(
        [sys.executable, *(script or ["-m", "pelican"]), str(tiny.content), *([] if script else ["-o", str(tiny.output)]), "-s", "pelicanconf.py"],
        cwd=tiny.root, capture_output=True, text=True, timeout=60,
        # a file that is saved twice within a second, in the same size, is the same to Python's own cache
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    return tiny


def spoil(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_case_70_a_template_that_is_wrong_is_named_with_its_line(portal):
    list_page = portal.root / "theme/templates/list.html"
    good = list_page.read_text("utf-8")
    for broken, code in (
        ("{% if %}", "TEMPLATE_SYNTAX"),
        ("{{ view.title|khong_co }}", "TEMPLATE_SYNTAX"),
        ("{{ view.khong_co }}", "TEMPLATE"),
        ("{{ khong_co }}", "TEMPLATE"),
        ("{% include 'khong-co.html' %}", "TEMPLATE"),
        ("{% include 'list.html' %}", "TEMPLATE"),
    ):
        list_page.write_text(good.replace("{% block list_head %}", "{% block list_head %}\n" + broken, 1), "utf-8")
        done = portal.build_copy()
        assert done.returncode == 2 and f"[{code}]" in done.stderr and "Traceback" not in done.stderr, (
            broken,
            done.stderr,
        )
        assert "list.html" in done.stderr
        assert not (portal.output / "index.html").exists()


@pytest.mark.parametrize("conf", ["pelicanconf.py", "publishconf.py"])
def test_a_configuration_that_is_saved_twice_within_a_second_is_read_as_it_is(portal, monkeypatch, conf):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.chdir(portal.root)
    monkeypatch.syspath_prepend(str(portal.root))
    written = portal.root / "pelicanconf.py"
    for name in ("Cổng A", "Cổng B"):
        text = re.sub("^SITENAME = .*$", f'SITENAME = "{name}"', written.read_text("utf-8"), flags=re.MULTILINE)
        written.write_text(text, "utf-8")
        os.utime(written, (1_700_000_000, 1_700_000_000))
        monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)  # as in a process of its own
        assert read_conf(conf)["SITENAME"] == name


def test_case_71_a_section_that_raises_is_named(portal):
    (portal.root / "hong.py").write_text("x = 1\nraise RuntimeError('sập')\n")
    (portal.root / "rong.py").write_text("SECTION = 5\n")
    for name in ("hong", "rong", "khong_co"):
        shutil.copy(ROOT / "pelicanconf.py", portal.root / "pelicanconf.py")
        spoil(portal.root / "pelicanconf.py", '"plugins.tags"', f'"{name}"')
        done = portal.build_copy()
        assert done.returncode == 2 and "[PLUGIN_BROKEN]" in done.stderr and f"“{name}”" in done.stderr
        assert "Traceback" not in done.stderr


def test_case_71_a_pelican_plugin_that_is_missing_stops_the_build(portal):
    spoil(portal.root / "pelicanconf.py", "PLUGINS = [", 'PLUGINS = ["khong_co_plugin",')
    done = portal.build_copy()
    assert done.returncode == 2 and "[PLUGIN_BROKEN]" in done.stderr


def test_case_72_a_setting_that_is_misspelt_or_of_the_wrong_kind_is_named_with_its_line(portal):
    spoil(portal.root / "pelicanconf.py", "TAGLINE = ", "TAGLIME = ")
    spoil(portal.root / "pelicanconf.py", '"fax":', '"facs":')
    done = portal.build_copy()
    assert done.returncode == 2 and "Traceback" not in done.stderr
    line = (ROOT / "pelicanconf.py").read_text("utf-8").splitlines().index(
        "# -- The portal ---------------------------------------------------------------"
    ) + 4
    assert f"pelicanconf.py:{line}: [SETTING_UNKNOWN]" in done.stderr and "“TAGLINE”" in done.stderr
    assert "[SETTING_MISSING] Thiếu TAGLINE." in done.stderr and "[SETTING_INVALID] ORGANIZATION" in done.stderr


def test_case_72_a_configuration_that_python_cannot_read_is_named_with_its_line(portal):
    good = (portal.root / "pelicanconf.py").read_text("utf-8")
    for broken, code in (("MENU = [\n", "CONF_SYNTAX"), ("x = 1 / 0\n", "CONF_BROKEN")):
        (portal.root / "pelicanconf.py").write_text("import os\n" + broken + good, "utf-8")
        done = portal.build_copy(["-m", "scripts", "check"])
        assert done.returncode == 2 and f"[{code}]" in done.stdout and "pelicanconf.py:2" in done.stdout, done.stdout
        assert "Traceback" not in done.stderr + done.stdout


def test_case_28_categories_that_want_one_address_are_told_at_their_line(portal):
    spoil(portal.root / "pelicanconf.py", '("giao-duc", "Giáo dục – Tuyên truyền"', '("giao-duc", "Thiếu nhí"')
    done = portal.build_copy()
    line = (ROOT / "pelicanconf.py").read_text("utf-8").splitlines().index("CATEGORIES = [") + 1
    assert done.returncode == 2 and f"pelicanconf.py:{line}: [CATEGORIES]" in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("HOME", '    "main": [', '    "mian": ['),
        ("ASIDE", 'ASIDE = ["news.latest", "documents", "events", "banner.left"]', 'ASIDE = "banner.left"'),
    ],
)
def test_case_72_a_slip_in_what_stands_where_is_told_at_its_line(portal, name, before, after):
    spoil(portal.root / "pelicanconf.py", before, after)
    done = portal.build_copy()
    lines = (ROOT / "pelicanconf.py").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith(f"{name} = "))
    assert done.returncode == 2 and f"pelicanconf.py:{line}: [SETTING_INVALID] {name}" in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("HOME", '"news.lead"', '"new.lead"', "“new.lead”. Có phải là “news.lead”?"),
        ("HOME", '"news.tinh-nguyen"', '"news.tinh-nguyện"', "“news.tinh-nguyện”. Có phải là “news.tinh-nguyen”?"),
        ("ASIDE", '"events", "banner.left"]', '"events", "banner.lef"]', "“banner.lef”. Có phải là “banner.left”?"),
    ],
)
def test_case_72_a_block_that_nobody_has_is_told_with_the_one_that_was_meant(portal, name, before, after, message):
    spoil(portal.root / "pelicanconf.py", before, after)
    done = portal.build_copy()
    lines = (ROOT / "pelicanconf.py").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith(f"{name} = "))
    expected = f"pelicanconf.py:{line}: [SETTING_INVALID] {name}: không có khối {message}"
    assert done.returncode == 2 and expected in done.stderr, done.stderr


@pytest.mark.parametrize("switch", ['READERS = {"md": None}', 'MARKDOWN = {"extensions": []}'])
def test_case_74_pelicans_switches_of_its_markdown_are_refused(portal, switch):
    """Ours has no switch: a setting that looks like one must not be left without effect."""
    with (portal.root / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write(switch + "\n")
    line = len((portal.root / "pelicanconf.py").read_text("utf-8").splitlines())
    done = portal.build_copy()
    assert done.returncode == 2 and f"pelicanconf.py:{line}: [SETTING_UNKNOWN]" in done.stderr, done.stderr
    assert not portal.output.exists()


def test_case_74_whatever_pelicans_markdown_is_told_the_site_is_the_same(tiny):
    tiny.build()
    before = tiny.files()
    tiny.build(READERS={"md": None}, MARKDOWN={"extensions": []})
    assert tiny.files() == before


def test_case_74_without_the_library_nothing_is_built_and_its_name_is_said(tiny):
    tiny.build()
    before = tiny.files()
    (tiny.root / "lib").mkdir()
    (tiny.root / "lib" / "markdown.py").write_text("raise ModuleNotFoundError('x', name='markdown')\n")
    done = tiny.pelican(PYTHONPATH=str(tiny.root / "lib"))
    assert done.returncode == 3 and "markdown" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert tiny.files() == before


def settings_of(tiny, environ=None, **values):
    paths = {"PATH": str(tiny.content), "OUTPUT_PATH": str(tiny.output), "CACHE_PATH": str(tiny.root / "cache")}
    return read_settings({**load_pelican(str(ROOT / "pelicanconf.py")), **paths, **values}, SECTIONS, environ or {})


OFF = ["0", "false", "False", "no", "không", "kho\u0302ng", "off", "", " 0 "]


@pytest.mark.parametrize("name", ["ALLOW_SHRINK", "KEEP_LAST_GOOD"])
def test_a_switch_is_read_as_a_person_means_it(tiny, name):
    def is_on(environ=None, **values):
        return getattr(settings_of(tiny, environ, **values), name.lower())

    for off in (*OFF, 0, False, None):
        assert not is_on(**{name: off}) and not is_on({name: str(off)}), off
    for on in ("1", "true", "yes", "có", 1, True):
        assert is_on(**{name: on}) and is_on({name: str(on)}), on
    assert is_on({name: "1"}, **{name: False}) and not is_on({name: "0"}, **{name: True})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "abc"), ("WORKERS", "-1"), ("WORKERS", 0), ("WORKERS", 2.5), ("WORKERS", "٣"), ("ALLOW_SHRINK", "maybe"),
        ("KEEP_LAST_GOOD", 2), ("PUBLISHING", "x"), ("PATH", 5), ("OUTPUT_PATH", ["a"]), ("CACHE_PATH", 1.5), ("SITENAME", 5),
        ("NOW", "hôm nay"), ("NOW", 5), ("MENU", "x"), ("CATEGORIES", 5), ("SITEURL", 5), ("SITEURL", ["https://x.vn"]),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_a_mistake_of_the_configuration(tiny, name, value):
    with pytest.raises(ConfigError, match=name):
        settings_of(tiny, **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", "abc"), ("ALLOW_SHRINK", "maybe"), ("SOURCE_DATE_EPOCH", "abc"), ("SOURCE_DATE_EPOCH", "9" * 30)],
)
def test_so_is_one_of_the_environment(tiny, name, value):
    with pytest.raises(ConfigError, match=r"\[(SETTING_INVALID|NOW)\]"):
        settings_of(tiny, {name: value})


def test_a_value_of_the_wrong_kind_on_the_command_line_exits_2(tiny):
    for words in (["-e", 'WORKERS="abc"'], ["-e", "ALLOW_SHRINK=5"]):
        done = tiny.pelican(*words)
        assert done.returncode == 2 and "[SETTING_INVALID]" in done.stderr and "Traceback" not in done.stderr
    done = tiny.pelican(WORKERS="abc")
    assert done.returncode == 2 and "“abc”" in done.stderr


def test_the_environment_says_how_many_processes_share_the_work(tiny):
    assert settings_of(tiny, {"WORKERS": "3"}).workers == 3 and settings_of(tiny).workers == os.cpu_count()


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("{{ 5|replace(1, 2, 3, 4, 5) }}", "TypeError"),
        ("{{ {}[[]] }}", "no element"),
        ("{{ view.title + 5 }}", "TypeError"),
        ("{{ 1 // 0 }}", "ZeroDivisionError"),
        ("{{ '%d'|format('x') }}", "TypeError"),
        ("{% macro hai(a) %}{{ a }}{% endmacro %}{{ hai(1, 2) }}", "hai"),
        ("{{ view.title.encode('khong-co') }}", "LookupError"),
    ],
)
def test_what_a_template_gives_wrongly_is_told_with_template_and_line(portal, markup, message):
    page = portal.root / "theme/templates/list.html"
    spoil(page, "{% block list_head %}", "{% block list_head %}\n" + markup)
    line = page.read_text("utf-8").splitlines().index(markup) + 1
    done = portal.build_copy()
    assert done.returncode == 2 and f"list.html:{line}: [TEMPLATE]" in done.stderr and message in done.stderr, (
        done.stderr
    )
    assert "Traceback" not in done.stderr


def test_what_a_template_asks_of_our_own_code_is_told_with_both_places(portal):
    page = portal.root / "theme/templates/list.html"
    spoil(page, "{% block list_head %}", "{% block list_head %}\n{{ site.category(1, 2) }}{{ site.url(5) }}")
    done = portal.build_copy()
    assert done.returncode == 2 and "list.html" in done.stderr and "[TEMPLATE]" in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["WORKERS", "ALLOW_SHRINK", "KEEP_LAST_GOOD"])
def test_a_blank_value_is_none(tiny, name):
    assert settings_of(tiny, {name: " "}) == settings_of(tiny, {})


def test_a_slip_in_a_configuration_that_another_imports_is_told_of_the_one_that_has_it(portal):
    """R13: publishconf.py begins with pelicanconf.py; to look into publishconf.py for its slip would find nothing."""
    path = portal.root / "pelicanconf.py"
    good = path.read_text("utf-8")
    for broken, code in (("MENU = [\n", "CONF_SYNTAX"), ("x = 1 / 0\n", "CONF_BROKEN")):
        path.write_text("import os\n" + broken + good, "utf-8")
        done = portal.build_copy(["-m", "scripts", "build", "-s", "publishconf.py"])
        printed = done.stdout + done.stderr
        assert done.returncode == 2 and "pelicanconf.py:2" in printed and f"[{code}]" in printed, printed
        assert "publishconf.py" not in printed, printed
