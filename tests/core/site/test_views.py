"""Views: the page's key is the digest of all that its template may read."""

import json
import re

from plugins.core.model.values import Picture
from plugins.core.render.renderer import _json_ld
from plugins.core.site.views import Card, ListView, Page
from plugins.core.text import dates
from tests.world import ROOT, a_content, a_site, an_article, key, pages_of

DAY = dates.parse("2026-05-01")


def a_page(**view):
    return Page(path="a/index.html", template="list.html", make=lambda: ListView(url="/a/", title="A", **view))


def test_the_key_changes_with_anything_the_template_may_read_and_with_nothing_else():
    card = Card("Tin", "/tin/", DAY)
    assert key(a_page(cards=(card,))) == key(a_page(cards=(Card("Tin", "/tin/", DAY),)))
    assert key(a_page(cards=(card,))) != key(a_page(cards=(Card("Tin", "/tin/", DAY, badge="x"),)))
    assert key(a_page()) != key(a_page(empty="Chưa có"))


def test_a_new_story_leaves_the_keys_of_stories_far_away_alone():
    stories = [
        an_article(f"bai-{n}", date=f"2026-0{n}-01", tags=f"thẻ {n}", category=("tin", "doan")[n % 2])
        for n in range(1, 9)
    ]
    before, after = pages_of(a_content(*stories[:-1])), pages_of(a_content(*stories))
    changed = {path for path in before if key(before[path]) != key(after[path])}
    assert "tin-tuc/bai-1/index.html" not in changed
    assert "tin-tuc/bai-6/index.html" in changed  # its neighbour in the category
    assert "tin-tuc/index.html" in changed


def test_a_picture_offers_only_widths_that_exist_and_are_wanted():
    picture = Picture("/anh/x", 1000, 600, (240, 480, 720, 1000))
    assert picture.srcset("avif", most=480) == "/anh/x-240.avif 240w, /anh/x-480.avif 480w"
    assert picture.url("jpg", 500) == "/anh/x-720.jpg"
    assert picture.url("jpg", 5000) == "/anh/x-1000.jpg"


def test_structured_data_cannot_close_its_element():
    text = _json_ld({"a": "</script><script>alert(1)</script>&"})
    assert "<" not in text and ">" not in text
    assert json.loads(text)["a"].startswith("</script>")


def test_the_breadcrumb_is_told_to_search_engines():
    page = pages_of(a_content(an_article()))["tin-tuc/bai/index.html"]
    graph = page.view.json_ld(a_site())["@graph"]
    assert [part["@type"] for part in graph] == ["NewsArticle", "BreadcrumbList"]
    assert graph[0]["datePublished"] == "2026-05-01T08:00:00+07:00"
    assert graph[0]["mainEntityOfPage"] == "https://thu.example/tin-tuc/bai/"


def test_only_the_adapter_imports_pelican_and_core_knows_no_section():
    """The two rules that keep the core a core (docs/architecture.md)."""
    for path in (ROOT / "plugins").rglob("*.py"):
        text = path.read_text("utf-8")
        if path.name != "pelican_adapter.py":
            assert not re.search(r"^\s*(from|import) pelican\b", text, re.M), path
        if path.is_relative_to(ROOT / "plugins/core"):
            assert not re.search(r"(?<!pelican\.)plugins\.(?!core\b)\w+ import", text) or path.name == "__init__.py", (
                path
            )


def test_no_template_speaks_of_the_unit_or_carries_its_address():
    """Units merge and move: names and addresses come from the settings alone."""
    import pelicanconf

    words = [value for key, value in pelicanconf.ORGANIZATION.items() if key not in ("short_name",)] + [
        "Bình Thuận",
        "Phan Thiết",
    ]
    templates = [
        path for folder in ("theme", "plugins") for path in (ROOT / folder).rglob("templates/**/*") if path.is_file()
    ]
    assert templates
    for path in templates:
        text = path.read_text("utf-8")
        assert not [word for word in words if word in text], path
