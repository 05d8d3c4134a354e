"""A section may have a setting of its own, and an external input: a file that another program left."""

import sys
import time

import pytest

import pelicanconf
from plugins.core.errors import ConfigError

TALLY = '''
"""Applause: how often each story was applauded, as another program counts it."""

import json

from msgspec import Struct

from plugins.core.site.section import Section
from plugins.core.site.views import Block


class Setting(Struct, forbid_unknown_fields=True):
    word: str


class TallyBlock(Block, kw_only=True, frozen=True):
    count: int


def after_story(content, story):
    word = content.options.get("tally", {}).get("word")
    counts = json.loads(content.external_inputs.get("tally", b"{}"))
    url = content.url(story)
    return TallyBlock(template="tally/block.html", title=word, count=counts.get(url, 0)) if word else None


SECTION = Section(name="tally", module=__name__, after_story=after_story, setting=Setting, external_input="tally.json")

register = SECTION.register
'''


@pytest.fixture
def tally(tiny, monkeypatch):
    """Make a tiny site with two stories and that section: ``tally(**settings)`` builds it."""
    (tiny.root / "tally_section/templates").mkdir(parents=True)
    (tiny.root / "tally_section/__init__.py").write_text(TALLY)
    (tiny.root / "tally_section/templates/block.html").write_text(
        "<p id=_tally>{{ block.count }} {{ block.title }}</p>"
    )
    monkeypatch.syspath_prepend(str(tiny.root))
    sections = [*pelicanconf.PLUGINS[:-1], "tally_section", pelicanconf.PLUGINS[-1]]
    tiny.story("hai", title="Bài hai")
    yield lambda **settings: tiny.build(PLUGINS=sections, **settings)
    sys.modules.pop("tally_section", None)


def test_what_another_program_left_redraws_just_the_page_that_shows_it(tiny, tally):
    time.sleep(0.25)  # the content's stamps are sure: a build may end before it reads
    loud = {"TALLY": {"word": "lượt khen"}}
    tally(**loud)
    assert tiny.page("tin-tuc/2026/05/bai/index.html").find(id="_tally").text == "0 lượt khen"
    left = tiny.root / "cache/tally.json"
    left.write_text('{"/tin-tuc/2026/05/bai/": 7}')
    assert tally(**loud).written == ("tin-tuc/2026/05/bai/index.html",)
    assert tiny.page("tin-tuc/2026/05/bai/index.html").find(id="_tally").text == "7 lượt khen"
    assert tally(**loud).written == ()
    left.unlink()
    assert tally(**loud).written == ("tin-tuc/2026/05/bai/index.html",)


def test_a_sections_own_setting_is_checked(tally):
    tally()  # it may be left out
    for value in ({"wrod": "khen"}, {"word": 5}, {"word": "khen", "more": 1}, "khen"):
        with pytest.raises(ConfigError) as refused:
            tally(TALLY=value)
        assert [problem.code for problem in refused.value.problems] == ["SETTING_INVALID"]
        assert "TALLY" in refused.value.problems[0].message
