"""A section is one folder and one line of settings. The one that docs/them-chuyen-muc.md has its readers write is
built here, out of that page, in a folder of its own."""

import re
import sys

import pytest
from bs4 import BeautifulSoup

import pelicanconf
from plugins.core.errors import ConfigError, ContentError
from plugins.core.pelican_adapter import load
from scripts import codes, new
from tests.tiny import CONF, ROOT

GUIDE = (ROOT / "docs/them-chuyen-muc.md").read_text("utf-8")
FILES = dict(re.findall(r"^`plugins/proverbs/([\w./]+)`\n\n```\w+\n(.*?)^```$", GUIDE, re.M | re.S))
TEST = re.search(r"^```python\n(from plugins\.proverbs import SECTION.*?)^```$", GUIDE, re.M | re.S)[1]
PROVERB = (
    "---\ntitle: Trâu chậm uống nước đục\ndate: 2026-05-01\nplace: Bắc Bình\ntags: trâu\n---\n\nĐến sau thì phần kém.\n"
)


@pytest.fixture
def proverbs(tiny):
    """Make a tiny site with that section, and the settings that name it."""
    for path, text in FILES.items():
        target = tiny.root / "plugins-khac/proverbs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("plugins.proverbs", "proverbs"), "utf-8")
    tiny.write("tuc-ngu/trau/index.md", PROVERB)
    tiny.home = tiny.root / "plugins-khac/proverbs"
    tiny.settings = {
        "PLUGINS": [*pelicanconf.PLUGINS[:-1], "proverbs", pelicanconf.PLUGINS[-1]],
        "PLUGIN_PATHS": [str(tiny.home.parent)],
        "HOME": {**pelicanconf.HOME, "main": ["proverbs", "news.lead"]},
    }
    yield tiny
    for name in [name for name in sys.modules if name.partition(".")[0] == "proverbs"]:
        del sys.modules[name]


def read(site, url):
    return (site.output / url.lstrip("/")).read_text("utf-8")


def test_a_toy_section_has_its_page_its_block_its_tag_and_its_rules(proverbs):
    proverbs.build(**proverbs.settings)
    assert "Bắc Bình" in proverbs.page("tuc-ngu/trau/index.html").text
    assert (
        proverbs.page("index.html").find(class_="proverbs").find("a", string=re.compile("Trâu"))["href"]
        == "/tuc-ngu/trau/"
    )
    assert "Trâu chậm" in proverbs.page("tuc-ngu/index.html").text
    assert "Trâu chậm" in proverbs.page("the/trau/index.html").text
    assert "Trâu chậm" in read(proverbs, "atom.xml")
    assert "/tuc-ngu/trau/" in read(proverbs, "sitemap.xml")


def test_its_words_style_and_script_reach_its_page(proverbs):
    proverbs.build(**proverbs.settings)
    page: BeautifulSoup = proverbs.page("tuc-ngu/trau/index.html")
    assert page.find(class_="byline").text == "Nghe ở: Bắc Bình"
    assert ".proverb h1" in read(proverbs, page.find("link", rel="stylesheet")["href"])
    scripts = [read(proverbs, script["src"]) for script in page.find_all("script", src=True)]
    assert any("selectAllChildren" in script for script in scripts)
    assert "proverbs" not in str(proverbs.page("lien-he/index.html").find_all("script"))


def test_what_it_knows_to_be_wrong_is_told_with_its_codes_and_explained(proverbs, tmp_path):
    proverbs.write("tuc-ngu/trau-2/index.md", PROVERB)
    with pytest.raises(ContentError) as caught:
        proverbs.build(**proverbs.settings)
    assert [problem.code for problem in caught.value.problems] == ["PROVERB_TWICE"]
    sections = load(CONF, **proverbs.settings).sections
    (group,) = (group for group in codes.groups_of(sections) if group.title == "Tục ngữ")
    assert [entry.code for entry in group.entries] == ["PROVERB_LONG", "PROVERB_TWICE"]
    for entry in group.entries:
        (tmp_path / entry.code).mkdir()
        assert entry.code in {p.code for p in codes.problems_of(entry, tmp_path / entry.code, **proverbs.settings)}


def test_its_own_fields_are_asked_for(proverbs):
    proverbs.write("tuc-ngu/trau/index.md", PROVERB.replace("place", "plce"))
    with pytest.raises(ContentError) as caught:
        proverbs.build(**proverbs.settings)
    assert {problem.code for problem in caught.value.problems} == {"KEY_UNKNOWN", "FIELD_MISSING"}


def test_one_can_be_begun_from_its_skeleton(proverbs):
    settings = load(CONF, NOW="2026-11-23 20:00", **proverbs.settings)
    section = new.kinds_of(settings.sections)["tuc-ngu"]
    draft = new.make_draft(section, "Nước chảy đá mòn", settings.now, "", ())
    assert draft.folder == "tuc-ngu/nuoc-chay-da-mon" and "date: 2026-11-23 20:00" in draft.text


def test_a_word_that_two_have_is_told_with_its_line(proverbs):
    strings_file = proverbs.home / "texts.yaml"
    strings_file.write_text("proverbs:\n  title: Tục ngữ\nnews:\n  title: Tin\nhome: Nhà\n", "utf-8")
    with pytest.raises(ConfigError) as caught:
        proverbs.build(**proverbs.settings)
    problems = [(problem.path, problem.line, problem.code) for problem in caught.value.problems]
    assert problems == [("proverbs/texts.yaml", 3, "TEXTS_CLASH"), ("proverbs/texts.yaml", 5, "TEXTS_CLASH")]
    assert "plugins/news/texts.yaml" in caught.value.problems[0].message
    assert "theme/texts.yaml" in caught.value.problems[1].message


@pytest.mark.parametrize("text", ["proverbs: [", "- một\n", ""])
def test_words_that_cannot_be_read_are_told(proverbs, text):
    (proverbs.home / "texts.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        proverbs.build(**proverbs.settings)
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("proverbs/texts.yaml", "TEXTS_SYNTAX")
    ]


def test_a_changed_word_is_shown_by_the_next_build(proverbs):
    proverbs.build(**proverbs.settings)
    strings_file = proverbs.home / "texts.yaml"
    strings_file.write_text(strings_file.read_text("utf-8").replace("Nghe ở:", "Nghe tại:"), "utf-8")
    proverbs.build(**proverbs.settings)
    assert proverbs.page("tuc-ngu/trau/index.html").find(class_="byline").text == "Nghe tại: Bắc Bình"


def test_another_site_of_the_same_process_has_no_such_section(proverbs):
    assert "proverbs" in {section.name for section in load(CONF, **proverbs.settings).sections}
    assert "proverbs" not in {section.name for section in load(CONF).sections}


def test_the_test_of_the_guide_passes(proverbs, monkeypatch):
    monkeypatch.setattr("tests.world.STRINGS", load(CONF, **proverbs.settings).site.strings)
    names: dict[str, object] = {}
    exec(TEST.replace("plugins.proverbs", "proverbs"), names)
    names["test_a_proverb_tells_where_it_was_heard"]()
