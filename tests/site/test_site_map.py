"""The portal at a glance: every list and standing page, each once."""

from tests.tiny import a_tiny_site


def test_it_names_menus_categories_and_standing_pages_each_once(tmp_path):
    site = a_tiny_site(tmp_path)
    site.write("trang/noi-quy/index.md", "---\ntitle: Nội quy\n---\n\nNội dung.\n")
    site.write("trang/nhap/index.md", "---\ntitle: Bản nháp\nstatus: draft\n---\n\nNội dung.\n")
    site.write("trang/kin/index.md", "---\ntitle: Trang kín\nstatus: unlisted\n---\n\nNội dung.\n")
    site.build()
    links = [link["href"] for link in site.page("so-do-cong/index.html").main.select(".chips a")]
    assert len(links) == len(set(links))
    assert {"/tin-tuc/", "/chuyen-muc/guong-sang/", "/luu-tru/", "/noi-quy/", "https://chinhphu.vn/"} <= set(links)
    assert not {"/nhap/", "/kin/", "/so-do-cong/"} & set(links)


def test_a_new_story_does_not_change_it(tmp_path):
    site = a_tiny_site(tmp_path)
    site.build()
    before = site.files()["so-do-cong/index.html"]
    site.story("moi", title="Tin mới tinh")
    site.build()
    assert site.files()["so-do-cong/index.html"] == before
