"""The theme's own files: one style sheet, small scripts, icons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import rcssmin

from plugins.core.hashing import digest
from plugins.core.site.identity import Assets
from plugins.core.site.section import Section


@dataclass(frozen=True)
class AssetFiles:
    """``files`` are the bytes by output path; ``assets`` their addresses for templates."""

    files: dict[str, bytes]
    assets: Assets

    @property
    def paths_digest(self) -> bytes:
        """16 bytes that stand for the files' paths."""
        return digest(*(path.encode() for path in sorted(self.files)))


def gather(theme: Path, sections: Iterable[Section], base: str) -> AssetFiles:
    """Join the style sheets of theme and sections, in the order of their names, into one.

    Names carry the digest of what they hold, so that browsers may keep them for ever.
    Files under ``static/root/`` are published at the portal's root under their own name.
    """
    folders = [theme / "static", *(section.home / "static" for section in sorted(sections, key=lambda s: s.name))]
    styles = [path for folder in folders for path in sorted(folder.rglob("*.css"))]
    scripts = [path for folder in folders for path in sorted(folder.rglob("*.js"))]
    joined = "\n".join(path.read_text("utf-8") for path in styles)
    files: dict[str, bytes] = {}

    def add(stem: str, kind: str, data: bytes) -> str:
        path = f"theme/{stem}.{blake2b(data, digest_size=5).hexdigest()}.{kind}"
        files[path] = data
        return f"{base}/{path}"

    css = add("portal", "css", str(rcssmin.cssmin(joined)).encode())
    addresses = {path.stem: add(path.stem, "js", path.read_bytes()) for path in scripts}
    for path in sorted((theme / "static" / "root").rglob("*")):
        if path.is_file():
            files[path.relative_to(theme / "static" / "root").as_posix()] = path.read_bytes()
    return AssetFiles(files, Assets(css, addresses))
