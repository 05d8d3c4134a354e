"""A folder of saved pages moves in, when nobody has the database any more."""

import re
from pathlib import Path

import pytest

from plugins.core.text.vietnamese import nfc
from scripts.joomla.page_date import read_date
from scripts.joomla.page_html import decode
from tests.joomla.conftest import Move
from tests.joomla.words import words_of_html
from tests.tiny import ROOT

TITLE = "Chi đoàn thôn Hai mở lớp học bơi miễn phí"
LEAD = "Suốt tháng Bảy, chiều nào bến Cầu Tre cũng rộn tiếng trẻ con tập bơi."
TEXT = f"""
<p style="text-align: justify;">{LEAD}</p>
<p style="text-align: center;"><img src="{{up}}images/stories/2020/8c47dbe442dbbc85e5ca.jpg" alt="8c47dbe442dbbc85e5ca" /></p>
<p>Lớp có sáu mươi em, chia làm bốn nhóm; thầy dạy là đoàn viên trong thôn.</p>
<p style="text-align: center;"><img src="{{up}}images/stories/2020/837df9b2618d9fd3c69c.jpg" alt="837df9b2618d9fd3c69c" /></p>
<p style="text-align: center;"><em>Các em tập nổi ở chỗ nước nông</em></p>
<p>Mỗi nhóm có hai người lớn trông, một phao cứu sinh&nbsp;và một tủ thuốc.</p>
<p style="text-align: right;"><strong>Ban Thanh thiếu nhi</strong></p>
"""
SHELL = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="content-type" content="text/html; charset=utf-8" />
<title>{title}</title><script>var x = "<p>không</p>";</script></head><body>
<div id="ja-left"><h3>BR.TBKL</h3><div>Has no article!</div><a href="{up}index.php/lien-he">Liên hệ</a></div>
{body}
<div id="ja-right">Video tuyên truyền</div><div id="ja-footer">Địa chỉ: Đại lộ Suối Mây | Điện thoại: 000</div></body></html>"""
DATE = "Thứ năm, 30 Tháng 7 2020 16:36"
#: Template → the frame around a text, as it writes it.
FRAMES = {
    "Joomla 1.5": '<div class="pathway"><a>Trang chủ</a> » <a href="x">Thiếu nhi</a></div>'
    '<table class="contentpaneopen"><tr><td class="contentheading" width="100%">{title}</td>'
    '<td class="buttonheading"><a href="#"><img src="{up}templates/pdf.png" alt="PDF"></a></td></tr></table>'
    '<table class="contentpaneopen"><tr><td valign="top" class="createdate">{date}</td></tr>'
    '<tr><td valign="top" colspan="2">{text}<p>Gửi bình luận</p></td></tr></table>',
    "Joomla 1.5, with a writer": '<table class="contentpaneopen"><tr><td class="contentheading">{title}</td><td class="buttonheading"><img src="{up}M_images/printButton.png" alt="In"></td></tr></table>'
    '<table class="contentpaneopen"><tr><td width="70%" valign="top" colspan="2"><span class="small">Viết bởi Ban Thanh thiếu nhi</span></td></tr>'
    '<tr><td valign="top" colspan="2" class="createdate">{date}</td></tr><tr><td valign="top" colspan="2">{text}</td></tr>'
    '<tr><td colspan="2" class="modifydate">Lần cập nhật cuối ( Thứ sáu, 31 Tháng 7 2020 17:00 )</td></tr></table><div class="pathway"><a>Thiếu nhi</a></div>',
    "Gantry": '<div class="rt-article"><h1 class="rt-article-title">{title}</h1><div class="rt-articleinfo"><div class="rt-date-posted">{date}</div></div>'
    '<div class="rt-article-icons"><img src="{up}x.png" alt="PDF"></div>{text}</div><div class="breadcrumbs"><a>Thiếu nhi</a></div>',
    "Joomla 2.5": '<div class="breadcrumbs"><a>Trang chủ</a> <a>Thiếu nhi</a></div><div class="item-page"><h2><a href="x">{title}</a></h2>'
    '<ul class="actions"><li>In</li></ul><dl class="article-info"><dt>Chi tiết</dt><dd class="category-name"><a>Thiếu nhi</a></dd>'
    '<dd class="create">Được tạo ngày {date}</dd><dd class="createdby">Viết bởi Ban Thanh thiếu nhi</dd><dd class="hits">Lượt xem: 777</dd></dl>{text}</div>',
    "Joomla 4": '<nav class="breadcrumb"><a>Thiếu nhi</a></nav><div class="com-content-article item-page"><div class="page-header"><h1>{title}</h1></div>'
    '<dl class="article-info"><dd class="published"><time datetime="2020-07-30T09:36:00+00:00">30 Tháng 7 2020</time></dd></dl>'
    '<div class="com-content-article__body">{text}</div></div>',
    "K2, JA": '<div id="k2Container" class="itemView"><div class="itemHeader"><span class="itemDateCreated">{date}</span><h2 class="itemTitle">{title}</h2></div>'
    '<div class="itemToolbar"><ul><li>In</li></ul></div><div class="itemBody"><div class="itemFullText">{text}</div></div>'
    '<div class="itemCategory"><span>Trong</span><a>Thiếu nhi</a></div><div class="itemTagsBlock"><ul class="itemTags"><li><a>học bơi</a></li></ul></div>'
    '<a class="itemCommentsLink">Gửi bình luận</a></div>',
    "K2, introduction apart": '<div class="itemView"><div class="itemHeader"><span class="itemDateCreated">{date}</span><h2 class="itemTitle">{title}</h2></div>'
    '<div class="itemIntroText"><p>' + LEAD + '</p></div><div class="itemFullText">{rest}</div></div>',
}  # fmt: skip


def page(frame: str, up: str = "../../", title: str = TITLE, text: str = TEXT) -> str:
    text = text.replace("{up}", up)
    body = FRAMES[frame].format(
        title=title, date=DATE, text=text, rest=text.replace(f'<p style="text-align: justify;">{LEAD}</p>', ""), up=up
    )
    return SHELL.format(title=f"{title} - Cổng cũ", body=body, up=up)


def saved(move: Move, frame: str, path: str = "tin-tuc/thieu-nhi/24-lop-hoc-boi.html") -> Path:
    folder = move.root / "trang-luu"
    target = folder / "www.cong-cu.example" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(frame), "utf-8")
    (folder / "www.cong-cu.example" / "index.html").write_text(
        SHELL.format(title="Trang chủ", body="<div>Tin mới</div>", up=""), "utf-8"
    )
    for name in ("8c47dbe442dbbc85e5ca", "837df9b2618d9fd3c69c"):
        move.old_file(f"images/stories/2020/{name}.jpg")
    return folder


@pytest.mark.parametrize("frame", FRAMES)
def test_a_saved_page_gives_title_date_introduction_text_pictures_and_byline(move: Move, frame: str):
    code, printed = move.run(saved(move, frame))
    assert code == 0, printed
    text = move.text(
        "tin-tuc/2020/07/chi-doan-thon-hai-mo-lop-hoc-boi-mien-phi"
        if frame.startswith("-")
        else "tin-tuc/2020/07/lop-hoc-boi"
    )
    assert f"title: {TITLE}\ndate: 2020-07-30 16:36\n" in text
    assert f"summary: >-\n  {LEAD}\n" in text and "author: Ban Thanh thiếu nhi\n" in text
    assert "image: anh-1.jpg\n" in text and '![](anh-2.jpg "Các em tập nổi ở chỗ nước nông")' in text
    if frame != "K2, introduction apart":
        assert "category: thieu-nhi\n" in text
    assert not re.search(r"bình luận|Liên hệ|Lượt xem|BR\.TBKL|Video tuyên|8c47db|không</p>", text)
    words = re.findall(r"[^\W_]+", text)
    assert [word for word in words_of_html(TEXT) if word not in words] == []
    assert '"a24"' in (rules := move.at_root("redirects.map")) or '"k24"' in rules
    assert '"/tin-tuc/thieu-nhi/24-lop-hoc-boi" /tin-tuc/2020/07/lop-hoc-boi/;' in rules


def test_an_operator_can_edit_the_selectors(move: Move):
    folder = saved(move, "Joomla 1.5")
    target = folder / "www.cong-cu.example/tin-tuc/thieu-nhi/24-lop-hoc-boi.html"
    target.write_text(
        page("Joomla 1.5")
        .replace("contentpaneopen", "khung")
        .replace("contentheading", "ten")
        .replace("createdate", "ngay"),
        "utf-8",
    )
    code, printed = move.run(folder)
    assert code == 2 and "Sửa các bộ chọn trong import-trang.yaml" in printed
    selectors = move.root / "import-trang.yaml"
    text = (
        selectors.read_text("utf-8")
        .replace("article:", "article:\n  - body", 1)
        .replace('title:\n  - "', 'title:\n  - ".ten"\n  - "', 1)
    )
    text = text.replace("date:\n", 'date:\n  - ".ngay"\n', 1).replace(
        'text:\n  - "', 'text:\n  - "td[colspan]"\n  - "', 1
    )
    selectors.write_text(text, "utf-8")
    code, printed = move.run(folder)
    assert code == 0, printed
    assert "date: 2020-07-30 16:36\n" in move.text("tin-tuc/2020/07/lop-hoc-boi")
    selectors.write_text(text.replace(".ngay", "..ngay["), "utf-8")
    code, printed = move.run(folder)
    assert code == 2 and "[IMPORT_SELECTORS]" in printed


@pytest.mark.parametrize(
    ("name", "reason"), [("", "cũng không có trang HTML nào"), ("configuration.php", "dùng cho IMAGES")]
)
def test_a_folder_that_is_neither_pages_nor_dump_is_refused(move: Move, name: str, reason: str):
    folder = move.root / "nham"
    folder.mkdir()
    if name:
        (folder / name).write_text("<?php", "utf-8")
    code, printed = move.run(folder)
    assert code == 2 and reason in printed and not (move.root / "import-trang.yaml").exists()


def test_a_page_knows_where_it_was_saved_from(move: Move):
    folder = saved(move, "Joomla 2.5", "trang.htm")
    target = folder / "www.cong-cu.example/trang.htm"
    comment = (
        "<!-- saved from url=(0066)http://www.cong-cu.example/index.php?option=com_content&view=article&id=77 -->\n"
    )
    target.write_text(comment + target.read_text("utf-8"), "utf-8")
    move.run(folder)
    assert '"a77" ' in move.at_root("redirects.map")


def test_a_name_with_a_query_is_the_address_that_wget_saved(move: Move):
    move.run(saved(move, "Joomla 1.5", "index.php@option=com_content&view=article&id=24%3Alop&Itemid=3"))
    assert '"a24" ' in move.at_root("redirects.map")


def test_the_print_version_of_a_page_is_no_second_article(move: Move):
    folder = saved(move, "Joomla 2.5")
    other = folder / "www.cong-cu.example/tin-tuc/thieu-nhi/24-lop-hoc-boi4d2f.html"
    other.write_text(page("Joomla 2.5"), "utf-8")
    _, printed = move.run(folder)
    assert "1 bài: 1 mới" in printed


BLOG = (
    '<table class="blog"><tr><td><div><table class="contentpaneopen"><tr><td class="contentheading">{0}</td></tr></table>'
    '<table class="contentpaneopen"><tr><td class="createdate">{1}</td></tr><tr><td valign="top" colspan="2">Mở đầu.</td></tr></table></div></td></tr></table>'
)
ARTICLES = '<div class="list"><article><h2>{0}</h2>{1}<p>Mở đầu.</p></article><article><h2>Bài khác</h2>{1}<p>Một.</p></article></div>'


@pytest.mark.parametrize("frame", [BLOG, ARTICLES])
def test_a_list_of_introductions_is_no_article(move: Move, frame: str):
    folder = saved(move, "Joomla 1.5")
    (folder / "www.cong-cu.example/index.html").write_text(
        SHELL.format(title="Tin", body=frame.format(TITLE, DATE), up=""), "utf-8"
    )
    _, printed = move.run(folder)
    assert "1 bài: 1 mới" in printed and LEAD in move.text("tin-tuc/2020/07/lop-hoc-boi")


def test_a_page_without_a_date_becomes_a_draft(move: Move):
    folder = saved(move, "Joomla 1.5")
    file = folder / "www.cong-cu.example/tin-tuc/thieu-nhi/24-lop-hoc-boi.html"
    file.write_text(file.read_text("utf-8").replace(DATE, ""), "utf-8")
    move.run(folder)
    assert "status: draft\n" in move.text("tin-tuc/2000/01/lop-hoc-boi")
    assert "không có ngày" in move.at_root("bao-cao-nhap.md")


def test_extra_fields_and_attachments_of_k2_stand_below_the_text(move: Move):
    folder = saved(move, "K2, JA")
    file = folder / "www.cong-cu.example/tin-tuc/thieu-nhi/24-lop-hoc-boi.html"
    more = '<div class="itemExtraFields"><ul><li>Địa điểm: thôn Hai</li></ul></div><div class="itemAttachmentsBlock"><ul><li>Mẫu đơn</li></ul></div>'
    file.write_text(
        file.read_text("utf-8").replace('<div class="itemCategory">', more + '<div class="itemCategory">'), "utf-8"
    )
    move.run(folder)
    assert "- Địa điểm: thôn Hai" in (text := move.text("tin-tuc/2020/07/lop-hoc-boi")) and "- Mẫu đơn" in text


#: How a program names the file of article 25, and links to it.
PROGRAMS = {
    "wget": (
        "index.php?option=com_content&view=article&id=25.html",
        "index.php%3Foption=com_content&view=article&id=25.html",
    ),
    "HTTrack": ("index0c2d.html", "index0c2d.html"),
    "others": (
        "index.php_option=com_content&view=article&id=25.html",
        "/index.php?option=com_content&view=article&id=25",
    ),
    "Wayback Machine": (
        "web/20210101000000/http:/www.cu.vn/tin/25-y.html",
        "/web/20210101000000/http://{host}/tin/25-y.html",
    ),
    "Wayback downloader": ("tin/25-y.html/index.html", "/tin/25-y.html"),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_links_among_saved_pages_lead_to_the_new_pages(move: Move, program: str):
    name, link = PROGRAMS[program]
    folder = saved(move, "Joomla 2.5", "24-x.html")
    linked = page("Joomla 2.5", "", TITLE, f'{TEXT}<p>Xem <a href="{link.format(host="localhost")}">bài kia</a>.</p>')
    (folder / "www.cong-cu.example/24-x.html").write_text(linked, "utf-8")
    other = folder / "www.cong-cu.example" / name
    other.parent.mkdir(parents=True, exist_ok=True)
    mark = (
        "<!-- Mirrored from www.cu.vn/index.php?option=com_content&view=article&id=25 by HTTrack -->"
        if program == "HTTrack"
        else ""
    )
    toolbar = "<!-- BEGIN WAYBACK TOOLBAR INSERT --><article>x</article><!-- END WAYBACK TOOLBAR INSERT -->"
    other.write_text(mark + toolbar + page("Joomla 2.5", "", "Bài kia"), "utf-8")
    move.run(folder)
    assert "Xem [bài kia](/tin-tuc/2020/07/bai-kia/)." in "".join(
        raw.decode() for path, raw in move.texts().items() if path.endswith(".md")
    )
    assert '"a25" ' in (rules := move.at_root("redirects.map")) and '"/index' not in rules


def test_pictures_saved_with_the_pages_are_found_there(move: Move):
    folder = saved(move, "Joomla 2.5")
    (move.images / "images").rename(folder / "www.cong-cu.example/images")
    move.images.rmdir()
    move.run(folder)
    assert "image: anh-1.jpg" in move.text("tin-tuc/2020/07/lop-hoc-boi")
    assert (move.site.content / "tin-tuc/2020/07/lop-hoc-boi/anh-1.jpg").is_file()


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("unicode", "utf-16"),
        ("windows-1258", "cp1258"),
        ("x-viet", "utf-8-sig"),
    ],
)
def test_pages_are_read_in_the_encoding_that_they_have(declared: str, codec: str):
    text = (
        f'<meta charset="{declared}">Mở lớp' if codec != "cp1258" else f'<meta charset="{declared}">Mơ\u0309 lơ\u0301p'
    )
    assert nfc(decode(text.encode(codec))).endswith(">Mở lớp")


@pytest.mark.parametrize(
    ("shown", "utc"),
    [
        ("Thứ năm, 30 Tháng 7 2020 16:36", "2020-07-30 09:36:00"),
        ("Chủ nhật, 01 Tháng 1 2012 00:05", "2011-12-31 17:05:00"),
        ("30/07/2020 16:36", "2020-07-30 09:36:00"),
        ("Cập nhật lúc 16:36, ngày 30/7/2020", "2020-07-30 09:36:00"),
        ("Ngày 30 tháng 7 năm 2020", "2020-07-29 17:00:00"),
        ("Thursday, 30 July 2020 16:36", "2020-07-30 09:36:00"),
        ("2020-07-30T09:36:00+00:00", "2020-07-30 09:36:00"),
        ("99/99/2020", ""),
        ("không có ngày", ""),
    ],
)
def test_dates_of_pages(shown: str, utc: str):
    assert read_date(shown) == utc


SEED = ROOT.parent / "shared" / "seed" / "trang-cu.txt"


def seed_text() -> str:
    """The old portal's own page as templates write it: hashes are pictures, what follows them centred is a caption."""
    lines = [line.strip() for line in SEED.read_text("utf-8").splitlines()]
    begin = next(number for number, line in enumerate(lines) if line.startswith("Thứ năm, 30 Tháng 7"))
    end = lines.index("Gửi bình luận")
    html, after_picture = [], False
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines[begin + 1 : end])):
        for row in paragraph.strip().split("\n"):
            if re.fullmatch(r"[0-9a-f]{20}|[\d ]+[no]", row):
                html.append(
                    f'<p style="text-align:center"><img src="images/{row.replace(" ", "_")}.jpg" alt="{row}" /></p>'
                )
                after_picture = True
                paragraph = paragraph.replace(row, "", 1).strip()
        if paragraph:
            is_caption = after_picture and len(paragraph) < 200
            style = ' style="text-align: center;"' if is_caption else ' style="text-align: justify;"'
            words = paragraph.replace("\n", "<br />")
            html.append(f"<p{style}>{words}</p>")
            after_picture = False
    html[-1] = html[-1].replace("justify", "right")
    return "\n".join(html)


@pytest.mark.skipif(not SEED.is_file(), reason="the old portal's page lies beside the project's own repository only")
@pytest.mark.parametrize("frame", ["Joomla 1.5", "Joomla 4", "K2, JA"])
def test_the_old_portals_own_page_comes_along_word_for_word(move: Move, frame: str):
    title, text = "Nâng cao chất lượng hoạt động chi đoàn trên địa bàn dân cư năm 2020", seed_text()
    folder = move.root / "trang-luu"
    folder.mkdir()
    (folder / "24-nang-cao.html").write_text(page(frame, "", title, text), "utf-8")
    for name in re.findall(r'src="images/([^"]+)"', text):
        move.old_file(f"images/{name}")
    code, printed = move.run(folder)
    assert code == 0, printed
    [path] = [path for path in move.texts() if path.startswith("tin-tuc/2020/07/") and path.endswith(".md")]
    new = (move.site.content / path).read_text("utf-8")
    assert f"title: {title}\ndate: 2020-07-30 16:36\n" in new and "author: Ban Xây dựng Đoàn Tỉnh đoàn\n" in new
    assert '"Một số hình ảnh Cuộc thi Nghiệp vụ, kỹ năng cán bộ đoàn thôn, khu phố"' in new
    assert new.count("![") == 6 and "image: anh-1.jpg\n" in new and "8c47dbe" not in new and "Gửi bình luận" not in new
    words = re.findall(r"[^\W_]+", new)
    assert [word for word in words_of_html(text) if word not in words] == []
    assert [line for line in move.check().splitlines() if "(cảnh báo)" not in line and path in line] == []
