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
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from plugins.core.site.section import Section

_REFERENCE = re.compile(r'{%-?\s*(extends|from|import|include)\s+"([^"]+)"')
_CLASS = re.compile(r'class="([^"{]*)')

#: The template of the box that the column fills.
BOX = "aside.html"


class Template:
    """A template as its source tells it, not compiled."""

    def __init__(self, name: str, path: Path) -> None:
        source = path.read_text("utf-8")
        references = _REFERENCE.findall(source)
        self.section = name.partition("/")[0] if "/" in name and not name.startswith("macros/") else ""
        self.references = {other for _, other in references}
        """The templates that it extends, imports and includes, by name."""

        self.has_story_blocks = "view.after_story" in source
        self.is_page = any(kind == "extends" for kind, _ in references)
        self.components = {word for words in _CLASS.findall(source) for word in words.split()}
        if name.startswith("macros/"):
            self.components.add(Path(name).stem)


class Sheets:
    """The style sheets of a theme and its sections, and the templates that they are for."""

    def __init__(self, theme: Path, sections: Iterable[Section], zones: Mapping[str, Iterable[str]]) -> None:
        """``zones``: the names of the blocks on a section's pages; under an empty name, of those beside all others."""
        self._theme = theme
        self._sections = sorted(sections, key=lambda section: section.name)
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

    @property
    def of_pages(self) -> Iterator[tuple[str, list[Path]]]:
        """Yield the sheets of each template that pages are made by, in the order in which they are joined."""
        for name, template in self._templates.items():
            if template.is_page:
                yield name, self._sheets_of(name, template)

    @property
    def column(self) -> list[Path]:
        """The sheets of the blocks that stand beside most pages."""
        blocks = self._zones.get("", set())
        return [
            *self._components_of([part for block in sorted(blocks) for part in self._templates_of(block)]),
            *self._of_sections(map(_section_of, blocks)),
        ]

    def _sheets_of(self, name: str, template: Template) -> list[Path]:
        shown = self._zones.get(template.section, set()) if template.section else set()
        if template.has_story_blocks:
            shown = shown | {section.name for section in self._sections if section.after_story}
        blocks = [part for block in sorted(shown) for part in self._templates_of(block)]
        sections = {part.section for part in self._with_references([name])}
        return [
            *self._base,
            *self._components_of([name, BOX, *blocks]),
            *self._of_sections({*sections, *map(_section_of, shown)}),
        ]

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
        waiting, templates = list(names), dict[str, Template]()
        while waiting:
            name = waiting.pop()
            if name not in templates and (template := self._templates.get(name)):
                templates[name] = template
                waiting += template.references
        return list(templates.values())


def _section_of(block: str) -> str:
    """Return the name of the section that a block belongs to: ``news`` of ``news.latest``."""
    return block.partition(".")[0]
