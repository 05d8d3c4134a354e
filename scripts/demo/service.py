"""Scenes of volunteer work outdoors: planting trees, cleaning the beach."""

from __future__ import annotations

import math

from backdrops import backdrop
from canvas import smooth
from light import dark, mix
from nature import foreground, frame_leaves, heap_clouds, palm, ridge, sea, sky, surf
from people import person, scatter, wear
from registry import scene
from vessels import basket_boat, fishing_boat


def _sapling(cv, x, y, h):
    cv.soft_oval(x, y, h * 0.5, h * 0.1, cv.light.shadow, 4, 0.3, raw=True)
    cv.oval(x, y, h * 0.42, h * 0.1, "#7a5638")
    cv.line([(x, y), (x, y - h)], "#6b4a36", max(2, h * 0.04))
    for k in range(9):
        a = math.radians(200 + k * 17.5)
        r = h * cv.rng.uniform(0.26, 0.42)
        yy = y - h * cv.rng.uniform(0.55, 1.0)
        e = (x + math.cos(a) * r, yy + math.sin(a) * r * 0.8)
        m = ((x + e[0]) / 2, (yy + e[1]) / 2)
        cv.blob(
            [(x, yy), (m[0], m[1] - h * 0.07), e, (m[0], m[1] + h * 0.07)],
            cv.rng.choice(("#5fa63f", "#7cc04f", "#4b9040")),
        )


@scene("volunteers_planting")
def volunteers_planting(cv, spec):
    """Tree planting: digging, setting saplings, watering."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("hills", "village", "hills", "park"))
    sand = rng.random() < 0.3
    e = ("#dcc08c", "#c09a66") if sand else ("#b5936a", "#8f6c4a")
    cv.gpoly(
        [
            *smooth([(-20, y + 70), (cv.W * 0.3, y + 40), (cv.W * 0.7, y + 66), (cv.W + 20, y + 44)]),
            (cv.W + 20, cv.H),
            (-20, cv.H),
        ],
        [mix(e[0], "#9abf5a", 0.3), e[0], e[1]],
    )
    cv.mottle(y + 70, cv.H, dark(e[1], 0.2), 14, 0.25)
    for r in range(5):
        t = r / 4
        yy = y + 80 + 330 * t**1.3
        for i in range(9 - r):
            x = cv.W * (i + 0.5 + 0.2 * r) / (9 - r) + rng.uniform(-12, 12)
            _sapling(cv, x, yy, 32 + 62 * t)
    scatter(
        cv,
        6,
        y + 70,
        y + 130,
        170,
        130,
        ("volunteer", "volunteer", "farmer"),
        ("hoe", "stoop", "carry", "stand", "bend", "walk"),
        items=None,
    )
    n = spec.people or rng.randint(6, 9)
    for i in range(n):
        t = (i * 0.618 + 0.2) % 1
        x, yy, h = cv.W * (i + 0.5) / n + rng.uniform(-25, 25), y + 230 + 190 * t, 255 + 130 * t
        pose, item = rng.choice(
            (
                ("dig", "shovel"),
                ("kneel", "sapling"),
                ("squat", "sapling"),
                ("hoe", "hoe"),
                ("carry", "sapling"),
                ("side", "bucket"),
                ("kneel", "sapling"),
            )
        )
        person(
            cv,
            x,
            yy,
            h,
            pose,
            wear(rng.choice(("volunteer", "volunteer", "volunteer", "soldier", "pupil")), rng)
            if i % 4
            else wear("volunteer", rng),
            item=item,
            flip=rng.random() < 0.5,
        )
    foreground(cv, "#4f8040", 60)
    if rng.random() < 0.5:
        frame_leaves(cv, size=280)


@scene("volunteers_cleanup")
def volunteers_cleanup(cv, spec):
    """A beach clean-up: sacks, rakes, blue shirts along the surf."""
    rng = cv.rng
    yh = rng.uniform(340, 440)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh)
    ridge(cv, yh - 5, rng.uniform(40, 110), "#4f808c", 0.58, base=yh + 2, shift=0.1)
    sea(cv, yh)
    for _ in range(rng.randint(2, 5)):
        yy = yh + rng.uniform(8, 70)
        fishing_boat(cv, rng.uniform(0, cv.W), yy, 16 + (yy - yh) * 0.5, rng.random() < 0.5)
    y0, s, ph = yh + rng.uniform(110, 160), rng.uniform(-0.14, 0.14), rng.uniform(0, 6)
    sand = rng.choice(("#f0d9ac", "#ecd09a", "#e9d5b5"))
    surf(cv, lambda x: y0 + s * (x - cv.W / 2) + 16 * math.sin(x / 260 + ph), sand, 44)
    cv.mottle(y0 + 80, cv.H, "#b08850", 16, 0.16, 3)
    side = 1 if s > 0 else -1
    for _ in range(rng.randint(1, 3)):
        palm(
            cv,
            cv.W * (0.5 - side * rng.uniform(0.38, 0.5)),
            yh + rng.uniform(240, 420),
            rng.uniform(380, 620),
            lean=side * rng.uniform(0.05, 0.25),
            cast=True,
        )
    for _ in range(rng.randint(1, 2)):
        basket_boat(cv, rng.uniform(150, cv.W - 150), y0 + rng.uniform(100, 150), rng.uniform(46, 62))
    for _ in range(46):  # litter and weed
        x, yy = rng.uniform(0, cv.W), rng.uniform(y0 + 110, 940)
        z = 3 + (yy - y0) / 60
        r = rng.random()
        if r < 0.5:
            cv.oval(x, yy, z * 2.2, z * 0.7, rng.choice(("#8a7a4f", "#6f6a45", "#a08a5a")))
        elif r < 0.8:
            cv.poly(
                [(x, yy), (x + z * 2.6, yy - z * 0.6), (x + z * 2.9, yy + z * 0.4), (x + z * 0.3, yy + z)],
                rng.choice(("#cfe3ee", "#7fc0e0", "#e2574a", "#f2f2f2")),
            )
        else:
            cv.oval(x, yy, z, z * 0.8, "#d9d3c4")
    scatter(
        cv,
        7,
        y0 + 90,
        y0 + 150,
        150,
        112,
        ("volunteer", "volunteer", "pupil"),
        ("bend", "stoop", "walk", "stand", "carry"),
    )
    n = spec.people or rng.randint(6, 9)
    for i in range(n):
        t = (i * 0.618 + rng.random() * 0.2) % 1
        x, yy, h = cv.W * (i + 0.5) / n + rng.uniform(-30, 30), y0 + 240 + (690 - y0 + 235) * 0.9 * t, 235 + 150 * t
        yy = min(yy, 925)
        pose, item = rng.choice(
            (
                ("bend", None),
                ("stoop", "rake"),
                ("side", "sack"),
                ("dig", "rake"),
                ("squat", None),
                ("walk", "sack"),
                ("bend", "sack"),
                ("hoe", "rake"),
            )
        )
        person(
            cv,
            x,
            yy,
            h,
            pose,
            wear("volunteer" if rng.random() < 0.82 else rng.choice(("pupil", "casual", "soldier")), rng),
            item=item,
            flip=rng.random() < 0.5,
        )
    x, yy = cv.W * (0.5 + side * 0.4), 900
    for _k in range(6):  # full sacks
        a, b, r = x + rng.uniform(-90, 90), yy + rng.uniform(-26, 20), rng.uniform(40, 56)
        c = rng.choice(("#2f7f6f", "#3e8f4f", "#e8e2d2", "#26639f"))
        t = cv.tile(a - r * 1.5, b - r * 2.4, a + r * 1.5, b + 8)
        t.blob(
            [
                (a - r, b),
                (a - r * 0.9, b - r),
                (a - r * 0.3, b - r * 1.5),
                (a + r * 0.3, b - r * 1.5),
                (a + r * 0.9, b - r),
                (a + r, b),
            ],
            c,
        )
        t.blob(
            [
                (a - r * 0.25, b - r * 1.45),
                (a - r * 0.4, b - r * 1.85),
                (a + r * 0.4, b - r * 1.85),
                (a + r * 0.25, b - r * 1.45),
            ],
            dark(c, 0.15),
        )
        cv.stamp(t, width=5, cast=cv.light.cast, foot=b)
