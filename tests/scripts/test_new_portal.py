"""``make new-portal``: a union's own portal, empty, complete, and in its own repository."""

import os
import runpy
import shutil
import subprocess
import sys

import pytest

from pelicanconf import SITENAME
from plugins.core.pelican_adapter import load
from scripts.__main__ import main
from scripts.new_portal import command
from scripts.new_portal.settings import Union, fill_pelicanconf, fill_publishconf, replace_place_name
from tests.programs import program
from tests.tiny import ROOT

NAME = "Tỉnh đoàn Đồng Nai" if SITENAME != "Tỉnh đoàn Đồng Nai" else "Tỉnh đoàn Lâm Đồng"
SITEURL = "https://tinhdoandongnai.example.vn"
FOLDERS = ("plugins", "theme", "scripts", "docs", "requirements", "content/trang")
FILES = (".gitignore", ".gitattributes", "LICENSE", "Makefile", "README.md", "pelicanconf.py", "publishconf.py")


class Repository:
    """A folder with git and an editor's identity."""

    def __init__(self, folder, home):
        self.folder = folder
        outer = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE", "MFLAGS"))}
        self.environment = {**outer, "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
        self.environment |= {"SOURCE_DATE_EPOCH": "1795791600", "CACHE": str(folder / ".cache")}

    def run(self, *words):
        return subprocess.run(
            words, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def git(self, *words):
        process = self.run(program("git"), *words)
        assert process.returncode == 0, process.stderr
        return process.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    (folder / ".gitconfig").write_text("[user]\nname = Trần Thị Lan\nemail = lan@example.vn\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def origin(tmp_path_factory, home):
    """Our own portal as git would have it, were all of it committed."""
    repository = Repository(tmp_path_factory.mktemp("goc"), home)
    for name in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, repository.folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, repository.folder / name)
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "-m", "Cổng gốc")
    (repository.folder / "plugins" / "khong-commit.txt").touch()
    return repository


@pytest.fixture(scope="module")
def portal(origin, home, tmp_path_factory):
    """Run ``make new-portal``; return the portal and the printed text."""
    folder = tmp_path_factory.mktemp("cong") / "cổng 'mới'"
    venv = home / "venv"
    (venv / "bin").mkdir(parents=True)
    for mark in ("bin/python", ".site"):
        (venv / mark).touch()
    words = [f"VENV={venv}", f"PY={sys.executable}", f"DIR={folder}", f"NAME={NAME}", f"SITEURL={SITEURL}"]
    process = origin.run(program("make"), "new-portal", *words)
    assert process.returncode == 0, process.stderr
    repository = Repository(folder, home)
    repository.output = process.stdout
    return repository


def settings_in(folder, name="pelicanconf.py"):
    """Return the settings that a configuration file sets, by name."""
    values = runpy.run_path(str(folder / name))
    return {name: value for name, value in values.items() if name.isupper()}


def test_the_next_steps_are_told(portal):
    assert f"Đã lập cổng {NAME} ở {portal.folder}\n" in portal.output
    assert all(step in portal.output for step in ("ĐIỀN", "pelicanconf.py", "make serve", "make check"))


def test_it_has_the_code_at_head_in_one_commit_of_the_editor(portal, origin):
    assert portal.git("log", "--format=%an <%ae> %s", "--all") == f"Trần Thị Lan <lan@example.vn> Lập cổng {NAME}\n"
    assert portal.git("log", "--format=%b").strip() == f"Mã nguồn: {origin.git('rev-parse', 'HEAD').strip()}"
    assert portal.git("status", "--short") == "" and portal.git("branch", "--show-current") == "main\n"
    ours, theirs = (set(repository.git("ls-files", "-z").split("\0")) for repository in (origin, portal))
    assert {path for path in ours - theirs if not path.startswith("content/")} <= {*command.EXCLUDED}
    assert {path for path in theirs - ours if not path.startswith("content/")} == set()
    assert not (portal.folder / "plugins" / "khong-commit.txt").exists()


def test_no_setting_is_missing_and_only_those_of_the_union_differ(portal):
    ours, theirs = settings_in(ROOT), settings_in(portal.folder)
    assert ours.keys() == theirs.keys()
    paths = {"ROOT", "PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"}
    settings_of_union = {"SITENAME", "TAGLINE", "ORGANIZATION", "FEEDS", "WEBSITES"}
    assert {name for name in ours if ours[name] != theirs[name]} - paths == settings_of_union
    assert theirs["SITENAME"] == theirs["ORGANIZATION"]["name"] == NAME
    assert ours["ORGANIZATION"].keys() == theirs["ORGANIZATION"].keys()
    assert f'os.environ.get("SITEURL", "{SITEURL}")' in (portal.folder / "publishconf.py").read_text("utf-8")


def test_nothing_that_readers_or_editors_see_names_our_own_union(portal):
    ours, theirs = ({*settings_in(folder)["ORGANIZATION"].values()} for folder in (ROOT, portal.folder))
    names = {Union(settings_in(ROOT)["SITENAME"]).place_name, *(ours - theirs)} - {""}
    assert names
    paths = [portal.folder / name for name in ("pelicanconf.py", "publishconf.py", "README.md")]
    for folder, kinds in (
        ("theme", ("*.html", "*.yaml")),
        ("plugins", ("*.html", "*.yaml", "new.md")),
        ("content", ("*.md",)),
    ):
        paths += [path for kind in kinds for path in (portal.folder / folder).rglob(kind)]
    for path in paths:
        text = path.read_text("utf-8")
        assert not [name for name in names if name in text], path


def test_it_has_an_example_of_each_kind_and_nothing_to_mend(portal, tmp_path):
    checking = portal.run(sys.executable, "-m", "scripts", "check")
    assert (checking.returncode, checking.stdout) == (0, "Không có lỗi.\n"), checking.stderr
    sections = [section for section in load(str(ROOT / "pelicanconf.py")).sections if section.model]
    for section in sections:
        assert list((portal.folder / "content" / section.folder).rglob("index.md")), section.folder


def test_its_site_is_built_and_has_all_that_the_menu_leads_to(portal, tmp_path):
    building = portal.run(sys.executable, "-m", "scripts", "build", "-o", str(tmp_path / "site"))
    assert building.returncode == 0, building.stderr
    settings = settings_in(portal.folder)
    for title, url in (*settings["MENU"], *settings["FOOTER_LINKS"]):
        path = tmp_path / "site" / url.lstrip("/")
        assert path.is_file() or (path / "index.html").is_file(), title
    contact = (tmp_path / "site/lien-he/index.html").read_text("utf-8")
    assert settings["ORGANIZATION"]["email"] in contact.partition("<main")[2].partition("</main>")[0]


def test_the_recipe_of_the_guide_brings_new_code_and_leaves_settings_and_content_alone(portal, origin, tmp_path):
    source, upgraded = (Repository(tmp_path / name, portal.environment["HOME"]) for name in ("goc", "cong"))
    guide = (ROOT / "docs/van-hanh.md").read_text("utf-8").partition("## Lấy mã nguồn mới")[2]
    recipe = guide.split("```")[1].removeprefix("sh\n").replace("../cong-goc", str(source.folder))
    assert "make check\n" in recipe
    origin.git("clone", "--quiet", ".", str(source.folder))
    portal.git("clone", "--quiet", ".", str(upgraded.folder))
    for path, old, new in (
        ("Makefile", "CONTENT ?= content", "CONTENT ?= noi-dung"),
        ("pelicanconf.py", 'DEFAULT_LANG = "vi"', 'DEFAULT_LANG = "vi"\nMOI = 1'),
        ("content/trang/lien-he/index.md", "title:", "title: Khác"),
    ):
        text = (source.folder / path).read_text("utf-8")
        assert old in text
        (source.folder / path).write_text(text.replace(old, new, 1), "utf-8")
    (source.folder / "docs/isso.cfg").unlink()
    source.git("commit", "--quiet", "--all", "-m", "Mã mới")
    process = upgraded.run("sh", "-euc", recipe.replace("make check\n", ""))
    assert process.returncode == 0, process.stderr
    assert "CONTENT ?= noi-dung" in (upgraded.folder / "Makefile").read_text("utf-8")
    assert not (upgraded.folder / "docs/isso.cfg").exists() and upgraded.git("status", "--short") == ""
    assert settings_in(upgraded.folder)["SITENAME"] == NAME and settings_in(upgraded.folder)["MOI"] == 1
    assert upgraded.git("diff", "--stat", "HEAD~1", "--", "content", "README.md") == ""
    assert upgraded.git("log", "-1", "--format=%s") == f"Mã nguồn: {source.git('rev-parse', 'HEAD').strip()}\n"


# -- what is refused -----------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([""], "Thiếu DIR. Ví dụ: make new-portal DIR="),
        (["{tmp}/co-tep"], "đã có tệp: không ghi đè"),
        (["{tmp}/co-tep/a.txt"], "là một tệp"),
        ([str(ROOT / "cong-moi")], "nằm trong chính kho mã nguồn này"),
        (["{tmp}/moi", "--name", "…"], "ít nhất một chữ cái"),
        (["{tmp}/moi", "--siteurl", "http://tinhdoan.example.vn"], "https://"),
        (["{tmp}/moi", "--siteurl", "https://localhost"], "https://"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write_instead(tmp_path, capsys, words, message):
    (tmp_path / "co-tep").mkdir()
    (tmp_path / "co-tep/a.txt").write_text("của tôi")
    assert main(["new-portal", *(word.format(tmp=tmp_path) for word in words)]) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["co-tep", "a.txt"] and not (ROOT / "cong-moi").exists()


@pytest.mark.parametrize("exists", [True, False])
def test_what_fails_in_the_midst_leaves_nothing_behind(tmp_path, monkeypatch, capsys, exists):
    def fill_disk(folder):
        (folder / "plugins").mkdir(parents=True)
        (folder / "Makefile").touch()
        raise OSError(28, "No space left on device", str(folder))

    folder = tmp_path / "moi"
    if exists:
        folder.mkdir()
    monkeypatch.setattr(command, "copy_code", fill_disk)
    assert main(["new-portal", str(folder)]) == 3 and "[MACHINE]" in capsys.readouterr().err
    assert folder.exists() == exists and not list(tmp_path.rglob("moi/*"))


def test_without_an_identity_it_is_told_and_the_files_are_ready_to_be_committed(tmp_path, monkeypatch, capsys):
    for name in [name for name in os.environ if name.startswith("GIT_")] + ["EMAIL"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "moi"
    folder.mkdir()
    (folder / "Makefile").touch()
    assert not command.commit(folder, "Lập cổng")
    assert capsys.readouterr().out.startswith("fatal: ") and "user.email" in command.NO_IDENTITY
    assert command.git(folder, "status", "--short") == b"A  Makefile\n"


# -- the words of settings -----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "place_name", "short_name", "region"),
    [
        ("Tỉnh đoàn Đồng Nai", "Đồng Nai", "Tỉnh đoàn", "tỉnh Đồng Nai"),
        ("Tỉnh Đoàn Lâm Đồng", "Lâm Đồng", "Tỉnh đoàn", "tỉnh Lâm Đồng"),
        ("Thành đoàn Huế", "Huế", "Thành đoàn", "thành phố Huế"),
        ("Tỉnh đoàn", "", "Tỉnh đoàn", "Tỉnh, thành phố"),
        ("Đoàn khối “A\\B” 'c'", "", "Đoàn khối “A\\B” 'c'", "Tỉnh, thành phố"),
    ],
)
def test_what_the_name_tells_is_filled_in(name, place_name, short_name, region):
    union = Union(name)
    source = fill_pelicanconf((ROOT / "pelicanconf.py").read_text("utf-8"), union)
    namespace = {"__file__": str(ROOT / "pelicanconf.py")}
    exec(compile(source, "pelicanconf.py", "exec"), namespace)
    organization = namespace["ORGANIZATION"]
    assert (union.place_name, namespace["SITENAME"]) == (place_name, name)
    assert (organization["short_name"], organization["region"]) == (short_name, region)


def test_words_that_name_our_place_name_the_new_one_or_none():
    words, old = "Video của tuổi trẻ Bình Thuận, kèm lời bình.", Union("Tỉnh đoàn Bình Thuận")
    assert replace_place_name(words, old, Union("Tỉnh đoàn Đồng Nai")) == "Video của tuổi trẻ Đồng Nai, kèm lời bình."
    assert replace_place_name(words, old, Union("Tỉnh đoàn")) == "Video của tuổi trẻ, kèm lời bình."
    assert replace_place_name(words, Union("Tỉnh đoàn"), Union("Tỉnh đoàn Đồng Nai")) == words


def test_a_setting_that_we_have_no_more_is_no_silent_loss():
    with pytest.raises(KeyError, match="TAGLINE"):
        fill_pelicanconf("SITENAME = ''\nSITEURL = ''\nORGANIZATION = {}\n", Union(NAME))
    with pytest.raises(KeyError, match="SITEURL"):
        fill_publishconf("SITEURL = 5\n", Union(NAME))


def test_the_guide_tells_of_it():
    assert "make new-portal DIR=" in (ROOT / "docs/van-hanh.md").read_text("utf-8")
