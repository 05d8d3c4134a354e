"""Scenes of the mainland shore: sails in the bay, the fishing harbour."""

from __future__ import annotations

import math

from nature import birds, heap_clouds, palm, ridge, sea, sky, surf
from people import row
from registry import scene
from vessels import basket_boat, fishing_boat, sailboat


def beach(cv, y, slope=None, width=60):
    rng = cv.rng
    s = rng.uniform(-0.12, 0.12) if slope is None else slope
    ph, a = rng.uniform(0, 6), rng.uniform(10, 26)
    surf(cv, lambda x: y + s * (x - cv.W / 2) + a * math.sin(x / 330 + ph), width=width)
    cv.mottle(y + 70, cv.H, "#b98d58", 14, 0.16, 3)


@scene("coast_sails")
def coast_sails(cv, spec):
    """Sails on the bay of Mũi Né, a beach with basket boats and coconut palms."""
    rng = cv.rng
    yh = rng.uniform(390, 500)
    sky(cv, yh, rng.uniform(0.3, 0.8))
    heap_clouds(cv, yh)
    if rng.random() < 0.7:
        ridge(cv, yh - 6, rng.uniform(30, 80), "#4f7f8c", 0.62, base=yh + 2, shift=0.1)
    sea(cv, yh)
    for _ in range(rng.randint(4, 8)):
        y = yh + rng.uniform(2, 60) ** 1.1
        sailboat(cv, rng.uniform(60, cv.W - 60), y, 16 + (y - yh) * 0.9)
    side = rng.choice((-1, 1))
    bx = cv.W * (0.5 + side * rng.uniform(0.08, 0.24))
    big = rng.uniform(110, 165)
    sailboat(cv, bx, yh + 150, big)
    if rng.random() < 0.5:
        fishing_boat(cv, cv.W - bx + rng.uniform(-60, 60), yh + 95, 74, flip=rng.random() < 0.5)
    cv.mirror(yh + 150, 90, 0.25)
    birds(cv, rng.uniform(300, 1100), yh * 0.45, rng.randint(4, 9))
    if rng.random() < 0.8:
        yb = rng.uniform(760, 850)
        beach(cv, yb)
        for _i in range(rng.randint(1, 3)):
            s = rng.uniform(60, 95)
            basket_boat(cv, cv.W * 0.5 - side * rng.uniform(80, 620), rng.uniform(yb + 70, 925), s)
    if rng.random() < 0.75:
        palm(
            cv,
            cv.W * (0.5 - side * rng.uniform(0.43, 0.5)),
            990,
            rng.uniform(620, 800),
            lean=side * rng.uniform(0.1, 0.3),
        )
        if rng.random() < 0.6:
            palm(
                cv,
                cv.W * (0.5 - side * rng.uniform(0.3, 0.46)),
                980,
                rng.uniform(420, 540),
                lean=side * rng.uniform(0.0, 0.2),
            )


@scene("fishing_harbour")
def fishing_harbour(cv, spec):
    """Blue boats moored side by side, a quay with people and baskets."""
    rng = cv.rng
    yh = rng.uniform(330, 420)
    sky(cv, yh, rng.uniform(0.4, 0.8))
    ridge(cv, yh - 12, 60, "#547f88", 0.6, base=yh + 2, shift=0.2)
    cv.depth = 0.42
    x = -20.0
    while x < cv.W:
        w, h = rng.uniform(46, 100), rng.uniform(24, 66)
        cv.rect(x, yh - h, x + w, yh + 4, rng.choice(("#e9d9bd", "#d8c3a5", "#cfd8d8", "#e7c9a8", "#b9cbd3")))
        cv.poly(
            [(x - 4, yh - h), (x + w / 2, yh - h - 18), (x + w + 4, yh - h)],
            rng.choice(("#b5543f", "#9c4a3d", "#a8664a")),
        )
        x += w + rng.uniform(-4, 26)
    cv.depth = 0
    sea(cv, yh, calm=0.7)
    for _ in range(9):
        cv.depth = 0.4
        fishing_boat(cv, rng.uniform(0, cv.W), yh + rng.uniform(12, 34), rng.uniform(26, 40), rng.random() < 0.5)
    cv.depth = 0.14
    for i in range(rng.randint(4, 5)):
        fishing_boat(
            cv,
            80 + i * 330 + rng.uniform(-50, 50),
            yh + 110 + rng.uniform(-12, 14),
            rng.uniform(84, 104),
            rng.random() < 0.4,
        )
    cv.mirror(yh + 112, 170, 0.42, 1.2)
    cv.depth = 0
    n = rng.randint(2, 3)
    for i in range(n):
        fishing_boat(
            cv,
            cv.W * (i + 0.5) / n + rng.uniform(-60, 60),
            yh + 265 + rng.uniform(-10, 16),
            rng.uniform(170, 205),
            rng.random() < 0.4,
        )
    cv.mirror(yh + 268, 150, 0.4, 1.4)
    yq = rng.uniform(770, 810)
    cv.grect(-10, yq, cv.W + 10, cv.H + 5, ["#cdb795", "#a88d6d"])
    cv.rect(-10, yq, cv.W + 10, yq + 14, "#e2d0b0")
    cv.mottle(yq, cv.H, "#6b563f", 16, 0.25, 3)
    for i in range(rng.randint(3, 5)):
        bx, by = rng.uniform(40, cv.W - 40), rng.uniform(yq + 60, 930)
        for k in range(3):
            cv.blob(
                [(bx - 40 + k * 46, by - 30), (bx + k * 46, by - 30), (bx - 6 + k * 46, by), (bx - 34 + k * 46, by)],
                "#3f7fae" if i % 2 else "#b98a4e",
            )
            for j in range(6):
                cv.oval(bx - 34 + k * 46 + j * 6, by - 32 + (j % 2) * 3, 7, 4, "#cfd9e2")
    row(
        cv,
        spec.people or rng.randint(5, 8),
        90,
        cv.W - 90,
        915,
        265,
        ("farmer", "farmer", "casual", "volunteer"),
        ("carry", "stand", "stoop", "talk", "walk", "hips", "squat"),
    )
