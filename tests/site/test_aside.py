"""What stands beside pages comes from a file of its own: news there redraws no other page."""

from tests.tiny import a_tiny_site

ASIDE = {"ASIDE": ["news.latest", "documents", "banner.left"]}


def changed_pages(site, **settings):
    """Add a story that shares nothing with the others. Returns the files that existed and have changed."""
    site.build(**settings)
    before = site.files()
    site.story("moi", title="Tin mới tinh", date="2026-05-20 08:00", category="guong-sang")
    site.build(**settings)
    after = site.files()
    return {path for path in before if after.get(path) != before[path]}


def test_a_new_story_redraws_no_more_pages_because_it_stands_beside_all_of_them(tmp_path):
    site = a_tiny_site(tmp_path / "a")
    with_column = changed_pages(site, **ASIDE)
    without = changed_pages(a_tiny_site(tmp_path / "b"), ASIDE=[])
    assert with_column - without == {"ben-le.html"}
    assert not [path for path in with_column if path.startswith("tin-tuc/2026/")]
    assert "Tin mới tinh" in (site.output / "ben-le.html").read_text()


def test_every_page_has_the_column_and_without_script_a_link_to_what_stands_in_it(tiny):
    tiny.build(**ASIDE)
    page = tiny.page("tin-tuc/2026/05/bai/index.html")
    assert page.aside.div["data-blocks"] == "/ben-le.html" and page.find("script", src=True)
    assert [link["href"] for link in page.aside.noscript.find_all("a")] == ["/ben-le.html"]
    assert "ben-le" not in (tiny.output / "sitemap.xml").read_text()


def test_without_blocks_there_is_no_column(tiny):
    tiny.build(ASIDE=[])
    assert tiny.page("tin-tuc/2026/05/bai/index.html").aside is None
    assert not (tiny.output / "ben-le.html").exists()
