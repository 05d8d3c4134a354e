"""The style sheet of each kind of page: all that its pages need, and little else."""

import re

import pytest
from bs4 import BeautifulSoup

from plugins.core.render.purge import MinifiedSheet
from plugins.core.render.sheets import Sheets
from plugins.core.site.section import Section
from tests.world import ROOT, SECTIONS

_STATE = re.compile(r"::[\w-]+|:(?:hover|focus-visible|focus-within|focus|disabled)\b")


def selectors(css: str) -> dict[str, frozenset[str]]:
    """Return the selectors of a minified sheet, each with the classes that it needs."""
    return {selector: needed for selector, needed in MinifiedSheet(css).selectors if ":has(" not in selector}


@pytest.mark.slow
def test_whatever_a_page_writes_is_styled_on_that_page_if_it_is_anywhere(demo):
    sheets = {path.name: selectors(path.read_text("utf-8")) for path in (demo / "theme").glob("*.css")}
    everywhere = {selector: needed for sheet in sheets.values() for selector, needed in sheet.items() if needed}
    unstyled = set()
    for path in sorted(demo.rglob("*.html")):
        page = BeautifulSoup(path.read_bytes(), "html.parser")
        linked = [sheets[link["href"].rpartition("/")[2]] for link in page.find_all("link", rel="stylesheet")]
        written = {name for element in page.find_all(class_=True) for name in element["class"]}
        possible = {selector for selector, needed in everywhere.items() if needed <= written}
        missing = {selector for selector in possible.difference(*linked) if page.select_one(_STATE.sub("", selector))}
        unstyled |= {(path.relative_to(demo).parts[0], selector) for selector in missing}
    assert unstyled == {("gop-y", ".story>h2")}  # the form on paper, which has a sheet of its own


@pytest.fixture
def theme(tmp_path):
    """Make a theme of a base, two components and a page template."""
    files = {
        "static/css/base.css": "",
        "static/css/components/card.css": "",
        "static/css/components/prose.css": "",
        "templates/base.html": "<html>",
        "templates/macros/card.html": '{% from "macros/time.html" import day %}',
        "templates/macros/time.html": "",
        "templates/list.html": '{% extends "base.html" %}{% from "macros/card.html" import card %}',
        "templates/text.html": '{% extends "base.html" %}<div class="wide prose">',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def names(sheets: Sheets) -> dict[str, list[str]]:
    return {template: [path.name for path in paths] for template, (paths, _) in sheets.of_pages}


def test_a_component_is_for_pages_that_import_its_macros_or_write_its_class(theme):
    assert names(Sheets(theme, (), {})) == {
        "list.html": ["base.css", "card.css"],
        "text.html": ["base.css", "prose.css"],
    }


def test_a_component_of_a_section_is_for_pages_that_write_its_class_there_or_elsewhere():
    sheets = names(Sheets(ROOT / "theme", SECTIONS, {}))
    assert "register.css" in sheets["documents/index.html"] and "register.css" not in sheets["documents/detail.html"]


def test_the_sheet_of_a_section_is_for_its_own_pages_and_for_the_column_in_which_its_blocks_stand():
    documents, video = (next(s for s in SECTIONS if s.name == name) for name in ("documents", "video"))
    sheets = Sheets(ROOT / "theme", (documents, video), {"": ["video"]})
    assert "documents.css" in names(sheets)["documents/detail.html"]
    assert "video.css" not in names(sheets)["documents/detail.html"]
    assert {"strip.css", "video.css"} <= {path.name for path in sheets.column.paths}


def test_the_column_has_the_components_of_its_own_blocks_and_spares_pages_those_that_it_alone_uses():
    sheets = Sheets(ROOT / "theme", SECTIONS, {"": ["news.latest"]})
    assert {"card.css", "notice.css"} <= {path.name for path in sheets.column.paths}
    assert "front.css" not in {path.name for path in sheets.column.paths}
    assert "notice.css" not in names(sheets)["pages/detail.html"]


def test_what_overrides_a_card_is_more_specific_than_it_for_the_sheet_of_the_column_comes_last():
    templates = "".join(
        path.read_text("utf-8")
        for path in [*ROOT.glob("theme/templates/**/*.html"), *ROOT.glob("plugins/*/templates/*.html")]
    )
    kinds = set(re.findall(r'class="card (\w+)', templates)) | set(re.findall(r'feature.*name="(\w+)"', templates))
    assert {"film", "notice", "cover", "book", "feature", "lead", "row"} <= kinds
    sheets = [*ROOT.glob("theme/static/css/components/*.css"), *ROOT.glob("plugins/*/static/**/*.css")]
    rules = {
        (path.name, rule)
        for path in sheets
        for rule in re.findall(r"^ +\.(\w+)(?: picture| > div)? \{", path.read_text("utf-8"), re.M)
    }
    assert {(name, rule) for name, rule in rules if rule in kinds} == set()


def test_a_page_of_chosen_blocks_has_their_sheets_and_not_those_beside_other_pages():
    sections: tuple[Section, ...] = SECTIONS
    sheets = names(Sheets(ROOT / "theme", sections, {"": ["banner.left"], "home": ["video", "news.lead"]}))
    home = sheets["home/index.html"]
    assert {"video.css", "news.css", "front.css"} <= set(home) and not {"banner.css", "documents.css"} & set(home)


def test_a_sheet_that_has_another_name_than_its_section_is_linked_by_itself():
    sheets = Sheets(ROOT / "theme", SECTIONS, {})
    assert "thread.css" in [path.name for path in sheets.separate]
    assert all("thread.css" not in paths for paths in names(sheets).values())
