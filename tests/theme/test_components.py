"""The theme's shared macros, each rendered alone: what readers and screen readers get of small values."""

import re

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace

from plugins.core.model.values import FileLink, Link, Moment, Picture
from plugins.core.render.renderer import Renderer
from plugins.core.site.identity import Assets
from plugins.core.site.taxonomy import Group
from plugins.core.site.views import Block, Card, DatedView, Pager
from plugins.core.text import dates
from tests.world import ROOT, a_site

MARKUP = "<b>\"Đoàn\" & 'Hội'</b>"
WHEN = Moment(dates.parse("2026-07-30 16:36"))
PHOTO = Picture("/anh/ab12", 1440, 960, (240, 480, 720), alt="Hai bạn trồng cây")
SITE = a_site(footer=(Link("Liên hệ", "/lien-he/"),))
THEME = ROOT / "theme"


def html(component: str, call: str, **values: object) -> str:
    """Render one call of a component's macro, in the environment in which pages are rendered."""
    environment = Renderer(SITE, (), str(THEME), lambda digest: ())._env
    name = re.match(r"\w+", call)[0]
    source = f'{{% from "macros/{component}.html" import {name} as macro %}}{{{{ macro{call.removeprefix(name)} }}}}'
    return environment.from_string(source).render(site=SITE, t=SITE.t, **values)


def parsed(component: str, call: str, **values: object) -> BeautifulSoup:
    return BeautifulSoup(html(component, call, **values), "html.parser")


def a_card(**fields: object) -> Card:
    return Card(**{"title": "Ra quân", "url": "/tin-tuc/ra-quan/", "date": WHEN, **fields})


# -- moments -----------------------------------------------------------------


def test_a_time_is_read_in_full_and_is_exact_for_machines():
    assert html("time", "time(when)", when=WHEN) == (
        '<time datetime="2026-07-30T16:36:00+07:00">Thứ Năm, 30 tháng 7 năm 2026, 16:36</time>'
    )


def test_a_time_may_be_read_in_other_words():
    assert parsed("time", "time(when, when.short)", when=WHEN).time.text == "30/7/2026"
    assert parsed("time", "time(when, when.clock)", when=WHEN).time.text == "16:36, Thứ Năm 30/7/2026"


def test_a_day_names_no_hour_to_anyone():
    assert html("time", "day(when)", when=WHEN) == '<time datetime="2026-07-30">30/7/2026</time>'
    assert parsed("time", "day(when, when.weekday)", when=WHEN).text == "Thứ Năm, 30/7/2026"


# -- badge, button, notice -----------------------------------------------------


def test_a_badge_has_the_class_of_its_tone_and_without_one_is_quiet():
    assert html("badge", "badge('Còn hạn', 'open')") == '<span class="badge open">Còn hạn</span>'
    assert html("badge", "badge('PDF')") == '<span class="badge">PDF</span>'


def test_a_button_is_a_link():
    assert html("button", "button('/lich.ics', 'Tải lịch')") == '<a class="button" href="/lich.ics">Tải lịch</a>'
    assert parsed("button", "button('/a/', 'Cũ hơn', rel='next')").a["rel"] == ["next"]


def test_a_notice_is_an_article_under_a_linked_heading():
    source = '{% from "macros/notice.html" import notice %}{% call notice(row) %}<p class="meta">{{ row.unit }}</p>{% endcall %}'
    row = {"url": "/tuyen-dung/ke-toan/", "title": MARKUP, "unit": MARKUP}
    renderer = Renderer(SITE, (), str(THEME), lambda digest: ())
    page = BeautifulSoup(renderer._env.from_string(source).render(row=type("Row", (), row)), "html.parser")
    assert page.article["class"] == ["card", "notice"]
    assert page.h3.a["href"] == "/tuyen-dung/ke-toan/" and page.h3.text == page.p.text == MARKUP


def test_a_fact_is_a_term_and_its_value_which_may_be_another_macros():
    assert html("facts", "fact('Đơn vị', unit)", unit=MARKUP).startswith("<div><dt>Đơn vị</dt><dd>&lt;b&gt;")
    source = (
        '{% from "macros/facts.html" import fact %}{% from "macros/time.html" import day %}{{ fact("Hạn", day(when)) }}'
    )
    environment = Renderer(SITE, (), str(THEME), lambda digest: ())._env
    assert BeautifulSoup(environment.from_string(source).render(when=WHEN), "html.parser").dd.time.text == "30/7/2026"


# -- cards ----------------------------------------------------------------------


def test_a_cards_heading_is_its_only_link_and_its_small_picture_says_nothing():
    card = a_card(picture=PHOTO, category=Link("Tình nguyện", "/chuyen-muc/tinh-nguyen/"), badge="3 ảnh")
    page = parsed("card", "card(card)", card=card)
    assert [link["href"] for link in page.find_all("a")] == ["/tin-tuc/ra-quan/"] and page.h3.a.text == "Ra quân"
    assert page.img["alt"] == "" and page.img["loading"] == "lazy"
    assert page.find(class_="kicker").text == "Tình nguyện" and page.find(class_="badge").text == "3 ảnh"


def test_a_card_without_picture_category_and_badge_leaves_no_empty_element():
    page = parsed("card", "card(card)", card=a_card())
    assert page.picture is None and page.find(class_="kicker") is None and page.find(class_="badge") is None
    assert all(element.text.strip() for element in page.find_all(["p", "h3", "time"]))


def test_a_card_writes_no_markup_of_what_editors_wrote():
    card = a_card(title=MARKUP, summary=MARKUP, badge=MARKUP, category=Link(MARKUP, "/x/"))
    page = parsed("feature", "feature(card, '98vw')", card=card)
    assert page.find("b") is None
    assert [page.h3.text, *(page.find(class_=name).text for name in ("kicker", "summary", "badge"))] == [MARKUP] * 4


def test_a_feature_stands_at_the_level_and_in_the_width_that_its_page_gives():
    page = parsed(
        "feature",
        "feature(card, '98vw', level=2, most=480, eager=True)",
        card=a_card(picture=PHOTO, summary="Tóm tắt."),
    )
    assert page.h2 and page.find(class_="summary").text == "Tóm tắt."
    assert (
        page.source["sizes"] == "98vw" and "720w" not in page.source["srcset"] and page.img["fetchpriority"] == "high"
    )


def test_a_browser_without_avif_has_one_jpeg_as_wide_as_is_worth_loading():
    page = parsed("feature", "feature(card, '98vw', most=480)", card=a_card(picture=PHOTO))
    assert page.img["src"].endswith("-480.jpg") and page.img.get("srcset") is None


def test_no_cards_make_no_block():
    assert parsed("card", "cards_block('Liên quan', cards)", cards=()).find() is None
    page = parsed("card", "cards_block('Liên quan', cards)", cards=(a_card(), a_card(title="Khác")))
    assert page.section.h2.text == "Liên quan" and [heading.text for heading in page.find_all("h3")] == [
        "Ra quân",
        "Khác",
    ]


# -- pictures ---------------------------------------------------------------------


def test_a_picture_tells_what_it_shows_and_keeps_its_place_before_it_is_loaded():
    page = parsed("picture", "picture_of(picture, '98vw')", picture=PHOTO)
    assert page.img["alt"] == "Hai bạn trồng cây" and (page.img["width"], page.img["height"]) == ("1440", "960")
    assert page.source["type"] == "image/avif" and page.source["srcset"].endswith("/anh/ab12-720.avif 720w")
    assert page.img["loading"] == "lazy"


def test_quotes_in_a_description_do_not_end_it():
    page = parsed("picture", "picture_of(picture, '98vw')", picture=PHOTO.described('Băng rôn "Đoàn" & <i>Hội</i>'))
    assert page.img["alt"] == 'Băng rôn "Đoàn" & <i>Hội</i>' and page.find("i") is None


def test_a_hero_has_a_caption_only_where_there_is_one_and_nothing_without_a_picture():
    assert parsed("hero", "hero(picture, 'Ảnh: Lan')", picture=PHOTO).figcaption.text == "Ảnh: Lan"
    assert parsed("hero", "hero(picture)", picture=PHOTO).figcaption is None
    assert parsed("hero", "hero(picture)", picture=None).find() is None


def test_a_hero_names_who_took_it_after_its_caption_or_without_one():
    page = parsed("hero", "hero(picture, 'Ra quân.', credit, t)", picture=PHOTO, credit=MARKUP)
    assert page.figcaption.text == f"Ra quân. Ảnh: {MARKUP}" and page.b is None
    assert parsed("hero", "hero(picture, '', 'Lan', t)", picture=PHOTO).figcaption.text.strip() == "Ảnh: Lan"


def test_a_story_is_shared_by_plain_links_and_by_buttons_that_wait_for_the_device():
    view = DatedView(url="/tin-tuc/ra-quan/", title="Ra quân & về", date=WHEN)
    site = replace(SITE, assets=Assets({}, {}, {"share": "/theme/share.js"}, {}))
    page = parsed("share", "share(view, shared)", view=view, shared=site)
    facebook, letter = (link["href"] for link in page.find_all("a"))
    assert facebook.endswith("?u=https://thu.example/tin-tuc/ra-quan/")
    assert "subject=Ra%20quân%20%26%20về" in letter
    assert page.div["data-url"] == "https://thu.example/tin-tuc/ra-quan/" and page.div["aria-label"]
    assert [button["name"] for button in page.find_all("button", hidden=True)] == ["share", "listen"]


# -- ways on -----------------------------------------------------------------------


def test_a_breadcrumb_leads_to_all_that_is_above_the_page_and_has_a_name():
    crumbs = (Link("Trang chủ", "/"), Link("Tin tức", "/tin-tuc/"), Link("Bài", "/tin-tuc/bai/"))
    page = parsed("breadcrumb", "breadcrumb(crumbs, t)", crumbs=crumbs[:-1])
    assert page.nav["aria-label"] == "Đường dẫn" and [link.text for link in page.find_all("a")] == [
        "Trang chủ",
        "Tin tức",
    ]


def test_a_pager_leads_to_both_sides_and_says_where_it_stands():
    page = parsed("pager", "pager(pager, t)", pager=Pager(3, "/a/trang/4/", "/a/trang/2/"))
    assert page.nav["aria-label"] == "Các trang của danh sách" and page.nav.span.text == "Trang 3"
    assert {link["rel"][0]: link["href"] for link in page.find_all("a")} == {
        "prev": "/a/trang/4/",
        "next": "/a/trang/2/",
    }


@pytest.mark.parametrize("pager", [None, Pager(0)])
def test_a_list_of_one_page_has_no_pager(pager):
    assert parsed("pager", "pager(pager, t)", pager=pager).find() is None


def test_the_first_page_has_no_number_and_no_way_to_newer_ones():
    page = parsed("pager", "pager(pager, t)", pager=Pager(0, older="/a/trang/2/"))
    assert page.span is None and [link["rel"] for link in page.find_all("a")] == [["next"]]


def test_neighbours_are_named_and_none_leave_nothing():
    call = "neighbours(older, newer, 'Cùng chuyên mục', 'Bài trước', 'Bài sau')"
    page = parsed("neighbours", call, older=Link("Cũ", "/cu/"), newer=None)
    assert page.nav["aria-label"] == "Cùng chuyên mục" and page.a.text == "Bài trước Cũ" and page.a["rel"] == ["prev"]
    assert parsed("neighbours", call, older=None, newer=None).find() is None


def test_chips_lead_on_and_say_how_much_they_gather():
    assert parsed("chips", "chips(links)", links=(Link(MARKUP, "/the/x/"),)).li.a.text == MARKUP
    page = parsed("chips", "counted_chips(groups, t)", groups=(Group("Biển đảo", "/the/bien-dao/", 12),))
    assert " ".join(page.a.text.split()) == "Biển đảo 12 bài" and page.find(class_="unseen").text == " bài"


def test_a_story_without_tags_has_no_line_for_them():
    assert parsed("tagged", "tagged(links, t)", links=()).find() is None
    assert parsed("tagged", "tagged(links, t)", links=(Link("a", "/the/a/"),)).b.text == "Từ khóa:"


# -- headings, files, forms ----------------------------------------------------------


def test_a_blocks_heading_says_of_what_there_is_more():
    page = parsed("heading", "heading(block, t)", block=Block(template="", title="Văn bản", url="/van-ban/"))
    assert page.h2.text == "Văn bản" and page.a.text == "Xem tất cả: Văn bản"
    assert parsed("heading", "heading(block, t)", block=Block(template="", title="Banner")).a is None


def test_a_page_head_has_the_pages_only_h1_and_no_empty_line():
    page = parsed("page_head", "page_head(title, 'Về trang')", title=MARKUP)
    assert page.h1.text == MARKUP and page.p.text == "Về trang"
    assert parsed("page_head", "page_head('Tin')").p is None


def test_files_are_listed_with_their_kind_and_size_and_none_leave_nothing():
    call = "file_list(files, 'Tệp', 'Tải đơn ({label})')"
    page = parsed("files", call, files=(form := FileLink("Mẫu đơn", "/tep/a.pdf", "pdf", 52_000, 2),))
    assert page.h2.text == "Tệp" and page.a["href"] == "/tep/a.pdf" and page.a.text == "Tải đơn (PDF, 2 trang, 52 KB)"
    assert parsed("files", call, files=(form, form)).a.text == "Mẫu đơn (PDF, 2 trang, 52 KB)"
    assert parsed("files", call, files=()).find() is None


def test_the_search_field_has_a_label_of_its_own():
    page = parsed("search_form", "search_form(site, '_find')")
    assert page.label["for"] == page.input["id"] == "_find" and page.label.text and page.form["role"] == "search"
    assert page.form["action"] == "/tim-kiem/"


def test_the_menu_marks_the_page_it_stands_on_or_the_part_it_belongs_to():
    page = parsed("header", "header(site, '/', '', '')")
    assert page.find(attrs={"aria-current": "page"})["href"] == "/"
    page = parsed("header", "header(site, '', '/tin-tuc/', '')")
    assert page.find(attrs={"aria-current": "true"})["href"] == "/tin-tuc/"
    assert page.a["href"] == "#_main" and page.img["alt"] == ""
    assert [nav.find(id=nav["aria-labelledby"]).text for nav in page.find_all("nav")] == [
        "Các mục trên cổng",
        "Chuyên mục tin tức",
    ]


def test_the_footer_says_who_publishes_and_how_to_reach_them():
    page, unit = parsed("footer", "footer(site, True)"), SITE.organization
    assert unit.editor in page.text and page.find("a", href=f"mailto:{unit.email}").text == unit.email
    assert page.find("a", href="/lien-he/").text == "Liên hệ" and page.nav["aria-label"]
    assert page.find_all("p")[-1].text.startswith("© Tỉnh đoàn Thử. Ghi rõ nguồn")


def test_an_old_telephone_number_and_address_are_printed_and_the_number_of_today_is_dialled():
    unit = replace(SITE.organization, telephone="062.3822798", dialled="0252.3822798", address_note="địa chỉ cũ")
    page = parsed("contact", "contact(unit_site)", unit_site=replace(SITE, organization=unit))
    assert page.find("a", href="tel:+842523822798").text == "062.3822798"
    assert f"{unit.address} (địa chỉ cũ)" in page.text
    assert page.find("a", href=unit.website).text == "www.tinhdoanbinhthuan.vn"


def test_an_aside_has_a_name():
    assert parsed("aside", "aside(blocks, t)", blocks=()).aside["aria-label"] == "Thông tin thêm"


# -- where they stand ------------------------------------------------------------------


def test_each_components_style_sheet_has_the_name_of_its_macros_or_is_a_class_that_templates_write():
    sheets = {path.stem for path in (THEME / "static/css/components").glob("*.css")}
    assert sheets - {path.stem for path in (THEME / "templates/macros").glob("*.html")} == {"prose", "strip"}
