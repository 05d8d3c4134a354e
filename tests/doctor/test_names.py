"""faults.md, group B (25–31): names and their Unicode forms. Each test is named after its case."""

import os
import unicodedata
from pathlib import Path

import pytest

from plugins.core.errors import ContentError
from tests.tiny import a_jpeg
from tests.world import a_content, a_site, an_article, codes, pages_of

NFD = "Tuổi trẻ Đức Linh"


def nfd(text):
    return unicodedata.normalize("NFD", text)


def failed(tiny):
    with pytest.raises(ContentError) as caught:
        tiny.build()
    return caught.value.problems


def test_case_25_decomposed_words_are_one_tag_and_one_page():
    first, second = an_article("a", tags=NFD), an_article("b", tags=nfd(NFD), title=nfd(NFD))
    assert first.tags == second.tags == (NFD,) and second.title == NFD


@pytest.mark.parametrize(
    ("on_disk", "written"), [(nfd("ảnh đẹp.jpg"), "ảnh đẹp.jpg"), ("ảnh đẹp.jpg", nfd("ảnh đẹp.jpg"))]
)
def test_case_26_a_picture_is_found_whatever_form_its_name_has(tiny, on_disk, written):
    tiny.write(f"tin-tuc/2026/05/bai/{on_disk}", a_jpeg())
    tiny.story(body=f"![Biển](<{written}>)", image=written, image_alt="Biển")
    tiny.build()
    assert tiny.page("tin-tuc/2026/05/bai/index.html").find("main").find("img")["src"].isascii()


def test_case_26_an_address_made_of_a_decomposed_folder_is_ascii(tiny):
    tiny.write(
        f"tin-tuc/{nfd('Đoàn phường')}/index.md", "---\ntitle: A\ndate: 2026-05-01\ncategory: giao-duc\n---\n\nChữ.\n"
    )
    tiny.build()
    assert (tiny.output / "tin-tuc/doan-phuong/index.html").exists()


def test_case_27_twins_that_differ_only_in_form_or_case_are_both_named(tiny):
    for name in ("ảnh.jpg", nfd("ảnh.jpg"), "B.jpg", "b.jpg"):
        tiny.write(f"tin-tuc/2026/05/bai/{name}", a_jpeg())
    reported = [problem for problem in failed(tiny) if problem.severity == "error"]
    assert codes(reported) == ["FILE_TWINS", "FILE_TWINS"]
    assert any("\\u1ea3nh.jpg" in problem.message and "a\\u0309nh.jpg" in problem.message for problem in reported)


def test_case_28_categories_with_one_address_are_a_mistake_of_the_settings():
    from plugins.core.site.identity import Category
    from plugins.core.site.settings import category_faults

    (fault,) = category_faults((Category("doan", "Đoàn"), Category("doan", "Doan")))
    assert "“Đoàn”" in fault and "“Doan”" in fault
    assert not list(category_faults(a_site().categories))


def test_case_29_every_sign_has_one_address():
    story = an_article("x", title="\u201cƯớc mơ\u201d\u00a0của\u200dĐặng 🙂 漢字", slug="uoc-mo")
    assert "tin-tuc/uoc-mo/index.html" in pages_of(a_content(story))


@pytest.mark.parametrize(
    "name",
    [
        "anh dep.jpg",
        "100%.jpg",
        "a+b.jpg",
        "a#b.jpg",
        "a?b.jpg",
        "a'b.jpg",
        "-rf.jpg",
        "$(id).jpg",
        "a;b.jpg",
        'a"b.jpg',
        "a\nb.jpg",
    ],
)
def test_case_30_a_strange_file_name_is_safe_in_every_address(tiny, name):
    from urllib.parse import quote

    tiny.write(f"tin-tuc/2026/05/bai/{name}", a_jpeg())
    tiny.story(body=f"![Biển]({quote(name)})")
    tiny.build()
    source = tiny.page("tin-tuc/2026/05/bai/index.html").find("main").find("img")["src"]
    assert (tiny.output / source[1:]).is_file() and source.isascii() and " " not in source


def test_case_30_a_strange_folder_name_is_made_safe(tiny):
    tiny.write(
        "tin-tuc/Bài viết số #1 (mới)/index.md", "---\ntitle: A\ndate: 2026-05-01\ncategory: giao-duc\n---\n\nChữ.\n"
    )
    tiny.build()
    assert (tiny.output / "tin-tuc/bai-viet-so-1-moi/index.html").exists()


def test_case_31_a_very_long_name_gives_a_short_address(tiny):
    tiny.write(f"tin-tuc/{'bai-' * 60}/index.md", "---\ntitle: A\ndate: 2026-05-01\ncategory: giao-duc\n---\n\nChữ.\n")
    tiny.build()
    (folder,) = [path.name for path in (tiny.output / "tin-tuc").iterdir() if path.name.startswith("bai-")]
    assert len(folder) <= 120


def test_case_31_a_file_name_of_255_bytes_gives_a_short_address(tiny):
    tiny.write(f"tin-tuc/2026/05/bai/{'x' * 251}.csv", b"a,b\n")
    tiny.story(body=f"[x]({'x' * 251}.csv)")
    tiny.build()
    (table,) = (tiny.output / "tep").rglob("*.csv")
    assert len(table.name) <= 124


def test_case_31_a_path_that_the_system_cannot_open_stops_the_build_by_its_name(tiny, monkeypatch):
    monkeypatch.chdir(tiny.content / "tin-tuc")
    for _ in range(25):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    Path("index.md").write_text("x")
    monkeypatch.undo()
    done = tiny.pelican()
    assert done.returncode == 3 and "/tin-tuc/ddd" in done.stderr and "Traceback" not in done.stderr
    assert not (tiny.output / "index.html").exists()
