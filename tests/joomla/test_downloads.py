"""Documents of Docman, Phoca Download and jDownloads come along with their files, or are named."""

import re

import pytest

from plugins.redirects.forms import keys_of
from tests.joomla.conftest import Move

DUMP = """
INSERT INTO `jos_content` (`id`,`title`,`introtext`,`created`) VALUES (3,'Bài','<p>Chữ.</p>','2012-03-26 01:30:00');
INSERT INTO `jos_categories` (`id`,`title`,`section`) VALUES (5,'Kế hoạch','com_docman');
INSERT INTO `jos_docman` (`id`,`catid`,`dmname`,`dmdescription`,`dmdate_published`,`dmfilename`,`published`) VALUES
 (24,5,'Kế hoạch số 12-KH/TĐTN-PT hội trại','<p>Toàn văn kế hoạch.</p>','2015-04-20 02:00:00','ke hoach.pdf',1),
 (25,5,'Mẫu sổ đoàn viên','<a href="/gioi-thieu.pdf">x</a>','2015-04-21 02:00:00','mau.rar',1);
INSERT INTO `jos_phocadownload_categories` (`id`,`parent_id`,`title`,`alias`) VALUES (2,0,'Biểu mẫu','bieu-mau');
INSERT INTO `jos_phocadownload` (`id`,`catid`,`title`,`alias`,`filename`,`date`,`published`,`description`) VALUES
 (7,2,'Đơn vào Đoàn','don','mau/don.pdf','2016-01-01 00:00:00',1,'<p>In hai mặt.</p>');
INSERT INTO `jos_jdownloads_categories` (`cat_id`,`parent_id`,`cat_title`,`cat_dir`,`cat_dir_parent`) VALUES (4,0,'Tài liệu','tai-lieu','');
INSERT INTO `jos_jdownloads_files` (`file_id`,`file_title`,`cat_id`,`description`,`date_added`,`published`,`url_download`) VALUES
 (9,'Sổ tay',4,'<p>Bản in.</p>','2017-01-01 00:00:00',0,'so-tay.pdf');
"""
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def moved(move: Move) -> Move:
    for path in (
        "gioi-thieu.pdf",
        "dmdocuments/ke hoach.pdf",
        "phocadownload/mau/don.pdf",
        "jdownloads/tai-lieu/so-tay.pdf",
    ):
        move.old_file(path, PDF)
    code, printed = move.run(move.dump(DUMP))
    assert code == 0, printed
    return move


def test_documents_become_items_with_their_file_beside_them(moved: Move) -> None:
    paths = {key: path for key, path, _ in (line.split("\t") for line in moved.at_root("import.tsv").splitlines()[1:])}
    plan = (moved.site.content / paths["dm24"]).read_text("utf-8")
    assert paths["dm24"].startswith("van-ban/2015/") and "number: 12-KH/TĐTN-PT\n" in plan
    assert "files: [ke-hoach.pdf]\n" in plan and "Toàn văn kế hoạch." in plan
    assert "[Đơn vào Đoàn](don.pdf)" in (moved.site.content / paths["ph7"]).read_text("utf-8")
    assert "status: draft" in (book := (moved.site.content / paths["jd9"]).read_text("utf-8")) and "so-tay.pdf" in book


def test_a_file_that_stays_behind_is_named_with_the_document_and_its_old_address(moved: Move) -> None:
    report = moved.at_root("bao-cao-nhap.md")
    at = report.index("dm25 “Mẫu sổ đoàn viên” (/index.php?option=com_docman&task=doc_details&gid=25)")
    assert "tệp dmdocuments/mau.rar: không có tệp này" in report[at:]


def test_the_old_address_of_a_file_leads_to_the_page_that_offers_it_also_after_a_run_for_what_is_new(
    moved: Move,
) -> None:
    for more in ((), ("--since", "2030-01-01")):
        moved.run(moved.root / "cu.sql", *more)
        rules = dict(re.findall(r'"([^"]+)" ([^;]+);', moved.at_root("redirects.map")))
        assert rules[keys_of("/dmdocuments/ke%20hoach.pdf")[0]] == rules["dm24"]
        assert "/gioi-thieu" not in rules, "a page of the portal's own"


OLD = {
    "/index.php?option=com_docman&task=doc_download&gid=24&Itemid=3": "dm24",
    "/component/docman/doc_download/24-ke-hoach.html": "dm24",
    "/van-ban/24-ke-hoach/file.html": "dm24",
    "/bieu-mau/category/2-bieu-mau?download=7:don": "ph7",
    "/index.php?option=com_phocadownload&view=file&id=7:don": "ph7",
    "/index.php?option=com_jdownloads&task=finish&cid=9&catid=4": "jd9",
}


def test_old_addresses_of_documents_are_known() -> None:
    assert [address for address, key in OLD.items() if key not in keys_of(address)] == []
