"""A section is one folder and one line of settings: no edit in the core."""

import sys

import pelicanconf

TOY = '''
"""Proverbs: a toy section."""

from functools import partial

from plugins.core.model.fields import Text
from plugins.core.model.item import Story
from plugins.core.model.values import Moment
from plugins.core.site.section import Section
from plugins.core.site.views import Block, Card, View


class Proverb(Story, frozen=True, kw_only=True):
    place: Text = ""


class ProverbView(View, frozen=True, kw_only=True):
    place: str


class ProverbBlock(Block, frozen=True, kw_only=True):
    cards: tuple[Card, ...]


def card(content, proverb):
    return Card(proverb.title, content.url(proverb), Moment(proverb.date))


def blocks(content):
    cards = tuple(card(content, proverb) for proverb in content.listed(Proverb))
    return {"toy": ProverbBlock(template="toy/block.html", title="Tục ngữ", cards=cards)} if cards else {}


def pages(content):
    for proverb in content.public(Proverb):
        yield content.page_of(proverb, "toy/detail.html", partial(view, content, proverb))


def view(content, proverb):
    return ProverbView(url=content.url(proverb), title=proverb.title, place=proverb.place)


SECTION = Section(name="toy", module=__name__, folder="tuc-ngu", model=Proverb, card=card, blocks=blocks, pages=pages)

register = SECTION.register
'''


def test_a_toy_section_has_its_page_its_block_its_tag_and_its_rules(tiny, monkeypatch):
    home = tiny.root / "toy_section"
    (home / "templates").mkdir(parents=True)
    (home / "__init__.py").write_text(TOY)
    (home / "templates" / "detail.html").write_text("<h1>{{ view.title }}</h1><p>{{ view.place }}</p>")
    (home / "templates" / "block.html").write_text(
        "<section id=toy_>{% for card in block.cards %}<a href={{ card.url }}>{{ card.title }}</a>{% endfor %}</section>"
    )
    monkeypatch.syspath_prepend(str(tiny.root))
    tiny.write(
        "tuc-ngu/trau/index.md",
        "---\ntitle: Trâu chậm uống nước đục\ndate: 2026-05-01\nplace: Bắc Bình\ntags: trâu\n---\n",
    )
    home_page = {**pelicanconf.HOME, "main": ["toy", "news.lead"]}
    sections = [*pelicanconf.PLUGINS[:-1], "toy_section", pelicanconf.PLUGINS[-1]]
    try:
        tiny.build(PLUGINS=sections, HOME=home_page)
    finally:
        sys.modules.pop("toy_section", None)
    assert "Bắc Bình" in tiny.page("tuc-ngu/trau/index.html").text
    assert tiny.page("index.html").find(id="toy_").a["href"] == "/tuc-ngu/trau/"
    assert "Trâu chậm" in tiny.page("the/trau/index.html").text
    assert "Trâu chậm" in (tiny.output / "atom.xml").read_text("utf-8")
    assert "/tuc-ngu/trau/" in (tiny.output / "sitemap.xml").read_text("utf-8")
