"""Lay out a corpus on disk, and the changes whose cost is measured."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from .articles import LAST, PICTURES, Article, article, metadata_of
from .flavours import FLAVOURS, jpeg


@dataclass(frozen=True)
class Trace:
    """How a change must show in the output: one of the files of ``pattern`` holds ``text``."""

    pattern: str
    text: str

    def is_in(self, output: Path) -> bool:
        return any(self.text in path.read_text("utf-8") for path in output.glob(self.pattern))


def page(article: Article) -> str:
    """Return where in the output an article has its page."""
    return f"tin-tuc/{article.path}/index.html"


_ADDRESS = re.compile(r"\((article|picture):(\d+)\)")


class Corpus:
    """``count`` articles below ``root``, and the changes that are measured. ``restore`` undoes them."""

    def __init__(self, flavour: str, root: Path, count: int, seed: int = 1) -> None:
        self.flavour, self.root, self.count, self.seed = FLAVOURS[flavour], root, count, seed
        self._added: list[Path] = []

    def write(self) -> None:
        """Lay the corpus out in ``root``, which may hold other files."""
        for path, text in self.flavour.others.items():
            self._put(self.root / path, text.encode())
            if "anh-0.jpg" in text:
                self._put((self.root / path).with_name("anh-0.jpg"), a_picture(0))
        if self.flavour.pictures:
            for picture in range(PICTURES):
                self._put(self.root / self.flavour.pictures / jpeg(picture), a_picture(picture))
        for number in range(self.count):
            self._write_article(article(self.seed, number))
        self._added.clear()

    def edit(self, turn: int) -> Trace:
        """Change the last word of one article's text. Each ``turn`` is another word."""
        old, word = article(self.seed, self.count // 2), f"sửa{turn}"
        *blocks, last = old.blocks
        changed = last.rpartition(" ")[0] + f" {word}."
        self._write_article(replace(old, blocks=(*blocks, changed)))
        return Trace(page(old), word)

    def add(self) -> Trace:
        """Add an article that is newer than all others."""
        new = replace(article(self.seed, self.count), date=LAST + timedelta(hours=8))
        self._write_article(new)
        return Trace(page(new), new.slug)

    def restore(self) -> None:
        """Make the files what ``write`` made them."""
        self._write_article(article(self.seed, self.count // 2))
        for path in self._added:
            path.unlink()
        self._added.clear()

    @property
    def size(self) -> int:
        """The number of articles that are there now."""
        return self.count + sum(path.suffix == ".md" for path in self._added)

    def _write_article(self, article: Article) -> None:
        path = self.root / self.flavour.articles / f"{article.path}.md"
        text = "\n\n".join(article.blocks)
        self._put(path, f"{self.flavour.front(article)}{_ADDRESS.sub(self._address, text)}\n".encode())
        if not self.flavour.pictures:
            shown = [int(number) for kind, number in _ADDRESS.findall(text) if kind == "picture"]
            for picture in [article.picture, *shown]:
                if not (target := path.with_name(jpeg(picture))).exists():
                    self._put(target, a_picture(picture))

    def _address(self, match: re.Match[str]) -> str:
        kind, number = match[1], int(match[2])
        if kind == "picture":
            return f"({self.flavour.picture}{jpeg(number)})"
        return f"({self.flavour.link(metadata_of(self.seed, number))})"

    def _put(self, path: Path, data: bytes) -> None:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._added.append(path)
        path.write_bytes(data)


@cache
def a_picture(number: int) -> bytes:
    """Make a small JPEG, another for each number."""
    image = Image.new("RGB", (64, 36), (20 * number, 120, 250 - 20 * number))
    ImageDraw.Draw(image).line([(0, 3 * number), (63, 35)], fill="white", width=3)
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
