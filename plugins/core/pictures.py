"""Pictures: from the camera's file to what a phone should load.

Each picture becomes AVIF and JPEG in up to four widths, upright, in sRGB, without any
metadata. Results are kept by the digest of the original's bytes, so a picture is
worked on once however often the site is built. Originals are never published.
"""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec import Struct
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from plugins.core.problems import Problem
from plugins.core.views import Picture

WIDTHS = (240, 480, 720, 1080)
FORMATS: Mapping[str, Mapping[str, Any]] = {
    # one thread each: the picture must not depend on the number of cores
    "avif": {"format": "AVIF", "quality": 52, "speed": 6, "max_threads": 1},
    "jpg": {"format": "JPEG", "quality": 72, "optimize": True, "progressive": True},
}
EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif")

#: Any change to how pictures are made must change this, so that old ones are made again.
_RECIPE = repr((WIDTHS, FORMATS, "1")).encode()
_MOST_PIXELS = 100_000_000
_ORIENTATION = 0x0112

Image.MAX_IMAGE_PIXELS = _MOST_PIXELS


class PictureFile(Struct, frozen=True):
    """A picture that an editor committed. ``path`` is from the content folder; ``width``
    and ``height`` are those of the upright picture, in pixels."""

    path: str
    digest: str
    width: int
    height: int

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths made of it: never more pixels than the original has."""
        return tuple(sorted({min(width, self.width) for width in WIDTHS}))

    @property
    def names(self) -> list[str]:
        """The names of the files made of it."""
        return [f"{self.digest}-{width}.{kind}" for width in self.widths for kind in FORMATS]

    def view(self, folder: str, alt: str) -> Picture:
        """As templates see it, its files published under the address ``folder``."""
        return Picture(folder + self.digest, self.width, self.height, self.widths, alt)


def examine(path: str, raw: bytes) -> PictureFile | Problem:
    """What the build must know of a picture before it draws any page.

    Only the header is decoded. Refused: what is no picture, and what is larger than
    100 megapixels (a decompression bomb, or a mistake).
    """
    shown = f"content/{path}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw)) as image:
                width, height = image.size
                if image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8):
                    width, height = height, width
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Problem(
            shown, 0, 0, "PICTURE_TOO_LARGE", "Ảnh quá lớn (trên 100 triệu điểm ảnh). Thu nhỏ ảnh rồi lưu lại."
        )
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return Problem(shown, 0, 0, "PICTURE_UNREADABLE", "Không đọc được ảnh này. Xuất lại thành JPEG rồi thay tệp.")
    digest = blake2b(raw, digest_size=6, key=blake2b(_RECIPE, digest_size=16).digest()).hexdigest()
    return PictureFile(path, digest, width, height)


def make(
    pictures: Iterable[PictureFile], root: Path, cache: Path, workers: int, tick: Callable[[int, int], None]
) -> list[Problem]:
    """Make every missing file of ``pictures`` (originals under ``root``) in ``cache``.

    ``tick(done, total)`` is called after each picture. Returns what could not be read.
    """
    cache.mkdir(parents=True, exist_ok=True)
    present = set(os.listdir(cache))
    missing = {picture.digest: picture for picture in pictures if not present.issuperset(picture.names)}
    jobs = [(root / picture.path, picture, cache) for _, picture in sorted(missing.items())]
    problems = []
    if not jobs:
        return []
    tick(0, len(jobs))
    with ProcessPoolExecutor(min(workers, len(jobs))) as pool:
        for done, problem in enumerate(pool.map(_make_one, jobs), 1):
            tick(done, len(jobs))
            if problem:
                problems.append(problem)
    return problems


def _make_one(job: tuple[Path, PictureFile, Path]) -> Problem | None:
    original, picture, cache = job
    try:
        with Image.open(original) as opened:
            upright = _to_srgb(ImageOps.exif_transpose(opened))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Problem(
            f"content/{picture.path}", 0, 0, "PICTURE_BROKEN", "Ảnh bị hỏng giữa chừng. Chép lại ảnh gốc rồi thay tệp."
        )
    for width in picture.widths:
        height = max(1, round(picture.height * width / picture.width))
        small = upright.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        for kind, options in FORMATS.items():
            target = cache / f"{picture.digest}-{width}.{kind}"
            temporary = target.with_suffix(f".{os.getpid()}.tmp")
            small.save(temporary, **options)
            os.replace(temporary, target)
    return None


def _to_srgb(image: Image.Image) -> Image.Image:
    """The pixels alone: sRGB, opaque on white, nothing of the camera left."""
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "PA", "LA", "RGBA", "La", "RGBa"):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image).convert("RGB")
    elif image.mode.startswith("I") or image.mode == "F":
        # 16-bit grey: Pillow's plain conversion clips instead of scaling
        image = image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    elif profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            image = converted or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the numbers are the best guess there is
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    return clean


def publish(pictures: Iterable[PictureFile], cache: Path, folder: Path) -> list[str]:
    """Copy the made files into the output's ``folder``; the names of all that belong there."""
    folder.mkdir(parents=True, exist_ok=True)
    present = set(os.listdir(folder))
    names = sorted({name for picture in pictures for name in picture.names})
    for name in names:
        if name not in present:
            temporary = folder / f".{name}.tmp"
            shutil.copyfile(cache / name, temporary)
            os.replace(temporary, folder / name)
    return names
