"""Repair the letters of old texts: Unicode forms, lookalikes, TCVN3 and VNI, what nobody sees."""

from __future__ import annotations

import re

from plugins.core.text.encoding.characters import DOUBTFUL
from plugins.core.text.encoding.legacy_scripts import GARBLED, LegacyScript
from plugins.core.text.vietnamese import BLANKS, nfc, replace_lookalikes

_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")  # no font of TCVN3 or VNI has these
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_JOINERS = re.compile("(?<=[\u2190-\U0010ffff])\u200d(?=[\u2190-\U0010ffff])")  # those within emoji stay
_BLANK = re.compile(f"[{BLANKS}\t]")
#: A hard blank stays between a number and its unit.
_UNIT = re.compile(
    "(?<=\\d)\xa0(?=(?:%|‰|°C?|km²?|m[²³23]?|cm|mm|kg|tấn|tạ|ha|g|lít|kW|MW|giờ|phút|giây|đồng|triệu|tỷ|tỉ|nghìn)(?!\\w))"
)
_PRIVATE = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "•", "\uf076": "•", "\uf02d": "-", "\uf020": " "}
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_C1 = re.compile("[\x80-\x9f]")
_MOJIBAKE, _VNI, _TCVN3 = (script for script, _ in GARBLED)


def repair(text: str, font: str = "") -> str:
    """Return ``text`` as an editor would have typed it today. ``font``: the face that the old page set it in."""
    if text.isascii() and not _NO_TEXT.search(text):
        return text
    text = _PRIVATE_USE.sub(lambda match: _PRIVATE.get(match[0], ""), text)
    text = nfc(to_unicode(text, font))
    if "\u200d" in text:
        text = _JOINERS.sub("\ue000", text)
    text = _NO_TEXT.sub("", text).replace("\ue000", "\u200d")
    if "\xa0" in text:
        text = _UNIT.sub("\ue000", text)
    text = _BLANK.sub(" ", text).replace("\ue000", "\xa0")
    return replace_lookalikes(text)


def is_unicode(text: str) -> bool:
    """Return whether ``text`` has letters that no old font knows: its font says nothing then."""
    return bool(_UNICODE_ONLY.search(text))


def to_unicode(text: str, font: str = "") -> str:
    """Convert text of TCVN3, VNI, or UTF-8 read wrongly, recognised by the doctor's own tables."""
    script = script_of(font)
    if script and not _UNICODE_ONLY.search(text) and _is_better(text, script):
        converted, _ = script.read(text)
        return converted.upper() if _is_capitals(font) else converted
    if not DOUBTFUL.search(text):
        return text
    text = _C1.sub(lambda match: bytes([ord(match[0])]).decode("cp1252", "ignore") or match[0], text)
    if _MOJIBAKE.find(text) is not None:
        text, _ = _MOJIBAKE.read(text)
    if not _UNICODE_ONLY.search(text):
        for script in (_VNI, _TCVN3):
            if script.find(text) is not None and _is_better(text, script):
                return script.read(text)[0]
    return text


def script_of(font: str) -> LegacyScript | None:
    """Return the old encoding that a font's letters are in."""
    name = font.strip(" '\"").lower()
    return _TCVN3 if name.startswith(".vn") else _VNI if name.startswith("vni") else None


def _is_capitals(font: str) -> bool:
    """Return whether a TCVN3 font shows small letters as capitals: ``.VnTimeH``."""
    name = font.split(",")[0].strip(" '\"")
    return name.lower().startswith(".vn") and name.endswith("H")


def _is_better(text: str, script: LegacyScript) -> bool:
    letters = {char for char in text if char.isalpha() and not char.isascii()}
    if not letters:
        return bool(script is _TCVN3 and any(char in script.table for char in text))
    return script.vietnamese_share(text) >= LegacyScript("", {}).vietnamese_share(text)
