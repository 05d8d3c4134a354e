"""CSV files as tables that pages can show."""

import pytest

from plugins.core.media.csv_table import MAX_ROWS, read_table

ROWS = (("Năm", "Đoàn viên"), ("2022", "45.120"))


@pytest.mark.parametrize(
    "raw", ["Năm,Đoàn viên\n2022,45.120\n", "Năm;Đoàn viên\r\n2022;45.120", "\ufeffNăm\tĐoàn viên\n\n2022\t45.120\n"]
)
def test_commas_semicolons_and_tabs_all_separate(raw):
    assert read_table(raw.encode()) == ROWS


def test_a_quoted_cell_may_hold_the_separator_and_a_line_break():
    assert read_table(b'a,b\n"1,5","x\ny"\n')[1] == ("1,5", "x\ny")


@pytest.mark.parametrize(
    "raw", ["", "  \n", "a,b\n1\n", 'a,b\n"1,2\n', "a,b\n" + "1,2\n" * MAX_ROWS, ",".join("a" * 21)]
)
def test_what_no_page_can_show_as_a_table_is_none(raw):
    assert read_table(raw.encode()) == ()


def test_letters_are_composed():
    assert read_table("Na\u0306m,x\n".encode())[0] == ("Năm", "x")
