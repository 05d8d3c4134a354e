"""Gather the static files of theme and sections: one style sheet, small scripts, icons."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import rcssmin
import rjsmin

from plugins.core.errors import ConfigError, Problem
from plugins.core.hashing import digest
from plugins.core.site.identity import Assets
from plugins.core.site.section import Section


@dataclass(frozen=True)
class AssetFiles:
    """The static files of a site."""

    files: dict[str, bytes]
    """Their bytes by output path."""

    assets: Assets
    """Their addresses, for templates."""

    @property
    def paths_digest(self) -> bytes:
        """The digest, of 16 bytes, of the files' paths."""
        return digest(*(path.encode() for path in sorted(self.files)))


def gather(theme: Path, sections: Iterable[Section], base: str) -> AssetFiles:
    """Join the style sheets of theme and sections, in the order of their names, and gather all other files.

    The names of files hold the digest of their bytes, so that browsers may cache them for ever.
    Files under ``static/root/`` are published at the portal's root under their own names.
    """
    folders = [
        theme / "static",
        *(section.home / "static" for section in sorted(sections, key=lambda section: section.name)),
    ]
    styles = [path for folder in folders for path in sorted(folder.rglob("*.css"))]
    scripts = [path for folder in folders for path in sorted(folder.rglob("*.js"))]
    _refuse_twins(scripts)
    css_source = "\n".join(path.read_text("utf-8") for path in styles)
    files: dict[str, bytes] = {}

    def add(stem: str, kind: str, data: bytes) -> str:
        path = f"theme/{stem}.{blake2b(data, digest_size=5).hexdigest()}.{kind}"
        files[path] = data
        return f"{base}/{path}"

    css = add("portal", "css", str(rcssmin.cssmin(css_source)).encode())
    addresses = {
        path.stem: add(path.stem, "js", str(rjsmin.jsmin(path.read_text("utf-8"))).encode()) for path in scripts
    }
    for path in sorted((theme / "static" / "root").rglob("*")):
        if path.is_file():
            files[path.relative_to(theme / "static" / "root").as_posix()] = path.read_bytes()
    return AssetFiles(files, Assets(css, addresses))


def _refuse_twins(scripts: Iterable[Path]) -> None:
    """Raise ``ConfigError`` where two scripts want one name: templates could not tell them apart."""
    first: dict[str, Path] = {}
    twins = [path for path in scripts if first.setdefault(path.stem, path) is not path]
    if twins:
        raise ConfigError(
            Problem(
                os.path.relpath(path),
                0,
                0,
                "SCRIPT_TWICE",
                f"Đã có script cùng tên: {os.path.relpath(first[path.stem])}.",
            )
            for path in twins
        )
