"""Signs that stayed on a page are told; what is meant as it stands is not."""

import pytest

from plugins.core.checks.item_checks import _RAW_SIGNS
from plugins.core.markdown.raw_signs import KINDS
from tests.world import MARKUP, ROOT


def raw_signs_in(text: str) -> list[tuple[str, str, int, int]]:
    """Kind, quotation, line and column (from 0) of the signs in ``text``."""
    return [
        (remark.kind, remark.quote, *remark.position)
        for remark in MARKUP.parse(text).remarks
        if remark.code == "RAW_SIGN"
    ]


TOLD = {
    "wiki": ["![[anh.jpg]]", "[[Trang chủ]]"],
    "shortcode": [
        '{{< figure src="a.jpg" >}}', "{% include tin.html %}", "{{ site.title }}", "{loadposition x}", "{gallery}",
        "<?php echo 1 ?>", "<%= x %>", "%%ẩn%%", "$$x^2$$", "[/b]", "[/quote]", "{youtube}", "{/youtube}", '[caption id="a"]', "[/caption]", "[gallery ids=1,2]", "{mosimage}",
    ],
    "note": ["[^2]", "^[lời ngay trong câu]"],
    "reference": ["[x][y]", "![x][y]", "[x][]"],
    "reversed": ["!(a)[b]", "(chữ)[https://a.vn]", "(chữ)[/tin-tuc/]"],
    "link": ["[x](https://a.vn", "![x]"],
    "bold": ["**"],
    "italic": ["*Chú thích *"],
    "struck": ["~~"],
    "mark": ["==tô nền=="],
    "fence": ["```"],
    "container": ["::: note", "!!! note", "[!NOTE]"],
    "dash": [
        "– một\n– hai", "-một\n-hai", "*một\n*hai", "+ một".replace(" ", "") + "\n+hai", "a) một\nb) hai", "1/ một\n2/ hai",
        "1.một\n2.hai", "👉 một\n👉 hai", "✅ một\n❌ hai",
    ],
    "heading": ["##Tiêu đề", "###Tiêu đề"],
    "table": ["|---|---|", "| a | b |\n| 1 | 2 |", "+---+---+"],
    "tag": ["<!-- mở", '<div class="x', "<span nhỏ>"],
}  # fmt: skip
CASES = [(kind, quote) for kind, quotes in TOLD.items() for quote in quotes]


def test_every_kind_has_its_cases():
    assert TOLD.keys() == KINDS.keys()


def test_every_kind_has_its_advice():
    assert _RAW_SIGNS.keys() == KINDS.keys()


@pytest.mark.parametrize(("kind", "quote"), CASES)
def test_a_sign_that_stays_is_told_with_its_line(kind, quote):
    is_alone = kind in ("container", "dash", "heading", "table")
    text = f"Một.\n\nHai.\n\n{'' if is_alone else 'ba '}{quote}"
    (raw_sign,) = raw_signs_in(text)
    assert (raw_sign[0], raw_sign[2], raw_sign[3]) == (kind, 4, 0 if is_alone else 3)


@pytest.mark.parametrize(
    "quote", [quote for kind, quote in CASES if kind not in ("dash", "fence") and "\n" not in quote]
)
def test_code_and_escaped_signs_stay_silent(quote):
    assert raw_signs_in(f"Viết `{quote}` như thế.\n\n```\n{quote}\n```\n") == []
    escaped = "".join(f"\\{char}" if not (char.isalnum() or char.isspace()) else char for char in quote)
    assert raw_signs_in(f"Một {escaped} hai") == []


@pytest.mark.parametrize(
    "text",
    [
        "Trang [1] và [2][3], [ảnh] của (ông) A; giá 5.000 đ/kg [*].",
        "0912***456, ****, 2 * 3 * 4, a_b__c, ____ (chữ ký)",
        "a == b, a=b, ==, ~5 phút ~ 6 phút, :) :-) ::: ai biết",
        "A(*), B(**), C(***)", "(*) Một.\n(**) Hai.", "– Chào anh.\\\n– Chào chị.", "-5 độ\n-7 độ", "1/5: mở\n2/5: bế", "50%% 60%%, $5, 6$, $$ và $$",
        "mảng a[i][j]", "(Luật 10/2020)[12/2020]", "+84 912\n+84 913", "0912.***.456, 0987***321",
        "Tuyệt vời!!! Thật??? Vâng.", "#MùaHèXanh #HiếnMáu", "x < y và y > z; <3; <ngoài giờ>",
        "– Chào anh.\n\n– Chào chị.", "Sáng 1/5 – 2/5 — ba", "{chú ý} và {1; 2}", "a {b} c", "A & B --- C", "Thứ 2\n--\n",
        "\\*\\*không đậm\\*\\*", "[x](/tin-tuc/) ![m](n.jpg) [^1]\n\n[^1]: lời", "[a]: xem dưới", "[x] (xem dưới)", "1) một\n2) hai",
    ],
)  # fmt: skip
def test_what_is_meant_as_it_stands_is_not_told(text):
    assert raw_signs_in(text) == []


def test_one_line_is_told_of_one_kind_once():
    assert len(raw_signs_in("một ** hai ** ba **\nbốn ** năm ** sáu ** bảy ** tám")) == 2


@pytest.mark.parametrize("path", sorted(ROOT.glob("content/**/*.md")), ids=str)
def test_no_text_of_the_demonstration_is_told(path):
    assert MARKUP.parse(path.read_text("utf-8").split("\n---\n", 1)[1]).remarks == ()


def test_markdown_right_within_html_is_told():
    (remark,) = MARKUP.parse("Một\n\n<div>\n<p>a</p>\n- hai\n</div>").remarks
    assert (remark.code, remark.quote, remark.position.line) == ("HTML_MARKDOWN", "- hai", 4)
    assert MARKUP.parse("<ul>\n<li>- một</li>\n</ul>\n\n<pre>\n- hai\n</pre>").remarks == ()
