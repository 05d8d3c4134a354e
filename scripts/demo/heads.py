"""Heads: face, hair and hats, with features only where they are large enough to bear them."""

from __future__ import annotations

from canvas import smooth
from light import dark, mix, pale


def draw_head(t, f, head, big, look, view, h):
    """Face, hair and hat; features only when the head is large enough to bear them."""
    x, y = head
    rx, ry = 0.051 * big, 0.064 * big
    hc, hl = look.hair_c, pale(look.hair_c, 0.16)
    s = f.s

    def at(dx, dy):
        return f((x + dx, y + dy))

    if view == "back":
        t.oval(*at(0, 0), rx * h * 1.06, ry * h * 1.02, hc)
        if look.hair in ("long",):
            t.blob(
                [at(-rx * 1.05, 0), at(rx * 1.05, 0), at(rx * 1.2, -0.12), at(0.02, -0.19), at(-rx * 1.2, -0.12)], hc
            )
        elif look.hair == "pony":
            t.blob([at(-0.02, 0.03), at(0.02, 0.03), at(0.034, -0.08), at(0, -0.16), at(-0.034, -0.08)], dark(hc, 0.1))
        elif look.hair == "bun":
            t.oval(*at(0, 0.055 * big), 0.026 * h, 0.024 * h, hc)
        elif look.hair in ("short", "crop"):
            t.oval(*at(0, -0.052 * big), rx * h * 0.8, 0.02 * h, look.skin)
        t.poly(
            smooth([at(-rx * 0.5, ry * 0.7), at(0, ry * 0.86), at(rx * 0.55, ry * 0.66), at(0, ry * 0.7)], True, 5),
            hl,
            alpha=0.7,
            clip=True,
        )
        _hat(t, at, rx, ry, look, view, h)
        return
    if look.hair == "bun":
        t.oval(
            *at(0 if view == "front" else -rx * 0.9, ry * (1.0 if view == "front" else 0.55)),
            0.027 * h * big,
            0.025 * h * big,
            hc,
        )
    if view == "front":
        if look.hair in ("bob", "long"):
            t.blob(
                [
                    at(-rx * 1.16, ry * 0.5),
                    at(-rx * 0.6, ry * 1.1),
                    at(rx * 0.6, ry * 1.1),
                    at(rx * 1.16, ry * 0.5),
                    at(rx * 1.2, -ry * 0.85),
                    at(rx * 0.8, -ry * 1.0),
                    at(-rx * 0.8, -ry * 1.0),
                    at(-rx * 1.2, -ry * 0.85),
                ],
                hc,
            )
        for k in (-1, 1):
            t.oval(*at(k * rx * 1.0, -0.004), 0.010 * h, 0.016 * h, dark(look.skin, 0.1))
        t.oval(*at(0, 0), rx * h, ry * h, look.skin)
        t.blob(
            [
                at(-rx * 0.72, -ry * 0.3),
                at(0, -ry * 0.25),
                at(rx * 0.72, -ry * 0.3),
                at(rx * 0.4, -ry * 0.88),
                at(0, -ry * 1.0),
                at(-rx * 0.4, -ry * 0.88),
            ],
            look.skin,
        )
        k = -1 if t.light.side * s > 0 else 1  # half the face in a little shade
        t.poly(
            [
                at(k * rx * 0.25, ry),
                at(k * rx * 1.2, ry),
                at(k * rx * 1.2, -ry * 1.1),
                at(k * rx * 0.3, -ry * 1.1),
                at(k * rx * 0.12, -ry * 0.2),
            ],
            dark(look.skin, 0.45),
            alpha=0.13,
            clip=True,
        )
        if h * big > 150:
            for k in (-1, 1):
                t.oval(*at(k * rx * 0.40, -ry * 0.06), 0.0058 * h * big, 0.0074 * h * big, "#2c2028", clip=True)
                t.line(
                    [at(k * rx * 0.22, ry * 0.19), at(k * rx * 0.42, ry * 0.225), at(k * rx * 0.62, ry * 0.13)],
                    mix(hc, look.skin, 0.25),
                    0.0048 * h,
                    clip=True,
                )
                t.oval(*at(k * rx * 0.56, -ry * 0.38), 0.012 * h, 0.009 * h, "#e0604c", alpha=0.2, clip=True)
            t.line(
                [at(0, -ry * 0.04), at(rx * 0.08 * k, -ry * 0.27)],
                dark(look.skin, 0.28),
                0.004 * h,
                alpha=0.8,
                clip=True,
            )
            t.line(
                smooth([at(-rx * 0.3, -ry * 0.5), at(0, -ry * 0.6), at(rx * 0.3, -ry * 0.5)], False, 5),
                "#a8483f",
                0.0062 * h,
                clip=True,
            )
        part = rx * (0.35 if look.girl else -0.35)
        if look.hair == "crop":
            top = [
                at(-rx * 1.03, ry * 0.2),
                at(-rx * 0.9, ry * 0.74),
                at(0, ry * 1.1),
                at(rx * 0.9, ry * 0.74),
                at(rx * 1.03, ry * 0.2),
                at(rx * 0.7, ry * 0.46),
                at(0, ry * 0.56),
                at(-rx * 0.7, ry * 0.46),
            ]
        elif look.hair == "short":
            top = [
                at(-rx * 1.06, -ry * 0.05),
                at(-rx * 1.02, ry * 0.8),
                at(0, ry * 1.2),
                at(rx * 1.02, ry * 0.8),
                at(rx * 1.06, -ry * 0.05),
                at(rx * 0.82, ry * 0.36),
                at(part, ry * 0.6),
                at(-rx * 0.78, ry * 0.34),
            ]
        else:
            top = [
                at(-rx * 1.1, -ry * 0.2),
                at(-rx * 1.04, ry * 0.7),
                at(0, ry * 1.14),
                at(rx * 1.04, ry * 0.7),
                at(rx * 1.1, -ry * 0.2),
                at(rx * 0.84, ry * 0.2),
                at(part, ry * 0.72),
                at(-rx * 0.86, ry * 0.1),
            ]
        t.blob(top, hc)
        t.poly(
            smooth([at(-rx * 0.5, ry * 0.86), at(0, ry * 0.98), at(rx * 0.55, ry * 0.8), at(0, ry * 0.82)], True, 5),
            hl,
            alpha=0.7,
            clip=True,
        )
    else:
        t.oval(*at(0, 0), rx * h * 1.02, ry * h, look.skin)
        t.blob(
            [at(rx * 0.92, ry * 0.1), at(rx * 1.2, -ry * 0.24), at(rx * 0.9, -ry * 0.4), at(rx * 0.6, -ry * 0.1)],
            look.skin,
        )
        t.blob(
            [
                at(0, -ry * 0.4),
                at(rx * 0.92, -ry * 0.45),
                at(rx * 0.82, -ry * 0.95),
                at(rx * 0.3, -ry * 1.02),
                at(-rx * 0.3, -ry * 0.8),
            ],
            look.skin,
        )
        if h * big > 150:
            t.oval(*at(rx * 0.58, -ry * 0.04), 0.0055 * h * big, 0.0075 * h * big, "#2c2028", clip=True)
            t.line(
                smooth([at(rx * 0.36, ry * 0.15), at(rx * 0.58, ry * 0.24), at(rx * 0.8, ry * 0.2)], False, 5),
                mix(hc, look.skin, 0.3),
                0.0045 * h,
                clip=True,
            )
            t.line(
                smooth([at(rx * 0.42, -ry * 0.43), at(rx * 0.6, -ry * 0.55), at(rx * 0.88, -ry * 0.55)], False, 5),
                "#a8483f",
                0.0058 * h,
                clip=True,
            )
            t.oval(*at(rx * 0.34, -ry * 0.3), 0.011 * h, 0.008 * h, "#e0604c", alpha=0.2, clip=True)
        low = -ry * (0.95 if look.hair == "bob" else 0.55)
        t.blob(
            [
                at(rx * 0.86, ry * 0.42),
                at(rx * 0.5, ry * 1.05),
                at(-rx * 0.3, ry * 1.16),
                at(-rx * 1.1, ry * 0.6),
                at(-rx * 1.16, -ry * 0.1),
                at(-rx * 0.8, low),
                at(-rx * 0.3, -ry * (0.5 if look.hair == "bob" else 0.3)),
                at(-rx * 0.1, ry * 0.3),
                at(rx * 0.45, ry * 0.5),
            ],
            hc,
        )
        t.oval(*at(-rx * 0.12, -ry * 0.1), 0.010 * h, 0.015 * h, dark(look.skin, 0.12), clip=True)
    _hat(t, at, rx, ry, look, view, h)


def _hat(t, at, rx, ry, look, view, h):
    """Nón lá, mũ tai bèo, cap, helmet, kepi."""
    if not look.hat:
        return
    c, cd, cl = look.hat_c, dark(look.hat_c, 0.28), pale(look.hat_c, 0.35)
    if look.hat == "nonla":
        w, b = 0.145, ry * (0.5 if view == "front" else 0.32)
        t.poly(
            smooth(
                [
                    at(-w, b),
                    at(-w * 0.5, b - 0.026),
                    at(0, b - 0.034),
                    at(w * 0.5, b - 0.026),
                    at(w, b),
                    at(0, b + 0.03),
                ],
                True,
                5,
            ),
            dark(c, 0.45),
        )
        t.poly(
            [at(-w, b), *smooth([at(-w, b), at(0, b - 0.016), at(w, b)]), at(0.006, b + 0.125), at(-0.006, b + 0.125)],
            c,
        )
        k = -t.light.side * (1 if at(1, 0)[0] > at(0, 0)[0] else -1)
        t.poly([at(0, b + 0.128), at(k * w, b), at(k * w * 0.35, b - 0.014)], dark(c, 0.6), alpha=0.22, clip=True)
        for i in (0.35, 0.68):
            t.line(
                smooth(
                    [
                        at(-w * i, b + 0.125 * (1 - i)),
                        at(0, b + 0.125 * (1 - i) - 0.012),
                        at(w * i, b + 0.125 * (1 - i)),
                    ]
                ),
                cd,
                0.002 * h,
                alpha=0.5,
                clip=True,
            )
    elif look.hat in ("taibeo", "cap", "helmet", "kepi", "nurse"):
        top = ry * (1.28 if look.hat != "kepi" else 1.36)
        t.blob(
            [
                at(-rx * 1.12, ry * 0.36),
                at(-rx * 0.95, ry * 0.98),
                at(0, top),
                at(rx * 0.95, ry * 0.98),
                at(rx * 1.12, ry * 0.36),
            ],
            c,
        )
        t.line([at(-rx * 1.05, ry * 0.5), at(rx * 1.05, ry * 0.5)], cd, 0.008 * h, clip=True)
        if look.hat == "taibeo":
            t.blob(
                [
                    at(-rx * 1.85, ry * 0.12),
                    at(-rx * 0.9, ry * 0.5),
                    at(rx * 0.9, ry * 0.5),
                    at(rx * 1.85, ry * 0.12),
                    at(rx * 0.9, ry * 0.24),
                    at(0, ry * 0.34),
                    at(-rx * 0.9, ry * 0.24),
                ],
                cd,
            )
        elif look.hat in ("cap", "kepi"):
            if view == "side":
                t.blob(
                    [
                        at(rx * 0.5, ry * 0.56),
                        at(rx * 1.75, ry * 0.36),
                        at(rx * 1.7, ry * 0.24),
                        at(rx * 0.5, ry * 0.34),
                    ],
                    cd,
                )
            elif view == "front":
                t.blob(
                    [
                        at(-rx * 0.9, ry * 0.44),
                        at(0, ry * 0.56),
                        at(rx * 0.9, ry * 0.44),
                        at(rx * 0.6, ry * 0.22),
                        at(0, ry * 0.16),
                        at(-rx * 0.6, ry * 0.22),
                    ],
                    cd,
                )
        elif look.hat == "helmet":
            t.line([at(-rx * 1.25, ry * 0.38), at(rx * 1.3, ry * 0.38)], cl, 0.016 * h)
