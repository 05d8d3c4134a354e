"""Build the addresses of files and of pages that gather entries: all from the portal's root, before ``Site.url``.

What an item has for an address is `Section.path_of`'s to say; what an author has, `Content.author_slug`'s.
"""

from __future__ import annotations

import posixpath

from plugins.core.media.formats import PICTURE_EXTENSIONS
from plugins.core.text.vietnamese import slugify

HOME = "/"
NEWS = "/tin-tuc/"
TAGS = "/the/"
AUTHORS = "/tac-gia/"
CATEGORIES = "/chuyen-muc/"
ARCHIVE = "/luu-tru/"
SEARCH = "/tim-kiem/"
ASIDE = "/ben-le.html"


def tag(name: str) -> str:
    """Return the address of a tag's list, however the tag is spelled."""
    return f"{TAGS}{slugify(name)}/"


def author(slug: str) -> str:
    """Return the address of an author's list (``Content.author_slug``)."""
    return f"{AUTHORS}{slug}/"


def category(slug: str) -> str:
    """Return the address of a category's list."""
    return f"{CATEGORIES}{slug}/"


def year(number: int) -> str:
    """Return the address of a year of the archive."""
    return f"{ARCHIVE}{number}/"


def month(number: int, of_year: int) -> str:
    """Return the address of a month of the archive."""
    return f"{year(of_year)}{number:02}/"


def list_page(address: str, number: int) -> str:
    """Return the address of a page of the list at ``address``; page 0 is the list's own."""
    return f"{address}trang/{number}/" if number else address


def feed(home: str) -> str:
    """Return the address of the Atom feed of the list at ``home``."""
    return f"{home}atom.xml"


def file(path: str) -> str:
    """Return where a file of the content folder is published: ``/tep/van-ban/…/ke-hoach.pdf``.

    What is made of a picture is a JPEG.
    """
    folder, name = posixpath.split(path)
    stem, extension = posixpath.splitext(name)
    extension = ".jpg" if extension.lower() in PICTURE_EXTENSIONS else extension.lower()
    segments = [*map(slugify, folder.split("/")), slugify(stem) + extension]
    return "/tep/" + "/".join(filter(None, segments))


def output_path(address: str) -> str:
    """Return the path, from the output folder, of the page or file at an address."""
    path = address[1:]
    return f"{path}index.html" if not path or path.endswith("/") else path
