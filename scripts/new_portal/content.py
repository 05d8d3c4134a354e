"""Write the first content of a new portal: one example of each kind, and the pages of its menu."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from plugins.core.site.settings import Settings
from scripts.new import Draft, kinds_of, make_draft, write

EXAMPLE_NAME = "bai-mau"
_FILES = {path.suffix: path for path in Path(__file__).parent.glob("*-mau.*")}
_PAGE = re.compile(r"/([a-z0-9-]+)/")
_CONTACT_COMMENT = re.compile(r"^# (layout: contact)\b", re.M)


def write_content(settings: Settings, pages: dict[str, str]) -> None:
    """Fill the empty content folder. ``pages``: the texts of our own pages by name, of which the menu's are created."""
    for draft in (*_examples(settings), *_pages(settings, pages)):
        text_path = write(settings.content, draft, {})
        for name in draft.files:
            shutil.copyfile(_FILES[Path(name).suffix], text_path.parent / name)


def _examples(settings: Settings) -> Iterator[Draft]:
    for section in kinds_of(settings.sections).values():
        if section.name != "pages":
            yield make_draft(section, f"Bài mẫu của mục {section.title}", settings.now, EXAMPLE_NAME)


def _pages(settings: Settings, pages: dict[str, str]) -> Iterator[Draft]:
    """Yield the pages that menu and footer lead to, with the layout that ours have."""
    section = next(section for section in settings.sections if section.name == "pages")
    for link in (*settings.menu, *settings.footer):
        match = _PAGE.fullmatch(link.url)
        if match and match[1] in pages:
            draft = make_draft(section, link.title, settings.now, match[1])
            if re.search(r"^layout: contact$", pages[match[1]], re.M):
                draft = draft._replace(text=_CONTACT_COMMENT.sub(r"\1", draft.text))
            yield draft
