"""Markdown → safe HTML whose links and pictures are still as written."""

import os

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from plugins.core.markdown.converter import CONFIGS, EXTENSIONS, Dialect, Shape, normalize
from plugins.core.markdown.fragment import ImageRef, LinkRef
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.markdown.sanitize import ALLOWED_TAGS, EVENT_HANDLER, TAG_NAME
from plugins.core.runtime.cpu_limit import LimitError, processor_time
from tests.world import MARKUP, ROOT


def html(text):
    """Return the fragment as text, links by their address, pictures as ``[role src|alt]``."""
    shown = []
    for piece in MARKUP.parse(text).pieces:
        if isinstance(piece, ImageRef):
            piece = f"[{piece.role} {piece.src}|{piece.alt}]"
        elif isinstance(piece, LinkRef):
            piece = piece.href
        shown.append(piece)
    return "".join(shown)


def test_a_picture_alone_is_a_figure_with_its_caption():
    assert (
        html('![mô tả](anh.jpg "chú thích")')
        == "<figure>[wide anh.jpg|mô tả]<figcaption>chú thích</figcaption>\n</figure>"
    )


def test_several_pictures_in_one_paragraph_are_a_gallery():
    shown = html('![a](1.jpg "x")\n![b](2.jpg)')
    assert (
        shown.startswith('<div class="gallery">') and shown.count("<figure>") == 2 and shown.count("<figcaption>") == 1
    )
    assert "[grid 1.jpg|a]" in shown and "[grid 2.jpg|b]" in shown


@pytest.mark.parametrize(
    ("count", "classes"),
    [(2, "gallery"), (3, "gallery odd"), (8, "gallery"), (9, "gallery odd many"), (10, "gallery many")],
)
def test_a_gallery_says_how_it_is_laid_out_before_its_pictures_arrive(count, classes):
    shown = html("\n".join(f"![a](anh-{number}.jpg)" for number in range(count)))
    assert shown.startswith(f'<div class="{classes}">') and shown.count("<figure>") == count


@pytest.mark.parametrize(
    "text",
    [
        "![m](a.jpg)\n*Chú **thích***",
        "![m](a.jpg)\n_Chú **thích**_",
        "![m](a.jpg) *Chú **thích***",
        "![m](a.jpg)  \n*Chú **thích***",
    ],
)
def test_emphasised_words_right_under_a_picture_are_its_caption(text):
    assert "<figcaption>Chú <strong>thích</strong></figcaption>" in html(text) and "<p>" not in html(text)
    assert MARKUP.parse(text).refs[0].caption == "Chú thích"


def test_each_picture_of_a_gallery_may_have_its_caption():
    shown = html('![a](1.jpg)\n*một*\n![b](2.jpg "hai")\n*ba*\n![c](3.jpg)')
    assert shown.count("<figure>") == 3
    assert "<figcaption>một</figcaption>" in shown and "<figcaption>hai ba</figcaption>" in shown


def test_emphasis_elsewhere_is_no_caption():
    assert "<figcaption>" not in html("*a*\n![m](a.jpg)") + html("![m](a.jpg)\n*a* b") + html("![m](a.jpg)\n\n*a*")


def test_a_picture_within_a_sentence_stays_there():
    assert "<figure>" not in html("Nhìn ![a](1.jpg) đây.")


def test_the_highest_heading_of_a_body_is_h2():
    assert "<h2" in html("# Một\n\n## Hai") and "<h3" in html("# Một\n\n## Hai") and "<h1" not in html("# Một")
    assert "<h2" in html("### Ba")


def test_a_heading_can_be_linked_to_by_its_slug():
    assert 'id="ket-qua-dat-duoc"' in html("## Kết quả đạt được")


def test_a_table_scrolls_in_a_box_and_aligns_by_class():
    shown = html("|a|b|\n|-|-:|\n|1|2|")
    assert (
        'class="table"' in shown
        and 'tabindex="0"' in shown
        and '<td class="right">2</td>' in shown
        and "style" not in shown
    )


TYPED = (
    "<table><tr><td><b>Đơn vị</b></td><td><strong>Số</strong></td></tr><tr><td>La Gi</td><td {}>120</td></tr></table>"
)


@pytest.mark.parametrize("align", ["align=right", 'align="right"', "style='width:9px; text-align: right'"])
def test_a_table_typed_as_html_is_as_markdowns(align):
    shown = html(TYPED.format(align))
    assert '<div aria-label="Bảng 1" class="table" role="region" tabindex="0">' in shown
    assert "<th><b>Đơn vị</b></th>" in shown and '<td class="right">120</td>' in shown and "<td>La Gi</td>" in shown


def test_tables_are_counted_and_one_within_another_has_no_box():
    shown = html("a|b\n-|-\n\n<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>\n\nc|d\n-|-")
    assert [f'"Bảng {number}"' in shown for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert shown.count("<div") == shown.count("</div>") == 3


def test_a_first_row_that_is_bold_in_part_is_no_header():
    assert "<th>" not in html("<table><tr><td><b>a</b></td><td>b</td></tr></table>")


def test_an_anchor_typed_by_name_is_one():
    fragment = MARKUP.parse('<a name="lich"></a>\n\n[x](#lich)')
    assert fragment.outline.anchors == ("lich",)
    assert MARKUP.parse("<a class=x name='y'>z</a> <a href='/b' name=c>d</a>").outline.anchors == ("y", "c")


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("** đậm **", " đậm "), ("**đậm **chữ", "đậm "), ("** đậm**", " đậm"), ("a **b** c ** đậm ** d", " đậm "),
        ("**Điều 1:**Nội dung", "Điều 1:"),
    ],
)  # fmt: skip
def test_blanks_within_the_marks_of_bold_are_forgiven(text, bold):
    assert f"<strong>{bold}</strong>" in html(text) and "*" not in html(text)


def test_marks_of_bold_that_do_not_pair_stay():
    assert "<strong>" not in html("a ** b") + html("2 ** 3 ** 4")


def test_a_blank_between_words_and_address_is_forgiven_where_an_address_follows():
    assert '<a href="/tuyen-dung/">Tuyển dụng</a>' in html("[Tuyển dụng] (/tuyen-dung/)")
    assert "[wide a.jpg|mô tả]" in html("![mô tả] (a.jpg)")
    assert "<a" not in html("[Tuyển dụng] (xem trang sau)")


def test_struck_words_and_a_backslash_at_the_end_of_a_line():
    assert html("~~bỏ~~ một\\\nhai") == "<p><del>bỏ</del> một<br>\nhai</p>"


def test_links_keep_their_address_as_written():
    fragment = MARKUP.parse("[a](../b/index.md#c) <https://x.vn/?a=1&b=2>")
    assert [ref.href for ref in fragment.refs] == ["../b/index.md#c", "https://x.vn/?a=1&b=2"]


def test_an_address_is_found_where_it_stands_whole():
    text = "[a](/tin-tuc/bai-dai/) `/tin` [b](/tin)\n<https://a.vn/b> [c]( https://a.vn )\n\n[d]: /tin-tuc\n\n[d] ![e](/tin-tuc)"
    references = [(getattr(ref, "href", "") or ref.src, *ref.position) for ref in MARKUP.parse(text).refs]
    assert references[:3] == [("/tin-tuc/bai-dai/", 0, 4), ("/tin", 0, 34), ("https://a.vn/b", 1, 1)]
    assert references[3] == ("https://a.vn", 1, 22) and ("/tin-tuc", 3, 5) in references


@pytest.mark.parametrize(
    ("text", "name", "column"),
    [
        ("a [kho](ftp://x.vn/a)", "ftp:", 8), ("![x](file:///C:/a.jpg)", "file:", 5), ("[x](C:/a.doc)", "file:", 4),
        ("[x](C:\\a.doc)", "file:", 4), ("<a href='sms:113'>x</a>", "sms:", 9), ("[x](javascript:a) [y](ftp://b)", "href", 4),
    ],
)  # fmt: skip
def test_an_address_that_no_browser_opens_is_named_by_its_scheme(text, name, column):
    removed = MARKUP.parse(text).removed
    assert (removed[0].name, removed[0].is_loss, removed[0].position.column) == (name, True, column)


@pytest.mark.parametrize(
    "text", ["<table><td>a</td> b", "<title>a</title>", "<col>a", "<frameset>a</frameset>b", "<plaintext>a"]
)
def test_words_among_odd_tags_stay(text):
    fragment = MARKUP.parse(text)
    page = "".join(piece for piece in fragment.pieces if isinstance(piece, str))
    assert all(word in page for word in "ab" if f">{word}" in text) and not any(
        removed.is_loss for removed in fragment.removed
    )


def test_quotes_and_angles_in_alternative_text_survive():
    (ref,) = MARKUP.parse('![a > "b" & c](x.jpg)').refs
    assert ref.alt == 'a > "b" & c'


def test_template_syntax_stays_literal():
    assert "{{ 7*7 }}" in html("{{ 7*7 }}") and "{% include 'x' %}" in html("{% include 'x' %}")


ACTIVE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVa&#x09;script:alert(1))",
    "<a href='data:text/html,x'>a</a>",
    "<iframe src=//evil></iframe>",
    "<svg onload=alert(1)>",
    "<math><mtext><style><img src=x onerror=alert(1)>",
    "<form action=/x><input name=a></form>",
    "<base href=//evil>",
    "<meta http-equiv=refresh content=0>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>a</p>",
    '[x](y){: onclick="alert(1)" }',
    '![a](b.jpg){: onerror="alert(1)" srcset="//evil" }',
]


@pytest.mark.parametrize("text", ACTIVE)
def test_nothing_active_survives(text):
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html(text), "html.parser")
    assert not soup.find(
        ["script", "iframe", "svg", "math", "form", "input", "base", "meta", "style", "object", "embed"]
    )
    for element in soup.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on") or name in ("style", "srcdoc", "srcset")]
        assert not str(element.get("href", "")).lower().startswith(("javascript", "data", "vbscript"))


@given(st.text(max_size=300))
def test_any_text_becomes_a_fragment_that_is_the_same_again(text):
    assert MARKUP.parse(text) == MARKUP.parse(text)


def test_one_texts_footnotes_do_not_leak_into_the_next():
    MARKUP.parse("a[^1]\n\n[^1]: Ghi chú.")
    assert "footnote" not in html("b")


@pytest.mark.parametrize("hard", ["![" * 5000, "[" * 40_000, "".join("  " * depth + "- a\n" for depth in range(600))])
def test_a_text_that_was_given_up_leaves_nothing_to_the_next(hard):
    markup = MarkdownParser()
    with pytest.raises((LimitError, RecursionError)), processor_time(0.05):
        markup.parse(hard)
    for text in ("![x](https://e.example/a.gif)", "- a\n\n    b", '<img src="a.gif">', "*a* **b** _c_"):
        assert markup.parse(text) == MarkdownParser().parse(text)


class Library:
    """Python-Markdown alone, in the place of our ``Converter``: with our shapes, without our shortcuts."""

    def __init__(self):
        self._markdown = markdown.Markdown(
            extensions=[Dialect(), *EXTENSIONS, Shape()], extension_configs=CONFIGS, output_format="html"
        )

    @property
    def notes(self):
        return self._markdown.parser.notes

    def html(self, text):
        return self._markdown.reset().convert(normalize(text))


LIBRARY = MarkdownParser()
LIBRARY._converter = Library()


def test_plain_forms_are_made_without_the_librarys_search(monkeypatch):
    monkeypatch.setattr(InlineProcessor, "run", lambda *_: pytest.fail("searched"))
    shown = html('Xem [x](y "z"), *a*, **b**.\n\n- ![m](n.jpg)\n')
    assert (
        '<p>Xem <a href="y" title="z">x</a>, <em>a</em>, <strong>b</strong>.</p>' in shown and "[wide n.jpg|m]" in shown
    )


def same(text):
    assert MARKUP.parse(text) == LIBRARY.parse(text)


#: What a text may be made of: signs, plain forms, forms that are nearly plain, and blocks of all kinds.
PIECES = [
    *"#>*_-+=|`[]()!<&:{}\\~\"'^ \n",
    *("\n\n", "    ", "\t", "\xa0", "  \n", " \n", "x", "A", "Đoàn viên", "7", "1. ", "٣. ", "- ", "> "),
    *("[^1]", "[^1]: y", "*[A]: b", "---|---", "&amp;", "&#61;", "&#60;i", " onx", "<b>", "<p>", "```\n", "~~~\n", "---\n", "===\n", "## "),
    *("[x](y)", "![x](y.jpg)", '[x](y "z")', "[x](y 'z')", "[x](<y z>)", "[x](y(z))", "[x](y_z_*)", "[x] (y)", "[](y)"),
    *("[a [b](c)](d)", "[x][y]", "[x]", "\n\n[x]: /z\n\n", "![a](b)![c](d)", "[*x*](y)", "[^x](y)", "![x](y \"(a) & *b*\")"),
    *("*a*", "**a**", "***a***", "*a**", "_a_", "__a__", "*a b*", "**a *b* c**", "* a*", "*a *", "a*b*c", "{.c}", "{: #i title=t}"),
    *("\n\nMột đoạn.\n", "\n\n## Đầu *đề* [x](y)\n\n", "\n\n- một\n- *hai*\n", "\n\n1. [x](y)\n\n    ba\n", "\n\n> lời\n"),
    *("\n\n|a|b|\n|-|-|\n|*c*|[d](e)|\n\n", "\n\n    mã\n\n", "\n\n<div>*a*</div>\n\n", "[TOC]", "///Footnotes Go Here///"),
]  # fmt: skip


@settings(max_examples=int(os.environ.get("FUZZ", "400")))
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_shortcuts_make_what_the_library_makes(pieces):
    same("".join(pieces))


@settings(max_examples=int(os.environ.get("FUZZ", "400")))
@given(st.lists(st.sampled_from([piece for piece in PIECES if not set(piece) & set("<={")]), max_size=30))
def test_tags_and_handlers_of_others_need_one_of_three_signs(pieces):
    unsafe = LIBRARY._converter.html("".join(pieces))
    assert {name.lower() for name in TAG_NAME.findall(unsafe)} <= ALLOWED_TAGS and not EVENT_HANDLER.search(unsafe)


@pytest.mark.parametrize("first", PIECES)
def test_shortcuts_make_what_the_library_makes_of_any_two_pieces(first):
    for second in PIECES:
        same(f"Đoàn {first} xã {second}viên")
        same(f"{second}\n{first}a")


@pytest.mark.parametrize("path", sorted(ROOT.glob("content/**/*.md")), ids=str)
def test_shortcuts_make_what_the_library_makes_of_the_demonstration(path):
    same(path.read_text("utf-8"))


def test_a_picture_that_is_a_link_is_a_figure_too():
    shown = html("[![mô tả](a.jpg)](b.pdf)\n*Chú thích*")
    assert shown.startswith("<figure><a") and "<figcaption>Chú thích</figcaption>" in shown
    assert "<figure>" not in html("[![mô tả](a.jpg) chữ](b.pdf)")


def test_attributes_behind_a_picture_make_it_no_sentence():
    assert html("![mô tả](a.jpg){width=50%}\n*Chú thích*").startswith("<figure>[wide a.jpg")


@pytest.mark.parametrize(
    "text", ["chữ ![m](a.jpg {}) chữ", "- ![m](a.jpg {})", "|a|\n|-|\n|![m](a.jpg {})|", "[![m](a.jpg {}) x](/b)"]
)
def test_the_caption_of_a_picture_among_words_is_not_lost(text):
    assert "<em>Chú thích</em>" in html(text.format('"Chú thích"'))


def test_a_picture_in_the_place_of_a_caption_is_not_lost():
    assert html("![m](a.jpg)\n*![n](b.jpg)*").count("jpg") == 2


@pytest.mark.parametrize("text", ["", "`[^1]`", "<div>a[^1]</div>", "![a[^1]](b.jpg)"])
def test_a_note_leads_back_only_to_a_sign_that_is_on_the_page(text):
    fragment = MARKUP.parse(f"một[^2]\n\n{text}\n\n[^1]: lời\n\n[^2]: lời")
    links = [ref.href for ref in fragment.refs if isinstance(ref, LinkRef)]
    assert fragment.removed == ()
    assert links == ["#fn:2", "#fnref:2"] and "".join(map(str, fragment.pieces)).count("lời") == 2


@pytest.mark.parametrize("text", ["Https://a.vn", "[x](HTTPS://a.vn)", "<Https://a.vn>"])
def test_a_scheme_may_be_typed_in_capitals(text):
    (ref,) = MARKUP.parse(f"Một {text}").refs
    assert ref.href == "https://a.vn" and ref.position.column > 0


@pytest.mark.parametrize("name", ["video", "audio"])
def test_a_film_that_is_taken_out_is_a_loss(name):
    (removed,) = MARKUP.parse(f"<{name} src='a.mp4' controls></{name}>").removed
    assert (removed.name, removed.is_loss) == (name, True)


def test_rows_that_a_spreadsheet_put_on_the_clipboard_are_told():
    (remark,) = MARKUP.parse("Kết quả:\n\nĐơn vị\tSố\nLa Gi\t120\nTuy Phong\t95").remarks
    assert (remark.code, remark.position.line) == ("TABLE_TABS", 2)
    for text in (
        "\tThụt đầu dòng.\n\tThêm một dòng.",
        "Một\thai\n\nba\tbốn",
        "```\na\tb\nc\td\n```",
        "|a\t|b\n|-|-|",
        "-\tMột\n-\tHai",
        "1.\tMột\n2.\tHai",
        "a)\tMột\nb)\tHai",
    ):
        assert not [remark for remark in MARKUP.parse(text).remarks if remark.code == "TABLE_TABS"], text
