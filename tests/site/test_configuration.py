"""Settings, sections and templates that are wrong: exit 2, the file and the line, no traceback (cases 70–74)."""

import shutil
import subprocess
import sys

import pytest

from tests.tiny import ROOT


@pytest.fixture
def portal(tiny):
    """A copy of the portal's configuration and theme that may be spoilt."""
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, tiny.root / name)
    shutil.copytree(ROOT / "theme", tiny.root / "theme")
    (tiny.root / "plugins").symlink_to(ROOT / "plugins")
    tiny.build_copy = lambda script=None: subprocess.run(
        [sys.executable, *(script or ["-m", "pelican"]), str(tiny.content), *([] if script else ["-o", str(tiny.output)]), "-s", "pelicanconf.py"],
        cwd=tiny.root, capture_output=True, text=True, timeout=60,
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
        list_page.write_text(good.replace("{% block main %}", "{% block main %}\n" + broken, 1), "utf-8")
        done = portal.build_copy()
        assert done.returncode == 2 and f"[{code}]" in done.stderr and "Traceback" not in done.stderr, (
            broken,
            done.stderr,
        )
        assert "list.html" in done.stderr
        assert not (portal.output / "index.html").exists()


def test_case_71_a_section_that_raises_is_named(portal):
    (portal.root / "hong.py").write_text("x = 1\nraise RuntimeError('sập')\n")
    (portal.root / "rong.py").write_text("SECTION = 5\n")
    for name in ("hong", "rong", "khong_co"):
        shutil.copy(ROOT / "pelicanconf.py", portal.root / "pelicanconf.py")
        spoil(portal.root / "pelicanconf.py", '"plugins.tags"', f'"{name}"')
        done = portal.build_copy()
        assert done.returncode == 2 and "[SECTION_BROKEN]" in done.stderr and f"“{name}”" in done.stderr
        assert "Traceback" not in done.stderr


def test_case_71_a_pelican_plugin_that_is_missing_stops_the_build(portal):
    spoil(portal.root / "pelicanconf.py", "PLUGINS = []", 'PLUGINS = ["khong_co_plugin"]')
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
        done = portal.build_copy([str(ROOT / "scripts/check.py")])
        assert done.returncode == 2 and f"[{code}]" in done.stdout and "pelicanconf.py:2" in done.stdout, done.stdout
        assert "Traceback" not in done.stderr + done.stdout


def test_case_28_categories_that_want_one_address_are_told_at_their_line(portal):
    spoil(portal.root / "pelicanconf.py", '("giao-duc", "Giáo dục – Tuyên truyền"', '("giao-duc", "Thiếu nhí"')
    done = portal.build_copy()
    line = (ROOT / "pelicanconf.py").read_text("utf-8").splitlines().index("CATEGORIES = [") + 1
    assert done.returncode == 2 and f"pelicanconf.py:{line}: [CATEGORIES]" in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("HOME", '    "main": [', '    "mian": ['), ("ASIDE", 'ASIDE = ["banner.left"]', 'ASIDE = "banner.left"')],
)
def test_case_72_a_slip_in_what_stands_where_is_told_at_its_line(portal, name, before, after):
    spoil(portal.root / "pelicanconf.py", before, after)
    done = portal.build_copy()
    lines = (ROOT / "pelicanconf.py").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith(f"{name} = "))
    assert done.returncode == 2 and f"pelicanconf.py:{line}: [SETTING_INVALID] {name}" in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("HOME", '"news.lead"', '"new.lead"', "“new.lead”. Có phải là “news.lead”?"),
        ("HOME", '"news.tinh-nguyen"', '"news.tinh-nguyện"', "“news.tinh-nguyện”. Có phải là “news.tinh-nguyen”?"),
        ("ASIDE", 'ASIDE = ["banner.left"]', 'ASIDE = ["banner.lef"]', "“banner.lef”. Có phải là “banner.left”?"),
    ],
)
def test_case_72_a_block_that_nobody_has_is_told_with_the_one_that_was_meant(portal, name, before, after, said):
    spoil(portal.root / "pelicanconf.py", before, after)
    done = portal.build_copy()
    lines = (ROOT / "pelicanconf.py").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith(f"{name} = "))
    told = f"pelicanconf.py:{line}: [SETTING_INVALID] {name}: không có khối {said}"
    assert done.returncode == 2 and told in done.stderr, done.stderr


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
