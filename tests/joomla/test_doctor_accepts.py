"""Whatever an old text holds, the doctor finds no error in what it became, but for pictures that nobody has."""

from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.core.checks.item_checks import check_item
from plugins.core.errors import errors
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.source.item_parser import read_item
from plugins.core.text.dates import VIETNAM
from plugins.news.model import Article
from scripts.joomla.article import Converter
from scripts.joomla.item_text import Placement, fields_of, write_item
from scripts.joomla.model import OldArticle
from scripts.joomla.old_files import OldFolder
from scripts.joomla.references import Context
from scripts.joomla.target import Target
from tests.joomla.test_words_survive import _BLOCKS, _SPANS

_PARSER = MarkdownParser()
_ADDRESSES = st.sampled_from(
    [
        "http://a.vn/x",
        "https://a.vn/?a=1&b=2",
        "//a.vn/y",
        "www.a.vn",
        "mailto:a@b.vn",
        "mailto:",
        "tel:0123",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///C:/x.doc",
        "C:\\x.doc",
        "\\\\may\\x",
        "ftp://a.vn/x",
        "skype:abc",
        "http://localhost/x",
        "http://",
        "http://[",
        "#_ftn1",
        "index.php?option=com_content&view=article&id=1",
        "index.php?id=2",
        "/a/b.html",
        "images/x.pdf",
        "../x.jpg",
        "x%zz.jpg",
        "data:image/png;base64,AAAA",
        "data:image/png;base64,@@",
        "tin%20tuc/x.doc",
        "http://a.vn/(x)",
    ]
)
_LINKS = st.builds(
    '<p>a <a href="{}">chữ</a> <img src="{}" alt="{}"> b</p>'.format,
    _ADDRESSES,
    _ADDRESSES,
    st.sampled_from(["", "alt", 'x"y', "a.jpg", "Ảnh [1]"]),
)
_TITLES = st.text(st.sampled_from("Đoàn viên:#'\"[]{}&*!|>%@`\\-?,0123 \t\n“”<>\xa0\u200b\x07Ðđ"), max_size=25)
_MARKS = st.sampled_from(
    ["{youtube}x{/youtube}", "{gallery}a/b{/gallery}", "{mosimage}", "{loadposition x}", "{source}<?php ?>{/source}", "{tab=Một}", "{/tabs}", "<hr class='system-pagebreak' title='Phần hai'>", "<iframe src='//player.vn/1'></iframe>", "<script>x</script>", "<form><input name=a><select><option>b</select></form>", "<object><embed src='a.swf'></object>", "&amp;nbsp;", "&amp;#8230;", "<o:p>&nbsp;</o:p>", "<<<<<<< HEAD", "=======", "---"]
)  # fmt: skip
_HTML = st.lists(st.one_of(_BLOCKS, _LINKS, _MARKS, _SPANS), min_size=1, max_size=4).map("".join)


@settings(max_examples=300, deadline=None)
@given(_TITLES, _HTML, _HTML, st.text(max_size=20))
@example("", '<p>&amp;lt; Đoàn"</p>', "", "a, b: c #d")
def test_no_old_text_becomes_one_that_the_doctor_refuses(title, intro, full, author):
    article = OldArticle(key="a1", title=title, introtext=intro, fulltext=full, author=" ".join(author.split()))
    converted = Converter(article, Context(OldFolder(None), {"a1": "/tin-tuc/2020/01/x/"})).convert()
    name = title if any(map(str.isalnum, title)) else "Bài không tên"
    placement = Placement(
        Target("tin-tuc", "tinh-nguyen"), " ".join(name.split()), datetime(2020, 1, 1, tzinfo=VIETNAM), False
    )
    fields, _ = fields_of(placement, converted, "Đơn vị")
    text = write_item(fields, converted.body, "content/tin-tuc/x.md").text
    item, _, problems, _ = read_item(Article, text.encode("utf-8", "replace"), "tin-tuc/2020/01/x/index.md", _PARSER)
    all_problems = [*problems, *(check_item(item) if item else ())]
    assert errors(all_problems) == [], text
