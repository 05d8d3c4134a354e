"""Every word of an old text stands in the new one, whatever the tags around it."""

from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scripts.joomla.blocks import BlockReader
from scripts.joomla.markdown_text import write_blocks
from scripts.joomla.shapes import shape
from tests.joomla.words import words_of_html, words_of_markdown

_WORDS = st.sampled_from(
    [
        "Đoàn",
        "viên",
        "thanh",
        "niên",
        "ra",
        "quân",
        "12/5",
        "30.4",
        "1.",
        "2)",
        "-",
        "+",
        "*",
        "**",
        "_",
        "__",
        "#",
        "##",
        ">",
        "|",
        "---",
        "===",
        "~~~",
        "```",
        "[x]",
        "(y)",
        "![z]",
        "{gallery}",
        "&lt;b&gt;",
        "&amp;lt;",
        "&amp;",
        "a&nbsp;b",
        "5&nbsp;km",
        "•",
        "“Trích”",
        "(ảnh)",
        "[^1]:",
        "[a]:&nbsp;b",
        "*[TĐ]:",
        "$$x^2$$",
        "\\",
        "\\*",
        "http://a.vn/b_c",
        "a@b.vn",
        "::::",
        "||",
        "|---|",
        "100%",
        "%%x%%",
        "…",
        "–",
        "một_hai",
        "ba*bốn",
        "năm**sáu",
        "<br>",
        "<br/><br/>",
    ]
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_INLINE = ("b", "strong", "i", "em", "u", "span", "font", "sub", "sup", "s", "a")
_BLOCK = ("p", "div", "h2", "h3", "blockquote", "center", "pre")


def _wrap(tag: str, inside: str) -> str:
    attributes = ' href="http://vi.du/x"' if tag == "a" else ' style="text-align:center"' if tag == "p" else ""
    return f"<{tag}{attributes}>{inside}</{tag}>"


def _join(parts: list[str]) -> str:
    return "".join(parts)


_SPANS = st.recursive(
    _TEXT,
    lambda inner: st.one_of(
        st.builds(_wrap, st.sampled_from(_INLINE), inner), st.lists(inner, min_size=2, max_size=3).map(_join)
    ),
    max_leaves=5,
)


def _list_of(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _table_of(rows: list[list[str]], span: str) -> str:
    cells = ["".join(f"<td{span if not column else ''}>{cell}</td>" for column, cell in enumerate(row)) for row in rows]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


_BLOCKS = st.recursive(
    st.builds(_wrap, st.sampled_from(_BLOCK), _SPANS),
    lambda inner: st.one_of(
        st.builds(_list_of, st.sampled_from(("ul", "ol")), st.lists(st.one_of(inner, _SPANS), min_size=1, max_size=3)),
        st.builds(
            _table_of,
            st.lists(st.lists(st.one_of(inner, _SPANS), min_size=1, max_size=3), min_size=1, max_size=3),
            st.sampled_from(("", ' colspan="2"', ' rowspan="2"')),
        ),
        st.builds(_wrap, st.sampled_from(("div", "blockquote", "b", "span")), inner),
        st.lists(inner, min_size=2, max_size=4).map(_join),
    ),
    max_leaves=8,
)


def to_markdown(html: str) -> str:
    return write_blocks(shape(BlockReader(lambda note: None).read(html)))


@settings(max_examples=400, deadline=None)
@given(_BLOCKS)
@example("<ul><li><table><tr><td>Một</td></tr><tr><td>Hai</td><td>Ba</td></tr></table><ol><li>Bốn</li></ol></li></ul>")
@example("<p># Một</p><p>1. Hai</p><p>- Ba</p>")
@example("<p>a<b>b</b>c <b><i>d</i></b>e</p>")
def test_no_word_of_an_old_text_is_lost(html):
    before, after = Counter(words_of_html(html)), Counter(words_of_markdown(to_markdown(html)))
    assert before - after == Counter()
    assert after - before == Counter()


@settings(max_examples=200, deadline=None)
@given(_SPANS.map(lambda spans: f"<p>{spans}</p>"))
def test_words_of_a_paragraph_keep_their_order(html):
    assert words_of_markdown(to_markdown(html)) == words_of_html(html)
