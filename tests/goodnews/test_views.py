"""Good news: a stream by days, a page for each piece, the week's story."""

import pytest
from bs4 import BeautifulSoup

from plugins.core.codes import text
from plugins.feeds import SECTION as FEEDS
from plugins.goodnews import SECTION
from plugins.goodnews.model import MAX_CHARACTERS, GoodNews
from plugins.tags import SECTION as TAGS
from tests.world import a_content, a_site, check, codes, item, pages_of, read

STREAM = "moi-ngay-mot-tin-tot/index.html"


def a_piece(name="tin", date="2026-11-20 08:00", body="Một việc tốt.", **fields):
    return item(GoodNews, f"tin-tot/{name}.md", body, **{"title": name.capitalize(), "date": date, **fields})


def content_of(*items, **more):
    return a_content(*items, sections=(SECTION, TAGS, FEEDS), **more)


def view(content, path=STREAM):
    return pages_of(content)[path].view


def test_pieces_stand_under_their_days_newest_first():
    content = content_of(
        a_piece("sang", "2026-11-20 08:00"), a_piece("chieu", "2026-11-20 17:00"), a_piece("sau", "2026-11-22")
    )
    assert [(day.date.weekday, day.date.day, [piece.title for piece in day.pieces]) for day in view(content).days] == [
        ("Chủ nhật, 22/11/2026", "2026-11-22", ["Sau"]),
        ("Thứ Sáu, 20/11/2026", "2026-11-20", ["Chieu", "Sang"]),
    ]


def test_a_piece_has_its_own_address_whether_it_is_a_file_or_a_folder():
    folder = item(GoodNews, "tin-tot/2026-11-21-ghe/index.md", title="Ghe", date="2026-11-21")
    paths = pages_of(content_of(a_piece("2026-11-20-vi"), folder))
    assert {f"moi-ngay-mot-tin-tot/{name}/index.html" for name in ("2026-11-20-vi", "2026-11-21-ghe")} <= paths.keys()


def test_a_long_stream_has_pages_and_loses_nothing():
    content = content_of(*(a_piece(f"tin-{day}", f"2026-10-{day:02}") for day in range(1, 26)))
    first, older = view(content), view(content, "moi-ngay-mot-tin-tot/trang/1/index.html")
    titles = [piece.title for page in (first, older) for day in page.days for piece in day.pieces]
    assert titles == [f"Tin-{day}" for day in range(25, 0, -1)]
    assert first.pager.older == older.url and older.title.endswith("trang 1")
    assert older.pager.newer == first.url


def test_neighbours_lead_through_the_stream_and_pass_by_the_unlisted():
    content = content_of(
        a_piece("cu", "2026-11-01"), a_piece("kin", "2026-11-02", status="unlisted"), a_piece("moi", "2026-11-03")
    )
    old, hidden, new = (view(content, f"moi-ngay-mot-tin-tot/{name}/index.html") for name in ("cu", "kin", "moi"))
    assert (old.older, old.newer.title, new.older.title, new.newer) == (None, "Moi", "Cu", None)
    assert (hidden.older, hidden.newer, hidden.is_indexed) == (None, None, False)


def test_the_stream_has_whole_texts_but_only_the_beginning_of_stories():
    content = content_of(
        a_piece("tin", summary="Ngắn."),
        a_piece("chuyen", kind="chuyen", summary="Một đêm biển động."),
        a_piece("ghi-chu", body="Một việc.[^1]\n\n[^1]: Ghi chú.", summary="Có ghi chú."),
    )
    pieces = {piece.title: piece for piece in view(content).days[0].pieces}
    assert pieces["Tin"].body and pieces["Tin"].summary == ""
    assert (pieces["Chuyen"].body, pieces["Chuyen"].summary) == (None, "Một đêm biển động.")
    assert pieces["Ghi-chu"].body is None  # its names could meet those of another piece


def test_the_block_has_three_lines_and_the_newest_story():
    days = [a_piece(f"tin-{day}", f"2026-11-{day:02}") for day in (1, 2, 3, 4)]
    stories = [a_piece(f"chuyen-{day}", f"2026-11-{day:02}", kind="chuyen") for day in (5, 6)]
    block = content_of(*days, *stories).blocks["goodnews"]
    assert [line.title for line in block.lines] == ["Tin-4", "Tin-3", "Tin-2"]
    assert block.story.title == "Chuyen-6"
    assert content_of(*days).blocks["goodnews"].story is None


def test_without_news_there_is_no_block_and_the_stream_asks_for_some():
    content = content_of()
    assert "goodnews" not in content.blocks
    assert view(content).days == () and "kể" in view(content).empty
    assert view(content).send_url(a_site()).startswith("mailto:")


def test_tags_and_the_streams_own_feed_have_every_piece():
    content = content_of(a_piece(tags="gương sáng"), a_piece("kin", status="unlisted", tags="gương sáng"))
    assert [card.title for card in view(content, "the/guong-sang/index.html").cards] == ["Tin"]
    feed = view(content, "moi-ngay-mot-tin-tot/atom.xml")
    assert [entry.card.title for entry in feed.entries] == ["Tin"]
    assert view(content).feed == feed.url


def test_search_engines_are_told_when_and_where():
    content = content_of(a_piece(place="Phường La Gi"))
    page = view(content, "moi-ngay-mot-tin-tot/tin/index.html")
    (article,) = page.structured(a_site())
    assert (article["@type"], article["datePublished"]) == ("NewsArticle", "2026-11-20T08:00:00+07:00")
    assert article["contentLocation"]["name"] == "Phường La Gi"
    assert page.description == "Tin tốt ngày 20/11/2026 ở Phường La Gi"
    assert view(content).structured(a_site())[0]["hasPart"][0]["url"] == f"https://thu.example{page.url}"


def problems_of(body, **fields):
    """Return all problems of one piece as an editor wrote it."""
    piece, problems = read(GoodNews, text({"title": "Tin", "date": "2026-11-20", **fields}, body), "tin-tot/tin.md")
    return problems if piece is None else check(content_of(piece), ())


def test_a_days_piece_that_is_long_is_told_with_its_length():
    (problem,) = problems_of("a" * (MAX_CHARACTERS + 134))
    assert (problem.code, problem.severity) == ("GOODNEWS_LONG", "warning") and "1.034 ký tự" in problem.message
    assert problems_of("a" * MAX_CHARACTERS) == [] and problems_of("a" * (MAX_CHARACTERS + 1), kind="chuyen") == []
    assert problems_of("a" * (MAX_CHARACTERS + 1), status="draft") == []


def test_a_piece_without_a_text_is_told():
    assert codes(problems_of("")) == ["BODY_EMPTY"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"kind": "truyen"}, "VALUE_UNKNOWN"), ({"date": ""}, "FIELD_MISSING"), ({"plac": "La Gi"}, "KEY_UNKNOWN")],
)
def test_what_cannot_be_read_is_told(fields, code):
    assert codes(problems_of("Một việc tốt.", **fields)) == [code]


def test_a_text_that_grew_too_long_is_told_though_nothing_else_changed(tiny):
    fields = {"title": "Tin", "date": "2026-11-20"}
    tiny.write("tin-tot/tin.md", text(fields, "Một việc tốt."))
    assert "GOODNEWS_LONG" not in codes(tiny.build().problems)
    tiny.write("tin-tot/tin.md", text(fields, "Một việc tốt. " * 100))
    assert "GOODNEWS_LONG" in codes(tiny.build().problems)


def test_the_stream_as_a_browser_gets_it(tiny):
    tiny.write("tin-tot/tin.md", text({"title": "Tin", "date": "2026-11-20"}, "Một việc tốt."))
    tiny.write("tin-tot/chuyen.md", text({"title": "Ghe", "date": "2026-11-20", "kind": "chuyen"}, "## Đêm\n\nGió."))
    tiny.build()
    page: BeautifulSoup = tiny.page(STREAM)
    assert [heading.name for heading in page.find("main").find_all(["h1", "h2", "h3"])] == ["h1", "h2", "h3", "h3"]
    assert page.find(class_="words").text.strip() == "Một việc tốt."
    assert "Gió" not in page.text and "Gió" in tiny.page("moi-ngay-mot-tin-tot/chuyen/index.html").text
