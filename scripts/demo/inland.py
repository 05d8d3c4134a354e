"""Scenes of the inland: the Chăm towers, dragon-fruit gardens by day and by lamplight."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from built import cham_tower, lamps
from canvas import smooth
from light import dark, mix, pale
from nature import bush, foreground, frame_leaves, heap_clouds, ridge, sky, tree
from people import person, row, wear
from registry import scene


@scene("po_sah_inu")
def po_sah_inu(cv, spec):
    """The Chăm towers on their hill above the sea."""
    rng = cv.rng
    yh = rng.uniform(560, 640)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh, 2)
    far, _near = cv.light.water
    cv.grect(0, yh - 46, cv.W, yh + 40, [mix(far, cv.light.haze, 0.4), far], raw=True)
    ridge(cv, yh - 40, 30, "#6f8f9f", 0.6, base=yh - 30)
    for _ in range(20):
        tree(cv, rng.uniform(-20, cv.W + 20), yh + 34, rng.uniform(60, 110), "#5b8a50", wide=0.5, cast=False)
    ph = rng.uniform(0, 6)
    hill = [
        (x, yh + 40 - 50 * math.sin(x / cv.W * math.pi) - 8 * math.sin(x / 140 + ph))
        for x in np.linspace(-20, cv.W + 20, 50)
    ]
    c = rng.choice((("#8fae52", "#5f8a3f"), ("#b3ad5a", "#86863f"), ("#7aa64f", "#4f7f3c")))
    cv.gpoly([*hill, (cv.W + 20, cv.H + 8), (-20, cv.H + 8)], [pale(c[0], 0.1), c[0], c[1]])
    cv.mottle(yh + 40, cv.H, dark(c[1], 0.3), 12, 0.25)
    side = rng.choice((-1, 1))
    cx = cv.W * (0.5 + side * rng.uniform(0.06, 0.16))
    cham_tower(cv, cx - side * rng.uniform(330, 400), yh + 20, rng.uniform(190, 230))
    cham_tower(cv, cx + side * rng.uniform(260, 330), yh + 36, rng.uniform(240, 300))
    cham_tower(cv, cx, yh + 70, rng.uniform(430, 520))
    cv.gpoly([(cx - 40, yh + 74), (cx + 40, yh + 74), (cx + 170, cv.H), (cx - 210, cv.H)], ["#d8b590", "#c79a72"])
    for i in range(7):
        t = (i / 7) ** 1.7
        y = yh + 80 + t * 300
        cv.line([(cx - 44 - 150 * t, y), (cx + 44 + 116 * t, y)], "#a87a58", 2 + 3 * t, alpha=0.6)
    for _ in range(8):
        a = rng.uniform(0, cv.W)
        if abs(a - cx) > 230:
            bush(
                cv,
                a,
                rng.uniform(yh + 120, 930),
                rng.uniform(60, 120),
                rng.choice(("#5f9a50", "#c24f78", "#4f8a48", "#6fa04f")),
            )
    n = spec.people or rng.randint(5, 9)
    row(
        cv,
        n,
        cx - 330,
        cx + 330,
        rng.uniform(850, 900),
        195,
        ("cham", "cham", "volunteer", "aodai", "casual"),
        ("stand", "walk", "clasp", "hold", "wave", "easy"),
        view=None,
        jitter=0.7,
    )
    frame_leaves(cv, side, size=300)


def _cactus(cv, x, y, h, fruit=0.6, lit=None):
    """One dragon-fruit plant on its post."""
    rng = cv.rng
    t = cv.tile(x - h * 0.75, y - h * 1.25, x + h * 0.75, y + 5)
    t.rect(x - h * 0.05, y - h * 0.78, x + h * 0.05, y, "#9a9388")
    c = "#4f8a3f"
    ends = []
    for k in range(22):
        a = math.radians(rng.uniform(-15, 195))
        ln = h * rng.uniform(0.3, 0.55)
        p0 = (x + rng.uniform(-0.06, 0.06) * h, y - h * 0.78)
        m = (p0[0] + math.cos(a) * ln * 0.62, p0[1] - abs(math.sin(a)) * ln * 0.5 - h * 0.06)
        e = (p0[0] + math.cos(a) * ln, p0[1] - math.sin(a) * ln * 0.25 + h * rng.uniform(0.08, 0.38))
        shade = mix(dark(c, 0.35), "#86b552", k / 24)
        pts = smooth([p0, m, e], steps=7)
        for i in range(len(pts) - 1):
            w = h * (0.036 - 0.018 * i / len(pts))
            t.limb(pts[i], pts[i + 1], w, w * 0.95, shade)
        t.line(pts, pale(shade, 0.25), max(1, h * 0.008), alpha=0.5, clip=True)
        ends.append(e)
    rng.shuffle(ends)
    for ex, ey in ends[: int(len(ends) * fruit * 0.5)]:
        r = h * rng.uniform(0.05, 0.068)
        for a in (-60, -25, 15, 50, 90):
            t.poly(
                [
                    (ex - r * 0.3, ey),
                    (ex + r * 0.3, ey),
                    (ex + math.cos(math.radians(a)) * r * 1.5, ey - math.sin(math.radians(a + 40)) * r * 1.6),
                ],
                "#a8c24a",
            )
        t.oval(ex, ey, r * 0.92, r * 1.15, "#d8285f")
        t.oval(ex + cv.light.side * r * 0.3, ey - r * 0.35, r * 0.4, r * 0.4, "#ff7a9c", alpha=0.8, clip=True)
    cv.stamp(t, width=h * 0.025, cast=cv.light.cast, foot=y, lie=0.2, rim=cv.light.rim * 0.7)


def _orchard(cv, yh, vx, lamp=False, people=0, fruit=0.6):
    rng = cv.rng
    cells = []
    for r in range(9):
        z = 1 + r * 0.62  # distance
        y = yh + 430 / z
        h = 330 / z
        for i in range(-9, 10):
            x = vx + (i + 0.5) * 470 / z
            if -200 < x < cv.W + 200:
                cells.append((z, x, y, h))
    spots = [(rng.uniform(1.05, 2.2), rng.choice((-1, 0, 1))) for _ in range(people)]
    for z, x, y, h in sorted(cells, key=lambda c: -c[0]):
        for s in [s for s in spots if s[0] >= z - 0.31]:
            if s in spots and z <= s[0]:
                spots.remove(s)
                px = vx + s[1] * 470 / s[0] + rng.uniform(-20, 20)
                person(
                    cv,
                    px,
                    yh + 430 / s[0] + 8,
                    380 / s[0],
                    rng.choice(("reach", "carry", "stand", "stoop", "show")),
                    wear(rng.choice(("farmer", "farmer", "volunteer")), rng),
                    item=rng.choice((None, "basket")),
                    flip=rng.random() < 0.5,
                )
        cv.depth = min(0.55, (z - 1) * 0.085)
        _cactus(cv, x, y, h, fruit)
        if lamp:
            lx, ly, far = x + h * 0.72, y - h * 1.02, 1 / (1 + 0.28 * (z - 1))
            cv.line([(lx, ly - h * 0.5), (lx, ly)], "#2a2433", max(1, h * 0.006))
            cv.soft_oval(lx, y, h * 0.7, h * 0.1, "#ffc266", h * 0.06, 0.4 * far, raw=True)
            cv.glow(lx, ly, h * 1.2, "#ff9a2e", 0.62 * far, 1.6)
            cv.glow(lx, ly, h * 0.26, "#ffe9a8", 0.95, 1.3)
            cv.oval(lx, ly, h * 0.036, h * 0.048, "#fffbe2", raw=True)
    cv.depth = 0
    for s in spots:
        person(cv, vx + s[1] * 470 / s[0], yh + 430 / s[0] + 8, 380 / s[0], "stand", wear("farmer", rng), item="basket")


@scene("dragonfruit")
def dragonfruit(cv, spec):
    """A dragon-fruit garden in rows towards the hills."""
    rng = cv.rng
    yh = rng.uniform(340, 470)
    sky(cv, yh, rng.uniform(0.4, 0.8))
    heap_clouds(cv, yh)
    ridge(cv, yh - 10, rng.uniform(80, 150), "#5f8fa0", 0.55, base=yh + 4, shift=0.3)
    ridge(cv, yh + 2, 30, "#5f8f60", 0.4, base=yh + 6)
    e = rng.choice((("#c9a277", "#a87a54"), ("#b98f6a", "#9a6f50"), ("#d1b184", "#b08a5c")))
    cv.grect(0, yh, cv.W, cv.H, [mix("#8fae62", e[0], 0.3), e[0], e[1]])
    cv.mottle(yh, cv.H, "#6f9a48", 12, 0.35)
    n = spec.people if spec.people is not None else rng.randint(1, 4)
    _orchard(cv, yh, cv.W * rng.uniform(0.3, 0.7), people=n, fruit=rng.uniform(0.4, 1))
    foreground(cv, "#4f8040", 60)


@scene("dragonfruit_lamps")
def dragonfruit_lamps(cv, spec):
    """The garden at night under thousands of lamps that bring the flowers."""
    rng = cv.rng
    yh = rng.uniform(330, 430)
    sky(cv, yh, 0.3)
    ridge(cv, yh - 8, 120, "#20345f", 0.2, base=yh + 4, shift=0.4)
    cv.glow(cv.W / 2, yh + 20, 1000, "#ffb95a", 0.6, 1.8, 0.34)
    cv.grect(0, yh, cv.W, cv.H, ["#e0a860", "#b98050", "#8a5a40"])
    lamps(cv, [(rng.uniform(0, cv.W), yh + rng.uniform(1, 14)) for _ in range(120)], 7, "#ffcf7a", 0.6)
    cv.light = replace(cv.light, ambient=(1.0, 0.8, 0.52), haze="#e8a04c", sun="#ffd27a", rim=0.5, cast=0.16)
    _orchard(cv, yh, cv.W * rng.uniform(0.3, 0.7), lamp=True, people=spec.people or 2)
