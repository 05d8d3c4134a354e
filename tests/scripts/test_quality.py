"""What ``make quality`` measures, without a browser."""

import pytest

from scripts import quality
from scripts.errors import RefusedError


def test_a_limit_is_kept_up_to_itself():
    assert quality.Row("trang", 8, 8).is_kept and not quality.Row("trang", 8.01, 8).is_kept


def test_a_missing_program_is_told_by_name_and_stops_everything():
    with pytest.raises(RefusedError, match="THIẾU CHƯƠNG TRÌNH: khong-co"):
        quality._program("khong-co")


def test_a_folder_without_a_portal_is_refused(tmp_path):
    with pytest.raises(RefusedError, match="make site"):
        quality.run(type("Arguments", (), {"output": str(tmp_path)})())
