"""Scenes of camps and play: the campfire, mid-autumn, summer games."""

from __future__ import annotations

import math

import numpy as np
from backdrops import backdrop
from built import house, lamps
from canvas import smooth
from light import dark, pale
from nature import foreground, frame_leaves, ground, ridge, sky
from people import person, scatter, wear, with_
from registry import scene
from things import bunting


@scene("campfire")
def campfire(cv, spec):
    """A youth camp at night around the fire."""
    rng = cv.rng
    yh = rng.uniform(400, 460)
    sky(cv, yh, 0.4)
    ridge(cv, yh - 6, 110, "#1f355f", 0.25, base=yh + 6, shift=0.3)
    ground(cv, yh, ("#6b7a5a", "#55634a", "#3d4a3c"))
    for i in range(7):
        x, s = cv.W * (i + 0.5) / 7 + rng.uniform(-30, 30), rng.uniform(90, 130)
        c = rng.choice(("#c9543f", "#3f7fae", "#d9a43a", "#4f8f6a", "#8a5fae"))
        y = yh + rng.uniform(24, 54)
        cv.gpoly([(x - s, y), (x, y - s * 1.05), (x + s, y)], [pale(c, 0.15), dark(c, 0.25)])
        cv.gpoly([(x - s * 0.3, y), (x, y - s * 0.8), (x + s * 0.3, y)], ["#ffdf95", "#f0a24a"], raw=True, alpha=0.85)
    for k in range(3):
        pts = [(-20 + (cv.W + 40) * t / 40, 130 + k * 60 + 110 * 4 * (t / 40) * (1 - t / 40)) for t in range(41)]
        cv.line(pts, "#2a3458", 1.6)
        lamps(cv, pts[1::2], 9, rng.choice(("#ffd27a", "#ff9f6a", "#9fd4ff")), 0.8)
    fx, fy = cv.W * rng.uniform(0.42, 0.58), rng.uniform(720, 760)
    cv.glow(fx, fy - 60, 900, "#ff9a3c", 0.62, 1.8, 0.62)
    n = spec.people or rng.randint(14, 20)
    m = n // 2 + 2
    for i in range(m):  # the far half of the ring
        a = math.pi * (i + 0.5) / m
        x, y = fx + math.cos(a) * 560, fy - 40 - math.sin(a) * 120
        person(
            cv,
            x,
            y,
            205,
            rng.choice(("clap", "link", "wave", "cheer", "stand", "dance")),
            with_(wear("volunteer", rng), hat=None),
            bare=False,
        )
    for k in range(26):  # logs and flames
        a = rng.uniform(0, 6.28)
        if k < 7:
            cv.limb(
                (fx + math.cos(a) * 90, fy + abs(math.sin(a)) * 22), (fx + math.cos(a) * 10, fy - 60), 10, 8, "#5b3a28"
            )
    for c, s in (("#ff5a1f", 1.0), ("#ff8f2a", 0.8), ("#ffc54a", 0.58), ("#fff1b0", 0.34)):
        w, h = 92 * s, 285 * s
        for dx, hh in ((-0.45, 0.62), (0.5, 0.7), (0, 1.0)):
            x = fx + dx * w
            cv.blob(
                [
                    (x - w * 0.55, fy - 8),
                    (x - w * 0.5, fy - h * hh * 0.35),
                    (x - w * 0.12, fy - h * hh * 0.7),
                    (x + rng.uniform(-0.2, 0.2) * w, fy - h * hh),
                    (x + w * 0.2, fy - h * hh * 0.6),
                    (x + w * 0.5, fy - h * hh * 0.3),
                    (x + w * 0.55, fy - 8),
                ],
                c,
                raw=True,
                alpha=0.86,
            )
    cv.glow(fx, fy - 110, 330, "#ffd070", 0.8, 2.0)
    for _ in range(70):
        cv.oval(
            fx + rng.gauss(0, 120),
            fy - abs(rng.gauss(180, 190)),
            rng.uniform(1, 3),
            rng.uniform(1, 3),
            "#ffd98a",
            raw=True,
            alpha=rng.uniform(0.4, 1),
        )
    for i in range(m - 1):  # the near half, dark against the light
        a = math.pi * (i + 0.5) / (m - 1)
        x, y = fx + math.cos(a) * 640, fy + 60 + math.sin(a) * 140
        if abs(x - fx) < 120:
            continue
        role = with_(wear("volunteer", rng), hat=None)
        person(
            cv,
            x,
            y,
            275,
            rng.choice(("link", "clap", "stand", "ground_front", "ground_front", "wave")),
            with_(role, shirt=dark(role.shirt, 0.25)),
            "back",
        )
    cv.glow(fx, fy - 60, 620, "#ff9a3c", 0.26, 1.6)


@scene("children_lantern")
def children_lantern(cv, spec):
    """Mid-autumn: children with star lanterns under the moon."""
    rng = cv.rng
    yh = rng.uniform(430, 490)
    sky(cv, yh, 0.45)
    ridge(cv, yh - 4, 90, "#24386a", 0.3, base=yh + 6, shift=0.3)
    ground(cv, yh, ("#5b6274", "#4d5468", "#3a4158"))
    cv.depth = 0.1
    for i in range(5):
        house(cv, cv.W * (i + 0.5) / 5 + rng.uniform(-40, 40), yh + 40, rng.uniform(220, 290), rng.uniform(150, 180))
    cv.depth = 0
    for k in range(2):
        y0 = 120 + 90 * k
        pts = [(-20 + (cv.W + 40) * t / 24, y0 + 120 * 4 * (t / 24) * (1 - t / 24)) for t in range(25)]
        cv.line(pts, "#2a3458", 1.8)
        for i, (x, y) in enumerate(pts[1:-1:2]):
            c = ("#ff4f3f", "#ffc03a", "#ff7f9f", "#6fd08a", "#ff8a3a")[(i + k) % 5]
            cv.glow(x, y + 34, 130, c, 0.55, 2.0)
            cv.oval(x, y + 34, 24, 28, c, raw=True)
            cv.oval(x, y + 32, 15, 20, pale(c, 0.4), raw=True, alpha=0.8)
            cv.line([(x, y), (x, y + 8)], "#3a2a2a", 2)
            cv.line([(x, y + 62), (x, y + 82)], c, 3, raw=True)
    n = spec.people or rng.randint(10, 14)
    cv.glow(cv.W / 2, 800, 900, "#ff9a4a", 0.4, 1.6, 0.5)
    spots = []
    for i in range(n):
        t = (i * 0.618 + 0.1) % 1
        spots.append((yh + 130 + t * 310, 90 + (cv.W - 180) * (i + 0.5) / n + rng.uniform(-30, 30), 200 + 165 * t))
    for y, x, h in sorted(spots):
        lk = wear(rng.choice(("child", "child", "pupil", "volunteer" if rng.random() < 0.6 else "child")), rng)
        f = rng.random() < 0.5
        hands, _ = person(
            cv,
            x,
            y,
            h * (0.78 if lk.child else 1.1),
            rng.choice(("phone", "show", "walk", "up")),
            lk,
            item="lantern",
            flip=f,
        )
        hx, hy = hands[1]
        cv.glow(hx + (-1 if f else 1) * h * 0.1, hy + h * 0.06, h * 0.85, "#ffa04a", 0.5, 2.0)
    if rng.random() < 0.7:
        frame_leaves(cv, colour="#14284a", size=300)


@scene("children_play")
def children_play(cv, spec):
    """Summer games: children in a ring, a parachute cloth, a tug of war."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("park", "school", "village", "hills"))
    bunting(cv, -20, 190, cv.W + 20, 160, 80, 30, 30)
    game = rng.choice(("tug", "cloth", "ring", "ring"))
    n = spec.people or rng.randint(10, 14)
    scatter(
        cv,
        max(4, n // 2),
        y + 50,
        y + 120,
        170,
        140,
        ("child", "pupil", "volunteer"),
        ("stand", "clap", "run", "cheer", "jump"),
    )
    if game == "tug":
        ry = 790
        cv.line(smooth([(120, ry - 128), (cv.W / 2, ry - 116), (cv.W - 120, ry - 128)]), "#c9a25a", 9)
        cv.poly([(cv.W / 2 - 5, ry - 120), (cv.W / 2 + 22, ry - 120), (cv.W / 2 + 8, ry - 60)], "#d3222f")
        for s in (-1, 1):
            for i in range(max(3, n // 4)):
                lk = wear("child", rng)
                person(cv, cv.W / 2 + s * (150 + i * 130), ry + rng.uniform(-8, 8), 262, "pull", lk, flip=s > 0)
        person(cv, cv.W / 2 + 10, ry - 130, 250, "cheer", wear("volunteer", rng))
    else:
        cx, cy, rx, ry = cv.W * rng.uniform(0.42, 0.58), 735, 440, 118
        ring = [(cx + math.cos(a) * rx, cy + math.sin(a) * ry) for a in np.linspace(0, 2 * math.pi, n + 1)[:-1]]
        for x, yy in sorted([p for p in ring if p[1] < cy], key=lambda p: p[1]):
            person(
                cv,
                x,
                yy,
                262 * 0.74,
                rng.choice(("link", "hold", "cheer")) if game == "ring" else "hold",
                wear(rng.choice(("child", "child", "pupil")), rng),
            )
        if game == "cloth":
            cols = ("#e4473d", "#ffcf3a", "#2f8fd0", "#4fb06a", "#f08a3a", "#8f63b8")
            for i in range(24):
                a, b = i / 24 * 2 * math.pi, (i + 1) / 24 * 2 * math.pi
                cv.poly(
                    [
                        (cx, cy - 150),
                        (cx + math.cos(a) * rx * 0.9, cy - 80 + math.sin(a) * ry * 0.7),
                        (cx + math.cos(b) * rx * 0.9, cy - 80 + math.sin(b) * ry * 0.7),
                    ],
                    cols[i % 6],
                )
        else:
            person(cv, cx, cy + 20, 300, rng.choice(("dance", "clap", "wave", "cheer")), wear("volunteer", rng))
            person(cv, cx + 120, cy + 34, 220, "jump", wear("child", rng))
        for x, yy in sorted([p for p in ring if p[1] >= cy], key=lambda p: p[1]):
            person(
                cv,
                x,
                yy + 30,
                350 * 0.74,
                rng.choice(("link", "cheer")) if game == "ring" else "hold",
                wear(rng.choice(("child", "child", "pupil", "volunteer")), rng),
                "back",
            )
    for _ in range(7):
        x, yy, r = rng.uniform(60, cv.W - 60), rng.uniform(140, 380), rng.uniform(18, 30)
        c = rng.choice(("#e4473d", "#ffcf3a", "#2f8fd0", "#f08ab0"))
        cv.line([(x, yy + r), (x + 8, yy + r * 3)], "#8a8f9a", 1.2)
        cv.oval(x, yy, r, r * 1.18, c)
        cv.oval(x + cv.light.side * r * 0.3, yy - r * 0.4, r * 0.28, r * 0.34, pale(c, 0.6), alpha=0.8)
    foreground(cv, "#4f8040", 70)
