"""GOPYKIEN: the page of opinions opens a letter that is begun."""

from urllib.parse import parse_qs, urlsplit

from plugins.pages import SECTION
from plugins.pages.model import StandingPage
from tests.world import ROOT, a_content, pages_of, read


def test_the_page_opens_a_letter_with_subject_and_outline_to_the_units_own_address():
    page, problems = read(
        StandingPage, (ROOT / "content/trang/gop-y-kien/index.md").read_text("utf-8"), "trang/gop-y-kien/index.md"
    )
    assert problems == []
    view = pages_of(a_content(page, sections=(SECTION,)))["gop-y-kien/index.html"].view
    (letter,) = (urlsplit(target) for target in view.body.targets if target.startswith("mailto:"))
    assert "@" in letter.path
    fields = parse_qs(letter.query)
    assert fields["subject"] == ["Góp ý"]
    assert [line.partition(":")[0] for line in fields["body"][0].split("\r\n")[:4]] == [
        "Việc gì",
        "Ở đâu",
        "Khi nào",
        "Mong muốn",
    ]
