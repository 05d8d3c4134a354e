"""Scenes of the sea: Kê Gà lighthouse, Phú Quý, a boat trip."""

from __future__ import annotations

import math

import numpy as np
from canvas import smooth
from coast import beach
from light import dark, mix, pale
from nature import birds, bush, heap_clouds, palm, ridge, sea, sky, tree
from people import row
from registry import scene
from things import flagpole
from vessels import basket_boat, fishing_boat, sailboat


def _lighthouse(cv, x, y, h):
    t = cv.tile(x - h, y - h * 1.2, x + h, y + 10)
    t.gpoly(
        [(x - 0.085 * h, y), (x + 0.085 * h, y), (x + 0.052 * h, y - 0.82 * h), (x - 0.052 * h, y - 0.82 * h)],
        ["#efe6d6", "#d9cdb8"],
    )
    for i in range(9):
        t.line(
            [(x - 0.09 * h, y - i * 0.09 * h), (x + 0.09 * h, y - i * 0.09 * h)],
            "#a89a84",
            0.003 * h,
            alpha=0.5,
            clip=True,
        )
    for i in range(3):
        t.rrect(x - 0.012 * h, y - (0.2 + 0.22 * i) * h, x + 0.012 * h, y - (0.14 + 0.22 * i) * h, 0.01 * h, "#4f5a6a")
    t.rect(x - 0.075 * h, y - 0.86 * h, x + 0.075 * h, y - 0.82 * h, "#cfc3ae")
    t.rect(x - 0.036 * h, y - 0.95 * h, x + 0.036 * h, y - 0.86 * h, "#7fb3cf")
    t.poly([(x - 0.05 * h, y - 0.95 * h), (x + 0.05 * h, y - 0.95 * h), (x, y - 1.02 * h)], "#8a3f38")
    t.line([(x, y - 1.0 * h), (x, y - 1.07 * h)], "#4a4a55", 0.005 * h)
    t.rect(x - 0.2 * h, y - 0.09 * h, x + 0.2 * h, y, "#e6dac4")
    t.poly(
        [
            (x - 0.22 * h, y - 0.09 * h),
            (x + 0.22 * h, y - 0.09 * h),
            (x + 0.17 * h, y - 0.15 * h),
            (x - 0.17 * h, y - 0.15 * h),
        ],
        "#b5543f",
    )
    cv.stamp(t, width=h * 0.014, cast=0, shade=0.4)
    return x, y - 0.905 * h


@scene("lighthouse")
def lighthouse(cv, spec):
    """Kê Gà: the stone lighthouse on its islet of rocks."""
    rng = cv.rng
    yh = rng.uniform(470, 540)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh, 2)
    if rng.random() < 0.6:
        ridge(cv, yh - 8, 40, "#5b8494", 0.65, base=yh + 2)
    sea(cv, yh)
    x = cv.W * rng.choice((rng.uniform(0.28, 0.4), rng.uniform(0.6, 0.72)))
    w, yb = rng.uniform(330, 430), yh + 36
    t = cv.tile(x - w * 1.2, yb - 200, x + w * 1.2, yb + 40)
    for _k in range(60):
        u = rng.gauss(0, 0.42)
        r = rng.uniform(18, 48)
        yy = yb - max(0, (1 - u * u)) * 62 * rng.random()
        c = rng.choice(("#b59a80", "#a3886f", "#c4ab8e", "#8f7a68"))
        pts = [
            (x + u * w + math.cos(a) * r * rng.uniform(0.8, 1.2), yy - math.sin(a) * r * 0.7 * rng.uniform(0.8, 1.1))
            for a in np.linspace(0, 6.28, 9)[:-1]
        ]
        t.blob(pts, c)
        t.blob([(px - 3, py + r * 0.25) for px, py in pts[4:] + pts[:1]], dark(c, 0.4), alpha=0.5, clip=True)
    t.rect(x - w * 1.2, yb + 6, x + w * 1.2, yb + 40, "#6b5a4c", clip=True)
    cv.stamp(t, cast=0, width=5)
    for _ in range(7):
        tree(cv, x + rng.uniform(-0.6, 0.6) * w, yb - 50, rng.uniform(50, 90), "#4b7f4c", cast=False)
    lx, ly = _lighthouse(cv, x + rng.uniform(-30, 30), yb - 52, rng.uniform(330, 400))
    if cv.light.name != "day":
        cv.glow(lx, ly, 190, "#fff0b0", 0.9)
        for s in (-1, 1):
            cv.soft([(lx, ly), (lx + s * 900, ly - 90), (lx + s * 900, ly + 40)], "#fff0b0", 14, 0.16, raw=True)
    cv.mirror(yb + 8, 300, 0.4, 1.3)
    for _i in range(rng.randint(1, 3)):
        y = yh + rng.uniform(40, 130)
        (sailboat if rng.random() < 0.5 else fishing_boat)(
            cv, (cv.W - x) + rng.uniform(-260, 260), y, 30 + (y - yh) * 0.5
        )
    birds(cv, cv.W - x, yh * 0.5, 6)
    yb = rng.uniform(810, 880)
    beach(cv, yb, width=50)
    for _k in range(rng.randint(5, 12)):
        bx = rng.uniform(0, cv.W)
        r = rng.uniform(24, 76)
        yy = rng.uniform(yb + 30, 960)
        c = rng.choice(("#a98f78", "#8f7a68", "#bba085"))
        cv.blob(
            [
                (bx + math.cos(a) * r * rng.uniform(0.8, 1.2), yy - math.sin(a) * r * 0.55)
                for a in np.linspace(0, 6.28, 9)[:-1]
            ],
            c,
        )
        cv.blob(
            [
                (bx + cv.light.side * r * 0.2 + math.cos(a) * r * 0.55, yy - r * 0.16 - math.sin(a) * r * 0.28)
                for a in np.linspace(0, 6.28, 9)[:-1]
            ],
            pale(c, 0.25),
        )


@scene("island")
def island(cv, spec):
    """Phú Quý: the island with its hill, turquoise water, boats and a road along the shore."""
    rng = cv.rng
    yh = rng.uniform(340, 430)
    sky(cv, yh, rng.uniform(0.4, 0.8))
    heap_clouds(cv, yh, 3)
    x, w, h = cv.W * rng.uniform(0.3, 0.7), rng.uniform(420, 620), rng.uniform(110, 180)
    sea(cv, yh)
    for k, (d, s, c) in enumerate(((0.5, 1.25, "#5f8f6a"), (0.32, 1.0, "#4f8f58"), (0.2, 0.62, "#5b9a58"))):
        cv.depth = d
        off = rng.uniform(-0.25, 0.25) * w
        pts = [
            (
                x + off + u * w * s,
                yh
                + 6
                - h
                * s
                * (1 - abs(u) ** 1.7)
                * (0.72 + 0.2 * math.sin(u * 5 + k * 2) + 0.12 * math.sin(u * 13 + k))
                * (1 - 0.3 * k),
            )
            for u in np.linspace(-1, 1, 50)
        ]
        cv.gpoly(pts, [pale(c, 0.12), c, mix(c, "#e8d6ac", 0.25)])
    cv.depth = 0.25
    cv.gpoly(
        [(x - w * 1.1, yh + 8), (x - w * 0.8, yh - 2), (x + w * 0.8, yh - 2), (x + w * 1.15, yh + 8), (x, yh + 16)],
        ["#f3e2b8", "#e8cf9c"],
    )
    for _ in range(30):
        a, b = x + rng.uniform(-0.75, 0.75) * w, yh - rng.uniform(2, 22)
        s = rng.uniform(7, 15)
        cv.rect(a, b - s * 0.7, a + s * 1.4, b, rng.choice(("#f6efe0", "#e9dcc0", "#cfe0e6", "#f0d2b8")))
        cv.poly(
            [(a - 2, b - s * 0.7), (a + s * 0.7, b - s * 1.2), (a + s * 1.4 + 2, b - s * 0.7)],
            rng.choice(("#c25a42", "#b04c3c", "#3f7fae")),
        )
    if rng.random() < 0.7:  # wind turbines on the hill
        for i in range(3):
            a, b = x + (i - 1) * w * 0.22, yh - h * 0.75
            cv.line([(a, b + 40), (a, b - 46)], "#f4f6f8", 3)
            for k in range(3):
                an = math.radians(k * 120 + i * 37)
                cv.line([(a, b - 46), (a + math.cos(an) * 30, b - 46 + math.sin(an) * 30)], "#ffffff", 2.4)
    cv.depth = 0.1
    for _ in range(rng.randint(4, 8)):
        y = yh + rng.uniform(24, 130)
        fishing_boat(cv, rng.uniform(40, cv.W - 40), y, 18 + (y - yh) * 0.5, rng.random() < 0.5)
    cv.depth = 0
    cv.mirror(yh + 6, 220, 0.38)
    birds(cv, cv.W - x, yh * 0.5, 7)
    kind = rng.random()
    if kind < 0.6:
        yb = rng.uniform(740, 820)
        beach(cv, yb)
        for _ in range(rng.randint(2, 3)):
            basket_boat(cv, rng.uniform(100, cv.W - 100), rng.uniform(yb + 70, 930), rng.uniform(62, 90))
        if spec.people or rng.random() < 0.6:
            a = rng.uniform(150, 700)
            row(
                cv,
                spec.people or 4,
                a,
                a + 480,
                915,
                235,
                ("volunteer", "volunteer", "casual"),
                ("stand", "wave", "hips", "walk", "point"),
                view=None,
            )
        s = rng.choice((-1, 1))
        palm(cv, cv.W * (0.5 + s * 0.47), 985, 700, lean=-s * 0.2)
    else:
        s = rng.choice((-1, 1))
        pts = [
            (cv.W * (0.5 + s * 0.52), 600),
            (cv.W * (0.5 + s * 0.3), 640),
            (cv.W * (0.5 + s * 0.1), 760),
            (cv.W * (0.5 - s * 0.1), 830),
            (cv.W * (0.5 - s * 0.3), 990),
            (cv.W * (0.5 + s * 0.6), 990),
        ]
        cv.blob(pts, "#4f8a4c")
        cv.mottle(620, cv.H, "#2f6440", 20, 0.1)
        for _ in range(26):
            bush(
                cv,
                cv.W * (0.5 + s * rng.uniform(0.0, 0.5)),
                rng.uniform(800, 960),
                rng.uniform(60, 120),
                rng.choice(("#4f8f48", "#5f9a50", "#3f7f4c")),
            )
        palm(cv, cv.W * (0.5 + s * 0.38), 960, 560, lean=-s * 0.22)
        palm(cv, cv.W * (0.5 + s * 0.46), 980, 680, lean=-s * 0.1)


@scene("boat_trip")
def boat_trip(cv, spec):
    """Volunteers on the deck of a boat, the shore behind the wake."""
    rng = cv.rng
    yh = rng.uniform(330, 420)
    sky(cv, yh, rng.uniform(0.4, 0.8))
    heap_clouds(cv, yh)
    ridge(cv, yh - 4, rng.uniform(40, 100), "#4f8088", 0.55, base=yh + 2, shift=0.1)
    sea(cv, yh)
    for _ in range(4):
        y = yh + rng.uniform(10, 60)
        fishing_boat(cv, rng.uniform(0, cv.W), y, 20 + (y - yh) * 0.5, rng.random() < 0.5)
    birds(cv, rng.uniform(300, 1100), yh * 0.5, 8, 14)
    f = rng.choice((-1, 1))
    cx = cv.W / 2
    for _k in range(60):  # wake
        t = rng.random()
        cv.oval(
            cx - f * (cv.W * 0.3 + t * 500),
            880 + rng.uniform(-20, 60) * t,
            rng.uniform(20, 70),
            rng.uniform(2, 6),
            "#ffffff",
            alpha=0.5,
        )
    hull = rng.choice(("#1f63a8", "#247f8c", "#2b5f9a"))

    def p(a, b):
        return (cx + f * a * cv.W, b)

    xa, xb = sorted((p(-0.46, 0)[0], p(-0.2, 0)[0]))
    cv.grect(xa, 440, xb, 760, ["#f6f0e2", "#dcd2bd"])
    cv.rect(xa - 24, 420, xb + 24, 446, rng.choice(("#c9473a", "#2d8f86", "#e0a83a")))
    for i in range(3):
        cv.rrect(xa + 30 + i * (xb - xa - 40) / 3, 490, xa + 20 + (i + 0.8) * (xb - xa - 40) / 3, 580, 8, "#3a5f80")
    flagpole(cv, p(-0.33, 0)[0], 424, 250, 120, wind=-f)
    n = spec.people or rng.randint(7, 10)
    x0, x1 = sorted((p(-0.2, 0)[0], p(0.32, 0)[0]))
    row(
        cv,
        n,
        x0,
        x1,
        800,
        330,
        ("volunteer",) * 5 + ("navy",),
        ("stand", "wave", "point", "link", "easy", "hips", "cheer"),
    )
    top = smooth([p(-0.56, 716), p(-0.3, 730), p(0.1, 726), p(0.34, 690), p(0.52, 600)], steps=8)
    low = smooth([p(0.5, 690), p(0.38, 850), p(0.26, 930), p(-0.5, 930), p(-0.56, 880)], steps=8)
    cv.gpoly(top + low, [pale(hull, 0.12), hull, dark(hull, 0.35)])
    cv.line(top, "#f0d9a0", 12)
    cv.line([(x, y + 40) for x, y in top], "#d8402f", 16)
    for i in range(6):  # tyres along the side
        a, b = p(-0.42 + i * 0.12, 800)
        cv.oval(a, b, 30, 30, "#23252d")
        cv.oval(a, b, 15, 15, dark(hull, 0.1))
    for _ in range(70):
        a = p(rng.uniform(-0.55, 0.42), 0)[0]
        cv.oval(
            a, rng.uniform(905, 950), rng.uniform(20, 70), rng.uniform(4, 12), "#ffffff", alpha=rng.uniform(0.25, 0.7)
        )
    sea_y = 935
    cv.veil(sea_y, cv.H, cv.light.water[1], 0.5, 0.85)
