"""Publications: the month's issue first, each in its list, its files named and its figures in a table."""

from string import Template

import pytest

from plugins.core.text import dates
from plugins.publications import SECTION
from plugins.publications.model import Publication
from plugins.publications.sheets import sheet_of
from plugins.publications.views import change_times
from tests.world import NOW, ROOT, a_content, a_site, check, codes, item, make_pages, pages_of, read

PDF = "an-pham/so/a.pdf"


def a_publication(name="so", kind="sach", **fields):
    values = {"title": name.capitalize(), "date": "2026-01-01", "kind": kind, **fields}
    return item(Publication, f"an-pham/{name}/index.md", **values)


def an_issue(month, **fields):
    return a_publication(f"thang-{month}", "tai-lieu-sinh-hoat", month=month, **fields)


def content_of(*items, now=NOW, **more):
    return a_content(*items, sections=(SECTION,), now=now, **more)


def page(content, address):
    return pages_of(content)[f"an-pham/{address}index.html"].view


def shelf(content, address=""):
    return [card.title for card in page(content, address).cards]


def detail(content, name="so"):
    return page(content, f"{name}/")


def problems(content):
    return codes(check(content, make_pages(content)))


# -- which issue stands first ---------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "first"),
    [
        (["2026-09", "2026-11", "2026-12"], "2026-11"),  # now it is November
        (["2026-08", "2026-09"], "2026-09"),
        (["2025-11", "2026-10"], "2026-10"),
        (["2026-10", "2026-12"], "2026-12"),
    ],
)
def test_the_issue_of_this_month_stands_first_or_else_the_newest(months, first):
    content = content_of(*map(an_issue, months))
    title = f"Thang-{first}"
    assert content.blocks["publications"].lead.title == title
    assert page(content, "").newest.title == page(content, "tai-lieu-sinh-hoat/").newest.title == title


def test_what_stands_at_the_head_is_not_repeated_below_it():
    view = page(content_of(an_issue("2026-11"), an_issue("2026-10")), "tai-lieu-sinh-hoat/")
    assert [card.title for card in view.rest] == ["Thang-2026-10"]


def test_only_the_first_page_of_a_list_has_a_head_and_older_pages_stay_as_they_are():
    issues = [an_issue(f"{2020 + number // 12}-{number % 12 + 1:02}") for number in range(24)]
    first, older = (page(content_of(*issues), f"tai-lieu-sinh-hoat/{address}") for address in ("", "trang/1/"))
    assert first.newest and older.newest is None
    assert len(older.rest) == 10


def test_issues_stand_by_their_month_whenever_they_appeared():
    content = content_of(an_issue("2026-03", date="2026-05-01"), an_issue("2026-04", date="2026-02-01"))
    assert shelf(content, "tai-lieu-sinh-hoat/") == ["Thang-2026-04", "Thang-2026-03"]
    assert shelf(content) == ["Thang-2026-03", "Thang-2026-04"]


@pytest.mark.parametrize(
    ("months", "changes"),
    [
        (["2026-11", "2026-12"], ["2026-12-01"]),  # December is there already
        (["2026-11"], []),  # nothing to take its place
        (["2026-10"], []),
        (["2026-12"], []),  # the newest now, and then the month's
        (["2026-11", "2027-02"], ["2026-12-01"]),
        (["2027-01", "2027-02"], ["2027-01-01"]),
        ([], []),
    ],
)
def test_the_portal_knows_when_another_issue_will_stand_first(months, changes):
    assert list(change_times(content_of(*map(an_issue, months)))) == [dates.parse(day) for day in changes]


def test_december_turns_into_january():
    content = content_of(an_issue("2026-12"), an_issue("2027-01"), now=dates.parse("2026-12-31 23:59"))
    assert content.next_change() == dates.parse("2027-01-01")


# -- lists and block --------------------------------------------------------------------


def test_each_kind_and_each_year_has_its_list():
    content = content_of(a_publication("dai-hoi", "van-kien"), an_issue("2025-12"), an_issue("2026-01"))
    assert shelf(content, "van-kien/") == ["Dai-hoi"]
    assert shelf(content, "tai-lieu-sinh-hoat/2025/") == ["Thang-2025-12"]
    view = page(content, "tai-lieu-sinh-hoat/")
    assert [year.title for year in view.years] == ["2026", "2025"]
    assert view.shown in [link.url for link in view.kinds]


def test_without_publications_lists_say_something_useful_and_there_is_no_block():
    content = content_of(a_publication(status="draft"), an_issue("2026-11", status="unlisted"))
    assert content.blocks == {}
    view = page(content, "tai-lieu-sinh-hoat/")
    assert view.newest is None and view.rest == [] and "Ban Tuyên giáo" in view.empty
    assert "an-pham/so/index.html" not in pages_of(content)


def test_without_an_issue_the_newest_publication_leads_the_block():
    others = [a_publication(f"sach-{number}", date=f"2026-02-0{number}") for number in range(1, 6)]
    block = content_of(*others).blocks["publications"]
    assert block.lead.title == "Sach-5"
    assert [card.title for card in block.cards] == ["Sach-4", "Sach-3"]


def test_a_cover_stands_in_our_own_lists_and_is_not_cut_for_others():
    content = content_of(a_publication(image="bia.jpg"), pictures=("an-pham/so/bia.jpg",))
    assert page(content, "").cards[0].picture and detail(content).cover
    assert [entry.card.picture for entry in content.entries] == [None]


# -- files --------------------------------------------------------------------------------


def test_a_single_file_goes_by_the_name_of_the_publication():
    content = content_of(a_publication(files="a.pdf"), files={PDF: 90_000}, page_counts={PDF: 6})
    (file,) = detail(content).files
    assert (file.title, file.label, file.url) == ("So", "PDF, 6 trang, 90 KB", "/tep/an-pham/so/a.pdf")
    assert page(content, "").cards[0].badge == file.label


def test_each_of_several_files_has_its_title_in_the_order_written():
    files = {"an-pham/so/b.pdf": 1_000, PDF: 2_000}
    content = content_of(a_publication(files="[b.pdf, a.pdf]", part_titles="[Phần một, Phần hai]"), files=files)
    named = [(file.title, file.url[-5:]) for file in detail(content).files]
    assert named == [("Phần một", "b.pdf"), ("Phần hai", "a.pdf")]
    assert page(content, "").cards[0].badge == "2 tệp, 3 KB"
    assert set(files) == content.published_files
    assert problems(content) == []


@pytest.mark.parametrize(
    ("files", "titles"), [("[a.pdf, b.pdf]", ""), ("[a.pdf, b.pdf]", "Một"), ("a.pdf", "[Một, Hai]"), ("", "Một")]
)
def test_as_many_titles_as_files(files, titles):
    fields = {name: value for name, value in (("files", files), ("part_titles", titles)) if value}
    content = content_of(a_publication(**fields), files={PDF: 1, "an-pham/so/b.pdf": 1})
    assert problems(content) == ["PART_TITLES"]


def test_a_missing_file_is_told_and_not_offered():
    content = content_of(a_publication(files="a.pdf"))
    assert problems(content) == ["FILE_MISSING"]
    assert detail(content).files == []


# -- months -------------------------------------------------------------------------------


def test_the_monthly_material_has_a_month_and_nothing_else_has():
    assert problems(content_of(a_publication(kind="tai-lieu-sinh-hoat"))) == ["ISSUE_MONTH"]
    assert problems(content_of(a_publication(month="2026-11"))) == ["ISSUE_MONTH"]
    assert problems(content_of(an_issue("2026-11"))) == []


def test_two_issues_of_one_month_are_perhaps_a_slip():
    copied = a_publication("chep", "tai-lieu-sinh-hoat", month="2026-11")
    (warning,) = check(content := content_of(an_issue("2026-11"), copied), make_pages(content))
    assert (warning.code, warning.severity, warning.line) == ("MONTH_TWICE", "warning", 5)


@pytest.mark.parametrize("month", ["11/2026", "2026-13", "2026-00", "2026-1", "tháng 11"])
def test_a_month_is_a_year_and_a_month(month):
    text = f'---\ntitle: Số\ndate: 2026-01-01\nkind: sach\nmonth: "{month}"\n---\n\nChữ.'
    publication, mistakes = read(Publication, text, "an-pham/so/index.md")
    assert publication is None and codes(mistakes) == ["VALUE_FORM"]


# -- figures ------------------------------------------------------------------------------

CSV = "an-pham/so/so.csv"
ROWS = (("Năm", "Đoàn viên", "Ghi chú"), ("2025", "1.200", "cả năm"), ("2026", "-", "6 tháng"))


def test_figures_stand_in_a_table_whose_numbers_are_known():
    content = content_of(a_publication(kind="so-lieu", files="so.csv"), files={CSV: 80}, tables={CSV: ROWS})
    (sheet,) = detail(content).sheets
    assert sheet.heading == [("Năm", False), ("Đoàn viên", True), ("Ghi chú", False)]
    assert sheet.lines[1] == ("2026", [("-", True), ("6 tháng", False)])
    assert problems(content) == []


@pytest.mark.parametrize("rows", [(), ROWS[:1], (("Năm", ""), ("2025", "1"))])
def test_what_is_no_table_is_only_offered_as_a_file(rows):
    content = content_of(a_publication(kind="so-lieu", files="so.csv"), files={CSV: 80}, tables={CSV: rows})
    assert problems(content) == ["TABLE_UNREADABLE"]
    assert detail(content).sheets == [] and len(detail(content).files) == 1


@pytest.mark.parametrize(
    ("cells", "is_number"),
    [
        (("1.200", "73,5%"), True),
        (("-3", "…"), True),
        (("−3", ""), True),
        (("120 đơn vị", "3"), False),
        (("", "-"), False),
    ],
)
def test_a_column_holds_numbers_or_words(cells, is_number):
    sheet = sheet_of("Bảng", (("Năm", "Số"), *(("2025", cell) for cell in cells)))
    assert sheet.is_number == (False, is_number)


# -- what search engines are told -----------------------------------------------------------


def test_each_kind_is_told_to_search_engines_as_what_it_is():
    def described(publication, **more):
        content = content_of(publication, **more)
        return detail(content, publication.name).structured(a_site())[0]

    issue = described(an_issue("2026-11"))
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", "11/2026")
    assert issue["isPartOf"]["url"] == "https://thu.example/an-pham/tai-lieu-sinh-hoat/"
    data = described(a_publication(kind="so-lieu", files="so.csv"), files={CSV: 80}, tables={CSV: ROWS})
    assert data["@type"] == "Dataset" and "encoding" not in data
    assert data["distribution"][0]["contentUrl"] == "https://thu.example/tep/an-pham/so/so.csv"
    assert described(a_publication(kind="van-kien"))["@type"] == described(a_publication())["@type"] == "Book"


def test_the_skeleton_of_a_new_publication_is_right():
    skeleton = Template((ROOT / "plugins/publications/new.md").read_text("utf-8"))
    values = {"title": '"Số mới: thử"', "date": "2026-11-23 09:00", "day": "2026-11-23", "year": "2026", "month": "11"}
    publication, mistakes = read(Publication, skeleton.substitute(values), "an-pham/so-moi/index.md")
    assert mistakes == [] and publication.month == "2026-11"
    assert problems(content_of(publication)) == []
