"""Scenes of talk: online services on a phone, an interview, a portrait."""

from __future__ import annotations

from backdrops import backdrop
from canvas import smooth
from nature import frame_leaves, heap_clouds, palm, ridge, sea, sky
from people import person, row, wear, with_
from PIL import ImageDraw, ImageFilter
from registry import scene
from rooms import at_table, on_table, table
from things import bunting, cloth


@scene("phone_guide")
def phone_guide(cv, spec):
    """Online public services shown on a phone, at a house, a hall or a market."""
    rng = cv.rng
    _kind, y = backdrop(cv, ("village", "village", "street", "park"), rng.uniform(340, 400), paved=True)
    if spec.text:
        cloth(cv, 230, y - 190, cv.W - 230, y - 86, list(spec.text), "#0f5fb8")
    else:
        bunting(cv, -20, y - 200, cv.W + 20, y - 220, 50, 30, 26)
    row(
        cv,
        rng.randint(3, 5),
        160,
        cv.W - 160,
        y + 110,
        190,
        ("casual", "farmer", "volunteer", "pupil"),
        ("stand", "talk", "walk", "phone"),
        jitter=0.9,
    )
    n = spec.people or rng.randint(6, 8)
    if rng.random() < 0.55:  # at tables, side by side
        m = max(2, min(3, n // 3))
        for i in range(m):
            x, yt, h = cv.W * (i + 0.5) / m + rng.uniform(-24, 24), 835 + 26 * (i % 2), 440
            person(
                cv,
                x + h * 0.62,
                yt - 20,
                h * 0.94,
                rng.choice(("stand", "clasp", "phone")),
                wear(rng.choice(("casual", "farmer", "pupil")), rng),
                cast=0,
            ) if n > 6 else None
            at_table(cv, [x + h * 0.2], yt + 8, h, ("elder", "farmer", "casual", "elder"), ("sit_front", "write_front"))
            person(
                cv,
                x - h * 0.2,
                yt + 4,
                h * 0.98,
                rng.choice(("show", "read", "sit_front", "phone")),
                with_(wear("volunteer", rng), hat=rng.choice((None, "taibeo"))),
                item=rng.choice(("tablet", "phone")),
                cast=0,
            )
            table(
                cv,
                x - h * 0.52,
                x + h * 0.5,
                yt + 30,
                h * 0.37,
                rng.choice(("#1f6fc0", "#2f8f7a", "#2f6fb4")),
                skirt=rng.random() < 0.5,
            )
            top = yt + 30 - h * 0.37
            on_table(cv, [x - h * 0.3], top - 8, 58)
            cv.rrect(x + h * 0.14, top - 42, x + h * 0.22, top - 8, 5, "#20242e")
            cv.rrect(x + h * 0.15, top - 38, x + h * 0.21, top - 12, 3, "#9fd4ff", raw=True)
            if i == m // 2:
                cv.rrect(x - 8, top - 84, x + 66, top - 8, 5, "#ffffff")
                _code(cv, x, top - 78, 58)
    else:
        for i in range(3):  # others, farther off
            x, yy, h = cv.W * (i + 0.2 + 0.6 * rng.random()) / 3, y + 205, 270
            person(
                cv, x + h * 0.24, yy, h * 0.97, "talk", wear(rng.choice(("elder", "farmer", "casual")), rng), flip=True
            )
            person(cv, x - h * 0.2, yy, h, "give", wear("volunteer", rng), item="phone")
        m = max(2, min(4, n // 2))
        for i in range(m):
            x, yy, h = cv.W * (i + 0.5) / m + rng.uniform(-26, 26), 935 + rng.uniform(-30, 16), 490
            if n > 6 and i % 2 == 0:
                person(cv, x - h * 0.5, yy - 30, h * 0.92, "stand", wear(rng.choice(("casual", "farmer")), rng))
            person(
                cv,
                x + h * 0.25,
                yy,
                h * 0.97,
                "talk",
                wear(rng.choice(("elder", "farmer", "farmer", "casual")), rng),
                flip=True,
                item=rng.choice(("phone", None)),
            )
            person(
                cv,
                x - h * 0.2,
                yy + 6,
                h,
                rng.choice(("give", "talk")),
                wear("volunteer", rng),
                item=rng.choice(("phone", "tablet")),
            )
    # floating signs of what is on the little screen
    for i in range(rng.randint(4, 6)):
        x, yy, s = cv.W * (i + 0.7) / 6 + rng.uniform(-40, 40), y + rng.uniform(-70, 10), rng.uniform(24, 32)
        cv.rrect(x - s, yy - s, x + s, yy + s, s * 0.5, "#ffffff", alpha=0.92, raw=True)
        k = i % 4
        c = ("#0f6fd0", "#1fa97a", "#f09a1f", "#d3222f")[k]
        if k == 0:
            cv.line(
                [(x - s * 0.5, yy), (x - s * 0.1, yy + s * 0.4), (x + s * 0.55, yy - s * 0.4)], c, s * 0.2, raw=True
            )
        elif k == 1:
            cv.rrect(x - s * 0.34, yy - s * 0.55, x + s * 0.34, yy + s * 0.55, s * 0.12, c, raw=True)
            cv.rect(x - s * 0.22, yy - s * 0.38, x + s * 0.22, yy + s * 0.3, "#ffffff", raw=True)
        elif k == 2:
            for q in range(3):
                cv.rect(
                    x - s * 0.5,
                    yy - s * 0.4 + q * s * 0.36,
                    x + s * (0.5 - 0.2 * (q % 2)),
                    yy - s * 0.24 + q * s * 0.36,
                    c,
                    raw=True,
                )
        else:
            cv.rrect(x - s * 0.5, yy - s * 0.1, x + s * 0.5, yy + s * 0.5, s * 0.1, c, raw=True)
            cv.line(
                smooth(
                    [
                        (x - s * 0.28, yy - s * 0.1),
                        (x - s * 0.28, yy - s * 0.5),
                        (x + s * 0.28, yy - s * 0.5),
                        (x + s * 0.28, yy - s * 0.1),
                    ]
                ),
                c,
                s * 0.14,
                raw=True,
            )


def _code(cv, x, y, s):
    """A square of dots like a QR code (leads nowhere)."""
    n = 15
    u = s / n
    for i in range(n):
        for j in range(n):
            corner = ((i < 4 or i > 10) and j < 4) or (i < 4 and j > 10)
            if not corner and cv.rng.random() < 0.5:
                cv.rect(x + i * u, y + j * u, x + (i + 1) * u, y + (j + 1) * u, "#14264a")
    for a, b in ((0, 0), (11, 0), (0, 11)):
        cv.rect(x + a * u, y + b * u, x + (a + 4) * u, y + (b + 4) * u, "#14264a")
        cv.rect(x + (a + 0.8) * u, y + (b + 0.8) * u, x + (a + 3.2) * u, y + (b + 3.2) * u, "#ffffff")
        cv.rect(x + (a + 1.4) * u, y + (b + 1.4) * u, x + (a + 2.6) * u, y + (b + 2.6) * u, "#14264a")


@scene("interview")
def interview(cv, spec):
    """A conversation before the camera, outdoors."""
    rng = cv.rng
    sea_side = rng.random() < 0.4
    if sea_side:
        yh = rng.uniform(400, 480)
        sky(cv, yh, 0.6)
        heap_clouds(cv, yh)
        sea(cv, yh)
        cv.grect(0, yh + 200, cv.W, cv.H, ["#efe0bd", "#d8bf8c"])
        palm(cv, cv.W * rng.choice((0.08, 0.92)), 900, 640, cast=True)
    else:
        backdrop(cv, ("village", "street", "park", "school"), rng.uniform(420, 480), paved=True)
    cv.im = _blurred(cv)
    cv.d = ImageDraw.Draw(cv.im, "RGBA")
    side = rng.choice((-1, 1))
    cx = cv.W * 0.5 - side * 60
    who = rng.choice(("volunteer", "farmer", "volunteer", "official", "casual"))
    person(
        cv,
        cx + side * 190,
        1190,
        800,
        rng.choice(("stand", "show", "easy")),
        with_(wear(who, rng), hat="nonla" if who == "farmer" else None),
        flip=side > 0,
    )
    hands, _ = person(
        cv,
        cx - side * 190,
        1200,
        800,
        "reach",
        with_(wear(rng.choice(("volunteer", "casual", "official")), rng), hat=None),
        flip=side < 0,
    )
    hx, hy = hands[1]
    cv.limb((hx, hy + 20), (hx + side * 6, hy - 40), 11, 13, "#23262f")
    cv.oval(hx + side * 8, hy - 52, 21, 23, "#4a5060")
    cv.rect(hx - 20, hy - 32, hx + 32, hy - 8, "#1262b8")
    fx = cv.W * (0.5 - side * 0.46)
    person(
        cv,
        fx + side * 10,
        1330,
        900,
        "film",
        with_(wear("volunteer", rng), hat="cap", hat_c="#1f3f70"),
        item="camera",
        flip=side < 0,
        cast=0,
    )


def _blurred(cv):
    """The backdrop out of focus, as behind a portrait."""
    w, h = cv.im.size
    return cv.im.resize((w // 4, h // 4)).filter(ImageFilter.GaussianBlur(2.2 * cv.k)).resize((w, h))


@scene("portrait")
def portrait(cv, spec):
    """One young person, half-length, in their own place of work or study."""
    rng = cv.rng
    kind = rng.choice(("village", "park", "sea", "street", "school", "hills"))
    if kind == "sea":
        yh = rng.uniform(420, 520)
        sky(cv, yh, 0.6)
        heap_clouds(cv, yh)
        ridge(cv, yh - 4, 60, "#4f808c", 0.55, base=yh + 2)
        sea(cv, yh)
    else:
        backdrop(cv, (kind,), rng.uniform(440, 540))
    cv.im = _blurred(cv)
    cv.d = ImageDraw.Draw(cv.im, "RGBA")
    for _ in range(9):  # discs of light out of focus
        x, y, r = rng.uniform(0, cv.W), rng.uniform(60, 560), rng.uniform(16, 46)
        cv.oval(x, y, r, r, cv.light.sun, alpha=rng.uniform(0.05, 0.16), raw=True)
    x = cv.W * rng.choice((0.36, 0.5, 0.62, 0.42))
    role = rng.choice(("volunteer", "volunteer", "farmer", "casual", "doctor", "student", "worker"))
    lk = wear(role, rng)
    h = rng.uniform(1420, 1580)
    lk = with_(
        lk,
        tall=1.0,
        hat=lk.hat
        if role in ("farmer", "worker")
        else rng.choice((None, None, "taibeo"))
        if role == "volunteer"
        else None,
    )
    others = (spec.people or 1) - 1
    for i in range(max(0, others)):
        person(
            cv,
            x + (-1) ** i * (390 + 110 * i),
            1500,
            1290,
            rng.choice(("stand", "easy")),
            with_(wear(role, rng), hat=None),
            "front",
            cast=0,
        )
    pose, item = rng.choice(
        (
            ("clasp", None),
            ("hips", None),
            ("hold", rng.choice(("book", "basket", "box") if role != "doctor" else ("folder", "tablet"))),
            ("read", "tablet"),
            ("easy", None),
            ("hold", "book"),
        )
    )
    person(cv, x, h + 190, h, pose, lk, "front", item=item, cast=0)
    if rng.random() < 0.6:
        frame_leaves(cv, 1 if x < cv.W / 2 else -1, size=380)
