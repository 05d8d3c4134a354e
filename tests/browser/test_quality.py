"""What `make quality` refuses in a browser: each rule, broken by a page of a few bytes."""

import pytest
from PIL import Image

from scripts.errors import RefusedError
from scripts.quality import lighthouse, paper, screen, weight
from scripts.quality.kinds import Budget, Kind
from scripts.quality.server import served
from tests.programs import program

pytestmark = pytest.mark.browser

HEAD = '<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trang thử</title>'
GOOD = f'{HEAD}<main><h1>Trang thử</h1><p>Lời, và <a href="/">một liên kết</a>.</main>'
KIND = Kind("trang thử", "/")


@pytest.fixture
def open_page(chromium):
    """Open a page with this HTML: ``open_page("<p>…")``."""
    with chromium.new_context(viewport={"width": 412, "height": 915}) as context:

        def set_content(html):
            page = context.new_page()
            page.set_content(html)
            return page

        yield set_content


@pytest.fixture
def publish(tmp_path):
    """Serve this page by nginx, which forbids styles within it: ``with publish("<p>…", css="p{}") as address``."""
    program("nginx")

    def serve(html, css=":focus-visible{outline:3px solid}"):
        (tmp_path / "a.css").write_text(css)
        (tmp_path / "index.html").write_text(f'{html}<link rel="stylesheet" href="/a.css">')
        return served(tmp_path)

    return serve


def test_a_good_page_passes_everything(chromium, publish):
    with publish(GOOD) as address:
        results = screen.look(chromium, address, KIND)
    assert len(results) == 5 and all(result.is_kept for result in results), results


def test_what_sticks_out_is_named_with_the_width(open_page):
    page = open_page(f'{HEAD}<style>body{{margin:0}}</style><div id="thanh" style="width:400px">Dài</div>')
    [fault] = screen.wider(page, (320, 360, 412))[:1]
    assert fault.startswith("320 px: ") and 'id="thanh"' in fault
    assert {fault.partition(":")[0] for fault in screen.wider(page, (320, 360, 412))} == {"320 px", "360 px"}


def test_what_scrolls_by_itself_sticks_out_of_nothing(open_page):
    page = open_page(f'{HEAD}<div style="overflow-x:auto"><table style="width:900px"><tr><td>Rộng</table></div>')
    assert screen.wider(page, (320,)) == []


def test_what_sticks_out_only_with_large_text_is_refused(open_page):
    page = open_page(f"{HEAD}<style>body{{margin:0}}</style><p style='width:20rem'>Chữ")
    assert screen.wider(page, (360,)) == [] and screen.wider_with_large_text(page)


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<img src="data:," width="9" height="9">', "image-alt"),
        ('<h2 style="color:#999;background:#fff">Nhạt</h2>', "color-contrast"),
        ("<h4>Nhảy bậc</h4>", "heading-order"),  # of best practice, no criterion of WCAG
    ],
)
def test_what_axe_finds_is_told_with_width_scheme_and_rule(open_page, html, rule):
    faults = screen.axe_faults(open_page(f"{HEAD}<main><h1>Trang thử</h1>{html}</main>"))
    assert {fault.partition(f": {rule}: ")[0] for fault in faults} == {
        "sáng, 412 px", "sáng, 1280 px", "tối, 412 px", "tối, 1280 px",
    }  # fmt: skip


def test_a_fault_of_the_dark_scheme_alone_is_found(open_page):
    style = "<style>@media(prefers-color-scheme:dark){p{color:#555;background:#000}}</style>"
    faults = screen.axe_faults(open_page(f"{HEAD}{style}<main><h1>Trang thử</h1><p>Tối</main>"))
    assert faults and all(fault.startswith("tối, ") for fault in faults)


@pytest.mark.parametrize(
    "html",
    [
        '<label>Tên <input style="border:0;background:#eee"></label>',
        '<button aria-label="Menu" style="border:0;background:url(data:,)"></button>',
        '<a class="panel" href="/" style="background:#0054a6;color:#fff">Biểu ngữ</a>',
    ],
)
def test_a_control_that_forced_colours_make_invisible_is_refused(open_page, html):
    assert any("không thấy: " in fault for fault in screen.unseen(open_page(f"{HEAD}{html}")))


def test_a_focus_that_is_only_a_shadow_is_refused(open_page):
    style = "<style>:focus-visible{outline:0;box-shadow:0 0 0 3px gold}</style>"
    assert any("không thấy tiêu điểm: " in fault for fault in screen.unseen(open_page(GOOD + style)))


def test_an_edge_a_word_and_an_outline_are_seen_with_forced_colours(open_page):
    html = '<label>Tên <input style="border:1px solid"></label><button>Gửi</button><a class="panel" href="/" style="border:1px solid #0000">Biểu ngữ</a>'
    assert screen.unseen(open_page(f"{HEAD}<style>:focus-visible{{outline:3px solid}}</style>{html}")) == []


def test_what_moves_while_one_scrolls_is_counted_and_named(open_page):
    style = "<style>div{height:3000px}p{position:fixed;width:100%;height:300px;background:gold}</style>"
    script = "<script>addEventListener('scroll', () => troi.style.top = `${scrollY / 9}px`)</script>"
    shift, moved = weight.scroll(open_page(f'{HEAD}{style}<div></div><p id="troi">Trôi{script}'))
    assert shift > weight.MAX_SHIFT and any("troi" in part for part in moved)


def test_bytes_and_requests_beyond_the_budget_are_refused(chromium, publish, tmp_path):
    Image.effect_noise((200, 200), 90).save(tmp_path / "anh.png")
    picture = '<div></div><img src="/anh.png" alt="" width="200" height="200" loading="lazy">'
    with publish(GOOD + picture, css="div{height:9000px}") as address:
        light = weight.weigh(chromium, tmp_path, address, KIND, Budget(1, 60, 9, 100))
        heavy = weight.weigh(chromium, tmp_path, address, KIND, Budget(0.1, 0.1, 1, 10))
    assert [result.is_kept for result in light] == [True] * 4, light
    assert [result.is_kept for result in heavy] == [False] * 4, heavy


def test_one_page_of_paper_too_many_is_refused(chromium, publish):
    with publish(f"{HEAD}<p>Một<p>Hai", css="p+p{break-before:page}") as address:
        assert not paper.printed(chromium, address, KIND, 1).is_kept
        assert paper.printed(chromium, address, KIND, 2).is_kept


def test_of_a_report_of_lighthouse_the_audits_without_full_marks_are_told():
    report = {
        "categories": {"seo": {"score": 0.92, "auditRefs": [{"id": "a", "weight": 1}, {"id": "b", "weight": 1}, {"id": "c", "weight": 0}]}},
        "audits": {
            "a": {"id": "meta-description", "title": "Thiếu mô tả", "score": 0},
            "b": {"id": "crawlable", "title": "", "score": 1},
            "c": {"id": "by-hand", "title": "", "score": 0},
        },
    }  # fmt: skip
    [result] = lighthouse.results(KIND, [report] * 3, {"seo": "SEO"})
    assert (result.value, result.is_kept) == (92, False) and result.faults == ["meta-description: Thiếu mô tả"]


def test_the_median_of_the_runs_is_judged():
    reports = [{"categories": {"seo": {"score": score, "auditRefs": []}}, "audits": {}} for score in (1.0, 0.5, 1.0)]
    [result] = lighthouse.results(KIND, reports, {"seo": "SEO"})
    assert result.is_kept


def test_a_run_of_lighthouse_that_loses_its_trace_is_run_again():
    runs = iter([lighthouse.RunError("NO_NAVSTART"), {"audits": {}}])

    def run(url):
        if isinstance(outcome := next(runs), Exception):
            raise outcome
        return outcome

    assert lighthouse.report_of("http://trang.vn/", run) == {"audits": {}}


def test_a_page_that_lighthouse_can_never_judge_is_refused_with_all_that_was_said():
    faults = iter(["NO_FCP", "NO_NAVSTART", "CONNECTION_REFUSED"])

    def run(url):
        raise lighthouse.RunError(next(faults))

    with pytest.raises(RefusedError, match=r"http://trang\.vn/, cả 3 lần: NO_FCP / NO_NAVSTART / CONNECTION_REFUSED"):
        lighthouse.report_of("http://trang.vn/", run)
