"""Articles: the words, the same for every generator.

Everything follows from ``seed`` and an article's number, so article 7 is the same in a corpus
of twelve and in one of ten thousand. Links lead to articles of lower numbers only.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import count, cycle
from pathlib import Path
from random import Random

from plugins.core.text.vietnamese import slugify

from . import words

ROOT = Path(__file__).resolve().parent.parent.parent
VIETNAM = timezone(timedelta(hours=7))
FIRST, DAYS = datetime(2016, 1, 1, tzinfo=VIETNAM), 3652  # ten years, less their last day
LAST = FIRST + timedelta(days=DAYS)  # the day of the article that is added
NOW = LAST + timedelta(days=1)  # what builds are told the time is
PICTURES = 12  # different ones: picture work is not what is measured
WORDS = range(500, 561)  # where to stop; the block that passes it ends below 700

#: Slug → name.
CATEGORIES = {row[0]: row[1] for row in runpy.run_path(str(ROOT / "pelicanconf.py"))["CATEGORIES"]}


@dataclass(frozen=True)
class Article:
    """``blocks`` are Markdown in which ``(article:3)`` and ``(picture:5)`` stand for addresses."""

    number: int
    title: str
    slug: str
    date: datetime
    category: str
    tags: tuple[str, ...]
    summary: str
    picture: int
    picture_alt: str
    blocks: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Year, month and slug, as files and addresses have them."""
        return f"{self.date:%Y/%m}/{self.slug}"


def _fill(rng: Random, pattern: str) -> str:
    sentence = pattern.format(
        unit=rng.choice(words.UNITS),
        place=rng.choice(words.PLACES),
        deed=rng.choice(words.DEEDS),
        thing=rng.choice(words.THINGS),
        people=rng.choice(words.PEOPLE),
        n=rng.randint(12, 950),
        few=rng.randint(2, 9),
    )
    return sentence[0].upper() + sentence[1:]


def _sentences(rng: Random, number: int) -> str:
    return " ".join(f"{_fill(rng, pattern)}." for pattern in rng.sample(words.SENTENCES, number))


@cache
def metadata_of(seed: int, number: int) -> Article:
    """Make an article without its text: all that a link to it needs."""
    rng = Random(f"{seed} head {number}")
    title = _fill(rng, rng.choice(words.TITLES))
    # low places are likelier, as some tags and categories are commoner than others
    tags: dict[str, None] = {}
    while len(tags) < 5:
        tags[words.TAGS[int(len(words.TAGS) * rng.random() ** 1.3)]] = None
    return Article(
        number=number,
        title=title,
        slug=f"{slugify(title)}-{number}",
        date=FIRST + timedelta(days=rng.randrange(DAYS), minutes=rng.randrange(6 * 60, 22 * 60)),
        category=list(CATEGORIES)[int(len(CATEGORIES) * rng.random() ** 1.3)],
        tags=tuple(tags),
        summary=_sentences(rng, 2),
        picture=rng.randrange(PICTURES),
        picture_alt=_fill(rng, rng.choice(words.PICTURES)),
    )


def article(seed: int, number: int) -> Article:
    """Make the whole article. Its last word is one of plain text, so that an edit can change it."""
    rng = Random(f"{seed} body {number}")
    goal = rng.choice(WORDS)
    blocks: list[str] = []
    for step in _steps(rng, number):
        blocks += step
        if sum(len(block.split()) for block in blocks) >= goal:
            break
    count_of_pictures = rng.randint(2, 3)
    for picture in range(count_of_pictures, 0, -1):  # from the end, so that positions stay right
        alt, name = _fill(rng, rng.choice(words.PICTURES)), rng.randrange(PICTURES)
        blocks.insert(len(blocks) * picture // (count_of_pictures + 1), f"![{alt}](picture:{name})")
    blocks.append("Bài và ảnh do ban biên tập thực hiện.")
    return replace(metadata_of(seed, number), blocks=tuple(blocks))


def _steps(rng: Random, number: int) -> Iterator[list[str]]:
    """Yield blocks, a few at a time, without end: paragraphs, and by turns what else a text has."""
    extras = _extras(rng)
    for turn in count():
        paragraph = f"{_sentences(rng, rng.randint(2, 3))} {_ending(rng, number, turn)}"
        if turn % 2 == 0:
            yield [paragraph]
        elif turn % 4 == 1:
            yield [f"## {_fill(rng, rng.choice(words.HEADINGS))}", paragraph]
        else:
            yield [paragraph, next(extras)]


def _extras(rng: Random) -> Iterator[str]:
    places, points = rng.sample(words.PLACES, 3), [_fill(rng, point) for point in rng.sample(words.POINTS, 3)]
    extras = [
        "\n".join(f"- **{place}**: {point};" for place, point in zip(places, points, strict=True)),
        "\n".join(f"{number}. {point}." for number, point in enumerate(points, 1)),
        f"> {_fill(rng, rng.choice(words.QUOTES))}.",
    ]
    rng.shuffle(extras)
    return cycle(extras)


def _ending(rng: Random, number: int, turn: int) -> str:
    """Make a short sentence with a link or emphasis."""
    deed, place = rng.choice(words.DEEDS), rng.choice(words.PLACES)
    if turn % 3 == 0 and number:
        return f"Đọc lại bài về [việc {deed}](article:{rng.randrange(number)})."
    if turn % 3 == 1:
        return f"Xem [hướng dẫn {deed}](https://vidu.example/huong-dan/{rng.randrange(1000)}/)."
    return f"Nơi làm *nhiều nhất* là **{place}**."
