"""One stylised figure with sound proportions: a skeleton solved from hands and feet, then dressed."""

from __future__ import annotations

import math

from canvas import Canvas
from dress import draw_back_hair, draw_torso
from heads import draw_head
from light import dark
from poses import POSES, S
from things import held
from wardrobe import Look, wear

ARM, FORE, THIGH, SHIN = 0.165, 0.155, 0.245, 0.25


def _joint(a, b, l1, l2, bend, flat=1.0):
    """The elbow or knee between a and b (bend: sense, 0 for straight, or the point itself)."""
    if isinstance(bend, tuple):
        return bend
    dx, dy = b[0] - a[0], b[1] - a[1]
    d = math.hypot(dx, dy) or 1e-6
    if bend == 0 or d >= l1 + l2:
        f = l1 / (l1 + l2)
        return (a[0] + dx * f, a[1] + dy * f)
    m = max(-l1, min(l1, (d * d + l1 * l1 - l2 * l2) / (2 * d)))
    h = math.sqrt(max(0, l1 * l1 - m * m)) * bend * flat
    return (a[0] + dx / d * m - dy / d * h, a[1] + dy / d * m + dx / d * h)


class _Fig:
    """A figure being drawn: maps figure units to the tile."""

    def __init__(self, t: Canvas, x, y, h, s):
        self.t, self.x, self.y, self.h, self.s = t, x, y, h, s

    def __call__(self, p):
        return (self.x + self.s * p[0] * self.h, self.y - p[1] * self.h)

    def many(self, pts):
        return [self(p) for p in pts]


def person(
    cv: Canvas, x, y, h, pose="stand", look: Look | None = None, view=None, flip=False, item=None, cast=None, bare=False
):
    """Draw a figure whose feet stand at (x, y) and whose full height is h.

    pose: a name in POSES; view 'back' turns a frontal pose round; item: a thing held (see
    things.held); cast: opacity of the cast shadow (None: from the light). Returns the
    positions of the two hands and the head.
    """
    rng = cv.rng
    look = look or wear("volunteer", rng)
    h = h * look.tall
    p = POSES[pose]
    view = view or p["view"]
    frontal = view != "side"
    big = 1.3 if look.child else 1.07
    t = cv.tile(x - h * 0.62, y - h * 1.32, x + h * 0.62, y + h * 0.08)
    f = _Fig(t, x, y, h, -1 if flip else 1)
    pelvis, nape = p["pelvis"], p["nape"]
    ax, ay = nape[0] - pelvis[0], nape[1] - pelvis[1]
    n = math.hypot(ax, ay)
    ux, uy = ax / n, ay / n  # up the spine
    vx, vy = uy, -ux  # across it, forward
    ws, wh = (S * (0.94 if look.girl else 1.02), 0.082 if look.girl else 0.078) if frontal else (0.062, 0.066)
    if look.child:
        ws, wh = ws * 0.92, wh * 0.98
    sh = [
        (nape[0] - ux * 0.044 + vx * k, nape[1] - uy * 0.044 + vy * k)
        for k in ((-ws * 0.86, ws * 0.86) if frontal else (0.012, -0.012))
    ]
    hip = [(pelvis[0] + vx * k, pelvis[1] + vy * k) for k in ((-0.046, 0.046) if frontal else (0.01, -0.01))]
    el = [_joint(sh[i], p["hands"][i], ARM, FORE, p["el"][i], 0.58 if frontal else 1.0) for i in (0, 1)]
    kn = [_joint(hip[i], p["feet"][i], THIGH, SHIN, p["kn"][i]) for i in (0, 1)]
    head = (
        nape[0] + ux * 0.052 * big + ux * 0.055 + p.get("look", (0, 0))[0] + (0 if frontal else 0.012),
        nape[1] + uy * 0.052 * big + uy * 0.055 + p.get("look", (0, 0))[1],
    )
    shirt, shirt_d = look.shirt, dark(look.shirt, 0.2)

    def arm(i, dim):
        c, sk = dark(shirt, dim), dark(look.skin, dim * 0.8)
        a, b, e = f(sh[i]), f(el[i]), f(p["hands"][i])
        if look.sleeve == "long":
            t.limb(a, b, 0.035 * h, 0.03 * h, c)
            t.limb(b, e, 0.029 * h, 0.021 * h, c)
        else:
            t.limb(a, b, 0.033 * h, 0.024 * h, sk)
            t.limb(b, e, 0.023 * h, 0.017 * h, sk)
            m = (a[0] + (b[0] - a[0]) * 0.66, a[1] + (b[1] - a[1]) * 0.66)
            t.limb(a, m, 0.034 * h, 0.038 * h, c)
        t.oval(*e, 0.023 * h, 0.023 * h, sk)

    def leg(i, dim):
        c = dark(look.legs_c, dim)
        a, b, e = f(hip[i]), f(kn[i]), f(p["feet"][i])
        toe = (0.06 if not frontal else (0.018 if i else -0.018)) * h * f.s
        sx = e[0] + toe * 0.45
        t.limb(
            (e[0], e[1] + 0.006 * h), (sx + toe * 0.35, e[1] + 0.012 * h), 0.02 * h, 0.017 * h, dark(look.shoes, dim)
        )
        bare_leg = look.legs in ("shorts", "skirt")
        sk = dark(look.skin, dim * 0.8)
        if bare_leg:
            t.limb(a, b, 0.048 * h, 0.035 * h, sk)
            t.limb(b, e, 0.034 * h, 0.02 * h, sk)
            if look.legs == "shorts":
                m = (a[0] + (b[0] - a[0]) * 0.72, a[1] + (b[1] - a[1]) * 0.72)
                t.limb(a, m, 0.056 * h, 0.05 * h, c)
        else:
            wide = 1.25 if look.legs == "tunic" else 1.0
            t.limb(a, b, 0.053 * h, 0.04 * h * wide, c)
            t.limb(b, (e[0], e[1] - 0.012 * h), 0.04 * h * wide, 0.031 * h * wide, c)

    back_arms = p.get("back_arms") and view != "back"
    if view == "back" and not p.get("back_arms"):
        arm(0, 0.06), arm(1, 0.06)
    if not frontal or back_arms:
        arm(0, 0.28)
        if back_arms:
            arm(1, 0.28)
    if look.hair in ("long", "pony") and view != "back":
        draw_back_hair(t, f, head, big, look, frontal, h)
    leg(0, 0.0 if frontal else 0.26)
    leg(1, 0.0)
    draw_torso(t, f, look, pelvis, nape, (ux, uy), (vx, vy), ws, wh, kn, frontal, view, shirt_d, h)
    # neck and head
    t.limb(
        f((nape[0] - ux * 0.02, nape[1] - uy * 0.02)),
        f((head[0] * 0.6 + nape[0] * 0.4, head[1] * 0.5 + nape[1] * 0.5)),
        0.031 * h,
        0.029 * h,
        dark(look.skin, 0.16),
    )
    draw_head(t, f, head, big, look, view, h)
    if frontal and not back_arms and view != "back":
        arm(0, 0.04), arm(1, 0.04)
    elif view == "side":
        arm(1, 0.05)
    elif p.get("back_arms"):
        arm(0, 0.04), arm(1, 0.04)
    hands = [f(q) for q in p["hands"]]
    if item:
        t.skin = look.skin
        held(t, item, hands, h, f.s, y)
    if cast is None:
        cast = 0 if cv.light.indoor else cv.light.cast
    if bare or h < 46:
        cv.im.paste(t.im, (round((t.ox - cv.ox) * cv.k), round((t.oy - cv.oy) * cv.k)), t.mask)
    else:
        if cv.light.indoor or cv.light.name == "night":
            cv.soft_oval(x, y, 0.13 * h, 0.022 * h, cv.light.shadow, 0.012 * h, 0.35, raw=True)
        else:
            cv.soft_oval(x, y + 0.004 * h, 0.1 * h, 0.018 * h, cv.light.shadow, 0.008 * h, 0.4, raw=True)
        cv.stamp(t, width=max(1.5, h * 0.016), cast=cast, foot=y + 0.004 * h, shade=0.32)
    return hands, f(head)
