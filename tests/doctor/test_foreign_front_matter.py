"""Front matter of other programs: hashtags, blanks that are none, unknown fields (faults-2.md, P11, P16, 3)."""

import pytest

from plugins.core.text import dates
from plugins.core.text.encoding.detect import decode
from plugins.core.text.vietnamese import file_form, replace_lookalikes
from plugins.news.model import Article
from tests.tiny import a_jpeg
from tests.world import an_article, front, read

PATH = "tin-tuc/bai/index.md"
GOOD = {"title": "Tiêu đề", "date": "2026-05-01 08:00", "category": "tin"}


def reported_for(text=None, **fields):
    """Return the problems of a story: code, line, column."""
    _, problems = read(Article, front(**{**GOOD, **fields}) if text is None else text, PATH)
    return [(problem.code, problem.line, problem.column) for problem in problems]


def message(**fields):
    _, (problem,) = read(Article, front(**{**GOOD, **fields}), PATH)
    return problem.message


@pytest.mark.parametrize(
    ("field", "value", "line", "column"),
    [
        ("title", "Chiến dịch #MùaHèXanh", 2, 19),
        ("date", "2026-05-01 08:00 #đăng", 3, 24),
        ("author", "#Ban", 5, 9),
        ("summary", "Hết tiền C #", 5, 21),
        ("summary", "'Một' #hai", 5, 16),
        ("summary", "Một\n  hai #ba", 6, 7),
        ("summary", "Một\n  #hai", 6, 3),
        ("tags", "\n  - một\n  - hai #ba", 7, 9),
        ("tags", "[một, #hai\n  ba]", 5, 13),
    ],
)
def test_p11_a_hashtag_that_yaml_takes_for_a_comment_is_told_where_it_stands(field, value, line, column):
    fields = {**GOOD, field: value}
    story, (problem,) = read(Article, front(**fields), PATH)
    assert story and (problem.code, problem.severity) == ("VALUE_CUT", "warning")
    assert (problem.line, problem.column) == (line, column)


def test_p11_the_message_says_what_to_write():
    assert 'Viết: title: "Chiến dịch #MùaHèXanh"' in message(title="Chiến dịch #MùaHèXanh")


@pytest.mark.parametrize(
    ("value", "line", "column"),
    [
        ("[một #hai, ba]", 5, 12),
        ("[ #một]", 5, 9),
        ("[#một]", 5, 8),
        ("[một,#hai]", 5, 12),
        ("Một #hai\n  ba", 5, 11),
        ("Một\n  #hai\n  ba", 6, 3),
    ],
)
def test_p11_a_hashtag_that_makes_the_field_unreadable_is_told_in_place_of_what_yaml_says(value, line, column):
    assert reported_for(tags=value) == [("VALUE_CUT", line, column)]


@pytest.mark.parametrize(
    "value",
    [
        "left   # left, right, top, home",
        '"Đợt #1"',
        "'Đợt #1'",
        "Lập trình C#",
        "Đợt# 1",
        "Một,#hai",
        "|\n  a #b\n  #c",
        ">-\n  a #b",
    ],
)
def test_p11_comments_and_quoted_signs_are_left_alone(value):
    assert reported_for(tags=value) == []


def test_p11_comments_on_lines_of_their_own_are_left_alone():
    commented = "# title: cũ\n#title: cũ\n  #nhắc\n" + front(**GOOD, tags="\n  - a\n  #- b\n  #c\n  - d")[4:]
    assert reported_for(f"---\n{commented}") == []


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u202f", "\u3000", "\u200b", "\ufeff", "\u200e"])
def test_blanks_that_are_none_to_yaml_are_blanks(blank):
    text = (
        f"---{blank}\n{blank}title:{blank}Tiêu đề{blank}\ndate:{blank} 2026-05-01{blank} 08:00\ncategory{blank}: tin\n"
        f"tags:{blank}\n{blank}{blank}- a\n{blank}{blank}-{blank}b\n---{blank}\n\nChữ.\n"
    )
    story, problems = read(Article, text, PATH)
    assert story and {problem.code for problem in problems} <= {"ZERO_WIDTH", "BIDI"}
    assert story.title == "Tiêu đề" and story.date == dates.parse("2026-05-01 08:00") and story.tags == ("a", "b")


def test_a_blank_that_cannot_be_read_is_named_at_its_place():
    _, (problem,) = read(Article, front(**GOOD, author="x\n \u00a0y: b"), PATH)
    assert (problem.code, problem.line, problem.column) == ("YAML_SYNTAX", 6, 2)
    assert "U+00A0 NO-BREAK SPACE" in problem.message


def test_a_field_whose_comment_sign_alone_was_taken_away_is_read():
    written = "---\ntitle: A\ndate: 2026-05-01\ncategory: tin   # xem sổ tay\n tags: [a]\n author: Lan\nsummary: b\n---\n\nChữ.\n"
    story, problems = read(Article, written, PATH)
    assert story and not problems and (story.tags, story.author, story.summary) == (("a",), "Lan", "b")
    assert reported_for(author="x\n  y: b") == [("YAML_SYNTAX", 6, 4)]


def test_blanks_within_a_quoted_file_name_stay():
    story = an_article("bai", image='"Ảnh\u202f1.jpg"')
    assert story.image == "tin-tuc/bai/Ảnh\u202f1.jpg"


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ({"draft": "true"}, "Viết: status: draft"),
        ({"draft": "false"}, "Xóa dòng này"),
        ({"published": "false"}, "Viết: status: draft"),
        ({"published": "no"}, "Viết: status: draft"),
        ({"published": "2026-05-01"}, "Viết: date: …"),
        ({"private": "yes"}, "Viết: status: draft"),
        ({"hidden": "true"}, "Viết: status: unlisted"),
        ({"publishDate": "2026-05-01"}, "Viết: date: …"),
        ({"post_status": "draft"}, "Viết: status: draft"),
        ({"categories": "[tin]"}, "Viết: category: …"),
        ({"description": "x"}, "Viết: summary: …"),
        ({"excerpt": "x"}, "Viết: summary: …"),
        ({"cover": "a.jpg"}, "Viết: image: …"),
        ({"featured_image": "a.jpg"}, "Viết: image: …"),
        ({"thumbnail": "a.jpg"}, "Viết: image: …"),
        ({"redirect_from": "/a/"}, "Viết: aliases: …"),
        ({"tac-gia": "Lan"}, "Viết: author: …"),
        ({"weight": "10"}, "xóa dòng"),
    ],
)
def test_a_field_of_another_program_is_answered_with_ours(written, advice):
    assert message(**written).endswith(advice) or advice in message(**written)


def test_places_in_a_head_count_from_1_as_editors_do():
    assert reported_for(tags="\n- !x y") == [("YAML_SPECIAL", 5, 1)]
    assert reported_for(author="\n  ten: Lan") == [("YAML_NESTED", 6, 3)]
    assert reported_for(author='"\\x07"') == [("CHARACTER", 5, 9)]
    assert reported_for(summary="A: B") == [("YAML_SYNTAX", 5, 11)]
    assert reported_for(author='"Lan') == [("YAML_SYNTAX", 5, 9)]
    assert reported_for(date="x") == [("DATE_INVALID", 3, 7)]
    assert reported_for(title="Tên\n#\ntitle: Tên") == [("KEY_TWICE", 4, 1)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ðoàn viên", "Đoàn viên"),
        ("ðoàn kết ÐẠI ÐOÀN KẾT", "đoàn kết ĐẠI ĐOÀN KẾT"),
        ("12/QÐ-UBND, GD&ÐT, TÐTN", "12/QĐ-UBND, GD&ĐT, TĐTN"),
        ("\u0189oàn \u0256ội", "Đoàn đội"),
        ("Guðrún nói /ðə/", "Guðrún nói /ðə/"),
        ("`Ðx` và Ðà", "`Ðx` và Đà"),
        ("```\nÐ ðo\n```\nÐà", "```\nÐ ðo\n```\nĐà"),
    ],
)
def test_p16_letters_that_look_like_d_with_stroke_are_read_as_it(written, meant):
    assert replace_lookalikes(written) == meant
    assert decode(written.encode(), "content/a.md") == (meant, [])


def test_p16_titles_tags_addresses_and_files_have_the_vietnamese_letter():
    story = an_article("bai", "[x](%C3%90o%C3%A0n.pdf)", title="Ðại hội", tags="[Ðoàn viên]", image="Ðoàn.jpg")
    assert story.title == "Đại hội" and story.tags == ("Đoàn viên",) and story.image == "tin-tuc/bai/Đoàn.jpg"
    assert "tin-tuc/bai/Đoàn.pdf" in story.document.references
    assert file_form("Ðo\u0061\u0300n.jpg") == "Đoàn.jpg"
    assert an_article("Ðoàn-viên").name == "doan-vien"


@pytest.mark.parametrize(("on_disk", "written"), [("Ðoàn.jpg", "Đoàn.jpg"), ("Đoàn.jpg", "Ðoàn.jpg")])
def test_p16_a_picture_is_found_whichever_letter_its_name_has(tiny, on_disk, written):
    tiny.write(f"tin-tuc/2026/05/bai/{on_disk}", a_jpeg())
    tiny.story(body=f"![Biển]({written})", tags="[Ðoàn viên]")
    tiny.build()
    assert tiny.page("tin-tuc/2026/05/bai/index.html").find("main").find("img")
    assert (tiny.output / "the/doan-vien/index.html").is_file()
