"""Small worlds for tests: items and contents made from a few words, without a disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from plugins.core.checks import item_checks, site_checks
from plugins.core.errors import Problem
from plugins.core.markdown.parser import MarkdownParser
from plugins.core.media.picture_file import PictureFile
from plugins.core.model.item import Item
from plugins.core.model.values import Link
from plugins.core.site.compose import compose, next_change
from plugins.core.site.compose import make_pages as compose_pages
from plugins.core.site.composition import Composition
from plugins.core.site.content import Content
from plugins.core.site.fingerprints import page_fingerprints
from plugins.core.site.identity import Assets, Category, Organization, Site
from plugins.core.site.section import Section
from plugins.core.site.strings import read_strings
from plugins.core.site.views import Page
from plugins.core.source.item_parser import read_item
from plugins.core.text import dates
from plugins.news import SECTION as NEWS
from plugins.news.model import Article
from tests import portalconf

ROOT = Path(__file__).resolve().parent.parent
NOW = dates.parse("2026-11-23 20:00")
MARKUP = MarkdownParser()
SECTIONS = tuple(import_module(name).SECTION for name in portalconf.PLUGINS)
STRINGS = read_strings(ROOT / "theme", SECTIONS)

I = TypeVar("I", bound=Item)  # noqa: E741


def a_site(**changes: Any) -> Site:
    """Return a portal with three categories and the words of the real one."""
    values = {
        "name": "Tỉnh đoàn Thử",
        "tagline": "Cổng thử",
        "origin": "https://thu.example",
        "base": "",
        "organization": Organization(**portalconf.ORGANIZATION),
        "menu": (Link("Trang chủ", "/"), Link("Tin tức", "/tin-tuc/")),
        "footer": (),
        "categories": (Category("tin", "Tin"), Category("doan", "Xây dựng Đoàn"), Category("bien", "Biển đảo")),
        "assets": Assets({}, {}, {}, {"logo": "/theme/logo.svg"}),
        "strings": STRINGS,
    }
    return Site(**{**values, **changes})


def read(model: type[I], text: str, path: str) -> tuple[I | None, list[Problem]]:
    """Read ``text`` as if it were the file ``path`` of the content folder."""
    parsed = read_item(model, text.encode(), path, MARKUP)
    return parsed.item, parsed.problems


def front(**fields: Any) -> str:
    """Front matter as an editor would write it."""
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + "---\n"


def item(model: type[I], path: str, body: str = "Nội dung.", **fields: Any) -> I:
    """Read an item that must be right."""
    result, problems = read(model, front(**fields) + "\n" + body, path)
    assert result is not None, problems
    return result


def an_article(name: str = "bai", body: str = "Nội dung.", **fields: Any) -> Article:
    """Return a story at ``content/tin-tuc/<name>/index.md``."""
    values = {"title": name.replace("-", " ").capitalize(), "date": "2026-05-01 08:00", "category": "tin", **fields}
    return item(Article, f"tin-tuc/{name}/index.md", body, **values)


@dataclass(frozen=True)
class World(Composition):
    """A composition that knows its sections, so that a test need not name them again."""

    sections: tuple[Section, ...] = ()

    def next_change(self) -> datetime | None:
        return next_change(self, self.sections)


def a_picture(path: str, width: int = 1440, height: int = 960) -> PictureFile:
    return PictureFile(path, blake2b(path.encode(), digest_size=10).hexdigest(), width, height)


def a_content(
    *items: Item,
    sections: tuple[Section, ...] = (NEWS,),
    now: datetime = NOW,
    pictures: tuple[str, ...] = (),
    **more: Any,
) -> World:
    """Return a content that holds ``items``, and ``pictures`` by path. ``more``: ``files``
    with their sizes, ``tables``, ``page_counts``, ``options``, the ``site``."""
    by_section: dict[str, tuple[Item, ...]] = {
        section.name: tuple(item for item in items if section.model and type(item) is section.model)
        for section in sections
    }
    files = {item.document.path: 100 for item in items} | dict.fromkeys(pictures, 1000) | more.pop("files", {})
    shown = {path: a_picture(path) for path in pictures}
    site = more.pop("site", a_site())
    models = {section.name: section.model for section in sections if section.model}
    address_of = {section.name: section.path_of for section in sections}
    return _composed(Content(site, now, models, address_of, by_section, files, shown, **more), sections)


def changed(world: World, **changes: Any) -> World:
    """Return the same world with other ``files`` or ``pictures``."""
    values = {field.name: getattr(world, field.name) for field in fields(Content) if field.init} | changes
    return _composed(Content(**values), world.sections)


def _composed(content: Content, sections: tuple[Section, ...]) -> World:
    world = World(*[None] * 7)
    vars(world).update(vars(compose(content, sections)), sections=sections)
    return world


def make_pages(world: World) -> tuple[Page, ...]:
    """Every page of the site, in the order of their paths."""
    return compose_pages(world, world.sections)


def pages_of(content: World) -> dict[str, Page]:
    """Every page of the site, by output path."""
    return {page.path: page for page in make_pages(content)}


def key(page: Page) -> bytes:
    """Return the fingerprints that decide whether the page is rendered again."""
    return b"".join(page_fingerprints(page))


def check(content: World, pages: Sequence[Page], theme_paths: Iterable[str] = ()) -> list[Problem]:
    """Return all problems that a build would report of readable items."""
    of_items = [problem for item in content.all_items for problem in item_checks.check_item(item)]
    return [*of_items, *site_checks.check(content, content.sections, pages, theme_paths)]


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]
