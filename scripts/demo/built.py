"""Houses, streets, schools, roads: what is built outdoors."""

from __future__ import annotations

import math

from canvas import Canvas
from light import dark, mix, pale
from things import star, write

WALLS = ("#f2e3c0", "#e8d2b0", "#cfe0d8", "#f0c9a6", "#dfe5ea", "#f4d9c4", "#c9dbe6", "#f7ecd4", "#e9b79a", "#b9d2c4")
ROOFS = ("#b5543f", "#a84a3a", "#c2664a", "#8f4a3f", "#9f5a48")


def house(cv: Canvas, x, y, w, h, wall=None, roof=None):
    """A village house with a tiled hip roof, veranda and shutters."""
    rng = cv.rng
    wall, roof = wall or rng.choice(WALLS), roof or rng.choice(ROOFS)
    t = cv.tile(x - w * 0.7, y - h * 1.3, x + w * 0.7, y + 8)
    t.grect(x - w / 2, y - h * 0.62, x + w / 2, y, [pale(wall, 0.1), dark(wall, 0.08)])
    t.soft(
        [(x - w / 2, y - h * 0.62), (x + w / 2, y - h * 0.62), (x + w / 2, y - h * 0.5), (x - w / 2, y - h * 0.5)],
        t.light.shadow,
        6,
        0.4,
    )
    n = max(3, int(w / (h * 0.42)))
    for i in range(n):
        cx = x - w / 2 + w * (i + 0.5) / n
        c = rng.choice(("#3f6f7d", "#5b4a3f", "#2f5f6f", "#6b5a44"))
        door = i == n // 2
        ww, top = w / n * 0.27, 0.48
        t.rect(cx - ww, y - h * top, cx + ww, y - (0 if door else h * 0.18), dark(c, 0.1) if door else c)
        if cv.light.name in ("night", "dusk"):
            t.rect(
                cx - ww * 0.8,
                y - h * top * 0.96,
                cx + ww * 0.8,
                y - (0 if door else h * 0.2),
                "#ffd98a",
                raw=True,
                alpha=0.85,
            )
        t.line([(cx, y - h * top), (cx, y - (0 if door else h * 0.18))], dark(c, 0.4), 2)
    for i in range(n + 1):
        cx = x - w / 2 + w * i / n
        t.rect(cx - 4, y - h * 0.6, cx + 4, y, pale(wall, 0.35))
    t.gpoly(
        [(x - w * 0.58, y - h * 0.56), (x - w * 0.4, y - h), (x + w * 0.4, y - h), (x + w * 0.58, y - h * 0.56)],
        [pale(roof, 0.12), roof, dark(roof, 0.14)],
    )
    for i in range(1, 6):
        yy = y - h * (0.56 + 0.44 * i / 6)
        t.line(
            [(x - w * (0.58 - 0.18 * i / 6), yy), (x + w * (0.58 - 0.18 * i / 6), yy)],
            dark(roof, 0.35),
            1.6,
            alpha=0.5,
            clip=True,
        )
    t.line([(x - w * 0.4, y - h), (x + w * 0.4, y - h)], pale(roof, 0.2), h * 0.02)
    cv.stamp(t, width=h * 0.03, cast=cv.light.cast * 0.5, foot=y, lie=0.14)


def shophouse(cv: Canvas, x, y, w, floors, wall=None):
    """A tube house: shop with awning below, floors with balconies above. Returns the top."""
    rng = cv.rng
    wall = wall or rng.choice(WALLS)
    fh = w * 0.8
    top = y - fh * floors
    lit = cv.light.name in ("night", "dusk")
    cv.grect(x, top, x + w, y, [pale(wall, 0.1), wall, dark(wall, 0.14)])
    cv.rect(x - 2, top - 10, x + w + 2, top + 6, pale(wall, 0.3))
    trim = rng.choice(("#ffffff", "#f3e9d6", dark(wall, 0.2)))
    for f in range(1, floors):
        y0 = y - fh * (f + 1) + fh * 0.2
        k = rng.choice((1, 2, 2, 3))
        for i in range(k):
            a = x + w * (i + 0.18) / k
            b = x + w * (i + 0.82) / k
            c = "#ffd88a" if lit and rng.random() < 0.7 else rng.choice(("#4f7f96", "#3f6478", "#6b8f9f"))
            cv.rect(a - 3, y0 - 3, b + 3, y0 + fh * 0.58, trim)
            cv.grect(a, y0, b, y0 + fh * 0.55, [pale(c, 0.3), c], raw=lit and c == "#ffd88a")
            cv.line([((a + b) / 2, y0), ((a + b) / 2, y0 + fh * 0.55)], trim, 2)
        if rng.random() < 0.7:
            cv.rect(x - 3, y0 + fh * 0.6, x + w + 3, y0 + fh * 0.66, trim)
            for i in range(10):
                a = x + w * (i + 0.5) / 10
                cv.line([(a, y0 + fh * 0.4), (a, y0 + fh * 0.62)], "#5b6470", 1.8)
            cv.line([(x, y0 + fh * 0.4), (x + w, y0 + fh * 0.4)], "#5b6470", 3)
            for _ in range(rng.randint(0, 5)):
                a = rng.uniform(x + 10, x + w - 10)
                cv.oval(a, y0 + fh * 0.4, 11, 9, rng.choice(("#4f8f48", "#5f9a50", "#d9486a")))
    ys = y - fh * 0.78
    cv.rect(x + 8, ys + fh * 0.1, x + w - 8, y, "#ffe2a6" if lit else "#4b4f5c", raw=lit)
    for _ in range(16):  # goods in the shade of the shop
        a, s = rng.uniform(x + 14, x + w - 30), rng.uniform(8, 18)
        b = rng.choice((y - 4, y - 30, y - 56, y - 82))
        cv.rect(a, b - s, a + s, b, rng.choice(("#e0a83a", "#c9473a", "#3f8f74", "#e8dcc4", "#5b8fc0")), alpha=0.85)
    c = rng.choice(("#1f63b0", "#c9372f", "#2f8f6f", "#e0952f", "#7a4f9f"))
    cv.rect(x + 4, ys - fh * 0.06, x + w - 4, ys + fh * 0.12, c)
    for i in range(rng.randint(3, 5)):  # letters too far to read
        a = x + w * 0.14 + i * w * 0.16
        cv.rect(a, ys + fh * 0.0, a + w * 0.11, ys + fh * 0.06, "#ffffff", alpha=0.9)
    c2 = rng.choice(("#e04f3f", "#2f78b8", "#3f9f74", "#f0b43a"))
    n = 8
    for i in range(n):
        a, b = x - 6 + (w + 12) * i / n, x - 6 + (w + 12) * (i + 1) / n
        cv.poly(
            [(a + 4, ys + fh * 0.12), (b + 4, ys + fh * 0.12), (b, ys + fh * 0.3), (a, ys + fh * 0.3)],
            c2 if i % 2 else "#fbf6ea",
        )
    cv.soft(
        [(x, ys + fh * 0.3), (x + w, ys + fh * 0.3), (x + w, ys + fh * 0.5), (x, ys + fh * 0.5)],
        cv.light.shadow,
        8,
        0.4,
    )
    return top


def terrace(cv: Canvas, y, w=190, tall=(2, 4)):
    """A row of tube houses along the whole picture, standing at y."""
    x = -cv.rng.uniform(0, w)
    while x < cv.W:
        ww = w * cv.rng.uniform(0.82, 1.2)
        shophouse(cv, x, y, ww, cv.rng.randint(*tall))
        x += ww + 2


def wires(cv: Canvas, y, n=5):
    """Poles and sagging wires across the picture."""
    rng = cv.rng
    a, b = rng.uniform(100, 400), rng.uniform(1000, 1350)
    for x in (a, b):
        cv.rect(x - 5, y - 420, x + 5, y, "#8f9298")
        cv.rect(x - 30, y - 400, x + 30, y - 394, "#6b6f78")
    for i in range(n):
        s = rng.uniform(20, 60)
        for x0, x1 in ((-100, a), (a, b), (b, cv.W + 200)):
            pts = [(x0 + (x1 - x0) * t / 14, y - 396 + i * 8 + s * 4 * (t / 14) * (1 - t / 14)) for t in range(15)]
            cv.line(pts, "#3a3d48", 1.5, alpha=0.75)


def school(cv: Canvas, y, x0=60, x1=None, floors=2, wall="#f3d98f", name=None):
    """A school: galleries, columns, doors, a name over the middle."""
    x1 = x1 or cv.W - 60
    fh = 128
    roof, _rng = cv.rng.choice(ROOFS), cv.rng
    top = y - fh * floors
    cv.soft([(x0, y), (x1, y), (x1 + 20, y + 26), (x0 - 20, y + 26)], cv.light.shadow, 10, 0.35)
    cv.grect(x0, top, x1, y, [pale(wall, 0.2), wall])
    n = int((x1 - x0) / 92)
    for f in range(floors):
        yb = y - fh * f
        cv.grect(x0, yb - fh * 0.95, x1, yb - fh * 0.5, [dark(wall, 0.34), dark(wall, 0.12)])
        for i in range(n):
            a = x0 + (x1 - x0) * (i + 0.2) / n
            b = x0 + (x1 - x0) * (i + 0.8) / n
            if i % 3 == 1:
                cv.rect(a + 8, yb - fh * 0.78, b - 8, yb - 4, "#3f6f8f")
            else:
                cv.rect(a, yb - fh * 0.76, b, yb - fh * 0.34, "#4f83a4" if cv.light.name != "night" else "#ffe09a")
                cv.line([((a + b) / 2, yb - fh * 0.76), ((a + b) / 2, yb - fh * 0.34)], "#f4f0e2", 3)
        for i in range(n + 1):
            a = x0 + (x1 - x0) * i / n
            cv.rect(a - 6, yb - fh, a + 6, yb, pale(wall, 0.55))
        cv.rect(x0 - 6, yb - fh - 5, x1 + 6, yb - fh + 8, pale(wall, 0.6))
        if f:
            cv.rect(x0, yb - 34, x1, yb - 28, "#ffffff")
            for i in range(n * 7):
                a = x0 + (x1 - x0) * i / (n * 7)
                cv.line([(a, yb - 32), (a, yb - 4)], "#ffffff", 2)
    cv.gpoly(
        [(x0 - 26, top - 2), (x0 + 20, top - 62), (x1 - 20, top - 62), (x1 + 26, top - 2)],
        [pale(roof, 0.1), roof, dark(roof, 0.12)],
    )
    m, w = (x0 + x1) / 2, 170
    cv.grect(m - w, top - 92, m + w, top + 20, [pale(wall, 0.4), wall])
    cv.poly([(m - w - 14, top - 92), (m, top - 138), (m + w + 14, top - 92)], roof)
    if name:
        write(cv, name, (m - w + 12, top - 82, m + w - 12, top + 8), "#b3231f", 34)
    else:
        cv.poly(star(m, top - 36, 32), "#d3222f")
    return top


def road(cv: Canvas, yh, vx, w0, w1, colours=("#b9b3a6", "#a39c90"), x1=None, edge="#e6dfcf"):
    """A road from the vanishing point (vx, yh) to the viewer; w0 and w1 half widths."""
    x1 = cv.W / 2 if x1 is None else x1
    cv.gpoly(
        [(vx - w0 * 1.2, yh), (vx + w0 * 1.2, yh), (x1 + w1 * 1.05, cv.H), (x1 - w1 * 1.05, cv.H)],
        [edge, dark(edge, 0.12)],
    )
    cv.gpoly(
        [(vx - w0, yh), (vx + w0, yh), (x1 + w1, cv.H), (x1 - w1, cv.H)],
        [mix(colours[0], cv.light.haze, 0.3), *colours],
    )

    def at(u, t):  # u across (-1..1), t 0 far .. 1 near
        return (vx + (x1 - vx) * t + u * (w0 + (w1 - w0) * t), yh + (cv.H - yh) * t)

    return at


def pagoda_roof(cv: Canvas, x, y, w, h, c="#b5543f"):
    """A curved temple roof centred at x with its eaves at y."""
    pts = [
        (x - w * 0.62, y - h * 0.2),
        (x - w * 0.45, y),
        (x + w * 0.45, y),
        (x + w * 0.62, y - h * 0.2),
        (x + w * 0.36, y - h * 0.5),
        (x + w * 0.3, y - h),
        (x - w * 0.3, y - h),
        (x - w * 0.36, y - h * 0.5),
    ]
    cv.gpoly(pts, [pale(c, 0.1), c, dark(c, 0.2)])


def cham_tower(cv: Canvas, x, y, h):
    """A brick tower of Pô Sah Inư, with its tiers, pilasters and false doors."""
    rng = cv.rng
    t = cv.tile(x - h * 0.6, y - h * 1.15, x + h * 0.6, y + 6)
    b = "#b5654a"
    tiers = [(0.0, 0.52, 0.27, 0.25), (0.52, 0.70, 0.2, 0.185), (0.70, 0.84, 0.145, 0.13), (0.84, 0.94, 0.1, 0.08)]
    for lo, hi, w0, w1 in tiers:
        t.gpoly(
            [(x - w0 * h, y - lo * h), (x + w0 * h, y - lo * h), (x + w1 * h, y - hi * h), (x - w1 * h, y - hi * h)],
            [pale(b, 0.08), b, dark(b, 0.12)],
        )
        t.rect(x - (w1 + 0.03) * h, y - hi * h - 0.012 * h, x + (w1 + 0.03) * h, y - hi * h + 0.02 * h, pale(b, 0.16))
        for k in (-1, 1):
            for u in (0.86, 0.45):
                a = x + k * u * (w0 + w1) / 2 * h
                t.rect(a - 0.016 * h, y - hi * h + 0.02 * h, a + 0.016 * h, y - lo * h, dark(b, 0.12), clip=True)
    t.poly(
        [
            (x - 0.08 * h, y - 0.94 * h),
            (x + 0.08 * h, y - 0.94 * h),
            (x + 0.02 * h, y - 1.06 * h),
            (x - 0.02 * h, y - 1.06 * h),
        ],
        pale(b, 0.05),
    )
    t.blob(
        [
            (x - 0.12 * h, y),
            (x - 0.12 * h, y - 0.26 * h),
            (x, y - 0.4 * h),
            (x + 0.12 * h, y - 0.26 * h),
            (x + 0.12 * h, y),
        ],
        pale(b, 0.14),
    )
    t.blob(
        [
            (x - 0.075 * h, y + 0.02 * h),
            (x - 0.075 * h, y - 0.2 * h),
            (x, y - 0.3 * h),
            (x + 0.075 * h, y - 0.2 * h),
            (x + 0.075 * h, y + 0.02 * h),
        ],
        "#3a2430",
    )
    for lo, _hi, _w0, _ in tiers[1:3]:
        t.blob(
            [
                (x - 0.04 * h, y - lo * h),
                (x - 0.04 * h, y - (lo + 0.07) * h),
                (x, y - (lo + 0.11) * h),
                (x + 0.04 * h, y - (lo + 0.07) * h),
                (x + 0.04 * h, y - lo * h),
            ],
            dark(b, 0.35),
        )
    for _ in range(150):  # single bricks, moss
        u, v = rng.uniform(-0.27, 0.27), rng.uniform(0.0, 0.9)
        t.rect(
            x + u * h,
            y - v * h,
            x + u * h + 0.02 * h,
            y - v * h + 0.007 * h,
            rng.choice((dark(b, 0.25), pale(b, 0.2), "#7f8a55")),
            alpha=0.5,
            clip=True,
        )
    cv.stamp(t, width=h * 0.05, shade=0.6, cast=cv.light.cast, foot=y, lie=0.3)


def lamps(cv: Canvas, pts, r=26, c="#ffdf9a", a=0.7):
    """Small lit lamps with their glow."""
    for x, y in pts:
        cv.glow(x, y, r * 3, c, a, 2.0)
        cv.oval(x, y, r * 0.16, r * 0.16, "#fffbe6", raw=True)


def umbrella(cv: Canvas, x, y, s, c="#e04f3f"):
    """A market umbrella standing at (x, y)."""
    cv.line([(x, y), (x, y - s * 1.5)], "#8f8f96", s * 0.035)
    n = 6
    for i in range(n):
        a, b = -1 + 2 * i / n, -1 + 2 * (i + 1) / n
        cv.poly(
            [
                (x, y - s * 1.72),
                (x + a * s, y - s * (1.3 + 0.1 * math.cos(a * 1.4))),
                (x + (a + b) / 2 * s, y - s * 1.27),
                (x + b * s, y - s * (1.3 + 0.1 * math.cos(b * 1.4))),
            ],
            c if i % 2 else pale(c, 0.75),
        )
