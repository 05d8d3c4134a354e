"""Recognise the kind of a file by its bytes, whatever its name says."""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from zipfile import ZipFile

from plugins.core.errors import Problem
from plugins.core.media.formats import KINDS

_KIND_NAMES = {
    "jpg": "ảnh JPEG", "png": "ảnh PNG", "webp": "ảnh WebP", "gif": "ảnh GIF", "bmp": "ảnh BMP",
    "tif": "ảnh TIFF", "avif": "ảnh AVIF", "ico": "biểu tượng ICO", "psd": "bản vẽ Photoshop",
    "svg": "hình SVG", "pdf": "tệp PDF", "ps": "tệp PostScript", "mp4": "phim MP4", "mov": "phim QuickTime",
    "avi": "phim AVI", "mkv": "phim WebM/MKV", "mp3": "tệp âm thanh", "vtt": "phụ đề WebVTT (dòng đầu là WEBVTT)", "csv": "bảng CSV",
    "docx": "văn bản Word", "xlsx": "bảng tính Excel", "pptx": "bài trình chiếu PowerPoint",
    "odt": "văn bản OpenDocument", "ods": "bảng tính OpenDocument", "zip": "tệp nén ZIP", "rar": "tệp nén RAR",
    "7z": "tệp nén 7z", "gz": "tệp nén GZIP", "doc": "tệp Office đời cũ hoặc có mật khẩu",
    "exe": "chương trình máy tính", "sh": "chương trình máy tính", "php": "mã PHP", "html": "trang HTML",
    "xml": "tệp XML",
}  # fmt: skip

_SIGNATURES = (
    (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"),
    (b"II*\0", "tif"), (b"MM\0*", "tif"), (b"\0\0\1\0", "ico"), (b"8BPS", "psd"), (b"%!PS", "ps"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"), (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"), (b"\x1aE\xdf\xa3", "mkv"), (b"ID3", "mp3"), (b"\x7fELF", "exe"), (b"#!/", "sh"),
    (b"WEBVTT", "vtt"), (b"\xef\xbb\xbfWEBVTT", "vtt"), (b"version https://git-lfs", "lfs"),
)  # fmt: skip
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif", b"mif1", b"msf1"}
_OFFICE_TYPES = {
    b"wordprocessingml.document.main": "docx", b"word.document.macroEnabled.main": "docx",
    b"spreadsheetml.sheet.main": "xlsx", b"excel.sheet.macroEnabled.main": "xlsx",
    b"presentationml.presentation.main": "pptx", b"presentationml.slideshow.main": "pptx",
    b"powerpoint.presentation.macroEnabled.main": "pptx",
}  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|script|iframe|meta|title)\b")
_MAX_ENTRIES = 10_000
_MAX_UNPACKED = 200


def kind_of(raw: bytes) -> str:
    """Return the kind of the content, or nothing if it has no signature."""
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            return kind
    if raw[4:8] == b"ftyp":
        brands = {raw[offset : offset + 4] for offset in range(8, min(int.from_bytes(raw[:4]), 256, len(raw)), 4)}
        if brands & {b"avif", b"avis"}:
            return "avif"
        return "heic" if brands & _HEIC else "mov" if raw[8:12] == b"qt  " else "mp4"
    if raw.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"AVI ": "avi"}.get(raw[8:12], "")
    if raw.startswith(b"BM") and raw[15:18] == b"\0\0\0":  # the upper bytes of the second header's length
        return "bmp"
    if raw.startswith(b"MZ") and b"\0" in raw[:64]:
        return "exe"
    if b"%PDF-" in raw[:12]:
        return "pdf"
    return read_container(raw)[0] if raw.startswith(b"PK\3\4") else _markup_kind(raw[:1024])


def _markup_kind(beginning: bytes) -> str:
    beginning = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not beginning.startswith(b"<"):
        return ""
    if beginning.startswith((b"<?php", b"<?=")):
        return "php"
    if b"<svg" in beginning and not _HTML.match(beginning):
        return "svg"
    return "html" if _HTML.search(beginning) else "xml" if beginning.startswith((b"<?xml", b"<!doctype")) else ""


def read_container(raw: bytes) -> tuple[str, dict[str, bytes]]:
    """Read a ZIP file; return its kind (``zip`` if it is no office document) and its members by name.

    Only the members that name the kind or link elsewhere (``.rels``) are unpacked: 200 of them, 64 KB of each.
    """
    if raw.count(b"PK\1\2") > _MAX_ENTRIES:
        return "zip", {}
    try:
        with ZipFile(BytesIO(raw)) as archive:
            members = dict.fromkeys(archive.namelist(), b"")
            names = [name for name in members if name in ("mimetype", "[Content_Types].xml") or name.endswith(".rels")]
            for name in names[:_MAX_UNPACKED]:
                with archive.open(name) as member:
                    members[name] = member.read(65_536)
    except Exception:  # zipfile raises a dozen kinds of error over a damaged archive
        return "zip", {}
    if kind := {b"text": "odt", b"spreadsheet": "ods"}.get(members.get("mimetype", b"").rpartition(b".")[2].strip()):
        return kind, members
    types = members.get("[Content_Types].xml", b"")
    return next((kind for mark, kind in _OFFICE_TYPES.items() if mark + b"+xml" in types), "zip"), members


def check_kind(path: str, raw: bytes) -> Problem | None:
    """Return a problem if the content is not of the kind of the extension, which is one of ``KINDS``."""
    extension = posixpath.splitext(path)[1][1:].lower()
    expected = KINDS[extension]
    message_path = f"content/{path}"
    if not raw:
        return Problem(message_path, 0, 0, "UPLOAD_EMPTY", "Tệp rỗng (0 byte). Chép lại tệp gốc.")
    actual = kind_of(raw) or ("csv" if expected == "csv" else "")  # a table has no signature
    if actual == expected:
        return None
    if actual == "heic":
        return heic_problem(path)
    if actual == "lfs":
        return lfs_problem(path)
    if actual in KINDS:
        return Problem(
            message_path,
            0,
            0,
            "UPLOAD_EXTENSION",
            f"Đây là {_KIND_NAMES[actual]} mang đuôi .{extension}. {rename_advice(path, actual)}",
        )
    claim = f"Đây là {_KIND_NAMES[actual]}, không phải" if actual else "Nội dung không phải"
    return Problem(
        message_path,
        0,
        0,
        "UPLOAD_CONTENT",
        f"{claim} {_KIND_NAMES[expected]}. Mở tệp gốc, xuất lại đúng loại rồi thay tệp.",
    )


def rename_advice(path: str, kind: str) -> str:
    """Return what to do with a file of which only the extension is wrong."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    return f"Đổi tên tệp thành “{stem}.{kind}” và sửa tên trong bài."


def lfs_problem(path: str) -> Problem:
    """Return the problem of a file that is only a pointer of Git LFS."""
    message = "Đây chỉ là con trỏ Git LFS, chưa phải tệp thật. Chạy: git lfs pull"
    return Problem(f"content/{path}", 0, 0, "UPLOAD_CONTENT", message)


def heic_problem(path: str) -> Problem:
    """Return the problem of a picture in the default format of iPhones."""
    return Problem(
        f"content/{path}", 0, 0, "PICTURE_HEIC",
        "Ảnh HEIC của iPhone không dùng được. Xuất JPEG rồi thay tệp "
        "(từ nay về sau, trên iPhone: Cài đặt → Camera → Định dạng → Tương thích nhất).",
    )  # fmt: skip
