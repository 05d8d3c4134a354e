"""Draw the portal's own emblem: ``python scripts/demo/icons.py`` writes ``theme/static/root/``.

A blue roundel with a sun of rays, a flag that is nothing but a wave, and a star: it
means to feel like a youth union without copying anybody's badge. One shape, drawn here
once as polygons, becomes the SVG, the PNGs, the ICO and the picture for shared links.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2] / "theme" / "static" / "root"
FONT = "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"
BLUE, NAVY, YELLOW, WHITE, SKY = "#0054a6", "#003f7d", "#ffd200", "#ffffff", "#8ec1f5"
BOX = 96

Point = tuple[float, float]


def star(x: float, y: float, radius: float) -> list[Point]:
    """A five-pointed star, one point upward."""
    points = []
    for corner in range(10):
        far = radius if corner % 2 == 0 else radius * 0.382
        angle = math.radians(corner * 36 - 90)
        points.append((x + far * math.cos(angle), y + far * math.sin(angle)))
    return points


def rays(x: float, y: float, inner: float, outer: float) -> list[list[Point]]:
    """Thin wedges that fan out over the upper half, three on either side."""
    found = []
    for step in (1, 2, 3, 5, 6, 7):  # the star's own point is the one in the middle
        angle = math.radians(-180 + step * 22.5)
        corners = ((inner, -0.075), (inner, 0.075), (outer, 0.075), (outer, -0.075))
        found.append([(x + far * math.cos(angle + turn), y + far * math.sin(angle + turn)) for far, turn in corners])
    return found


def wave(top: float, depth: float, height: float) -> list[Point]:
    """A band with a wave for each edge, its ends cut by a circle inside the rim."""

    def edge(base: float) -> list[Point]:
        points = [(x, base + depth * math.sin((x - 10) / 76 * 2 * math.pi)) for x in range(4, 93)]
        return [point for point in points if math.dist(point, (48, 48)) < 40]

    upper, lower = edge(top), edge(top + height)
    return [*upper[::4], upper[-1], *reversed([*lower[::4], lower[-1]])]


#: (colour, polygon), from back to front, inside the roundel of ``BOX`` × ``BOX``.
SHAPES = [
    *((SKY, ray) for ray in rays(48, 55, 25, 38)),
    (YELLOW, star(48, 37, 19.5)),
    (WHITE, wave(58, 4.5, 9)),
    (YELLOW, wave(71, 4.5, 5)),
]
RINGS = [(WHITE, 48), (BLUE, 45.5)]


def svg() -> str:
    """The emblem as one small SVG file."""
    parts = [f'<circle cx="48" cy="48" r="{radius:g}" fill="{colour}"/>' for colour, radius in RINGS]
    by_colour: dict[str, list[str]] = {}
    for colour, points in SHAPES:
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"
        by_colour.setdefault(colour, []).append(path)
    parts += [f'<path fill="{colour}" d="{"".join(paths)}"/>' for colour, paths in by_colour.items()]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BOX} {BOX}">{"".join(parts)}</svg>\n'


def picture(size: int, background: str | None = None, share: float = 1) -> Image.Image:
    """The emblem in pixels, drawn four times too large and brought down. ``share`` is how
    much of the picture it fills: icons that a phone crops need air around."""
    big = size * 4
    image = Image.new("RGBA", (big, big), background or "#00000000")
    draw = ImageDraw.Draw(image)
    scale = big / BOX * share
    shift = big * (1 - share) / 2

    def at(points: list[Point]) -> list[Point]:
        return [(x * scale + shift, y * scale + shift) for x, y in points]

    for colour, radius in RINGS:
        draw.ellipse([*at([(48 - radius, 48 - radius)])[0], *at([(48 + radius, 48 + radius)])[0]], fill=colour)
    for colour, points in SHAPES:
        draw.polygon(at(points), fill=colour)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def shared(name: str, line: str) -> Image.Image:
    """1200 × 630 for links that have no picture of their own."""
    image = Image.new("RGB", (1200, 630), BLUE)
    draw = ImageDraw.Draw(image)
    for step in range(-2, 30):
        angle = math.radians(-190 + step * 9)
        ends = [(930 + 1400 * math.cos(angle + turn), 560 + 1400 * math.sin(angle + turn)) for turn in (-0.035, 0.035)]
        draw.polygon([(930, 560), *ends], fill="#085cae")
    draw.rectangle((0, 566, 1200, 630), fill=NAVY)
    draw.rectangle((0, 558, 1200, 566), fill=YELLOW)
    emblem = picture(300)
    image.paste(emblem, (820, 130), emblem)
    draw.text(
        (80, 150), "\n".join(_lines(draw, name, 92, 600)), font=ImageFont.truetype(FONT, 92), fill=WHITE, spacing=20
    )
    draw.text(
        (80, 410), "\n".join(_lines(draw, line, 34, 680)), font=ImageFont.truetype(FONT, 34), fill="#dbe9f8", spacing=14
    )
    return image


def _lines(draw: ImageDraw.ImageDraw, text: str, size: int, width: int) -> list[str]:
    font, lines = ImageFont.truetype(FONT, size), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def main() -> None:
    sys.path.insert(0, str(ROOT.parents[2]))
    import pelicanconf

    ROOT.mkdir(parents=True, exist_ok=True)
    (ROOT / "favicon.svg").write_text(svg(), "utf-8")
    sizes = [16, 32, 48]
    small = [picture(size) for size in sizes]
    small[-1].save(ROOT / "favicon.ico", sizes=[(size, size) for size in sizes], append_images=small[:-1])
    picture(180, BLUE, 0.86).convert("RGB").quantize(64).save(ROOT / "apple-touch-icon.png", optimize=True)
    for size in (192, 512):
        picture(size).quantize(64).save(ROOT / f"icon-{size}.png", optimize=True)
    shared(pelicanconf.SITENAME, "Cổng thông tin điện tử").save(
        ROOT / "og-default.jpg", quality=82, optimize=True, progressive=True
    )


if __name__ == "__main__":
    main()
