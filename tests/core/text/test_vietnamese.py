"""Vietnamese text: addresses, order, numbers, near misses."""

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.core.text.vietnamese import did_you_mean, file_size, mailto, nearest, number, plain, slugify, sort_key


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đoàn phường Phú Thủy", "doan-phuong-phu-thuy"),
        ("Ươm mầm – 100 % “xanh”", "uom-mam-100-xanh"),
        ("Tỷ lệ 3,5%: Ệ ữ ẵ", "ty-le-3-5-e-u-a"),
        ("🙂 họp 漢字", "hop"),
        ("...", ""),
    ],
)
def test_an_address_has_neither_marks_nor_signs(title, slug):
    assert slugify(title) == slug


def test_a_decomposed_name_gives_the_same_address():
    assert (
        slugify(unicodedata.normalize("NFD", "Đức Linh, Tuổi trẻ"))
        == slugify("Đức Linh, Tuổi trẻ")
        == "duc-linh-tuoi-tre"
    )


def test_a_very_long_title_is_cut_between_syllables():
    slug = slugify("nghiêng " * 100)
    assert len(slug) <= 120
    assert set(slug.split("-")) == {"nghieng"}


@given(st.text())
def test_any_text_gives_a_safe_address(text):
    slug = slugify(text)
    assert slug.isascii() and len(slug) <= 120 and not slug.startswith("-") and not slug.endswith("-")
    assert slugify(slug) == slug


def test_names_sort_as_in_a_vietnamese_dictionary():
    names = [
        "Đức Linh",
        "Duy Xuyên",
        "An",
        "Ăn",
        "Ân",
        "Bạc",
        "Bác",
        "Bắc Bình",
        "má",
        "mạ",
        "ma",
        "mà",
        "mả",
        "mã",
        "Ủng hộ",
        "Ứng Hòa",
    ]
    assert sorted(names, key=sort_key) == ["An", "Ăn", "Ân", "Bác", "Bạc", "Bắc Bình", "Duy Xuyên", "Đức Linh", "ma", "mà", "mả", "mã", "má", "mạ", "Ủng hộ", "Ứng Hòa"]  # fmt: skip


def test_the_order_does_not_depend_on_the_unicode_form():
    assert sort_key(unicodedata.normalize("NFD", "Tuổi trẻ"))[:2] == sort_key("Tuổi trẻ")[:2]


def test_numbers_and_sizes_are_written_the_vietnamese_way():
    assert number(1234567) == "1.234.567"
    assert number(1234.5, 2) == "1.234,5"
    assert file_size(900) == "900 B"
    assert file_size(320_400) == "320 KB"
    assert file_size(1_400_000) == "1,4 MB"


def test_the_nearest_word_forgives_marks_and_a_slip():
    assert nearest("catagory", ["category", "date"]) == "category"
    assert nearest("tinh nguyen", ["tình nguyện", "tin"]) == "tình nguyện"
    assert nearest("xyz", ["category"]) is None
    assert did_you_mean("titel", ["title"]) == " Có phải là “title”?"


def test_plain_keeps_letters_and_drops_every_mark():
    assert plain("Đặng Thùy Trâm") == "dang thuy tram"


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("ab/:.~-_ \n%é&#+"))
@example("Đoàn viên: 100 % “tình nguyện” & vui?")
def test_a_subject_reaches_the_mail_as_it_is_and_letters_stay_letters(text):
    link = mailto("a@b.vn", text, "Thân")
    subject, body = link.partition("subject=")[2].split("&") if text else ("", link.partition("?")[2])
    assert (unquote(subject), body) == (text, "body=Thân")
    assert {sign for sign in subject if sign.isascii() and not sign.isalnum()} <= set("%/:._~-")
