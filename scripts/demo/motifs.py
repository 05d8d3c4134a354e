"""The motifs of posters: discs, waves, a star, a book, people; importing this module registers their scenes."""

from __future__ import annotations

import math

import numpy as np
from canvas import smooth
from light import dark, mix
from people import person, wear, with_
from posters import poster
from things import star


def rings(cv, pal, c, r):
    for q, a in ((1.5, 0.1), (1.22, 0.14), (0.98, 0.2)):
        cv.oval(*c, r * q, r * q, pal[4], alpha=a, raw=True)


@poster("poster_plain")
def plain(cv, pal, c, r, box):
    """Bold discs and bars."""
    cv.oval(c[0] + r * 0.5, c[1] - r * 0.2, r * 1.5, r * 1.5, pal[4], alpha=0.4, raw=True)
    cv.oval(c[0], c[1] + r * 0.1, r * 0.92, r * 0.92, pal[3], raw=True)
    for i in range(5):
        a = c[0] - r * 1.1 + i * r * 0.46
        h = r * (0.5 + 0.26 * i)
        cv.poly(
            [
                (a, c[1] + r * 0.9),
                (a + r * 0.3, c[1] + r * 0.9),
                (a + r * 0.3, c[1] + r * 0.9 - h),
                (a, c[1] + r * 0.9 - h + r * 0.14),
            ],
            mix(pal[0][1], pal[4], i / 5),
            raw=True,
        )
    for i in range(4):
        for j in range(4):
            cv.oval(
                c[0] - r * 1.05 + i * r * 0.17,
                c[1] - r * 0.95 + j * r * 0.17,
                r * 0.028,
                r * 0.028,
                pal[1],
                alpha=0.8,
                raw=True,
            )


@poster("poster_wave")
def waves(cv, pal, c, r, box):
    """Waves, a sail and the sun."""
    rng = cv.rng
    cv.glow(c[0], c[1] - r * 0.3, r * 2.2, pal[3], 0.3)
    cv.oval(c[0], c[1] - r * 0.3, r * 0.62, r * 0.62, pal[3], raw=True)
    s = r * 0.95
    x, y = c[0] - r * 0.1, c[1] + r * 0.5
    cv.poly(
        [
            *smooth([(x + s * 0.05, y - s * 1.3), (x + s * 0.55, y - s * 0.6), (x + s * 0.66, y - s * 0.1)]),
            (x + s * 0.05, y - s * 0.08),
        ],
        "#ffffff",
        raw=True,
    )
    cv.poly(
        [
            *smooth([(x - s * 0.03, y - s * 1.15), (x - s * 0.3, y - s * 0.5), (x - s * 0.42, y - s * 0.1)]),
            (x - s * 0.03, y - s * 0.08),
        ],
        "#d9ecfb",
        raw=True,
    )
    cv.blob(
        [
            (x - s * 0.6, y - s * 0.02),
            (x, y + s * 0.06),
            (x + s * 0.72, y - s * 0.06),
            (x + s * 0.4, y + s * 0.24),
            (x - s * 0.4, y + s * 0.24),
        ],
        "#c2122b",
        raw=True,
    )
    start = 0 if cv.W / cv.H < 1.25 else box[2] - r * 0.1
    for k in range(4):
        yy, am, ph = c[1] + r * (0.55 + 0.2 * k), r * 0.09, rng.uniform(0, 6)
        pts = [
            (xx, yy + am * math.sin(xx / r * 3.4 + ph) + (max(0, (start + r * 0.7 - xx)) / r) ** 2 * r * 0.8)
            for xx in np.linspace(start - r * 0.6, cv.W + 20, 50)
        ]
        cv.poly(
            [*pts, (cv.W + 20, cv.H + 20), (start - r * 0.6, cv.H + 20)],
            mix(pal[4], pal[0][1], k / 4),
            alpha=0.92,
            raw=True,
        )


@poster("poster_star")
def stars(cv, pal, c, r, box):
    """The star and its rays."""
    for i in range(28):
        a, b = i / 28 * 6.283, (i + 0.5) / 28 * 6.283
        reach = r * 3.4
        cv.poly(
            [
                c,
                (c[0] + math.cos(a) * reach, c[1] + math.sin(a) * reach),
                (c[0] + math.cos(b) * reach, c[1] + math.sin(b) * reach),
            ],
            pal[4],
            alpha=0.2,
            raw=True,
        )
    cv.glow(*c, r * 1.9, pal[3], 0.35)
    cv.poly(star(c[0] + r * 0.05, c[1] + r * 0.07, r * 1.02), dark(pal[0][1], 0.35), alpha=0.5, raw=True)
    p = star(*c, r)
    cv.poly(p, pal[3], raw=True)
    for i in range(5):
        cv.poly([c, p[i * 2], p[(i * 2 + 1) % 10]], mix(pal[3], "#fff6c0", 0.6), alpha=0.8, raw=True)


@poster("poster_book")
def book(cv, pal, c, r, box):
    """An open book with leaves of light."""
    rings(cv, pal, c, r)
    x, y = c[0], c[1] + r * 0.35
    for i in range(9):
        a = math.radians(200 + i * 17.5)
        e = (x + math.cos(a) * r * 1.05, y - r * 0.2 + math.sin(a) * r * 1.15)
        cv.poly(
            [(x - 4, y - r * 0.1), (x + 4, y - r * 0.1), (e[0] + r * 0.03, e[1]), (e[0] - r * 0.03, e[1])],
            pal[3],
            alpha=0.7,
            raw=True,
        )
        cv.oval(*e, r * 0.06, r * 0.06, pal[3], raw=True)
    for s in (-1, 1):
        for k, col in enumerate(("#b3122a", "#e9edf2", "#f4f6f8", "#ffffff")):
            d = (3 - k) * r * 0.05
            cv.poly(
                smooth(
                    [(x, y + r * 0.32 + d), (x + s * r * 0.45, y + r * 0.12 + d), (x + s * r * 0.98, y + r * 0.26 + d)]
                )
                + smooth(
                    [(x + s * r * 0.98, y - r * 0.38 + d), (x + s * r * 0.45, y - r * 0.52 + d), (x, y - r * 0.3 + d)]
                ),
                col,
                raw=True,
            )
        for q in range(4):
            cv.line(
                smooth(
                    [
                        (x + s * r * 0.14, y - r * 0.16 + q * r * 0.11),
                        (x + s * r * 0.45, y - r * 0.34 + q * r * 0.115),
                        (x + s * r * 0.84, y - r * 0.24 + q * r * 0.115),
                    ]
                ),
                "#9fb3c9",
                max(2, r * 0.02),
                raw=True,
            )


@poster("poster_people")
def people_motif(cv, pal, c, r, box):
    """A group of young people in blue."""
    rng = cv.rng
    cv.oval(c[0], c[1], r * 1.25, r * 1.25, pal[4], alpha=0.55, raw=True)
    cv.oval(c[0], c[1] - r * 0.1, r * 0.9, r * 0.9, pal[3] if pal[3] != "#c2122b" else "#ffffff", alpha=0.9, raw=True)
    n = 5
    for i in sorted(range(n), key=lambda i: abs(i - n // 2), reverse=True):
        x = c[0] + (i - n // 2) * r * 0.44
        h = r * (1.86 - 0.16 * abs(i - n // 2))
        pose = ("wave", "hips", "fist", "link", "stand", "cheer", "easy")[(i + rng.randrange(7)) % 7]
        person(
            cv,
            x,
            c[1] + r * 1.05,
            h,
            pose,
            with_(wear("volunteer", rng), hat=rng.choice((None, None, "taibeo", "nonla"))),
            "front",
            cast=0,
            item="flag" if i == n // 2 and pose in ("wave", "fist") else None,
        )
