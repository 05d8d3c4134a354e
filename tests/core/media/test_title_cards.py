"""Share cards: what they say, how titles are broken, and that they are the same everywhere."""

from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont

from plugins.core.media import card_drawing
from plugins.core.media.card_drawing import break_title, draw
from plugins.core.media.title_card import SIZE, TitleCard, missing
from tests.tiny import a_tiny_site
from tests.world import a_content, a_site, an_article


def an_emblem() -> bytes:
    out = BytesIO()
    image = Image.new("RGBA", (256, 256))
    pen = ImageDraw.Draw(image)
    pen.ellipse((2, 2, 254, 254), "#0054a6", "white", 6)
    pen.polygon([(128, 40), (180, 200), (60, 110), (200, 110), (80, 200)], "#ffd200")
    image.save(out, "PNG")
    return out.getvalue()


EMBLEM = an_emblem()
VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz"
LONG = (
    "Kế hoạch tổ chức Đại hội Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Bình Thuận lần thứ XIV, nhiệm kỳ 2027 – 2032 và"
    " các hoạt động chào mừng"
)


def a_card(title="Ra quân", kicker="Tình nguyện", site_name="Tỉnh Đoàn Thử"):
    return TitleCard(title, kicker, site_name, "")


def test_the_font_has_every_letter_that_a_card_may_have():
    def ink(letter):
        return font.getmask(letter).getbbox(), bytes(font.getmask(letter))

    font = ImageFont.truetype(str(card_drawing._FONT), 60, layout_engine=ImageFont.Layout.BASIC)
    nothing = ink("\ufffe")
    letters = {*VIETNAMESE, *VIETNAMESE.upper(), *"0123456789“”‘’–—…«»₫/-().,:;!?%&+"}
    assert all(a_card(letter).is_drawable and ink(letter) != nothing for letter in letters)
    every = {chr(code) for code in range(0x21, 0x2300) if a_card(chr(code)).is_drawable} - {"\u00a0", "\u00ad"}
    assert [letter for letter in sorted(every) if ink(letter) == nothing] == []
    assert not a_card("Дружба").is_drawable and not a_card("友谊").is_drawable


def test_the_file_is_a_small_picture_of_the_size_that_social_networks_ask_for(tmp_path):
    card_drawing.make([a_card(LONG)], EMBLEM, tmp_path, 1)
    (path,) = tmp_path.iterdir()
    with Image.open(path) as image:
        assert (image.format, image.size) == ("PNG", SIZE)
    assert path.name == a_card(LONG).name and path.stat().st_size < 40_000


def test_cards_are_drawn_once_for_their_words(tmp_path):
    cards = [a_card(f"Bài {number}") for number in range(3)]
    assert {card.name for card in missing([*cards, *cards], tmp_path)} == {card.name for card in cards}
    assert len(missing([*cards, *cards], tmp_path)) == 3
    card_drawing.make(cards[:2], EMBLEM, tmp_path, 1)
    assert missing(cards, tmp_path) == cards[2:]
    assert len({a_card(title, kicker, name).name for title in "ab" for kicker in "ab" for name in "ab"}) == 8


def test_a_card_has_the_same_pixels_and_bytes_on_every_machine():
    def digest(data):
        return sha256(data).hexdigest()[:16]

    # after a change of how cards are drawn, or of Pillow: look at some, then count _RECIPE up
    out = BytesIO()
    image = draw(a_card(LONG), EMBLEM)
    image.save(out, **card_drawing._OPTIONS)
    assert (digest(image.tobytes()), digest(out.getvalue())) == ("7692a965630bd93f", "389f15d68a31b7bd")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Giới thiệu", ("Giới thiệu",)),
        ("Thông báo tuyển dụng 02 viên chức năm 2026", ("Thông báo tuyển dụng", "02 viên chức năm 2026")),
        ("Đại hội đại biểu Đoàn toàn quốc lần thứ XIII", ("Đại hội đại biểu Đoàn", "toàn quốc lần thứ XIII")),
        ("“Mỗi đảo một bạn thân”", ("“Mỗi đảo một bạn thân”",)),
    ],
)
def test_short_titles_are_large_and_keep_together_what_belongs_together(title, lines):
    assert break_title(title) == (80, lines)


@pytest.mark.parametrize("title", [LONG, LONG.upper(), LONG + " " + LONG, "a" * 400, "1.250 " * 60])
def test_any_title_fits(title):
    size, lines = break_title(title)
    assert 1 <= len(lines) <= 5 and size >= 36
    assert all(card_drawing._length(line, size) <= SIZE[0] - 144 for line in lines)


@pytest.mark.parametrize("count", range(2, 30))
def test_no_line_has_one_syllable_alone_and_no_syllable_is_torn(count):
    words = ("Nâng cao chất lượng sinh hoạt chi đoàn ở thôn xóm và khu phố " * 3).split()[:count]
    _, lines = break_title(" ".join(words))
    assert " ".join(lines).split() == words
    assert all(len(line.split()) > 1 for line in lines)


def test_a_title_that_is_too_long_is_cut_between_words():
    *_, last = break_title(f"{LONG} {LONG}").lines
    assert last.endswith("…") and last.removesuffix("…").split()[-1] in LONG.split()


def test_only_items_without_a_picture_have_a_card_with_their_category():
    site = a_site()
    bare, shown, draft = an_article("bai"), an_article("anh", image="a.jpg"), an_article("nhap", status="draft")
    content = a_content(bare, shown, draft, pictures=("tin-tuc/anh/a.jpg",), site=site)
    assert content.title_cards == (TitleCard("Bai", "Tin", site.name, ""),)


def test_a_card_goes_with_its_story(tmp_path):
    site = a_tiny_site(tmp_path)
    site.build()
    card = site.page("tin-tuc/2026/05/bai/index.html").find("meta", property="og:image")["content"]
    path = site.output / card.removeprefix("http://localhost:8000/")
    assert path.exists()
    site.story(title="Tên khác")
    site.build()
    assert not path.exists()
