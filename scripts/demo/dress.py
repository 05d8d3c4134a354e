"""What a figure wears: torso, clothes, hair down the back."""

from __future__ import annotations

from canvas import smooth
from light import dark


def draw_torso(t, f, look, pelvis, nape, u, v, ws, wh, kn, frontal, view, shirt_d, h):
    """Shirt, collar, badge, scarf, skirt or tunic."""

    def at(along, across):  # along the spine from the pelvis, 1 at the neck
        return (
            pelvis[0] + (nape[0] - pelvis[0]) * along + v[0] * across,
            pelvis[1] + (nape[1] - pelvis[1]) * along + v[1] * across,
        )

    waist = wh * (0.86 if look.girl else 1.06)
    if look.legs == "skirt":
        hem = [(kn[0][0] - 0.05, kn[0][1] + 0.01), (kn[1][0] + 0.05, kn[1][1] + 0.01)]
        t.blob(
            f.many(
                [
                    at(0.12, -waist),
                    at(0.12, waist),
                    (pelvis[0] + 0.09, pelvis[1] - 0.08),
                    hem[1],
                    hem[0],
                    (pelvis[0] - 0.09, pelvis[1] - 0.08),
                ]
            ),
            look.legs_c,
        )
    body = [
        at(1.0, -0.034),
        at(0.945, -ws * 0.82),
        at(0.85, -ws * 1.02),
        at(0.55, -(waist + ws) * 0.52),
        at(0.26, -waist),
        at(-0.08, -wh * 1.1),
        at(-0.1, wh * 1.1),
        at(0.26, waist),
        at(0.55, (waist + ws) * 0.52),
        at(0.85, ws * 1.02),
        at(0.945, ws * 0.82),
        at(1.0, 0.034),
    ]
    t.poly(smooth(f.many(body), True, 4), look.shirt)
    if look.legs == "tunic" or look.apron == "coat":
        drop = 0.3 if look.legs == "tunic" else 0.2
        c = look.shirt if not frontal else dark(look.shirt, 0.05)
        t.poly(
            f.many(
                [
                    at(0.2, -waist),
                    at(0.2, waist),
                    (pelvis[0] + wh * 1.25, pelvis[1] - drop * 0.5),
                    (pelvis[0] + wh * 1.15, pelvis[1] - drop),
                    (pelvis[0] - wh * 1.15, pelvis[1] - drop),
                    (pelvis[0] - wh * 1.25, pelvis[1] - drop * 0.5),
                ]
            ),
            c,
        )
    # a plane of shade gives the body its roundness
    side = 1 if t.light.side * f.s < 0 else -1
    t.poly(
        f.many(
            [
                at(0.97, side * 0.02),
                at(0.9, side * ws * 1.1),
                at(-0.1, side * wh * 1.4),
                at(-0.1, side * wh * 0.3),
                at(0.5, side * waist * 0.2),
            ]
        ),
        dark(look.shirt, 0.5),
        alpha=0.2,
        clip=True,
    )
    if view == "back":
        return
    if frontal:
        t.poly(f.many([at(1.02, -0.032), at(0.9, 0), at(1.02, 0.032)]), dark(look.skin, 0.1), clip=True)
        c = look.collar or shirt_d
        t.poly(f.many([at(1.03, -0.036), at(0.87, -0.002), at(0.86, -0.03), at(0.96, -0.06)]), c, clip=True)
        t.poly(f.many([at(1.03, 0.036), at(0.87, 0.002), at(0.86, 0.03), at(0.96, 0.06)]), c, clip=True)
        if look.legs != "tunic" and not look.scarf:
            t.line(f.many([at(0.88, 0), at(-0.08, 0)]), shirt_d, max(1, 0.004 * h), alpha=0.7, clip=True)
        if look.badge:
            t.oval(*f(at(0.74, 0.052)), 0.0125 * h, 0.0125 * h, "#ffd200", clip=True)
            t.oval(*f(at(0.74, 0.052)), 0.007 * h, 0.007 * h, "#d3222f", clip=True)
        if look.tie:
            t.poly(
                f.many([at(0.9, -0.012), at(0.9, 0.012), at(0.4, 0.022), at(0.33, 0), at(0.4, -0.022)]),
                look.tie,
                clip=True,
            )
        if look.scarf:
            t.poly(
                f.many(
                    [
                        at(1.0, -0.05),
                        at(0.97, 0.05),
                        at(0.84, 0.012),
                        at(0.62, 0.035),
                        at(0.6, 0.0),
                        at(0.82, -0.006),
                        at(0.62, -0.04),
                        at(0.66, -0.055),
                        at(0.86, -0.03),
                    ]
                ),
                look.scarf,
                clip=True,
            )
    else:
        if look.scarf:
            t.poly(f.many([at(1.02, -0.03), at(1.0, 0.05), at(0.72, 0.085), at(0.7, 0.05), at(0.9, 0.03)]), look.scarf)
        elif look.collar:
            t.poly(f.many([at(1.02, -0.04), at(1.03, 0.035), at(0.9, 0.05), at(0.93, -0.05)]), look.collar, clip=True)
        if look.badge:
            t.oval(*f(at(0.74, 0.04)), 0.008 * h, 0.011 * h, "#ffd200", clip=True)


def draw_back_hair(t, f, head, big, look, frontal, h):
    """Hair that falls behind the shoulders."""
    r = 0.062 * big
    x, y = head
    if look.hair == "long":
        pts = [
            (x - r, y + 0.03),
            (x + r, y + 0.03),
            (x + r * 1.15, y - 0.1),
            (x + r * 0.7, y - 0.2),
            (x - r * 0.7, y - 0.2),
            (x - r * 1.15, y - 0.1),
        ]
        if not frontal:
            pts = [
                (x - r, y + 0.04),
                (x + 0.01, y + 0.05),
                (x - 0.005, y - 0.08),
                (x - 0.03, y - 0.2),
                (x - 0.1, y - 0.19),
                (x - 0.085, y - 0.05),
            ]
        t.blob(f.many(pts), look.hair_c)
    elif not frontal:
        t.blob(
            f.many(
                [
                    (x - r * 0.8, y + 0.04),
                    (x - r * 1.6, y + 0.02),
                    (x - r * 2.0, y - 0.07),
                    (x - r * 1.75, y - 0.14),
                    (x - r * 1.35, y - 0.05),
                ]
            ),
            look.hair_c,
        )
