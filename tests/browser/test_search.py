"""Readers search, in a real Chromium under the portal's policy."""

import json
import re
from collections import Counter
from urllib.parse import quote

import pytest

from plugins.search.syllables import syllable
from tests.browser.conftest import axe, until

pytestmark = pytest.mark.browser

STATUS = "document.querySelector('.search-status').textContent"


@pytest.fixture
def ask(visit):
    def ask(question, more="", **options):
        page = visit(f"/tim-kiem/?q={quote(question)}{more}", **options)
        until(page, f"{STATUS} !== ''")
        return page

    return ask


def titles(page):
    return page.locator(".result h2").all_inner_texts()


def test_the_form_of_every_page_is_answered(visit):
    page = visit("/", width=1280)
    page.fill("header input[type=search]:visible", "hiến máu")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tim-kiem/"))
    until(page, f"{STATUS} !== ''")
    assert "kết quả cho “hiến máu”" in page.inner_text("[role=status]")
    assert page.input_value("main input[type=search]") == "hiến máu"
    first = page.locator(".result").first
    assert first.locator("mark").first.inner_text().lower() == "hiến máu"
    assert re.search(r"\d+/\d+/\d{4}", first.locator(".meta").inner_text()) and first.locator(".kicker").inner_text()
    assert page.complaints == []


def test_nothing_of_the_index_is_loaded_before_the_field_is_used(visit):
    page = visit("/tim-kiem/")
    page.wait_for_timeout(300)
    assert not [url for url in page.requests if "chi-muc" in url]
    page.type("main input[type=search]", "hien")
    until(page, f"{STATUS} !== ''")
    assert "q=hien" in page.url and titles(page)


@pytest.mark.parametrize(
    "question",
    [
        "doan vien",
        "dooan vieen",
        "d9oan vie6n",
        "đoàn viêm",
        "đaòn viên",
        "ĐOÀN VIÊN",
        "đoàn viên",
        "đoàn viê",
        "doanvien",
    ],
)
def test_a_word_is_found_however_it_was_typed(ask, question):
    assert any("đoàn viên" in title.lower() for title in titles(ask(question)))


@pytest.mark.parametrize(
    ("question", "meant"),
    [("hien mua", "hiến máu"), ("mua he xahn", "mùa hè xanh"), ("ihen mau", "hiến máu"), ("đoàn viêm", "đoàn viên")],
)
def test_two_letters_that_were_swapped_are_put_right_even_where_they_make_another_word(ask, question, meant):
    page = ask(question)
    assert f"“{meant}”" in page.inner_text(".search-note") and meant in page.locator("mark").first.inner_text().lower()


@pytest.mark.parametrize("question", ["tuyen dung", "tuyeenr dungj"])
def test_words_without_accents_have_those_that_they_most_often_have_side_by_side(ask, question):
    assert "tuyển dụng" in ask(question).locator(".result").first.inner_text().lower()


def test_of_a_question_without_words_nothing_is_found(ask):
    assert ask("🙂").inner_text("[role=status]") == "Không tìm thấy kết quả nào cho “🙂”."


def test_only_the_rarer_of_two_words_that_never_meet_is_taken_for_a_slip(ask):
    page = ask("học bổng sinh viêm")
    assert "“học bổng sinh viên”" in page.inner_text(".search-note")
    assert sum("chi-muc/tu/" in url for url in page.requests) <= 12


def test_what_was_corrected_is_said_and_can_be_refused(ask):
    page = ask("dooan vieen")
    assert "Đang hiện kết quả cho “đoàn viên”" in page.inner_text(".search-note")
    page.click(".search-note a")
    until(page, f"{STATUS}.startsWith('Không tìm thấy')")
    assert page.locator("main a[href='/tin-tuc/']").is_visible()


def test_with_accents_the_words_as_written_come_first(ask):
    for title in titles(ask("biển đảo"))[:2]:
        assert "biển đảo" in title.lower()


@pytest.mark.parametrize("question", ["411 KH", "411KH"])
def test_the_number_of_a_document_is_found(ask, question):
    assert "411-KH" in ask(question).inner_text(".results")


def test_a_phrase_in_quotes_is_strict(ask):
    loose, strict = ask("tình hiến nguyện máu"), ask('"hiến máu tình nguyện"')
    assert all("hiến máu tình nguyện" in text.lower().replace("\n", " ") for text in titles(strict)[:1])
    assert len(titles(loose)) > 0
    assert ask('"nguyện tình máu hiến"').inner_text("[role=status]").startswith("Không tìm thấy")


def test_the_count_of_a_phrase_is_true(ask):
    """Pairs of words do not know of three in a row: texts are read until the page is full."""
    few, many = (ask(phrase).inner_text("[role=status]") for phrase in ('"đoàn thanh niên"', '"sinh hoạt chi đoàn"'))
    assert re.match(r"\d kết quả", few)
    assert many.startswith("Hơn 10 kết quả") and many.endswith("trang 1")
    last = ask('"sinh hoạt chi đoàn"', "&trang=2")
    assert re.fullmatch(r"1\d kết quả .*, trang 2/2", last.inner_text("[role=status]"))
    assert len(titles(last)) == int(last.inner_text("[role=status]").split()[0]) - 10


def test_in_150_places_the_word_stands_with_the_accents_that_were_asked(ask, demo):
    """Fifteen words that ten items or more have, and others with other accents; ten results of each."""
    words = {}
    for path in (demo / "tim-kiem/chi-muc/bai").glob("*.bin"):
        for title, url, _, about, text, *_ in json.loads(path.read_bytes()[4:]).values():
            words[url] = set(map(syllable, re.findall(r"[^\W\d_]+", f"{title}\n{about}\n{text}".lower())))
    counts = Counter(word for of_item in words.values() for word in of_item)
    without = Counter(word.folded for of_item in words.values() for word in {*of_item})
    chosen = sorted(
        word for word, count in counts.items() if word.marks > 31 and count >= 10 and without[word.folded] >= count + 10
    )[::3][:15]
    spelled = {syllable(word): word for word in _written(demo)}
    places = [
        (spelled[word], word in words[address])
        for word in chosen
        for address in ask(spelled[word]).locator(".result a").evaluate_all("all => all.map(a => a.pathname)")
    ]
    assert len(places) == 150 and [word for word, is_there in places if not is_there] == []


def _written(demo):
    """All words of the cards, as they are written."""
    for path in sorted((demo / "tim-kiem/chi-muc/bai").glob("*.bin")):
        yield from re.findall(r"[^\W\d_]+", path.read_bytes()[4:].decode().lower())


def test_filters_pages_and_back(ask):
    page = ask("đoàn", width=1280)
    assert len(titles(page)) == 10
    first = titles(page)
    page.click("main [rel=next]")
    until(page, f"{STATUS}.includes('trang 2/')")
    assert "trang=2" in page.url and not set(first) & set(titles(page))
    page.go_back()
    until(page, f"{STATUS}.includes('trang 1/')")
    assert titles(page) == first
    page.select_option("[name=muc]", "documents")
    until(page, "[...document.querySelectorAll('.result .kicker')].every(kicker => kicker.textContent === 'Văn bản')")
    page.select_option("[name=nam]", "2026")
    until(page, "[...document.querySelectorAll('.result .meta')].every(meta => meta.textContent.includes('/2026'))")
    assert "muc=documents" in page.url and "nam=2026" in page.url
    shared = ask("đoàn", "&muc=documents&nam=2026")
    assert titles(shared) == titles(page)


def test_nothing_found_helps(ask):
    page = ask("xyzxyzxyz")
    assert page.inner_text("[role=status]") == "Không tìm thấy kết quả nào cho “xyzxyzxyz”."
    assert page.locator("main .chips a:visible").count() > 10


def test_files_of_another_release_are_never_mixed(visit):
    """A browser that kept the root of one release meets the words of another: it asks for all anew."""
    page = visit("/tim-kiem/")
    asked = []

    def old_root(route):
        answer = route.fetch()
        asked.append(route.request.url)
        body = answer.body()
        if len(asked) == 1:
            body = re.sub(rb'"shards":\[\d+', b'"shards":[1', re.sub(rb"(?<=[\[,])\d+(?=[,\]])", b"7", body))
        route.fulfill(response=answer, body=body)

    page.route("**/goc.bin*", old_root)
    page.fill("main input[type=search]", "hiến máu")
    until(page, f"{STATUS} !== ''")
    assert len(asked) == 2 and "kết quả cho “hiến máu”" in page.inner_text("[role=status]")


def test_without_a_network_the_reader_is_told(visit):
    page = visit("/tim-kiem/")
    page.route("**/chi-muc/**", lambda route: route.abort())
    page.fill("main input[type=search]", "hiến máu")
    until(page, f"{STATUS}.startsWith('Chưa tải được')")


def test_without_script_the_page_says_so_and_lists_ways(visit):
    page = visit("/tim-kiem/?q=a", java_script_enabled=False)
    assert "tắt JavaScript" in page.inner_text("main") and page.locator("main .chips a").count() > 20
    assert not page.locator("[name=muc]").is_visible()


@pytest.mark.parametrize("width", [412, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_are_accessible(ask, width, scheme):
    page = ask("đoàn viên", width=width, scheme=scheme)
    assert axe(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
