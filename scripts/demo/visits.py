"""Scenes of farms visited and of soldiers visited."""

from __future__ import annotations

import math

import numpy as np
from backdrops import backdrop
from built import house
from light import dark, mix
from nature import foreground, heap_clouds, palm, ridge, sea, sky
from people import person, row, wear, with_
from registry import scene
from things import flagpole
from vessels import fishing_boat


@scene("farm_model")
def farm_model(cv, spec):
    """A young farmer's model: beds under a net house, goats or chickens, a visitor taking notes."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("hills", "village", "hills"), rng.uniform(380, 430))
    what = rng.choice(("net", "goats", "chickens", "net"))
    g = ("#9a7550", "#7f5d3e")
    cv.gpoly(
        [(-20, y + 60), (cv.W + 20, y + 60), (cv.W + 20, cv.H), (-20, cv.H)], [mix(g[0], "#9abf5a", 0.35), g[0], g[1]]
    )
    vx = cv.W * rng.uniform(0.35, 0.65)
    if what == "net":
        for i in range(-5, 6):
            c = rng.choice(("#5fa63f", "#7cc04f", "#4b9040", "#8fcf5a"))
            for k in range(26):
                t = (k / 26) ** 1.3
                x, yy = vx + i * (70 + 260 * t), y + 70 + t * (cv.H - y - 60)
                r = 7 + 30 * t
                cv.oval(x, yy, r * 1.5, r * 0.5, dark(g[1], 0.3), alpha=0.5)
                for a in range(5):
                    an = math.radians(200 + a * 35)
                    cv.oval(
                        x + math.cos(an) * r * 0.7,
                        yy - r * 0.3 + math.sin(an) * r * 0.5,
                        r * 0.6,
                        r * 0.36,
                        mix(c, "#d8ef9a", a * 0.1),
                    )
        for k in range(4):
            t = (k / 4) ** 1.2
            left, right, b, tp = vx - 300 - 640 * t, vx + 300 + 640 * t, y + 80 + 300 * t, y - 90 - 170 * t
            arc = [
                (left + (right - left) * u, b - (b - tp) * math.sin(math.pi * u) ** 0.55) for u in np.linspace(0, 1, 30)
            ]
            cv.line(arc, "#e6ebee", 5 + 5 * t)
            if k:
                cv.poly(arc, "#eaf6fa", alpha=0.12)
    else:
        for i in range(26):
            cv.rect(i * 60, y + 60, i * 60 + 12, y + 150, "#a87a4c")
        for yy in (y + 80, y + 120):
            cv.line([(0, yy), (cv.W, yy)], "#b98a58", 9)
        cv.grect(cv.W * 0.58, y - 60, cv.W * 0.95, y + 130, ["#c9a06a", "#8a6440"])
        cv.gpoly(
            [(cv.W * 0.54, y - 50), (cv.W * 0.6, y - 150), (cv.W * 0.93, y - 150), (cv.W * 0.99, y - 50)],
            ["#b5a07a", "#8f7a54"],
        )
        for _ in range(22 if what == "chickens" else 12):
            yy = rng.uniform(y + 170, 900)
            x, s, f = rng.uniform(40, cv.W - 40), (yy - y) * 0.1 + 8, rng.choice((-1, 1))
            if what == "chickens":
                c = rng.choice(("#c9703a", "#f4ead6", "#a8502f", "#3a3036"))
                cv.blob(
                    [
                        (x - f * s * 1.3, yy - s * 1.7),
                        (x - f * s * 0.8, yy - s * 0.6),
                        (x, yy - s * 0.3),
                        (x + f * s * 0.8, yy - s * 0.9),
                        (x + f * s * 0.9, yy - s * 1.8),
                        (x + f * s * 0.5, yy - s * 1.4),
                        (x - f * s * 0.4, yy - s * 1.2),
                    ],
                    c,
                )
                cv.oval(x + f * s * 0.95, yy - s * 1.9, s * 0.3, s * 0.3, c)
                cv.oval(x + f * s * 0.95, yy - s * 2.2, s * 0.16, s * 0.14, "#d8302f")
                cv.poly(
                    [
                        (x + f * s * 1.2, yy - s * 1.95),
                        (x + f * s * 1.5, yy - s * 1.8),
                        (x + f * s * 1.2, yy - s * 1.75),
                    ],
                    "#f0b23a",
                )
                cv.line([(x, yy - s * 0.4), (x, yy)], "#d99a3a", 2)
            else:
                c = rng.choice(("#f4efe6", "#8a6a50", "#c9a57d", "#4a3f3c"))
                s *= 1.5
                for k in (-0.8, -0.5, 0.5, 0.8):
                    cv.line([(x + k * s, yy - s * 0.7), (x + k * s, yy)], dark(c, 0.2), s * 0.14)
                cv.blob(
                    [
                        (x - s, yy - s * 1.3),
                        (x + s, yy - s * 1.35),
                        (x + s * 1.1, yy - s * 0.8),
                        (x, yy - s * 0.55),
                        (x - s * 1.1, yy - s * 0.8),
                    ],
                    c,
                )
                cv.limb((x + f * s * 0.9, yy - s * 1.2), (x + f * s * 1.3, yy - s * 1.8), s * 0.3, s * 0.22, c)
                cv.blob(
                    [
                        (x + f * s * 1.15, yy - s * 2.05),
                        (x + f * s * 1.5, yy - s * 2.0),
                        (x + f * s * 1.8, yy - s * 1.65),
                        (x + f * s * 1.3, yy - s * 1.65),
                    ],
                    c,
                )
                cv.line([(x + f * s * 1.2, yy - s * 2.0), (x + f * s * 0.95, yy - s * 2.4)], "#5b4a3f", s * 0.1)
    n = spec.people or rng.randint(3, 5)
    for i in range(n):
        x = cv.W * (0.16 + 0.68 * (i + 0.5) / n) + rng.uniform(-30, 30)
        pose, item = rng.choice(
            (
                ("show", "basket"),
                ("hold", "basket"),
                ("kneel", None),
                ("stand", None),
                ("read", "tablet"),
                ("point", None),
                ("squat", None),
                ("side", "bucket"),
            )
        )
        person(
            cv,
            x,
            880 + rng.uniform(-40, 50),
            360,
            pose,
            wear("farmer" if i % 3 == 0 else rng.choice(("volunteer", "farmer", "casual")), rng),
            item=item,
            flip=rng.random() < 0.5,
        )
    foreground(cv, "#4f8040", 60)


@scene("army_visit")
def army_visit(cv, spec):
    """Youth visit a border or island unit: soldiers, handshakes, flowers, the flag."""
    rng = cv.rng
    sea_side = rng.random() < 0.5
    if sea_side:
        yh = rng.uniform(380, 440)
        sky(cv, yh, rng.uniform(0.4, 0.9))
        heap_clouds(cv, yh)
        ridge(cv, yh - 4, 60, "#4f808c", 0.55, base=yh + 2)
        sea(cv, yh)
        fishing_boat(cv, rng.uniform(200, 1200), yh + 40, 44)
        y = yh + 110
        cv.grect(0, y, cv.W, cv.H, ["#ded8ca", "#c3bbab", "#a8a092"])
        cv.rect(0, y, cv.W, y + 10, "#f1ece0")
        palm(cv, cv.W * rng.choice((0.06, 0.94)), y + 110, 520, cast=True)
    else:
        _kind, y = backdrop(cv, ("park", "hills"), paved=True)
        cv.grect(0, y + 40, cv.W, cv.H, ["#ded8ca", "#c3bbab", "#a8a092"])
        x0 = rng.uniform(160, 520)
        house(cv, x0 + 280, y + 50, 760, 250, "#f1dfa8", "#a84a3a")
    flagpole(cv, cv.W * rng.choice((0.2, 0.8, 0.5)), y + 60, 400, 150)
    navy = sea_side and rng.random() < 0.7
    mil = "navy" if navy else "soldier"
    row(cv, 7, 120, cv.W - 120, y + 150, 205, (mil, "volunteer", mil), ("stand", "clap", "easy", "talk"), jitter=0.8)
    n = max(2, (spec.people or 8) // 2)
    for i in range(n):
        x = 150 + (cv.W - 300) * (i + 0.5) / n + rng.uniform(-16, 16)
        a = rng.choice(
            (
                ("shake", "shake", None),
                ("give", "take", "gift"),
                ("give", "take", "flowers"),
                ("talk", "talk", None),
                ("give", "take", "book"),
            )
        )
        yy, h = 895 + rng.uniform(-26, 26), 375
        person(
            cv,
            x + h * 0.26,
            yy,
            h,
            a[1],
            with_(wear(mil, rng), hat="kepi" if navy or rng.random() < 0.6 else "taibeo"),
            flip=True,
        )
        person(
            cv,
            x - h * 0.24,
            yy + 5,
            h * 0.98,
            a[0],
            wear(rng.choice(("volunteer", "volunteer", "aodai", "official")), rng),
            item=a[2],
        )
