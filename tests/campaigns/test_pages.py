"""A campaign in two languages, as a browser gets it."""

import pytest

GOC = "---\ntitle: Kaluga\nsummary: Bạn xa\ngathers: chung\naliases: /kaluga-cu/\n---\n\nNội dung.\n"
RU = "---\ntitle: Калуга\nsummary: Друзья\nlang: ru\ntranslates: kaluga\n---\n\nТекст.\n"


@pytest.fixture
def built(tiny):
    tiny.story(tags="chung")
    tiny.write("chuyen-de/kaluga/index.md", GOC)
    tiny.write("chuyen-de/kaluga-ru/index.md", RU)
    tiny.build()
    return tiny


def test_the_frame_stays_vietnamese_and_russian_words_are_marked(built):
    page = built.page("chuyen-de/kaluga-ru/index.html")
    assert (page.html["lang"], page.body["lang"]) == ("ru", "vi")
    for words in page.find("h1"), page.find(class_="sapo"), page.find(class_="prose"):
        assert words.find_parent(attrs={"lang": "ru"})
    assert page.find("h2", string="Tin tức").find_parent(lang=True)["lang"] == "vi"
    assert page.find("meta", property="og:locale")["content"] == "ru_RU"
    assert page.find("meta", property="og:locale:alternate")["content"] == "vi_VN"


@pytest.mark.parametrize("name", ["kaluga", "kaluga-ru"])
def test_every_language_is_named_in_the_head_and_in_a_switch(built, name):
    page = built.page(f"chuyen-de/{name}/index.html")
    links = page.find_all("link", rel="alternate", hreflang=True)
    origin = page.find("link", rel="canonical")["href"].partition("/chuyen-de/")[0]
    assert {link["hreflang"]: link["href"].removeprefix(origin) for link in links} == {
        "vi": "/chuyen-de/kaluga/",
        "ru": "/chuyen-de/kaluga-ru/",
    }
    switch = page.find(class_="languages").find_all("a")
    assert [(link["lang"], link.text) for link in switch] == [("vi", "Tiếng Việt"), ("ru", "Русский")]
    (here,) = [link for link in switch if link.get("aria-current")]
    assert here["href"] == f"/chuyen-de/{name}/"


def test_a_page_in_one_language_says_nothing_of_others(built):
    page = built.page("gioi-thieu/index.html")
    assert not page.find(hreflang=True) and page.find("meta", property="og:locale")["content"] == "vi_VN"


def test_the_old_address_leads_to_the_campaign(built):
    assert "/chuyen-de/kaluga/" in (built.output / "kaluga-cu" / "index.html").read_text("utf-8")
