"""Check the files that editors put beside their texts: which may be there, and in what state.

Pictures are re-encoded before they are published, and films lose their metadata; all other files are
published as they are, so they must be what their name says, hold no code and reveal nothing private.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from plugins.core.errors import Problem
from plugins.core.media import captions, file_names, films, integrity, pdf, secret_scan, sniff, variants
from plugins.core.media.formats import HEIC_EXTENSIONS, MAX_BYTES, PICTURE_EXTENSIONS
from plugins.core.text import conflicts
from plugins.core.text.patterns import lazy_pattern
from plugins.core.text.vietnamese import file_size

_IGNORED = (".gitkeep", ".gitignore", ".gitattributes")
_ALLOWED = "ảnh, PDF, MP4, VTT, CSV, DOCX, XLSX, PPTX, ODT, ODS"
_ADVICE = {
    "svg svgz ico psd ai eps cdr tga dng": "Xuất hình thành PNG hoặc JPEG.",
    "doc dot rtf docm dotm": "Lưu lại thành .docx không có macro, hoặc xuất PDF.",
    "xls xlsm xlsb": "Lưu lại thành .xlsx không có macro, hoặc xuất PDF.",
    "ppt pps ppsx pptm odp": "Lưu lại thành .pptx không có macro, hoặc xuất PDF.",
    "zip rar 7z gz tar tgz": "Giải nén rồi đặt từng tệp bên trong.",
    "mov avi mkv webm wmv flv m4v 3gp mpg mpeg": "Xuất phim thành MP4.",
    "srt sbv sub ass ssa ttml dfxp": (
        "Xuất phụ đề thành WebVTT (.vtt). Từ .srt: đổi đuôi tệp, thêm lên đầu dòng WEBVTT và một dòng trống, "
        "đổi dấu phẩy trong giờ thành dấu chấm."
    ),
    "env pem key p12 pfx kdbx sql": "Xóa tệp; mật khẩu, khóa ghi trong đó phải đổi ngay.",
    "html htm xhtml txt": "Viết nội dung vào tệp .md.",
}
_SHRINK_ADVICE = {
    "mp4": "Nén phim lại (720p), hoặc đưa lên kênh video rồi dẫn liên kết.",
    "pdf": "Xuất lại PDF ở cỡ nhỏ (150 dpi), hoặc tách thành nhiều tệp.",
}
_MACRO = lazy_pattern(r"(?:^|/)(?:vba\w*\.(?:bin|xml)|(?:macrosheets|activeX)/.)|^(?:Basic|Scripts)/.", re.IGNORECASE)
_REMOTE = lazy_pattern(
    rb"<Relationship\b(?=[^>]*External)(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)[\"'])"
    rb"[^>]*Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|//|file:////)",
    re.IGNORECASE,
)


def examine_upload(path: str, raw: bytes, size: int) -> list[Problem]:
    """Return the problems of a file (``path`` from the content folder); none for Markdown.

    ``size`` is the file's size in bytes, ``raw`` all its bytes. A caller need not read a file that
    will be refused for its extension (not in ``MAX_BYTES``) or its size: then ``raw`` may be
    short. A picture's problems are exactly those of ``variants.examine``.
    """
    message_path, name = f"content/{path}", posixpath.basename(path)
    extension = posixpath.splitext(name)[1][1:].lower()
    verdict = file_names.judge(name, is_folder=False)  # as the folder walk does, which passes no README or LICENSE on
    if verdict and verdict.code and verdict.is_passed_over:
        return [Problem(message_path, 0, 0, verdict.code, verdict.message, verdict.severity)]
    if name in _IGNORED:
        return []
    if extension == "md" and not path.startswith(".") and "/." not in path:
        return []
    if path.lower().endswith(HEIC_EXTENSIONS):
        return [sniff.heic_problem(path)]
    if extension not in MAX_BYTES or path.startswith(".") or "/." in path:
        return [Problem(message_path, 0, 0, "UPLOAD_TYPE", _refusal(path, name, extension, raw))]
    if size > MAX_BYTES[extension]:
        message = f"Tệp nặng quá {file_size(MAX_BYTES[extension])} (thừa {file_size(size - MAX_BYTES[extension])})."
        advice = _SHRINK_ADVICE.get(extension, "Thu nhỏ rồi thay tệp.")
        return [Problem(message_path, 0, 0, "UPLOAD_TOO_LARGE", f"{message} {advice}")]
    if path.lower().endswith(PICTURE_EXTENSIONS):
        return variants.examine(path, raw)[1]
    if extension in ("csv", "vtt") and (
        conflict_problems := conflicts.find_conflicts(raw.decode("utf-8", "replace"), message_path)
    ):
        return conflict_problems
    if kind_problem := sniff.check_kind(path, raw):
        return [kind_problem]
    return list(_CHECKS.get(extension, _check_office)(message_path, raw))


def published(path: str, raw: bytes) -> bytes:
    """Return the bytes to publish of a file that is no picture: all of them, but a film without its metadata."""
    return films.strip_metadata(raw) if path.lower().endswith(".mp4") else raw


def _refusal(path: str, name: str, extension: str, raw: bytes) -> str:
    kind = sniff.kind_of(raw)  # only the beginning was read
    if kind in MAX_BYTES and extension in ("", "jfif", "jpe", "pjpeg", "m4v"):
        return sniff.rename_advice(path, kind)
    refusal = f"Không nhận tệp .{extension}" if extension else f"Không nhận tệp “{name}”"
    word = extension if extension else name.lstrip(".").lower()
    advice = (text for words, text in _ADVICE.items() if word in words.split())
    return f"{refusal}. {next(advice, f'Cạnh bài chỉ đặt: {_ALLOWED}.')}"


def _check_film(message_path: str, raw: bytes) -> Iterator[Problem]:
    boxes = dict(integrity.boxes(raw))
    if b"moov" not in boxes or max(boxes.values()) > len(raw):
        yield Problem(message_path, 0, 0, "UPLOAD_BROKEN", "Phim bị cắt giữa chừng. Chép lại tệp gốc rồi thay tệp.")
    elif integrity.has_code(raw[:1024]) or integrity.ends_as_zip(raw):
        yield Problem(message_path, 0, 0, "UPLOAD_HIDDEN", "Trong phim có giấu mã (HTML, PHP hoặc ZIP). Xuất lại phim.")
    elif films.reveals_location(raw):
        name = posixpath.basename(message_path)
        message = (
            "Phim ghi tọa độ nơi quay lẫn trong hình và tiếng. Bỏ đi bằng lệnh sau, rồi thay tệp: "
            f'ffmpeg -i "{name}" -map_metadata -1 -dn -sn -c copy "moi-{name}"'
        )
        yield Problem(message_path, 0, 0, "UPLOAD_PLACE", message)


def _check_text(message_path: str, raw: bytes) -> Iterator[Problem]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        yield Problem(message_path, 0, 0, "UPLOAD_ENCODING", "Chữ không ở dạng UTF-8. Lưu lại: Excel chọn “CSV UTF-8”.")
    elif message_path.lower().endswith(".vtt"):
        yield from captions.find_mistakes(text, message_path)
    yield from secret_scan.find_secrets(text, message_path)


def _check_office(message_path: str, raw: bytes) -> Iterator[Problem]:
    _, members = sniff.read_container(raw)
    if any(_MACRO.search(name) for name in members):
        yield Problem(message_path, 0, 0, "UPLOAD_MACRO", "Tệp có macro. Lưu lại loại không macro, hoặc xuất PDF.")
    if any(_REMOTE.search(member) for name, member in members.items() if name.endswith(".rels")):
        message = "Khi mở, tệp tự tải mẫu hoặc dữ liệu từ nơi khác. Xuất PDF rồi đặt tệp PDF."
        yield Problem(message_path, 0, 0, "UPLOAD_REMOTE", message)


def _check_pdf(message_path: str, raw: bytes) -> Iterator[Problem]:
    yield from pdf.examine(message_path, raw)


_CHECKS: Mapping[str, Callable[[str, bytes], Iterator[Problem]]] = {
    "pdf": _check_pdf,
    "mp4": _check_film,
    "vtt": _check_text,
    "csv": _check_text,
}
