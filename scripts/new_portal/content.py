"""Write the first content of a new portal: one example of each kind, and the pages of its menu."""

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image

from plugins.core.site.section import Section
from plugins.core.site.settings import Settings
from scripts.new import Draft, kinds_of, make_draft, write

EXAMPLE_NAME = "bai-mau"
_PICTURE, _FILM = (Path(__file__).parent / name for name in ("anh-mau.jpg", "phim-mau.mp4"))
_PAGE = re.compile(r"/([a-z0-9-]+)/")

#: Section → a field of its skeleton that is only a comment there, and that its example has.
_UNCOMMENTED = {"goodnews": "tags"}  # what the example of a campaign gathers


def write_content(settings: Settings, our_pages: Mapping[str, str]) -> None:
    """Fill the empty content folder. ``our_pages``: the texts of our own pages, by the name of their folder."""
    sections = kinds_of(settings.sections).values()
    pages = next(section for section in sections if section.name == "pages")
    examples = (_example(settings, section) for section in sections if section is not pages)
    for draft in (*examples, *_pages(settings, pages, our_pages)):
        text_path = write(settings.content, draft, {})
        for position, name in enumerate(draft.files):
            _write_file(text_path.parent / name, is_mirrored=position % 2 == 1)


def _example(settings: Settings, section: Section) -> Draft:
    draft = make_draft(section, f"Bài mẫu của mục {section.title}", settings.now, EXAMPLE_NAME)
    field = _UNCOMMENTED.get(section.name)
    return draft._replace(text=_uncomment(draft.text, field)) if field else draft


def _pages(settings: Settings, section: Section, our_pages: Mapping[str, str]) -> Iterator[Draft]:
    """Yield those of our pages to which menu and footer lead, empty but with their layout."""
    titles = {
        match[1]: link.title
        for link in (*settings.site.menu, *settings.site.footer)
        if (match := _PAGE.fullmatch(link.url))
    }
    for name in titles.keys() & our_pages.keys():
        draft = make_draft(section, titles[name], settings.now, name)
        has_contact = re.search(r"^layout: contact$", our_pages[name], re.M)
        yield draft._replace(text=_uncomment(draft.text, "layout")) if has_contact else draft


def _uncomment(text: str, field: str) -> str:
    """Make a field of the comment that a skeleton has in its place. Raises ``ValueError`` where it has none."""
    text, count = re.subn(rf"^# ({field}: .*?)( +#.*)?$", r"\1", text, flags=re.M)
    if count != 1:
        raise ValueError(f"no comment “# {field}: …” in {text}")
    return text


def _write_file(path: Path, *, is_mirrored: bool) -> None:
    """Write what an example shows. Two pictures that follow each other are not the same."""
    if path.suffix == _FILM.suffix:
        shutil.copyfile(_FILM, path)
    elif is_mirrored:
        with Image.open(_PICTURE) as picture:
            picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(path, quality=85)
    else:
        shutil.copyfile(_PICTURE, path)
