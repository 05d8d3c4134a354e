"""Old addresses lead to where their items are now."""

import pytest

from plugins.core.errors import ContentError


def test_an_old_address_sends_the_reader_on(tiny):
    tiny.story(aliases="[/tin-tuc/2020/cu/, /index.php/tin-cu]")
    tiny.build()
    for path in ("tin-tuc/2020/cu/index.html", "index.php/tin-cu/index.html"):
        page = tiny.page(path)
        assert page.find("meta", attrs={"http-equiv": "refresh"})["content"] == "0; url=/tin-tuc/2026/05/bai/"
        assert page.find("link", rel="canonical")["href"] == "http://localhost:8000/tin-tuc/2026/05/bai/"
    assert "/tin-tuc/2020/cu/" not in (tiny.output / "sitemap.xml").read_text()


@pytest.mark.parametrize(
    "alias", ["//evil.example/", "https://evil.example/", "/../x/", "/a/../../x", "cu", "/a b/", "/.git/"]
)
def test_case_37_an_old_address_stays_within_the_portal(tiny, alias):
    tiny.story(aliases=f'"{alias}"')
    with pytest.raises(ContentError) as caught:
        tiny.build()
    assert [problem.code for problem in caught.value.problems] == ["ALIAS_INVALID"]


def test_case_37_an_old_address_never_hides_a_live_page_nor_leads_to_two(tiny):
    tiny.story("mot", aliases="/tin-tuc/2026/05/bai/")
    tiny.story("hai", aliases="/cu/")
    tiny.story("ba", aliases="/cu/")
    tiny.story("bon", aliases="/lien-he")
    with pytest.raises(ContentError) as caught:
        tiny.build()
    problems = {(problem.path.split("/")[-2], problem.code, problem.line) for problem in caught.value.problems}
    assert problems == {("mot", "URL_TAKEN", 5), ("hai", "URL_TAKEN", 5), ("bon", "URL_TAKEN", 5)}
