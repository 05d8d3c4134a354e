"""The vocabulary: scene name -> drawing function. Scenes register themselves with @scene."""

from __future__ import annotations

import importlib
import random
import zlib
from dataclasses import dataclass, field

import light as lights
from canvas import Canvas
from PIL import Image

SCENES: dict = {}


@dataclass(frozen=True)
class Spec:
    """One picture to draw."""

    scene: str
    light: str = "day"
    seed: int = 1
    people: int | None = None
    size: tuple = (1440, 960)
    text: tuple = field(default_factory=tuple)


def scene(name: str, indoor=False):
    """Register a function f(cv, spec) as the scene `name`."""

    def keep(f):
        SCENES[name] = (f, indoor)
        return f

    return keep


# how near the camera may come in each scene of people (1: never nearer)
NEAR = {
    "volunteers_planting": 1.4,
    "volunteers_cleanup": 1.4,
    "volunteers_road": 1.35,
    "volunteers_building": 1.2,
    "children_play": 1.3,
    "gift_giving": 1.35,
    "army_visit": 1.12,
    "traffic_guide": 1.3,
    "farm_model": 1.35,
    "phone_guide": 1.3,
    "schoolyard": 1.3,
    "flag_salute": 1.08,
    "workshop": 1.3,
    "computer_room": 1.3,
    "classroom": 1.12,
    "meeting": 1.2,
    "swimming_lesson": 1.4,
    "parade_youth": 1.3,
    "football": 1.3,
    "running": 1.25,
    "campfire": 1.2,
    "children_lantern": 1.35,
    "boat_trip": 1.15,
    "market": 1.3,
    "village_road": 1.15,
    "library": 1.2,
    "fishing_sauce": 1.2,
    "memorial": 1.08,
    "startup_booth": 1.15,
    "street": 1.2,
}


def _camera(spec: Spec, rng: random.Random):
    """(zoom, x, y): how near the camera stands and what part (0..1) of the spare picture it leaves left and above."""
    most = 1.0 if spec.text else NEAR.get(spec.scene, 1.0)
    zoom = 1 + (most - 1) * rng.choice((0, 0.35, 0.7, 1))
    return zoom, rng.uniform(0.3, 0.7), rng.uniform(0.72, 0.95)


def draw(spec: Spec) -> Image.Image:
    """Draw a Spec; the same Spec gives the same pixels."""
    f, indoor = SCENES[spec.scene]
    rng = random.Random(zlib.crc32(f"{spec.scene}|{spec.light}|{spec.seed}".encode()))
    hour = lights.pick(spec.light, rng)
    zoom, u, v = _camera(spec, random.Random(spec.seed * 7919 + len(spec.scene)))
    w, h = spec.size
    cv = Canvas(round(w * zoom), round(h * zoom), hour.inside() if indoor else hour, rng)
    cv.outdoor = hour
    made = f(cv, spec)
    im = made if isinstance(made, Image.Image) else cv.finish()
    x, y = int((im.width - w) * u), int((im.height - h) * v)
    return im if im.size == (w, h) else im.crop((x, y, x + w, y + h))


MODULES = (
    "camps",
    "ceremonies",
    "classes",
    "coast",
    "dunes",
    "encounters",
    "fields",
    "halls",
    "inland",
    "islands",
    "motifs",
    "motifs_civic",
    "offices",
    "service",
    "sport",
    "support",
    "town",
    "trade",
    "visits",
    "works",
)


def load_scenes() -> dict:
    """Import every module that registers scenes."""
    for module in MODULES:
        importlib.import_module(module)
    return SCENES
