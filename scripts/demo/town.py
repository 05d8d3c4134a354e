"""Scenes of villages and towns."""

from __future__ import annotations

import numpy as np
from backdrops import backdrop
from built import house, lamps, road, school, terrace, umbrella, wires
from light import mix, pale
from nature import bush, foreground, frame_leaves, ground, heap_clouds, palm, ridge, sea, sky, tree
from people import person, row, scatter, wear
from registry import scene
from things import bunting, cloth, flagpole
from vessels import bicycle, fishing_boat, motorbike


@scene("village_road")
def village_road(cv, spec):
    """A concrete village road between gardens, houses and flags."""
    rng = cv.rng
    yh = rng.uniform(370, 470)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh)
    ridge(cv, yh - 8, rng.uniform(90, 170), "#5b86a0", 0.55, base=yh + 8, shift=0.4)
    ridge(cv, yh + 2, 40, "#5b8f66", 0.4, base=yh + 10)
    g = rng.choice((("#9fbf66", "#6a9a45"), ("#b5b56a", "#8a934c"), ("#86b558", "#578f40")))
    ground(cv, yh, (mix(g[0], cv.light.haze, 0.3), g[0], g[1]))
    vx = cv.W * rng.uniform(0.3, 0.7)
    at = road(cv, yh, vx, 8, rng.uniform(360, 460), ("#c4bcae", "#a9a093"), cv.W * rng.uniform(0.42, 0.58))
    for i in range(16):
        t = (i / 16) ** 2.2
        cv.line([at(-1, t), at(1, t)], "#8f877b", 0.6 + 3 * t, alpha=0.5)
    flags = rng.random() < 0.75
    items = sorted((rng.uniform(0.03, 0.17) + i * 0.062) for i in range(9))
    for t in items:
        cv.depth = max(0, 0.42 - t * 1.3)
        for s in (-1, 1):
            x, y = at(s * rng.uniform(1.9, 2.7), t)
            size = 70 + 620 * t
            r = rng.random()
            if r < 0.38:
                house(cv, x + s * size * 0.5, y, size * 1.15, size * 0.66)
            elif r < 0.68:
                tree(cv, x, y, size * rng.uniform(0.8, 1.2), rng.choice(("#4c8f45", "#5f9a48", "#3f8050")))
            else:
                palm(cv, x, y, size * rng.uniform(1.0, 1.4), cast=True)
            if flags:
                fx, fy = at(s * 1.16, t)
                flagpole(cv, fx, fy, 60 + 420 * t, 22 + 130 * t)
            for _ in range(2):
                bx, by = at(s * rng.uniform(1.15, 1.6), t)
                bush(cv, bx, by, 14 + 120 * t, rng.choice(("#4f8f48", "#5f9a50", "#d0577f", "#e0b23a")))
    cv.depth = 0
    n = spec.people or rng.randint(4, 7)
    for t in sorted(rng.uniform(0.12, 0.7) ** 1.1 for _ in range(n)):
        x, y = at(rng.uniform(-0.75, 0.75), t)
        lk = wear(rng.choice(("volunteer", "volunteer", "farmer", "pupil", "casual")), rng)
        h = 40 + 420 * t
        r = rng.random()
        if r < 0.2 and t < 0.6:
            bicycle(cv, x, y, h * 0.6)
            person(cv, x - h * 0.14, y - h * 0.16, h * 0.9, "sit", lk, cast=0)
        elif r < 0.32 and t < 0.6:
            sx, _sy = motorbike(cv, x, y, h * 0.62)
            person(cv, sx, y - h * 0.13, h * 0.92, "sit", lk, cast=0)
        else:
            person(
                cv,
                x,
                y,
                h * (0.72 if lk.child else 1),
                rng.choice(("walk", "walk2", "stand", "carry", "talk")),
                lk,
                flip=rng.random() < 0.5,
            )
    if rng.random() < 0.5:
        frame_leaves(cv, size=320)
    foreground(cv, "#4f8040", 80)


@scene("street")
def street(cv, spec):
    """A street of tube houses with trees, wires, people and motorbikes."""
    rng = cv.rng
    y = rng.uniform(620, 680)
    sky(cv, y - 60, rng.uniform(0.4, 0.8))
    heap_clouds(cv, 300, 2)
    cv.depth = 0.3
    terrace(cv, y - 40, 120, (4, 7))
    cv.veil(100, y, cv.light.haze, 0.05, 0.3)
    cv.depth = 0
    terrace(cv, y, rng.uniform(190, 250), (2, 4))
    wires(cv, y + 10)
    cv.grect(0, y, cv.W, y + 56, ["#ddd6c8", "#cbc3b4"])
    for i in range(30):
        cv.line([(i * 52, y), (i * 52 - 24, y + 56)], "#b3ab9c", 1.6, alpha=0.7)
    cv.grect(0, y + 56, cv.W, cv.H, ["#7f8088", "#6a6b75", "#5b5d68"])
    cv.rect(0, y + 56, cv.W, y + 64, "#eee9dd")
    cv.mottle(y + 64, cv.H, "#3a3c48", 10, 0.25)
    for i in range(6):
        cv.poly(
            [(i * 280 + 40, y + 168), (i * 280 + 170, y + 168), (i * 280 + 160, y + 178), (i * 280 + 28, y + 178)],
            "#f3efe4",
            alpha=0.8,
        )
    for _ in range(rng.randint(2, 4)):
        tree(
            cv,
            rng.uniform(0, cv.W),
            y + 40,
            rng.uniform(330, 430),
            rng.choice(("#4c8f45", "#5f9a48", "#c8463a")),
            wide=0.3,
        )
    if spec.text or rng.random() < 0.5:
        x0 = rng.uniform(160, 500)
        cv.line([(x0 - 300, y - 330), (x0 + 900, y - 330)], "#3a3d48", 2)
        cloth(cv, x0, y - 330, x0 + 560, y - 250, list(spec.text))
    else:
        bunting(cv, -20, y - 340, cv.W + 20, y - 320, 46, 30, 30, ("#d3222f", "#ffd200"))
    row(
        cv,
        max(3, (spec.people or 7) // 2),
        120,
        cv.W - 120,
        y + 44,
        190,
        ("casual", "volunteer", "farmer", "elder", "pupil"),
        ("walk", "stand", "talk", "walk2"),
        jitter=0.8,
    )
    for _ in range(rng.randint(2, 4)):
        x, f = rng.uniform(80, cv.W - 80), rng.random() < 0.5
        sx, _sy = motorbike(cv, x, y + 130 + rng.uniform(-20, 20), 112, f)
        person(cv, sx, y + 104, 196, "sit", wear(rng.choice(("casual", "volunteer")), rng), flip=f, cast=0)
    row(
        cv,
        max(3, (spec.people or 7) - 3),
        140,
        cv.W - 140,
        925,
        285,
        ("volunteer", "volunteer", "casual"),
        ("walk", "stand", "point", "carry", "talk", "hips"),
        items=(None, None, "folder", "paper"),
    )
    if cv.light.name in ("night", "dusk"):
        lamps(cv, [(i * 240 + 60, y - 210) for i in range(7)], 30)


@scene("bridge")
def bridge(cv, spec):
    """A bridge over a river with its town: the Cà Ty or a new village bridge."""
    rng = cv.rng
    yh = rng.uniform(410, 480)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh)
    ridge(cv, yh - 10, 110, "#5f8aa4", 0.6, base=yh + 4, shift=0.3)
    cv.depth = 0.4
    terrace(cv, yh + 2, 70, (1, 3))
    cv.depth = 0.2
    for _ in range(16):
        tree(cv, rng.uniform(0, cv.W), yh + 6, rng.uniform(50, 100), cast=False)
    cv.depth = 0
    sea(cv, yh, calm=0.6)
    arch = rng.random() < 0.6
    y0, deck = yh + rng.uniform(40, 80), 34
    n = rng.randint(4, 6)
    for i in range(n + 1):
        x = cv.W * i / n
        cv.gpoly([(x - 22, y0), (x + 22, y0), (x + 18, y0 + 150), (x - 18, y0 + 150)], ["#d9d2c4", "#a69f94"])
    cv.grect(-10, y0 - 8, cv.W + 10, y0 + deck, ["#efe9dc", "#bdb5a6"])
    if arch:
        for i in range(n):
            a, b = cv.W * i / n + 12, cv.W * (i + 1) / n - 12
            pts = [(a + (b - a) * t, y0 - 110 * 4 * t * (1 - t) * 0.9) for t in np.linspace(0, 1, 22)]
            cv.line(pts, "#e8574a" if rng.random() < 0.5 else "#2f7fc0", 12)
            for p in pts[2:-2:3]:
                cv.line([p, (p[0], y0)], "#f1ece2", 3)
    for i in range(60):
        x = cv.W * i / 60
        cv.line([(x, y0 - 34), (x, y0)], "#f6f2e8", 3)
    cv.line([(0, y0 - 34), (cv.W, y0 - 34)], "#ffffff", 5)
    for _ in range(rng.randint(5, 8)):
        x, f = rng.uniform(0, cv.W), rng.random() < 0.5
        sx, _sy = motorbike(cv, x, y0 + 2, 44, f)
        person(cv, sx, y0 - 10, 78, "sit", wear(rng.choice(("volunteer", "casual")), rng), flip=f, cast=0)
    cv.line([(0, y0 - 14), (cv.W, y0 - 14)], "#f6f2e8", 4)
    for i in range(8):
        flagpole(cv, cv.W * (i + 0.5) / 8, y0, 120, 52)
    cv.mirror(y0 + 152, 300, 0.5, 1.2)
    for _ in range(rng.randint(2, 4)):
        fishing_boat(
            cv, rng.uniform(100, cv.W - 100), y0 + rng.uniform(210, 330), rng.uniform(60, 110), rng.random() < 0.5
        )
    ground_y = 850
    cv.grect(0, ground_y, cv.W, cv.H, ["#c9bda5", "#a5977d"])
    cv.rect(0, ground_y, cv.W, ground_y + 10, "#e6dcc8")
    row(
        cv,
        spec.people or 5,
        180,
        cv.W - 180,
        935,
        230,
        ("volunteer", "casual", "pupil"),
        ("stand", "walk", "point", "wave"),
        view=None,
    )
    frame_leaves(cv, size=300)


@scene("market")
def market(cv, spec):
    """A country market under umbrellas: vegetables, fish, nón lá."""
    rng = cv.rng
    backdrop(cv, ("street", "village"), rng.uniform(330, 390))
    bunting(cv, -20, 210, cv.W + 20, 230, 60, 26, 26)
    cols = ("#e04f3f", "#2f78b8", "#3f9f74", "#f0a43a", "#d9587f")
    for row_y, s, m in ((560, 150, 6), (740, 215, 5)):
        off = rng.uniform(-60, 60)
        for i in range(m):
            x = off + cv.W * (i + 0.5) / m
            person(
                cv,
                x + rng.uniform(-20, 20),
                row_y - 6,
                s * 1.28,
                rng.choice(("stand", "hold", "show", "hips")),
                wear(rng.choice(("farmer", "farmer", "casual")), rng),
                cast=0,
            )
            umbrella(cv, x + s * 0.32, row_y, s, rng.choice(cols))
            w = s * 0.62
            cv.grect(x - w, row_y - s * 0.42, x + w, row_y, ["#b98a58", "#8a6440"])
            cv.rect(x - w - 6, row_y - s * 0.46, x + w + 6, row_y - s * 0.38, "#d9b884")
            for k in range(5):
                c = rng.choice(("#d8315f", "#e8502f", "#f0a93a", "#5fa63f", "#3f8a45", "#f3d23c", "#c9d6de", "#8f4f9f"))
                bx = x - w + (k + 0.5) * w * 0.4
                for _ in range(10):
                    cv.oval(
                        bx + rng.uniform(-0.16, 0.16) * w,
                        row_y - s * (0.48 + rng.random() * 0.1),
                        s * 0.042,
                        s * 0.038,
                        mix(c, "#ffffff", rng.random() * 0.25),
                    )
    n = spec.people or rng.randint(6, 9)
    row(
        cv,
        n,
        90,
        cv.W - 90,
        925,
        330,
        ("casual", "farmer", "volunteer", "elder", "casual", "volunteer"),
        ("stand", "walk", "talk", "phone", "give", "read", "point"),
        items=(None, None, "phone", "bucket", "tablet"),
        jitter=0.6,
    )
    if cv.light.name in ("dawn", "night", "dusk"):
        lamps(cv, [(rng.uniform(0, cv.W), rng.uniform(330, 420)) for _ in range(6)], 26)


@scene("schoolyard")
def schoolyard(cv, spec):
    """A schoolyard with flame trees, the flag, and pupils."""
    rng = cv.rng
    yh = rng.uniform(430, 490)
    sky(cv, yh, rng.uniform(0.4, 0.8))
    heap_clouds(cv, yh - 60, 3)
    ridge(cv, yh - 60, 90, "#6f9ab0", 0.6, base=yh)
    e = rng.choice((("#e0cfa8", "#cbb083"), ("#d8d2c4", "#bdb6a8"), ("#d9b890", "#c09a70")))
    ground(cv, yh, (pale(e[0], 0.2), e[0], e[1]))
    x0 = rng.uniform(-120, 120)
    school(
        cv,
        yh + 44,
        x0,
        x0 + rng.uniform(1240, 1480),
        rng.choice((2, 2, 3)),
        rng.choice(("#f3d98f", "#f1e3b8", "#efcf8a", "#f6d7a0", "#d9e4e0")),
        spec.text[0] if spec.text else None,
    )
    cv.grect(0, yh + 44, cv.W, yh + 70, ["#b9ad94", e[0]])
    for _i in range(rng.randint(2, 4)):
        tree(
            cv,
            rng.choice((rng.uniform(0, 330), rng.uniform(1100, 1440))),
            yh + rng.uniform(80, 150),
            rng.uniform(300, 430),
            rng.choice(("#d8442f", "#4c8f45", "#5f9a48", "#e0552f")),
            wide=0.42,
        )
    flagpole(cv, cv.W * rng.uniform(0.42, 0.58), yh + 90, 400, 120)
    n = spec.people or rng.randint(14, 20)
    scatter(
        cv,
        n,
        yh + 110,
        915,
        300,
        150,
        ("pupil", "pupil", "pupil", "pupil", "volunteer", "aodai"),
        ("stand", "walk", "run", "wave", "talk", "jump", "walk2", "easy", "cheer"),
    )
    frame_leaves(cv, size=300)
