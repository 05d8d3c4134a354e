"""Banners in the columns of other pages."""

import re

from bs4 import BeautifulSoup

from plugins.banner import SECTION
from plugins.banner.model import COLOURS, FIGURES, Banner
from plugins.core.render.renderer import Renderer
from plugins.core.site.identity import Assets
from plugins.core.text import dates
from tests.world import NOW, ROOT, a_content, a_site, check, codes, front, item, pages_of, read


def a_banner(name="bang", **fields):
    values = {
        "title": name.capitalize(),
        "image": "a.jpg",
        "alt": "Chữ trên bảng",
        "link": "/tuyen-dung/",
        "position": "left",
        **fields,
    }
    return item(Banner, f"banner/{name}/index.md", "", **values)


def content_of(*banners, now=NOW, **more):
    return a_content(
        *banners,
        sections=(SECTION,),
        now=now,
        pictures=tuple(f"{banner.document.folder}/a.jpg" for banner in banners),
        **more,
    )


def shown(content, position="left"):
    block = content.blocks.get(f"banner.{position}")
    return [poster.link.title for poster in block.posters] if block else None


def html_of(block):
    site = a_site(assets=Assets(pictures={"banner-figures": "/theme/banner-figures.svg"}))
    renderer = Renderer(site, (SECTION,), str(ROOT / "theme"), lambda digest: ())
    return BeautifulSoup(renderer._block(block), "html.parser")


def test_banners_stand_in_their_position_in_order_then_by_path():
    content = content_of(
        a_banner("b", order="20"), a_banner("c", order="10"), a_banner("a", order="20"), a_banner("d", position="top")
    )
    assert shown(content) == ["C", "A", "B"] and shown(content, "top") == ["D"] and shown(content, "home") is None


def test_a_banner_appears_on_its_day_and_leaves_after_its_last():
    banner = a_banner(**{"from": "2026-06-01", "until": "2026-06-30"})
    assert shown(content_of(banner, now=dates.parse("2026-05-31 23:59"))) is None
    assert shown(content_of(banner, now=dates.parse("2026-06-30 23:59"))) == ["Bang"]
    assert shown(content_of(banner, now=dates.parse("2026-07-01"))) is None
    assert content_of(banner, now=dates.parse("2026-05-01")).next_change() == dates.parse("2026-06-01")
    assert content_of(banner, now=dates.parse("2026-06-01")).next_change() == dates.parse("2026-07-01")


def test_a_picture_must_be_described():
    (problem,) = check(content_of(a_banner(alt="", link="https://a.vn/")), [])
    assert problem.code == "FIELD_MISSING" and "alt" in problem.message


def test_a_banner_without_a_picture_is_a_panel_of_words_with_a_drawing():
    fields = {"image": "", "alt": "", "line": "Hạn nộp <hồ sơ>", "figure": "star", "colour": "red"}
    page = html_of(content_of(a_banner(**fields)).blocks["banner.left"])
    assert page.a["href"] == "/tuyen-dung/" and page.a["class"] == ["panel", "red"] and page.img is None
    assert page.b.text == "Bang" and page.small.text == "Hạn nộp <hồ sơ>"
    assert page.svg["aria-hidden"] == "true" and page.use["href"].endswith("#star")


def test_a_panel_may_be_its_title_alone():
    page = html_of(content_of(a_banner(image="", alt="")).blocks["banner.left"])
    assert page.b.text == "Bang" and page.small is None and page.svg is None


def test_a_picture_stands_in_place_of_the_panel():
    page = html_of(content_of(a_banner(line="Chữ nhỏ")).blocks["banner.left"])
    assert page.img["alt"] == "Chữ trên bảng" and page.small is None


def test_each_figure_is_drawn():
    drawings = (SECTION.home / "static/banner-figures.svg").read_text("utf-8")
    assert set(re.findall(r'<symbol id="(\w+)"', drawings)) == set(FIGURES)


def test_each_colour_has_its_rules():
    css = (SECTION.home / "static/banner.css").read_text("utf-8")
    assert {colour for colour in COLOURS if f".panel.{colour} {{" in css} == {*COLOURS} - {"blue"}  # which all have


def test_a_position_that_does_not_exist_names_those_that_do():
    _, (problem,) = read(
        Banner, front(title="A", image="a.jpg", alt="x", link="/x/", position="letf"), "banner/a/index.md"
    )
    assert problem.code == "VALUE_UNKNOWN" and "“left”" in problem.message


def test_a_link_is_a_page_or_a_web_address_and_nothing_else():
    for link in ("javascript:alert(1)", "//evil.example/", "tuyen-dung", "data:text/html,x"):
        _, problems = read(
            Banner, front(title="A", image="a.jpg", alt="x", link=f'"{link}"', position="left"), "banner/a/index.md"
        )
        assert codes(problems) == ["LINK_INVALID"], link


def test_the_picture_has_its_size_so_that_nothing_jumps():
    (poster,) = content_of(a_banner()).blocks["banner.left"].posters
    assert (poster.picture.width, poster.picture.height, poster.picture.alt) == (1440, 960, "Chữ trên bảng")


def test_a_banner_has_no_page_and_its_link_must_lead_somewhere():
    content = content_of(a_banner())
    pages = pages_of(content)
    assert pages == {}
    assert codes(check(content, list(pages.values()))) == ["LINK_BROKEN"]


def test_internal_links_carry_the_portals_base():
    (poster,) = content_of(a_banner(), site=a_site(base="/cong")).blocks["banner.left"].posters
    assert poster.link.url == "/cong/tuyen-dung/"


def test_dates_the_wrong_way_round_are_a_mistake():
    content = content_of(a_banner(link="https://a.vn/", **{"from": "2026-06-30", "until": "2026-06-01"}))
    assert codes(check(content, [])) == ["UNTIL_BEFORE_FROM"]
