"""Choose the style sheets of each page: the theme's base, and those of what its template and its blocks are made of.

A sheet belongs to a page by where it stands:

===============================  ===================================================================
``theme/static/css/``            every page
``theme/static/css/print.css``   every page, when it is printed: browsers load it after all else
``…/components/NAME.css``        pages that import the macros of its name, or write its name as a class
``<section>.css`` of a section   pages of that section, and pages of chosen blocks that show its blocks
any other sheet of a section     pages that link it: ``site.assets.styles``
===============================  ===================================================================

The column beside most pages comes after them, and its sheet with it (``Sheets.column``). That sheet stands last:
what overrides a component for one kind of entry is therefore more specific than it, ``.card.film``, not ``.film``.

Of these sheets a page has the rules that it may use (``purge``): none for a class that only templates of other pages
write. Classes that no template writes, but editors' texts, values or scripts bring, have their rules everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from plugins.core.markdown.sanitize import BODY_CLASSES
from plugins.core.site.section import Section

_REFERENCE = re.compile(r'{%-?\s*(extends|from|import|include)\s+"([^"]+)"')
_CLASS = re.compile(r'(?:class|name)="([^"{]*)')  # a macro is told by `name` what to call itself
_WHOLE_CLASS = re.compile(r'(?:class|name)="([^"]*)')
_JINJA = re.compile(r"\{[{%#].*?[%}#]\}", re.S)
_QUOTED = re.compile(r'"([^".]*)"')  # no name of a template
_WORD = re.compile(r"[\w-]+")
_SCRIPT = re.compile(r'\.scripts\["([^"]+)"\]')

#: The template of the box that the column fills.
BOX = "aside.html"

#: The macro of the column: pages that import it have one.
COLUMN = "macros/aside.html"


class Template:
    """A template as its source tells it, not compiled."""

    def __init__(self, name: str, path: Path) -> None:
        source = path.read_text("utf-8")
        references = _REFERENCE.findall(source)
        self.name = name
        self.section = name.partition("/")[0] if "/" in name and not name.startswith("macros/") else ""
        self.references = {other for _, other in references}
        """The templates that it extends, imports and includes, by name."""

        self.scripts = set(_SCRIPT.findall(source))
        """The scripts that it loads, by name."""

        values = " ".join(part for code in _JINJA.findall(source) for part in _QUOTED.findall(code))
        attributes = " ".join(_WHOLE_CLASS.findall(_JINJA.sub(" ", source)))
        self.words = {*_WORD.findall(values), *_WORD.findall(attributes)}
        """The classes that it may write, in its attributes or by a macro, and other words."""

        self.has_blocks = "|block" in source
        self.has_story_blocks = "view.after_story" in source
        self.is_page = any(kind == "extends" for kind, _ in references)
        self.components = {word for words in _CLASS.findall(source) for word in words.split()}
        if name.startswith("macros/"):
            self.components.add(Path(name).stem)


class Sheet(NamedTuple):
    """The style sheet of the pages of one template."""

    paths: list[Path]
    """What it is joined of, in this order."""

    absent: frozenset[str]
    """Classes that these pages never have."""


class Sheets:
    """The style sheets of a theme and its sections, and the templates that they are for."""

    def __init__(self, theme: Path, sections: Iterable[Section], zones: Mapping[str, Iterable[str]]) -> None:
        """``zones``: the names of the blocks on a section's pages; under an empty name, of those beside all others."""
        self._theme = theme
        self._sections = sorted(sections, key=lambda section: section.name)
        self._reached: dict[str, list[str]] = {}
        self._zones = {name: set(blocks) for name, blocks in zones.items()}

    @cached_property
    def _templates(self) -> dict[str, Template]:
        folders = [("", self._theme / "templates")]
        folders += [(f"{section.name}/", section.home / "templates") for section in self._sections]
        return {
            name: Template(name, path)
            for prefix, folder in folders
            for path in sorted(folder.rglob("*.html"))
            for name in [prefix + path.relative_to(folder).as_posix()]
        }

    @cached_property
    def _base(self) -> list[Path]:
        folder = self._theme / "static"
        sheets = [path for path in sorted(folder.rglob("*.css")) if path.parent.name != "components"]
        return [path for path in sheets if path.stem != "print"]

    @cached_property
    def _components(self) -> list[Path]:
        folders = [self._theme / "static", *(section.home / "static" for section in self._sections)]
        return [path for folder in folders for path in sorted(folder.rglob("components/*.css"))]

    @property
    def separate(self) -> list[Path]:
        """The sheets that pages link by themselves."""
        return sorted((self._theme / "static").rglob("print.css")) + [
            path
            for section in self._sections
            for path in sorted((section.home / "static").rglob("*.css"))
            if path.stem != section.name and path.parent.name != "components"
        ]

    @cached_property
    def _scripts(self) -> dict[str, set[str]]:
        """The words of each script: it may write them as classes."""
        folders = [self._theme / "static", *(section.home / "static" for section in self._sections)]
        return {
            path.stem: set(_WORD.findall(path.read_text("utf-8")))
            for folder in folders
            for path in folder.rglob("*.js")
        }

    @property
    def of_pages(self) -> Iterator[tuple[str, Sheet]]:
        """Yield the sheet of each template that pages are made by."""
        for name, template in self._templates.items():
            if template.is_page:
                yield name, self._sheet_of(name, template)

    @property
    def column(self) -> Sheet:
        """The sheet of the blocks that stand beside most pages."""
        paths = [
            *self._components_of(self._column_blocks),
            *self._of_sections(map(_section_of, self._zones.get("", ()))),
        ]
        return Sheet(paths, self._absent_from([BOX, *self._column_blocks]))

    @cached_property
    def _column_blocks(self) -> list[str]:
        return [part for block in sorted(self._zones.get("", ())) for part in self._templates_of(block)]

    def _sheet_of(self, name: str, template: Template) -> Sheet:
        shown = self._zones.get(template.section, set()) if template.section and template.has_blocks else set()
        if template.has_story_blocks:
            shown = shown | {section.name for section in self._sections if section.after_story}
        parts = [name, *(part for block in sorted(shown) for part in self._templates_of(block))]
        referenced = self._with_references([name])
        column: list[str] = []
        if any(part.name == COLUMN for part in referenced):
            parts, column = [*parts, BOX], self._column_blocks
        paths = [
            *self._base,
            *self._components_of(parts),
            *self._of_sections({*(part.section for part in referenced), *map(_section_of, shown)}),
        ]
        return Sheet(paths, self._absent_from([*parts, *column]))

    def _absent_from(self, templates: Iterable[str]) -> frozenset[str]:
        """Return the classes that templates write, but neither these nor their scripts, nor editors' texts."""
        parts = self._with_references(templates)
        words = {word for part in parts for word in part.words}
        words.update(word for part in parts for script in part.scripts for word in self._scripts.get(script, ()))
        return frozenset(self._classes - words - BODY_CLASSES)

    @cached_property
    def _classes(self) -> set[str]:
        return {word for template in self._templates.values() for word in template.components}

    def _components_of(self, templates: Iterable[str]) -> list[Path]:
        names = {word for part in self._with_references(templates) for word in part.components}
        return [path for path in self._components if path.stem in names]

    def _templates_of(self, block: str) -> list[str]:
        """Return the template that has the block's name, or else all that may be its section's blocks."""
        section, _, name = block.partition(".")
        if f"{section}/{name}.html" in self._templates:
            return [f"{section}/{name}.html"]
        return [other for other, part in self._templates.items() if part.section == section and not part.is_page]

    def _of_sections(self, names: Iterable[str]) -> list[Path]:
        chosen = set(names)
        sheets = [
            section.home / "static" / f"{section.name}.css" for section in self._sections if section.name in chosen
        ]
        return [path for path in sheets if path.is_file()]

    def _with_references(self, names: Iterable[str]) -> list[Template]:
        """Return these templates and all that they refer to, and so on."""
        reached = {part: None for name in names for part in self._reached_from(name)}
        return [self._templates[name] for name in reached]

    def _reached_from(self, name: str) -> list[str]:
        if name not in self._reached:
            waiting, reached = [name], dict[str, None]()
            while waiting:
                part = waiting.pop()
                if part not in reached and (template := self._templates.get(part)):
                    reached[part] = None
                    waiting += template.references
            self._reached[name] = list(reached)
        return self._reached[name]


def _section_of(block: str) -> str:
    """Return the name of the section that a block belongs to: ``news`` of ``news.latest``."""
    return block.partition(".")[0]
