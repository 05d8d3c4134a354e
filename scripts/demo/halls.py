"""Scenes of meetings, the congress hall and the stage."""

from __future__ import annotations

import math

from canvas import smooth
from light import dark, mix
from people import person, wear, with_
from registry import scene
from rooms import (
    at_table,
    audience,
    big_flag,
    ceiling_lamps,
    fan,
    flowers,
    on_table,
    plant,
    room,
    shade_ceiling,
    table,
)
from things import cloth, star


@scene("meeting", indoor=True)
def meeting(cv, spec):
    """A branch meeting: the chair's table below the cloth, members in rows; or a round of tables."""
    rng = cv.rng
    fy = rng.uniform(500, 560)
    boxes = room(cv, fy, windows=rng.choice((1, 2)), side=-cv.light.side)
    fan(cv, cv.W * rng.uniform(0.3, 0.7), 60)
    cx = cv.W * 0.5 - (boxes[0][0] + boxes[0][2] - cv.W) * 0.12
    w = rng.uniform(330, 380)
    big_flag(cv, cx - w - 20, 150, cx - w + 150, 262)
    cloth(cv, cx - w + 180 if spec.text else cx - w + 190, 110, cx + w + 40, 300, list(spec.text))
    plant(cv, cx - w - 30, fy + 20, 200)
    style = rng.choice(("rows", "rows", "round"))
    if style == "rows":
        m = rng.randint(3, 5)
        xs = [cx + (i - (m - 1) / 2) * 140 for i in range(m)]
        speaker = rng.randrange(m)
        for i, x in enumerate(xs):
            if i == speaker:
                person(
                    cv,
                    x,
                    fy + 70,
                    330,
                    rng.choice(("read", "show", "mic")),
                    with_(wear("official", rng), hat=None),
                    item=rng.choice(("paper", None)),
                    cast=0,
                )
            else:
                at_table(cv, [x], fy + 90, 310, ("official", "volunteer"))
        table(cv, xs[0] - 100, xs[-1] + 100, fy + 110, 146, rng.choice(("#2f6fb4", "#3f8f74", "#2f5f9f", "#b5473f")))
        on_table(cv, xs, fy - 46, 50)
        flowers(cv, cx + 66, fy - 46, 46)
        n = spec.people or 0
        audience(
            cv,
            800,
            1050,
            330,
            440,
            2 if n < 18 else 3,
            ("volunteer", "volunteer", "official", "student"),
            rng.choice(("#2f78c4", "#b5473f", "#3f8f8a", "#c9853f")),
            (cx, rng.choice((0, 60))),
            0.05,
        )
    else:
        n = spec.people or rng.randint(7, 10)
        m = max(3, n // 2)
        xs = [cv.W / 2 + (i - (m - 1) / 2) * (940 / m) for i in range(m)]
        at_table(
            cv, xs, fy + 150, 350, ("volunteer", "volunteer", "official"), ("write_front", "sit_front", "raise_front")
        )
        cv.gpoly(
            [
                (cv.W / 2 - 560, fy + 30),
                (cv.W / 2 + 560, fy + 30),
                (cv.W / 2 + 720, fy + 190),
                (cv.W / 2 - 720, fy + 190),
            ],
            ["#e6c79a", "#c99b66"],
        )
        cv.grect(cv.W / 2 - 720, fy + 190, cv.W / 2 + 720, fy + 220, ["#a8764a", "#7f5636"])
        on_table(cv, xs, fy + 80, 56)
        on_table(cv, [x + 40 for x in xs], fy + 150, 66)
        flowers(cv, cv.W / 2, fy + 110, 60)
        audience(cv, 1010, 1010, 430, 430, 1, ("volunteer", "official"), "#3a4f7d")
    if rng.random() < 0.6:
        ceiling_lamps(cv, 34, 3)


@scene("congress", indoor=True)
def congress(cv, spec):
    """A congress in the great hall: the platform, the presidium, delegates in blue."""
    rng = cv.rng
    fy = 440
    cv.grect(0, 0, cv.W, cv.H, ["#5a3a3a", "#8a5a4a", "#6b4438"])
    cx = cv.W * rng.uniform(0.46, 0.54)
    w = 600
    cv.grect(cx - w, 40, cx + w, fy, ["#8f1220", "#b3182a", "#8f1220"])
    for i in range(30):
        a = cx - w + i * 40
        cv.gpoly([(a, 40), (a + 16, 40), (a + 16, fy), (a, fy)], ["#d2283a", "#a01626"], alpha=0.45)
    for s in (-1, 1):
        x = cx + s * w
        cv.gpoly([(x, 0), (x + s * 200, 0), (x + s * 190, fy + 60), (x + s * 20, fy + 60)], ["#c9a25a", "#7a4f30"])
        for i in range(4):
            cv.gpoly(
                [
                    (x + s * (30 + i * 44), 0),
                    (x + s * (48 + i * 44), 0),
                    (x + s * (46 + i * 42), fy + 60),
                    (x + s * (34 + i * 42), fy + 60),
                ],
                ["#e6c98a", "#a87a48"],
                alpha=0.6,
            )
    cv.grect(cx - w - 40, 0, cx + w + 40, 54, ["#a8823f", "#e0bd74"])
    big_flag(cv, cx - w + 50, 96, cx - w + 250, 230)
    big_flag(cv, cx + w - 250, 96, cx + w - 50, 230, union=True)
    cloth(cv, cx - 320, 84, cx + 320, 252, list(spec.text), "#b80f22")
    cv.gpoly(
        [(cx - w - 40, fy), (cx + w + 40, fy), (cx + w + 120, fy + 74), (cx - w - 120, fy + 74)], ["#d9a868", "#b07a45"]
    )
    cv.grect(cx - w - 120, fy + 74, cx + w + 120, fy + 112, ["#a8232f", "#7a1420"])
    side = rng.choice((-1, 1))
    m = rng.randint(5, 6)
    xs = [cx - side * 130 + (i - (m - 1) / 2) * 118 for i in range(m)]
    at_table(cv, xs, fy + 42, 240, ("suit", "suit", "volunteer", "official"), ("sit_front", "write_front"))
    table(cv, xs[0] - 76, xs[-1] + 76, fy + 52, 98, "#1f5fae")
    flowers(cv, xs[m // 2] + 50, fy - 48, 36)
    flowers(cv, xs[0] + 50, fy - 48, 30)
    px = cx + side * 420
    person(cv, px, fy + 40, 262, "read", with_(wear("volunteer", rng), hat=None), cast=0)
    cv.gpoly([(px - 56, fy - 70), (px + 56, fy - 70), (px + 44, fy + 56), (px - 44, fy + 56)], ["#c98f4f", "#8a5a30"])
    cv.poly(star(px, fy - 22, 20), "#ffd200")
    flowers(cv, px, fy - 66, 34)
    for x in (cx - 500, cx, cx + 500):
        cv.glow(x, 40, 520, "#ffe2a8", 0.5)
    audience(
        cv,
        690,
        1060,
        170,
        400,
        5,
        ("volunteer", "volunteer", "volunteer", "student"),
        rng.choice(("#8a2f34", "#2f5f9f", "#7a4a34")),
        (cx, 44),
        0.03,
    )
    shade_ceiling(cv, 200, 0.3)


@scene("stage", indoor=True)
def stage(cv, spec):
    """A song-and-dance evening: beams of light, dancers, a glad crowd."""
    rng = cv.rng
    fy = rng.uniform(560, 600)
    pal = rng.choice(
        (("#141a4a", "#5a2a8a", "#e0508a"), ("#0f1f4f", "#1f5fa8", "#3fc0d8"), ("#2a1040", "#8a1f5a", "#f0803f"))
    )
    cv.grect(0, 0, cv.W, cv.H, [pal[0], mix(pal[0], pal[1], 0.6), pal[0]], raw=True)
    cx = cv.W / 2
    cv.grect(cx - 540, 110, cx + 540, fy - 40, [pal[1], mix(pal[1], pal[2], 0.7), pal[2]], raw=True)
    motif = rng.choice(("sun", "lotus", "waves"))
    if motif == "sun":
        for i in range(24):
            a, b = i / 24 * 6.283, (i + 0.5) / 24 * 6.283
            cv.poly(
                [
                    (cx, fy - 90),
                    (cx + math.cos(a) * 720, fy - 90 - abs(math.sin(a)) * 420),
                    (cx + math.cos(b) * 720, fy - 90 - abs(math.sin(b)) * 420),
                ],
                "#ffe08a",
                alpha=0.13,
                raw=True,
            )
        cv.oval(cx, fy - 90, 120, 120, "#ffe9b0", alpha=0.8, raw=True)
    elif motif == "lotus":
        for a in (-64, -42, -21, 21, 42, 64, 0):
            r = math.radians(a)
            e = (cx + math.sin(r) * 250, fy - 70 - math.cos(r) * 250)
            m = ((cx + e[0]) / 2, (fy - 70 + e[1]) / 2)
            nx, ny = math.cos(r) * 62, math.sin(r) * 62
            cv.blob(
                [(cx, fy - 70), (m[0] - nx, m[1] - ny), e, (m[0] + nx, m[1] + ny)],
                mix("#ff8fb5", "#ffe3ec", (90 - abs(a)) / 110),
                alpha=0.75,
                raw=True,
            )
    else:
        for k in range(5):
            pts = smooth([(cx - 540 + i * 108, fy - 90 - k * 42 + 30 * math.sin(i * 1.3 + k * 1.9)) for i in range(11)])
            cv.poly(
                [*pts, (cx + 540, fy - 40), (cx - 540, fy - 40)], mix("#0f4fa8", "#9fe8ff", k / 5), alpha=0.4, raw=True
            )
    if spec.text:
        from things import write

        write(cv, spec.text[0], (cx - 480, 124, cx + 480, 250), "#ffffff", 76, raw=True)
        for i, tx in enumerate(spec.text[1:3]):
            write(cv, tx, (cx - 420, 250 + i * 56, cx + 420, 304 + i * 56), "#ffe27a", 36, raw=True)
    for s in (-1, 1):  # curtains and towers
        cv.grect(
            *sorted((cx + s * 560, cx + s * 760))[:1],
            60,
            sorted((cx + s * 560, cx + s * 760))[1],
            fy + 10,
            ["#5a1030", "#8a1a40", "#3f0a24"],
            raw=True,
        )
        for i in range(5):
            a = cx + s * (575 + i * 38)
            cv.gpoly([(a, 60), (a + 12, 60), (a + 12, fy), (a, fy)], ["#b02a54", "#6b1234"], raw=True, alpha=0.5)
    cv.rect(0, 44, cv.W, 62, "#20243a", raw=True)
    cv.gpoly(
        [(cx - 620, fy - 40), (cx + 620, fy - 40), (cx + 760, fy + 90), (cx - 760, fy + 90)],
        [mix(pal[1], "#ffffff", 0.25), mix(pal[0], pal[2], 0.35)],
        raw=True,
    )
    cv.grect(cx - 760, fy + 90, cx + 760, fy + 118, ["#2a2c48", "#12142a"], raw=True)
    n = spec.people or rng.randint(6, 8)
    kind = rng.choice(("dance", "dance", "choir", "band"))
    xs = [cx + (i - (n - 1) / 2) * (1000 / n) for i in range(n)]
    c = rng.choice(("#d92c4a", "#f0b429", "#12909a", "#e3629b", "#2f78c8"))
    for i, x in enumerate(xs):
        lead = kind != "choir" and i == n // 2
        y = fy + 20 + (50 if i % 2 and kind == "dance" else 0) + (30 if lead else 0)
        if kind == "choir":
            person(cv, x, y, 290, rng.choice(("mic", "clasp", "hold")), with_(wear("volunteer", rng), hat=None))
        elif kind == "band":
            person(
                cv,
                x,
                y,
                300,
                "hold" if i % 3 == 0 else "mic" if lead else rng.choice(("drum", "clap", "hold")),
                with_(wear("volunteer", rng), hat=None),
                item="guitar" if i % 3 == 0 else "mic" if lead else rng.choice((None, "drum")),
            )
        else:
            person(
                cv,
                x,
                y,
                300,
                rng.choice(("dance", "dance2")) if i % 2 else "dance",
                with_(wear("dancer", rng), shirt=c),
                item=rng.choice(("fan", None)),
                flip=i >= n / 2,
            )
    for i in range(7):  # beams
        x = cv.W * (i + 0.5) / 7
        tx = x + rng.uniform(-260, 260)
        c = rng.choice(("#ffe6a0", "#ff9fd0", "#9fd8ff", "#ffffff"))
        cv.soft([(x - 10, 60), (x + 10, 60), (tx + 110, fy + 40), (tx - 110, fy + 40)], c, 10, 0.15, raw=True)
        cv.glow(x, 60, 90, c, 0.9)
        cv.oval(x, 60, 11, 8, "#ffffff", raw=True)
    rows = 3
    for r in range(rows):
        t = r / (rows - 1)
        h = 300 + 150 * t
        for i in range(int(cv.W / (h * 0.3)) + 2):
            lk = with_(wear(rng.choice(("volunteer", "casual", "student")), rng), hat=None)
            shade = 0.5 + 0.14 * t
            lk = with_(lk, shirt=dark(lk.shirt, shade), skin=dark(lk.skin, shade), hair_c=dark(lk.hair_c, 0.3))
            person(
                cv,
                i * h * 0.3 + rng.uniform(-20, 20) - 30,
                980 + 190 * t + rng.uniform(-12, 12),
                h,
                rng.choice(("stand", "cheer", "stand", "wave", "clap", "fist", "stand")),
                lk,
                "back",
                cast=0,
                item=rng.choice((None,) * 7 + ("flag", "phone")),
            )
