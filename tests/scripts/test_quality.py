"""What `make quality` refuses, as far as no browser is needed."""

from argparse import Namespace

import pytest

from scripts.errors import RefusedError
from scripts.quality import command, kinds, links, programs, validator, weight
from scripts.quality.result import MAX_FAULTS, Result, faultless
from tests.programs import program

HEAD = '<!DOCTYPE html>\n<html lang="vi">\n<head><meta charset="utf-8"><title>Trang thử</title>'


@pytest.fixture
def portal(tmp_path):
    """Write a portal of two pages, ``home`` and ``tin/``, with these bodies. Returns its folder."""

    def write(home="<p>Chào", story='<h1 id="dau">Tin'):
        (tmp_path / "tin").mkdir(exist_ok=True)
        canonical = '<link rel="canonical" href="https://thu.example/">'
        (tmp_path / "index.html").write_text(f"{HEAD}{canonical}</head>\n<body>\n{home}</body></html>", "utf-8")
        (tmp_path / "tin/index.html").write_text(f"{HEAD}</head>\n<body>\n{story}</body></html>", "utf-8")
        return tmp_path

    return write


def test_a_limit_is_kept_up_to_itself():
    assert Result("trang", "cân", 8, 8).is_kept and not Result("trang", "cân", 8.01, 8).is_kept


def test_a_score_is_kept_from_its_limit_on():
    assert Result("trang", "điểm", 100, 100, is_floor=True).is_kept
    assert not Result("trang", "điểm", 99, 100, is_floor=True).is_kept


def test_what_is_only_reported_is_always_kept_and_has_no_limit():
    result = Result("trang", "Lighthouse: LCP, giây", 9, None)
    assert result.is_kept and result.lines == [f"  {'trang':<20} {'Lighthouse: LCP, giây':<42} {9:>8}"]


def test_a_check_is_one_line_and_its_faults_stand_below_with_their_places():
    head, *details = faultless("bài viết", "axe", ["412 px: image-alt: <img>"]).lines
    assert head.startswith("X bài viết") and "axe" in head and details == ["    412 px: image-alt: <img>"]
    assert len(faultless("bài viết", "axe", []).lines) == 1


def test_of_very_many_faults_the_rest_is_counted():
    assert faultless("trang", "liên kết", ["lỗi"] * (MAX_FAULTS + 3)).lines[-1].strip() == "… và 3 chỗ nữa"


def test_a_missing_program_is_told_by_name_and_stops_everything():
    with pytest.raises(RefusedError, match="THIẾU CHƯƠNG TRÌNH: cần khong-co hoặc khong-he-co"):
        programs.program("khong-co", "khong-he-co")
    with pytest.raises(RefusedError, match="THIẾU CHƯƠNG TRÌNH: chưa có"):
        programs.npm_tool("khong-co")


def test_a_folder_without_a_portal_is_refused(tmp_path):
    with pytest.raises(RefusedError, match="make site"):
        command.run(Namespace(output=str(tmp_path), only=None))


def test_every_budget_every_print_and_every_judgement_is_of_a_kind_that_is_looked_at():
    assert {*kinds.BUDGETS, *kinds.PRINTED, *kinds.JUDGED} <= set(kinds.KINDS)


def test_links_that_lead_to_pages_and_to_places_on_them_are_good(portal):
    output = portal('<a href="/tin/#dau">Tin</a> <a href="tin/">Tin</a> <a href="https://khac.example/x">Xa</a>')
    assert links.follow(output).faults == []


@pytest.mark.parametrize(
    ("home", "fault"),
    [
        ('<a href="/mat/">Mất</a>', "index.html:5: /mat/: không có tệp này"),
        ('<a href="/tin/#cuoi">Cuối</a>', "index.html:5: /tin/#cuoi: không có chỗ này trên trang"),
        ('<a href="#cuoi">Cuối</a>', "index.html:5: #cuoi: không có chỗ này trên trang"),
        ('<a href="/tin">Tin</a>', "index.html:5: /tin: thiếu “/” ở cuối"),
        ('<a href="https://thu.example/mat/">Mất</a>', "index.html:5: https://thu.example/mat/: không có tệp này"),
        ('<img srcset="/anh/a-240.avif 240w, /anh/a-480.avif 480w" alt="">', "index.html:5: /anh/a-480.avif: không có tệp này"),
        ('<form action="/mat/"></form>', "index.html:5: /mat/: không có tệp này"),
        ('<video poster="/mat.jpg"></video>', "index.html:5: /mat.jpg: không có tệp này"),
    ],
)  # fmt: skip
def test_links_that_lead_nowhere_are_refused_with_their_line(portal, home, fault):
    result = links.follow(portal(home))
    assert fault in result.faults and not result.is_kept


@pytest.mark.npm
def test_html_that_is_not_valid_is_refused_with_its_file_and_line(portal):
    program("java")
    result = validator.validate(portal(story="<ul><p>Tin</p></ul>"))
    assert [fault.partition(": ")[0] for fault in result.faults] == ["tin/index.html:5"]
    assert validator.validate(portal(story="<ul><li>Tin</ul>")).is_kept


def test_a_page_weighs_what_it_and_the_sheets_that_it_links_weigh(portal):
    output = portal()
    alone = weight.packed(output, "/")
    (output / "a.css").write_text("p{color:red}")
    (output / "index.html").write_text('<link rel="stylesheet" href="/a.css">' + (output / "index.html").read_text())
    assert weight.packed(output, "/") > alone + 10
