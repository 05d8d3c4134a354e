"""Scenes of trade: booths of young founders, the fish-sauce house."""

from __future__ import annotations

from backdrops import backdrop
from canvas import smooth
from light import dark, pale
from people import person, wear, with_
from registry import scene
from rooms import table
from things import bunting, write


@scene("startup_booth")
def startup_booth(cv, spec):
    """Booths of young founders: products of dragon fruit, fish sauce, crafts."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("street", "park", "school"), rng.uniform(340, 400), paved=True)
    cv.grect(0, y + 40, cv.W, cv.H, ["#dcd6c8", "#c2baa9"])
    bunting(cv, -20, 150, cv.W + 20, 130, 70, 30, 28)
    m = rng.choice((2, 3))
    w = cv.W / m
    names = ["KHỞI NGHIỆP XANH", "THANH LONG SẤY", "ĐẶC SẢN QUÊ BIỂN", "NƯỚC MẮM LÀNG CHÀI", "GỐM GỌ", "OCOP"]
    rng.shuffle(names)
    if spec.text:
        names = (list(spec.text) + names)[:m] if m <= len(spec.text) + len(names) else names
    for i in range(m):
        x, c = w * (i + 0.5), rng.choice(("#0f6fb8", "#d3472f", "#1f9a78", "#e0982a", "#7a4fa8"))
        hw = w * 0.42
        cv.grect(x - hw, y - 60, x + hw, y + 250, [pale(c, 0.8), pale(c, 0.6)])
        for s in (-1, 1):
            cv.rect(x + s * hw - 7, y - 70, x + s * hw + 7, y + 290, "#eef1f4")
        cv.grect(x - hw - 12, y - 150, x + hw + 12, y - 66, [c, dark(c, 0.15)])
        write(cv, names[i % len(names)], (x - hw + 8, y - 146, x + hw - 8, y - 70), "#ffffff", 40, raw=True)
        n = 9
        for k in range(n):
            a, b = x - hw - 12 + (2 * hw + 24) * k / n, x - hw - 12 + (2 * hw + 24) * (k + 1) / n
            cv.blob(
                [(a, y - 66), (b, y - 66), (b - 2, y - 36), ((a + b) / 2, y - 26), (a + 2, y - 36)],
                c if k % 2 else "#ffffff",
            )
        for r in range(2):
            cv.rect(x - hw * 0.9, y + 58 + r * 62, x + hw * 0.9, y + 64 + r * 62, "#b98a58")
            a = x - hw * 0.86
            while a < x + hw * 0.82:
                b, hh = rng.uniform(14, 26), rng.uniform(22, 46)
                cv.rrect(
                    a,
                    y + 58 + r * 62 - hh,
                    a + b,
                    y + 58 + r * 62,
                    4,
                    rng.choice(("#d8315f", "#a8502f", "#f0b23a", "#5fa63f", "#7a3f2a", "#f4efe2", "#2f78b8")),
                )
                a += b + rng.uniform(4, 12)
        for k in range(2):
            person(
                cv,
                x + (k - 0.5) * hw,
                y + 320,
                300,
                rng.choice(("stand", "show", "hold", "wave")),
                with_(wear(rng.choice(("volunteer", "volunteer", "official")), rng), hat=None),
                item=rng.choice((None, "gift", "basket")),
                cast=0,
            )
        table(cv, x - hw, x + hw, y + 330, 120, c)
        a = x - hw + 16
        while a < x + hw - 30:
            r = rng.random()
            if r < 0.4:
                cv.oval(a + 14, y + 196, 16, 18, "#d8285f")
                cv.poly([(a + 4, y + 184), (a + 14, y + 164), (a + 24, y + 184)], "#8fc04a")
            elif r < 0.7:
                cv.rrect(a + 4, y + 150, a + 22, y + 212, 5, "#8a3f1f")
                cv.rect(a + 8, y + 138, a + 18, y + 152, "#f0c23a")
                cv.rect(a + 4, y + 172, a + 22, y + 194, "#fff3d6")
            else:
                cv.rrect(a, y + 170, a + 32, y + 212, 4, rng.choice(("#f0b23a", "#5fa63f", "#2f78b8", "#e4573d")))
            a += 42
    n = spec.people or rng.randint(5, 7)
    for i in range(n):
        x = cv.W * (i + 0.5) / n + rng.uniform(-30, 30)
        person(
            cv,
            x,
            915 + rng.uniform(-24, 16),
            380,
            rng.choice(("talk", "walk", "stand", "take", "phone", "easy")),
            wear(rng.choice(("casual", "volunteer", "student", "suit", "elder")), rng),
            flip=rng.random() < 0.5,
            item=rng.choice((None, None, "phone", "folder")),
        )


@scene("fishing_sauce", indoor=True)
def fishing_sauce(cv, spec):
    """The sauce house: rows of great wooden vats, amber drops, a young maker."""
    rng = cv.rng
    fy = rng.uniform(430, 480)
    cv.grect(0, 0, cv.W, fy, ["#5a4030", "#8a684a", "#a8845c"])
    for i in range(15):
        x = cv.W * i / 14
        cv.poly(
            [
                (x - 7, 0),
                (x + 7, 0),
                (cv.W / 2 + (x - cv.W / 2) * 0.8 + 4, 120),
                (cv.W / 2 + (x - cv.W / 2) * 0.8 - 4, 120),
            ],
            "#4a3426",
        )
    cv.rect(0, 112, cv.W, 130, "#3f2c20")
    for i in range(5):  # light through the roof and high openings
        x = cv.W * (i + 0.5) / 5
        cv.grect(x - 86, 156, x + 86, 226, list(cv.outdoor.sky[-2:]), raw=True)
        for k in range(1, 5):
            cv.rect(x - 86 + k * 34 - 3, 156, x - 86 + k * 34 + 3, 226, "#4a3426")
        cv.glow(x, 190, 230, cv.outdoor.sun, 0.5)
        cv.soft([(x - 80, 226), (x + 80, 226), (x + 250, cv.H), (x + 20, cv.H)], cv.outdoor.sun, 22, 0.13, raw=True)
    cv.grect(0, fy, cv.W, cv.H, ["#b08a60", "#8a6644", "#6b4c34"])
    cv.mottle(fy, cv.H, "#3f2a1c", 14, 0.25)
    for r in range(3):
        t = r / 2
        y, s = fy + 70 + 290 * t**1.1, 105 + 110 * t
        if r:
            n = 3
            for i in range(n):
                person(
                    cv,
                    cv.W * (i + 0.5) / n + rng.uniform(-130, 130),
                    y - s * 0.5,
                    s * 2.1,
                    rng.choice(("stoop", "show", "hoe", "read", "point")),
                    with_(wear(rng.choice(("volunteer", "farmer", "casual", "volunteer")), rng), hat=None),
                    item=rng.choice((None, None, "paper")),
                    flip=rng.random() < 0.5,
                    cast=0,
                )
        m = int(cv.W / (s * 2.25)) + 2
        off = rng.uniform(-0.4, 0.4) * s
        for i in range(m):
            _vat(cv, off + (i - 0.2) * s * 2.25, y, s)
    n = max(1, (spec.people or 4) - 2)
    for i in range(n):
        x = cv.W * (i + 0.5) / n + rng.uniform(-60, 60)
        person(
            cv,
            x,
            940,
            430,
            rng.choice(("hold", "show", "stand", "talk", "side")),
            with_(wear(rng.choice(("volunteer", "farmer", "casual")), rng), hat=None),
            item=rng.choice((None, "bucket", "folder", "tablet")),
            flip=rng.random() < 0.5,
        )
    x = cv.W * rng.choice((0.07, 0.93))
    for k in range(6):  # bottles
        a, b = x - 84 + k * 28, 930 + (k % 2) * 12
        cv.rrect(a, b - 92, a + 24, b, 7, "#9a3f12")
        cv.rrect(a + 3, b - 80, a + 9, b - 8, 3, "#f0a040", alpha=0.7)
        cv.rect(a + 7, b - 116, a + 17, b - 90, "#f0c23a")
        cv.rect(a, b - 60, a + 24, b - 28, "#fff3d6")


def _vat(cv, x, y, s):
    """One wooden vat bound with ropes, with its tap and bowl."""
    wood = cv.rng.choice(("#a8703f", "#96613a", "#b57c48"))
    t = cv.tile(x - s * 1.3, y - s * 1.8, x + s * 1.3, y + s * 0.3)
    t.gpoly(
        [
            (x - s * 0.92, y - s * 1.4),
            (x + s * 0.92, y - s * 1.4),
            (x + s * 0.82, y),
            (x + s * 0.5, y + s * 0.1),
            (x - s * 0.5, y + s * 0.1),
            (x - s * 0.82, y),
        ],
        [dark(wood, 0.3), wood, pale(wood, 0.22), wood, dark(wood, 0.35)],
        across=True,
    )
    for k in range(-6, 7):
        t.line(
            [(x + k * s * 0.15, y - s * 1.4), (x + k * s * 0.133, y + s * 0.1)],
            dark(wood, 0.4),
            s * 0.014,
            alpha=0.6,
            clip=True,
        )
    for f in (0.12, 0.5, 0.95, 1.25):
        t.line(
            smooth([(x - s * 0.92, y - s * f), (x, y - s * f + s * 0.12), (x + s * 0.92, y - s * f)]),
            "#d8b070" if f != 0.5 else "#c49a5a",
            s * 0.06,
            clip=True,
        )
    t.oval(x, y - s * 1.4, s * 0.92, s * 0.2, pale(wood, 0.2))
    t.oval(x, y - s * 1.39, s * 0.82, s * 0.16, "#4a2c1a")
    t.oval(x, y - s * 1.37, s * 0.76, s * 0.12, "#8a4a1f")
    for _ in range(16):
        t.oval(
            x + cv.rng.uniform(-0.6, 0.6) * s,
            y - s * 1.37 + cv.rng.uniform(-0.06, 0.06) * s,
            s * 0.06,
            s * 0.018,
            "#d8dfe6",
            alpha=0.7,
            clip=True,
        )
    t.limb((x, y - s * 0.12), (x, y - s * 0.02), s * 0.04, s * 0.04, "#d8b070")
    cv.soft_oval(x, y + s * 0.08, s * 0.95, s * 0.13, "#2a1a12", s * 0.06, 0.5, raw=True)
    cv.stamp(t, width=s * 0.04, shade=0.3)
