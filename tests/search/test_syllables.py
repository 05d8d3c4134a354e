"""Words as readers type them."""

import unicodedata
from itertools import product

import pytest

from plugins.search.syllables import correctable, pair_term, read, syllable, word_term


@pytest.mark.parametrize(
    ("written", "other"),
    [("hòa", "hoà"), ("thủy", "thuỷ"), ("LÝ", "lí"), ("Đoàn", unicodedata.normalize("NFD", "đoàn")), ("quý", "QUÝ")],
)
def test_two_ways_to_write_a_word_are_one(written, other):
    assert syllable(written) == syllable(other)


@pytest.mark.parametrize(
    ("written", "folded"), [("Đường", "duong"), ("Ｋ5", "ｋ5"), ("411", "411"), ("Kỳ", "ki"), ("tuy", "tuy")]
)
def test_a_word_is_folded_to_bare_letters(written, folded):
    assert syllable(written).folded == folded


def test_no_two_syllables_that_fold_to_one_have_the_same_marks():
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    onsets, vowels = ["d", "đ"], ["a", "ă", "â", "o", "ô", "ơ", "u", "ư", "uo", "uô", "ươ", "uơ", "e", "ê"]
    written = {
        unicodedata.normalize("NFC", onset + vowel + tone) for onset, vowel, tone in product(onsets, vowels, tones)
    }
    assert len({syllable(word) for word in written}) == len(written)


def test_pairs_stand_within_one_line():
    hien, mau, moi = map(syllable, ("hiến", "máu", "mới"))
    terms, words = read("Hiến máu,\nmới")
    assert {word_term(hien), word_term(mau), word_term(moi), pair_term(hien, mau)} == terms
    assert words == {"hiến", "máu", "mới"}


@pytest.mark.parametrize("written", ["411-KH/TWĐTN-BTC", "411KH/TWĐTN-BTC"])
def test_the_number_of_a_document_is_words_side_by_side(written):
    terms, _ = read(written)
    assert pair_term(syllable("411"), syllable("kh")) in terms and word_term(syllable("twđtn")) in terms


def test_numbers_and_long_words_are_not_corrected():
    assert [correctable(word) for word in ("đoàn", "2026", "a", "a" * 20)] == ["doan", "", "", ""]
