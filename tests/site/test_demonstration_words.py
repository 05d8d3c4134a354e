"""The demonstration's words: what our own texts write one way only (Nghị định 30/2020/NĐ-CP, Phụ lục II, where it speaks)."""

import re

import pytest

from tests.world import ROOT

SIGNS = {
    "a day and month with a hyphen: write 15/7": re.compile(
        r"(?i)\b(?:ngày|sáng|trưa|chiều|tối|đêm|từ|đến|chủ nhật|thứ \w+) \d{1,2}-\d{1,2}\b(?!-)"
    ),
    "a straight apostrophe in a word: write K’ho": re.compile(r"[^\W\d_]'[^\W\d_]"),
    "an em dash: write an en dash": re.compile("—"),
    "a weekday in small letters: write thứ Bảy": re.compile(
        r"\b(?:sáng|trưa|chiều|tối) (?:thứ (?:bảy|sáu)|chủ nhật)\b"
    ),
    "“Đoàn” with a capital behind the level: write Tỉnh đoàn": re.compile(r"\b(?:Tỉnh|Thành|Huyện|Thị) Đoàn\b"),
    "three dots: write …": re.compile(r"\.\.\."),
    "the old portal's word: write từ khóa": re.compile(r"(?i)theo thẻ\b|\bthẻ của chuyên đề"),
}
TEXTS = [
    *(ROOT / "content").rglob("*.md"),
    *(ROOT / "plugins").glob("*/texts.yaml"),
    ROOT / "theme/texts.yaml",
    ROOT / "pelicanconf.py",
]
ADDRESS = re.compile(r"\]\([^\s)]*")


@pytest.mark.parametrize(("advice", "sign"), SIGNS.items(), ids=[f"sign-{n}" for n in range(len(SIGNS))])
def test_every_text_writes_it_one_way(advice, sign):
    matches = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in TEXTS
        for match in sign.finditer(ADDRESS.sub("](", path.read_text("utf-8")))
    ]
    assert matches == [], advice


def test_answers_are_promised_within_one_set_of_deadlines_that_other_pages_link_to():
    content = ROOT / "content"
    table = (content / "trang/gop-y-kien/index.md").read_text("utf-8")
    assert "\n## Ý kiến đi đâu\n" in table and "| Trả lời | 15 ngày làm việc;" in table
    for page in ("trang/lien-he", "trang/tiep-can", "gop-y/quy-che-tiep-nhan-tra-loi-y-kien"):
        text = (content / page / "index.md").read_text("utf-8").partition("\n---\n")[2]
        assert "/gop-y-kien/#y-kien-di-dau" in text and "ngày làm việc" not in text
    regulation = (content / "van-ban/2026/quy-che-cong-thong-tin/index.md").read_text("utf-8")
    assert re.findall(r"trả lời trong (\w+) ngày làm việc", regulation) == ["15"]
