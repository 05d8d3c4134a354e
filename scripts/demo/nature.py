"""Sky, sea, hills, ground and plants."""

from __future__ import annotations

import math

import numpy as np
from canvas import Canvas, noise, smooth, wave
from light import dark, mix, pale, rgb
from PIL import Image


def sky(cv: Canvas, y1, clouds=0.5, sun=True):
    """The sky from the top to the horizon y1: gradient, clouds lit from the sun, the sun itself."""
    hour, rng = cv.light, cv.rng
    w, h = cv.im.width // 4, max(8, int(y1 * cv.k) // 4)
    t = np.linspace(0, 1, h) ** 0.95 * (len(hour.sky) - 1)
    cs = np.array([rgb(c) for c in hour.sky], float)
    a = np.stack([np.interp(t, np.arange(len(cs)), cs[:, i]) for i in range(3)], -1)[:, None].repeat(w, 1)
    sx, sy = hour.sun_x, 1 - hour.sun_up * 0.8
    x, y = np.linspace(0, 1, w)[None], np.linspace(0, 1, h)[:, None]
    r = np.sqrt((x - sx) ** 2 + ((y - sy) * h / w) ** 2)
    wide = np.clip(1 - r / 0.75, 0, 1) ** 2 * (0.55 if hour.low else 0.22)
    a += (255 - a) * (wide[..., None] * np.array(rgb(hour.sun)) / 255)
    if clouds > 0:
        n = noise(w, h, rng.uniform(2.5, 4.5), rng.randrange(1 << 30), 6, rng.uniform(2.2, 4.0), 0.52)
        edge = 0.74 - 0.34 * clouds
        m = np.clip((n - edge) / 0.26, 0, 1)
        m = m * m * (3 - 2 * m) * (0.35 + 0.65 * np.clip(1.15 - y, 0, 1)) * (0.82 if hour.name != "night" else 0.6)
        thick = np.clip((n - edge - 0.1) / 0.3, 0, 1)
        near = np.clip(1 - r / 0.8, 0, 1)
        lit, shade = np.array(rgb(hour.cloud[0]), float), np.array(rgb(hour.cloud[1]), float)
        up = np.clip((np.roll(n, 6, 0) - n) * 9 + 0.5, 0, 1)
        k = np.clip(0.75 * (1 - thick) + 0.55 * near + 0.35 * (1 - up) - 0.15, 0, 1)[..., None]
        a = a * (1 - m[..., None]) + (shade * (1 - k) + lit * k) * m[..., None]
    im = Image.fromarray(a.clip(0, 255).astype(np.uint8))
    cv.im.paste(hour.tone(hour.haze), (0, 0, *cv.im.size))  # should the land leave a gap
    cv.im.paste(im.resize((cv.im.width, int(y1 * cv.k) + 1), Image.BICUBIC), (0, 0))
    if hour.name == "night":
        for _ in range(130):
            yy = rng.uniform(0, y1 * 0.85)
            cv.oval(
                rng.uniform(0, cv.W),
                yy,
                rng.uniform(0.5, 1.5),
                rng.uniform(0.5, 1.5),
                "#eaf0ff",
                alpha=rng.uniform(0.2, 0.9),
                raw=True,
            )
    if sun and hour.sun_up < 0.95:
        gx, gy = sx * cv.W, y1 * (1 - hour.sun_up * 0.8)
        gr = {"night": 34, "day": 40}.get(hour.name, rng.uniform(44, 62))
        cv.glow(gx, gy, 620 if hour.name != "night" else 330, hour.sun, 0.5 if hour.name != "night" else 0.3, 2.2)
        cv.glow(gx, gy, 220, hour.sun, 0.6, 1.8)
        cv.oval(gx, gy, gr, gr, pale(hour.sun, 0.5), raw=True)
        if hour.name == "night":
            cv.oval(gx - gr * 0.3, gy - gr * 0.15, gr * 0.2, gr * 0.16, dark(hour.sun, 0.18), alpha=0.5, raw=True)
            cv.oval(gx + gr * 0.25, gy + gr * 0.3, gr * 0.26, gr * 0.2, dark(hour.sun, 0.18), alpha=0.4, raw=True)


def cumulus(cv: Canvas, x, y, w):
    """One heaped cloud with a flat base, shaded below, lit above."""
    hour, rng = cv.light, cv.rng
    base, lit = mix(hour.cloud[1], hour.haze, 0.5), hour.cloud[0]
    heaps = []
    for _ in range(14):
        u = rng.uniform(-1, 1)
        r = w * (0.03 + 0.115 * (1 - abs(u)) ** 0.7) * rng.uniform(0.75, 1.2)
        heaps.append((x + u * w * 0.5, y - r * 0.55 - rng.random() * w * 0.10 * (1 - abs(u)), r))
    for c, off, s, a in ((base, 0, 1.0, 0.75), (mix(base, lit, 0.55), 0.16, 0.86, 0.7), (lit, 0.3, 0.68, 0.75)):
        for hx, hy, r in heaps:
            cv.soft_oval(
                hx + hour.side * r * off * 0.6, hy - r * off, r * s * 1.1, r * s * 0.9, c, w * 0.014, a, raw=True
            )
    cv.soft(
        [(x - w * 0.5, y - 4), (x + w * 0.5, y - 4), (x + w * 0.44, y + w * 0.03), (x - w * 0.44, y + w * 0.03)],
        base,
        w * 0.016,
        0.7,
        raw=True,
    )


def birds(cv: Canvas, x, y, n=7, size=11):
    """A loose flight of birds."""
    for _ in range(n):
        a, b, s = x + cv.rng.gauss(0, 90), y + cv.rng.gauss(0, 34), size * cv.rng.uniform(0.6, 1.1)
        cv.line(
            smooth(
                [
                    (a - s, b - s * 0.35),
                    (a - s * 0.4, b - s * 0.45),
                    (a, b),
                    (a + s * 0.4, b - s * 0.45),
                    (a + s, b - s * 0.35),
                ]
            ),
            "#3a4258",
            1.7,
            alpha=0.75,
        )


def sea(cv: Canvas, y0, y1=None, glitter=True, calm=1.0):
    """Water from the horizon y0 down to y1: gradient, swell, the sun's path."""
    hour, rng = cv.light, cv.rng
    y1 = y1 or cv.H
    far, near = hour.water
    cv.grect(0, y0, cv.W, y1, [mix(far, hour.haze, 0.35), far, mix(far, near, 0.55), near], raw=True)
    span = y1 - y0
    for _ in range(int(150 * calm)):
        t = rng.random() ** 1.7
        y = y0 + 4 + t * span
        w, th = rng.uniform(14, 60) * (0.35 + 2.4 * t), 0.6 + 2.6 * t
        x = rng.uniform(-50, cv.W + 50)
        c = mix(far, "#ffffff", 0.5) if rng.random() < 0.5 else mix(near, (8, 20, 60), 0.25)
        cv.oval(x, y, w, th, c, alpha=rng.uniform(0.1, 0.28), raw=True)
    if glitter:
        gx, wide = hour.sun_x * cv.W, {"day": 0.9}.get(hour.name, 0.55)
        c = pale(hour.sun, 0.4)
        cv.glow(gx, y0 + span * 0.1, cv.W * 0.42, hour.sun, 0.42 if hour.name != "day" else 0.16, 2.0, 0.7)
        for _ in range(230):
            t = rng.random() ** 1.3
            y = y0 + 2 + t * span
            x = gx + rng.gauss(0, 1) * (26 + 200 * t) * wide
            cv.oval(
                x,
                y,
                rng.uniform(5, 20) * (0.4 + 2.0 * t),
                0.8 + 1.9 * t,
                c,
                alpha=rng.uniform(0.25, 0.8) * (1 - 0.45 * t) * (0.45 if hour.name == "day" else 0.9),
                raw=True,
            )


def surf(cv: Canvas, y_at, sand="#f0d9ac", width=60):
    """A beach edge along the curve y_at(x): wet sand, foam lines. Fills below with sand."""
    hour = cv.light
    xs = np.linspace(-20, cv.W + 20, 60)
    edge = [(x, y_at(x)) for x in xs]
    cv.gpoly([*edge, (cv.W + 20, cv.H + 10), (-20, cv.H + 10)], [mix(sand, hour.water[0], 0.45), sand, dark(sand, 0.1)])
    for off, th, a in ((-width * 0.55, 3, 0.35), (-width * 0.2, 4.5, 0.6), (6, 7, 0.9)):
        ph = cv.rng.uniform(0, 6)
        line = [(x, y + off + 7 * math.sin(x / 71 + ph) + 3 * math.sin(x / 23 + ph)) for x, y in edge]
        cv.line(line, pale(hour.haze, 0.65), th, alpha=a)
    wet = edge + [(x, y + width * 0.5) for x, y in edge[::-1]]
    cv.soft(wet, dark(mix(sand, hour.water[1], 0.35), 0.12), 16, 0.4)


def ridge(cv: Canvas, y, amp, colour, depth, rough=0.5, base=None, octaves=5, shift=0.0):
    """A range of hills whose crest wanders about y, filled down to base, hazier downwards."""
    n = 220
    crest = wave(cv.rng, n, rough, octaves)
    xs = np.linspace(-20, cv.W + 20, n)
    pts = [(x, y - amp * (v + shift)) for x, v in zip(xs, crest, strict=True)]
    old, cv.depth = cv.depth, depth
    base = base or cv.H
    c = cv.light.tone(colour, depth)
    cv.gpoly(
        [*pts, (cv.W + 20, base), (-20, base)],
        [pale(c, 0.06) if cv.light.name == "day" else c, c, mix(c, cv.light.haze, 0.5)],
        raw=True,
    )
    cv.depth = old
    return pts


def ground(cv: Canvas, y, colours, mottle=None, cells=9):
    """Flat ground from y to the bottom with a gradient and a mottled surface."""
    cv.grect(0, y, cv.W, cv.H + 4, colours)
    cv.mottle(y, cv.H, mottle or dark(colours[-1], 0.3), cells, 0.22, 5)


def tree(cv: Canvas, x, y, h, colour="#4c8f45", trunk="#6b4a36", wide=0.36, cast=True):
    """A broad-leaved tree: trunk and a canopy of leaf masses lit from the sun."""
    hour, rng = cv.light, cv.rng
    t = cv.tile(x - h * 0.7, y - h * 1.15, x + h * 0.7, y + h * 0.05)
    lean = rng.uniform(-0.05, 0.05) * h
    t.limb((x, y), (x + lean * 0.5, y - h * 0.45), h * 0.032, h * 0.02, trunk)
    t.limb((x + lean * 0.5, y - h * 0.4), (x + lean - h * 0.12, y - h * 0.66), h * 0.016, h * 0.008, trunk)
    t.limb((x + lean * 0.5, y - h * 0.4), (x + lean + h * 0.13, y - h * 0.66), h * 0.016, h * 0.008, trunk)
    lobes = [
        (x + lean + rng.gauss(0, wide * 0.5) * h, y - h * rng.uniform(0.52, 0.9), h * rng.uniform(0.11, 0.19))
        for _ in range(13)
    ]
    for k, (c, o) in enumerate(
        ((dark(colour, 0.34), 0), (colour, 0.2), (pale(mix(colour, "#c8d24a", 0.3), 0.12), 0.42))
    ):
        for lx, ly, r in lobes:
            r2 = r * (1 - o * 0.75)
            cx, cy = lx + hour.side * r * o * 0.8, ly - r * o * 0.9
            pts = [
                (
                    cx + math.cos(a) * r2 * rng.uniform(0.84, 1.12),
                    cy + math.sin(a) * r2 * 0.86 * rng.uniform(0.84, 1.12),
                )
                for a in np.linspace(0, 6.28, 11)[:-1]
            ]
            t.blob(pts, c, clip=k > 0)
    cv.stamp(
        t,
        rim=hour.rim * 0.5,
        shade=0.2,
        width=h * 0.02,
        cast=hour.cast if cast and not hour.indoor else 0,
        foot=y,
        lie=0.22,
    )


def palm(cv: Canvas, x, y, h, lean=None, colour="#3f8a4c", cast=False):
    """A coconut palm."""
    hour, rng = cv.light, cv.rng
    lean = rng.uniform(-0.3, 0.3) if lean is None else lean
    t = cv.tile(x - h * 0.9, y - h * 1.3, x + h * 0.9, y + 6)
    mid, top = (x + lean * h * 0.25, y - h * 0.5), (x + lean * h, y - h)
    trunk = smooth([(x, y), mid, top], steps=12)
    n = len(trunk)
    for i in range(n - 1):
        r = h * (0.026 - 0.012 * i / n)
        t.limb(trunk[i], trunk[i + 1], r, r * 0.98, mix("#8a6f57", "#6b5344", (i % 2) * 0.6))
    for k in range(11):
        a = math.radians(-200 + k * 22 + rng.uniform(-9, 9))
        ln = h * rng.uniform(0.36, 0.5)
        droop = h * rng.uniform(0.1, 0.26)
        spine = [
            (top[0] + math.cos(a) * ln * u, top[1] + math.sin(a) * ln * u * 0.8 + droop * u * u)
            for u in np.linspace(0, 1, 9)
        ]
        c = mix(colour, "#9bbf4a", rng.uniform(0, 0.35)) if math.cos(a) * hour.side > 0 else dark(colour, 0.2)
        up, lo = [], []
        for i, (px, py) in enumerate(spine):
            w = h * 0.058 * math.sin(math.pi * min(1, 0.12 + i / 9.2)) + 0.5
            saw = 0.55 if i % 2 else 1.0
            up.append((px, py - w * 0.6))
            lo.append((px - math.cos(a) * w * 0.5, py + w * 1.25 * saw))
        t.poly(up + lo[::-1], c)
        t.line(spine, pale(c, 0.2), max(1, h * 0.006), alpha=0.6, clip=True)
    for _ in range(4):
        t.oval(
            top[0] + rng.uniform(-0.04, 0.04) * h, top[1] + rng.uniform(0.0, 0.05) * h, h * 0.024, h * 0.027, "#8a7a3f"
        )
    cv.stamp(t, rim=hour.rim * 0.6, shade=0.22, width=h * 0.012, cast=hour.cast * 0.8 if cast else 0, foot=y, lie=0.2)


def bush(cv: Canvas, x, y, w, colour="#4f8f48"):
    """A low shrub."""
    rng, hour = cv.rng, cv.light
    for k in range(9):
        r = w * rng.uniform(0.16, 0.26)
        cx, cy = x + rng.uniform(-0.45, 0.45) * w, y - r * rng.uniform(0.4, 1.1)
        cv.oval(cx, cy, r, r * 0.82, dark(colour, 0.25 - 0.03 * k))
        cv.oval(
            cx + hour.side * r * 0.25,
            cy - r * 0.25,
            r * 0.62,
            r * 0.48,
            pale(mix(colour, "#c8d24a", 0.25), 0.08),
            alpha=0.8,
        )


def grass(cv: Canvas, y, n, size, colours=("#5f9a44", "#79ad4b", "#4b8040"), x0=0, x1=None, spread=20):
    """Blades of grass along a line."""
    x1, rng = x1 or cv.W, cv.rng
    for _ in range(n):
        x, yy, s = rng.uniform(x0, x1), y + rng.uniform(-spread, spread), size * rng.uniform(0.5, 1.2)
        b = rng.uniform(-0.5, 0.5) * s
        cv.poly([(x - s * 0.07, yy), (x + s * 0.07, yy), (x + b, yy - s)], rng.choice(colours))


def frame_leaves(cv: Canvas, side=None, colour="#1f4a3a", size=300):
    """Blurred dark fronds in an upper corner: a near foreground that gives depth."""
    rng = cv.rng
    side = side or rng.choice((-1, 1))
    x0 = -20 if side < 0 else cv.W + 20
    y0 = rng.uniform(-60, 20)
    for _k in range(8):
        a = math.radians(rng.uniform(2, 86))
        ln = size * rng.uniform(0.7, 1.25)
        e = (x0 - side * math.cos(a) * ln, y0 + math.sin(a) * ln * 0.8)
        m = (x0 - side * math.cos(a) * ln * 0.5, y0 + math.sin(a) * ln * 0.3)
        w = size * 0.06
        pts = smooth([(x0, y0), (m[0], m[1] - w), e, (m[0], m[1] + w)], True, 8)
        cv.soft(pts, cv.light.tone(mix(colour, "#4f8a3f", rng.random() * 0.5)), 3.5, 0.95, raw=True)


def foreground(cv: Canvas, colour="#2d5a37", h=90):
    """A soft dark bank of grass along the bottom edge."""
    rng = cv.rng
    side = rng.choice((-1, 1))
    for _ in range(46):
        u = abs(rng.gauss(0, 0.3))
        x = u * cv.W if side < 0 else cv.W - u * cv.W
        s = h * rng.uniform(0.5, 1.4) * max(0.2, 1 - u)
        b = rng.uniform(-0.6, 0.6) * s
        cv.soft(
            [(x - s * 0.09, cv.H + 8), (x + s * 0.09, cv.H + 8), (x + b, cv.H - s)],
            mix(colour, "#7aa04a", rng.random() * 0.6),
            1.6,
            0.92,
        )


def haze(cv: Canvas, y0, y1, strength=0.5):
    """Mist that thickens towards y1."""
    cv.veil(y0, y1, cv.light.haze, 0, strength)


def heap_clouds(cv: Canvas, y, n=None):
    """Heaped clouds along the horizon, by day only."""
    if cv.light.name == "day":
        for _ in range(cv.rng.randint(1, 3) if n is None else n):
            cumulus(cv, cv.rng.uniform(0, cv.W), y - cv.rng.uniform(10, 70), cv.rng.uniform(180, 420))
