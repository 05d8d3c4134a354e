"""``make new``: something new of any kind, which the doctor can read at once."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.core.build.pipeline import check
from plugins.core.errors import errors
from plugins.core.pelican_adapter import load
from plugins.core.source.item_parser import read_item
from plugins.core.text.dates import parse
from scripts.__main__ import main
from tests.programs import program
from tests.tiny import ROOT, a_jpeg
from tests.world import MARKUP

NOW = parse("2026-11-24 09:00")
SECTIONS = {section.folder: section for section in load(str(ROOT / "pelicanconf.py")).sections if section.model}
NOT_THERE_YET = {"FILE_MISSING", "PICTURE_MISSING"}
STORY = {"KIND": "tin-tuc", "TITLE": "Ngày hội giọt hồng"}
STORY_AT = "tin-tuc/2026/11/ngay-hoi-giot-hong/index.md"


@pytest.fixture(autouse=True)
def in_the_project_on_a_known_day(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def run(content, **words):
    """``make new``: its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("KIND", "TITLE", "NAME", "PHOTOS"):
            patch.setenv(name, words.get(name, ""))
        return main(["new", str(content)])


def created(content):
    return {path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file()}


def read(content, path):
    item, _, problems, _ = read_item(SECTIONS[path.split("/")[0]].model, (content / path).read_bytes(), path, MARKUP)
    assert not errors(problems), problems
    return item


@pytest.mark.parametrize("folder", SECTIONS)
def test_every_kind_can_be_made_and_lacks_nothing_but_files(folder, tiny):
    before = created(tiny.content)
    assert run(tiny.content, KIND=folder, TITLE='Bài mới: "thử" #1') == 0
    (path,) = created(tiny.content) - before
    assert read(tiny.content, path).title == 'Bài mới: "thử" #1'
    settings = load(str(ROOT / "pelicanconf.py"), PATH=str(tiny.content), CACHE_PATH=str(tiny.root / "cache"))
    problems = errors(check(settings))
    assert {problem.code for problem in problems} <= NOT_THERE_YET, problems
    assert {problem.path for problem in problems} <= {f"content/{path}"}


@pytest.mark.parametrize("folder", SECTIONS)
def test_the_folder_is_named_by_the_title_and_the_note_on_folders_is_gone(folder, content):
    assert run(content, KIND=folder, TITLE="Đại hội Đoàn") == 0
    (path,) = created(content)
    note = re.search(r"# thư mục: (.+)", (SECTIONS[folder].home / "new.md").read_text("utf-8"))
    between = note[1].replace("$year", "2026").replace("$month", "11") + "/" if note else ""
    assert path == f"{folder}/{between}dai-hoi-doan/index.md"
    assert "# thư mục" not in (content / path).read_text("utf-8")


def test_it_is_dated_now_in_vietnam_and_a_notice_closes_in_thirty_days(content):
    run(content, KIND="tuyen-dung", TITLE="Tuyển kế toán")
    notice = read(content, "tuyen-dung/tuyen-ke-toan/index.md")
    assert (notice.date, notice.deadline) == (NOW, parse("2026-12-24 23:59"))


@pytest.mark.parametrize(
    "title",
    [
        "Bốn chữ: \"sạch\", 'xanh', # và \\n",
        "@nhắc: [ngoặc] {móc} * & ! | > %",
        "$title `lệnh` $(shell ls) $$ ${HOME}",
        "no",
        "2026-11-24",
        "Hội trại 🎉",
    ],
)
def test_a_title_is_kept_letter_by_letter(title, content):
    assert run(content, KIND="tin-tuc", TITLE=title) == 0
    (path,) = created(content)
    assert read(content, path).title == title


def test_a_title_is_stored_composed_and_on_one_line(content):
    assert run(content, KIND="tin-tuc", TITLE="  Đa\u0323i \n hội ") == 0
    assert read(content, "tin-tuc/2026/11/dai-hoi/index.md").title == "Đại hội"


@pytest.mark.parametrize("kind", ["tin-tuc", "news", "Tin tức", "TIN-TUC", " tin-tuc "])
def test_a_kind_goes_by_its_folder_its_section_and_its_title(kind, content):
    assert run(content, **{**STORY, "KIND": kind}) == 0
    assert created(content) == {STORY_AT}


def test_a_misspelt_kind_is_answered_with_the_near_one_and_the_whole_list(content, capsys):
    assert run(content, **{**STORY, "KIND": "tuyen-dun"}) == 2
    message = capsys.readouterr().err
    assert "Có phải là “tuyen-dung”?" in message and all(folder in message for folder in SECTIONS)
    assert created(content) == set()


@pytest.mark.parametrize("title", ["…", "!?", "🎉", "Chữ \udcff hỏng", "Chuông \x07", "Đảo \u202e chiều"])
def test_a_title_that_the_portal_could_not_show_is_refused(title, content, capsys):
    assert run(content, KIND="tin-tuc", TITLE=title) == 2
    assert capsys.readouterr().err.strip() and created(content) == set()


def test_a_name_that_is_no_address_is_refused_with_one_that_is(content, capsys):
    assert run(content, **STORY, NAME="../Tên khác") == 2
    assert "NAME=ten-khac" in capsys.readouterr().err and created(content) == set()


def test_nothing_is_ever_overwritten_and_a_free_name_is_proposed(content, capsys):
    assert run(content, **STORY) == 0
    (content / STORY_AT).write_text("công sức cả buổi", "utf-8")
    assert run(content, **STORY) == 2
    assert "NAME=ngay-hoi-giot-hong-2" in capsys.readouterr().err
    assert (content / STORY_AT).read_text("utf-8") == "công sức cả buổi"
    assert run(content, **STORY, NAME="ngay-hoi-giot-hong-2") == 0
    assert run(content, **STORY) == 2 and "NAME=ngay-hoi-giot-hong-3" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Ngày-hội-giọt-hồng", "ngay-hoi-giot-hong.md"])
def test_what_has_the_same_address_counts_as_there(name, content):
    path = content / "tin-tuc/2026/11" / name
    path.parent.mkdir(parents=True)
    path.touch() if name.endswith(".md") else path.mkdir()
    assert run(content, **STORY) == 2


def test_the_editor_is_told_where_it_is_which_files_it_wants_and_what_comes_next(content, capsys):
    run(content, KIND="video", TITLE="Ra khơi")
    message = capsys.readouterr().out
    assert f"{content}/video/ra-khoi/index.md" in message and "poster.jpg" in message and "make check" in message


# -- photographs ---------------------------------------------------------------


def test_photographs_are_copied_in_the_order_of_their_numbers_each_with_a_line(content, tmp_path):
    camera = tmp_path / "máy ảnh"
    (camera / "khác").mkdir(parents=True)
    for name, colour in (("IMG_10.JPG", "red"), ("IMG_9.JPG", "teal"), ("IMG_11.png.txt", "blue")):
        (camera / name).write_bytes(a_jpeg(colour=colour))
    assert run(content, KIND="thu-vien-anh", TITLE="Trung thu", PHOTOS=str(camera)) == 0
    folder = "thu-vien-anh/trung-thu/"
    assert created(content) == {f"{folder}{name}" for name in ("index.md", "anh-1.jpg", "anh-2.jpg")}
    assert (content / folder / "anh-1.jpg").read_bytes() == a_jpeg(colour="teal")
    album = read(content, f"{folder}index.md")
    assert [(ref.src, ref.alt) for ref in album.shown] == [("anh-1.jpg", ""), ("anh-2.jpg", "")]


def test_the_doctor_asks_for_their_descriptions(tiny, tmp_path):
    (tmp_path / "may").mkdir()
    for number, colour in enumerate(("red", "teal")):
        (tmp_path / "may" / f"{number}.jpg").write_bytes(a_jpeg(colour=colour))
    run(tiny.content, KIND="thu-vien-anh", TITLE="Trung thu", PHOTOS=str(tmp_path / "may"))
    settings = load(str(ROOT / "pelicanconf.py"), PATH=str(tiny.content), CACHE_PATH=str(tiny.root / "cache"))
    assert [problem.code for problem in check(settings)] == ["ALT_MISSING", "ALT_MISSING"]


@pytest.mark.parametrize("kind", ["thu-vien-anh", "tin-tuc"])
def test_photographs_that_are_not_there_or_not_wanted_are_refused(kind, content, tmp_path, capsys):
    folder = tmp_path / "may"
    if kind == "tin-tuc":
        folder.mkdir()
        (folder / "1.jpg").write_bytes(a_jpeg())
    assert run(content, KIND=kind, TITLE="Trung thu", PHOTOS=str(folder)) == 2
    assert capsys.readouterr().err.strip() and created(content) == set()


def test_what_was_begun_is_taken_back_when_a_photograph_cannot_be_copied(content, tmp_path, monkeypatch):
    (tmp_path / "1.jpg").write_bytes(a_jpeg())

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    assert run(content, KIND="thu-vien-anh", TITLE="Trung thu", PHOTOS=str(tmp_path)) == 3
    assert created(content) == set() and not (content / "thu-vien-anh/trung-thu").exists()


# -- asking --------------------------------------------------------------------


def a_terminal(monkeypatch, *answers):
    waiting = iter(answers)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    def answer(_question):
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)


def test_on_a_terminal_what_is_missing_is_asked_for_until_it_will_do(content, monkeypatch, capsys):
    a_terminal(monkeypatch, "tin tứk lạ", "tin-tuc", "…", "Ngày hội giọt hồng")
    assert run(content) == 0
    assert created(content) == {STORY_AT}
    assert "Tuyển dụng" in capsys.readouterr().out


def test_what_was_given_is_not_asked_for(content, monkeypatch):
    a_terminal(monkeypatch, "Ngày hội giọt hồng")
    assert run(content, KIND="tin-tuc") == 0 and created(content) == {STORY_AT}


def test_who_leaves_the_questions_leaves_nothing_behind(content, monkeypatch):
    a_terminal(monkeypatch, "tin-tuc")
    assert run(content) == 130 and created(content) == set()


@pytest.mark.parametrize("words", [{}, {"KIND": "tin-tuc"}, {"TITLE": "Một"}, {"KIND": "tin-tuc", "TITLE": "  "}])
def test_without_a_terminal_what_is_missing_ends_it_with_a_sentence(words, content):
    done = subprocess.run(
        [sys.executable, "-m", "scripts", "new", content], env={"PATH": os.environ["PATH"], **words},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2 and done.stderr.startswith("Thiếu ") and "make new" in done.stderr
    assert "Traceback" not in done.stderr and created(content) == set()


def test_a_content_folder_that_is_not_there_is_told(tmp_path, capsys):
    assert run(tmp_path / "không có", **STORY) == 2
    assert "CONTENT_MISSING" in capsys.readouterr().err


# -- through make --------------------------------------------------------------


def make(content, *words, **environ):
    venv = content.parent / "venv"
    (venv / "bin").mkdir(parents=True)
    for mark in ("bin/python", ".site"):
        (venv / mark).touch()
    wanted = [program("make"), "new", f"VENV={venv}", f"PY={sys.executable}", f"CONTENT={content}", *words]
    environment = {name: os.environ[name] for name in ("PATH", "SOURCE_DATE_EPOCH")}
    return subprocess.run(
        wanted,
        cwd=ROOT,
        env=environment | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("by", ["word", "environment"])
def test_neither_make_nor_a_shell_reads_the_title(by, content):
    bomb = content.parent / "bom"
    title = f"Giá $5: \"một\" 'hai' `touch {bomb}` $(shell touch {bomb}) $$HOME ${{HOME}} #1 \\ 50% $(x"
    variables = {"KIND": "tin-tuc", "TITLE": title}
    words = [f"{name}={value}" for name, value in variables.items()] if by == "word" else []
    done = make(content, *words, **({} if by == "word" else variables))
    assert done.returncode == 0, done.stderr
    (path,) = created(content)
    assert read(content, path).title == title and not bomb.exists()


def test_make_lists_it_and_the_guides_tell_of_it():
    listed = subprocess.run([program("make")], cwd=ROOT, capture_output=True, text=True, timeout=60).stdout
    assert "make new" in listed
    assert all("make new" in Path(ROOT, guide).read_text("utf-8") for guide in ("README.md", "docs/bien-tap.md"))
