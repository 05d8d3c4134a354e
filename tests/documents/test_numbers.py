"""Numbers and symbols: both forms are read, everything else is caught with what to write."""

import pytest

from plugins.core.model.fields import FieldError
from plugins.documents.kinds import KINDS
from plugins.documents.number import parse, read_number


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ("411-KH/TWĐTN-BTC", (411, "", 0, "KH", "TWĐTN", "BTC")),
        ("08-NQ/TĐTN", (8, "", 0, "NQ", "TĐTN", "")),
        ("12a-CTr/TĐTN-PT-VP", (12, "a", 0, "CTr", "TĐTN", "PT-VP")),
        ("05-NQLT/TĐTN-SGDĐT", (5, "", 0, "NQ", "TĐTN", "SGDĐT")),
        ("45/KH-UBND", (45, "", 0, "KH", "UBND", "")),
        ("1500/QĐ-TTg", (1500, "", 0, "QĐ", "TTg", "")),
        ("2345/UBND-NC", (2345, "", 0, "", "UBND", "NC")),
        ("30/2020/NĐ-CP", (30, "", 2020, "NĐ", "CP", "")),
        ("01/2015/TTLT-BNV-BTC", (1, "", 2015, "TT", "BNV", "BTC")),
        ("203/2025/QH15", (203, "", 2025, "", "QH15", "")),
    ],
)
def test_both_forms_are_taken_apart(written, fields):
    number = parse(written)
    assert (number.serial, number.letter, number.year, number.kind, number.issuer, number.unit) == fields
    assert number.text == written


@pytest.mark.parametrize(
    "written", ["", "411", "KH/TWĐTN", "411-KH", "411-KH/", "-KH/TĐTN", "411KH/TĐTN", "2026/ke-hoach-he", "30/2020/",
                "411-KH/TĐTN-", "1234567-KH/TĐTN", "411-KH/TĐTN; DROP", "٤١١-KH/TĐTN", "411-KH/TĐTN\n"],
)  # fmt: skip
def test_what_has_neither_form_is_refused(written):
    with pytest.raises(ValueError):
        parse(written)


@pytest.mark.parametrize(
    "written", ["Số: 411-KH/TWĐTN-BTC", "411 KH/TWĐTN-BTC", "411–KH/TWĐTN—BTC", "411 - KH / TWĐTN - BTC"]
)
def test_a_slip_of_the_hand_is_told_with_the_number_that_was_meant(written):
    with pytest.raises(FieldError, match=r"Viết: 411-KH/TWĐTN-BTC$") as caught:
        read_number(written, "")
    assert caught.value.code == "VALUE_FORM"


def test_a_number_beyond_repair_is_told_with_examples_of_both_forms():
    with pytest.raises(FieldError, match=r"411-KH/TWĐTN-BTC .* 30/2020/NĐ-CP"):
        read_number("kế hoạch số bốn", "")


def test_a_leading_zero_makes_no_other_number():
    assert parse("5-KH/TĐTN").key == parse("05-KH/TĐTN").key != parse("5-KH/TĐTN-VP").key


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("411-KH/TWĐTN-BTC", {"ke-hoach"}),
        ("96-TB/TĐTN-VP", {"thong-bao", "thong-bao-ket-luan"}),
        ("9-QĐ/TĐTN", {"quyet-dinh", "quy-dinh"}),
        ("2345/UBND-NC", {"cong-van"}),
        ("57/2020/QH14", {"luat", "nghi-quyet"}),
        ("30/2020/NĐ-CP", {"nghi-dinh"}),
        ("7-XX/TĐTN", set()),
    ],
)
def test_the_abbreviation_says_what_kind_it_may_be(written, kinds):
    assert {kind for kind in KINDS if parse(written).agrees_with(kind)} == kinds
