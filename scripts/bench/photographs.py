"""Measure what photographs cost: ours in AVIF and JPEG, Hugo's in WebP, in the same four widths."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageFilter

from plugins.core.media.picture_file import WIDTHS

from .articles import ROOT
from .corpus import Corpus
from .measure import BenchError, Cost, run
from .tools import hugo_program

#: Megapixels → width and height: a phone's camera, and what Zalo leaves of it.
SIZES = {12: (4000, 3000), 2: (1600, 1200)}

_PAGE = """\
{{ range resources.Match "*.jpg" }}{{ $picture := . }}
{{ range slice WIDTHS }}<img src="{{ ($picture.Resize (printf "%dx webp q75 photo" .)).RelPermalink }}" alt="">{{ end }}
{{ end }}
"""


_ALBUM = """\
---
title: Ảnh để đo
date: 2026-05-01 08:00
category: bien-dao
summary: Những tấm ảnh để đo thời gian.
---
"""


def photograph(width: int, height: int, seed: int) -> bytes:
    """Make a JPEG with the statistics of a photograph: coarse fields over fine ones, edges, the noise of a sensor."""
    random = Random(seed)
    image = Image.new("RGB", (width, height), (118, 122, 120))
    for octave in range(8, 0, -1):
        size = max(2, width >> octave), max(2, height >> octave)
        layer = Image.frombytes("RGB", size, random.randbytes(size[0] * size[1] * 3)).resize((width, height))
        strength = 0.05 + 0.3 * (octave / 8) ** 2
        image = Image.blend(image, layer, strength)
    for _ in range(40):  # what stands before the background has edges
        x, y, extent = random.randrange(width), random.randrange(height), random.randrange(20, width // 8)
        image.paste(tuple(random.randbytes(3)), (x, y, x + extent, y + extent))
    image = image.filter(ImageFilter.GaussianBlur(width / 3000))
    grain = Image.frombytes("RGB", (width, height), random.randbytes(width * height * 3))
    image = ImageChops.add(image, grain.point(lambda value: value // 12), offset=-10)
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()


def section(work: Path, count: int, seed: int) -> Iterator[str]:
    """Yield the lines of the document about ``count`` photographs of each size. ``work`` is an empty folder."""
    if not count:
        return
    yield "\n## Photographs"
    yield ""
    yield f"{count} of each size, made in code, from nothing; seconds of processor and kilobytes for each picture."
    yield "Hugo has no AVIF: it makes WebP alone. In parentheses, the ratio to Hugo."
    yield ""
    yield "| | this portal: AVIF and JPEG | Hugo: WebP |"
    yield "|---|---:|---:|"
    for megapixels, (width, height) in SIZES.items():
        pictures = [photograph(width, height, seed + number) for number in range(count)]
        folder = work / str(megapixels)
        (ours, our_bytes), (hugo, hugo_bytes) = (
            _measure(prepare, folder / prepare.__name__, pictures) for prepare in (_ours, _hugo)
        )
        ratio = ours.processor / hugo.processor
        yield (
            f"| {megapixels} megapixels | {ours.processor / count:.2f} s ({ratio:.2f}), {our_bytes / count / 1000:.0f} KB"
            f" | {hugo.processor / count:.2f} s, {hugo_bytes / count / 1000:.0f} KB |"
        )
    yield ""


def _measure(
    prepare: Callable[[Path, list[bytes]], tuple[list[str], Path, str]], folder: Path, pictures: list[bytes]
) -> tuple[Cost, int]:
    """Return what the pictures cost beyond a site without any, and the bytes of the files made of them."""
    costs = []
    for number in (0, len(pictures)):
        command, output, pattern = prepare(folder / str(number), pictures[:number])
        costs.append(run(command, ROOT, {"CACHE": str(folder / str(number) / "cache")}))
        files = [path.stat().st_size for path in output.glob(pattern)]
        if len(files) < number * len(WIDTHS):
            raise BenchError(f"{len(files)} files of {number} pictures in {output}")
    nothing, everything = costs
    return Cost(everything.seconds, everything.processor - nothing.processor, everything.memory), sum(files)


def _ours(folder: Path, pictures: list[bytes]) -> tuple[list[str], Path, str]:
    """Lay out a portal with an album of them."""
    corpus = Corpus("portal", folder / "content", 1)
    corpus.write()
    if pictures:
        album = corpus.root / "thu-vien-anh" / "album"
        album.mkdir(parents=True)
        lines = [f"![Ảnh thứ {number}](anh-{number}.jpg)" for number, _ in enumerate(pictures)]
        (album / "index.md").write_text("\n".join([_ALBUM, *lines]), "utf-8")
        for number, data in enumerate(pictures):
            (album / f"anh-{number}.jpg").write_bytes(data)
    command = [sys.executable, "-m", "scripts", "pictures", str(corpus.root)]
    return command, folder / "cache" / "pictures", "*-*.*"


def _hugo(folder: Path, pictures: list[bytes]) -> tuple[list[str], Path, str]:
    """Lay out a site of one page that shows every picture."""
    (folder / "layouts").mkdir(parents=True)
    (folder / "assets").mkdir()
    (folder / "hugo.toml").write_text('disableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]\n', "utf-8")
    page = _PAGE.replace("WIDTHS", " ".join(map(str, WIDTHS)))
    (folder / "layouts" / "home.html").write_text(page, "utf-8")
    for number, data in enumerate(pictures):
        (folder / "assets" / f"anh-{number}.jpg").write_bytes(data)
    options = ["--quiet", "--source", str(folder), "--cacheDir", str(folder / "cache")]
    return [hugo_program(), *options], folder / "public", "*.webp"
