"""Front matter → item: typed values, and every mistake with its line."""

import unicodedata

import pytest

from plugins.consultations.model import Consultation
from plugins.documents.model import Paper
from plugins.news.model import Article
from plugins.recruitment.model import Notice
from tests.world import an_article, codes, front, read

PATH = "tin-tuc/bai/index.md"
GOOD = {"title": "Tiêu đề", "date": "2026-05-01 08:00", "category": "tin"}


def mistakes(text, path=PATH):
    article, problems = read(Article, text, path)
    assert article is None and problems
    return problems


def test_a_story_is_read_with_its_values_typed():
    story = an_article(tags="[chi đoàn, hiến máu]", summary='"Tóm tắt: ngắn"', featured_until="2026-12-31")
    assert story.tags == ("chi đoàn", "hiến máu")
    assert story.summary == "Tóm tắt: ngắn"
    assert story.featured_until.strftime("%d %H:%M") == "31 23:59"
    assert story.status == "published"


def test_a_list_and_commas_mean_the_same():
    assert an_article(tags="chi đoàn, hiến máu").tags == an_article(tags="\n- chi đoàn\n- hiến máu").tags


def test_every_mistake_of_a_file_is_reported_at_its_line_in_one_go():
    problems = mistakes(front(titel="A", date="32/5/2026", category="tin", featured_until="mai"))
    assert [(problem.code, problem.line, problem.column) for problem in sorted(problems)] == [
        ("FIELD_MISSING", 1, 0),
        ("KEY_UNKNOWN", 2, 1),
        ("DATE_INVALID", 3, 7),
        ("DATE_INVALID", 5, 17),
    ]
    assert str(problems[1]).startswith("content/tin-tuc/bai/index.md:1: [FIELD_MISSING]")


def test_an_unknown_key_names_the_nearest_right_one():
    (problem,) = mistakes(front(**GOOD, catagory="tin"))
    assert "“category”" in problem.message


def test_an_invalid_date_shows_how_to_write_one():
    (problem,) = mistakes(front(**{**GOOD, "date": "32/5/2026"}))
    assert "2026-05-31 08:00" in problem.message


def test_a_key_written_twice_names_both_lines():
    (problem,) = mistakes("---\ntitle: A\ntitle: B\ndate: 2026-05-01\ncategory: tin\n---\n")
    assert problem.code == "KEY_TWICE" and problem.line == 3 and "dòng 2" in problem.message


def test_an_unquoted_colon_says_to_quote():
    (problem,) = mistakes("---\ntitle: A: B\ndate: 2026-05-01\ncategory: tin\n---\n")
    assert problem.code == "YAML_SYNTAX" and problem.line == 2 and "ngoặc kép" in problem.message


def test_scalars_stay_as_written():
    story = an_article(title="no", summary="0x10")
    assert (story.title, story.summary) == ("no", "0x10")


def test_a_file_without_front_matter_or_without_its_end_is_told_so():
    assert codes(mistakes("# Bài viết\n")) == ["FRONT_MATTER_MISSING"]
    assert codes(mistakes("---\ntitle: A\n")) == ["FRONT_MATTER_OPEN"]
    assert codes(mistakes("")) == ["FRONT_MATTER_MISSING"]


def test_a_title_without_a_letter_is_refused():
    assert codes(mistakes(front(**{**GOOD, "title": '"***"'}))) == ["TITLE_EMPTY"]
    assert codes(mistakes(front(**{**GOOD, "title": '"  "'}))) == ["FIELD_MISSING"]


def test_bytes_that_are_not_utf8_are_refused_at_their_line():
    from plugins.core.source.item_parser import read_item
    from tests.world import MARKUP

    article, _, (problem,), _ = read_item(Article, "---\ntitle: Đoàn".encode("utf-16-le"), PATH, MARKUP)
    assert article is None and problem.code == "ENCODING"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    text = front(**GOOD) + "\nMột.\n\nHai.\n"
    unix, _ = read(Article, text, PATH)
    windows, _ = read(Article, "\ufeff" + text.replace("\n", "\r\n"), PATH)
    assert unix == windows


def test_decomposed_text_is_stored_composed():
    text = front(
        **{**GOOD, "title": unicodedata.normalize("NFD", "Tuổi trẻ"), "tags": unicodedata.normalize("NFD", "hiến máu")}
    )
    story, _ = read(Article, text, PATH)
    assert (story.title, story.tags) == ("Tuổi trẻ", ("hiến máu",))


def test_a_picture_outside_the_storys_folder_is_refused():
    for path in ("../../pelicanconf.py", "/etc/passwd", "a/../../b.jpg", "..\\b.jpg", '"%2e%2e/b.jpg"', '"~/b.jpg"'):
        assert codes(mistakes(front(**GOOD, image=path))) == ["FILE_PATH"], path


def test_objects_and_aliases_of_yaml_are_never_made():
    assert codes(mistakes(front(**{**GOOD, "title": "{a: b}"}))) == ["YAML_NESTED"]
    for value in ("!!python/object:os.system x", "!include x", "&a x", "!!python/tuple [a, b]"):
        assert codes(mistakes(front(**{**GOOD, "summary": value}))) == ["YAML_SPECIAL"], value
    assert codes(mistakes(front(**GOOD, summary="&a x", author="*a"))) == ["YAML_SPECIAL", "YAML_SYNTAX"]


def test_the_address_comes_from_the_folders_and_may_be_set():
    assert an_article("2020/07/Nâng cao").name == "2020/07/nang-cao"
    assert an_article("2020/07/bai", slug="ten-khac").name == "2020/07/ten-khac"


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Paper, {"kind": "ke-hoach", "number": "1-KH/TĐTN", "unit": "Văn phòng"}),
        (Notice, {"deadline": "2026-12-15", "unit": "Văn phòng"}),
        (Consultation, {"closes": "2026-12-15", "unit": "Văn phòng"}),
    ],
)
def test_files_have_a_title_each_or_none(model, fields):
    def problems(**more):
        values = {"title": "Một", "date": "2026-05-01", "files": "[a.pdf, b.pdf]"}
        text = front(**values, **fields, **more) + "\nNội dung."
        return [(problem.code, problem.line) for problem in read(model, text, "x/bai/index.md")[0].own_problems()]

    assert problems() == problems(part_titles="[Toàn văn, Phụ lục]") == []
    assert problems(part_titles="[Toàn văn]") == [("PART_TITLES", len(fields) + 5)]
