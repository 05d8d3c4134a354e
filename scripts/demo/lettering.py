"""Lettering: fonts with whole Vietnamese, lines fitted to a box without clipping stacked marks."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path

from PIL import ImageFont

_DIRS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")
_FACES = {
    ("sans", True): ("NotoSansDisplay-Bold.ttf", "NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf"),
    ("sans", False): ("NotoSans-Regular.ttf", "DejaVuSans.ttf"),
    ("serif", True): ("NotoSerifDisplay-Bold.ttf", "NotoSerif-Bold.ttf", "DejaVuSerif-Bold.ttf"),
    ("serif", False): ("NotoSerif-Regular.ttf", "DejaVuSerif.ttf"),
}
LEAD = 1.3  # stacked marks (Ế, Ộ) need room


@functools.lru_cache(None)
def _path(face: str, bold: bool) -> str:
    for name in _FACES[face, bold]:
        for d in _DIRS:
            for p in Path(d).rglob(name):
                return str(p)
    try:
        out = subprocess.run(
            ["fc-match", "-f", "%{file}", "sans:bold:lang=vi" if bold else "sans:lang=vi"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return out
    except (OSError, subprocess.CalledProcessError) as e:
        raise SystemExit("no font with Vietnamese found: install fonts-noto-core or fonts-dejavu") from e


@functools.lru_cache(256)
def font(size: float, bold=True, face="sans") -> ImageFont.FreeTypeFont:
    """A font of the given pixel size."""
    return ImageFont.truetype(_path(face, bold), max(6, int(size)))


def _cost(words, f, parts, width):
    """The best split of words into `parts` lines: least maximal width."""
    best = None

    def go(start, left, acc):
        nonlocal best
        if left == 1:
            cand = [*acc, " ".join(words[start:])]
            worst = max(f.getlength(c) for c in cand)
            if best is None or worst < best[0]:
                best = (worst, cand)
            return
        for end in range(start + 1, len(words) - left + 2):
            go(end, left - 1, [*acc, " ".join(words[start:end])])

    go(0, parts, [])
    return best


def fit_lines(text: str, width: float, height: float, most: float, bold=True, face="sans", lead=LEAD, rows=4):
    """(size, lines, leading) for the largest setting of text in width x height pixels,
    at most `most` pixels high, balanced over up to `rows` lines."""
    words = text.split() or [""]
    probe = font(100, bold, face)
    best = (0, [text])
    for n in range(1, min(rows, len(words)) + 1):
        if len(words) > 16 and 1 < n < len(words):
            worst, lines = _greedy(words, probe, n)
        else:
            worst, lines = _cost(words, probe, n, width)
        size = min(most, width / worst * 100, height / (n * lead))
        if size > best[0] * 1.04:
            best = (size, lines)
    size = max(6, int(best[0]))
    return size, best[1], size * lead


def _greedy(words, f, n):
    """A quick balanced split for long texts."""
    lo, hi = max(f.getlength(w) for w in words), f.getlength(" ".join(words))
    for _ in range(18):
        mid = (lo + hi) / 2
        if len(_wrap(words, f, mid)) <= n:
            hi = mid
        else:
            lo = mid
    lines = _wrap(words, f, hi)
    return max(f.getlength(x) for x in lines), lines


def _wrap(words, f, width):
    lines, cur = [], ""
    for w in words:
        trial = (cur + " " + w).strip()
        if cur and f.getlength(trial) > width:
            lines.append(cur)
            cur = w
        else:
            cur = trial
    return [*lines, cur]
