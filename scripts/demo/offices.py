"""Scenes of public offices and care: blood donation, health checks, the one-stop office."""

from __future__ import annotations

from canvas import smooth
from light import dark, pale
from people import person, row, wear, with_
from registry import scene
from rooms import at_table, ceiling_lamps, flowers, on_table, plant, room, table
from things import cloth, write


def _donor(cv, x, y, s, flip=False):
    """A donor on a couch with a nurse's stand beside."""
    rng = cv.rng
    f = -1 if flip else 1
    lk = wear(rng.choice(("volunteer", "volunteer", "student", "casual")), rng)
    t = cv.tile(x - s * 1.4, y - s * 1.3, x + s * 1.4, y + 8)

    def p(a, b):
        return (x + f * a * s, y - b * s)

    for a in (-0.75, 0.75):
        t.line([p(a, 0), p(a, 0.36)], "#9aa4ad", s * 0.04)
    t.poly([p(-0.98, 0.34), p(1.0, 0.34), p(1.0, 0.46), p(-0.5, 0.46), p(-0.92, 0.84), p(-1.06, 0.8)], "#2f86c8")
    t.poly([p(-0.98, 0.34), p(1.0, 0.34), p(1.0, 0.38), p(-0.98, 0.38)], "#1f5f9a")
    t.limb(p(-0.02, 0.55), p(0.5, 0.56), s * 0.1, s * 0.075, lk.legs_c)
    t.limb(p(0.5, 0.56), p(0.95, 0.52), s * 0.075, s * 0.05, lk.legs_c)
    t.limb(p(0.97, 0.52), p(0.99, 0.62), s * 0.045, s * 0.035, lk.shoes)
    t.blob([p(-0.82, 0.92), p(-0.62, 1.0), p(-0.04, 0.66), p(0.04, 0.48), p(-0.2, 0.46), p(-0.74, 0.72)], lk.shirt)
    t.limb(p(-0.84, 0.96), p(-0.92, 1.04), s * 0.055, s * 0.05, dark(lk.skin, 0.12))
    t.oval(*p(-0.98, 1.12), s * 0.125, s * 0.135, lk.skin)
    t.blob([p(-0.9, 1.26), p(-1.02, 1.28), p(-1.14, 1.18), p(-1.14, 1.02), p(-1.06, 1.06), p(-1.02, 1.2)], lk.hair_c)
    t.oval(*p(-0.92, 1.13), s * 0.014, s * 0.018, "#2c2028")
    t.line([p(-0.92, 1.05), p(-0.87, 1.06)], "#a8483f", s * 0.014)
    t.limb(p(-0.62, 0.9), p(-0.34, 0.66), s * 0.06, s * 0.05, lk.shirt)
    t.limb(p(-0.36, 0.67), p(0.06, 0.64), s * 0.042, s * 0.032, lk.skin)
    t.oval(*p(0.1, 0.64), s * 0.045, s * 0.045, "#e0485a")
    if lk.badge:
        t.oval(*p(-0.5, 0.84), s * 0.022, s * 0.022, "#ffd200", clip=True)
    t.line(smooth([p(-0.2, 0.64), p(-0.16, 0.4), p(0.1, 0.24), p(0.36, 0.3)]), "#c8102e", s * 0.018)
    t.rrect(p(0.36, 0)[0] - s * 0.07, y - s * 0.36, p(0.36, 0)[0] + s * 0.07, y - s * 0.16, s * 0.02, "#b3122a")
    cv.soft_oval(x, y, s * 1.0, s * 0.07, cv.light.shadow, 8, 0.35, raw=True)
    cv.stamp(t, width=s * 0.02)


@scene("blood_donation", indoor=True)
def blood_donation(cv, spec):
    """A blood-donation day: donors on couches, nurses, a queue."""
    rng = cv.rng
    fy = rng.uniform(470, 520)
    side = -cv.light.side
    room(cv, fy, (("#f2f6f8", "#dbe7ee")), windows=1, side=side)
    cx = cv.W * 0.5 - side * rng.uniform(60, 140)
    cloth(
        cv,
        cx - 390,
        84,
        cx + 390,
        226,
        list(spec.text) or ["HIẾN MÁU CỨU NGƯỜI", "Một giọt máu cho đi, một cuộc đời ở lại"],
        "#c01228",
    )
    for s in (-1, 1):  # drops
        x, y, r = cx + s * 450, 150, 34
        cv.blob(
            [
                (x, y - r * 1.5),
                (x + r * 0.8, y),
                (x + r * 0.7, y + r * 0.7),
                (x, y + r),
                (x - r * 0.7, y + r * 0.7),
                (x - r * 0.8, y),
            ],
            "#d0142c",
        )
        cv.oval(x - r * 0.25, y + r * 0.2, r * 0.16, r * 0.3, "#ff8a94", alpha=0.8)
    n = spec.people or rng.randint(7, 9)
    m = max(3, n // 2)
    xs = [cx - 330 + 660 * (i + 0.5) / m for i in range(m)]
    for i, x in enumerate(xs):
        person(
            cv,
            x,
            fy + 46,
            270,
            rng.choice(("stand", "clasp", "phone", "talk", "read")),
            with_(wear(rng.choice(("volunteer", "student", "casual", "official")), rng), hat=None),
            item=rng.choice((None, "paper", "phone")) if i % 2 else None,
            flip=rng.random() < 0.5,
        )
    tx = cx + side * 420
    at_table(cv, [tx - 70, tx + 70], fy + 96, 280, ("doctor", "volunteer"))
    table(cv, tx - 160, tx + 160, fy + 110, 130, "#dfeaf0")
    on_table(cv, [tx - 70, tx + 60], fy - 24, 42)
    plant(cv, 70 if side > 0 else cv.W - 70, fy + 40, 210)
    f = rng.random() < 0.5
    for x, y, s in ((cv.W * 0.27, 765, 165), (cv.W * 0.74, 780, 170), (cv.W * rng.uniform(0.42, 0.56), 925, 215)):
        _donor(cv, x, y, s, f)
        k = -1 if f else 1
        person(cv, x + k * s * 0.62, y + 6, s * 2.0, "stoop", wear("doctor", rng), flip=not f)
        if rng.random() < 0.5:
            sx = x - k * s * 1.2
            cv.line([(sx, y), (sx, y - s * 1.6)], "#b5bec6", 5)
            cv.rrect(sx - 15, y - s * 1.6, sx + 15, y - s * 1.3, 6, "#b3122a")
    ceiling_lamps(cv, 30, 3)


@scene("medical_check", indoor=True)
def medical_check(cv, spec):
    """Young doctors examine villagers: blood pressure, medicines, children."""
    rng = cv.rng
    fy = rng.uniform(470, 520)
    side = -cv.light.side
    room(cv, fy, (("#eef5f3", "#d5e6e2")), windows=rng.choice((1, 2)), side=side)
    cx = cv.W * 0.5 - side * rng.uniform(120, 200)
    cloth(
        cv,
        cx - 340,
        84,
        cx + 340,
        208,
        list(spec.text) or ["KHÁM BỆNH, CẤP THUỐC MIỄN PHÍ"],
        "#0f6fb8",
        "#ffffff",
        "#ffe27a",
    )
    row(
        cv,
        rng.randint(4, 6),
        cx - 300,
        cx + 330,
        fy + 46,
        250,
        ("elder", "farmer", "pupil", "volunteer", "casual"),
        ("stand", "clasp", "talk", "easy"),
        items=(None, None, "paper"),
    )
    x0 = cv.W * (0.5 + side * 0.3)
    cv.grect(x0 - 120, fy - 190, x0 + 120, fy + 20, ["#f7fafb", "#d3dee3"])  # medicine cabinet
    for r in range(4):
        cv.rect(x0 - 110, fy - 146 + r * 46, x0 + 110, fy - 141 + r * 46, "#b5c3cb")
        for i in range(8):
            cv.rect(
                x0 - 104 + i * 27,
                fy - 146 + r * 46 - rng.uniform(18, 34),
                x0 - 86 + i * 27,
                fy - 146 + r * 46,
                rng.choice(("#e4574d", "#2f86c8", "#ffffff", "#f0b23a", "#3fae8f")),
            )
    m = max(2, min(3, (spec.people or 6) // 2))
    for i in range(m):
        x = cv.W * (i + 0.5) / m + rng.uniform(-20, 20)
        y, h = 850 + (i % 2) * 80, 470 + (i % 2) * 40
        lk = wear(rng.choice(("elder", "elder", "farmer", "child", "casual")), rng)
        lk = with_(lk, hat=None)
        hh = h * (0.78 if lk.child else 1)
        stool = "#8f98a5"
        for s, hs in ((-1, h), (1, hh)):
            sx = x + s * h * 0.36
            cv.rect(sx - h * 0.1, y - hs * 0.235, sx + h * 0.1, y - hs * 0.2, stool)
            cv.line([(sx - h * 0.07, y - hs * 0.2), (sx - h * 0.08, y)], stool, 6)
            cv.line([(sx + h * 0.07, y - hs * 0.2), (sx + h * 0.08, y)], stool, 6)
        person(cv, x - h * 0.36, y, h, rng.choice(("write", "sit", "write")), wear("doctor", rng), cast=0)
        person(cv, x + h * 0.36, y, hh, "sit", lk, flip=True, cast=0)
        cv.grect(x - h * 0.2, y - h * 0.375, x + h * 0.2, y - h * 0.35, ["#ffffff", "#dfe6ea"])
        cv.rect(x - 6, y - h * 0.35, x + 6, y, "#aeb8c1")
        cv.rrect(x - h * 0.09, y - h * 0.45, x + h * 0.04, y - h * 0.375, 4, "#4f5f74")
        cv.oval(x - h * 0.025, y - h * 0.41, h * 0.026, h * 0.026, "#e8f3f8")
        cv.rect(x + h * 0.08, y - h * 0.4, x + h * 0.17, y - h * 0.375, "#ffffff")
    person(
        cv,
        cv.W * rng.choice((0.06, 0.94)),
        925,
        390,
        rng.choice(("hold", "read")),
        with_(wear("volunteer", rng), hat=None),
        item=rng.choice(("box", "paper")),
    )
    ceiling_lamps(cv, 30, 3)


@scene("one_stop_office", indoor=True)
def one_stop_office(cv, spec):
    """The one-stop office: counters with numbers, officers, citizens helped by blue shirts."""
    rng = cv.rng
    fy = rng.uniform(560, 610)
    room(cv, fy, (("#f4f0e6", "#e3dac6")), windows=0)
    wood = rng.choice(("#b5834f", "#a8744a", "#c99a62"))
    title = list(spec.text) or ["BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ"]
    cv.grect(70, 84, cv.W - 70, 178, ["#c81e2f", "#a8142a"])
    write(cv, title[0], (110, 90, cv.W - 110, 172 if len(title) == 1 else 140), "#ffe27a", 46, raw=True)
    if len(title) > 1:
        write(cv, title[1], (110, 136, cv.W - 110, 174), "#ffffff", 26, raw=True)
    m = rng.randint(3, 4)
    w = cv.W / m
    glass = rng.random() < 0.5
    for i in range(m):
        x = w * (i + 0.5)
        cv.rrect(x - 74, 214, x + 74, 268, 6, "#12325f")
        write(cv, f"Quầy {i + 1}", (x - 70, 216, x + 70, 266), "#ffd84a", 30, raw=True)
        cv.grect(x - w * 0.34, 300, x + w * 0.34, 300 + 170, ["#e9f1f4", "#d3e0e6"], alpha=0.5) if glass else None
        person(
            cv,
            x,
            fy + 110,
            330,
            rng.choice(("write_front", "sit_front")),
            with_(wear(rng.choice(("official", "suit", "official")), rng), hat=None),
            "front",
            cast=0,
        )
        cv.rrect(x + 44, fy - 86, x + 122, fy - 22, 5, "#2f343f")
        cv.rect(x + 76, fy - 24, x + 90, fy, "#2f343f")
    top = fy + 0
    cv.grect(-10, top - 12, cv.W + 10, top + 16, [pale(wood, 0.55), pale(wood, 0.3)])
    cv.grect(-10, top + 16, cv.W + 10, top + 170, [wood, dark(wood, 0.22)])
    for i in range(m * 2 + 1):
        x = cv.W * i / (m * 2)
        cv.line([(x, top + 20), (x, top + 166)], dark(wood, 0.35), 3)
    cv.rect(-10, top + 30, cv.W + 10, top + 38, "#ffd84a", alpha=0.8)
    flowers(cv, w * 0.98, top - 8, 42)
    if glass:
        for i in range(m):
            x = w * (i + 0.5)
            cv.rect(x - w * 0.46, 290, x + w * 0.46, top - 12, "#dff1fa", alpha=0.16)
            cv.poly(
                [(x - w * 0.3, top - 12), (x - w * 0.1, 290), (x + w * 0.02, 290), (x - w * 0.18, top - 12)],
                "#ffffff",
                alpha=0.16,
            )
            cv.rect(x - w * 0.46 - 4, 290, x - w * 0.46 + 4, top, "#c3ccd3")
    cv.soft([(0, top + 170), (cv.W, top + 170), (cv.W, top + 200), (0, top + 200)], cv.light.shadow, 10, 0.35, raw=True)
    n = spec.people or rng.randint(6, 8)
    back = max(2, n // 3)
    for i in range(back):
        x = w * (rng.randrange(m) + 0.5) + rng.uniform(-60, 60)
        person(
            cv,
            cv.W * (i + 0.5) / back + rng.uniform(-40, 40),
            top + 216,
            370,
            rng.choice(("hold", "read", "phone", "clasp")),
            with_(wear(rng.choice(("casual", "farmer", "elder")), rng), hat=None),
            "back",
        )
    rest = max(2, (n - back) // 2)
    for i in range(rest):  # a citizen and a volunteer
        x = cv.W * (i + 0.5) / rest + rng.uniform(-50, 50)
        y = 935 + rng.uniform(-18, 8)
        person(
            cv,
            x + 78,
            y,
            400,
            rng.choice(("take", "talk", "talk")),
            with_(wear(rng.choice(("elder", "farmer", "casual")), rng), hat=None),
            flip=True,
        )
        person(
            cv,
            x - 78,
            y + 4,
            408,
            rng.choice(("talk", "give")),
            with_(wear("volunteer", rng), hat=None),
            item=rng.choice(("tablet", "paper", "phone", "tablet")),
        )
    plant(cv, rng.choice((60, cv.W - 60)), 900, 230)
