"""Rooms: walls, floors, windows with the hour outside, furniture, audiences."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from light import dark, mix, pale, rgb
from people import person, wear, with_
from things import YELLOW, star

WALLS = (
    ("#f4ead6", "#e6d6b8"),
    ("#eaf1f3", "#d3e0e4"),
    ("#f6efe0", "#ead9bf"),
    ("#e6efe6", "#cfdfd0"),
    ("#f3e6dc", "#e2ccbc"),
)
FLOORS = (("#d9c4a2", "#b99b74"), ("#d5d3cc", "#b0aca2"), ("#cfae84", "#a8835a"), ("#dfe1df", "#b8bcbc"))


def room(cv: Canvas, floor_y, wall=None, floor=None, windows=2, side=None, tiles=True, dado=True):
    """Back wall, ceiling line, floor in perspective, windows and their light. Returns the windows' boxes."""
    rng = cv.rng
    wall, floor = wall or rng.choice(WALLS), floor or rng.choice(FLOORS)
    cv.grect(0, 0, cv.W, floor_y, [dark(wall[0], 0.05), wall[0], wall[1]])
    if dado:
        c = rng.choice((mix(wall[1], "#5b8fb5", 0.45), mix(wall[1], "#7a9a6a", 0.45), mix(wall[1], "#b98a5a", 0.45)))
        cv.grect(0, floor_y - 120, cv.W, floor_y, [c, dark(c, 0.08)])
        cv.rect(0, floor_y - 124, cv.W, floor_y - 119, pale(c, 0.5))
    cv.rect(0, floor_y - 12, cv.W, floor_y, dark(wall[1], 0.35))
    cv.grect(0, floor_y, cv.W, cv.H, [pale(floor[0], 0.1), floor[0], floor[1]])
    vx = cv.W * rng.uniform(0.35, 0.65)
    if tiles:
        for i in range(-16, 17):
            cv.line([(vx + i * 74, floor_y), (vx + i * 230, cv.H)], dark(floor[1], 0.12), 1.5, alpha=0.4)
        y, st = floor_y + 10.0, 12.0
        while y < cv.H:
            cv.line([(0, y), (cv.W, y)], dark(floor[1], 0.12), 1.4, alpha=0.4)
            y += st
            st *= 1.36
    boxes = []
    side = side or rng.choice((-1, 1))
    for i in range(windows):
        w, h = rng.uniform(150, 190), rng.uniform(210, 250)
        x = (70 + i * (w + 70)) if side < 0 else cv.W - 70 - w - i * (w + 70)
        boxes.append((x, floor_y - 160 - h, x + w, floor_y - 160))
    for b in boxes:
        window(cv, *b)
        _shaft(cv, b, floor_y, side)
    return boxes


def window(cv: Canvas, x0, y0, x1, y1):
    """A window with the hour outside it."""
    rng, out = cv.rng, cv.outdoor
    cv.rect(x0 - 12, y0 - 12, x1 + 12, y1 + 12, "#ffffff")
    cv.grect(x0, y0, x1, y1, list(out.sky), raw=True)
    g = out.tone("#4f8f4c", 0.25)
    for _ in range(10):
        x, r = rng.uniform(x0 + 26, x1 - 26), rng.uniform(14, 26)
        cv.oval(x, y1 - r * rng.uniform(0.6, 1.4), r, r * 0.7, mix(g, out.tone("#8fbf5a", 0.2), rng.random()), raw=True)
    cv.rect(x0, y1 - 14, x1, y1, g, raw=True)
    for k in (1, 2):
        x = x0 + (x1 - x0) * k / 3
        cv.rect(x - 4, y0, x + 4, y1, "#ffffff")
    cv.rect(x0, y0 + (y1 - y0) * 0.34, x1, y0 + (y1 - y0) * 0.34 + 7, "#ffffff")
    cv.rect(x0 - 20, y1 + 10, x1 + 20, y1 + 22, "#f4efe4")
    if out.name != "night":
        cv.glow((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) * 1.7, out.sun, 0.34)


def _shaft(cv, b, floor_y, side):
    """The window's light lying on the floor."""
    if cv.outdoor.name == "night":
        return
    x0, _, x1, _ = b
    d = -side
    a = 0.3 if cv.outdoor.low else 0.24
    c = mix(cv.outdoor.sun, "#ffffff", 0.3)
    for k in range(3):
        u0, u1 = x0 + (x1 - x0) * (k + 0.06) / 3, x0 + (x1 - x0) * (k + 0.94) / 3
        cv.soft(
            [
                (u0 + d * 90, floor_y + 16),
                (u1 + d * 90, floor_y + 16),
                (u1 + d * 330, cv.H - 90),
                (u0 + d * 330 - 40, cv.H - 90),
            ],
            c,
            7,
            a,
            raw=True,
        )


def ceiling_lamps(cv: Canvas, y=40, n=4):
    """Long lamps under the ceiling."""
    for i in range(n):
        x = cv.W * (i + 0.5) / n
        cv.glow(x, y, 300, cv.light.sun, 0.26)
        cv.rrect(x - 90, y - 7, x + 90, y + 5, 5, "#fffdf4", raw=True)


def fan(cv: Canvas, x, y=0):
    """A ceiling fan."""
    cv.line([(x, 0), (x, y)], "#8d939e", 6)
    for s in (-1, 1):
        cv.blob([(x, y - 5), (x + s * 130, y - 13), (x + s * 140, y + 3), (x, y + 7)], "#c9cdd3")
    cv.oval(x, y, 20, 13, "#8d939e")


def plant(cv: Canvas, x, y, h):
    """A potted palm in a corner."""
    t = cv.tile(x - h, y - h * 1.2, x + h, y + 8)
    for k in range(13):
        a = np.radians(-170 + k * 13.3)
        e = (x + np.cos(a) * h * 0.5, y - h * 0.3 + np.sin(a) * h * 0.72)
        m = (x + np.cos(a) * h * 0.2, y - h * 0.3 + np.sin(a) * h * 0.5)
        t.blob(
            [
                (x - 3, y - h * 0.26),
                (m[0] - h * 0.05, m[1]),
                e,
                (m[0] + h * 0.05, m[1] + h * 0.05),
                (x + 3, y - h * 0.26),
            ],
            cv.rng.choice(("#3f8a4a", "#5fa052", "#2f7545")),
        )
    t.gpoly(
        [(x - h * 0.17, y - h * 0.3), (x + h * 0.17, y - h * 0.3), (x + h * 0.12, y), (x - h * 0.12, y)],
        ["#d9e1e4", "#a9b4ba"],
    )
    cv.soft_oval(x, y, h * 0.22, h * 0.035, cv.light.shadow, 5, 0.35, raw=True)
    cv.stamp(t, width=5)


def table(cv: Canvas, x0, x1, y, h, cloth="#2f6fb4", skirt=True, wood="#a8744a"):
    """A table seen from the front: top edge at y - h."""
    cv.soft([(x0, y), (x1, y), (x1 + 20, y + 18), (x0 - 20, y + 18)], cv.light.shadow, 9, 0.4, raw=True)
    if skirt:
        cv.grect(x0, y - h, x1, y, [pale(cloth, 0.08), cloth, dark(cloth, 0.2)])
        n = int((x1 - x0) / 34)
        for i in range(n):
            a = x0 + (x1 - x0) * (i + 0.5) / n
            cv.gpoly(
                [(a, y - h), (a + 11, y - h), (a + 15, y), (a - 3, y)],
                [dark(cloth, 0.05), dark(cloth, 0.28)],
                alpha=0.5,
            )
        cv.grect(x0 - 8, y - h - 12, x1 + 8, y - h + 5, [pale(cloth, 0.4), pale(cloth, 0.14)])
    else:
        for a in (x0 + 14, x1 - 26):
            cv.rect(a, y - h, a + 12, y, dark(wood, 0.25))
        cv.grect(x0 - 6, y - h - 12, x1 + 6, y - h + 8, [pale(wood, 0.35), wood])


def flowers(cv: Canvas, x, y, s):
    """A low vase of flowers."""
    cv.poly([(x - s * 0.4, y - s * 0.5), (x + s * 0.4, y - s * 0.5), (x + s * 0.3, y), (x - s * 0.3, y)], "#f2f4f5")
    for _ in range(16):
        a, b = x + cv.rng.gauss(0, 0.5) * s, y - s * cv.rng.uniform(0.5, 1.2)
        cv.oval(
            a, b, s * 0.17, s * 0.15, cv.rng.choice(("#e4473d", "#ffcf3a", "#ffffff", "#f08ab0", "#4f9a48", "#4f9a48"))
        )


def chair_back(cv: Canvas, x, y, w, h, c="#2f78c4"):
    """The back of a chair nearer than the sitter; y is its lower edge."""
    cv.rrect(x - w / 2, y - h, x + w / 2, y, w * 0.14, dark(c, 0.1))
    cv.rrect(x - w / 2 + w * 0.06, y - h + h * 0.05, x + w / 2 - w * 0.06, y - h * 0.1, w * 0.1, c)
    cv.rrect(x - w * 0.2, y - h * 0.78, x + w * 0.2, y - h * 0.66, w * 0.05, dark(c, 0.25))


def audience(cv: Canvas, y0, y1, h0, h1, rows, roles="volunteer", chair="#2f78c4", gap=None, raise_=0.0):
    """Rows of seated people seen from behind, growing towards the viewer. gap: (centre, width) of an aisle."""
    rng = cv.rng
    for r in range(rows):
        t = r / max(1, rows - 1)
        y, h = y0 + (y1 - y0) * t**1.15, h0 + (h1 - h0) * t
        step = h * 0.36
        n = int(cv.W / step) + 2
        off = rng.uniform(-0.3, 0.3) * step + (r % 2) * step * 0.5
        for i in range(n):
            x = -step + i * step + off + rng.uniform(-0.05, 0.05) * step
            if gap and abs(x - (gap[0])) < gap[1] * (0.45 + 0.75 * t):
                continue
            role = roles if isinstance(roles, str) else rng.choice(roles)
            lk = with_(wear(role, rng), hat=None)
            person(
                cv,
                x,
                y,
                h * (0.8 if lk.child else 1),
                "raise_front" if rng.random() < raise_ else "sit_front",
                lk,
                "back",
                cast=0,
            )
            chair_back(cv, x, y - h * 0.19, h * 0.27, h * 0.23, chair)


def at_table(cv: Canvas, xs, y, h, roles="official", poses=("write_front", "sit_front"), items=True):
    """People facing us behind a table whose top is about .41 h above y."""
    for x in xs:
        role = roles if isinstance(roles, str) else cv.rng.choice(roles)
        person(cv, x, y, h, cv.rng.choice(poses), with_(wear(role, cv.rng), hat=None), "front", cast=0)


def on_table(cv: Canvas, xs, y, s):
    """Papers, glasses, laptops along a table top at y."""
    rng = cv.rng
    for x in xs:
        r = rng.random()
        if r < 0.3:
            cv.rrect(x - s * 0.5, y - s * 0.62, x + s * 0.5, y - 2, 4, "#c3c9d0")
            cv.oval(x, y - s * 0.32, s * 0.06, s * 0.06, "#ffffff", alpha=0.7)
        elif r < 0.75:
            cv.poly(
                [(x - s * 0.5, y - 2), (x + s * 0.4, y - 2), (x + s * 0.5, y - s * 0.16), (x - s * 0.36, y - s * 0.16)],
                "#ffffff",
            )
        cv.rrect(
            x + s * 0.62, y - s * 0.4, x + s * 0.78, y - 1, 3, rng.choice(("#d8ecf5", "#cfeaf7", "#ffffff")), alpha=0.9
        )


def big_flag(cv: Canvas, x0, y0, x1, y1, union=False):
    """A flag hung flat on a wall: the national flag, or the Youth Union's plain red with a badge."""
    c = "#c8102e"
    cv.grect(x0, y0, x1, y1, [pale(c, 0.08), c, dark(c, 0.14)])
    for i in range(4):
        a = x0 + (x1 - x0) * (i + 0.5) / 4
        cv.soft([(a, y0), (a + 14, y0), (a + 6, y1), (a - 8, y1)], dark(c, 0.6), 6, 0.2)
    x, y, r = (x0 + x1) / 2, (y0 + y1) / 2, min(x1 - x0, y1 - y0) * 0.27
    if union:
        cv.oval(x, y, r * 1.05, r * 1.05, YELLOW)
        cv.oval(x, y, r * 0.92, r * 0.92, "#1f63b0")
        cv.poly(star(x, y - r * 0.2, r * 0.5), YELLOW)
        cv.blob(
            [(x - r * 0.7, y + r * 0.3), (x, y + r * 0.2), (x + r * 0.7, y + r * 0.3), (x, y + r * 0.8)],
            "#ffffff",
            alpha=0.9,
        )
    else:
        cv.poly(star(x, y, r * 1.15), YELLOW)


def screen(cv: Canvas, x0, y0, x1, y1, kind=None):
    """A projector screen or television with charts, map or a plain slide."""
    rng = cv.rng
    kind = kind or rng.choice(("bars", "list", "map"))
    cv.rect(x0 - 8, y0 - 8, x1 + 8, y1 + 8, "#3a3f4a")
    cv.grect(x0, y0, x1, y1, ["#ffffff", "#e9f3fb"], raw=True)
    w, h = x1 - x0, y1 - y0
    cv.rect(x0, y0, x1, y0 + h * 0.17, "#0f5fb8", raw=True)
    cv.rect(x0 + w * 0.06, y0 + h * 0.07, x0 + w * 0.6, y0 + h * 0.11, "#ffffff", raw=True)
    if kind == "bars":
        for i in range(6):
            a, hh = x0 + w * (0.1 + i * 0.14), h * rng.uniform(0.15, 0.6)
            cv.grect(
                a,
                y1 - h * 0.1 - hh,
                a + w * 0.09,
                y1 - h * 0.1,
                [("#0f6fd0", "#ffb400", "#2fae8f")[i % 3]] * 2,
                raw=True,
            )
    elif kind == "list":
        for i in range(5):
            yy = y0 + h * (0.28 + i * 0.13)
            cv.oval(x0 + w * 0.1, yy, w * 0.016, w * 0.016, "#ffb400", raw=True)
            cv.rect(x0 + w * 0.15, yy - h * 0.018, x0 + w * rng.uniform(0.6, 0.92), yy + h * 0.018, "#7f95ad", raw=True)
    else:
        cv.blob(
            [
                (x0 + w * u, y0 + h * v)
                for u, v in (
                    (0.2, 0.35),
                    (0.45, 0.28),
                    (0.75, 0.38),
                    (0.84, 0.6),
                    (0.6, 0.78),
                    (0.4, 0.85),
                    (0.24, 0.62),
                )
            ],
            "#7fc6a0",
            raw=True,
        )
        for _ in range(6):
            cv.oval(
                x0 + w * rng.uniform(0.3, 0.75),
                y0 + h * rng.uniform(0.4, 0.75),
                w * 0.016,
                w * 0.016,
                "#e4473d",
                raw=True,
            )
    cv.glow((x0 + x1) / 2, (y0 + y1) / 2, w * 0.9, "#dcecff", 0.2)


def shade_ceiling(cv: Canvas, y=120, a=0.3):
    """Darken the room upwards."""
    cv.veil(0, y, rgb("#1c2340"), a, 0)
