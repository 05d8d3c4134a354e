"""Scenes of wide land: rice, the mountain lake, wind turbines, salt pans."""

from __future__ import annotations

import math
from itertools import pairwise

from canvas import smooth
from light import dark, mix, pale
from nature import birds, bush, foreground, frame_leaves, heap_clouds, palm, ridge, sea, sky, tree
from people import person, row, wear
from registry import scene


@scene("rice_fields")
def rice_fields(cv, spec):
    """Paddies of Tánh Linh and Đức Linh, dykes, palms, people at work."""
    rng = cv.rng
    yh = rng.uniform(320, 450)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh)
    ridge(cv, yh - 20, rng.uniform(90, 170), "#5b86a0", 0.58, base=yh + 4, shift=0.4)
    ridge(cv, yh - 2, 60, "#4f8068", 0.4, base=yh + 4, shift=0.2)
    ripe = rng.random()
    a, b = mix("#6fb84a", "#e2bd4a", ripe), mix("#3f8f3f", "#c2922f", ripe)
    cv.grect(0, yh, cv.W, cv.H, [mix(a, cv.light.haze, 0.45), a, b])
    vx = cv.W * rng.uniform(0.2, 0.8)
    y, k = yh + 6.0, 0
    step = 12.0
    while y < cv.H + 40:  # plots between dykes
        y2 = y + step
        edges = sorted(rng.uniform(-0.1, 1.1) for _ in range(rng.randint(2, 4)))
        xs = [-0.2, *edges, 1.2]
        for u, v in pairwise(xs):
            c = mix(a, b, rng.random()) if rng.random() < 0.82 else mix(cv.light.water[0], cv.light.sky[1], 0.4)
            s0, s1 = (y - yh) / 500, (y2 - yh) / 500
            pts = [
                (vx + (u * cv.W - vx) * (0.8 + 0.3 * s0), y),
                (vx + (v * cv.W - vx) * (0.8 + 0.3 * s0), y),
                (vx + (v * cv.W - vx) * (0.8 + 0.3 * s1), y2),
                (vx + (u * cv.W - vx) * (0.8 + 0.3 * s1), y2),
            ]
            cv.gpoly(pts, [c, mix(c, b, 0.4)])
        cv.line([(0, y2), (cv.W, y2 + rng.uniform(-4, 4))], "#8a9a4f", 1.5 + step * 0.05)
        y, step, k = y2, step * 1.42, k + 1
    for _ in range(1700):  # blades
        t = rng.random() ** 0.7
        yy = yh + 30 + t * (cv.H - yh)
        s = 3 + 26 * t * t
        x = rng.uniform(0, cv.W)
        cv.poly(
            [(x - s * 0.12, yy), (x + s * 0.12, yy), (x + rng.uniform(-0.4, 0.4) * s, yy - s)],
            rng.choice((pale(a, 0.15), a, dark(b, 0.15))),
            alpha=0.75,
        )
    for _ in range(rng.randint(5, 10)):
        x = rng.uniform(0, cv.W)
        cv.depth = 0.35
        (palm if rng.random() < 0.6 else tree)(cv, x, yh + rng.uniform(8, 36), rng.uniform(70, 130))
    cv.depth = 0
    for _ in range(rng.randint(3, 9)):  # egrets
        x, yy = rng.uniform(0, cv.W), rng.uniform(yh + 60, 780)
        s = 4 + (yy - yh) / 30
        cv.poly(
            [(x - s, yy), (x + s * 0.2, yy - s * 0.5), (x + s * 1.4, yy - s * 1.1), (x + s * 0.4, yy + s * 0.1)],
            "#ffffff",
        )
    n = spec.people or rng.randint(4, 7)
    for i in sorted(range(n), key=lambda _: rng.random()):
        y = rng.uniform(620, 900)
        person(
            cv,
            cv.W * (i + 0.5) / n + rng.uniform(-80, 80),
            y,
            90 + (y - yh) * 0.33,
            rng.choice(("bend", "stoop", "bend", "carry", "walk", "stand")),
            wear(rng.choice(("farmer", "farmer", "volunteer")), rng),
            flip=rng.random() < 0.5,
        )
    if rng.random() < 0.6:
        palm(cv, cv.W * rng.choice((0.05, 0.95)), 985, rng.uniform(540, 760))
    foreground(cv, mix(b, "#2f6a34", 0.5), 110)


@scene("mountain_lake")
def mountain_lake(cv, spec):
    """A reservoir among the forested hills of Hàm Thuận – Đa Mi."""
    rng = cv.rng
    yh = rng.uniform(430, 520)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    for k, (amp, c, d) in enumerate(
        ((210, "#5f8aa8", 0.6), (150, "#4f8088", 0.42), (100, "#437a62", 0.26), (54, "#3f7a4c", 0.12))
    ):
        ridge(cv, yh - 60 + k * 20, amp * rng.uniform(0.8, 1.2), c, d, base=yh + 2, shift=0.3)
        cv.veil(yh - 80, yh, cv.light.haze, 0, 0.32 - 0.06 * k)
    for _ in range(60):
        cv.depth = 0.18
        x = rng.uniform(0, cv.W)
        s = rng.uniform(14, 34)
        cv.oval(x, yh - s * 0.3, s, s * 0.8, rng.choice(("#3f7a4a", "#4f8a4f", "#356a46")))
    cv.depth = 0
    sea(cv, yh, calm=0.4)
    cv.mirror(yh, cv.H - yh, 0.66, 0.7)
    for _ in range(3):
        cv.soft(
            [(0, y := yh + rng.uniform(-10, 30)), (cv.W, y + 6), (cv.W, y + 16), (0, y + 12)],
            cv.light.haze,
            14,
            0.35,
            raw=True,
        )
    for _i in range(rng.randint(1, 3)):
        x, y = rng.uniform(200, cv.W - 200), yh + rng.uniform(120, 270)
        s = 30 + (y - yh) * 0.22
        cv.soft_oval(x, y + s * 0.12, s * 1.3, s * 0.12, dark(cv.light.water[1], 0.4), 6, 0.5, raw=True)
        cv.blob(
            [
                (x - s * 1.6, y - s * 0.4),
                (x, y - s * 0.16),
                (x + s * 1.6, y - s * 0.4),
                (x + s * 1.0, y + s * 0.1),
                (x - s * 1.0, y + s * 0.1),
            ],
            "#6b4a36",
        )
        person(cv, x - s * 0.3, y + s * 0.05, s * 2.6, "row", wear("farmer", rng), item="paddle", cast=0)
    birds(cv, rng.uniform(300, 1000), yh * 0.4)
    side = rng.choice((-1, 1))
    pts = [
        (cv.W * (0.5 + side * 0.52), 700),
        (cv.W * (0.5 + side * 0.3), 780),
        (cv.W * (0.5 + side * 0.05), 900),
        (cv.W * (0.5 - side * 0.06), 990),
        (cv.W * (0.5 + side * 0.6), 1000),
    ]
    cv.blob(pts, "#4f8a44")
    for _ in range(14):
        bush(cv, cv.W * (0.5 + side * rng.uniform(0.08, 0.5)), rng.uniform(860, 960), rng.uniform(50, 110))
    for _ in range(3):
        tree(cv, cv.W * (0.5 + side * rng.uniform(0.3, 0.5)), rng.uniform(820, 930), rng.uniform(330, 520), "#3f7f45")
    if spec.people or rng.random() < 0.5:
        row(
            cv,
            spec.people or 4,
            *sorted((cv.W * (0.5 + side * 0.1), cv.W * (0.5 + side * 0.34))),
            925,
            210,
            ("volunteer", "casual"),
            ("stand", "point", "hips", "wave"),
            view=None,
        )
    frame_leaves(cv, -side, size=280)


@scene("windmills")
def windmills(cv, spec):
    """Wind turbines over the dry coast of Tuy Phong."""
    rng = cv.rng
    yh = rng.uniform(520, 620)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh, 3)
    ridge(cv, yh - 30, 100, "#6f8ba0", 0.6, base=yh + 30)
    ridge(cv, yh + 6, 30, "#6f8f6a", 0.42, base=yh + 60)
    c = rng.choice((("#b5b36a", "#8a9a4c"), ("#cdb878", "#a08f52"), ("#8fae5f", "#5f8a44")))
    cv.grect(0, yh + 14, cv.W, cv.H, [mix(c[0], cv.light.haze, 0.3), c[0], c[1]])
    cv.mottle(yh + 20, cv.H, dark(c[1], 0.3), 10, 0.25)
    spots = []
    for _i in range(rng.randint(6, 9)):
        d = rng.random() ** 1.4
        spots.append((d, rng.uniform(40, cv.W - 40)))
    spots += [(1.0, cv.W * rng.choice((0.24, 0.3, 0.7, 0.77)))]
    for d, x in sorted(spots):
        base, h = yh + 8 + d * 170, 150 + d * 520
        cv.depth = 0.5 * (1 - d)
        t = cv.tile(x - h * 0.6, base - h * 1.6, x + h * 0.6, base + 4)
        t.gpoly(
            [(x - h * 0.022, base), (x + h * 0.022, base), (x + h * 0.011, base - h), (x - h * 0.011, base - h)],
            ["#ffffff", "#dfe6ec"],
            across=True,
        )
        t.rrect(x - h * 0.035, base - h * 1.02, x + h * 0.03, base - h * 0.985, h * 0.01, "#eef2f5")
        a0 = rng.uniform(0, 120)
        for k in range(3):
            a = math.radians(a0 + k * 120)
            ca, sa, r = math.cos(a), math.sin(a), h * 0.5
            hx, hy = x, base - h
            t.poly(
                [
                    (hx - sa * h * 0.012, hy + ca * h * 0.012),
                    (hx + ca * r * 0.25 - sa * h * 0.022, hy + sa * r * 0.25 + ca * h * 0.022),
                    (hx + ca * r, hy + sa * r),
                    (hx + sa * h * 0.006, hy - ca * h * 0.006),
                ],
                "#f8fafb",
            )
        t.oval(x, base - h, h * 0.02, h * 0.02, "#dfe6ec")
        cv.stamp(t, width=max(1, h * 0.01), cast=0, shade=0.3)
    cv.depth = 0
    for _ in range(rng.randint(10, 20)):
        bush(
            cv,
            rng.uniform(0, cv.W),
            rng.uniform(yh + 60, 930),
            rng.uniform(40, 90),
            rng.choice(("#7a9a52", "#5f8a4c", "#8f9f55")),
        )
    if spec.people or rng.random() < 0.4:
        a = rng.uniform(100, 800)
        row(
            cv,
            spec.people or 5,
            a,
            a + 460,
            905,
            210,
            ("volunteer", "worker", "pupil"),
            ("stand", "point", "walk", "hips"),
            view=None,
        )
    foreground(cv, "#6f7f3f", 70)


@scene("salt_fields")
def salt_fields(cv, spec):
    """Mirror-like salt pans with white heaps and workers in nón lá."""
    rng = cv.rng
    yh = rng.uniform(330, 430)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    ridge(cv, yh - 10, 90, "#6a86a0", 0.55, base=yh + 2, shift=0.2)
    far, near = cv.light.water
    cv.grect(
        0,
        yh,
        cv.W,
        cv.H,
        [mix(cv.light.sky[-1], far, 0.3), mix(far, cv.light.sky[1], 0.5), mix(near, cv.light.sky[0], 0.5)],
        raw=True,
    )
    cv.mirror(yh, cv.H - yh, 0.55, 0.25)
    vx = cv.W * rng.uniform(0.25, 0.75)
    for i in range(-9, 10):
        cv.poly(
            [(vx + i * 26, yh), (vx + i * 26 + 1.5, yh), (vx + i * 420 + 16, cv.H), (vx + i * 420 - 16, cv.H)],
            "#9a7f63",
        )
    y = yh + 8.0
    k = 1.0
    while y < cv.H:
        cv.rect(0, y, cv.W, y + 1.4 * k, "#a58a6c")
        cv.rect(0, y, cv.W, y + 0.5 * k, "#cdb698")
        y += 16 * k
        k *= 1.42
    for _ in range(34):
        t = rng.random() ** 0.8
        y = yh + 14 + t * 420
        s = 8 + 62 * t
        x = rng.uniform(0, cv.W)
        cv.oval(x, y + s * 0.06, s * 1.1, s * 0.16, "#d8e4ec", alpha=0.5)
        cv.poly(
            smooth(
                [(x - s, y), (x - s * 0.4, y - s * 0.5), (x, y - s * 0.78), (x + s * 0.4, y - s * 0.5), (x + s, y)],
                steps=5,
            ),
            "#fdfdfb",
        )
        q = -cv.light.side
        cv.poly(
            [(x, y - s * 0.78), (x + q * s * 0.45, y - s * 0.48), (x + q * s, y), (x + q * s * 0.1, y)],
            "#a9bdd6",
            alpha=0.8,
        )
    n = spec.people or rng.randint(3, 6)
    for i in range(n):
        y = rng.uniform(650, 890)
        person(
            cv,
            cv.W * (i + 0.5) / n + rng.uniform(-70, 70),
            y,
            110 + (y - yh) * 0.34,
            rng.choice(("hoe", "push", "dig", "carry")),
            wear("farmer", rng),
            item=rng.choice(("rake", "rake", None)),
            flip=rng.random() < 0.5,
        )
