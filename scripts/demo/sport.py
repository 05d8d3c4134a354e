"""Scenes of sport: football, the run, the swimming lesson."""

from __future__ import annotations

import math

import numpy as np
from backdrops import backdrop
from built import road
from light import dark, pale
from nature import foreground, heap_clouds, palm, ridge, sea, sky, tree
from people import person, row, wear, with_
from registry import scene
from things import bunting, cloth


@scene("football")
def football(cv, spec):
    """A football match on a commune's pitch."""
    rng = cv.rng
    yh = rng.uniform(380, 450)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh)
    ridge(cv, yh - 10, 130, "#5f8aa4", 0.58, base=yh + 6, shift=0.3)
    cv.depth = 0.25
    for _ in range(18):
        tree(cv, rng.uniform(-20, cv.W + 20), yh + 12, rng.uniform(70, 140), cast=False)
    cv.depth = 0
    g = rng.choice((("#86bf52", "#4f9a3f"), ("#9abf58", "#689f42"), ("#7ab55a", "#458c45")))
    cv.grect(0, yh + 8, cv.W, cv.H, [pale(g[0], 0.15), g[0], g[1]])
    vx = cv.W * rng.uniform(0.4, 0.6)
    for i in range(-8, 9, 2):
        cv.poly(
            [(vx + i * 110, yh + 8), (vx + (i + 1) * 110, yh + 8), (vx + (i + 1) * 330, cv.H), (vx + i * 330, cv.H)],
            g[1],
            alpha=0.28,
        )
    cv.mottle(yh + 8, cv.H, dark(g[1], 0.3), 12, 0.16)
    bunting(cv, -20, yh - 130, cv.W + 20, yh - 120, 40, 34, 22)
    row(
        cv,
        26,
        20,
        cv.W - 20,
        yh + 30,
        92,
        ("casual", "pupil", "volunteer", "elder"),
        ("stand", "cheer", "clap", "wave", "fist"),
        bare=True,
        jitter=0.8,
    )
    cv.line([(0, yh + 46), (cv.W, yh + 46)], "#ffffff", 3, alpha=0.9)
    cv.line([(cv.W * 0.1, cv.H), (cv.W * 0.3, yh + 46)], "#ffffff", 5, alpha=0.8)
    side = rng.choice((-1, 1))
    gx, gy, gw, gh = cv.W * (0.5 + side * 0.3), yh + 120, 280, 130
    for i in range(15):
        cv.line(
            [(gx - gw / 2 + gw * i / 14, gy - gh), (gx - gw / 2 + gw * i / 14 + 10, gy - 8)], "#ffffff", 1.3, alpha=0.5
        )
    for i in range(8):
        cv.line([(gx - gw / 2, gy - gh + gh * i / 7), (gx + gw / 2, gy - gh + gh * i / 7)], "#ffffff", 1.3, alpha=0.5)
    cv.line([(gx - gw / 2, gy), (gx - gw / 2, gy - gh), (gx + gw / 2, gy - gh), (gx + gw / 2, gy)], "#ffffff", 7)
    person(cv, gx + 20, gy + 12, 165, "cheer", with_(wear("player", rng), shirt="#2fae5f"))
    n = max(4, (spec.people or 8) - 3)
    for i in range(n):
        y = rng.uniform(yh + 180, 720)
        person(
            cv,
            cv.W * (i + 0.5) / n + rng.uniform(-60, 60),
            y,
            120 + (y - yh) * 0.42,
            rng.choice(("run", "run2", "run", "walk")),
            wear(rng.choice(("player", "rival")), rng),
            flip=rng.random() < 0.5,
        )
    bx = cv.W * (0.5 - side * rng.uniform(0.02, 0.16))
    f = side < 0
    person(
        cv,
        bx - side * 150,
        900,
        410,
        rng.choice(("run", "run2")),
        wear("rival", rng),
        flip=not f if rng.random() < 0.4 else f,
    )
    person(cv, bx, 915, 430, "kick", wear("player", rng), flip=f)
    x, y = bx + side * 190, 868
    cv.soft_oval(x, 914, 36, 8, cv.light.shadow, 5, 0.5, raw=True)
    cv.oval(x, y, 32, 32, "#fbfbfb")
    cv.oval(x + side * 4, y + 5, 28, 27, "#d8dde6", alpha=0.5)
    for a in range(5):
        u, v = x + 21 * math.cos(a * 1.257 + 0.4), y + 21 * math.sin(a * 1.257 + 0.4)
        cv.oval(u, v, 7, 7, "#23262f")
    cv.oval(x, y, 9, 9, "#23262f")


@scene("running")
def running(cv, spec):
    """A run along the shore: start arch, runners in blue."""
    rng = cv.rng
    yh = rng.uniform(380, 440)
    sky(cv, yh, rng.uniform(0.4, 0.9))
    heap_clouds(cv, yh)
    ridge(cv, yh - 6, 80, "#5b8794", 0.58, base=yh + 4, shift=0.1)
    sea(cv, yh)
    side = rng.choice((-1, 1))
    cv.gpoly([(0, yh + 90), (cv.W, yh + 60), (cv.W, cv.H), (0, cv.H)], ["#f0dcae", "#d8ba82"])
    at = road(cv, yh + 10, cv.W * (0.5 + side * 0.12), 40, 780, ("#8f9098", "#70727c"), cv.W * 0.5)
    for i in range(9):
        t0, t1 = (i / 9) ** 2, ((i + 0.5) / 9) ** 2
        a, b, c, d = at(-0.012, t0), at(0.012, t0), at(0.012, t1), at(-0.012, t1)
        cv.poly([a, b, c, d], "#f6f2e4")
    for t in (0.05, 0.1, 0.18, 0.3):
        for s in (-1, 1):
            x, y = at(s * 1.25, t)
            palm(cv, x, y, 120 + 900 * t, cast=True) if rng.random() < 0.8 else tree(cv, x, y, 90 + 600 * t)
    (xl, yl), (xr, _) = at(-1.1, 0.12), at(1.1, 0.12)
    top = yl - 215
    for x in (xl, xr):
        cv.gpoly([(x - 20, yl), (x + 20, yl), (x + 20, top), (x - 20, top)], ["#1f6fc8", "#0f4f9f"])
    cloth(cv, xl - 20, top - 70, xr + 20, top + 10, list(spec.text) or ["XUẤT PHÁT"], "#0f5fb8", "#ffd200")
    n = spec.people or rng.randint(14, 18)
    ts = sorted(0.12 + 0.66 * (i / n) ** 1.15 + rng.uniform(-0.01, 0.01) for i in range(n))
    for i, t in enumerate(ts):
        x, y = at(((i * 0.618) % 1) * 1.5 - 0.75, t)
        person(cv, x, y, 90 + 430 * t, rng.choice(("run", "run2")), wear("runner", rng), flip=side > 0)


@scene("swimming_lesson")
def swimming_lesson(cv, spec):
    """Children learn to swim: a pool with lanes, floats, instructors."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("village", "park", "school"), rng.uniform(300, 360))
    cv.grect(0, y + 20, cv.W, y + 150, ["#e9e2d2", "#d3c9b5"])
    bunting(cv, -20, 150, cv.W + 20, 130, 70, 30, 28)
    n = spec.people or rng.randint(8, 12)
    row(
        cv,
        max(4, n // 2),
        120,
        cv.W - 120,
        y + 118,
        225,
        ("volunteer", "child", "child"),
        ("stand", "hips", "wave", "point", "clap"),
        view=None,
        jitter=0.8,
    )
    y0 = y + 140
    cv.rect(0, y0 - 6, cv.W, y0 + 14, "#fbf7ec")
    c = rng.choice((("#6fd3e0", "#1f9fc4"), ("#7adcd8", "#1b9aae"), ("#86cdf0", "#2a86c8")))
    cv.grect(0, y0 + 14, cv.W, cv.H, [pale(c[0], 0.2), c[0], c[1]])
    cv.mirror(y0 + 14, 170, 0.3, 1.6)
    vx = cv.W / 2
    for i in range(-4, 5):
        for k in range(30):
            t = (k / 30) ** 1.6
            yy = y0 + 20 + t * (cv.H - y0)
            x = vx + i * (150 + 190 * t) + 60
            cv.oval(x, yy, 5 + 9 * t, 3 + 6 * t, "#f4f4f4" if (k // 2) % 2 else "#e4473d")
    for _ in range(240):
        t = rng.random()
        cv.oval(
            rng.uniform(0, cv.W),
            y0 + 20 + t * (cv.H - y0),
            rng.uniform(10, 34) * (0.4 + t),
            1.2 + 2.2 * t,
            "#ffffff",
            alpha=rng.uniform(0.12, 0.45),
        )
    for i in range(n):
        t = (i * 0.618) % 1
        yy = y0 + 70 + t * 300
        h = 210 + 190 * t
        x = cv.W * (i + 0.5) / n + rng.uniform(-30, 30)
        teacher = i % 4 == 1
        lk = with_(wear("volunteer" if teacher else "child", rng), hat=None)
        if not teacher:
            lk = with_(lk, hat="cap", hat_c=rng.choice(("#ffd23c", "#e4473d", "#2f78d0", "#f4f4f4")), hair="crop")
        up = 0.42 if teacher else 0.30
        tile = cv.tile(x - h, yy - h, x + h, yy)
        person(
            tile,
            x,
            yy + h * (1 - up) * (0.95 if teacher else 0.74),
            h * (1 if teacher else 0.74),
            "show" if teacher else rng.choice(("cheer", "hold", "arms", "wave")),
            lk,
            "front",
            cast=0,
        )
        cv.im.paste(tile.im, (round(tile.ox * cv.k), round(tile.oy * cv.k)), tile.mask)
        for r in (1.0, 0.62):
            cv.oval(x, yy, h * 0.26 * r, h * 0.045 * r, "#ffffff", alpha=0.4)
        cv.oval(x, yy + h * 0.012, h * 0.18, h * 0.03, c[1], alpha=0.7)
        if not teacher and rng.random() < 0.7:  # ring or board
            col = rng.choice(("#ff7a3c", "#ffcf3a", "#f0588a"))
            cv.line(
                [
                    (x + h * 0.2 * math.cos(a), yy - 4 + h * 0.05 * math.sin(a))
                    for a in np.linspace(-0.1, math.pi + 0.1, 14)
                ],
                col,
                h * 0.05,
            )
    foreground(cv, "#3f7f50", 50) if rng.random() < 0.4 else None
