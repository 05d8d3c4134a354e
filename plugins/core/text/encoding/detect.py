"""Decode the bytes of a text file and find letters that were garbled by a wrong encoding."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from html.entities import name2codepoint

from plugins.core.errors import Problem
from plugins.core.text.encoding.characters import DOUBTFUL, UNPRINTABLE, find_bad_characters
from plugins.core.text.encoding.legacy_scripts import GARBLED, LEGACY, UNIKEY
from plugins.core.text.vietnamese import replace_lookalikes, without_code

_WIDE_ENCODINGS = {
    "UTF-32 LE": BOM_UTF32_LE,
    "UTF-32 BE": BOM_UTF32_BE,
    "UTF-16 LE": BOM_UTF16_LE,
    "UTF-16 BE": BOM_UTF16_BE,
}
_ENTITY = re.compile(r"&amp;(#\d{2,7}|[A-Za-z]{2,8}\d?);")
_NOTEPAD = "Mở bằng Notepad → Lưu thành… → Mã hóa: UTF-8."
_MAX_SEARCHED = 200_000  # characters searched for wrong letters; long articles have 20,000


def decode(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Decode a text file; return its text and the problems of its encoding and characters.

    The text has no BOM, line ends ``\\n``, and Đ for the letters that look like it; it can always be
    encoded again. It is ``None`` when the file cannot be read as text at all.
    """
    if name := _wide_encoding(raw):
        return None, [Problem(path, 0, 0, "ENCODING", f"Tệp đang ở mã {name}. {_NOTEPAD}")]
    raw = raw.removeprefix(BOM_UTF8)
    try:
        text = raw.decode("utf-8", "surrogatepass").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        return None, [_not_utf8(raw, fault.start, path)]
    if not DOUBTFUL.search(text) and "&amp;" not in text:
        return text, []
    garbled = _find_garbled(text, path)
    bad_characters = find_bad_characters(re.sub("[\x80-\x9f]", " ", text) if garbled else text, path)
    return replace_lookalikes(re.sub("[\ud800-\udfff]", "\ufffd", text)), garbled + bad_characters


def _wide_encoding(raw: bytes) -> str | None:
    """Return the name of the encoding of ``raw`` if it has two or four bytes a letter."""
    names = [name for name, mark in _WIDE_ENCODINGS.items() if raw.startswith(mark)]
    for name in _WIDE_ENCODINGS if b"\0" in raw and not names else ():
        text = raw[:4096].decode(name.replace(" ", "-"), "replace")
        if 2 * sum(" " <= char <= "~" or char in "\n\r\t" for char in text) > len(text):
            names.append(name)
    return names[0] if names else None


def _not_utf8(raw: bytes, start: int, path: str) -> Problem:
    sample = b"\n".join(line for line in raw.splitlines() if not line.isascii())[:_MAX_SEARCHED]
    share, name = max(
        (script.vietnamese_share(sample.decode(codec, "replace")), script.name) for codec, script in LEGACY
    )
    if share > 0.7:
        return Problem(path, 0, 0, "ENCODING", f"Tệp đang ở mã {name}. {UNIKEY.format(name)}")
    before = (raw[:start] + b"?").splitlines()
    message = f"Tệp không phải UTF-8: ở đây có byte lạ 0x{raw[start]:02X}. {_NOTEPAD}"
    return Problem(path, len(before), len(before[-1].decode("utf-8", "replace")), "ENCODING", message)


def _find_garbled(text: str, path: str) -> list[Problem]:
    """Return a problem for the first letters that a wrong encoding has garbled."""
    prose = without_code(text[:_MAX_SEARCHED])  # quoted code is meant as it is
    for number, line in enumerate(prose.split("\n"), 1):
        for entity in _ENTITY.finditer(line):
            if entity[1].startswith("#") or entity[1] in name2codepoint:
                message = f"“{entity[0]}” bị mã hóa hai lần. Viết “&{entity[1]};” hoặc gõ thẳng ký tự ấy."
                return [Problem(path, number, entity.start() + 1, "MOJIBAKE", message)]
        for script, advice in GARBLED if DOUBTFUL.search(line) else ():
            if (start := script.find(line)) is not None:
                start = max(line.rfind(" ", 0, start) + 1, start - 20)
                garbled = (line[start : start + 60] + " ").rpartition(" ")[0] or line[start : start + 60]
                restored, _ = script.read(garbled)
                restored = restored.upper() if garbled.encode("ascii", "ignore").isupper() else restored
                message = f"“{garbled}” có lẽ là “{restored}” (mã {script.name}). {advice.format(script.name)}"
                return [Problem(path, number, start + 1, "MOJIBAKE", UNPRINTABLE.sub(" ", message))]
    return []
