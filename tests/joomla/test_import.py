"""An old portal moves in, whole: texts, pictures, mapping, a second run, the report, the doctor's word."""

import json
import os
import re
from dataclasses import replace

import pytest

from scripts.joomla.article import Converted, Converter
from tests.joomla import dumps
from tests.joomla.conftest import Move, with_pictures
from tests.joomla.old_site import PORTAL, OldPortal, P, Story
from tests.joomla.words import words_of_html, words_of_markdown

FIRST = "tin-tuc/2012/03/suoi-may-ra-quan-thang-thanh-nien"


@pytest.fixture
def moved(move: Move) -> Move:
    code, printed = with_pictures(move).run(move.dump(dumps.mysqldump(PORTAL, "1.5")))
    assert code == 0, printed
    return move


def one_story(move: Move, html: str, full: str = "", **more: object) -> str:
    """Import one story; return its text."""
    story = Story(1, "Bài thử", html, full, **more)
    code, printed = move.run(move.dump(dumps.mysqldump(OldPortal(PORTAL.sections, PORTAL.categories, [story]), "3")))
    assert code == 0, printed
    return move.text("tin-tuc/2012/03/bai-thu")


def test_a_story_comes_out_as_an_editor_would_have_typed_it(moved: Move):
    assert moved.text(FIRST) == (
        "---\ntitle: Suối Mây ra quân tháng Thanh niên\ndate: 2012-03-26 08:30\ncategory: tinh-nguyen\nauthor: Ban Phong trào\n"
        "summary: >-\n  Sáng 26/3, Ban Thường vụ Đoàn xã Suối Mây tổ chức lễ ra quân tháng Thanh niên, có 120 đoàn viên dự.\n"
        "image: ra-quan.jpg\nimage_caption: Các bạn trẻ dọn bờ kênh thôn Hai\n---\n\n"
        "Ngay sau lễ, các chi đoàn chia nhau về sáu thôn: nhóm sửa *2 km* đường, nhóm trồng 300 cây dầu, nhóm thăm gia đình"
        " neo đơn (\\\\ ký tự 'nháy đơn', \"nháy kép\", dấu ; và -- hai gạch, /\\* chú thích \\*/, # thăng).\n\n"
        "![](anh-1.jpg)\n\nXem thêm [bài kỷ niệm](/tin-tuc/2012/03/ky-niem-45-nam-ngay-truyen-thong/) và kế hoạch.\n"
    )
    assert sorted(os.listdir(moved.site.content / FIRST)) == ["anh-1.jpg", "index.md", "ra-quan.jpg"]


def test_the_doctor_finds_no_error_but_the_picture_that_nobody_has(moved: Move):
    errors = [line for line in moved.check().splitlines() if "(cảnh báo)" not in line]
    assert len(errors) == 2 and "[PICTURE_MISSING] Không có ảnh “mat-roi.jpg”" in errors[0], errors
    assert errors[1].startswith("1 lỗi")


def test_with_all_pictures_the_portal_builds_and_shows_every_story(move: Move):
    with_pictures(move).old_file("images/stories/mat-roi.jpg")
    move.run(move.dump(dumps.mysqldump(PORTAL, "4")))
    move.site.build()
    page = move.site.page(f"{FIRST}/index.html")
    assert page.select_one(".prose a")["href"] == "/tin-tuc/2012/03/ky-niem-45-nam-ngay-truyen-thong/"
    assert not (move.site.output / "tin-tuc/2012/03/bai-chua-dang").exists(), "a draft"
    assert not (move.site.output / "tin-tuc/2027").exists(), "its hour has not come"


@pytest.mark.parametrize("name", ["mysqldump 1.5", "phpMyAdmin 2.5", "PostgreSQL sample 3", "pg_dump 3", "mysqldump 4"])
def test_every_word_of_every_story_is_in_its_text_or_its_fields(move: Move, name: str):
    move.run(with_pictures(move).dump(dumps.ALL[name](PORTAL)))
    paths = dict(line.split("\t")[:2] for line in move.at_root("import.tsv").splitlines() if line[:1] != "#")
    for story in PORTAL.stories:
        if story.state == -2:
            continue
        _, head, body = (move.site.content / paths[f"a{story.id}"]).read_text("utf-8").split("---\n", 2)
        here = words_of_markdown(body) + re.findall(r"[^\W_]+", head)
        marks = re.sub(r"\{(\w+)[^}]*\}(?:[^{]*\{/\1\})?", "", story.intro + story.full)
        assert [word for word in words_of_html(marks) if word not in here] == [], story.title


def test_days_change_at_seven_in_the_evening_of_utc(moved: Move):
    assert "date: 2013-01-01 01:05\n" in moved.text("tin-tuc/2013/01/hop-luc-dem-khuya")


def test_states_and_dates(moved: Move):
    texts = moved.texts()
    assert "status: draft\n" in moved.text("tin-tuc/2012/03/bai-chua-dang")
    assert not any("bai-da-xoa" in path for path in texts)
    assert "status: draft\n" in moved.text("tin-tuc/2016/07/kiem-tra-co-so"), "the old site showed it no more"
    assert "date: 2027-01-05 07:00\n" in moved.text("tin-tuc/2027/01/bai-hen-gio")


def test_aliases_that_lost_letters_give_way_and_twins_are_told_apart(moved: Move):
    assert "tin-tuc/2012/03/ky-niem-45-nam-ngay-truyen-thong/index.md" in moved.texts()
    assert {"tin-tuc/2013/06/ra-quan/index.md", "tin-tuc/2013/06/ra-quan-2/index.md"} <= moved.texts().keys()


def test_a_paper_has_its_number_and_a_notice_its_deadline(moved: Move):
    paper = moved.text("van-ban/2015/ke-hoach-to-chuc-hoi-trai")
    assert "kind: ke-hoach\nnumber: 12-KH/TĐTN-PT\n" in paper and "date: 2015-04-20\n" in paper
    assert "deadline: 2016-06-30\n" in moved.text("tuyen-dung/tuyen-cong-tac-vien")
    assert "tin-tuc/2015/05/cong-van/index.md" in moved.texts(), "a paper without a number is no paper"
    assert "không thấy số, ký hiệu văn bản" in moved.at_root("bao-cao-nhap.md")


def test_tables_galleries_films(moved: Move):
    scores = moved.text("tin-tuc/2014/04/ket-qua-thi-dua-cac-chi-doan")
    assert "| Chi đoàn | Điểm |\n|---|---|\n| Thôn Một | 98,5 |\n" in scores
    assert '<tr><td colspan="2">Tổng hợp</td></tr>\n<tr><td>Đợt 1<br>tháng 3</td><td>12</td></tr>' in scores
    assert "image: trao-qua.jpg\nimage_caption: Trao quà cho chi đoàn nhất\n" in scores
    night = moved.text("tin-tuc/2014/09/dem-hoi-trang-ram")
    assert "rước đèn quanh làng rồi phá cỗ." in night, "the introduction was cut inside an element"
    assert "![](anh-2.jpg)" in night and "https://www.youtube.com/watch?v=aqz-KE-bpKQ" in night


def test_the_report_names_what_stayed_behind_with_its_old_address(moved: Move):
    report = moved.at_root("bao-cao-nhap.md")
    at = report.index("a10 “Đêm hội trăng rằm” (/index.php?option=com_content&view=article&id=10)")
    assert "images/stories/mat-roi.jpg" in report[at:] and "http://trang-khac.example/anh.jpg" in report[at:]
    assert "{loadposition quang-cao}" in report and "tệp images/stories/ke-hoach.pdf: không có tệp này" in report
    assert "trong thùng rác" in report


def test_the_same_run_gives_the_same_bytes(moved: Move):
    names = ("import.yaml", "import.tsv", "redirects.map")
    before = moved.texts(), [moved.at_root(name) for name in names]
    code, printed = moved.run(moved.root / "cu.sql")
    assert code == 0 and "14 như cũ" in printed
    assert (moved.texts(), [moved.at_root(name) for name in names]) == before


def test_what_an_editor_has_changed_is_never_overwritten(moved: Move):
    path = moved.site.content / FIRST / "index.md"
    path.write_text(path.read_text("utf-8").replace("tháng Thanh niên", "Tháng Thanh niên"), "utf-8")
    (moved.site.content / "tin-tuc/2013/06/ra-quan/index.md").unlink()
    picture = moved.site.content / FIRST / "anh-1.jpg"
    picture.write_bytes(b"cua bien tap")
    stories = [replace(story, full=story.full + P.format("Thêm về sau.")) for story in PORTAL.stories]
    edited = path.read_bytes()
    moved.run(moved.dump(dumps.mysqldump(OldPortal(PORTAL.sections, PORTAL.categories, stories), "1.5")))
    assert path.read_bytes() == edited and picture.read_bytes() == b"cua bien tap"
    assert not (moved.site.content / "tin-tuc/2013/06/ra-quan/index.md").exists()
    assert "Thêm về sau." in moved.text("tin-tuc/2013/06/ra-quan-2"), "nobody has touched it"
    report = moved.at_root("bao-cao-nhap.md")
    assert f"- a1: `{FIRST}/index.md`" in report and "- a7: `tin-tuc/2013/06/ra-quan/index.md`" in report


def test_since_brings_only_what_is_new(moved: Move):
    new = Story(
        50,
        "Bài mới hôm qua",
        P.format("Tin mới."),
        P.format("Còn nữa."),
        alias="bai-moi",
        created="2026-11-20 01:00:00",
    )
    old = [replace(story, full=P.format("Đổi hết.")) for story in PORTAL.stories[:-1]]
    before = moved.texts()
    dump = moved.dump(dumps.mysqldump(OldPortal(PORTAL.sections, PORTAL.categories, [*old, new]), "1.5"))
    code, printed = moved.run(dump, "--since", "2026-11-10")
    after = moved.texts()
    assert code == 0 and after.keys() - before.keys() == {"tin-tuc/2026/11/bai-moi/index.md"}, printed
    assert all(after[path] == before[path] for path in before)
    assert '"a1" /tin-tuc/2012/03/' in moved.at_root("redirects.map"), "older ones still lead on"


def test_the_operator_maps_and_the_next_run_obeys(moved: Move):
    mapping = moved.root / "import.yaml"
    text = mapping.read_text("utf-8")
    assert "  # Tin tức › Hoạt động tình nguyện: 9 bài\n  c11: tin-tuc/tinh-nguyen\n" in text
    assert "  # Menu “Giới thiệu”\n  a6: trang/gioi-thieu\n" in text
    text = text.replace("c11: tin-tuc/tinh-nguyen", "c11: tin-tuc/guong-sang").replace(
        "c15: tuyen-dung", "c15: tin-tuc/khoi-nghiep"
    )
    mapping.write_text(text.replace("a6: trang/gioi-thieu", "a6: trang/ve-chung-toi"), "utf-8")
    code, printed = moved.run(moved.root / "cu.sql")
    assert code == 0, printed
    assert "category: guong-sang\n" in moved.text(FIRST)
    assert "category: khoi-nghiep\n" in moved.text("tin-tuc/2016/06/tuyen-cong-tac-vien")
    assert not (moved.site.content / "tuyen-dung").exists(), "it has moved"
    assert "Giới thiệu chung" in moved.text("trang/ve-chung-toi")
    assert '"a6" /ve-chung-toi/;' in moved.at_root("redirects.map")


def test_a_mapping_with_mistakes_is_refused_with_their_lines(moved: Move):
    mapping = moved.root / "import.yaml"
    mapping.write_text(
        mapping.read_text("utf-8").replace("c11: tin-tuc/tinh-nguyen", "c11: tin-tuc/tinh-nguyện"), "utf-8"
    )
    before = moved.texts()
    code, printed = moved.run(moved.root / "cu.sql")
    line = 1 + mapping.read_text("utf-8").split("\n").index("  c11: tin-tuc/tinh-nguyện")
    assert (
        code == 2
        and f"import.yaml:{line}: [IMPORT_MAPPING] “tin-tuc/tinh-nguyện” không có. Viết một trong: tin-tuc/" in printed
    )
    assert moved.texts() == before


def test_a_skipped_category_stays_out(move: Move):
    source = move.dump(dumps.mysqldump(PORTAL, "1.5"))
    move.run(source)
    mapping = move.root / "import.yaml"
    mapping.write_text(mapping.read_text("utf-8").replace("c12: tin-tuc/xay-dung-doan", "c12: bo-qua"), "utf-8")
    move.run(source)
    assert "bỏ qua theo import.yaml" in move.at_root("bao-cao-nhap.md")
    assert not any("ky-niem-45" in path for path in move.texts()), "nobody had changed what the first run brought"
    assert '"a2"' not in move.at_root("redirects.map")


@pytest.mark.parametrize("data", [b"<html>404</html>", dumps.mysqldump(PORTAL, "1.5").encode()[:9000], b"\0" * 5000])
def test_a_bad_source_leaves_everything_as_it_was(move: Move, data: bytes):
    before = move.texts()
    code, printed = move.run(move.dump(data))
    assert code == 2 and printed.strip().splitlines()[-1].endswith(".") and "Traceback" not in printed
    assert move.texts() == before
    assert not (move.root / "import.yaml").exists() and not (move.root / "redirects.map").exists()


def test_a_run_that_was_killed_goes_on_where_it_was(moved: Move):
    """What it had written is there, and its line in import.tsv has no digest yet."""
    book = moved.root / "import.tsv"
    before = moved.texts()
    book.write_text(re.sub(r"\t[0-9a-f]+$", "\t", book.read_text("utf-8"), flags=re.M), "utf-8")
    (moved.site.content / FIRST / "index.md").unlink()
    moved.run(moved.root / "cu.sql")
    assert moved.texts() == before


def test_another_text_at_the_place_of_an_old_one_stays(move: Move):
    move.site.write(
        f"{FIRST}/index.md", "---\ntitle: Của ta\ndate: 2012-03-26\ncategory: thieu-nhi\n---\n\nBài của ta.\n"
    )
    move.run(move.dump(dumps.mysqldump(PORTAL, "1.5")))
    assert "Bài của ta." in move.text(FIRST)
    assert "category: tinh-nguyen" in move.text(f"{FIRST}-2")


def test_k2_comes_with_picture_attachment_extra_fields_and_comments(move: Move):
    with_pictures(move).old_file(dumps.k2_source(3))
    move.old_file("media/k2/attachments/mau-don.pdf", b"khong phai pdf")
    move.run(move.dump(dumps.k2_dump(PORTAL)))
    night = move.text("tin-tuc/2013/01/hop-luc-dem-khuya")
    assert "image: anh-1.jpg\nimage_caption: Ảnh của K2\n" in night
    first = move.text(FIRST)
    assert "- **Địa điểm:** Nhà văn hóa thôn Hai\n- **Cấp:** Xã\n" in first and "tags: [mùa hè xanh]\n" in first
    assert "tệp media/k2/attachments/mau-don.pdf" in move.at_root("bao-cao-nhap.md")
    comments = json.loads((move.root / "cache/comments.json").read_text("utf-8"))
    assert [(row["thread"], row["author"], row["html"]) for row in comments] == [
        (f"/{FIRST}/", "Lan", "<p>Hay quá!</p>")
    ]


PICTURES = {
    "its caption below": (
        '<p><img src="images/kenh.jpg" alt="Hai bạn"></p><p style="text-align:center">Dọn bờ kênh</p>',
        '![Hai bạn](kenh.jpg "Dọn bờ kênh")',
    ),
    "Joomla's own caption": (
        '<p><img class="caption" src="images/kenh.jpg" alt="kenh.jpg" title="Dọn bờ kênh"></p>',
        '![](kenh.jpg "Dọn bờ kênh")',
    ),
    "a small one that opens the large": (
        '<p><a href="images/kenh.jpg"><img src="images/thumb_kenh.jpg"></a></p>',
        "![](kenh.jpg)",
    ),
    "the old site's own address": (
        '<p><img src="http://www.tinhdoanbinhthuan.vn/images/kenh.jpg"></p>',
        "![](kenh.jpg)",
    ),
    "capitals that differ": ('<p><img src="Images/KENH.JPG"></p>', "![](kenh.jpg)"),
    "blanks and Vietnamese letters": ('<p><img src="images/%E1%BA%A3nh%20tr%E1%BA%A1i.jpg"></p>', "![](anh-trai.jpg)"),
    "its caption beside it, as JCE writes it": (
        '<div class="img_caption"><img src="images/kenh.jpg"><p class="img_caption">Dọn bờ kênh</p></div>',
        '![](kenh.jpg "Dọn bờ kênh")',
    ),
    "a figure": (
        '<figure><img src="images/kenh.jpg"><figcaption>Dọn bờ kênh</figcaption></figure>',
        '![](kenh.jpg "Dọn bờ kênh")',
    ),
    "in a table of data": (
        '<table><tr><td>Thôn</td><td>Một</td></tr><tr><td><img src="images/kenh.jpg" alt="Kênh"></td><td>Hai</td></tr></table>',
        '<tr><td><img src="kenh.jpg" alt="Kênh"></td><td>Hai</td></tr>',
    ),
    "within the words": ('<p>Trước <img src="images/kenh.jpg"> sau</p>', "Trước\n\n![](kenh.jpg)\n\nsau"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(move: Move, name: str):
    html, markdown = PICTURES[name]
    for path in ("images/kenh.jpg", "images/dau.jpg", "images/ảnh trại.jpg"):
        move.old_file(path)
    lead = '<p><img src="images/dau.jpg"></p>'
    assert markdown in one_story(
        move, "<p>Lời dẫn của bài.</p>", f"{lead}<p>Chữ ở giữa bài viết này.</p>{html}<p>Hết.</p>"
    )


def test_a_picture_within_the_text_and_one_of_the_wrong_kind(move: Move):
    from base64 import b64encode

    from tests.tiny import a_jpeg

    move.old_file("images/that-ra-la-jpg.png")
    move.old_file("images/hong.jpg", a_jpeg()[:200])
    pasted = f'<img src="data:image/jpeg;base64,{b64encode(a_jpeg()).decode()}">'
    text = one_story(
        move,
        "<p>Lời dẫn.</p>",
        f'<p>Một.</p><p>{pasted}</p><p>Hai.</p><p><img src="images/that-ra-la-jpg.png"></p><p>Ba.</p><p><img src="images/hong.jpg"></p>',
    )
    assert "image: anh-1.jpg\n" in text and "![](that-ra-la-jpg.jpg)" in text and "hong" not in text
    assert "ảnh images/hong.jpg: Ảnh bị hỏng" in move.at_root("bao-cao-nhap.md")


TEXTS = {
    "TCVN3": (
        "<p>§oµn viªn thanh niªn huyÖn Hµm ThuËn B¾c ra qu©n</p>",
        "Đoàn viên thanh niên huyện Hàm Thuận Bắc ra quân",
    ),
    "VNI": ("<p>Ñoaøn vieân thanh nieân huyeän Haøm Thuaän Baéc</p>", "Đoàn viên thanh niên huyện Hàm Thuận Bắc"),
    "a TCVN3 font": ('<p><font face=".VnTime">Chµo b¹n</font></p>', "Chào bạn"),
    "a TCVN3 font that says nothing any more": ('<p style="font-family:.VnTime">Cho lên đường</p>', "Cho lên đường"),
    "Ð": ("<p>Ðoàn xã Ðức Linh</p>", "Đoàn xã Đức Linh"),
    "decomposed letters": ("<p>Đoàn viên</p>", "Đoàn viên"),
    "soft hyphens, hard blanks": ("<p>tình&shy;&nbsp;nguyện 5&nbsp;km</p>", "tình nguyện 5\xa0km"),
    "Word's clothes": (
        '<p class="MsoNormal"><span lang="VI"><o:p></o:p><!--[if gte mso 9]>x<![endif]-->Chữ</span></p>',
        "\nChữ\n",
    ),
    "what is hidden": ('<div style="position:absolute;left:-9999px">casino</div><p>Chữ</p>', "---\n\nChữ\n"),
    "a bold line above a text": (
        f"<p>Một đoạn mở đầu.</p><p><b>Việc cần làm</b></p>{P.format('Dài ' * 30)}",
        "## Việc cần làm\n",
    ),
    "dashes": ("<p>Hồ sơ gồm:</p><p>- Đơn</p><p>- Ảnh</p>", "- Đơn\n- Ảnh\n"),
    "a quotation": ("<blockquote><p>Lời Bác dạy</p></blockquote>", "> Lời Bác dạy"),
    "two breaks": ("Một.<br><br>Hai.<br>Ba.", "Hai.\\\nBa."),
    "signs": (
        "<p>5 * 3 * 2 và a_b_ [x](y) &lt;b&gt; {tag} ~~x~~</p>",
        "5 \\* 3 \\* 2 và a_b\\_ \\[x\\](y) \\<b\\> \\{tag\\} \\~\\~x\\~\\~",
    ),
    "a link to nowhere any more": (
        '<p><a href="index.php?option=com_content&view=article&id=99">chữ</a></p>',
        "\nchữ\n",
    ),
    "a link elsewhere": ('<p><a href="http://khac.vn/a b">chữ</a></p>', "[chữ](http://khac.vn/ab)"),
    "a link to the writer's machine": (
        '<p><a href="http://localhost/joomla">chữ</a> http://localhost/x</p>',
        "chữ `http://localhost/x`",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(move: Move, name: str):
    html, markdown = TEXTS[name]
    text = one_story(move, html)
    assert markdown in text, text
    errors = [line for line in move.check().splitlines() if "(cảnh báo)" not in line and "bai-thu" in line]
    assert errors == []


def test_mosimage_takes_the_pictures_of_its_column(move: Move):
    move.old_file("images/stories/trai.jpg")
    text = dumps.mysqldump(
        OldPortal(
            PORTAL.sections, PORTAL.categories, [Story(1, "Bài thử", "<p>Dẫn.</p>", "<p>Một {mosimage} hai.</p>")]
        ),
        "1.5",
    )
    columns = "'','','show_title"
    assert columns in text
    move.run(move.dump(text.replace(columns, "'trai.jpg|left|Trại hè|0|Dựng lều|bottom|','','show_title")))
    assert "image: trai.jpg\nimage_alt: Trại hè\nimage_caption: Dựng lều\n" in move.text("tin-tuc/2012/03/bai-thu")


def mapped(move: Move, target: str, stories: list[Story]) -> None:
    """Import stories of one category to ``target``."""
    source = move.dump(dumps.mysqldump(OldPortal(PORTAL.sections, PORTAL.categories, stories), "3"))
    move.run(source)
    mapping = move.root / "import.yaml"
    mapping.write_text(re.sub(r"  c11: \S+", f"  c11: {target}", mapping.read_text("utf-8")), "utf-8")
    code, printed = move.run(source)
    assert code == 0, printed


def errors_of(move: Move) -> list[str]:
    return [line for line in move.check().splitlines() if ": [" in line and "(cảnh báo)" not in line]


def test_an_album_keeps_all_its_pictures_and_good_news_its_day(move: Move):
    for name in ("trai-he", "lua-trai"):
        move.old_file(f"images/{name}.jpg")
    html = (
        '<p>Hai ngày ở bãi.</p><p><img src="images/trai-he.jpg"></p><p>Đêm.</p><p><img src="images/lua-trai.jpg"></p>'
    )
    mapped(move, "thu-vien-anh", [Story(1, "Trại hè", html)])
    album = move.text("thu-vien-anh/trai-he")
    assert "![](trai-he.jpg)" in album and "![](lua-trai.jpg)" in album and "image:" not in album
    assert errors_of(move) == []
    mapped(move, "tin-tot", [Story(1, "Trại hè", html)])
    assert "kind: chuyen\n" in move.text("tin-tot/2012-03-26-trai-he") and errors_of(move) == []


def test_two_papers_of_one_number_are_told_and_the_portal_stays_whole(move: Move):
    stories = [Story(n, f"Kế hoạch {n}", "<p>Số: 12-KH/TĐTN-PT</p>", "<p>Nội dung.</p>") for n in (1, 2)]
    mapped(move, "van-ban", stories)
    assert "number: 12-KH/TĐTN-PT\n" in move.text("van-ban/2012/ke-hoach-1")
    assert "trùng số 12-KH/TĐTN-PT với a1" in move.at_root("bao-cao-nhap.md")
    assert errors_of(move) == []


def test_a_story_that_our_code_cannot_read_is_named_and_the_others_come(move: Move, monkeypatch: pytest.MonkeyPatch):
    convert = Converter.convert

    def fail(self: Converter, **options: bool) -> Converted:
        if self._article.key == "a2":
            raise IndexError("lạ")
        return convert(self, **options)

    monkeypatch.setattr(Converter, "convert", fail)
    _, printed = move.run(with_pictures(move).dump(dumps.mysqldump(PORTAL, "1.5")))
    assert "13 mới" in printed and "chương trình không đọc được bài này (IndexError: lạ)" in move.at_root(
        "bao-cao-nhap.md"
    )
    monkeypatch.undo()
    _, printed = move.run(move.root / "cu.sql")
    assert "1 mới" in printed and "ky-niem-45-nam" in " ".join(move.texts())


def test_a_picture_name_below_a_picture_is_a_word_and_no_caption(move: Move):
    move.old_file("images/kenh.jpg")
    move.old_file("images/dau.jpg")
    html = '<p><img src="images/dau.jpg"></p><p>Giữa.</p><p><img src="images/kenh.jpg"></p><p style="text-align:center">Hình 1</p><p>Hết.</p>'
    assert "![](kenh.jpg)\n\nHình 1\n" in one_story(move, "<p>Dẫn.</p>", html)


def test_articles_without_a_category_are_pages(move: Move):
    text = dumps.mysqldump(
        OldPortal(PORTAL.sections, [], [Story(1, "Lịch sử đơn vị", "<p>Dẫn.</p>", "<p>Chữ.</p>", category=0)]), "1.5"
    )
    move.run(move.dump(text))
    assert "khac: trang\n" in move.at_root("import.yaml") and "Chữ." in move.text("trang/lich-su-don-vi")
