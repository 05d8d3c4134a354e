"""The register as readers see it: lists, a document's page, the files for machines."""

import csv
import io
import json

import pytest

from tests.documents.papers import a_paper, content_of, detail
from tests.world import ROOT, STRINGS, a_site, pages_of, read

from plugins.documents.model import Paper  # isort: skip

FILES = {"van-ban/2026/a/a.pdf": 48_224, "van-ban/2026/a/b.docx": 1_200_000}
PLAN = a_paper("a", title="Kế hoạch hè", files="[a.pdf, b.docx]", summary="Đường đi học")
LAW = a_paper("b", kind="luat", number="57/2020/QH14", date="2020-06-16", effective="2021-01-01", unit="Quốc hội")
OVER = a_paper("c", number="9-KH/TĐTN", date="2025-02-01", expires="2025-03-31", unit="Ban Phong trào")


def register(*papers, **more):
    return content_of(*papers, files=FILES, **more)


def titles(content, path):
    return [row.title for row in pages_of(content)[f"van-ban/{path}index.html"].view.cards]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("", ["Kế hoạch hè", "C", "B"]),
        ("loai/ke-hoach/", ["Kế hoạch hè", "C"]),
        ("2020/", ["B"]),
        ("don-vi/ban-phong-trao/", ["C"]),
        ("hieu-luc/con/", ["Kế hoạch hè", "B"]),
        ("hieu-luc/het/", ["C"]),
        ("hieu-luc/chua/", []),
    ],
)
def test_the_register_is_there_by_kind_year_unit_and_state(path, shown):
    assert titles(register(PLAN, LAW, OVER), path) == shown


def test_every_way_that_a_page_offers_is_there():
    content = register(PLAN, LAW, OVER)
    pages = pages_of(content)
    for way in pages["van-ban/index.html"].view.ways:
        assert way.links and [link.url for link in way.links if f"{link.url[1:]}index.html" not in pages] == []


def test_a_long_register_has_pages_and_its_form_on_the_first_only():
    content = register(*(a_paper(f"k{n}", number=f"{n}-KH/TĐTN") for n in range(1, 31)))
    pages = pages_of(content)
    first, other = pages["van-ban/index.html"].view, pages["van-ban/trang/1/index.html"].view
    assert first.has_form and not other.has_form and other.pager.newer
    assert not pages["van-ban/loai/ke-hoach/index.html"].view.has_form


def test_an_empty_register_has_its_page_and_no_block():
    content = register()
    view = pages_of(content)["van-ban/index.html"].view
    assert view.cards == () and "Liên hệ" in view.empty and not view.has_form
    assert content.blocks == {}


def test_the_block_has_the_newest_three():
    content = register(*(a_paper(f"k{n}", number=f"{n}-KH/TĐTN", date=f"2026-01-{n:02}") for n in range(1, 9)))
    assert [row.number for row in content.blocks["documents"].rows] == [f"{n}-KH/TĐTN" for n in range(8, 5, -1)]


def test_files_are_told_with_type_and_size():
    assert [file.label for file in detail(register(PLAN), "a").row.files] == ["PDF, 48 KB", "DOCX, 1,2 MB"]


def test_the_old_address_of_conclusions_leads_to_their_list():
    pages = pages_of(register(a_paper("kl", kind="thong-bao-ket-luan", number="96-TB/TĐTN-VP")))
    assert pages["thong-bao-ket-luan/index.html"].view.target == "/van-ban/loai/thong-bao-ket-luan/"
    assert "van-ban/loai/thong-bao-ket-luan/index.html" in pages


def test_every_kind_in_use_has_its_feed():
    from plugins.documents.lists import feeds

    titles_of = {feed.home: [entry.card.title for entry in feed.entries] for feed in feeds(register(PLAN, LAW, OVER))}
    assert titles_of["/van-ban/"] == ["Kế hoạch hè", "C", "B"]
    assert titles_of["/van-ban/loai/luat/"] == ["B"]


def test_a_law_is_legislation_and_a_plan_a_document():
    site, content = a_site(), register(PLAN, LAW, OVER)
    law, plan = (detail(content, name).structured(site)[0] for name in ("b", "a"))
    assert (law["@type"], law["legislationIdentifier"], law["legislationDate"]) == (
        "Legislation", "57/2020/QH14", "2020-06-16",
    )  # fmt: skip
    assert law["legislationLegalForce"] == "https://schema.org/InForce"
    assert (plan["@type"], plan["identifier"], len(plan["encoding"])) == ("DigitalDocument", "7-KH/TĐTN", 2)


def text_of(content, name):
    return pages_of(content)[f"van-ban/{name}"].view.text(content.site)


def rows_of(content):
    return list(csv.reader(io.StringIO(text_of(content, "so-van-ban.csv").removeprefix("\ufeff"), newline="")))


def test_the_table_is_what_spreadsheets_read():
    text = text_of(register(PLAN, LAW, OVER), "so-van-ban.csv")
    assert text.startswith("\ufeffSố ký hiệu,") and text.count("\r\n") == 4 and "\n" not in text.replace("\r\n", "")
    heading, plan, *_ = rows_of(register(PLAN, LAW, OVER))
    assert {len(row) for row in rows_of(register(PLAN, LAW, OVER))} == {len(heading)}
    line = dict(zip(heading, plan, strict=True))
    assert (line["Ngày ban hành"], line["Tình trạng"], line["Trích yếu"]) == (
        "2026-01-05",
        "Còn hiệu lực",
        "Đường đi học",
    )
    assert line["Tệp"].startswith("https://thu.example/tep/")


@pytest.mark.parametrize("prefix", ["=", "+", "-", "@", "＝"])
def test_nothing_in_the_table_is_worked_out_by_a_spreadsheet(prefix):
    wicked = a_paper("a", title=f"'{prefix}HYPERLINK(1)'", signer_name=f'"{prefix}1+1"')
    _, row = rows_of(content_of(wicked))
    assert f"'{prefix}HYPERLINK(1)" in row and f"'{prefix}1+1" in row


def test_quotes_and_commas_survive_the_table():
    _, row = rows_of(content_of(a_paper("a", title="""'Về "nhà, cửa"'""")))
    assert 'Về "nhà, cửa"' in row


def test_the_script_searches_words_without_marks():
    (row,) = json.loads(text_of(register(PLAN), "so-van-ban.json"))
    assert "ke hoach he" in row["q"] and "duong di hoc" in row["q"] and "7-kh/tdtn" in row["q"]
    assert (row["loai"], row["nam"], row["don-vi"], row["hieu-luc"]) == ("ke-hoach", "2026", "van-phong", "con")


def test_the_form_asks_by_the_names_that_the_script_searches():
    content = register(PLAN, LAW)
    ways = pages_of(content)["van-ban/index.html"].view.ways
    for row in json.loads(text_of(content, "so-van-ban.json")):
        for way in ways:
            assert row[way.name] in [value for value, _ in way.choices]


def test_drafts_and_unlisted_documents_are_in_no_list():
    content = register(PLAN, a_paper("x", status="draft"), a_paper("y", status="unlisted", number="8-KH/TĐTN"))
    assert titles(content, "") == ["Kế hoạch hè"] and len(rows_of(content)) == 2
    assert len(json.loads(text_of(content, "so-van-ban.json"))) == 1
    assert detail(content, "y").is_indexed is False


def test_two_spellings_of_a_unit_share_their_list():
    content = register(PLAN, a_paper("d", unit="Văn Phòng", number="8-KH/TĐTN"))
    assert len(titles(content, "don-vi/van-phong/")) == 2


def test_a_unit_of_signs_alone_is_refused():
    paper, problems = read(
        Paper, "---\ntitle: A\nkind: ke-hoach\ndate: 2026-01-01\nunit: '—'\n---\nA", "van-ban/a/index.md"
    )
    assert paper is None and [problem.code for problem in problems] == ["VALUE_FORM"]


def test_the_skeleton_makes_a_document_without_a_mistake():
    from string import Template

    from tests.documents.papers import errors_of

    text = Template((ROOT / "plugins/documents/new.md").read_text("utf-8")).substitute(
        title='"Công văn: thử"', date="2026-11-20 09:00", day="2026-11-20", year="2026", month="11"
    )
    paper, problems = read(Paper, text, "van-ban/2026/thu/index.md")
    assert problems == [] and errors_of(content_of(paper)) == []
    assert [line for line in text.splitlines() if "\t" in line] == []


def test_every_word_of_the_states_is_in_the_texts():
    words = STRINGS.documents
    assert vars(words.states).keys() == {"con", "het", "chua"}


def test_several_files_are_called_what_their_titles_say_else_by_their_names():
    def shown(**fields):
        paper = a_paper("a", files="[a.pdf, b.docx]", **fields)
        return [file.title for file in detail(register(paper), "a").row.files]

    assert shown(part_titles="[Toàn văn, Mẫu đơn]") == ["Toàn văn", "Mẫu đơn"]
    assert shown() == ["a.pdf", "b.docx"]
