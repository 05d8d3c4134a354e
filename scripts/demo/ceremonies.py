"""Scenes of ceremonies: the flag, the cemetery, the march."""

from __future__ import annotations

from backdrops import backdrop
from nature import ground, haze, ridge, sky, tree
from people import person, row, wear, with_
from registry import scene
from things import bunting, cloth, flagpole, star


@scene("flag_salute")
def flag_salute(cv, spec):
    """The flag goes up before ranks of blue and white shirts."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("school", "park", "street", "hills"), rng.uniform(420, 480), paved=True)
    cv.grect(0, y + 30, cv.W, cv.H, ["#dcd6c8", "#c2baa9", "#a59d8e"])
    for i in range(-14, 15):
        cv.line([(cv.W / 2 + i * 70, y + 30), (cv.W / 2 + i * 230, cv.H)], "#a89f8f", 1.6, alpha=0.5)
    px = cv.W * rng.choice((0.3, 0.5, 0.5, 0.68))
    cv.poly([(px - 90, y + 70), (px + 90, y + 70), (px + 110, y + 100), (px - 110, y + 100)], "#e9e3d6")
    cv.rect(px - 110, y + 100, px + 110, y + 112, "#c43a2f")
    flagpole(cv, px, y + 74, y - 20, 235, wind=rng.choice((1, -1)))
    if spec.text:
        cloth(cv, 160, y - 210, cv.W - 160, y - 110, list(spec.text))
    else:
        for i in range(9):
            flagpole(cv, 60 + i * 165, y + 40, 170, 62)
    for s in (-1, 1):
        person(
            cv,
            px + s * 66,
            y + 98,
            190,
            rng.choice(("salute", "stand")),
            wear("soldier" if rng.random() < 0.3 else "volunteer", rng),
            flip=s > 0,
        )
    role = rng.choice((("volunteer",), ("volunteer", "student"), ("pupil",), ("volunteer", "pupil")))
    n = spec.people or 22
    rows = 3
    for r in range(rows):
        t = r / (rows - 1)
        m = max(5, round(n / rows * (1.2 - 0.25 * t)))
        off = (r % 2) * 0.5
        h = 215 + 150 * t
        for i in range(m):
            x = cv.W * (i + 0.25 + off * 0.6) / m + rng.uniform(-5, 5)
            lk = wear(role[min(len(role) - 1, r % len(role))], rng)
            if lk.hat in ("nonla",):
                lk = with_(lk, hat=None)
            person(
                cv,
                x,
                y + 190 + 235 * t + rng.uniform(-3, 3),
                h * (0.78 if lk.child else 1),
                "salute" if lk.child else rng.choice(("stand", "stand", "behind")),
                lk,
                "back",
            )


@scene("memorial")
def memorial(cv, spec):
    """Candles at the martyrs' cemetery."""
    rng = cv.rng
    yh = rng.uniform(420, 480)
    sky(cv, yh, 0.4)
    ridge(cv, yh - 4, 90, "#1f3560" if cv.light.name == "night" else "#5b7f94", 0.3, base=yh + 6, shift=0.3)
    ground(cv, yh, ("#6f7f6a", "#5f6f5c", "#4a5a4c"))
    for _ in range(14):
        tree(cv, rng.uniform(0, cv.W), yh + 22, rng.uniform(110, 190), "#2f5f48", cast=False)
    mx = cv.W * rng.choice((0.5, 0.36, 0.64))
    w = 74
    cv.gpoly(
        [(mx - w, yh + 70), (mx + w, yh + 70), (mx + w * 0.5, yh - 300), (mx, yh - 350), (mx - w * 0.5, yh - 300)],
        ["#f1ece0", "#cfc7b8"],
    )
    cv.gpoly(
        [(mx, yh + 70), (mx - cv.light.side * w, yh + 70), (mx - cv.light.side * w * 0.5, yh - 300), (mx, yh - 350)],
        ["#b5ad9f", "#8f887c"],
        alpha=0.6,
    )
    cv.poly(star(mx, yh - 210, 34), "#d3222f")
    for i in range(3):
        cv.grect(mx - 150 - i * 60, yh + 66 + i * 16, mx + 150 + i * 60, yh + 84 + i * 16, ["#e6dfd0", "#b9b1a1"])
    lights = []
    for r in range(6):
        t = r / 5
        y = yh + 110 + 290 * t**1.4
        s = 24 + 56 * t
        m = int(15 - 6 * t)
        for i in range(m):
            x = cv.W / 2 + (i + 0.5 - m / 2) * (104 + 96 * t)
            if abs(x - mx) < 60 + 60 * t:
                continue
            cv.grect(x - s * 0.5, y - s * 0.8, x + s * 0.5, y, ["#f2ece0", "#bdb4a6"])
            cv.gpoly(
                [
                    (x - s * 0.58, y - s * 0.8),
                    (x + s * 0.58, y - s * 0.8),
                    (x + s * 0.42, y - s * 0.98),
                    (x - s * 0.42, y - s * 0.98),
                ],
                ["#d9d0c0", "#c4bbab"],
            )
            cv.poly(star(x, y - s * 0.5, s * 0.16), "#d3222f")
            cv.rect(x - s * 0.6, y - 2, x + s * 0.6, y + s * 0.1, "#8f9a84")
            lights.append((x + s * 0.34, y - s * 0.06, s))
    for x, y, s in lights:
        cv.glow(x, y - s * 0.16, s * 1.5, "#ffb04a", 0.7, 2.0)
        cv.rect(x - s * 0.04, y - s * 0.16, x + s * 0.04, y, "#d8402f", raw=True)
        cv.blob(
            [(x - s * 0.05, y - s * 0.17), (x, y - s * 0.36), (x + s * 0.05, y - s * 0.17), (x, y - s * 0.12)],
            "#fff0b0",
            raw=True,
        )
    n = spec.people or rng.randint(9, 13)
    spots = sorted((yh + 220 + ((i * 0.618) % 1) * 230, cv.W * (i + 0.5) / n + rng.uniform(-20, 20)) for i in range(n))
    for y, x in spots:
        h = 190 + (y - yh - 200) * 0.62
        hands, _head = person(
            cv,
            x,
            y,
            h,
            rng.choice(("candle", "candle", "bow")),
            with_(wear(rng.choice(("volunteer", "volunteer", "student", "aodai")), rng), hat=None),
            item="candle",
        )
        cx, cy = (hands[0][0] + hands[1][0]) / 2, hands[0][1] - h * 0.1
        cv.glow(cx, cy, h * 0.55, "#ffb45a", 0.75, 2.0)
        cv.oval(cx, cy, h * 0.008, h * 0.016, "#fff8d8", raw=True)
    haze(cv, yh - 30, yh + 60, 0.18)


@scene("parade_youth")
def parade_youth(cv, spec):
    """Youth march in blue shirts with flags."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("street", "park", "street"), rng.uniform(360, 420))
    cv.grect(0, y + 60, cv.W, cv.H, ["#a9aab0", "#8b8c95", "#73757f"])
    cv.rect(0, y + 56, cv.W, y + 66, "#eee9dd")
    bunting(cv, -20, y - 210, cv.W + 20, y - 230, 50, 30, 30, ("#d3222f", "#ffd200"))
    row(
        cv,
        14,
        20,
        cv.W - 20,
        y + 58,
        130,
        ("casual", "pupil", "elder"),
        ("wave", "clap", "cheer", "stand"),
        items=(None, "flag", None),
        jitter=0.8,
    )
    side = rng.choice((-1, 1))
    frontal = rng.random() < 0.5
    n = spec.people or 28
    rows = 4
    for r in range(rows):
        t = r / (rows - 1)
        m = max(4, round(n / rows * (1.25 - 0.3 * t)))
        h = 190 + 200 * t
        for i in range(m):
            x = cv.W * (i + 0.35 + 0.3 * (r % 2)) / m + rng.uniform(-8, 8)
            item = "bigflag" if (i + r) % 3 == 0 else "teamflag" if (i + r) % 4 == 1 else None
            if frontal:
                pose = "hold" if item else rng.choice(("stand", "easy", "wave", "fist"))
            else:
                pose = "carry" if item else rng.choice(("walk", "walk2"))
            person(
                cv,
                x,
                y + 150 + 330 * t**1.1,
                h,
                pose,
                with_(wear("volunteer", rng), sleeve="long" if r % 2 else "short"),
                item=item,
                flip=side < 0,
            )
    if spec.text:
        cloth(cv, cv.W * 0.22, 716, cv.W * 0.78, 806, list(spec.text))
