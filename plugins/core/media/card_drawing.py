"""Draw share cards: the portal's colours, a title broken into lines of even length.

The bytes are the same on all machines: Pillow's own FreeType with basic layout, a font of ours without
hints, sixteen colours, and PNG packed by runs alone, which leaves no choice to a processor's tricks.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFont

from plugins.core.media import picture_cache, variants
from plugins.core.media.title_card import SIZE, TitleCard
from plugins.core.runtime.workers import map_chunks

_FONT = Path(__file__).parent / "fonts" / "BeVietnamPro-Bold.ttf"

_BLUE, _GHOST, _NAVY, _YELLOW, _WHITE, _SKY = "#0054a6", "#0b60b2", "#003f7d", "#ffd200", "#ffffff", "#8ec1f5"

_MARGIN = 72
_BAND = 116  # the height of the foot
_RULE = 10
_TOP, _BOTTOM = 48, SIZE[1] - _BAND - _RULE - 44
"""Between them stand the kicker and the title, as one group in the middle."""

_KICKER_SIZE, _KICKER_HEIGHT = 34, 72
_WIDTH = SIZE[0] - 2 * _MARGIN
_LINE_HEIGHT = 1.34  # of the size: capitals of Vietnamese bear two marks
_CAPITAL_HEIGHT = 0.72
_SIZES = range(80, 35, -4)
_OPTIONS: Mapping[str, Any] = {"format": "PNG", "bits": 4, "compress_type": zlib.Z_RLE}


def _blend(bottom: str, top: str, share: float) -> str:
    colours = zip(ImageColor.getrgb(bottom), ImageColor.getrgb(top), strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(old + (new - old) * share) for old, new in colours))


def _ramp(bottom: str, top: str, steps: int) -> list[str]:
    """Return the colours of letters, from what is behind them to their own: those between smooth their edges."""
    return [_blend(bottom, top, step / steps) for step in range(steps + 1)]


_RAMPS = _ramp(_BLUE, _WHITE, 5), _ramp(_BLUE, _YELLOW, 3), _ramp(_NAVY, _WHITE, 4), _ramp(_BLUE, _GHOST, 2)
_COLOURS = list(dict.fromkeys([colour for ramp in _RAMPS for colour in ramp] + [_SKY]))
_ON_TITLE, _ON_KICKER, _ON_FOOT, _ON_GHOST = ([_COLOURS.index(colour) for colour in ramp] for ramp in _RAMPS)


class Lines(NamedTuple):
    """A title, broken to be drawn in one size."""

    size: int
    lines: tuple[str, ...]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size, layout_engine=ImageFont.Layout.BASIC)


def make(cards: Sequence[TitleCard], emblem: bytes, folder: Path, workers: int) -> None:
    """Draw ``cards`` into ``folder``. Raises ``MachineError`` when the machine fails: a full disk, too little memory.

    ``emblem``: the portal's, a square PNG with transparent corners; it may be empty.
    """

    def save(chunk: Sequence[TitleCard]) -> None:
        for card in chunk:
            variants.save(draw(card, emblem), folder / card.name, _OPTIONS)

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for _ in map_chunks(save, cards, workers):
            pass
    except OSError as error:
        raise picture_cache.disk_error(error, folder) from error


def draw(card: TitleCard, emblem: bytes) -> Image.Image:
    """Draw a card in the sixteen colours."""
    image = _empty_card(emblem, card.site_name).copy()
    size, lines = break_title(card.title)
    step = round(size * _LINE_HEIGHT)
    height = step * (len(lines) - 1) + round(size * _CAPITAL_HEIGHT) + (_KICKER_HEIGHT if card.kicker else 0)
    top = _TOP + (_BOTTOM - _TOP - height) // 2
    if card.kicker:
        baseline = top + round(_KICKER_SIZE * _CAPITAL_HEIGHT)
        _write(image, baseline, [_shortened(card.kicker, _KICKER_SIZE, _WIDTH)], _KICKER_SIZE, _ON_KICKER)
    _write(image, top + height - step * (len(lines) - 1), lines, size, _ON_TITLE)
    return image


def _write(
    image: Image.Image, baseline: int, lines: Sequence[str], size: int, ramp: Sequence[int], left: int = _MARGIN
) -> None:
    """Write lines of letters, the first one on ``baseline``; ``ramp``: the colours of their edges."""
    step = round(size * _LINE_HEIGHT)
    top = round(size * 1.2)
    mask = Image.new("L", (SIZE[0] - left, top + step * len(lines)))
    for number, line in enumerate(lines):
        x = 0.0
        for letter in line:
            glyph = _glyph(size, letter)
            mask.paste(255, (round(x) + glyph.left, top + number * step + glyph.top), glyph.mask)
            x += glyph.advance
    last = len(ramp) - 1
    steps = [round(level * last / 255) for level in range(256)]
    colours = mask.point([ramp[step] for step in steps])
    image.paste(colours, (left, baseline - top), mask.point([255 if step else 0 for step in steps], "1"))


class Glyph(NamedTuple):
    """A letter in one size, drawn once for all cards."""

    mask: Image.Image
    left: int
    top: int
    """Of the mask, from the baseline."""

    advance: float


@cache
def _glyph(size: int, letter: str) -> Glyph:
    font = _font(size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), letter, 255, font, anchor="ls")
    return Glyph(mask, left, top, font.getlength(letter))


def _length(text: str, size: int) -> float:
    """Return how wide a text is, in pixels."""
    return sum(_glyph(size, letter).advance for letter in text)


@cache
def _empty_card(emblem: bytes, site_name: str) -> Image.Image:
    """Draw what all cards of a portal have in common."""
    width, height = SIZE
    image = Image.new("RGB", SIZE, _BLUE)
    pen = ImageDraw.Draw(image)
    left = _MARGIN
    if emblem:
        with Image.open(BytesIO(emblem)) as opened:
            badge = opened.convert("RGBA")
        figure = badge.convert("L").point(lambda level: 255 if level > 110 else 0)  # what is drawn on its blue
        figure = figure.resize((680, 680), Image.Resampling.LANCZOS).point(lambda level: (level + 64) // 128 * 127)
        image.paste(_GHOST, (width - 430, -70), figure)
        small = badge.resize((76, 76), Image.Resampling.LANCZOS)
        pen.rectangle((0, height - _BAND, width, height), _NAVY)
        image.paste(small, (left, height - _BAND // 2 - 38), small)
        left += 98
    pen.rectangle((left, height - _BAND, width, height), _NAVY)
    pen.rectangle((0, height - _BAND - _RULE, width, height - _BAND - 1), _YELLOW)
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for colour in _COLOURS for level in ImageColor.getrgb(colour)])
    image = image.quantize(palette=palette, dither=Image.Dither.NONE)
    name = _shortened(site_name, 36, width - left - _MARGIN)
    _write(image, height - _BAND // 2 + 13, [name], 36, _ON_FOOT, left)
    return image


def break_title(title: str) -> Lines:
    """Break a title into lines in the largest size in which it fits; one that is too long ends with “…”."""
    words = title.split()
    for size in _SIZES:
        lines = _even_lines(words, size, 3 if size > 64 else 4 if size > 44 else 5)
        if lines:
            return Lines(size, lines)
    smallest = _SIZES[-1]
    while len(words) > 1:
        *words, _ = words
        cut = [*words[:-1], words[-1].rstrip(",;:.–-…") + "…"]
        if lines := _even_lines(cut, smallest, 5):
            return Lines(smallest, lines)
    return Lines(smallest, (_shortened(title, smallest, _WIDTH),))


def _even_lines(words: Sequence[str], size: int, max_lines: int) -> tuple[str, ...]:
    """Break ``words`` into as few lines as can be, of lengths as even as can be; empty where they do not fit."""
    space = _length(" ", size)
    widths = [_length(word, size) for word in words]
    ends: list[float] = [0]
    for width in widths:
        ends.append(ends[-1] + width + space)

    def line_width(start: int, end: int) -> float:
        return ends[end] - ends[start] - space

    for count in range(max(1, math.ceil(line_width(0, len(words)) / _WIDTH)), max_lines + 1):
        ideal = line_width(0, len(words)) / count
        # for each number of lines: the cost of the best way to break the first words, and where its last line begins
        best: list[tuple[float, int]] = [(0, 0)] + [(float("inf"), 0)] * len(words)
        breaks: list[list[int]] = []
        for _ in range(count):
            row: list[tuple[float, int]] = [(float("inf"), 0)]
            for end in range(1, len(words) + 1):
                candidates = [
                    (best[start][0] + (line_width(start, end) - ideal) ** 2 + _penalty(words, start, end, ideal), start)
                    for start in range(end)
                    if line_width(start, end) <= _WIDTH and best[start][0] < float("inf")
                ]
                row.append(min(candidates, default=(float("inf"), 0)))
            breaks.append([start for _, start in row])
            best = row
        if best[-1][0] < float("inf"):
            lines, end = [], len(words)
            for starts in reversed(breaks):
                lines.append(" ".join(words[starts[end] : end]))
                end = starts[end]
            return tuple(reversed(lines))
    return ()


def _penalty(words: Sequence[str], start: int, end: int, ideal: float) -> float:
    """Return what it costs to let a line begin at ``start`` and end before ``end``, beside its length."""
    if not start:
        return 0.0
    before, first = words[start - 1], words[start]
    cost = 0.0
    if first in _DASHES or _belongs_together(before, first) or end - start == 1:  # a syllable alone on a line
        cost += ideal**2
    if _is_name(before) and _is_name(first):
        cost += (ideal / 4) ** 2
    if before[-1] in ",:;.!?”":
        cost -= (ideal / 6) ** 2
    return cost


_DASHES = "–—-"
_NUMBER = re.compile(r"[\d.,/%:-]*\d[\d.,/%:-]*|[IVXLC]+[.,:]?")
_NUMBERED = {
    "năm",
    "tháng",
    "ngày",
    "số",
    "thứ",
    "khóa",
    "khoá",
    "quý",
    "lần",
    "hè",
    "tuần",
    "quyển",
    "tập",
    "phường",
    "quận",
}


def _belongs_together(before: str, first: str) -> bool:
    """Tell whether a number would be torn from what it numbers (“năm 2026”) or counts (“02 viên chức”)."""
    if _NUMBER.fullmatch(first):
        return before.lower() in _NUMBERED
    return bool(_NUMBER.fullmatch(before)) and before[-1] not in ".,:" and not re.fullmatch(r"(19|20)\d\d", before)


def _is_name(word: str) -> bool:
    return word[:1].isupper() and not word.isupper()


def _shortened(text: str, size: int, width: int) -> str:
    """Cut ``text`` between words, or within the only one, until it fits on a line."""
    while _length(text, size) > width:
        head = text.rstrip("…").rpartition(" ")[0] or text.rstrip("…")[:-1]
        text = head.rstrip(" ,;:–-") + "…"
    return text
