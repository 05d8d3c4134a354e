"""Leaders: names, offices and photographs in order, on one page."""

from plugins.leaders import SECTION as LEADERS
from plugins.leaders.model import Leader
from tests.tiny import a_jpeg, a_tiny_site
from tests.world import a_content, check, codes, item, make_pages, pages_of


def a_leader(name="bi-thu", title="Lê Văn Ví Dụ", office="Bí thư", body="", **fields):
    return item(Leader, f"lanh-dao/{name}/index.md", body, title=title, office=office, **fields)


def view(*leaders, **more):
    return pages_of(a_content(*leaders, sections=(LEADERS,), **more))["lanh-dao/index.html"].view


def test_leaders_stand_in_the_order_that_editors_give():
    shown = view(
        a_leader("a", office="Phó Bí thư", order="20"), a_leader("b", order="10"), a_leader("c", status="draft")
    )
    assert [leader.office for leader in shown.leaders] == ["Bí thư", "Phó Bí thư"]


def test_none_has_a_page_of_their_own_and_one_without_duties_is_no_mistake():
    content = a_content(a_leader(), sections=(LEADERS,))
    assert [page.path for page in make_pages(content)] == ["lanh-dao/index.html"]
    assert check(content, make_pages(content)) == []


def test_a_photograph_without_a_description_is_told():
    content = a_content(a_leader(image="anh.jpg"), sections=(LEADERS,), pictures=("lanh-dao/bi-thu/anh.jpg",))
    assert codes(check(content, make_pages(content))) == ["ALT_MISSING"]


def test_without_leaders_the_page_says_so_and_search_engines_leave_it_out():
    assert view().empty and not view().is_indexed and view(a_leader()).is_indexed


def test_the_page_shows_photograph_name_office_and_duties(tmp_path):
    site = a_tiny_site(tmp_path)
    front = "---\ntitle: Lê Văn Ví Dụ\noffice: Bí thư\nimage: anh.jpg\nimage_alt: Đồng chí Ví Dụ\n---\n\n"
    site.write("lanh-dao/bi-thu/index.md", f"{front}Phụ trách *chung*.\n")
    site.write("lanh-dao/bi-thu/anh.jpg", a_jpeg(600, 800))
    site.build()
    leader = site.page("lanh-dao/index.html").find("article", class_="leader")
    assert leader.img["alt"] == "Đồng chí Ví Dụ" and leader.h2.text == "Lê Văn Ví Dụ"
    assert leader.find(class_="office").text == "Bí thư" and leader.em.text == "chung"
