"""Scenes of giving a hand: exam season, gifts, safe crossings."""

from __future__ import annotations

from backdrops import backdrop
from light import dark, pale
from nature import frame_leaves
from people import person, row, scatter, wear, with_
from registry import scene
from things import bunting, cloth
from vessels import motorbike


@scene("exam_support")
def exam_support(cv, spec):
    """Exam season: volunteers at a school gate with water, a tent and candidates."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("school", "school", "street"), paved=True)
    for s in (-1, 1):  # gate
        x = cv.W / 2 + s * 430
        cv.grect(x - 40, y - 150, x + 40, y + 70, ["#f3ead6", "#d3c8b2"])
        cv.rect(x - 50, y - 164, x + 50, y - 148, "#c43a2f")
    cloth(
        cv,
        cv.W / 2 - 470,
        y - 210,
        cv.W / 2 + 470,
        y - 130,
        list(spec.text) or ["TIẾP SỨC MÙA THI"],
        "#0f5fb8",
        "#ffe14d",
    )
    side = rng.choice((-1, 1))
    tx = cv.W * (0.5 + side * 0.3)
    for a in (-210, 210):
        cv.line([(tx + a, y + 260), (tx + a, y - 10)], "#d9dde3", 9)
    scatter(
        cv, 7, y + 90, y + 150, 190, 160, ("student", "student", "pupil", "casual"), ("walk", "walk2", "stand", "talk")
    )
    for i in range(3):
        person(
            cv,
            tx - 130 + i * 130,
            y + 232,
            255,
            rng.choice(("hold", "show", "stand", "wave")),
            with_(wear("volunteer", rng), hat=rng.choice((None, "taibeo"))),
            item=rng.choice((None, "box", "paper")),
            cast=0,
        )
    cv.grect(tx - 230, y + 170, tx + 230, y + 262, ["#1f6fc8", "#0f4f9f"])
    cv.rect(tx - 240, y + 160, tx + 240, y + 174, "#f4f6f8")
    for i in range(14):
        x = tx - 215 + i * 32
        cv.rrect(x, y + 128, x + 14, y + 162, 4, "#cfeaf7")
        cv.rect(x + 4, y + 122, x + 10, y + 130, "#2f78b8")
    cv.gpoly([(tx - 260, y + 6), (tx - 190, y - 96), (tx + 190, y - 96), (tx + 260, y + 6)], ["#2f86dc", "#1262b8"])
    for i in range(13):
        x = tx - 260 + i * 40
        cv.blob(
            [(x, y + 4), (x + 40, y + 4), (x + 36, y + 28), (x + 20, y + 36), (x + 4, y + 28)],
            "#f4f6f8" if i % 2 else "#1262b8",
        )
    n = spec.people or rng.randint(5, 8)
    for i in range(n):
        x = cv.W * (i + 0.5) / n + rng.uniform(-24, 24)
        if i % 2:
            person(
                cv,
                x,
                915 + rng.uniform(-16, 8),
                350,
                rng.choice(("give", "point_side", "talk")),
                wear("volunteer", rng),
                item=rng.choice(("paper", None)),
                flip=True,
            )
        else:
            person(
                cv,
                x,
                912 + rng.uniform(-16, 8),
                340,
                rng.choice(("take", "walk", "talk")),
                wear(rng.choice(("student", "student", "casual")), rng),
                item=rng.choice((None, "folder")),
            )


@scene("gift_giving")
def gift_giving(cv, spec):
    """Gifts handed over before a house or a school."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("village", "village", "school", "park"), rng.uniform(390, 440))
    if spec.text:
        cloth(cv, 220, y - 230, cv.W - 220, y - 120, list(spec.text))
    elif rng.random() < 0.5:
        bunting(cv, -20, y - 230, cv.W + 20, y - 240, 60, 28, 28)
    row(
        cv,
        rng.randint(6, 9),
        160,
        cv.W - 160,
        y + 150,
        220,
        ("volunteer", "casual", "farmer", "pupil", "elder"),
        ("stand", "clap", "clasp", "hold", "easy"),
        items=(None, None, "gift", "box"),
    )
    x0 = rng.uniform(80, 200)
    for i in range(8):  # the pile of gifts
        w, h = rng.uniform(56, 86), rng.uniform(44, 70)
        a, b = x0 + (i % 4) * 78, 900 - (i // 4) * 58
        c = rng.choice(("#d3222f", "#1e6fc0", "#e9a23a", "#3f9f74", "#e7667f"))
        cv.grect(a, b - h, a + w, b, [pale(c, 0.15), dark(c, 0.08)])
        cv.rect(a + w * 0.42, b - h, a + w * 0.58, b, "#ffe07a")
        cv.rect(a, b - h * 0.6, a + w, b - h * 0.42, "#ffe07a")
    n = max(2, (spec.people or rng.randint(6, 8)) // 2)
    taker = rng.choice((("elder", "farmer"), ("pupil",), ("child", "pupil"), ("farmer", "elder", "pupil")))
    xs = 470 if n < 4 else 430
    for i in range(n):
        x = xs + (cv.W - xs - 190) * (i + 0.5) / n + rng.uniform(-14, 14)
        yy, h = 905 + rng.uniform(-20, 10), 380
        lk = wear(rng.choice(taker), rng)
        hh = h * (0.72 if lk.child else 0.97)
        person(cv, x + h * (0.26 if not lk.child else 0.24), yy, hh, rng.choice(("take", "talk")), lk, flip=True)
        person(
            cv,
            x - h * 0.22,
            yy + 6,
            h,
            rng.choice(("kneel_give", "kneel_give", "stoop")) if lk.child else "give",
            wear(rng.choice(("volunteer", "volunteer", "official")), rng),
            item="gift",
        )
    if rng.random() < 0.5:
        frame_leaves(cv, size=300)


@scene("traffic_guide")
def traffic_guide(cv, spec):
    """Volunteers guide traffic at a crossing near a school."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("street", "school", "street"), rng.uniform(380, 430), paved=True)
    cv.grect(0, y + 70, cv.W, y + 130, ["#ddd6c8", "#c8c0b2"])
    cv.grect(0, y + 130, cv.W, cv.H, ["#85868f", "#6f707b", "#5f616c"])
    cv.rect(0, y + 126, cv.W, y + 136, "#efeade")
    cx = cv.W * rng.uniform(0.4, 0.6)
    for i in range(-6, 7):
        cv.poly(
            [
                (cx + i * 84 - 20, y + 150),
                (cx + i * 84 + 22, y + 150),
                (cx + i * 128 + 40, cv.H - 40),
                (cx + i * 128 - 36, cv.H - 40),
            ],
            "#f4f0e6",
            alpha=0.93,
        )
    px = cv.W * rng.choice((0.1, 0.9, 0.14, 0.86))
    cv.rect(px - 8, y - 260, px + 8, y + 120, "#6b7078")
    cv.rrect(px - 30, y - 300, px + 30, y - 150, 14, "#23262f")
    on = rng.randrange(3)
    for i, c in enumerate(("#ff4a3c", "#ffc53c", "#3fd37a")):
        cv.oval(px, y - 276 + i * 50, 17, 17, c if i == on else dark(c, 0.65), raw=True)
        if i == on:
            cv.glow(px, y - 276 + i * 50, 80, c, 0.6)
    row(
        cv,
        6,
        200,
        cv.W - 200,
        y + 118,
        185,
        ("pupil", "pupil", "casual", "volunteer"),
        ("walk", "stand", "talk", "wave"),
        jitter=0.8,
    )
    for i in range(rng.randint(2, 3)):
        s = -1 if i % 2 else 1
        x = cx + s * rng.uniform(430, 560)
        sx, _sy = motorbike(cv, x, y + 215 + i * 26, 118, s > 0)
        person(
            cv,
            sx,
            y + 187 + i * 26,
            205,
            "sit",
            with_(
                wear(rng.choice(("casual", "student")), rng),
                hat="helmet",
                hat_c=rng.choice(("#d9483a", "#f4f4f4", "#2f78b8")),
            ),
            flip=s > 0,
            cast=0,
        )
    n = spec.people or rng.randint(7, 9)
    m = max(3, n - 3)
    for i in range(m):  # pupils cross together
        lk = wear("pupil" if rng.random() < 0.8 else "elder", rng)
        person(
            cv,
            cx - 300 + 600 * (i + 0.5) / m + rng.uniform(-12, 12),
            800 + rng.uniform(-40, 40),
            330 * (0.74 if lk.child else 0.95),
            rng.choice(("walk", "walk2")),
            lk,
        )
    for s in (-1, 1):
        person(
            cv,
            cx + s * rng.uniform(400, 450),
            905,
            395,
            rng.choice(("point_side", "point_side", "reach")),
            wear("police" if s > 0 and rng.random() < 0.4 else "volunteer", rng),
            flip=s > 0,
            item=None,
        )
    person(
        cv,
        cx + rng.uniform(-60, 60),
        925,
        385,
        rng.choice(("arms", "up")),
        with_(wear("volunteer", rng), hat="taibeo", hat_c="#2f6fb4"),
        "back" if rng.random() < 0.5 else "front",
    )
