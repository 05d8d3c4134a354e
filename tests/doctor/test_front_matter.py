"""faults.md, group A: front matter. Each test is named after its case."""

import resource
import time

import pytest

from plugins.core.checks.advice import advise
from plugins.core.checks.site_checks import empty_names, far_dates
from plugins.core.text import dates
from plugins.news.model import Article
from tests.world import a_content, an_article, codes, front, pages_of, read

PATH = "tin-tuc/bai/index.md"
GOOD = {"title": "Tiêu đề", "date": "2026-05-01 08:00", "category": "tin"}


def mistakes(text=None, **fields):
    """Return the codes and lines of a story's problems."""
    _, problems = read(Article, front(**{**GOOD, **fields}) if text is None else text, PATH)
    return sorted((problem.code, problem.line) for problem in problems if problem.severity == "error")


def value(name, written):
    """Read one field and return its value."""
    story, problems = read(Article, front(**{**GOOD, name: written}), PATH)
    assert story, problems
    return getattr(story, name)


@pytest.mark.parametrize("title", ["", '""', '"   "', "~", "null"])
def test_case_1_a_blank_title_is_told(title):
    assert mistakes(title=title) == [("FIELD_MISSING", 2)]
    assert mistakes("---\ndate: 2026-05-01\ncategory: tin\n---\n") == [("FIELD_MISSING", 1)]


def test_case_2_a_title_of_symbols_is_told():
    assert mistakes(title='"!!! ???"') == [("TITLE_EMPTY", 2)]


def test_case_2_a_folder_name_of_symbols_asks_for_a_slug():
    content = a_content(an_article("2026/05/!!!", title="Ngày hội giọt hồng"))
    (problem,) = empty_names(content)
    assert problem.code == "SLUG_EMPTY" and problem.message.endswith("slug: ngay-hoi-giot-hong")
    (problem,) = empty_names(a_content(an_article("2026/05/!!!", title="Đoàn viên " * 9)))
    assert problem.message.endswith("slug: " + "doan-vien-" * 5 + "doan-vien")
    content = a_content(an_article("2026/05/!!!", slug="ten-bai"))
    assert "tin-tuc/2026/05/ten-bai/index.html" in pages_of(content)


def test_case_3_a_title_of_480_characters_is_accepted_and_its_address_is_short():
    story = an_article("tieu-de-dai-" * 40, title="Chữ " * 120)
    (page,) = [path for path in pages_of(a_content(story)) if path.startswith("tin-tuc/tieu")]
    assert len(page.split("/")[1].encode()) <= 120


@pytest.mark.parametrize("name", ["title", "date"])
def test_case_4_a_field_given_twice_names_both_lines(name):
    text = front(**GOOD).replace("---\n", f"---\n{name}: 2026-01-01\n", 1)
    _, (problem,) = read(Article, text, PATH)
    assert problem.code == "KEY_TWICE" and "dòng 2" in problem.message and problem.line > 2


def test_case_5_a_missing_date_is_told():
    assert mistakes("---\ntitle: A\ncategory: tin\n---\n") == [("FIELD_MISSING", 1)]


@pytest.mark.parametrize("date", ["32/13/2026", "30/02/2026", "2026-13-01", "2026-05-01 25:00"])
def test_case_6_a_date_that_does_not_exist_shows_the_form(date):
    _, (problem,) = read(Article, front(**{**GOOD, "date": date}), PATH)
    assert (problem.code, problem.line) == ("DATE_INVALID", 3) and dates.EXAMPLE in problem.message


def test_case_7_a_date_with_slashes_is_day_first():
    assert value("date", "05/11/2026") == dates.parse("2026-11-05")


@pytest.mark.parametrize("date", ["12", "10:30", "tháng 5", "2026", "2026-05"])
def test_case_8_nothing_is_filled_in_from_today(date):
    assert mistakes(date=date) == [("DATE_INVALID", 3)]


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31", "1974-12-31", "2026-01-01T00:00+25:00"])
def test_case_9_years_that_cannot_be_meant_are_told(date):
    assert mistakes(date=date) in ([("DATE_RANGE", 3)], [("DATE_INVALID", 3)])


@pytest.mark.parametrize(
    ("now", "last", "first"),
    [
        ("2026-11-23 20:00", "2031-11-23 23:59", "2031-11-24"),
        ("2026-01-01", "2031-01-01 08:00", "2031-12-31"),
        ("2028-02-29", "2033-02-28", "2033-03-01"),
    ],
)
def test_case_9_a_date_more_than_five_years_ahead_is_told(now, last, first):
    stories = an_article("gan", date=last), an_article("xa", date=first)
    (problem,) = far_dates(a_content(*stories, now=dates.parse(now)))
    assert (problem.code, problem.path, problem.line) == ("DATE_FAR", "content/tin-tuc/xa/index.md", 3)


def test_case_10_a_future_story_is_held_everywhere_and_appears_on_its_minute():
    story = an_article("mai", date="2026-12-01 08:00", tags="thẻ mai")
    before, after = dates.parse("2026-12-01 07:59"), dates.parse("2026-12-01 08:00")
    assert not [
        path
        for path, page in pages_of(a_content(story, now=before)).items()
        if "mai" in path or "Mai" in str(page.view)
    ]
    assert "tin-tuc/mai/index.html" in pages_of(a_content(story, now=after))
    assert a_content(story, now=before).next_change() == after


@pytest.mark.parametrize(("written", "day"), [("2026-05-01 23:59", "1/5/2026"), ("2026-05-02 00:00", "2/5/2026")])
def test_case_11_midnight_is_vietnams(written, day):
    assert dates.short_date(value("date", written)) == day


@pytest.mark.parametrize(("name", "written", "code", "near"), [("status", "drfat", "VALUE_UNKNOWN", "draft"), ("catagory", "tin", "KEY_UNKNOWN", "category"), ("layout", "x", "KEY_UNKNOWN", ""), ("template", "x", "KEY_UNKNOWN", "")])  # fmt: skip
def test_case_12_a_typo_names_the_nearest(name, written, code, near):
    _, (problem,) = read(Article, front(**GOOD, **{name: written}), PATH)
    assert problem.code == code and problem.line == 5 and near in problem.message


def test_case_13_every_form_of_a_list_means_the_same():
    forms = ["a, b", "[a, b]", "\n- a\n- b", '"a, b"', "\n  - 'a'\n  - \"b\""]
    assert {value("tags", form) for form in forms} == {("a", "b")}


def test_case_14_yaml_surprises_are_typed_or_told():
    assert mistakes(title="A: B") == [("YAML_SYNTAX", 2)]
    assert ("YAML_SYNTAX", 2) in mistakes("---\n\ttitle: A\n---\n")
    assert mistakes("---\ntitle: A\n") == [("FRONT_MATTER_OPEN", 1)]
    assert mistakes(date="no") == [("DATE_INVALID", 3)]
    assert value("slug", "2026-01-01") == "2026-01-01" and value("slug", "0x10") == "0x10"
    assert value("tags", "null") == () and value("title", "no") == "no"


@pytest.mark.parametrize("value", ['"Đoàn', "'Đoàn", "[a, b", "{a: b", '["a, b]'])
@pytest.mark.parametrize(
    "after", ["", '\nsource: "Báo: Bình Thuận"', "\nsource: 'Báo'\nstatus: draft", "\n\n# lời nhắc"]
)
def test_case_14_what_is_left_open_is_told_where_it_opens(value, after):
    assert mistakes(author=value + after) == [("YAML_SYNTAX", 5)]


def test_case_14_every_field_that_cannot_be_read_is_told_and_the_others_are_read():
    bad_fields = {"title": '"Đoàn', "date": "32/5/2026", "category": "A: B", "tags": "[a, b", "statos": "draft"}
    assert mistakes(**bad_fields) == [
        ("DATE_INVALID", 3), ("KEY_UNKNOWN", 6), ("YAML_SYNTAX", 2), ("YAML_SYNTAX", 4), ("YAML_SYNTAX", 5),
    ]  # fmt: skip


def test_case_15_bombs_are_refused_at_once_and_in_little_memory():
    aliases = "a: &a [x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(10)
    )
    front_matters = [
        aliases,
        f"title: {'x' * 1_000_000}\n",
        "".join(f"k{n}: 1\n" for n in range(10_000)),
        f"title: {'[' * 10_000}\n",
        f"title: {'[' * 3000}{']' * 3000}\n",
        "a:\n" * 3000 + '"\n',
    ]
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for front_matter in front_matters:
        assert mistakes(f"---\n{front_matter}---\n")
    assert time.process_time() - start < len(front_matters)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.parametrize("written", ["!!python/object:os.system x", "!include x", "&a x"])
def test_case_16_no_object_no_include_no_anchor(written):
    assert codes(read(Article, front(**{**GOOD, "summary": written}), PATH)[1]) == ["YAML_SPECIAL"]


def test_case_16_no_merge_keys():
    assert mistakes("---\n<<: {a: b}\n" + front(**GOOD)[4:])


@pytest.mark.parametrize("before", ["", "\n", "<!-- x -->\n", "Chữ\n"])
def test_case_17_front_matter_that_is_absent_or_late_names_line_1(before):
    text = before + front(**GOOD) if before else "Chỉ có chữ.\n"
    assert mistakes(text) == [("FRONT_MATTER_MISSING", 1)]


def test_case_18_an_empty_file_is_an_error_and_one_without_text_a_warning():
    assert mistakes("") == [("FRONT_MATTER_MISSING", 1)]
    assert codes(advise(a_content(an_article(body="")))) == ["BODY_EMPTY"]


@pytest.mark.parametrize("name", ["save_as", "url", "Save_as"])
def test_case_19_pelicans_own_addresses_are_no_fields_of_ours(name):
    assert mistakes(**{name: ""}) == [("KEY_UNKNOWN", 5)]
