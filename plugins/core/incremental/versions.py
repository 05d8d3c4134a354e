"""Digest everything but the content that decides what a build makes: code, settings, theme."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from plugins.core import hashing
from plugins.core.site.section import Section
from plugins.core.site.settings import Settings

_PLUGINS = Path(__file__).resolve().parents[2]
_encode = msgspec.msgpack.Encoder(order="deterministic", enc_hook=repr).encode


def code(sections: Iterable[Section]) -> bytes:
    """Digest the code that reads texts: our sources, Python, the libraries, the model of each folder."""
    folders = [(section.name, section.folder, str(section.model)) for section in sections]
    roots = {_PLUGINS, *(section.home for section in sections if not section.home.is_relative_to(_PLUGINS))}
    return hashing.digest(
        repr((sys.version, _libraries(), folders)).encode(),
        *(part for root in sorted(roots) for part in _files(root, ".py")),
    )


def portal(settings: Settings, code: bytes) -> bytes:
    """Digest the code, the settings and the words of the interface."""
    return hashing.digest(code, _encode((settings.site, settings.options)))


def theme(settings: Settings) -> bytes:
    """Digest what pages look like: the theme, templates, style sheets."""
    folders = [
        settings.theme,
        *(section.home / name for section in settings.sections for name in ("templates", "static")),
    ]
    return hashing.digest(*(part for folder in folders for part in _files(folder)))


def _files(root: Path, ending: str = "") -> list[bytes]:
    """Return names and bytes of the files below ``root``, in their order."""
    start = len(os.path.join(root, ""))
    paths = sorted(
        f"{folder}/{name}"
        for folder, _, names in os.walk(root)
        if "__pycache__" not in folder
        for name in names
        if name.endswith(ending)
    )
    return [part for path in paths for part in (path[start:].encode(), _bytes(path))]


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _libraries() -> list[str]:
    """Return names and versions of everything installed, taken from folder names: to read the metadata takes long."""
    names: set[str] = set()
    for folder in sys.path:
        if os.path.isdir(folder):
            names.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
    return sorted(names)
