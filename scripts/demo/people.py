"""People one by one (`person`), in a line (`row`) or spread over the ground (`scatter`)."""

from __future__ import annotations

from figure import person
from wardrobe import Look, wear, with_


def row(cv, n, x0, x1, y, h, roles="volunteer", poses=("stand",), view=None, jitter=0.25, items=None, **kw):
    """n figures along a line from x0 to x1, feet near y, drawn back to front."""
    rng = cv.rng
    step = (x1 - x0) / max(1, n - 1) if n > 1 else 0
    spots = [
        (x0 + i * step + rng.uniform(-jitter, jitter) * min(step, h) * 0.5, y + rng.uniform(-0.035, 0.035) * h)
        for i in range(n)
    ]
    for x, yy in sorted(spots, key=lambda q: q[1]):
        role = roles if isinstance(roles, str) else rng.choice(roles)
        look = role if isinstance(role, Look) else wear(role, rng)
        small = 0.72 if look.child else 1.0
        person(cv, x, yy, h * small, rng.choice(poses), look, view, item=rng.choice(items) if items else None, **kw)


def scatter(cv, n, y0, y1, near, far, roles="volunteer", poses=("stand",), x0=60, x1=None, items=None, view=None, **kw):
    """n figures spread over the ground between y0 (height `far`) and y1 (height `near`), evenly but not stiffly."""
    rng, x1 = cv.rng, x1 or cv.W - 60
    slots = [x0 + (x1 - x0) * (i + 0.5 + rng.uniform(-0.3, 0.3)) / n for i in range(n)]
    spots = []
    for i, x in enumerate(slots):
        t = (i * 0.618 + rng.uniform(-0.12, 0.12)) % 1
        spots.append((y0 + (y1 - y0) * t, x, far + (near - far) * t))
    for y, x, h in sorted(spots):
        role = roles if isinstance(roles, str) else rng.choice(roles)
        look = wear(role, rng)
        pose = rng.choice(poses)
        pose = "wave" if pose == "jump" and not look.child else pose  # leaps are for children
        person(
            cv,
            x,
            y,
            h * (0.72 if look.child else 1),
            pose,
            look,
            view,
            flip=rng.random() < 0.5,
            item=rng.choice(items) if items else None,
            **kw,
        )


__all__ = ["Look", "person", "row", "scatter", "wear", "with_"]
