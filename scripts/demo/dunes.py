"""Scenes of sand: the dunes of Mũi Né, the lake of Bàu Trắng."""

from __future__ import annotations

import math

import numpy as np
from canvas import smooth
from light import dark, mix, pale
from nature import frame_leaves, grass, haze, ridge, sea, sky, tree
from people import person, wear
from registry import scene


@scene("dunes")
def dunes(cv, spec):
    """Wind-drawn dunes with walkers on the crest."""
    rng = cv.rng
    hour = cv.light
    yh = rng.uniform(300, 420)
    sky(cv, yh + 60, rng.uniform(0.15, 0.5))
    ridge(cv, yh + 30, 50, "#7d93a8", 0.7)
    hue = rng.choice(("#f0b05e", "#eec27c", "#e8955a", "#f3d29a"))
    lit, shade = pale(hue, 0.18), mix(hue, "#6b4a6a", 0.48)
    for k in range(4):
        y = yh + 60 + k * 150
        ph, am, wl = rng.uniform(0, 6), 34 + k * 34, rng.uniform(320, 520) + k * 120
        xs = np.linspace(-30, cv.W + 30, 90)
        crest = [(x, y - am * math.sin(x / wl + ph) - am * 0.35 * math.sin(x / wl * 2.3 + ph * 2)) for x in xs]
        cv.depth = max(0, 0.5 - 0.2 * k)
        a, b = (lit, hue) if k % 2 == 0 else (hue, dark(hue, 0.1))
        cv.gpoly([*crest, (cv.W + 30, cv.H + 10), (-30, cv.H + 10)], [a, b, dark(b, 0.12)])
        for _ in range(2):  # lee sides, hanging from the crest
            i0, m = rng.randint(4, 60), rng.randint(20, 30)
            edge = crest[i0 : i0 + m]
            deep, lean = (80 + 55 * k) * rng.uniform(0.7, 1.2), -hour.side * (60 + 50 * k)
            low = []
            for j, (px, py) in enumerate(edge):
                u = j / (m - 1)
                u = u if hour.side > 0 else 1 - u
                f = math.sin(math.pi * u**1.7)
                low.append((px + lean * f, py + deep * f))
            cv.gpoly(edge + low[::-1], [shade, mix(shade, hue, 0.55), mix(shade, hue, 0.95)])
        cv.line(crest, pale(lit, 0.3), 2.4, alpha=0.7)
        if k == 1:
            m = rng.randint(12, 70)
            for j in range(spec.people or rng.randint(3, 6)):
                px, py = crest[min(86, m + j * 2)]
                person(
                    cv,
                    px + rng.uniform(-6, 6),
                    py + 4,
                    58,
                    rng.choice(("walk", "walk2", "stand", "cheer")),
                    wear(rng.choice(("volunteer", "casual")), rng),
                    flip=rng.random() < 0.4,
                    bare=False,
                )
        for j in range(26 if k > 1 else 0):  # ripples
            ry = y + 40 + j * (7 + 3 * k)
            rx = rng.uniform(-100, cv.W)
            cv.line(
                smooth([(rx, ry), (rx + 90, ry - 7), (rx + 190, ry + 3), (rx + 300, ry - 5)]),
                pale(lit, 0.2) if j % 2 else shade,
                1.6 + 0.5 * k,
                alpha=0.16,
            )
    cv.depth = 0
    if rng.random() < 0.6:
        for _ in range(5):
            grass(
                cv,
                rng.uniform(820, 940),
                26,
                46,
                ("#8a9a5a", "#6f8a55", "#a8ab6a"),
                (x := rng.uniform(0, cv.W)),
                x + 90,
                8,
            )
    haze(cv, yh - 40, yh + 120, 0.25)


@scene("white_lake")
def white_lake(cv, spec):
    """Bàu Trắng: lotus on a lake below white sand hills."""
    rng = cv.rng
    yh = rng.uniform(400, 470)
    sky(cv, yh, rng.uniform(0.3, 0.7))
    ridge(cv, yh - 40, 60, "#6f93a0", 0.6)
    sand = rng.choice(("#f3dfb6", "#f6e7c8", "#eec995"))
    for k in range(2):
        ph = rng.uniform(0, 6)
        xs = np.linspace(-20, cv.W + 20, 70)
        crest = [(x, yh - 60 + k * 40 - (80 - k * 30) * math.sin(x / 300 + ph) - 14 * math.sin(x / 90)) for x in xs]
        cv.depth = 0.25 - 0.15 * k
        cv.gpoly([*crest, (cv.W + 20, yh + 60), (-20, yh + 60)], [pale(sand, 0.2), sand, dark(sand, 0.2)])
        i = rng.randint(8, 45)
        e = crest[i : i + 18]
        cv.gpoly(
            e + [(x + 30, y + 90 * math.sin(math.pi * j / 18)) for j, (x, y) in enumerate(e)][::-1],
            [mix(sand, "#7a5a78", 0.4), sand],
        )
    cv.depth = 0
    for _ in range(16):
        tree(cv, rng.uniform(-20, cv.W + 20), yh + 24, rng.uniform(40, 80), "#5b8a52", wide=0.5, cast=False)
    sea(cv, yh + 20, glitter=True, calm=0.5)
    cv.mirror(yh + 22, 260, 0.62, 0.7)
    for _ in range(130):
        t = rng.random() ** 0.6
        y = yh + 150 + t * 380
        x, r = rng.uniform(-30, cv.W + 30), 10 + 46 * t
        if abs(x - cv.W * 0.5) < 210 * (1 - t):
            continue
        cv.oval(x, y, r, r * 0.3, rng.choice(("#3f7f4f", "#4f9159", "#5fa05f")))
        cv.oval(x, y - r * 0.05, r * 0.9, r * 0.24, "#6fb06a", alpha=0.6)
        if rng.random() < 0.2:
            for a in (-50, -20, 0, 20, 50):
                e = (x + math.sin(math.radians(a)) * r * 0.5, y - r * 0.2 - math.cos(math.radians(a)) * r * 0.7)
                cv.blob(
                    [
                        (x, y - r * 0.1),
                        ((x + e[0]) / 2 - r * 0.12, (y + e[1]) / 2),
                        e,
                        ((x + e[0]) / 2 + r * 0.12, (y + e[1]) / 2),
                    ],
                    mix("#f08fb0", "#ffffff", abs(a) / 90),
                )
    frame_leaves(cv, size=230)
