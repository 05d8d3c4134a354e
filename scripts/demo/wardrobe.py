"""Who the figures are: skin, hair, hats and clothes, drawn by lot for each role."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

BLUE, NAVY, RED, YELLOW = "#0f63bb", "#17305e", "#d3222f", "#ffd200"
SKINS = ("#f0c8a0", "#e8b88c", "#dca87a", "#cf976a", "#bd8558", "#f3cfac")
HAIRS = ("#1d1a22", "#2a2026", "#34261f", "#231f2c", "#18161c")
BRIGHT = (
    "#e4573d",
    "#f0a92e",
    "#2f9c8f",
    "#e58aa0",
    "#5b8fd0",
    "#8a63b0",
    "#f4f0e6",
    "#69a84f",
    "#d9486a",
    "#f6c948",
    "#3f7fae",
    "#efe2cd",
)
TROUSERS = ("#2a3350", "#1e2a44", "#3a3f52", "#4a5568", "#27364f", "#4b4238")


@dataclass(frozen=True)
class Look:
    """One person's looks. `hair` is short|bob|long|pony|bun, `legs` trousers|shorts|skirt|tunic."""

    skin: str = SKINS[0]
    hair_c: str = HAIRS[0]
    hair: str = "short"
    shirt: str = BLUE
    sleeve: str = "short"
    collar: str | None = None
    legs: str = "trousers"
    legs_c: str = TROUSERS[0]
    shoes: str = "#2b2b35"
    hat: str | None = None
    hat_c: str = "#5b8a3c"
    badge: bool = False
    scarf: str | None = None
    tie: str | None = None
    apron: str | None = None
    child: bool = False
    tall: float = 1.0
    girl: bool = False


def _body(rng: random.Random, grey=False) -> dict:
    girl = rng.random() < 0.5
    hair = rng.choice(("long", "pony", "bob", "bun", "pony")) if girl else rng.choice(("short", "short", "crop"))
    return {
        "skin": rng.choice(SKINS),
        "hair_c": rng.choice(("#c9c4bd", "#8f8a86", "#b5b0aa")) if grey else rng.choice(HAIRS),
        "hair": hair,
        "girl": girl,
        "tall": rng.uniform(0.91, 0.98) if girl else rng.uniform(0.97, 1.05),
    }


def wear(role: str, rng: random.Random) -> Look:
    """A Look for a role: volunteer, official, student, pupil, child, farmer, elder, worker, doctor,
    soldier, police, runner, player, aodai, dancer, vendor, presenter or anything else (casual)."""
    b = _body(rng, role == "elder")
    girl, r = b["girl"], rng.random()
    if role == "volunteer":
        hat = "taibeo" if r < 0.3 else "nonla" if r < 0.42 else "cap" if r < 0.52 else None
        return Look(
            **b,
            shirt=rng.choice((BLUE, BLUE, "#1268c2", "#0b58ab")),
            collar="#0a478c",
            badge=True,
            hat=hat,
            hat_c={"taibeo": rng.choice(("#2f6fb4", "#4b8a4a")), "cap": BLUE}.get(hat, "#ead9a8"),
            sleeve=rng.choice(("short", "short", "long")),
            legs_c=rng.choice(TROUSERS),
            shoes=rng.choice(("#f0efe9", "#2b2b35", "#c94a3b", "#6f7785")),
        )
    if role == "official":
        white = r < 0.55
        return Look(
            **b,
            shirt=rng.choice(("#f5f6f8", "#eef3fa", "#dfeaf7")) if white else BLUE,
            badge=True,
            collar=None if white else "#0a478c",
            sleeve=rng.choice(("short", "long")),
            legs_c="#222b42",
        )
    if role == "suit":
        return Look(
            **b,
            shirt=rng.choice(("#25304c", "#2f3138", "#33415f")),
            sleeve="long",
            collar="#f4f4f4",
            tie=None if girl else rng.choice((RED, "#2f5fa8", "#8a1f2b")),
            legs_c="#20283d",
            badge=True,
        )
    if role == "student":
        return Look(
            **b, shirt="#f7f8fa", collar="#dfe6ef", legs_c="#1d2f57", sleeve="short", badge=True, shoes="#e8e8e8"
        )
    if role == "pupil":
        return Look(
            **b,
            shirt="#fafafa",
            collar="#e4e9f0",
            scarf=RED,
            child=True,
            legs="skirt" if girl else rng.choice(("trousers", "shorts")),
            legs_c="#1d3a73",
            shoes="#f2f2f2",
            hat="cap" if r < 0.12 else None,
            hat_c="#f2f2f2",
        )
    if role == "child":
        return Look(
            **b,
            shirt=rng.choice(BRIGHT),
            child=True,
            legs="skirt" if girl and r < 0.5 else "shorts",
            legs_c=rng.choice(("#3b4f7d", "#c6573f", "#3f7f74", "#7d5a8f", "#41506a")),
            shoes=rng.choice(BRIGHT),
        )
    if role == "farmer":
        hat = "nonla" if r < 0.7 else "cap"
        return Look(
            **b,
            shirt=rng.choice(("#7a5a44", "#5f7d6c", "#8a6f8d", "#4f6f8f", "#a0664a", "#c9b48f", "#b0564f")),
            sleeve="long",
            legs_c=rng.choice(("#2a2a30", "#3a352f", "#3c4557")),
            hat=hat,
            hat_c="#ead9a8" if hat == "nonla" else "#4d6b4a",
            shoes="#6b5848",
        )
    if role == "elder":
        return Look(
            **replace_(b, tall=b["tall"] * 0.95),
            shirt=rng.choice(("#8d7f9a", "#b59a78", "#d7cbb8", "#6f8a8c", "#9a5f55")),
            sleeve="long",
            legs_c="#33313a",
            shoes="#5b4a3f",
        )
    if role == "worker":
        return Look(
            **b,
            shirt=rng.choice(("#e58a2d", "#3c7fb8", "#f0b23a")),
            sleeve="long",
            legs_c="#3a4358",
            hat="helmet",
            hat_c=rng.choice(("#f4c430", "#f4f4f4")),
        )
    if role == "doctor":
        return Look(
            **b,
            shirt="#f6fafc",
            sleeve="long",
            collar="#bfe0ea",
            legs_c="#dfe9ee" if r < 0.4 else "#2f4a63",
            hat="nurse" if girl and r < 0.35 else None,
            hat_c="#ffffff",
            apron="coat",
        )
    if role == "soldier":
        return Look(
            **replace_(b, hair="bob" if girl else "crop"),
            shirt="#55693a",
            sleeve="long",
            collar="#c23a2e",
            legs_c="#4b5d34",
            hat="taibeo" if r < 0.5 else "kepi",
            hat_c="#4f6436",
            shoes="#2a2620",
        )
    if role == "navy":
        return Look(
            **replace_(b, girl=False, hair="crop"),
            shirt="#f5f8fb",
            sleeve="long",
            collar="#1f4f9e",
            legs_c="#1b2c52",
            hat="kepi",
            hat_c="#f7f7f7",
        )
    if role == "police":
        return Look(**b, shirt="#d9b76a", sleeve="short", legs_c="#b08f4b", hat="helmet", hat_c="#f5f5f5", badge=True)
    if role == "runner":
        return Look(
            **b,
            shirt=rng.choice((BLUE, BLUE, "#1976c9", YELLOW, "#e4473d", "#f4f4f4")),
            legs="shorts",
            legs_c=rng.choice(("#1b2540", "#2b2f3a", "#13408a")),
            hat="cap" if r < 0.25 else None,
            hat_c="#f4f4f4",
            shoes=rng.choice(("#f6653c", "#f4f4f4", "#38d0a2", "#ffd23c")),
        )
    if role in ("player", "rival"):
        c = BLUE if role == "player" else rng.choice((YELLOW,))
        return Look(
            **replace_(b, girl=False, hair=rng.choice(("short", "crop"))),
            shirt=c,
            legs="shorts",
            collar="#f4f4f4",
            legs_c="#f4f4f4" if role == "player" else "#1f6b3b",
            shoes="#26262e",
        )
    if role == "aodai":
        return Look(
            **replace_(b, girl=True, hair=rng.choice(("long", "long", "bun")), tall=0.95),
            shirt=rng.choice(("#f7f5f2", "#d8384a", "#2f78b8", "#f2c3cf", "#f3c64a", "#7fb7a4")),
            sleeve="long",
            legs="tunic",
            legs_c="#f8f6f2",
            shoes="#e9dccb",
            hat="nonla" if r < 0.15 else None,
            hat_c="#efe0b4",
        )
    if role == "dancer":
        return Look(
            **replace_(b, girl=True, hair="bun", tall=0.95),
            shirt=rng.choice(("#d92c4a", "#f0b429", "#12909a", "#e3629b")),
            sleeve="long",
            legs="tunic",
            legs_c=rng.choice(("#f7e7c0", "#f8f6f2", "#ffd873")),
            shoes="#e9c9a0",
        )
    if role == "cham":
        return Look(
            **b,
            shirt=rng.choice(("#f4efe4", "#e9e2d2", "#b8324a", "#2f7f6f")),
            sleeve="long",
            legs="tunic",
            legs_c=rng.choice(("#f4efe4", "#d9b45c")),
            shoes="#6b5848",
        )
    return Look(
        **b,
        shirt=rng.choice(BRIGHT),
        sleeve=rng.choice(("short", "short", "long")),
        legs_c=rng.choice((*TROUSERS, "#5a6f96", "#6b7f9f")),
        shoes=rng.choice(("#f0efe9", "#2b2b35", "#c94a3b")),
    )


def replace_(d: dict, **kw) -> dict:
    """d with some values changed."""
    return {**d, **kw}


def with_(look: Look, **kw) -> Look:
    """A Look with some traits changed."""
    return replace(look, **kw)
