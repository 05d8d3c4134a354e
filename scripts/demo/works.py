"""Scenes of building: a house of charity, a village road."""

from __future__ import annotations

import math

from backdrops import backdrop
from built import road
from light import mix
from nature import bush, foreground, palm, tree
from people import person, wear, with_
from registry import scene


@scene("volunteers_building")
def volunteers_building(cv, spec):
    """A house of charity going up: bricks, mortar, scaffolding."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("village", "hills"), rng.uniform(380, 430))
    side = rng.choice((-1, 1))
    x0 = cv.W * (0.5 + side * 0.08) - 380
    x1, yb = x0 + 760, y + 210
    t = cv.tile(x0 - 60, y - 330, x1 + 60, yb + 10)
    hgt = [330 - 26 * abs(math.sin(i * 1.7)) * (1 if i % 3 else 0) - (70 if 6 < i < 9 else 0) for i in range(20)]
    bw, bh = 38, 19
    for r in range(int(330 / bh)):
        for i in range(int(760 / bw) + 1):
            x = x0 + i * bw - (r % 2) * bw / 2
            if r * bh > hgt[min(19, int(i * 20 / 21))]:
                continue
            win = (4 <= i <= 6 or 15 <= i <= 17) and 5 <= r <= 11
            door = 9 <= i <= 12 and r <= 12
            if win or door:
                continue
            t.rect(x + 1, yb - (r + 1) * bh + 1, x + bw - 1, yb - r * bh - 1, mix("#c2603f", "#d98a5f", rng.random()))
            t.rect(x - 0.5, yb - (r + 1) * bh - 0.5, x + bw + 0.5, yb - (r + 1) * bh + 1.2, "#cfc4b2")
    t.rect(x0 + 9 * bw - 22, yb - 13.6 * bh, x0 + 13 * bw + 4, yb - 12.8 * bh, "#b9b3a8")
    cv.soft(
        [(x0, yb), (x1, yb), (x1 - side * 60, yb + 50), (x0 - side * 60, yb + 50)], cv.light.shadow, 12, 0.35, raw=True
    )
    cv.stamp(t, width=4, shade=0.2)
    for i in range(6):  # scaffolding
        x = x0 - 20 + i * 160
        cv.line([(x, yb + 20), (x, y - 290)], "#b98a4e", 9)
    for yy in (yb - 130, yb - 262):
        cv.line([(x0 - 50, yy), (x1 + 60, yy)], "#a87a44", 11)
        cv.rect(x0 - 50, yy - 14, x1 + 60, yy - 6, "#d9b07a")
    for i in range(rng.randint(2, 4)):
        person(
            cv,
            x0 + 110 + i * 200 + rng.uniform(-30, 30),
            yb - 276 if i % 2 else yb - 144,
            185,
            rng.choice(("reach", "stoop", "give", "kneel")),
            with_(wear(rng.choice(("volunteer", "worker")), rng), hat="helmet", hat_c="#f4c430"),
            item=rng.choice(("brick", None)),
            flip=rng.random() < 0.5,
            cast=0,
        )
    cv.blob(
        [(60, 905), (150, 800), (240, 775), (330, 830), (400, 905)]
        if side > 0
        else [(1040, 905), (1130, 820), (1220, 775), (1310, 810), (1390, 905)],
        "#d9c097",
    )
    bx = 1130 if side > 0 else 90
    for r in range(6):
        for i in range(7 - r // 2):
            cv.rect(
                bx + i * 36 + r * 7,
                890 - r * 20,
                bx + i * 36 + 33 + r * 7,
                908 - r * 20,
                mix("#b9583c", "#d88a62", rng.random()),
            )
    n = spec.people or rng.randint(5, 7)
    for i in range(n):
        x, yy, h = (
            130 + (cv.W - 260) * (i + 0.5) / n + rng.uniform(-26, 26),
            850 + ((i * 0.618) % 1) * 78,
            300 + ((i * 0.618) % 1) * 60,
        )
        pose, item = rng.choice(
            (
                ("carry", "brick"),
                ("give", "brick"),
                ("dig", "shovel"),
                ("walk", "bucket"),
                ("push", None),
                ("take", "brick"),
            )
        )
        person(
            cv,
            x,
            yy,
            h,
            pose,
            wear(rng.choice(("volunteer", "volunteer", "volunteer", "worker", "soldier")), rng),
            item=item,
            flip=rng.random() < 0.5,
        )


@scene("volunteers_road")
def volunteers_road(cv, spec):
    """Laying a concrete road in a hamlet."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("village", "hills", "village"), rng.uniform(370, 430))
    side = rng.choice((-1, 1))
    at = road(
        cv, y - 10, cv.W * (0.5 + side * 0.18), 26, 620, ("#b98f62", "#a27a50"), cv.W * (0.5 - side * 0.03), "#c9b183"
    )
    (a, b), (c, d), (e, f), (g, h) = at(-1, 0), at(1, 0), at(1, 0.45), at(-1, 0.47)
    cv.gpoly([(a, b), (c, d), (e, f), (g, h)], ["#cfcac0", "#b9b4aa"])
    cv.gpoly(
        [at(-1, 0.45), at(1, 0.45), at(0.8, 0.53), at(0.3, 0.55), at(-0.2, 0.53), at(-0.7, 0.57), at(-1, 0.52)],
        ["#9fa0a0", "#85878a"],
    )
    for s in (-1, 1):
        cv.line([at(s, 0.02), at(s, 0.8)], "#c9a26a", 6)
    for t in (0.1, 0.2, 0.32):
        x, yy = at(-1.35, t)
        bush(cv, x, yy, 40 + 160 * t)
        x, yy = at(1.4, t)
        (palm if rng.random() < 0.5 else tree)(cv, x, yy, 130 + 500 * t)
    mx, my = at(1.05 if side < 0 else -1.05, 0.42)  # mixer
    t = cv.tile(mx - 130, my - 240, mx + 130, my + 20)
    t.line([(mx - 60, my), (mx - 10, my - 90), (mx + 60, my)], "#3a4358", 11)
    t.oval(mx + 70, my - 14, 26, 26, "#23252d")
    t.blob(
        [
            (mx - 70, my - 120),
            (mx - 40, my - 190),
            (mx + 30, my - 200),
            (mx + 76, my - 130),
            (mx + 40, my - 66),
            (mx - 40, my - 70),
        ],
        "#e58a2d",
    )
    t.oval(mx - 58, my - 158, 26, 36, "#5b4a3f")
    t.line([(mx + 6, my - 200), (mx + 16, my - 64)], "#f4c430", 9, clip=True)
    cv.stamp(t, width=7, cast=cv.light.cast, foot=my)
    sx, sy = at(-1.1 * (1 if side < 0 else -1), 0.6)
    cv.blob(
        [(sx - 190, sy + 60), (sx - 90, sy - 40), (sx, sy - 76), (sx + 90, sy - 30), (sx + 190, sy + 60)], "#d8bd8c"
    )
    n = spec.people or rng.randint(7, 10)
    spots = [
        (at(1.7 * ((i * 0.618 + 0.15) % 1) - 0.85, tt), tt)
        for i, tt in enumerate(0.2 + 0.52 * (i + 0.5) / n for i in range(n))
    ]
    for _i, ((x, yy), tt) in enumerate(spots):
        x = min(max(x, 120), cv.W - 120)
        pose, item = rng.choice(
            (("dig", "shovel"), ("hoe", "rake"), ("dig", "shovel"), ("push", None), ("walk", "bucket"), ("hoe", "hoe"))
        )
        fl = rng.random() < 0.5
        hh = 95 + 400 * tt
        if pose == "push":
            s = -1 if fl else 1
            wx = x + s * hh * 0.5
            cv.poly(
                [
                    (wx - hh * 0.2, yy - hh * 0.3),
                    (wx + hh * 0.22, yy - hh * 0.34),
                    (wx + hh * 0.12, yy - hh * 0.1),
                    (wx - hh * 0.1, yy - hh * 0.1),
                ],
                "#3f7fae",
            )
            cv.oval(wx + s * hh * 0.12, yy - hh * 0.06, hh * 0.065, hh * 0.065, "#23252d")
            cv.line([(x + s * hh * 0.26, yy - hh * 0.42), (wx, yy - hh * 0.2)], "#5b6470", hh * 0.02)
        person(
            cv,
            x,
            yy,
            hh,
            pose,
            wear(rng.choice(("volunteer", "volunteer", "volunteer", "worker", "farmer")), rng),
            item=item,
            flip=fl,
        )
    foreground(cv, "#4f8040", 60)
