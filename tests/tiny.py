"""Tiny whole sites: a few files in a folder of the test's own, built for real."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from bs4 import BeautifulSoup
from PIL import Image

from plugins.core.build.pipeline import build
from plugins.core.pelican_adapter import load

ROOT = Path(__file__).resolve().parent.parent

#: The settings of every site that tests build.
CONF = str(ROOT / "tests" / "portalconf.py")

#: What the menu of the real portal leads to has to be there, or links are broken.
PAGES = ("gioi-thieu", "lien-he", "gop-y-kien", "co-cau-to-chuc", "tiep-can")


def a_jpeg(width: int = 480, height: int = 320, colour: str = "teal") -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def a_story(
    title: str = "Một câu chuyện", date: str = "2026-05-01 08:00", body: str = "Nội dung.", **fields: str
) -> str:
    lines = {"title": title, "date": date, "category": "tin-hoat-dong", **fields}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in lines.items()) + f"---\n\n{body}\n"


@dataclass
class TinySite:
    """A content folder, an output folder and a cache, all below ``root``."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def output(self) -> Path:
        return self.root / "output"

    def write(self, path: str, data: str | bytes) -> None:
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)

    def story(self, name: str = "bai", **fields: str) -> None:
        self.write(f"tin-tuc/2026/05/{name}/index.md", a_story(**fields))

    def build(self, now: str = "2026-11-23 20:00", **settings: object):
        """Build in this process. Raises what a build raises."""
        values = {
            "PATH": str(self.content),
            "OUTPUT_PATH": str(self.output),
            "CACHE_PATH": str(self.root / "cache"),
            "NOW": now,
            **settings,
        }
        return build(load(CONF, **values))

    def pelican(
        self, *more: str, conf: str = "tests/portalconf.py", **environ: str
    ) -> subprocess.CompletedProcess[str]:
        """Build as ``make site`` does, in a process of its own."""
        words = [str(self.content), "-o", str(self.output), "-s", str(ROOT / conf), *more]
        return self._run("pelican", *words, **environ)

    def check(self, *more: str) -> subprocess.CompletedProcess[str]:
        """Check as ``make check`` does, in a process of its own."""
        return self._run("scripts", "check", *more, str(self.content))

    def _run(self, module: str, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, *words]
        variables = {**os.environ, "CACHE": str(self.root / "cache"), **environ}
        return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120)

    def page(self, path: str) -> BeautifulSoup:
        return BeautifulSoup((self.output / path).read_text("utf-8"), "html.parser")

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }


def a_tiny_site(root: Path) -> TinySite:
    """Make a site with the pages that menu and footer lead to, and one story."""
    site = TinySite(root)
    for name in PAGES:
        site.write(f"trang/{name}/index.md", f"---\ntitle: {name.replace('-', ' ').capitalize()}\n---\n\nNội dung.\n")
    site.story()
    return site
