"""Decode any picture file to pixels that are upright, opaque, sRGB, 8 bits.

The files are untrusted: only the decoders named here ever read them, and no size in a header
is accepted beyond ``MAX_PIXELS``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageCms, TiffImagePlugin

MAX_PIXELS = 100_000_000

_DECODERS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_ORIENTATION = 0x0112
_BITS, _COMPRESSION, _PHOTOMETRIC, _PLANAR = 258, 259, 262, 284  # of TIFF
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class TooManyPixels(Exception):  # noqa: N818 - the name says what is wrong
    """A header that announces more than ``MAX_PIXELS``."""


class Unreadable(Exception):  # noqa: N818 - the name says what is wrong
    """Bytes that no decoder can read as a picture."""


def measure(raw: bytes) -> tuple[int, int, bool]:
    """Return width and height of the upright picture, in pixels, and whether it has several frames or pages.

    Only the header is decoded. Raises ``TooManyPixels`` or ``Unreadable``, the latter also if
    the decoder would produce wrong colours.
    """
    with opened(raw) as image:
        if not _has_known_colours(image):
            raise Unreadable(image.mode)
        width, height = image.size
        if _orientation(image) in _SIDEWAYS:
            width, height = height, width
        # the second picture in a camera's file (MPO) is its preview, not a page
        return width, height, bool(getattr(image, "is_animated", False)) and image.format != "MPO"


def read(raw: bytes, width: int) -> Image.Image:
    """Decode the picture, or its first frame: upright, opaque on white, sRGB, without metadata.

    It is at least half as wide again as ``width`` if the original is, but not much wider: a smaller
    picture is resized sooner. Raises ``TooManyPixels``, ``Unreadable`` or ``MemoryError``.
    """
    least = width * 3 // 2
    with opened(raw) as image:
        orientation = _orientation(image)
        is_sideways = orientation in _SIDEWAYS
        image.draft(None, (1, least) if is_sideways else (least, 1))
        image.load()
        profile = image.info.get("icc_profile")
        image = _with_plain_mode(image)
        factor = (image.height if is_sideways else image.width) // least
        if factor > 1:
            image = image.reduce(factor)
        image = _to_srgb(_on_white(image), profile)
        if orientation in _TURNS:
            image = image.transpose(_TURNS[orientation])
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    return clean


@contextmanager
def opened(raw: bytes) -> Iterator[Image.Image]:
    """Open a picture without decoding it. Raises ``TooManyPixels`` or ``Unreadable``, also for errors in the block."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw), formats=_DECODERS) as image:
                yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels from None
    except MemoryError:
        raise
    except Exception as error:  # a broken file makes decoders raise errors of any kind
        raise Unreadable(str(error)) from error


def _orientation(image: Image.Image) -> int:
    """Return the orientation of the camera (EXIF, 1 to 8). Read before loading; Pillow rotates TIFF by itself."""
    if image.format == "TIFF":
        return 1
    try:
        # not image.getexif(): for a PNG without EXIF that would decode the whole picture
        return int(Image.Image.getexif(image).get(_ORIENTATION, 1))
    except Exception:  # EXIF may be unreadable though the picture is whole
        return 1


def _has_known_colours(image: Image.Image) -> bool:
    """Return whether the values in the file define their brightness, and Pillow reads them right.

    For values of 32 bits and signed ones no black and white are defined. Of TIFF's 16-bit
    values, Pillow reads 12 bits as 16, inverted ones as not, and colours in separate planes as zeros.
    """
    if image.mode in ("I", "F"):
        return False
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return True
    tags = image.tag_v2
    bits, is_apart = max(tags.get(_BITS, (1,))), tags.get(_PLANAR) == 2 and tags.get(_COMPRESSION, 1) == 1
    return bits <= 8 or (bits == 16 and not is_apart and tags.get(_PHOTOMETRIC) != 0)


def _with_plain_mode(image: Image.Image) -> Image.Image:
    """Convert to a mode that can be resized: no palette, no hidden transparency, 8 bits."""
    if image.mode.startswith("I"):
        # 16-bit grey: Pillow's plain conversion clips instead of scaling
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if source.profile.xcolor_space.strip() == "GRAY":
                image = image.convert("L")
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: take the values for sRGB
    return image.convert("RGB")
