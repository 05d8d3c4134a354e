"""Things: what figures hold, flags and bunting, boats, bicycles, banners."""

from __future__ import annotations

import math

from canvas import Canvas, smooth
from lettering import fit_lines, font
from light import dark, mix, pale

RED, YELLOW, BLUE = "#d3222f", "#ffd200", "#0f63bb"


def star(x, y, r, turn=-90, inner=0.4):
    """The points of a five-pointed star."""
    return [
        (
            x + (r if i % 2 == 0 else r * inner) * math.cos(math.radians(turn + i * 36)),
            y + (r if i % 2 == 0 else r * inner) * math.sin(math.radians(turn + i * 36)),
        )
        for i in range(10)
    ]


def flag(cv: Canvas, x, y, w, colour=RED, wind=1, star_c=YELLOW, droop=0.12):
    """A waving flag whose hoist is at x, top at y."""
    h = w * 0.64
    ph = cv.rng.uniform(0, 6)
    n = 12
    up = [
        (x + wind * w * i / n, y + math.sin(ph + i * 0.55) * h * 0.07 * i / n * 2 + droop * w * (i / n) ** 2)
        for i in range(n + 1)
    ]
    lo = [(px, py + h * (1 - 0.06 * math.sin(ph + i * 0.5))) for i, (px, py) in enumerate(up)]
    cv.gpoly(up + lo[::-1], [pale(colour, 0.08), dark(colour, 0.15)])
    for i in range(1, n, 3):
        cv.poly([up[i], up[min(n, i + 1)], lo[min(n, i + 1)], lo[i]], dark(colour, 0.5), alpha=0.16, clip=True)
    if star_c:
        cx, cy = up[n // 2]
        cv.poly(star(cx, cy + h * 0.5, h * 0.27), star_c, clip=True)


def flagpole(cv: Canvas, x, y, h, w=None, wind=1, colour=RED, star_c=YELLOW):
    """A pole standing at (x, y) with a flag at its head."""
    w = w or h * 0.3
    cv.limb((x, y), (x, y - h), h * 0.010 + 0.8, h * 0.007 + 0.6, "#d8dbe0")
    flag(cv, x, y - h * 0.985, w, colour, wind, star_c)


def bunting(cv: Canvas, x0, y0, x1, y1, sag=40, n=16, size=20, colours=(RED, YELLOW, BLUE, "#ffffff", "#2f9c8f")):
    """A string of small pennants."""
    pts = [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + sag * 4 * t * (1 - t)) for t in [i / n for i in range(n + 1)]]
    cv.line(pts, "#6a6f7d", 1.6)
    for i in range(n):
        (a, b), (c, d) = pts[i], pts[i + 1]
        col = colours[i % len(colours)]
        sw = cv.rng.uniform(-0.2, 0.2) * size
        cv.poly([(a, b), (c, d), ((a + c) / 2 + sw, (b + d) / 2 + size)], col)


def cloth(cv: Canvas, x0, y0, x1, y1, lines, colour="#c81426", ink="#ffe14d", ink2="#ffffff", wood=True):
    """A cloth banner with lines of text (the first line large)."""
    cv.soft(
        [(x0 + 4, y0 + 8), (x1 + 6, y0 + 8), (x1 + 6, y1 + 10), (x0 + 4, y1 + 10)], cv.light.shadow, 8, 0.3, raw=True
    )
    dim = 0.3 if cv.light.name == "night" and not cv.light.indoor else 0.0
    colour, ink, ink2 = dark(colour, dim * 0.7), mix(ink, cv.light.tone(ink), dim), mix(ink2, cv.light.tone(ink2), dim)
    cv.grect(x0, y0, x1, y1, [pale(colour, 0.06), colour, dark(colour, 0.14)], raw=True)
    n = max(3, int((x1 - x0) / 90))
    for i in range(n):  # folds
        a = x0 + (x1 - x0) * (i + 0.5) / n
        cv.soft([(a, y0), (a + 16, y0), (a + 8, y1), (a - 6, y1)], dark(colour, 0.6), 7, 0.16)
    if not lines:
        if wood:
            s = y1 - y0
            cv.poly(star((x0 + x1) / 2, (y0 + y1) / 2 + s * 0.02, s * 0.3), ink, raw=True)
        return
    pad = (x1 - x0) * 0.05
    top, room = y0 + (y1 - y0) * 0.1, (y1 - y0) * 0.8
    weights = [1.0] + [0.62] * (len(lines) - 1)
    total = sum(weights)
    for text, wgt, c in zip(lines, weights, [ink] + [ink2] * 9, strict=False):
        hh = room * wgt / total
        write(cv, text, (x0 + pad, top, x1 - pad, top + hh), c, most=hh * 0.62, raw=True)
        top += hh


def write(cv: Canvas, text, box, colour, most=60.0, bold=True, align="center", raw=False):
    """Set a text in a logical box: as large as fits, wrapped, centred."""
    x0, y0, x1, y1 = box
    k = cv.k
    size, lines, lead = fit_lines(text, (x1 - x0) * k, (y1 - y0) * k, most * k, bold=bold)
    f = font(size, bold=bold)
    total = lead * len(lines)
    y = ((y0 + y1) / 2 - cv.oy) * k - total / 2
    for ln in lines:
        wd = f.getlength(ln)
        x = {"center": ((x0 + x1) / 2 - cv.ox) * k - wd / 2, "left": (x0 - cv.ox) * k}[align]
        cv.d.text((x, y + lead / 2), ln, font=f, fill=cv.col(colour, raw=raw), anchor="lm")
        y += lead


def _grip(t: Canvas, hands, u):
    """The fingers that hold a thing: both when the hands are apart, else the near one's thumb."""
    (ax, _ay), (bx, by) = hands
    if abs(ax - bx) > 0.09 * u:
        for x, y in hands:
            t.oval(x, y, 0.02 * u, 0.02 * u, t.skin)
    else:
        t.oval(bx, by + 0.012 * u, 0.017 * u, 0.013 * u, t.skin)


def held(t: Canvas, item, hands, h, s, ground):
    """Draw the thing `item` at the hands of a figure of height h facing s."""
    (ax, ay), (bx, by) = hands
    mx, my = (ax + bx) / 2, (ay + by) / 2
    u = h
    if item in ("shovel", "hoe", "broom", "rake", "paddle", "pole"):
        dx, dy = (ax - bx), (ay - by)
        d = math.hypot(dx, dy) or 1
        dx, dy = dx / d, dy / d
        if d < 0.05 * u:
            dx, dy = s * 0.5, 0.85
        if item == "pole":
            dx, dy = s * 0.1, -1
        reach = {"shovel": 0.34, "hoe": 0.3, "broom": 0.4, "rake": 0.42, "paddle": 0.4, "pole": 0.5}[item]
        e = (ax + dx * reach * u, ay + dy * reach * u)
        e = (e[0], min(e[1], ground - 0.01 * u))
        b = (bx - dx * 0.2 * u, by - dy * 0.2 * u)
        t.limb(b, e, 0.009 * u, 0.009 * u, "#b98a54")
        if item == "shovel":
            t.blob(
                [
                    (e[0] - dy * 0.04 * u, e[1] + dx * 0.04 * u),
                    (e[0] + dy * 0.04 * u, e[1] - dx * 0.04 * u),
                    (e[0] + dx * 0.1 * u + dy * 0.03 * u, e[1] + dy * 0.1 * u - dx * 0.03 * u),
                    (e[0] + dx * 0.13 * u, e[1] + dy * 0.13 * u),
                    (e[0] + dx * 0.1 * u - dy * 0.03 * u, e[1] + dy * 0.1 * u + dx * 0.03 * u),
                ],
                "#7c8794",
            )
        elif item == "hoe":
            t.poly(
                [
                    (e[0], e[1]),
                    (e[0] + s * 0.03 * u, e[1] - 0.02 * u),
                    (e[0] - s * 0.02 * u, e[1] + 0.1 * u),
                    (e[0] - s * 0.05 * u, e[1] + 0.08 * u),
                ],
                "#7c8794",
            )
        elif item in ("broom", "rake"):
            t.poly(
                [
                    (e[0] - 0.02 * u, e[1] - 0.03 * u),
                    (e[0] + 0.02 * u, e[1] - 0.03 * u),
                    (e[0] + 0.07 * u, ground),
                    (e[0] - 0.07 * u, ground),
                ],
                "#c9a25a" if item == "broom" else "#6f7a86",
            )
        elif item == "paddle":
            t.blob(
                [
                    (e[0] - 0.025 * u, e[1]),
                    (e[0] + 0.025 * u, e[1]),
                    (e[0] + 0.03 * u, e[1] + 0.14 * u),
                    (e[0] - 0.03 * u, e[1] + 0.14 * u),
                ],
                "#a87442",
            )
    elif item in ("box", "gift", "crate", "brick"):
        w, hh = {"box": (0.15, 0.15), "gift": (0.12, 0.1), "crate": (0.16, 0.12), "brick": (0.12, 0.08)}[item]
        c = {
            "box": "#c99a62",
            "gift": t.rng.choice((RED, "#1e6fc0", "#e9574a", "#f0b429")),
            "crate": "#d2674a",
            "brick": "#b9583c",
        }[item]
        x0, x1, y1 = mx - w * u * 0.5, mx + w * u * 0.5, my + 0.03 * u
        if abs(ax - bx) < 0.08 * u:
            x0, x1 = (mx, mx + w * u) if s > 0 else (mx - w * u, mx)
        t.rect(x0, y1 - hh * u, x1, y1, c)
        t.rect(x0, y1 - hh * u, x1, y1 - hh * u * 0.8, pale(c, 0.25))
        if item == "gift":
            cx = (x0 + x1) / 2
            t.rect(cx - 0.011 * u, y1 - hh * u, cx + 0.011 * u, y1, YELLOW)
            t.rect(x0, y1 - hh * u * 0.55, x1, y1 - hh * u * 0.38, YELLOW)
            t.oval(cx - 0.022 * u, y1 - hh * u - 0.012 * u, 0.022 * u, 0.014 * u, YELLOW)
            t.oval(cx + 0.022 * u, y1 - hh * u - 0.012 * u, 0.022 * u, 0.014 * u, YELLOW)
        elif item == "box":
            t.rect((x0 + x1) / 2 - 0.01 * u, y1 - hh * u, (x0 + x1) / 2 + 0.01 * u, y1, "#e3c497")
        elif item == "brick":
            for i in (1, 2, 3):
                t.line([(x0, y1 - hh * u * i / 4), (x1, y1 - hh * u * i / 4)], dark(c, 0.4), 0.005 * u)
        _grip(t, hands, u)
    elif item == "basket":
        t.blob(
            [(mx - 0.1 * u, my), (mx + 0.1 * u, my), (mx + 0.075 * u, my + 0.11 * u), (mx - 0.075 * u, my + 0.11 * u)],
            "#b98a4e",
        )
        for _ in range(9):
            t.oval(
                mx + t.rng.uniform(-0.075, 0.075) * u, my - t.rng.uniform(0, 0.03) * u, 0.026 * u, 0.024 * u, "#d8315f"
            )
    elif item == "sack":
        c = t.rng.choice(("#2f7f6f", "#3e8f4f", "#e8e2d2", "#26639f"))
        t.blob(
            [
                (bx - 0.02 * u, by),
                (bx + 0.03 * u, by),
                (bx + 0.09 * u, by + 0.12 * u),
                (bx + 0.08 * u, by + 0.25 * u),
                (bx - 0.06 * u, by + 0.25 * u),
                (bx - 0.07 * u, by + 0.12 * u),
            ],
            c,
        )
        t.line([(bx, by + 0.03 * u), (bx - 0.02 * u, by + 0.2 * u)], dark(c, 0.3), 0.008 * u, clip=True)
    elif item in ("phone", "tablet", "paper", "book", "certificate", "folder"):
        w, hh, c = {
            "phone": (0.036, 0.066, "#20242e"),
            "tablet": (0.1, 0.13, "#23283a"),
            "paper": (0.09, 0.12, "#fbfbf6"),
            "book": (0.13, 0.09, t.rng.choice(("#d9534a", "#2f78b8", "#e8b23a", "#3f8f74"))),
            "certificate": (0.17, 0.12, "#fff3cf"),
            "folder": (0.1, 0.13, "#2f78b8"),
        }[item]
        x, y = (bx, by) if item == "phone" else (mx, my)
        t.rrect(x - w * u / 2, y - hh * u * 0.8, x + w * u / 2, y + hh * u * 0.2, 0.008 * u, c)
        if item in ("phone", "tablet"):
            t.rrect(
                x - w * u * 0.4, y - hh * u * 0.72, x + w * u * 0.4, y + hh * u * 0.12, 0.004 * u, "#9fd4ff", raw=True
            )
        elif item == "certificate":
            t.rect(x - w * u / 2, y - hh * u * 0.8, x + w * u / 2, y - hh * u * 0.72, RED)
            t.rect(x - w * u / 2, y + hh * u * 0.12, x + w * u / 2, y + hh * u * 0.2, RED)
            t.poly(star(x, y - hh * u * 0.42, 0.026 * u), RED)
        elif item == "book":
            t.line([(x, y - hh * u * 0.8), (x, y + hh * u * 0.2)], "#ffffff", 0.006 * u)
        _grip(t, hands, u)
    elif item == "flag":
        t.limb((bx, by + 0.05 * u), (bx, by - 0.25 * u), 0.006 * u, 0.006 * u, "#e8d9b0")
        flag(t, bx, by - 0.25 * u, 0.2 * u, RED, s)
    elif item == "bigflag":
        t.limb((mx, my + 0.2 * u), (mx + s * 0.05 * u, my - 0.62 * u), 0.009 * u, 0.008 * u, "#e8d9b0")
        flag(t, mx + s * 0.05 * u, my - 0.62 * u, 0.46 * u, RED, s)
    elif item == "teamflag":
        t.limb((mx, my + 0.2 * u), (mx + s * 0.05 * u, my - 0.6 * u), 0.009 * u, 0.008 * u, "#e8d9b0")
        flag(t, mx + s * 0.05 * u, my - 0.6 * u, 0.4 * u, BLUE, s)
    elif item == "sapling":
        for dx, r in ((-0.03, 0.05), (0.035, 0.055), (0, 0.07)):
            t.blob(
                [
                    (mx + dx * u, my),
                    (mx + (dx * 2.4 - r * 0.6) * u, my - 0.13 * u),
                    (mx + dx * 2.2 * u, my - 0.22 * u),
                    (mx + (dx * 2.4 + r * 0.6) * u, my - 0.13 * u),
                ],
                t.rng.choice(("#4f9a3f", "#6db14a", "#3f8a4a")),
            )
        t.poly(
            [
                (mx - 0.035 * u, my),
                (mx + 0.035 * u, my),
                (mx + 0.026 * u, my + 0.08 * u),
                (mx - 0.026 * u, my + 0.08 * u),
            ],
            "#3a3a40",
        )
    elif item == "candle":
        t.rect(mx - 0.007 * u, my - 0.08 * u, mx + 0.007 * u, my, "#fff3d0", raw=True)
        t.blob(
            [
                (mx - 0.009 * u, my - 0.085 * u),
                (mx, my - 0.125 * u),
                (mx + 0.009 * u, my - 0.085 * u),
                (mx, my - 0.075 * u),
            ],
            "#ffcf5a",
            raw=True,
        )
    elif item == "lantern":
        c = t.rng.choice(("#ff5a4a", "#ffcb3a", "#ff8a3a", "#6fd07a", "#ff6fa0"))
        x, y = bx + s * 0.12 * u, by + 0.02 * u
        t.limb((bx, by), (x, y - 0.08 * u), 0.006 * u, 0.005 * u, "#c9a25a")
        t.line([(x, y - 0.08 * u), (x, y - 0.02 * u)], "#c9a25a", 0.004 * u)
        t.oval(x, y + 0.07 * u, 0.1 * u, 0.1 * u, mix(c, "#fff1b0", 0.2), alpha=0.45, raw=True)
        t.poly(star(x, y + 0.07 * u, 0.1 * u, inner=0.46), c, raw=True)
        t.poly(star(x, y + 0.07 * u, 0.055 * u, inner=0.46), "#fff3b8", raw=True)
    elif item == "mic":
        t.limb((bx, by + 0.05 * u), (bx, by - 0.035 * u), 0.009 * u, 0.012 * u, "#23262f")
        t.oval(bx, by - 0.045 * u, 0.018 * u, 0.018 * u, "#5a6070")
    elif item == "camera":
        t.rrect(
            bx - 0.02 * u, by - 0.07 * u, bx + s * 0.1 * u + 0.02 * u, by + 0.02 * u, 0.01 * u, "#24262e"
        ) if s > 0 else t.rrect(bx - 0.12 * u, by - 0.07 * u, bx + 0.02 * u, by + 0.02 * u, 0.01 * u, "#24262e")
        t.oval(bx + s * 0.12 * u, by - 0.025 * u, 0.03 * u, 0.035 * u, "#3a3f4d")
    elif item == "flowers":
        t.poly(
            [
                (mx - 0.03 * u, my + 0.04 * u),
                (mx + 0.03 * u, my + 0.04 * u),
                (mx + 0.08 * u, my - 0.08 * u),
                (mx - 0.08 * u, my - 0.08 * u),
            ],
            "#f3e6f0",
        )
        for _ in range(9):
            t.oval(
                mx + t.rng.uniform(-0.075, 0.075) * u,
                my - t.rng.uniform(0.06, 0.13) * u,
                0.026 * u,
                0.024 * u,
                t.rng.choice(("#ff7f9f", "#ffd23c", "#ffffff", "#e4473d")),
            )
    elif item == "bucket":
        t.poly(
            [
                (bx - 0.05 * u, by + 0.04 * u),
                (bx + 0.05 * u, by + 0.04 * u),
                (bx + 0.04 * u, by + 0.15 * u),
                (bx - 0.04 * u, by + 0.15 * u),
            ],
            "#e2863a",
        )
        t.line(smooth([(bx - 0.05 * u, by + 0.04 * u), (bx, by), (bx + 0.05 * u, by + 0.04 * u)]), "#7c8794", 0.006 * u)
    elif item == "guitar":
        t.limb((ax, ay), (bx, by), 0.012 * u, 0.012 * u, "#6b432a")
        t.oval(bx - s * 0.02 * u, by + 0.03 * u, 0.075 * u, 0.06 * u, "#c47a35")
        t.oval(bx + s * 0.05 * u, by - 0.0 * u, 0.055 * u, 0.05 * u, "#c47a35")
        t.oval(bx + s * 0.01 * u, by + 0.015 * u, 0.022 * u, 0.022 * u, "#3a241a")
    elif item == "drum":
        x = mx + s * 0.1 * u
        t.rect(x - 0.09 * u, my + 0.02 * u, x + 0.09 * u, my + 0.17 * u, RED)
        t.oval(x, my + 0.02 * u, 0.09 * u, 0.028 * u, "#f6ead0")
        t.line([(x - 0.09 * u, my + 0.1 * u), (x + 0.09 * u, my + 0.1 * u)], YELLOW, 0.01 * u)
    elif item == "fan":
        t.gpoly(
            [(bx, by)]
            + [(bx + 0.13 * u * math.cos(a / 10), by - 0.13 * u * math.sin(a / 10)) for a in range(2, 30, 3)],
            ["#ff9fb4", "#e0315a"],
        )
