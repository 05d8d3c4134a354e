"""Resolve the addresses in an item's text to paths of the content folder and of the portal."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from plugins.core.text.vietnamese import file_form, slugify

#: The beginnings of addresses that do not lead into the content folder.
SCHEMES = ("http://", "https://", "mailto:", "tel:")
_PLAIN_PATH = re.compile(r"((?:\.\./)*)((?:[\w-][\w.-]*/)*[\w-][\w.-]*)", re.ASCII)


def resolve_path(source: str, href: str) -> str:
    """Resolve a relative address in the text ``source`` to a path from the content folder."""
    folders = source.split("/")[:-1]
    if match := _PLAIN_PATH.fullmatch(href):  # nearly every address: nothing has to be decoded
        levels_up = len(match[1]) // len("../")
        if levels_up <= len(folders):
            return "/".join([*folders[: len(folders) - levels_up], match[2]])
    href = file_form(unquote(href))
    for prefix in ("{filename}", "{static}", "{attach}"):
        if href.startswith(prefix):
            href = href.removeprefix(prefix)
            if href.startswith("/"):
                return posixpath.normpath(href[1:])
    return posixpath.normpath(posixpath.join(*folders, "", href))


def page_path(address: str) -> str:
    """Return the path of an address of the portal: decoded, without query and fragment."""
    return unquote(_PATH_END.split(address, maxsplit=1)[0])


def page_address(address: str) -> str:
    """Return the page that an address of the portal leads to, as in ``Content.addresses``."""
    return f"/{page_path(address).strip('/')}/"


_PATH_END = re.compile("[?#]")


def names_of_text(path: str) -> set[str]:
    """Return all by which a link or a field may name the text at ``path``: paths and addresses."""
    name = path.removesuffix(".md").removesuffix("/index")
    slugs = [slugify(segment) for segment in name.split("/")]
    return {path, name, f"{name}.md", f"/{'/'.join(slugs)}/", f"/{'/'.join(slugs[1:])}/"}


def is_remote(src: str) -> bool:
    """Return whether a picture's address leads out of the content folder."""
    return src.startswith(("http://", "https://", "//", "data:"))
