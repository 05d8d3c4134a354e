"""Scenes of learning: training, class, computers, library."""

from __future__ import annotations

import math

from built import lamps
from canvas import smooth
from light import dark, pale
from people import person, wear, with_
from registry import scene
from rooms import (
    at_table,
    audience,
    ceiling_lamps,
    chair_back,
    fan,
    on_table,
    room,
    screen,
)
from things import cloth, star


@scene("workshop", indoor=True)
def workshop(cv, spec):
    """Training in groups: a trainer, a screen, tables of young people with papers."""
    rng = cv.rng
    fy = rng.uniform(470, 520)
    side = -cv.light.side
    room(cv, fy, windows=rng.choice((1, 2, 2)), side=side)
    sx = cv.W * 0.5 - side * rng.uniform(120, 260)
    if spec.text and rng.random() < 0.85:
        cloth(cv, sx - 330, 70, sx + 330, 190, list(spec.text), "#0f5fb8" if rng.random() < 0.5 else "#c81426")
        screen(cv, sx - 170, 214, sx + 170, 396)
    else:
        screen(cv, sx - 230, 110, sx + 230, 376)
    person(
        cv,
        sx - side * 330 if 120 < sx - side * 330 < cv.W - 120 else sx + side * 330,
        fy + 60,
        320,
        rng.choice(("point", "show", "mic", "up")),
        with_(wear(rng.choice(("official", "volunteer")), rng), hat=None),
        item=rng.choice((None, "mic", "paper")),
        flip=side > 0,
        cast=0,
    )
    fan(cv, cv.W * 0.5, 54)
    n = spec.people or rng.randint(9, 13)
    left, helper = n, rng.randrange(2)
    for r, (y, h, m) in enumerate(((fy + 130, 270, 2), (fy + 300, 370, 2))):
        off = rng.uniform(-60, 60)
        for k in range(m):
            cx = cv.W * (k + 0.5) / m + off
            q = max(2, min(4, math.ceil(left / (2 * m - r * m - k)) - 1 + (r == 0)))
            left -= q
            xs = [cx + (i - (q - 1) / 2) * h * 0.42 for i in range(q)]
            at_table(
                cv,
                xs,
                y,
                h,
                ("volunteer", "volunteer", "student", "official"),
                ("write_front", "sit_front", "sit_front", "raise_front"),
            )
            tw = h * 0.42 * q / 2 + h * 0.12
            cv.gpoly(
                [
                    (cx - tw, y - h * 0.33),
                    (cx + tw, y - h * 0.33),
                    (cx + tw * 1.08, y - h * 0.2),
                    (cx - tw * 1.08, y - h * 0.2),
                ],
                ["#f4ead6", "#d9c4a0"],
            )
            cv.grect(cx - tw * 1.08, y - h * 0.2, cx + tw * 1.08, y - h * 0.16, ["#b98f62", "#946c44"])
            for s in (-1, 1):
                cv.rect(cx + s * tw - 6, y - h * 0.16, cx + s * tw + 6, y + 20, "#6b7078")
            on_table(cv, xs, y - h * 0.22, h * 0.15)
            for _ in range(4):
                a = cx + rng.uniform(-0.7, 0.7) * tw
                cv.rect(
                    a,
                    y - h * 0.27,
                    a + h * 0.07,
                    y - h * 0.245,
                    rng.choice(("#ffcf3a", "#ff8fb0", "#7fd0e0", "#a8e07a")),
                )
            if r == 1 and k == helper:
                person(cv, cx + tw * 1.2, y + 40, h * 1.06, "stoop", with_(wear("volunteer", rng), hat=None), flip=True)
    if rng.random() < 0.6:
        audience(cv, 1080, 1080, 450, 450, 1, ("volunteer", "student"), "#3a5f8f")


def _desk_rows(cv, fy, roles, rows, item=None, raise_=0.25, from_back=True):
    rng = cv.rng
    for r in range(rows):
        t = r / max(1, rows - 1)
        y, h = fy + 110 + (cv.H - fy + 10) * t**1.15, 230 + 190 * t
        m = max(3, int(5 - 1.4 * t))
        for i in range(m):
            cx = cv.W * (i + 0.5) / m + rng.uniform(-8, 8)
            dw = h * 0.44
            cv.grect(cx - dw, y - h * 0.5, cx + dw, y - h * 0.42, ["#e9c48f", "#c4925a"])
            for s in (-1, 1):
                cv.rect(cx + s * dw * 0.9 - 5, y - h * 0.42, cx + s * dw * 0.9 + 5, y, "#5b6f8f")
            if item == "computer":
                cv.rrect(cx - h * 0.2, y - h * 0.8, cx + h * 0.2, y - h * 0.53, 6, "#2a2e38")
                cv.rect(
                    cx - h * 0.18,
                    y - h * 0.78,
                    cx + h * 0.18,
                    y - h * 0.56,
                    rng.choice(("#9fd0ff", "#bfe8d8", "#d0dcff", "#ffe3b0")),
                    raw=True,
                )
                for k in range(4):
                    cv.rect(
                        cx - h * 0.15,
                        y - h * (0.75 - k * 0.045),
                        cx + h * rng.uniform(-0.05, 0.14),
                        y - h * (0.735 - k * 0.045),
                        rng.choice(("#2f6fc0", "#e8663f", "#2f9f7f")),
                        raw=True,
                    )
                cv.rect(cx - h * 0.02, y - h * 0.54, cx + h * 0.02, y - h * 0.49, "#3a3f4a")
                cv.glow(cx, y - h * 0.67, h * 0.34, "#cfe6ff", 0.25)
            for s in (-0.5, 0.5) if item is None else (-0.42, 0.42) if rng.random() < 0.5 else (0,):
                lk = with_(wear(rng.choice(roles), rng), hat=None)
                hh = h * (0.94 if lk.child else 1.05)
                up = rng.random() < raise_
                person(cv, cx + s * dw, y + h * 0.1, hh, "raise_front" if up else "write_front", lk, "back", cast=0)
                chair_back(
                    cv,
                    cx + s * dw,
                    y + h * 0.1 - hh * 0.15,
                    hh * 0.26,
                    hh * 0.2,
                    rng.choice(("#c98f52", "#2f78c4")) if item else "#c08a50",
                )


@scene("classroom", indoor=True)
def classroom(cv, spec):
    """A class: the board, a young teacher, raised hands."""
    rng = cv.rng
    fy = rng.uniform(450, 500)
    side = -cv.light.side
    room(cv, fy, windows=1 if spec.text else rng.choice((1, 2)), side=side)
    cx = cv.W * 0.5 - side * rng.uniform(90, 200)
    bw = 370
    cv.rect(cx - bw - 12, 100, cx + bw + 12, 352, "#a87a4c")
    cv.grect(cx - bw, 112, cx + bw, 340, ["#2f6b54", "#255a47"])
    if spec.text:
        from things import write

        for i, tx in enumerate(spec.text[:2]):
            write(
                cv,
                tx,
                (cx - bw + 30, 124 + i * 110, cx + bw - 30, 224 + i * 90),
                "#f4f6ea" if i == 0 else "#ffe9a0",
                50 - 12 * i,
            )
    else:
        for k in range(4):
            y = 150 + k * 44
            x = cx - bw + 40
            while x < cx + bw * rng.uniform(0.2, 0.9):
                w = rng.uniform(16, 60)
                cv.line(
                    smooth([(x, y), (x + w * 0.3, y - 9), (x + w * 0.6, y + 5), (x + w, y - 2)], steps=4),
                    "#eef3e6",
                    3,
                    alpha=0.8,
                )
                x += w + 16
    cv.rect(cx - bw, 344, cx + bw, 352, "#c9995f")
    cv.rect(cx - 34, 52, cx + 34, 92, "#c8102e")
    cv.poly(star(cx, 72, 14), "#ffd200")
    person(
        cv,
        cx - side * rng.uniform(150, 280),
        fy + 50,
        330,
        rng.choice(("point", "up", "show", "read")),
        with_(wear(rng.choice(("volunteer", "aodai", "volunteer")), rng), hat=None),
        item=rng.choice((None, "book")),
        flip=side > 0,
        cast=0,
    )
    fan(cv, cv.W * 0.3, 50), fan(cv, cv.W * 0.7, 50)
    _desk_rows(cv, fy, ("pupil",) if rng.random() < 0.75 else ("pupil", "student"), 3)


@scene("computer_room", indoor=True)
def computer_room(cv, spec):
    """Learning with computers: screens aglow, a volunteer helping."""
    rng = cv.rng
    fy = rng.uniform(430, 480)
    side = -cv.light.side
    room(cv, fy, windows=rng.choice((1, 2)), side=side)
    cx = cv.W * 0.5 - side * rng.uniform(140, 240)
    screen(cv, cx - 240, 100, cx + 240, 350)
    if spec.text:
        cloth(cv, cx - 330, 22, cx + 330, 88, list(spec.text[:1]), "#0f5fb8")
    person(
        cv,
        cx - side * 320,
        fy + 50,
        320,
        rng.choice(("point", "show", "mic")),
        with_(wear("volunteer", rng), hat=None),
        flip=side > 0,
        cast=0,
    )
    _desk_rows(
        cv,
        fy,
        ("pupil", "student", "volunteer") if rng.random() < 0.6 else ("student", "volunteer", "casual"),
        3,
        "computer",
        0.04,
    )
    x = cv.W * rng.choice((0.17, 0.5, 0.83))
    person(cv, x + 90, 960, 430, "stoop", with_(wear("volunteer", rng), hat=None), flip=rng.random() < 0.5, cast=0)
    ceiling_lamps(cv, 30, 4)


@scene("library", indoor=True)
def library(cv, spec):
    """A library: shelves, a long table, readers by the window."""
    rng = cv.rng
    fy = rng.uniform(560, 610)
    side = -cv.light.side
    room(cv, fy, (("#f4ead6", "#e0cba6")), FLOOR_WOOD, windows=1, side=side, tiles=False, dado=False)
    x = 330.0 if side < 0 else 30.0
    end = cv.W - 30 if side < 0 else cv.W - 330
    while x < end - 150:
        w = min(rng.uniform(190, 270), end - x)
        cv.grect(x, 110, x + w, fy + 6, ["#9a6b42", "#7a5030"])
        for s in range(5):
            y0, y1 = 124 + s * (fy - 130) / 5, 124 + (s + 1) * (fy - 130) / 5 - 14
            cv.grect(x + 10, y0, x + w - 10, y1, ["#4a3020", "#5f4029"])
            a = x + 14
            while a < x + w - 26:
                bw, bh = rng.uniform(9, 22), (y1 - y0) * rng.uniform(0.68, 0.95)
                if rng.random() < 0.9:
                    c = rng.choice(
                        (
                            "#c9473a",
                            "#2f6fb4",
                            "#e0a83a",
                            "#3f8f74",
                            "#efe2c8",
                            "#7a4f8f",
                            "#d98a5f",
                            "#4f6f8f",
                            "#b03a5a",
                        )
                    )
                    cv.rect(a, y1 - bh, a + bw, y1, c)
                    cv.rect(a, y1 - bh * 0.82, a + bw, y1 - bh * 0.74, pale(c, 0.5), alpha=0.8)
                    cv.rect(a + bw * 0.72, y1 - bh, a + bw, y1, dark(c, 0.4), alpha=0.35)
                a += bw + 1.5
            cv.rect(x + 6, y1, x + w - 6, y1 + 10, "#b5834f")
        x += w + 14
    if spec.text:
        cloth(cv, cv.W / 2 - 300, 24, cv.W / 2 + 300, 96, list(spec.text[:1]), "#0f5fb8")
    for _ in range(rng.randint(2, 3)):
        person(
            cv,
            rng.uniform(380, cv.W - 380),
            fy + rng.uniform(30, 60),
            330,
            rng.choice(("reach", "read", "reach")),
            with_(wear(rng.choice(("student", "volunteer", "pupil")), rng), hat=None),
            item="book",
            flip=rng.random() < 0.5,
            cast=0,
        )
    n = spec.people or rng.randint(5, 7)
    xs = [cv.W * (i + 0.5) / n + rng.uniform(-20, 20) for i in range(n)]
    for x in xs:
        lk = with_(wear(rng.choice(("pupil", "student", "child", "volunteer", "pupil")), rng), hat=None)
        person(
            cv,
            x,
            880 if not lk.child else 876,
            400 if not lk.child else 356,
            rng.choice(("write_front", "sit_front", "write_front")),
            lk,
            cast=0,
            item=rng.choice(("book", "book", None)),
        )
    cv.gpoly([(-20, 750), (cv.W + 20, 750), (cv.W + 60, 850), (-60, 850)], ["#e9c794", "#cc9a62"])
    cv.grect(-20, 850, cv.W + 20, 886, ["#a8744a", "#7f5636"])
    cv.grect(-20, 886, cv.W + 20, cv.H, ["#5b4030", "#7a5a42"])
    for x in xs:
        a = x + rng.uniform(-26, 26)
        c = rng.choice(("#c9473a", "#2f6fb4", "#e0a83a", "#3f8f74"))
        cv.poly([(a - 56, 796), (a, 806), (a + 56, 796), (a + 62, 820), (a, 830), (a - 62, 820)], c)
        cv.poly([(a - 54, 792), (a, 802), (a, 824), (a - 60, 815)], "#fffdf6")
        cv.poly([(a + 54, 792), (a, 802), (a, 824), (a + 60, 815)], "#f3eee0")
    for _ in range(5):
        a, b = rng.uniform(30, cv.W - 90), 842.0
        for k in range(rng.randint(2, 4)):
            cv.rrect(
                a + k * 3,
                b - 16 - k * 15,
                a + 84 - k * 2,
                b - k * 15,
                3,
                rng.choice(("#c9473a", "#2f6fb4", "#e0a83a", "#3f8f74", "#7a4f8f")),
            )
    lamps(cv, [(cv.W * 0.33, 70), (cv.W * 0.66, 70)], 50, "#ffe2a0", 0.5)


FLOOR_WOOD = ("#c99f6c", "#a0774c")
