"""What editors put beside their texts: which files may be there, and in what state.

Pictures are made anew before they are published, films go out without what the camera
noted; all else goes out as it is, so it must be what its name says, hold no code and
betray nobody.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from plugins.core.errors import Problem
from plugins.core.media import file_names, films, integrity, pdf, secret_scan, sniff, variants
from plugins.core.text import conflicts
from plugins.core.text.vietnamese import file_size

#: The largest file of each kind, in bytes. GitHub refuses what is above 100 MB.
LIMITS: Mapping[str, int] = {
    **{extension[1:]: 40_000_000 for extension in variants.EXTENSIONS},
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods"), 20_000_000),
    "pdf": pdf.MOST_BYTES,
    "mp4": 95_000_000,
    "csv": 5_000_000,
    "vtt": 1_000_000,
}

_QUIET = (".gitkeep", ".gitignore", ".gitattributes")
_ALLOWED = "ảnh, PDF, MP4, VTT, CSV, DOCX, XLSX, PPTX, ODT, ODS"
_HINTS = {
    "svg svgz ico psd ai eps cdr tga dng": "Xuất hình thành PNG hoặc JPEG.",
    "doc dot rtf docm dotm": "Lưu lại thành .docx không có macro, hoặc xuất PDF.",
    "xls xlsm xlsb": "Lưu lại thành .xlsx không có macro, hoặc xuất PDF.",
    "ppt pps ppsx pptm odp": "Lưu lại thành .pptx không có macro, hoặc xuất PDF.",
    "zip rar 7z gz tar tgz": "Giải nén rồi đặt từng tệp bên trong.",
    "mov avi mkv webm wmv flv m4v 3gp mpg mpeg": "Xuất phim thành MP4.",
    "env pem key p12 pfx kdbx sql": "Xóa tệp; mật khẩu, khóa ghi trong đó phải đổi ngay.",
    "html htm xhtml txt": "Viết nội dung vào tệp .md.",
}
_SMALLER = {
    "mp4": "Nén phim lại (720p), hoặc đưa lên kênh video rồi dẫn liên kết.",
    "pdf": "Xuất lại PDF ở cỡ nhỏ (150 dpi), hoặc tách thành nhiều tệp.",
}
_MACRO = re.compile(r"(?:^|/)(?:vba\w*\.(?:bin|xml)|(?:macrosheets|activeX)/.)|^(?:Basic|Scripts)/.", re.IGNORECASE)
_REMOTE = re.compile(
    rb"<Relationship\b(?=[^>]*External)(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)[\"'])"
    rb"[^>]*Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|//|file:////)",
    re.IGNORECASE,
)


def examine_upload(path: str, raw: bytes, size: int) -> list[Problem]:
    """The problems of one file (``path`` from the content folder); none for Markdown.

    ``size`` is the file's own, ``raw`` all its bytes. A caller need not read what will
    be refused for its extension (not in ``LIMITS``) or its size: then ``raw`` may be
    short. A picture's problems are those of ``pictures.examine``, word for word.
    """
    shown, name = f"content/{path}", posixpath.basename(path)
    extension = posixpath.splitext(name)[1][1:].lower()
    verdict = file_names.judge(name, is_folder=False)  # as the walk has asked, which hands no README or LICENSE on
    if verdict and verdict.code and verdict.is_passed_over:
        return [Problem(shown, 0, 0, verdict.code, verdict.message, verdict.severity)]
    if name in _QUIET:
        return []
    if extension == "md" and not path.startswith(".") and "/." not in path:
        return []
    if path.lower().endswith(variants.HEIC):
        return [sniff.heic(path)]
    if extension not in LIMITS or path.startswith(".") or "/." in path:
        return [Problem(shown, 0, 0, "UPLOAD_TYPE", _refusal(path, name, extension, raw))]
    if size > LIMITS[extension]:
        most = f"Tệp nặng quá {file_size(LIMITS[extension])} (thừa {file_size(size - LIMITS[extension])})."
        hint = _SMALLER.get(extension, "Thu nhỏ rồi thay tệp.")
        return [Problem(shown, 0, 0, "UPLOAD_TOO_LARGE", f"{most} {hint}")]
    if path.lower().endswith(variants.EXTENSIONS):
        return variants.examine(path, raw)[1]
    if extension in ("csv", "vtt") and (doubled := conflicts.told(raw.decode("utf-8", "replace"), shown)):
        return doubled
    if disguised := sniff.disguise(path, raw):
        return [disguised]
    return list(_CHECKS.get(extension, _office)(shown, raw))


def published(path: str, raw: bytes) -> bytes:
    """What is published of a file that is no picture: all of it, but of a film no notes of the camera."""
    return films.without_notes(raw) if path.lower().endswith(".mp4") else raw


def _refusal(path: str, name: str, extension: str, raw: bytes) -> str:
    kind = sniff.kind_of(raw)  # of its beginning: more was not read
    if kind in LIMITS and extension in ("", "jfif", "jpe", "pjpeg", "m4v"):
        return sniff.rename(path, kind)
    what = f"Không nhận tệp .{extension}" if extension else f"Không nhận tệp “{name}”"
    word = extension if extension else name.lstrip(".").lower()
    hints = (hint for words, hint in _HINTS.items() if word in words.split())
    return f"{what}. {next(hints, f'Cạnh bài chỉ đặt: {_ALLOWED}.')}"


def _film(shown: str, raw: bytes) -> Iterator[Problem]:
    parts = dict(integrity.boxes(raw))
    if b"moov" not in parts or max(parts.values()) > len(raw):
        yield Problem(shown, 0, 0, "UPLOAD_BROKEN", "Phim bị cắt giữa chừng. Chép lại tệp gốc rồi thay tệp.")
    elif integrity.has_code(raw[:1024]) or integrity.ends_as_zip(raw):
        yield Problem(shown, 0, 0, "UPLOAD_HIDDEN", "Trong phim có giấu mã (HTML, PHP hoặc ZIP). Xuất lại phim.")
    elif films.tells_place(raw):
        name = posixpath.basename(shown)
        message = (
            "Phim ghi tọa độ nơi quay lẫn trong hình và tiếng. Bỏ đi bằng lệnh sau, rồi thay tệp: "
            f'ffmpeg -i "{name}" -map_metadata -1 -dn -sn -c copy "moi-{name}"'
        )
        yield Problem(shown, 0, 0, "UPLOAD_PLACE", message)


def _text(shown: str, raw: bytes) -> Iterator[Problem]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        yield Problem(shown, 0, 0, "UPLOAD_ENCODING", "Chữ không ở dạng UTF-8. Lưu lại: Excel chọn “CSV UTF-8”.")
    yield from secret_scan.told(text, shown)


def _office(shown: str, raw: bytes) -> Iterator[Problem]:
    _, parts = sniff.container(raw)
    if any(_MACRO.search(name) for name in parts):
        yield Problem(shown, 0, 0, "UPLOAD_MACRO", "Tệp có macro. Lưu lại loại không macro, hoặc xuất PDF.")
    if any(_REMOTE.search(part) for name, part in parts.items() if name.endswith(".rels")):
        message = "Khi mở, tệp tự tải mẫu hoặc dữ liệu từ nơi khác. Xuất PDF rồi đặt tệp PDF."
        yield Problem(shown, 0, 0, "UPLOAD_REMOTE", message)


def _pdf(shown: str, raw: bytes) -> Iterator[Problem]:
    yield from pdf.examine(shown, raw)


_CHECKS: Mapping[str, Callable[[str, bytes], Iterator[Problem]]] = {
    "pdf": _pdf,
    "mp4": _film,
    "vtt": _text,
    "csv": _text,
}
