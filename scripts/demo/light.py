"""Light: the palettes of dawn, day, dusk and night, and small colour arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace

Colour = tuple[int, int, int]


def rgb(value) -> Colour:
    """'#rrggbb' or a tuple -> a tuple of three integers."""
    if isinstance(value, str):
        value = value.lstrip("#")
        return tuple(int(value[i : i + 2], 16) for i in (0, 2, 4))
    return tuple(int(max(0, min(255, round(v)))) for v in value[:3])


def mix(a, b, t: float) -> Colour:
    """The colour a part t of the way from a to b."""
    a, b = rgb(a), rgb(b)
    return tuple(round(x + (y - x) * t) for x, y in zip(a, b, strict=True))


def dark(c, t: float) -> Colour:
    """c mixed towards a deep blue-black (coloured shadows, never plain black)."""
    return mix(c, (18, 22, 52), t)


def pale(c, t: float) -> Colour:
    """c mixed towards a warm white."""
    return mix(c, (255, 250, 240), t)


@dataclass(frozen=True)
class Light:
    """One state of the light. `tone` makes every colour of a scene obey it."""

    name: str
    sky: tuple  # colours from the zenith to the horizon
    sun: str  # colour of the sun or moon
    ambient: tuple  # multiplies local colours
    haze: str  # colour of distance
    shadow: str  # colour of shadows
    water: tuple  # far and near water
    cloud: tuple  # lit and shaded cloud
    rim: float  # strength of the edge light
    cast: float  # opacity of cast shadows
    sun_x: float = 0.7  # 0..1 across the picture
    sun_up: float = 0.2  # 0..1 of the sky above the horizon
    indoor: bool = False

    @property
    def side(self) -> int:
        """-1 if the light comes from the left, 1 from the right."""
        return -1 if self.sun_x < 0.5 else 1

    @property
    def low(self) -> bool:
        """True when the sun stands near the horizon."""
        return self.name in ("dawn", "dusk")

    def tone(self, c, depth: float = 0.0) -> Colour:
        """The colour c in this light, at an atmospheric depth of 0 (near) to 1 (haze)."""
        c = rgb(c)
        m = tuple(min(255, int(v * a)) for v, a in zip(c, self.ambient, strict=True))
        return mix(m, self.haze, depth) if depth else m

    def inside(self) -> Light:
        """The same hour as seen in a lit room."""
        ambient = {"dawn": (1, 0.96, 0.9), "day": (1, 1, 0.99), "dusk": (1, 0.93, 0.86), "night": (0.95, 0.88, 0.8)}[
            self.name
        ]
        haze = {"dawn": "#fff0dc", "day": "#f2f8fb", "dusk": "#ffe2c4", "night": "#f6dcae"}[self.name]
        sun = {"dawn": "#ffe9c0", "day": "#fffdf2", "dusk": "#ffd296", "night": "#ffe7b0"}[self.name]
        return replace(self, ambient=ambient, haze=haze, sun=sun, rim=0.34, indoor=True, shadow="#2a2c4e", cast=0.2)


_DAWN = [
    Light(
        "dawn",
        ("#5b8ec4", "#9fbfd8", "#f4d8ba", "#ffbd8c"),
        "#fff1c9",
        (1.0, 0.93, 0.87),
        "#f8d5b7",
        "#4a4a7c",
        ("#f6c9a1", "#3b7f9f"),
        ("#ffe9cf", "#c39fb0"),
        0.6,
        0.26,
    ),
    Light(
        "dawn",
        ("#6b7fc2", "#bda6cc", "#f8c4b2", "#ffe0ab"),
        "#fff4d2",
        (1.0, 0.91, 0.9),
        "#f5cbbf",
        "#4b3f78",
        ("#f3c3b0", "#5a76a8"),
        ("#ffe3d3", "#a98fbd"),
        0.6,
        0.26,
    ),
    Light(
        "dawn",
        ("#3d8db6", "#95cbce", "#f3e5ba", "#ffd08a"),
        "#fff6cf",
        (1.0, 0.95, 0.86),
        "#f3dfb6",
        "#3d4f74",
        ("#f2dba6", "#2f8592"),
        ("#fff3d6", "#a5b5b4"),
        0.6,
        0.26,
    ),
]
_DAY = [
    Light(
        "day",
        ("#1c78cb", "#55aae8", "#aedcf5", "#e4f5fa"),
        "#fffbe6",
        (1.0, 1.0, 0.98),
        "#cfe8f4",
        "#213a70",
        ("#46bcd2", "#0b649c"),
        ("#ffffff", "#b9d3e6"),
        0.38,
        0.3,
    ),
    Light(
        "day",
        ("#1f8ac4", "#6cc2e2", "#bfe7ea", "#eff8ec"),
        "#fffbe0",
        (1.0, 1.0, 0.96),
        "#d3ebe6",
        "#1f4468",
        ("#54cbc6", "#0a7490"),
        ("#ffffff", "#b5d2d8"),
        0.38,
        0.3,
    ),
    Light(
        "day",
        ("#4b8fc6", "#8fc0df", "#cfe3e8", "#f4f0dd"),
        "#fff6d8",
        (1.0, 0.985, 0.94),
        "#e0e6df",
        "#2b3c66",
        ("#7cc4cf", "#22719c"),
        ("#fffdf6", "#bccbd6"),
        0.36,
        0.28,
    ),
]
_DUSK = [
    Light(
        "dusk",
        ("#2b4283", "#7a5c9c", "#e07b8b", "#ffb168", "#ffd98c"),
        "#ffe7a6",
        (0.98, 0.83, 0.79),
        "#f0a683",
        "#3a2a5e",
        ("#f7ab74", "#3a3f7a"),
        ("#ffc58f", "#7d5a8e"),
        0.75,
        0.3,
    ),
    Light(
        "dusk",
        ("#1f4f88", "#6a7fb0", "#eda486", "#ffcf80"),
        "#ffefb8",
        (1.0, 0.87, 0.78),
        "#f2b58c",
        "#33305f",
        ("#f5bd84", "#275a86"),
        ("#ffd7a4", "#8e7a9c"),
        0.75,
        0.3,
    ),
    Light(
        "dusk",
        ("#40376f", "#9b4f80", "#ee7460", "#ffb94f"),
        "#ffe29a",
        (0.98, 0.81, 0.76),
        "#f09a72",
        "#3a224f",
        ("#f59a62", "#4a3668"),
        ("#ffb27c", "#8a4a78"),
        0.78,
        0.3,
    ),
]
_NIGHT = [
    Light(
        "night",
        ("#061231", "#0f265a", "#274a84", "#4c72a6"),
        "#f4f0d8",
        (0.46, 0.54, 0.78),
        "#345288",
        "#040a20",
        ("#3c639a", "#081a3e"),
        ("#5d7fb4", "#1a3263"),
        0.35,
        0.3,
        0.3,
        0.62,
    ),
    Light(
        "night",
        ("#0a0f30", "#1c2659", "#3f3d7a", "#7b5a8c"),
        "#fbeed2",
        (0.52, 0.52, 0.76),
        "#4b4680",
        "#080822",
        ("#5d548e", "#10153c"),
        ("#7a6aa0", "#262a5e"),
        0.35,
        0.3,
        0.3,
        0.62,
    ),
]


def pick(name: str, rng) -> Light:
    """A palette of the hour `name`, with the sun placed by rng."""
    table = {"dawn": _DAWN, "day": _DAY, "dusk": _DUSK, "night": _NIGHT}[name]
    base = rng.choice(table)
    x = rng.uniform(0.12, 0.4) if rng.random() < 0.5 else rng.uniform(0.6, 0.88)
    up = {
        "dawn": rng.uniform(0.06, 0.3),
        "dusk": rng.uniform(0.03, 0.24),
        "day": rng.uniform(0.7, 1.1),
        "night": rng.uniform(0.5, 0.75),
    }[name]
    return replace(base, sun_x=x, sun_up=up)
