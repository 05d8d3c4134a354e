"""Examine PDF files, which are published as they are, without following their structure.

A PDF is a graph, and hostile files put loops into it. So no reference is followed: the bytes,
and the object streams in them, are searched with patterns of bounded length.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
import zlib
from collections.abc import Iterator

from PIL import Image

from plugins.core.errors import Problem
from plugins.core.media import integrity
from plugins.core.runtime.cpu_limit import LimitError, processor_time
from plugins.core.text.patterns import lazy_pattern
from plugins.core.text.vietnamese import file_size

HEAVY_BYTES = 5_000_000

_MAX_INFLATED = 8_000_000  # of one object stream: a real one holds a few hundred objects
_MAX_TOTAL = 64_000_000  # of all object streams, packed and unpacked
_MAX_STREAMS = 20_000
_MAX_EXIF = 100
_MAX_REVISIONS = 100
_GPS = 0x8825
_COUNT_SECONDS = 5.0  # of processor time; a document of 300 pages takes 0.05


def _name_pattern(text: str) -> str:
    """Return a pattern for the PDF name ``/text``, whose letters may also be written ``#4a``."""
    letters = (f"(?:{char}|#(?i:{ord(char):02x}))" for char in text)
    return f"/{''.join(letters)}(?![A-Za-z0-9#])"


def _compile(template: str, *names: str) -> re.Pattern[bytes]:
    return lazy_pattern(template.format(*map(_name_pattern, names)).encode())


_ACTIVE = {
    "mã JavaScript": _compile("{}", "JavaScript"),
    "lệnh chạy chương trình": _compile("{}", "Launch"),
    "tệp đính kèm": _compile(r"{}|{}\s{{0,9}}<<", "EmbeddedFile", "EF"),
    "phim hoặc hình 3D": _compile("{}", "RichMedia"),
    "lệnh gửi dữ liệu đi": _compile("{}|{}", "SubmitForm", "ImportData"),
    "lệnh tự mở trang mạng": _compile(r"(?:{}|{})\s{{0,9}}<<[^>]{{0,200}}{}", "OpenAction", "AA", "URI"),
}
_ENCRYPTION = _compile(r"{}\s{{0,9}}(?:\d{{1,9}}\s{{1,9}}\d{{1,5}}\s{{1,9}}R|<<)", "Encrypt")
_OBJECT_STREAM = _compile("{}", "ObjStm")
_FLATE_FILTER = _compile(r"{}\s{{0,9}}(?:\[\s{{0,9}})?{}\s{{0,9}}[\]/>]", "Filter", "FlateDecode")
_AUTHOR = lazy_pattern(
    rb"/Author\s{0,9}(?:\(((?:[^()\\]|\\.){1,300})\)|<((?:[0-9A-Fa-f]\s?){2,600})>)"
    rb"|<dc:creator>\s{0,99}<rdf:Seq>\s{0,99}<rdf:li[^>]{0,40}>([^<]{1,300})<",
    re.DOTALL,
)
_PREVIOUS = lazy_pattern(rb"/Prev\s{1,9}(\d{1,10})(?!\d|\s{1,9}\d{1,5}\s{1,9}R)")
_STARTXREF = lazy_pattern(rb"startxref\s{1,9}(\d{1,10})")


def examine(message_path: str, raw: bytes) -> list[Problem]:
    """Return the problems of a PDF file; ``message_path`` is its path in messages."""

    def problem(code: str, message: str) -> list[Problem]:
        return [Problem(message_path, 0, 0, code, message)]

    if integrity.has_code(raw[:1024]) or integrity.ends_as_zip(raw):
        return problem("UPLOAD_HIDDEN", "Trong PDF có giấu mã (HTML, PHP hoặc ZIP). Xuất lại PDF từ văn bản gốc.")
    if b"%%EOF" not in raw[-2048:]:
        return problem("PDF_BROKEN", "PDF bị cắt mất đoạn cuối. Chép lại tệp gốc rồi thay tệp.")
    if _has_loop(raw):
        return problem("PDF_BROKEN", "Mục lục bên trong PDF trỏ vòng tròn. Mở tệp, in lại thành PDF rồi thay tệp.")
    if _ENCRYPTION.search(raw):
        return problem("PDF_LOCKED", "PDF có mật khẩu hoặc bị hạn chế quyền. Xuất lại không đặt bảo mật.")
    try:
        text = b"\n".join([raw, *_object_streams(raw)])
    except ValueError:
        return problem("PDF_BROKEN", "PDF có phần không kiểm tra được. Mở tệp, in lại thành PDF rồi thay tệp.")
    if active_content := [label for label, pattern in _ACTIVE.items() if pattern.search(text)]:
        return problem(
            "PDF_ACTIVE", f"PDF có {', '.join(active_content)}, không an toàn cho người đọc. In lại thành PDF thường."
        )
    return [Problem(message_path, 0, 0, code, message, "warning") for code, message in _advice(raw, text)]


def _advice(raw: bytes, text: bytes) -> Iterator[tuple[str, str]]:
    if len(raw) > HEAVY_BYTES:
        size = file_size(len(raw))
        yield "PDF_HEAVY", f"PDF nặng {size}, mở trên điện thoại phải chờ lâu. Nên xuất lại ở cỡ nhỏ (150 dpi)."
    if b"/ByteRange" in text:
        return  # any change to a signed document breaks its signature
    if author := next(filter(None, map(_author, _AUTHOR.finditer(text))), ""):
        how = "Không muốn công khai thì xóa tên trong Word (Tệp → Thông tin) rồi xuất lại."
        yield "PDF_PERSONAL", f"PDF ghi tên người soạn “{author}”. {how}"
    if _has_location(text):
        yield "PDF_PLACE", "Ảnh trong PDF ghi tọa độ nơi chụp. Xóa vị trí trong ảnh rồi xuất lại PDF."


def _object_streams(raw: bytes) -> Iterator[bytes]:
    """Yield the data of the object streams. Raises ``ValueError`` if one cannot be unpacked."""
    remaining = _MAX_TOTAL
    for count, match in enumerate(_OBJECT_STREAM.finditer(raw)):
        if count == _MAX_STREAMS:
            raise ValueError("too many")
        start = raw.find(b"stream", match.end(), match.end() + 2000)
        if start < 0:
            continue
        dictionary = raw[max(0, raw.rfind(b"obj", max(0, match.start() - 2000), match.start())) : start]
        if b"/Filter" not in dictionary and b"#" not in dictionary.replace(match[0], b""):
            continue  # not packed: searched with the file
        if not _FLATE_FILTER.search(dictionary) or b"/Predictor" in dictionary:
            raise ValueError("packed in another way")
        start += 8 if raw[start + 6 : start + 8] == b"\r\n" else 7
        packed = raw[start : raw.find(b"endstream", start)]
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(packed, _MAX_INFLATED)
        except zlib.error as error:
            raise ValueError("damaged") from error
        remaining -= len(packed) + len(data)
        if not unpacker.eof or remaining < 0:
            raise ValueError("too much")
        yield data


def _has_loop(raw: bytes) -> bool:
    """Return whether the chain of cross-reference tables, from the last to the first, has a loop."""
    startxref = _STARTXREF.search(raw, max(0, raw.rfind(b"startxref")))
    offset = int(startxref[1]) if startxref else None
    seen: set[int] = set()
    while offset is not None and len(seen) < _MAX_REVISIONS:
        if offset in seen:
            return True
        seen.add(offset)
        ends = [end for mark in (b"startxref", b"stream") if (end := raw.find(mark, offset)) >= 0]
        previous = _PREVIOUS.search(raw, offset, min(ends, default=offset))
        offset = int(previous[1]) if previous else None
    return False


def _author(match: re.Match[bytes]) -> str:
    literal, digits, xml = match.groups()
    raw = literal or xml or b""
    if literal:
        raw = re.sub(rb"\\([0-7]{3})", lambda octal: bytes([int(octal[1], 8) & 255]), raw)
        raw = re.sub(rb"\\(.)", rb"\1", raw, flags=re.DOTALL)
    elif digits:
        hexadecimal = re.sub(rb"\s", b"", digits).decode()
        raw = bytes.fromhex(hexadecimal + "0" * (len(hexadecimal) % 2))
    wide = raw.startswith((b"\xfe\xff", b"\xff\xfe"))
    text = raw.decode("utf-16" if wide else "utf-8", "replace")
    return "".join(char for char in text if char.isprintable()).strip()[:60]


def _has_location(text: bytes) -> bool:
    if b"exif:GPSLatitude" in text:
        return True
    offset = -1
    for _ in range(_MAX_EXIF):
        offset = text.find(b"Exif\0\0", offset + 1)
        if offset < 0:
            break
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exif = Image.Exif()
                exif.load(text[offset : offset + 65_536])
                if len(exif.get_ifd(_GPS)) > 1:  # a single entry is the version only
                    return True
        except Exception:  # EXIF that cannot be read reveals nothing
            continue
    return False


def page_count(raw: bytes) -> int:
    """Return how many pages a PDF has; 0 if they cannot be counted."""
    from pypdf import PdfReader  # the import takes a tenth of a second: only builds that read a new PDF pay it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with processor_time(_COUNT_SECONDS), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return len(PdfReader(io.BytesIO(raw)).pages)
    except (Exception, LimitError):  # a hostile file may raise anything; ``examine`` reports what is wrong
        return 0
