"""Typographic posters and banners: palette, ground, layout, Vietnamese lettering set large and safe."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from lettering import fit_lines, font
from light import rgb
from PIL import Image
from registry import scene

# ground (two ends), ink of the title, ink of the lines, accent, motif
PALETTES = {
    "blue": (("#0054a6", "#003f7d"), "#ffffff", "#ffe27a", "#ffd200", "#2f86dc"),
    "navy": (("#06285a", "#03173a"), "#ffd84a", "#ffffff", "#ffd200", "#1f5fae"),
    "red": (("#c2122b", "#8f0a1f"), "#ffe27a", "#ffffff", "#ffd200", "#e2483f"),
    "teal": (("#006d77", "#004a55"), "#ffffff", "#ffe9a0", "#ffd200", "#2fa8a8"),
    "yellow": (("#ffd84a", "#ffc21f"), "#0b2a5e", "#8f0a1f", "#c2122b", "#ffea9a"),
    "paper": (("#fbf6e8", "#efe6cc"), "#0054a6", "#a00f25", "#c2122b", "#d9e6f2"),
}
PICKS = {
    "poster_plain": ("blue", "navy", "teal", "paper"),
    "poster_wave": ("blue", "teal", "navy"),
    "poster_star": ("red", "red", "navy"),
    "poster_book": ("navy", "teal", "blue", "paper"),
    "poster_people": ("blue", "yellow", "teal"),
    "poster_map": ("teal", "blue", "navy"),
    "poster_globe": ("navy", "blue", "teal"),
    "poster_traffic": ("yellow", "blue", "navy"),
    "poster_document": ("paper", "blue", "navy"),
    "poster_lotus": ("red", "teal", "navy", "paper"),
}


def contrast(a, b) -> float:
    """The WCAG contrast of two colours."""

    def lum(c):
        v = [x / 255 for x in rgb(c)]
        v = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in v]
        return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]

    hi, lo = sorted((lum(a), lum(b)), reverse=True)
    return (hi + 0.05) / (lo + 0.05)


def _ground(cv: Canvas, pal):
    (a, b), *_, _motif = pal
    w, h = cv.im.width // 4, cv.im.height // 4
    x, y = np.linspace(0, 1, w)[None], np.linspace(0, 1, h)[:, None]
    t = np.clip(0.25 + 0.55 * y + 0.2 * x, 0, 1)[..., None]
    im = np.array(rgb(a)) * (1 - t) + np.array(rgb(b)) * t
    r = np.clip(1 - np.sqrt((x - 0.2) ** 2 * (w / h) + (y + 0.1) ** 2), 0, 1)[..., None] ** 2 * 0.12
    im = im + (255 - im) * r * (1 if sum(rgb(a)) < 500 else 0.5)
    cv.im.paste(Image.fromarray(im.clip(0, 255).astype(np.uint8)).resize(cv.im.size, Image.BICUBIC))


def _set(cv: Canvas, lines, box, pal, align="left"):
    """Title and lines in a logical box, fitted; the accent rule between them."""
    (ga, gb), ink, ink2, accent, _ = pal
    for c in (ink, ink2):
        assert min(contrast(c, ga), contrast(c, gb)) >= 4.5, (c, ga, gb)
    if not lines:
        return
    x0, y0, x1, y1 = box
    k = cv.k
    wide, high = (x1 - x0) * k, (y1 - y0) * k
    rest = lines[1:4]
    share = 1.0 if not rest else (0.64 if len(rest) == 1 else 0.54 if len(rest) == 2 else 0.48)
    gap = high * 0.06 if rest else 0
    size, rows, lead = fit_lines(
        lines[0], wide, high * share - gap, min(high * 0.42, cv.im.width * 0.13), face="sans", rows=5
    )
    blocks = [(size, rows, lead, ink, True)]
    if rest:
        each = (high * (1 - share) - gap) / len(rest)
        fits = [fit_lines(t, wide, each, size * 0.56, bold=True, rows=3) for t in rest]
        common = max(min(f[0] for f in fits), 8)
        for t in rest:
            s, r, ld = fit_lines(t, wide, each, common * 1.0, bold=True, rows=3)
            blocks.append((s, r, ld, ink2, True))
    total = sum(b[2] * len(b[1]) for b in blocks) + (gap * 2 if rest else 0)
    y = (y0 + y1) / 2 * k - total / 2
    for i, (s, rws, ld, c, bold) in enumerate(blocks):
        f = font(s, bold)
        for ln in rws:
            wd = f.getlength(ln)
            x = x0 * k if align == "left" else (x0 + x1) / 2 * k - wd / 2
            cv.d.text((x, y + ld / 2), ln, font=f, fill=rgb(c), anchor="lm")
            y += ld
        if i == 0 and rest:
            rule = min(wide, max(60 * k, size * 2.2))
            rx = x0 * k if align == "left" else (x0 + x1) / 2 * k - rule / 2
            cv.d.rectangle((rx, y + gap * 0.75, rx + rule, y + gap * 0.75 + max(3, size * 0.09)), fill=rgb(accent))
            y += gap * 2


def _layout(cv: Canvas):
    """(text box, motif centre, motif radius, align) for the shape of the poster."""
    wide, high = cv.W, cv.H
    if wide / high >= 2.6:
        return (
            (wide * 0.045, high * 0.1, wide - high * 1.25, high * 0.9),
            (wide - high * 0.62, high * 0.5),
            high * 0.44,
            "left",
        )
    if wide / high >= 1.25:
        return (
            (wide * 0.06, high * 0.1, wide * 0.575, high * 0.9),
            (wide * 0.8, high * 0.52),
            min(wide * 0.172, high * 0.4),
            "left",
        )
    return (
        (wide * 0.09, high * 0.08, wide * 0.91, high * 0.54),
        (wide * 0.5, high * 0.76),
        min(wide * 0.36, high * 0.19),
        "center",
    )


def poster(name):
    def wrap(motif):
        @scene(name)
        def make(cv, spec, motif=motif):
            """A poster."""
            from dataclasses import replace

            from light import _DAY

            cv.light = replace(_DAY[0], ambient=(1, 1, 1), sun_x=0.2, rim=0.25)
            keys = PICKS[name]
            key = cv.rng.choice(keys)
            pal = PALETTES[key]
            _ground(cv, pal)
            box, c, r, align = _layout(cv)
            motif(cv, pal, c, r, box)
            _set(cv, list(spec.text), box, pal, align)
            edge = max(8, cv.H * 0.02)
            cv.rect(0, cv.H - edge, cv.W, cv.H + 2, pal[3], raw=True)
            return cv.finish(vignette=0.04, grain=0.5)

        return make

    return wrap
