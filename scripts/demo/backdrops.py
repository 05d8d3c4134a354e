"""Backdrops that scenes of people stand before."""

from __future__ import annotations

from dataclasses import replace

from built import house, lamps, school, terrace
from light import dark, mix, pale
from nature import ground, heap_clouds, palm, ridge, sky, tree


def backdrop(cv, kinds=("village", "hills", "park", "street", "school"), yh=None, paved=None):
    """Sky, distance and ground of a random kind; returns (kind, y of the ground's far edge)."""
    rng = cv.rng
    kind = rng.choice(kinds)
    night = cv.light.name == "night"
    yh = yh or rng.uniform(400, 480)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh, 2)
    ridge(cv, yh - 16, rng.uniform(70, 150), "#5f8aa4", 0.58, base=yh + 30, shift=0.3)
    earth = rng.choice((("#d9c093", "#c4a272"), ("#cfae84", "#b58e62"), ("#c9b58f", "#a98f68")))
    lawn = rng.choice((("#9cbf62", "#6f9f45"), ("#86b558", "#578f40"), ("#a9bf68", "#7d9a4a")))
    if kind in ("hills", "park", "village"):
        ridge(cv, yh + 2, 40, "#5b8f66", 0.4, base=yh + 30, shift=0.2)
    if kind == "street":
        ground(cv, yh, ("#c9c4b8", "#aba69c"))
        terrace(cv, yh + 46, rng.uniform(170, 220))
        cv.grect(0, yh + 46, cv.W, cv.H, ["#d6cfc0", "#bdb6a8", "#a39d92"])
        cv.rect(0, yh + 92, cv.W, yh + 98, "#e9e4d8")
    elif kind == "school":
        ground(cv, yh, earth if not paved else ("#d3cfc6", "#b5afa3"))
        school(cv, yh + 40, -60, cv.W + 60, 2, rng.choice(("#f3d98f", "#f1e3b8", "#e9cf94", "#f6d7a0")))
        cv.grect(0, yh + 40, cv.W, cv.H, [pale(earth[0], 0.2), earth[0], earth[1]])
    else:
        c = lawn if kind != "village" else earth
        ground(cv, yh, (mix(c[0], cv.light.haze, 0.3), c[0], c[1]), dark(c[1], 0.25))
        if kind == "village":
            x = rng.uniform(-40, 120)
            while x < cv.W:
                w = rng.uniform(190, 300)
                cv.depth = 0.2
                if rng.random() < 0.72:
                    house(cv, x + w / 2, yh + rng.uniform(26, 44), w, w * 0.62)
                else:
                    tree(cv, x + w / 2, yh + 40, rng.uniform(150, 240), cast=False)
                x += w * 1.12
            cv.depth = 0
        else:
            for _ in range(rng.randint(6, 11)):
                cv.depth = 0.25
                tree(
                    cv,
                    rng.uniform(-20, cv.W + 20),
                    yh + rng.uniform(14, 40),
                    rng.uniform(110, 210),
                    rng.choice(("#4c8f45", "#5f9a48", "#3f8050")),
                    cast=False,
                )
            cv.depth = 0
    if night:  # lamplight for those who gather
        cv.glow(cv.W / 2, yh + 330, 1100, "#ffb866", 0.42, 1.5, 0.5)
        for k in range(2):
            pts = [
                (-20 + (cv.W + 40) * i / 22, yh - 330 + k * 70 + 130 * 4 * (i / 22) * (1 - i / 22)) for i in range(23)
            ]
            cv.line(pts, "#1c2748", 1.6)
            lamps(cv, pts[1::2], 15, "#ffd68a", 0.75)
        cv.light = replace(cv.light, ambient=(0.86, 0.77, 0.76), sun="#ffd9a0", rim=0.42)
    if kind in ("village", "park", "hills", "school"):
        s = rng.choice((-1, 1))
        x = cv.W * (0.5 + s * rng.uniform(0.36, 0.5))
        if rng.random() < 0.5:
            palm(cv, x, yh + rng.uniform(60, 120), rng.uniform(330, 480), lean=-s * rng.uniform(0.05, 0.25), cast=True)
        else:
            tree(
                cv,
                x,
                yh + rng.uniform(60, 120),
                rng.uniform(330, 460),
                rng.choice(("#4c8f45", "#4f9a58", "#c8433a" if rng.random() < 0.3 else "#5f9a48")),
            )
    return kind, yh + 40
