"""Files and signs that git, other programs and other machines leave in the content folder (faults.md 99; faults-2.md P12, P14, P15, 4)."""

import os
import unicodedata

import pytest

from plugins.core.errors import ContentError, Problem, as_github, as_json, report
from plugins.core.source.listing import list_files
from plugins.news.model import Article
from tests.doctor.test_foreign_front_matter import GOOD
from tests.tiny import a_jpeg
from tests.world import front, read

PATH = "tin-tuc/bai/index.md"
CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> nhanh-cua-lan\n"


def reported_for(text):
    return [(problem.code, problem.line) for problem in read(Article, text, PATH)[1]]


@pytest.fixture
def list_names(tmp_path):
    """Lays files and says what the walk finds: paths, and code and path of each problem."""

    def lay(*names):
        for name in names:
            target = os.path.join(os.fsencode(tmp_path), name if isinstance(name, bytes) else name.encode())
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(b"x")
        listing = list_files(tmp_path)
        return list(listing.files), [(problem.code, problem.path, problem.severity) for problem in listing.problems]

    return lay


def test_p12_a_conflict_in_a_text_is_told_at_its_line_beside_all_else():
    text = front(**{**GOOD, "date": "x"}) + "\nĐoạn một.\n\n" + CONFLICT.format("a", "b")
    assert sorted(reported_for(text)) == [("CONFLICT", 9), ("DATE_INVALID", 3)]


def test_p12_a_conflict_in_a_head_is_told_once_and_nothing_else():
    front = f"---\n{CONFLICT.format('title: A', 'title: B')}date: 2026-05-01\n---\n"
    assert reported_for(front) == reported_for(front.replace("title: B", "title: B: C")) == [("CONFLICT", 2)]
    assert reported_for(CONFLICT.format("---\ntitle: A", "---\ntitle: B") + "---\n") == [("CONFLICT", 1)]


@pytest.mark.parametrize(
    "body",
    [
        "<<<<<<< HEAD\na\n||||||| 1a2b3c4\nc\n=======\nb\n>>>>>>> 1a2b3c4 (Sửa bài)",
        "<<<<<<< Updated upstream",
        ">>>>>>> Stashed changes",
        "||||||| 1a2b3c4",
        "````\n```\n<<<<<<< HEAD\n```\n````\n\n<<<<<<< HEAD",
    ],
)
def test_p12_what_is_left_of_a_conflict_is_told(body):
    assert [code for code, _ in reported_for(front(**GOOD) + "\n" + body)] == ["CONFLICT"]


@pytest.mark.parametrize(
    "body",
    [
        "Tiêu đề\n=======",
        "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```",
        "~~~diff\n<<<<<<< HEAD\n~~~",
        "- a\n\n  ```\n  <<<<<<< HEAD\n  ```",
        "`<<<<<<< HEAD`",
        "    <<<<<<< HEAD",
        ">>>>>>> Xem thêm bài trước",
        "> > a\n>>>>>>> b",
        "|||||||\n|---|---|---|---|---|---|\n|||||||",
        "<pre>\n<<<<<<< HEAD\n</pre>",
    ],
)
def test_p12_what_only_looks_like_a_conflict_is_left_alone(body):
    assert "CONFLICT" not in [code for code, _ in reported_for(front(**GOOD) + "\n" + body)]


@pytest.mark.parametrize(("name", "start"), [("bang.csv", "a,b\n"), ("loi.vtt", "WEBVTT\n"), ("loi.vtt", "\n")])
def test_p12_a_conflict_in_a_table_or_in_subtitles_is_told(tiny, name, start):
    tiny.write(f"tin-tuc/2026/05/bai/{name}", start + CONFLICT.format("WEBVTT", "WEBVTT"))
    tiny.story()
    with pytest.raises(ContentError) as caught:
        tiny.build()
    assert ("CONFLICT", 2) in [(problem.code, problem.line) for problem in caught.value.problems]


def test_case_99_a_pointer_of_git_lfs_is_told_whatever_it_stands_for(tiny):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"
    names = ["index.md", "anh.jpg", "a.pdf", "b.csv", "c.mp4", "d.docx", "e.vtt"]
    for name in names:
        tiny.write(f"tin-tuc/2026/05/bai/{name}", pointer)
    with pytest.raises(ContentError) as caught:
        tiny.build()
    reported = [
        problem.path.rpartition("/")[2] for problem in caught.value.problems if "git lfs pull" in problem.message
    ]
    assert sorted(reported) == sorted(names)


def test_case_99_a_repository_within_the_content_is_told_and_the_contents_own_is_not(list_names):
    files, problems = list_names(".git/HEAD", "tin/a/.git", "tin/a/index.md", "tin/b/.git/HEAD")
    assert files == ["tin/a/index.md"]
    assert sorted(problems) == [
        ("GIT_NESTED", "content/tin/a", "error"),
        ("GIT_NESTED", "content/tin/b", "error"),
    ]


def test_case_99_a_submodule_of_which_nothing_lies_there_is_told(tmp_path):
    (tmp_path / "content" / "tin").mkdir(parents=True)
    modules = '[submodule "a"]\n\tpath = content/tin/a\n\turl = x\n[submodule "b"]\n\tpath = theme/b\n'
    (tmp_path / ".gitmodules").write_text(modules)
    assert [(p.code, p.path) for p in list_files(tmp_path / "content").problems] == [("GIT_NESTED", "content/tin/a")]


def test_case_99_folders_that_differ_only_in_case_or_form_are_told_once(list_names):
    nfd = unicodedata.normalize("NFD", "ảnh")
    _, problems = list_names("tin/Bai/a.jpg", "tin/bai/b.jpg", "x/ảnh/c/index.md", f"x/{nfd}/c/index.md")
    assert [(code, path.partition("/")[2]) for code, path, _ in problems] == [
        ("FILE_TWINS", "tin/bai"),
        ("FILE_TWINS", "x/ảnh"),
    ]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("INDEX.MD", "index.md"),
        ("Index.md", "index.md"),
        ("bai.MD", "bai.md"),
        ("bai.markdown", "bai.md"),
        ("bai.md.txt", "bai.md"),
        ("index.md.md", "index.md"),
        ("index .md", "index.md"),
        ("index (1).md", "index.md"),
        ("index - Copy.md", "index.md"),
        ("_index.md", "index.md"),
    ],
)
def test_p14_a_text_that_its_name_hides_is_told_with_the_right_name(list_names, tmp_path, name, right):
    files, (problem,) = list_names(f"tin/bai/{name}")
    assert not files and problem == ("TEXT_NAME", f"content/tin/bai/{name}", "error")
    assert f"“{right}”" in list_files(tmp_path).problems[0].message


@pytest.mark.parametrize(
    "copy",
    [
        "index - Copy",
        "index - Copy (2)",
        "index (1)",
        "index copy",
        "index copy 2",
        "Copy of index",
        "Bản sao của index",
        unicodedata.normalize("NFD", "Bản sao của index"),
        "index - Bản sao",
        "index - Bản sao (2)",
        "index_old",
        "index_cũ",
        "index2",
        "_index",
        "~index",
        "index.bak",
        "index_BACKUP_123",
        "index.sync-conflict-20260501-080000-ABC",
        "index (Lan's conflicted copy 2026-05-01)",
    ],
)
def test_p15_a_copy_beside_a_text_is_told_and_not_published(list_names, copy):
    files, ((code, _, severity),) = list_names("tin/bai/index.md", f"tin/bai/{copy}.md")
    assert files == ["tin/bai/index.md"] and (code, severity) == ("TEXT_COPY", "warning")


@pytest.mark.parametrize("copy", ["bai - Copy", "bai (1)", "Bản sao của bai", "bai copy"])
def test_p15_a_copied_folder_is_told(list_names, copy):
    files, problems = list_names("tin/bai/index.md", f"tin/{copy}/index.md")
    assert len(files) == 2 and problems == [("TEXT_COPY", f"content/tin/{copy}", "warning")]
    assert list_names("x/dai-hoi-2/a.jpg", "x/dai-hoi/a.jpg", "x/sao-chep/a.jpg")[1] == problems


def test_p15_texts_of_their_own_beside_others_are_left_alone(list_names):
    names = [
        "a/index.md",
        "a/chi-so-index.md",
        "a/index-gia.md",
        "b/bai.md",
        "b/bai-2.md",
        "b/sao-chep.md",
        "b/nha-cu.md",
    ]
    assert list_names(*names) == (sorted(names), [])
    assert list_names("b/bai (1).md", "b/Bản sao của bai-2.md")[0] == sorted(names)


@pytest.mark.parametrize(
    "name",
    [
        "#index.md#",
        ".~lock.x.docx#",
        "~WRL0001.tmp",
        "~$x.docx",
        ".nfs00000000012",
        ".directory",
        ".DS_Store",
        "._a.jpg",
        "Thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "Icon\r",
        ".index.md.swp",
        "index.md~",
        "index.md.orig",
        "index.md.bak",
        "phim.mp4.crdownload",
        "phim.mp4.part",
        "a.jpg:Zone.Identifier",
        ".Spotlight-V100/a",
        "__MACOSX/._a",
        ".fseventsd/b",
        "$RECYCLE.BIN/c",
        "@eaDir/d",
    ],
)
def test_what_other_programs_leave_is_one_warning_and_never_read(list_names, name):
    files, problems = list_names("tin/index.md", f"tin/{name}", f"tin/{name}2" if "/" in name else "tin/a.jpg")
    assert [path for path in files if path != "tin/a.jpg"] == ["tin/index.md"]
    assert [(code, severity) for code, _, severity in problems] == [("UPLOAD_JUNK", "warning")]


def test_the_link_that_emacs_leaves_is_as_harmless(list_names, tmp_path):
    (tmp_path / "tin").mkdir()
    (tmp_path / "tin" / ".#index.md").symlink_to("lan@may.123")
    assert list_names()[1] == [("UPLOAD_JUNK", "content/tin/.#index.md", "warning")]


def test_what_belongs_to_those_who_keep_the_folder_is_passed_over(list_names):
    names = [
        ".git/x",
        ".vscode/x",
        ".obsidian/x.json",
        ".idea/x",
        "README",
        "README.md",
        "tin/readme.vi.md",
        "LICENSE-MIT",
    ]
    assert list_names(*names, "license.txt", ".gitignore", "tin/.gitkeep") == ([], [])
    assert list_names("tin/readme-anh.jpg", "thong-bao/notice.md")[0] == [
        "thong-bao/notice.md",
        "tin/readme-anh.jpg",
    ]


def test_what_other_programs_leave_stops_no_build_and_is_not_published(tiny):
    tiny.story()
    for name in ("~WRL0001.tmp", "desktop.ini", "index - Copy.md", "README.md"):
        tiny.write(f"tin-tuc/2026/05/bai/{name}", "x")
    first = tiny.build()
    assert sorted(problem.code for problem in first.problems) == ["TEXT_COPY", "UPLOAD_JUNK", "UPLOAD_JUNK"]
    assert tiny.build().problems == first.problems
    assert not [path for path in tiny.output.rglob("*") if "wrl" in path.name.lower() or "copy" in path.name]


@pytest.mark.parametrize(
    "name", ["con", "AUX", "nul.jpg", "com1.md", "bai.", "bai ", "a:b.jpg", "a?.jpg", "a|b", "a\nb.jpg"]
)
def test_a_name_that_windows_cannot_have_is_a_warning(list_names, name):
    files, problems = list_names(f"tin/{name}/index.md")
    assert len(files) == 1 and [(code, severity) for code, _, severity in problems] == [("NAME_WINDOWS", "warning")]


@pytest.mark.parametrize("name", ["Index", "INDEX", "İndex", "İNDEX", "index (2)", "İndex (2)"])
def test_the_text_of_a_folder_is_known_by_its_name_in_whatever_letters(list_names, name):
    assert list_names(f"tin/bai/{name}.md") == ([], [("TEXT_NAME", f"content/tin/bai/{name}.md", "error")])


def test_a_name_that_is_no_utf8_is_told_and_leaves_the_rest_readable(list_names):
    files, problems = list_names(b"tin/b\xe1i/index.md", b"tin/\xc4.jpg", "tin/index.md")
    assert files == ["tin/index.md"]
    assert sorted(problems) == [
        ("NAME_ENCODING", r"content/tin/\xc4.jpg", "error"),
        ("NAME_ENCODING", r"content/tin/b\xe1i", "error"),
    ]


def test_no_report_fails_over_a_name_that_is_no_utf8():
    problem = Problem("content/b\udce1i.md", 1, 1, "MACHINE", "Tệp b\udce1i.md")
    for text in (report([problem]), as_json([problem]), as_github([problem])):
        assert "MACHINE" in text and text.encode()


@pytest.mark.parametrize("form", ["human", "json", "github"])
def test_check_answers_1_for_a_name_that_is_no_utf8(tiny, form):
    tiny.story()
    os.makedirs(os.fsencode(tiny.content) + b"/tin-tuc/b\xe1i")
    done = tiny.check("--format", form)
    assert done.returncode == 1 and "NAME_ENCODING" in done.stdout and "Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "right"), [("anh.jfif", "anh.jpg"), ("anh.jpe", "anh.jpg"), ("anh", "anh.jpg")])
def test_a_picture_without_its_ending_is_told_once_with_the_name_that_it_must_have(tiny, name, right):
    tiny.write(f"tin-tuc/2026/05/bai/{name}", a_jpeg())
    tiny.story(body=f"![Biển]({name})")
    with pytest.raises(ContentError) as caught:
        tiny.build()
    (problem,) = caught.value.problems
    assert problem.code == "UPLOAD_TYPE" and f"“{right}”" in problem.message
