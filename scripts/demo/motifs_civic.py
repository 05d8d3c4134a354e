"""The motifs of civic posters: a map, a globe, the road, a document, a lotus."""

from __future__ import annotations

import math

import numpy as np
from canvas import smooth
from light import dark, mix
from motifs import rings
from posters import poster
from things import star


@poster("poster_map")
def map_motif(cv, pal, c, r, box):
    """A map in paper folds with pins and a coast."""
    rings(cv, pal, c, r)
    x, y = c
    w, h = r * 1.05, r * 0.78
    for i in range(4):
        a, b = x - w + i * w / 2, x - w + (i + 1) * w / 2
        d = r * 0.12 * (1 if i % 2 else -1)
        pts = [(a, y - h - d / 2), (b, y - h + d / 2), (b, y + h + d / 2), (a, y + h - d / 2)]
        cv.poly(pts, "#f7f3e4" if i % 2 else "#e6dfc8", raw=True)
        cv.poly(
            [
                (a, y + h * (0.0 + 0.12 * i) - d / 2),
                (b, y + h * (0.12 + 0.12 * i) + d / 2),
                (b, y + h + d / 2),
                (a, y + h - d / 2),
            ],
            "#7cc4e0" if i % 2 else "#6ab4d2",
            raw=True,
        )
        cv.poly(
            [
                (a, y - h * (0.5 - 0.1 * i) - d / 2),
                (b, y - h * (0.4 - 0.1 * i) + d / 2),
                (b, y - h * (0.1 - 0.1 * i) + d / 2),
                (a, y - h * (0.24 - 0.1 * i) - d / 2),
            ],
            "#a9d08a" if i % 2 else "#98c27a",
            raw=True,
        )
    cv.line(
        smooth(
            [
                (x - w * 0.9, y - h * 0.5),
                (x - w * 0.4, y - h * 0.1),
                (x + w * 0.1, y - h * 0.3),
                (x + w * 0.85, y + h * 0.1),
            ]
        ),
        "#c2122b",
        r * 0.035,
        raw=True,
    )
    for u, v, s in ((-0.55, -0.1, 0.8), (0.06, -0.32, 1.2), (0.62, 0.0, 0.9)):
        px, py, q = x + u * w, y + v * h, r * 0.17 * s
        cv.soft_oval(px, py, q * 0.5, q * 0.16, "#20304a", 3, 0.5, raw=True)
        cv.blob(
            [
                (px, py),
                (px - q * 0.62, py - q * 1.1),
                (px - q * 0.5, py - q * 1.75),
                (px, py - q * 2.05),
                (px + q * 0.5, py - q * 1.75),
                (px + q * 0.62, py - q * 1.1),
            ],
            "#d3222f",
            raw=True,
        )
        cv.oval(px, py - q * 1.32, q * 0.28, q * 0.28, "#ffffff", raw=True)


@poster("poster_globe")
def globe(cv, pal, c, r, box):
    """A globe with its meridians, points and orbits."""
    rings(cv, pal, c, r)
    cv.glow(*c, r * 1.5, "#9fd0ff", 0.35)
    cv.oval(*c, r * 0.8, r * 0.8, "#1f78d0", raw=True)
    cv.oval(c[0] - r * 0.16, c[1] - r * 0.18, r * 0.58, r * 0.56, "#4fa4ee", alpha=0.55, raw=True)
    for k in (-0.55, -0.28, 0, 0.28, 0.55):
        w = math.sqrt(max(0, 0.64 - k * k)) * r
        cv.line(
            smooth([(c[0] - w, c[1] + k * r), (c[0], c[1] + k * r + r * 0.07), (c[0] + w, c[1] + k * r)]),
            "#d6ecff",
            max(2, r * 0.014),
            alpha=0.75,
            raw=True,
        )
    for k in (0.25, 0.55, 0.8):
        cv.line(
            [(c[0] + math.cos(a) * r * k, c[1] + math.sin(a) * r * 0.8) for a in np.linspace(0, 6.283, 60)],
            "#d6ecff",
            max(2, r * 0.014),
            alpha=0.7,
            raw=True,
        )
    pts = [
        (c[0] + r * u, c[1] + r * v)
        for u, v in ((-0.42, -0.3), (0.1, -0.5), (0.46, -0.1), (-0.1, 0.12), (0.3, 0.4), (-0.46, 0.34))
    ]
    for i, p in enumerate(pts):
        q = pts[(i + 2) % 6]
        m = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2 - r * 0.22)
        cv.line(smooth([p, m, q]), pal[3], max(2, r * 0.02), raw=True)
    for p in pts:
        cv.oval(*p, r * 0.06, r * 0.06, "#ffffff", raw=True)
        cv.oval(*p, r * 0.036, r * 0.036, "#c2122b", raw=True)
    orbit = [
        (c[0] + math.cos(a) * r * 1.15, c[1] + math.sin(a) * r * 0.42 - math.cos(a) * r * 0.22)
        for a in np.linspace(-0.35, 3.5, 50)
    ]
    cv.line(orbit, pal[3], max(3, r * 0.03), raw=True)
    cv.poly(star(*orbit[-1], r * 0.12), pal[3], raw=True)


@poster("poster_traffic")
def traffic(cv, pal, c, r, box):
    """A road to the horizon, a traffic light and a helmet."""
    x, y = c
    cv.oval(x, y, r * 1.2, r * 1.2, pal[4], alpha=0.5, raw=True)
    cv.poly(
        [
            (x - r * 0.1, y - r * 0.5),
            (x + r * 0.1, y - r * 0.5),
            (x + r * 0.95, y + r * 1.05),
            (x - r * 0.95, y + r * 1.05),
        ],
        "#3a4152",
        raw=True,
    )
    for i in range(5):
        t0, t1 = (i / 5) ** 1.6, ((i + 0.55) / 5) ** 1.6
        cv.poly(
            [
                (x - r * (0.008 + 0.05 * t0), y - r * 0.5 + r * 1.55 * t0),
                (x + r * (0.008 + 0.05 * t0), y - r * 0.5 + r * 1.55 * t0),
                (x + r * (0.008 + 0.05 * t1), y - r * 0.5 + r * 1.55 * t1),
                (x - r * (0.008 + 0.05 * t1), y - r * 0.5 + r * 1.55 * t1),
            ],
            "#ffffff",
            raw=True,
        )
    lx = x - r * 0.74
    cv.rect(lx - r * 0.04, y - r * 0.3, lx + r * 0.04, y + r * 1.0, "#7a8494", raw=True)
    cv.rrect(lx - r * 0.2, y - r * 1.05, lx + r * 0.2, y - r * 0.02, r * 0.12, "#1d222e", raw=True)
    for i, col in enumerate(("#ff4a3c", "#ffc53c", "#3fd37a")):
        cv.glow(lx, y - r * 0.86 + i * r * 0.32, r * 0.3, col, 0.5)
        cv.oval(lx, y - r * 0.86 + i * r * 0.32, r * 0.12, r * 0.12, col, raw=True)
    hx, hy, s = x + r * 0.5, y + r * 0.28, r * 0.5
    cv.blob(
        [
            (hx - s, hy + s * 0.22),
            (hx - s * 0.92, hy - s * 0.5),
            (hx, hy - s * 0.98),
            (hx + s * 0.9, hy - s * 0.5),
            (hx + s, hy + s * 0.1),
            (hx + s * 0.5, hy + s * 0.3),
        ],
        "#d3222f" if pal[0][0] != "#c2122b" else "#ffffff",
        raw=True,
    )
    cv.blob(
        [
            (hx - s * 0.1, hy - s * 0.45),
            (hx + s * 0.9, hy - s * 0.4),
            (hx + s * 0.98, hy + s * 0.06),
            (hx, hy + s * 0.1),
        ],
        "#bfe0f5",
        raw=True,
    )
    cv.line(
        smooth([(hx - s * 0.7, hy - s * 0.5), (hx - s * 0.3, hy - s * 0.8), (hx + s * 0.2, hy - s * 0.86)]),
        "#ffffff",
        s * 0.09,
        alpha=0.7,
        raw=True,
    )
    cv.line(
        smooth([(hx - s * 0.4, hy + s * 0.24), (hx - s * 0.1, hy + s * 0.6), (hx + s * 0.4, hy + s * 0.3)]),
        "#20242e",
        s * 0.07,
        raw=True,
    )


@poster("poster_document")
def document(cv, pal, c, r, box):
    """Sheets of a document with a seal and a pen."""
    rings(cv, pal, c, r)
    x, y = c
    for _k, (dx, dy, col) in enumerate(((0.2, -0.12, "#c9d8e8"), (0.1, -0.04, "#e2ebf4"), (0, 0.04, "#ffffff"))):
        cv.soft(
            [
                (x - r * 0.6 + dx * r, y - r * 0.86 + dy * r),
                (x + r * 0.6 + dx * r, y - r * 0.86 + dy * r),
                (x + r * 0.6 + dx * r, y + r * 0.86 + dy * r),
                (x - r * 0.6 + dx * r, y + r * 0.86 + dy * r),
            ],
            "#0a1a3a",
            r * 0.05,
            0.3,
            raw=True,
        )
        cv.rrect(
            x - r * 0.62 + dx * r,
            y - r * 0.88 + dy * r,
            x + r * 0.58 + dx * r,
            y + r * 0.84 + dy * r,
            r * 0.05,
            col,
            raw=True,
        )
    cv.poly(star(x - r * 0.02, y - r * 0.58, r * 0.13), "#d3222f", raw=True)
    cv.rect(x - r * 0.4, y - r * 0.36, x + r * 0.36, y - r * 0.28, "#0f5fb8", raw=True)
    for i in range(6):
        cv.rect(
            x - r * 0.46,
            y - r * 0.14 + i * r * 0.125,
            x + r * (0.42 - 0.2 * (i == 5) - 0.08 * (i % 2)),
            y - r * 0.095 + i * r * 0.125,
            "#a9b8c9",
            raw=True,
        )
    sx, sy = x + r * 0.26, y + r * 0.6
    cv.oval(sx, sy, r * 0.21, r * 0.21, "#d3222f", alpha=0.9, raw=True)
    cv.oval(sx, sy, r * 0.165, r * 0.165, "#ffffff", raw=True)
    cv.oval(sx, sy, r * 0.15, r * 0.15, "#d3222f", alpha=0.9, raw=True)
    cv.poly(star(sx, sy, r * 0.1), "#ffffff", raw=True)
    cv.limb((x - r * 0.62, y + r * 0.92), (x - r * 0.1, y + r * 0.3), r * 0.05, r * 0.05, "#0b2a5e", raw=True)
    cv.poly(
        [(x - r * 0.73, y + r * 1.04), (x - r * 0.67, y + r * 0.9), (x - r * 0.58, y + r * 0.97)], "#ffd200", raw=True
    )


@poster("poster_lotus")
def lotus(cv, pal, c, r, box):
    """A lotus opening over its leaf."""
    x, y = c[0], c[1] + r * 0.45
    cv.glow(x, y - r * 0.4, r * 2.0, pal[3], 0.28)
    rings(cv, pal, c, r)
    cv.oval(x, y + r * 0.3, r * 1.05, r * 0.2, "#1f7a5a", alpha=0.95, raw=True)
    cv.oval(x - r * 0.1, y + r * 0.27, r * 0.8, r * 0.13, "#37a074", alpha=0.8, raw=True)
    for _layer, (angles, ln, wd, c0, c1) in enumerate(
        (
            ((-78, -52, -26, 0, 26, 52, 78), 1.22, 0.24, "#f48fb0", "#fbd3df"),
            ((-64, -38, -13, 13, 38, 64), 1.0, 0.23, "#f7a8c2", "#fde4ec"),
            ((-40, -14, 14, 40), 0.78, 0.2, "#fbc4d5", "#fff4f7"),
        )
    ):
        for a in sorted(angles, key=abs, reverse=True):
            t = math.radians(a)
            e = (x + math.sin(t) * r * ln, y - math.cos(t) * r * ln * 0.95)
            nx, ny = math.cos(t) * r * wd, math.sin(t) * r * wd
            m = (x + (e[0] - x) * 0.55, y + (e[1] - y) * 0.55)
            cv.blob([(x, y + r * 0.1), (m[0] - nx, m[1] - ny), e, (m[0] + nx, m[1] + ny)], dark(c0, 0.12), raw=True)
            cv.blob(
                [
                    (x, y + r * 0.1),
                    (m[0] - nx * 0.86, m[1] - ny * 0.86),
                    (x + (e[0] - x) * 0.96, y + (e[1] - y) * 0.96),
                    (m[0] + nx * 0.86, m[1] + ny * 0.86),
                ],
                mix(c0, c1, 0.75),
                raw=True,
            )
            cv.line([(x, y), (x + (e[0] - x) * 0.85, y + (e[1] - y) * 0.85)], c0, max(1, r * 0.01), alpha=0.5, raw=True)
    cv.oval(x, y - r * 0.12, r * 0.17, r * 0.1, "#ffd84a", raw=True)
