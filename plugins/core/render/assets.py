"""Gather the static files of theme and sections: a style sheet for each kind of page, small scripts, icons."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import rcssmin
import rjsmin
from msgspec import structs

from plugins.core.errors import ConfigError, Problem
from plugins.core.hashing import digest
from plugins.core.render.purge import MinifiedSheet, join
from plugins.core.render.sheets import Sheets
from plugins.core.site.identity import Assets
from plugins.core.site.section import Section

#: The output path of the portal's emblem.
EMBLEM = "icon-512.png"


@dataclass(frozen=True)
class AssetFiles:
    """The static files of a site."""

    files: dict[str, bytes]
    """Their bytes by output path."""

    assets: Assets
    """Their addresses, for templates."""

    @property
    def emblem(self) -> bytes:
        """The portal's emblem as a PNG; empty where the theme has none."""
        return self.files.get(EMBLEM, b"")

    @property
    def paths_digest(self) -> bytes:
        """The digest, of 16 bytes, of the files' paths."""
        return digest(*(path.encode() for path in sorted(self.files)))


def gather(
    theme: Path, sections: Iterable[Section], base: str, zones: Mapping[str, Iterable[str]] | None = None
) -> AssetFiles:
    """Join the style sheets of each kind of page (``sheets.Sheets``, which ``zones`` is for), and gather all other files.

    The names of files hold the digest of their bytes, so that browsers may cache them for ever.
    Files under ``static/root/`` are published at the portal's root under their own names.
    """
    sections = sorted(sections, key=lambda section: section.name)
    folders = [theme / "static", *(section.home / "static" for section in sections)]
    scripts = [path for folder in folders for path in sorted(folder.rglob("*.js"))]
    sheets = Sheets(theme, sections, zones or {})
    root = theme / "static" / "root"
    drawings = [path for folder in folders for path in sorted(folder.rglob("*.svg")) if not path.is_relative_to(root)]
    _refuse_twins(scripts)
    _refuse_twins(sheets.separate)
    _refuse_twins(drawings)
    files: dict[str, bytes] = {}
    minified: dict[Path, MinifiedSheet] = {}

    def add(stem: str, kind: str, data: bytes) -> str:
        path = f"theme/{stem}.{blake2b(data, digest_size=5).hexdigest()}.{kind}"
        files[path] = data
        return f"{base}/{path}"

    def css(paths: Iterable[Path], absent: Set[str] = frozenset()) -> bytes:
        for path in paths:
            if path not in minified:
                minified[path] = MinifiedSheet(rcssmin.cssmin(path.read_text("utf-8")))
        return join(minified[path].without(absent) for path in paths).encode()

    assets = Assets(
        sheets={name: add("portal", "css", css(*sheet)) for name, sheet in sheets.of_pages},
        styles={
            **{path.stem: add(path.stem, "css", css([path])) for path in sheets.separate},
            **({"column": add("column", "css", css(*sheets.column))} if sheets.column.paths else {}),
        },
        scripts={
            path.stem: add(path.stem, "js", str(rjsmin.jsmin(path.read_text("utf-8"))).encode()) for path in scripts
        },
        pictures={path.stem: add(path.stem, "svg", path.read_bytes()) for path in drawings},
    )
    for path in sorted(root.rglob("*")):
        if path.is_file():
            files[path.relative_to(root).as_posix()] = path.read_bytes()
    return AssetFiles(files, structs.replace(assets, emblem=digest(files.get(EMBLEM, b"")).hex()))


def _refuse_twins(paths: Iterable[Path]) -> None:
    """Raise ``ConfigError`` where two files want one name: templates could not tell them apart."""
    first: dict[str, Path] = {}
    twins = [path for path in paths if first.setdefault(path.stem, path) is not path]
    if twins:
        raise ConfigError(
            Problem(
                os.path.relpath(path),
                0,
                0,
                "SCRIPT_TWICE",
                f"Đã có tệp cùng tên: {os.path.relpath(first[path.stem])}.",
            )
            for path in twins
        )
