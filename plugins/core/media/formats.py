"""List the file formats that may stand beside a text: extensions, kinds, limits. Without Pillow."""

from __future__ import annotations

from collections.abc import Mapping

PICTURE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif")
HEIC_EXTENSIONS = (".heic", ".heif")

#: Extension, without dot, of every file that may stand beside a text → the kind of its content.
KINDS = {
    "jpg": "jpg", "jpeg": "jpg", "png": "png", "webp": "webp", "gif": "gif", "bmp": "bmp",
    "tif": "tif", "tiff": "tif", "avif": "avif", "pdf": "pdf", "mp4": "mp4", "vtt": "vtt",
    "csv": "csv", "docx": "docx", "xlsx": "xlsx", "pptx": "pptx", "odt": "odt", "ods": "ods",
}  # fmt: skip

#: Extension, without dot → the largest size, in bytes. GitHub refuses files above 100 MB.
MAX_BYTES: Mapping[str, int] = {
    **{extension[1:]: 40_000_000 for extension in PICTURE_EXTENSIONS},
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods"), 20_000_000),
    "pdf": 20_000_000,
    "mp4": 95_000_000,
    "csv": 5_000_000,
    "vtt": 1_000_000,
}
