"""Boats and vehicles."""

from __future__ import annotations

import math

from canvas import Canvas, smooth
from light import dark, pale
from things import flag


def fishing_boat(cv: Canvas, x, y, s, flip=False, hull=None):
    """A wooden fishing boat of Bình Thuận, length about 2.4 s, floating at y."""
    rng, hour = cv.rng, cv.light
    hull = hull or rng.choice(("#1e5fa8", "#2476b8", "#1f7f86", "#2a5596"))
    f = -1 if flip else 1
    t = cv.tile(x - s * 1.6, y - s * 1.9, x + s * 1.6, y + s * 0.2)

    def p(*q):
        return [(x + f * a * s, y - b * s) for a, b in q]

    t.line(p((-0.1, 0.3), (-0.1, 1.5)), "#6b4a36", 0.035 * s)
    t.line(p((0.55, 0.3), (0.55, 1.2)), "#6b4a36", 0.03 * s)
    t.line(p((-0.1, 1.45), (1.2, 0.52)), "#4a4a55", 0.012 * s)
    t.line(p((-0.1, 1.45), (-1.05, 0.4)), "#4a4a55", 0.012 * s)
    flag(t, x - f * 0.1 * s, y - 1.52 * s, 0.34 * s, wind=f * -1)
    t.poly(p((-0.72, 0.3), (-0.7, 0.82), (-0.06, 0.84), (-0.02, 0.3)), "#efe7d4")
    t.poly(p((-0.78, 0.8), (-0.78, 0.9), (0.02, 0.92), (0.02, 0.82)), rng.choice(("#c9473a", "#2d8f86", "#e0a83a")))
    for a in (-0.6, -0.38, -0.17):
        t.poly(p((a, 0.52), (a, 0.72), (a + 0.14, 0.72), (a + 0.14, 0.52)), "#3f5f7d")
    t.gpoly(
        smooth(p((-1.08, 0.42), (-0.6, 0.32), (0.3, 0.3), (0.95, 0.44), (1.32, 0.72)), steps=6)
        + smooth(p((1.3, 0.66), (1.05, 0.14), (0.8, -0.06), (-0.85, -0.06), (-1.02, 0.1), (-1.08, 0.42)), steps=6),
        [pale(hull, 0.14), hull, dark(hull, 0.3)],
    )
    t.line(
        smooth(p((-1.07, 0.36), (-0.6, 0.265), (0.3, 0.25), (0.95, 0.38), (1.29, 0.66)), steps=6),
        "#d8402f",
        0.055 * s,
        clip=True,
    )
    t.line(smooth(p((-1.08, 0.42), (-0.6, 0.32), (0.3, 0.3), (0.95, 0.44), (1.32, 0.72)), steps=6), "#f0d9a0", 0.03 * s)
    t.poly(p((-1.1, 0.03), (1.0, 0.03), (0.8, -0.08), (-0.9, -0.08)), "#8a2f2a", clip=True)
    ex, ey = p((0.93, 0.3))[0]
    t.oval(ex, ey, 0.075 * s, 0.045 * s, "#ffffff", clip=True)
    t.oval(ex, ey, 0.03 * s, 0.03 * s, "#16161e", clip=True)
    for k in range(5):
        a, b = p((0.05 + k * 0.14, 0.36))[0]
        t.oval(a, b, 0.06 * s, 0.05 * s, rng.choice(("#e07b2f", "#f0e7d0", "#d8402f", "#3f9f7f")))
    cv.soft_oval(x, y + s * 0.07, s * 1.05, s * 0.06, dark(hour.water[1], 0.35), s * 0.04, 0.5, raw=True)
    cv.stamp(t, width=s * 0.035, cast=0, shade=0.3)


def basket_boat(cv: Canvas, x, y, s, inside=True):
    """A round basket boat (thúng chai)."""
    t = cv.tile(x - s * 1.2, y - s, x + s * 1.2, y + s * 0.3)
    c = cv.rng.choice(("#a9814f", "#8d6a44", "#5f83a0", "#b08b5a"))
    t.blob(
        [
            (x - s, y - s * 0.46),
            (x + s, y - s * 0.46),
            (x + s * 0.72, y + s * 0.06),
            (x, y + s * 0.14),
            (x - s * 0.72, y + s * 0.06),
        ],
        c,
    )
    for i in range(-4, 5):
        t.line(
            [(x + i * s * 0.22, y - s * 0.46), (x + i * s * 0.16, y + s * 0.1)],
            dark(c, 0.3),
            s * 0.02,
            alpha=0.5,
            clip=True,
        )
    for j in (0.12, -0.1, -0.28):
        t.line(
            smooth([(x - s, y - s * 0.3 + j * s), (x, y - s * 0.12 + j * s), (x + s, y - s * 0.3 + j * s)]),
            dark(c, 0.3),
            s * 0.02,
            alpha=0.5,
            clip=True,
        )
    t.oval(x, y - s * 0.46, s, s * 0.26, pale(c, 0.25))
    t.oval(x, y - s * 0.45, s * 0.9, s * 0.2, dark(c, 0.45))
    cv.stamp(t, width=s * 0.06, cast=cv.light.cast * 0.6, foot=y + s * 0.1, lie=0.3)


def sailboat(cv: Canvas, x, y, s, colour=None):
    """A small boat under a brown or white sail."""
    rng = cv.rng
    c = colour or rng.choice(("#b5653f", "#e9dcc0", "#d99a4e", "#f4efe2", "#c24f3a"))
    f = rng.choice((-1, 1))
    t = cv.tile(x - s, y - s * 1.9, x + s, y + s * 0.2)
    t.line([(x, y), (x + f * s * 0.05, y - s * 1.7)], "#5b4030", s * 0.035)
    t.gpoly(
        [
            *smooth(
                [(x + f * s * 0.07, y - s * 1.66), (x + f * s * 0.62, y - s * 0.8), (x + f * s * 0.74, y - s * 0.2)],
                steps=7,
            ),
            (x + f * s * 0.06, y - s * 0.16),
        ],
        [pale(c, 0.2), c, dark(c, 0.1)],
    )
    t.gpoly(
        [
            *smooth(
                [(x - f * s * 0.0, y - s * 1.5), (x - f * s * 0.3, y - s * 0.7), (x - f * s * 0.46, y - s * 0.2)],
                steps=7,
            ),
            (x - f * s * 0.02, y - s * 0.16),
        ],
        [pale(c, 0.05), dark(c, 0.18)],
    )
    t.poly(
        smooth([(x - s * 0.72, y - s * 0.2), (x, y - s * 0.1), (x + s * 0.8, y - s * 0.24)], steps=6)
        + smooth([(x + s * 0.56, y + s * 0.06), (x - s * 0.5, y + s * 0.06)], steps=6),
        rng.choice(("#24507f", "#5b3a2a", "#1f6f78")),
    )
    cv.stamp(t, width=s * 0.03, cast=0, shade=0.25)


def motorbike(cv: Canvas, x, y, s, flip=False, colour=None):
    """A scooter seen from the side; length about 1.6 s. Returns the place of the saddle."""
    f = -1 if flip else 1
    c = colour or cv.rng.choice(("#c8322f", "#2b5fa8", "#20242e", "#e8e4da", "#2f8f86"))
    t = cv.tile(x - s * 1.2, y - s * 1.3, x + s * 1.2, y + s * 0.1)

    def p(*q):
        return [(x + f * a * s, y - b * s) for a, b in q]

    for a in (-0.56, 0.6):
        cx, cy = p((a, 0.24))[0]
        t.oval(cx, cy, 0.24 * s, 0.24 * s, "#22242c")
        t.oval(cx, cy, 0.15 * s, 0.15 * s, "#8d939e")
        t.oval(cx, cy, 0.05 * s, 0.05 * s, "#3a3d46")
    t.line(p((0.6, 0.24), (0.42, 0.86)), "#8d939e", 0.06 * s)
    t.poly(
        smooth(
            p(
                (-0.9, 0.5),
                (-0.7, 0.68),
                (-0.1, 0.6),
                (0.02, 0.34),
                (0.26, 0.36),
                (0.36, 0.84),
                (0.5, 0.86),
                (0.52, 0.5),
                (0.34, 0.22),
                (-0.3, 0.2),
                (-0.42, 0.42),
            ),
            True,
            4,
        ),
        c,
    )
    t.poly(smooth(p((-0.84, 0.66), (-0.5, 0.76), (-0.02, 0.7), (0.0, 0.6), (-0.5, 0.62)), True, 4), "#23242c")
    t.line(p((0.5, 0.88), (0.34, 0.98)), "#3a3d46", 0.05 * s)
    t.oval(*p((0.52, 0.78))[0], 0.07 * s, 0.08 * s, "#fff3c0")
    t.oval(*p((-0.92, 0.54))[0], 0.05 * s, 0.04 * s, "#ff5a4a")
    cv.soft_oval(x, y, s * 0.9, s * 0.07, cv.light.shadow, s * 0.05, 0.4, raw=True)
    cv.stamp(t, width=s * 0.04, cast=cv.light.cast * 0.7, foot=y)
    return p((-0.35, 0.72))[0]


def bicycle(cv: Canvas, x, y, s, flip=False):
    """A bicycle seen from the side."""
    f = -1 if flip else 1
    c = cv.rng.choice(("#2b5fa8", "#c8322f", "#2f8f86", "#3a3d46"))

    def p(a, b):
        return (x + f * a * s, y - b * s)

    for a in (-0.5, 0.5):
        pts = [
            (p(a, 0.3)[0] + 0.29 * s * math.cos(i / 4), p(a, 0.3)[1] + 0.29 * s * math.sin(i / 4)) for i in range(27)
        ]
        cv.line(pts, "#2a2c34", 0.035 * s)
    for q in (
        (p(-0.5, 0.3), p(-0.05, 0.3)),
        (p(-0.05, 0.3), p(0.36, 0.72)),
        (p(-0.5, 0.3), p(-0.2, 0.72)),
        (p(-0.2, 0.72), p(0.36, 0.72)),
        (p(-0.05, 0.3), p(-0.24, 0.84)),
        (p(0.5, 0.3), p(0.34, 0.92)),
    ):
        cv.line(q, c, 0.04 * s)
    cv.line([p(0.34, 0.92), p(0.5, 0.96)], "#2a2c34", 0.04 * s)
    cv.line([p(-0.36, 0.86), p(-0.12, 0.86)], "#2a2c34", 0.07 * s)


def truck(cv: Canvas, x, y, s, colour="#2f6fb4"):
    """A mobile information or blood-donation bus."""
    t = cv.tile(x - s * 1.5, y - s * 1.3, x + s * 1.5, y + s * 0.1)
    t.rrect(x - 1.3 * s, y - 1.1 * s, x + 1.3 * s, y - 0.16 * s, 0.1 * s, "#f4f6f8")
    t.rect(x - 1.3 * s, y - 0.5 * s, x + 1.3 * s, y - 0.3 * s, colour)
    for i in range(5):
        t.rrect(
            x - 1.15 * s + i * 0.46 * s, y - 0.98 * s, x - 0.8 * s + i * 0.46 * s, y - 0.62 * s, 0.04 * s, "#3f5f7d"
        )
    for a in (-0.8, 0.8):
        t.oval(x + a * s, y - 0.14 * s, 0.19 * s, 0.19 * s, "#23252d")
        t.oval(x + a * s, y - 0.14 * s, 0.09 * s, 0.09 * s, "#9aa0ab")
    cv.stamp(t, width=s * 0.02, cast=cv.light.cast, foot=y)
