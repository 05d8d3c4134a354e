"""From any picture file to pixels that need no more care: upright, opaque, sRGB, 8 bits.

The files are strangers': only the decoders named here ever see them, and no header is
believed beyond ``MOST_PIXELS``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageCms, TiffImagePlugin

MOST_PIXELS = 100_000_000

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
_LYING = (5, 6, 7, 8)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class TooManyPixels(Exception):  # noqa: N818 - what it says is the error
    """A header that promises more than ``MOST_PIXELS``."""


class Unreadable(Exception):  # noqa: N818 - what it says is the error
    """Bytes that no decoder can make a picture of."""


def measure(raw: bytes) -> tuple[int, int, bool]:
    """Width and height when upright, and whether there is more than one frame or page.

    Decodes the header only. Raises ``TooManyPixels`` or ``Unreadable``, the latter also where
    the decoder would make other colours than are meant.
    """
    with opened(raw) as image:
        if not _has_known_colours(image):
            raise Unreadable(image.mode)
        width, height = image.size
        if _orientation(image) in _LYING:
            width, height = height, width
        # the second picture in a camera's file (MPO) is its preview, not a page
        return width, height, bool(getattr(image, "is_animated", False)) and image.format != "MPO"


def read(raw: bytes, width: int) -> Image.Image:
    """The picture itself, the first frame of several: upright, opaque on white, sRGB.

    At least twice ``width`` wide if the original is, but not much wider: the smaller,
    the sooner the rest is done. Nothing of the camera is left in it. Raises
    ``TooManyPixels``, ``Unreadable`` or ``MemoryError``.
    """
    with opened(raw) as image:
        orientation = _orientation(image)
        lying = orientation in _LYING
        image.draft(None, (1, 2 * width) if lying else (2 * width, 1))
        image.load()
        profile = image.info.get("icc_profile")
        image = _with_plain_mode(image)
        factor = (image.height if lying else image.width) // (2 * width)
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
    """The picture before anything of it is decoded. Raises ``TooManyPixels`` or ``Unreadable``, from within too."""
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
    except Exception as error:  # decoders raise whatever a broken file makes them stumble on
        raise Unreadable(str(error)) from error


def _orientation(image: Image.Image) -> int:
    """How the camera was held (EXIF, 1 to 8). Asked before loading; Pillow turns TIFF by itself."""
    if image.format == "TIFF":
        return 1
    try:
        # not image.getexif(): for a PNG without EXIF that would decode the whole picture
        return int(Image.Image.getexif(image).get(_ORIENTATION, 1))
    except Exception:  # EXIF that cannot be read says nothing; the picture may be whole
        return 1


def _has_known_colours(image: Image.Image) -> bool:
    """Whether the numbers in the file say by themselves how bright they are.

    Numbers of 32 bits and signed ones have no black and white but by agreement; and of TIFF's
    16 bits, Pillow reads 12 as 16, white as black, and colours that lie apart as zeros.
    """
    if image.mode in ("I", "F"):
        return False
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return True
    tags = image.tag_v2
    bits, is_apart = max(tags.get(_BITS, (1,))), tags.get(_PLANAR) == 2 and tags.get(_COMPRESSION, 1) == 1
    return bits <= 8 or (bits == 16 and not is_apart and tags.get(_PHOTOMETRIC) != 0)


def _with_plain_mode(image: Image.Image) -> Image.Image:
    """In one of the modes that can be scaled: no palette, no hidden transparency, 8 bits."""
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
            pass  # a broken profile: the numbers are the best guess there is
    return image.convert("RGB")
