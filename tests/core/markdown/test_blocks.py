"""Blocks are read as CommonMark reads them; markdown-it-py is held beside ours."""

import os
import re

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.footnote import footnote_plugin

from plugins.core.markdown.converter import Converter
from tests.world import MARKUP, ROOT

OURS = Converter()
EXAMPLES = int(os.environ.get("FUZZ", "400"))


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's paragraph, but for its rule that a line four blanks deeper goes on with it whatever it
    begins with: indentation says nothing here."""
    rules = state.md.block.ruler.getRules("paragraph")
    before, state.parentType = state.parentType, "paragraph"
    line = start + 1
    while line < state.lineMax and not state.isEmpty(line):
        if state.sCount[line] >= 0 and any(rule(state, line, state.lineMax, True) for rule in rules):
            break
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = (
        state.getLines(start, line, state.blkIndent, False).strip(),
        [start, line],
        [],
    )
    state.push("paragraph_close", "p", -1)
    state.parentType = before
    return True


REFERENCE = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code").use(footnote_plugin)
REFERENCE.block.ruler.at("paragraph", _paragraph)

BLOCKS = {
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "table",
    "tr",
    "th",
    "td",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "p",
}


def structure(html: str) -> list[object]:
    """Return the blocks of ``html``, their depth and order, pictures, and the letters within them; the highest
    heading is h2. Signs of emphasis and code that stayed are no letters."""
    blocks: list[object] = []

    def walk(element: Tag) -> None:
        for child in element.children:
            if not isinstance(child, Tag):
                letters = re.sub(r"[\s*_`~]+", "", str(child))
                if letters and blocks and isinstance(blocks[-1], str):
                    blocks[-1] += letters
                elif letters:
                    blocks.append(letters)
            elif child.name in BLOCKS or child.name == "figure" or "gallery" in child.get("class", ()):
                is_paragraph = child.name not in BLOCKS  # pictures alone: ours is a figure
                if is_paragraph and child.parent and "gallery" in child.parent.get("class", ()):
                    walk(child)
                    continue
                name = "p" if is_paragraph else child.name
                blocks.append((name, child.get("start")))
                walk(child)
                blocks.append(("end", name))
            elif child.name == "img":
                blocks.append(("img", child.get("src")))
                walk(BeautifulSoup(child.get("title", ""), "html.parser"))  # ours is a caption
            else:
                walk(child)

    soup = BeautifulSoup(html, "html.parser")
    for table in soup.select("table"):
        for row in table.select("tr"):  # GFM drops cells that are too many, ours keeps them
            for cell in row.select("td")[len(table.select("th")) :]:
                cell.decompose()
    for extra in soup.select("sup, .footnote-backref, .footnotes-sep, .footnote > hr"):
        extra.decompose()
    walk(soup)
    levels = [int(piece[0][1]) for piece in blocks if isinstance(piece, tuple) and re.fullmatch(r"h[1-6]", piece[0])]
    shift = 2 - min(levels, default=2)

    def shifted(name: str | None) -> str | None:
        return f"h{min(int(name[1]) + shift, 6)}" if name and re.fullmatch(r"h[1-6]", name) else name

    return [tuple(map(shifted, piece)) if isinstance(piece, tuple) else piece for piece in blocks]


def same(text: str) -> None:
    assert structure(OURS.html(text)) == structure(REFERENCE.render(text))


INDENTS = ["", "", "", "", " ", "  ", "   "]
MARKERS = [
    *(
        "",
        "",
        "",
        "",
        "- ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2. ",
        "10. ",
        "1) ",
        "> ",
        ">",
        "# ",
        "## ",
        "- - ",
        "> - ",
        "- > ",
        "1. - ",
    ),
    *("---", "***", "===", "-", "1.", "a|b", "-|-", "|-|-|", "* * *", "```", "~~~", "```js", "````"),
]
WORDS = ["a", "b c", "**d**", "`e`", "[x]", "", "đoàn", "*h*", "![m](n.jpg)", "# ", "1. "]
LINES = st.builds(
    lambda indent, marker, words: indent + marker + ("" if marker.startswith(("`", "~")) else words),
    st.sampled_from(INDENTS), st.sampled_from(MARKERS), st.sampled_from(WORDS),
)  # fmt: skip


def is_read_in_one_way(text: str) -> bool:
    """Return whether CommonMark's own programs agree on ``text``. They do not where a table's second line stands
    below a list's or a quotation's marker (whether the line above it goes on with the list, or begins the
    table), where an item begins with two blank lines, and on the blank line in a fence that its item's end
    closes."""
    under_marker = re.search(r"^[ >]*(?:[-+*>]|\d+[.)]).*(?:\n[ >]*[^\s>].*)*\n[ >|:-]*-[ |:-]*$", text, re.M)
    empty_item = re.search(r"(?:[-+*]|\d[.)])[ >]*\n[ >]*\n", text)
    OURS.html(text)
    return not under_marker and not empty_item and not any(note.code == "FENCE_OPEN" for note in OURS.notes)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.one_of(LINES, st.just("")), max_size=8))
@example(["- a", "", "  - b", "- c"])
@example(["> a", "b", "> - c", "d"])
@example(["1. a", "   - b", "", "     c", "2. d"])
def test_generated_texts_have_commonmarks_structure(lines):
    text = "\n".join(lines)
    if is_read_in_one_way(text):
        same(text)


@pytest.mark.parametrize("path", sorted(ROOT.glob("content/**/*.md")), ids=str)
def test_the_demonstrations_texts_have_commonmarks_structure(path):
    same(path.read_text("utf-8").split("\n---\n", 1)[1])


def html(text: str) -> str:
    return OURS.html(text)


def test_a_list_right_under_a_sentence_is_a_list():
    for marker in ("-", "*", "+", "•", "-\N{NO-BREAK SPACE}".strip(" ")):
        shown = html(f"Hồ sơ gồm:\n{marker} Đơn\n{marker} Ảnh")
        assert shown.startswith("<p>Hồ sơ gồm:</p>") and shown.count("<li>") == 2, marker
    assert "<ol>\n<li>Đơn</li>\n<li>Ảnh</li>\n</ol>" in html("Hồ sơ gồm:\n1. Đơn\n2. Ảnh")


def test_a_year_at_the_beginning_of_a_line_begins_no_list():
    assert "<ol" not in html("Ông về hưu năm\n1986. Từ đó đến nay")


def test_a_table_right_under_a_sentence_is_a_table():
    shown = html("Kết quả:\n|Đơn vị|Số|\n|---|--:|\n|La Gi|120|")
    assert shown.startswith("<p>Kết quả:</p>") and "<table>" in shown and 'class="right"' in shown


def test_a_table_stands_in_a_list_and_in_a_quotation():
    assert re.search(
        r"<li>\s*<div.*<table>.*<td>1</td>.*</li>|<li>\s*<table>.*<td>1</td>.*</li>", html("- a|b\n  -|-\n  1|2"), re.S
    )
    assert re.search(r"<blockquote>.*<table>.*<td>1</td>.*</blockquote>", html("> a|b\n> -|-\n> 1|2"), re.S)


def test_a_list_nests_by_the_width_of_the_marker():
    assert re.search(r"Khối\s*<ul>\s*<li>Trung học", html("- Khối\n  - Trung học"))
    assert re.search(r"Bước\s*<ul>\s*<li>ý a", html("1. Bước\n   - ý a"))
    assert re.search(r"Bước\s*<ul>\s*<li>ý a", html("1. Bước\n\t- ý a"))


def test_brackets_number_a_list_too():
    assert html("1) một\n2) hai").count("<li>") == 2


def test_numbers_stay_as_their_author_wrote_them():
    assert 'start="3"' in html("3. ba\n4. bốn") and 'value="7"' in html("1. một\n2. hai\n7. bảy")
    assert "value" not in html("1. một\n1. hai\n1. ba") and "value" not in html("1. một\n2. hai\n3. ba")


def test_code_between_fences_stands_in_a_list_item():
    assert re.search(r"Chạy:\s*<pre><code># b\n</code></pre>", html("- Chạy:\n    ```\n    # b\n    ```"))


def test_a_fence_has_a_language_and_more():
    assert html("```js {1}\nx\n```") == "<pre><code>x\n</code></pre>"
    assert html('```python title="a.py"\nx\n```') == "<pre><code>x\n</code></pre>"


def test_a_sentence_behind_a_fence_is_not_lost():
    assert "Lưu ý quan trọng" in html("```Lưu ý quan trọng\nx\n```")


@pytest.mark.parametrize("indent", ["\t", "    ", "  ", "\N{NO-BREAK SPACE}" * 4, "\N{IDEOGRAPHIC SPACE}"])
def test_an_indented_first_line_is_a_typists_habit(indent):
    assert html(f"Một.\n\n{indent}Hai\nba.") == "<p>Một.</p>\n<p>Hai\nba.</p>"


def test_a_line_of_blanks_of_any_kind_is_a_blank_line():
    assert html("Một\n \N{NO-BREAK SPACE}\nhai").count("<p>") == 2


def test_what_is_no_tag_is_text():
    assert "&lt;ngoài giờ, thứ Bảy&gt;" in html("Hồ sơ <ngoài giờ, thứ Bảy> tại phòng")
    assert "&lt;b và c&gt;" in html("a <b và c> d") and "&lt;p trong nhà" in html("<p trong nhà\nmột > hai")
    assert (
        "&lt;3" in html("Yêu <3 quê")
        and "&lt;!-- mở" in html("Một <!-- mở\n\nhai")
        and "<p>hai</p>" in html("Một <!-- mở\n\nhai")
    )
    assert "<b>x</b>" in html("a <b>x</b>") and "<!-- ẩn -->" in html("a <!-- ẩn --> b")


def test_markdown_goes_on_behind_a_blank_line_within_html():
    assert "<li>một</li>" in html("<details>\n<summary>Xem</summary>\n\n- một\n- hai\n\n</details>")


def test_definitions_that_nothing_refers_to_stay_text():
    assert "[Lưu ý]: khẩn" in html("[Lưu ý]: khẩn")
    assert "Nguồn" in html("[Nguồn]: https://a.vn") and 'href="https://a.vn"' in html(
        "Xem [báo][Nguồn].\n\n[nguồn]: https://a.vn"
    )
    assert html("[//]: # (lời nhắc cho nhau)") == ""
    assert "Tỉnh đoàn" in html("*[TĐ]: Tỉnh đoàn") and '<abbr title="Tỉnh đoàn">TĐ</abbr>' in html(
        "TĐ\n\n*[TĐ]: Tỉnh đoàn"
    )


def test_definitions_that_nothing_refers_to_are_told():
    html("Một.\n\n[báo]: https://a.vn\n\n[^2]: lời")
    assert [(note.code, note.line, note.quote) for note in OURS.notes] == [
        ("REFERENCE_UNUSED", 2, "báo"),
        ("FOOTNOTE_UNUSED", 4, "2"),
    ]
    html("[Báo  \nngày][báo ngày] và [tin] hai[^2]\n\n[báo ngày]: https://a.vn\n[tin]: /b\n\n[^2]: lời")
    assert OURS.notes == []


def test_no_two_footnotes_share_a_name():
    shown = html("a[^1]\n\n[^1]: một\n\n[^1]: hai")
    assert "một" in shown and "hai" in shown
    assert [(note.code, note.line) for note in OURS.notes] == [("FOOTNOTE_TWICE", 4)]


def test_cells_that_are_too_many_stay():
    assert "<td>ba</td>" in html("a|b\n-|-\nmột|hai|ba")
    assert [(note.code, note.line) for note in OURS.notes] == [("TABLE_CELLS", 2)]


def test_what_can_be_no_attribute_stays_text():
    assert "{quan trọng}" in html("## Kế hoạch {quan trọng}") and "{xem}" in html("**Lưu ý**{xem}")
    assert 'id="ke"' in html("## Kế hoạch {#ke}") and 'title="Xem"' in html('[a](b){: title="Xem" }')


def test_an_open_fence_is_told():
    html("Một\n\n~~~\nhai")
    assert [(note.code, note.line, note.quote) for note in OURS.notes] == [("FENCE_OPEN", 2, "~~~")]


def test_what_looks_like_code_is_told_and_other_indentation_is_not():
    html("    for (i = 0; i < 9; i++) {")
    assert [note.code for note in OURS.notes] == ["CODE_INDENTED"]
    html("    Sáng 1/5, hơn 300 bạn trẻ (từ 12 xã) đã có mặt; ai cũng vui.")
    assert OURS.notes == []


@pytest.mark.parametrize("bullet", "•●○■·➢►\uf0b7\uf0a7")
def test_word_processors_bullets_begin_a_list(bullet):
    assert html(f"{bullet} một\n{bullet}\thai").count("<li>") == 2


def test_boxes_to_tick_are_boxes():
    shown = html("- [ ] Đơn\n- [x] Ảnh\n- [x](/a) b\n- [x] (Điều 5)")
    assert (
        "<li>☐ Đơn</li>" in shown
        and "<li>☑ Ảnh</li>" in shown
        and 'href="/a">x</a> b' in shown
        and "[x] (Điều" in shown
    )


def test_a_word_processors_dashes_make_a_table():
    assert html("| A | B |\n|—|:–:|\n| 1 | 2 |").count("<td") == 2


def test_the_words_of_a_footnote_may_stand_on_the_next_line():
    shown = html("a[^1]\n\n[^1]:\nlời\n\nhai")
    assert "<p>lời" in shown and shown.index("<p>hai</p>") < shown.index("<p>lời")


@pytest.mark.parametrize("tag", ["title", "xmp", "plaintext", "noembed", "noframes", "listing"])
def test_no_tag_makes_all_that_follows_text(tag):
    shown = MARKUP.parse(f"Thẻ <{tag}> là\n\n## Hai").pieces
    assert shown == (f'<p>Thẻ &lt;{tag}&gt; là</p>\n<h2 id="hai">Hai</h2>',)


@pytest.mark.parametrize(
    "text",
    [
        "0912***456 và 0987***321", "0912.***.456 và 0987.***.321", "0912-***-456 và 0987-***-321", "5*3*2 = 30", "2**3**4",
        "A(*), B(**), C(***).", "A[*] và B[*]", "Khách sạn 5*, 4* và 3*", "A**, B**.", "ngày __/__/2026", "__:__", "5~10 người, 10~15 ngày",
        "H~2~O",
    ],
)  # fmt: skip
def test_signs_that_are_words_by_themselves_stay(text):
    assert html(text) == f"<p>{text}</p>"


def test_marks_beside_such_signs_still_mark():
    assert html("**Lưu ý (*): x** *y*") == "<p><strong>Lưu ý (*): x</strong> <em>y</em></p>"
    assert html("**5**0 **0912***456**") == "<p><strong>5</strong>0 <strong>0912***456</strong></p>"
    assert html("**a**, *b*. (**c**) ~~d~~ **e:**g") == (
        "<p><strong>a</strong>, <em>b</em>. (<strong>c</strong>) <del>d</del> <strong>e:</strong>g</p>"
    )


# -- no word is lost --------------------------------------------------------------

_PIECES = [
    *(
        "một",
        "hai ba",
        "Đoàn viên",
        "x",
        "7",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        " ",
        "  \n",
        "\\\n",
        "\t",
        "    ",
        "\N{NO-BREAK SPACE}",
    ),
    *("- ", "1. ", "9) ", "> ", "# ", "## ", "|", "|a|b|\n|-|-|\n|", "---\n", "===\n", "```\n", "~~~\n", "```Lưu ý\n"),
    *("*", "**", "_", "~~", "`", "[", "]", "(", ")", "<", ">", "{", "}", "!", "&", ":", "^", "\\", '"', "'"),
    *(
        "[y]: lời",
        "[^1]: lời",
        "[^1]",
        "*[TĐ]: Tỉnh đoàn",
        "<b>",
        "</b>",
        "<p>",
        "<div>",
        "</div>",
        "<ngoài giờ>",
        "<!--",
        "<table>",
        "<td>",
    ),
    *(
        "{chú ý}",
        "{: .x}",
        "<br>",
        "<details>",
        "<b c d>",
        "</p>",
        "<plaintext>",
        "<title>",
        "<xmp>",
        "<select>",
        "<a href=x",
        "&nbsp;",
    ),
]


@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=25))
def test_every_word_of_a_text_is_on_its_page_or_an_error_says_so(pieces):
    """Words are numbered, so that none can stand in for another. Comments are no words of a page."""
    numbered = [re.sub(r"một|hai|ba\b|lời|viên", f"từ{index}", piece) for index, piece in enumerate(pieces)]
    text = "".join(numbered)
    fragment = MARKUP.parse(text)
    if any(removed.is_loss for removed in fragment.removed):
        return
    page = "".join(piece if isinstance(piece, str) else repr(piece) for piece in fragment.pieces)
    seen = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    assert [word for word in re.findall(r"từ\d+", seen) if word not in page] == []
