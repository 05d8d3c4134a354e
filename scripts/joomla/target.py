"""Say where articles of a category go: a section of the new portal, and a category of its news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from plugins.core.site.identity import Category
from plugins.core.text.vietnamese import plain, slugify
from scripts.joomla.model import OldCategory

SKIP = "bo-qua"
NEWS, PAGES, PAPERS, NOTICES, ALBUMS, GOOD_NEWS = "tin-tuc", "trang", "van-ban", "tuyen-dung", "thu-vien-anh", "tin-tot"
FOLDERS = (NEWS, PAGES, PAPERS, NOTICES, ALBUMS, GOOD_NEWS)

#: Words in the name of an old category → the section that they speak of.
_HINTS: Sequence[tuple[str, str]] = (
    (r"tuyen dung|viec tim nguoi", NOTICES),
    (r"moi ngay mot tin|tin tot|cau chuyen dep", GOOD_NEWS),
    (r"van ban|cong van|thong bao ket luan|nghi quyet|chi thi", PAPERS),
    (r"thu vien anh|album|hinh anh hoat dong|phong su anh", ALBUMS),
    (r"gioi thieu|co cau to chuc|lien he|uncategori[sz]ed|khong phan loai|khong chuyen muc", PAGES),
)


class Target(NamedTuple):
    """A folder of the content, and a category where that is of news."""

    folder: str
    category: str = ""

    def __str__(self) -> str:
        return f"{self.folder}/{self.category}" if self.category else self.folder

    @property
    def is_skipped(self) -> bool:
        return self.folder == SKIP

    @property
    def address(self) -> str:
        """The address of the list that shows it; standing pages have none."""
        if self.category:
            return f"/chuyen-muc/{self.category}/"
        return {PAGES: "", GOOD_NEWS: "/moi-ngay-mot-tin-tot/", SKIP: ""}.get(self.folder, f"/{self.folder}/")


def parse_target(written: str, categories: Iterable[Category]) -> Target:
    """Read a target as an operator wrote it. Raises ``ValueError`` with what to write instead."""
    folder, _, category = written.strip().strip("/").partition("/")
    slugs = [known.slug for known in categories]
    if folder in (SKIP, "skip"):
        return Target(SKIP)
    if folder == NEWS and category in slugs:
        return Target(NEWS, category)
    if folder in FOLDERS and folder != NEWS and not category:
        return Target(folder)
    choices = ", ".join([*(f"{NEWS}/{slug}" for slug in slugs), *FOLDERS[1:], SKIP])
    raise ValueError(f"“{written}” không có. Viết một trong: {choices}")


def guess_target(chain: Sequence[OldCategory], categories: Sequence[Category]) -> Target:
    """Guess a target by the names of a category and of those above it, the nearest first."""
    for category in chain:
        name = plain(category.title)
        for pattern, folder in _HINTS:
            if re.search(rf"\b(?:{pattern})\b", name):
                return Target(folder)
    best = max(categories, key=lambda known: (_likeness(chain, known), -categories.index(known)))
    return Target(NEWS, best.slug)


def _likeness(chain: Sequence[OldCategory], known: Category) -> float:
    """Count what names share: pairs of syllables much, single ones a little, the nearest category most."""
    score = 0.0
    syllables = slugify(known.title).split("-")
    about = slugify(known.summary).split("-")
    for rank, category in enumerate(chain):
        words = slugify(category.title).split("-")
        pairs = set(pairwise(words))
        weight = 4 if rank == 0 else 1
        named = set(pairwise(slugify(known.title).split("-")))
        score += weight * 6 * len(pairs & named) / max(1, len(named))  # “tình nguyện” whole, “tin hoạt động” in part
        score += weight * 2 * len(pairs & set(pairwise(about)))
        score += weight * len(set(words) & set(syllables)) / len(syllables)
    return score
