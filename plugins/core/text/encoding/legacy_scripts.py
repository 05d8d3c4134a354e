"""Recognise Vietnamese that is written in an old encoding, by its syllables.

A doubtful word is read in the old encodings: is it a Vietnamese syllable there, and none
as it stands? First consonants, rhymes and tones say which letters follow which more
sharply than frequencies do; foreign words hardly pass twice in a row.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from plugins.core.text.encoding.legacy_tables import (
    ALL_LETTERS,
    LETTERS,
    LOWER_LETTERS,
    TCVN3,
    UTF8_AS_CP1252,
    VISCII,
    VNI,
)
from plugins.core.text.patterns import lazy_pattern
from plugins.core.text.vietnamese import TONES, nfc

UNIKEY = "Mở UniKey → Công cụ → chuyển từ {} sang Unicode, rồi lưu lại với mã UTF-8."

_SYLLABLE = lazy_pattern(
    r"(ngh?|nh?|gh|gi|kh?|ph|qu|t[hr]?|ch?|[bdđghlmrsvx])?"
    r"(?:a(?:[cimoptuy]|ch|n[gh]?)?|ă(?:[cmpt]|ng?)|â(?:[cmptuy]|ng?)|e(?:[cmopt]|ng?)?|ê(?:[mptu]|ch|nh?)?"
    r"|i(?:[amptu]|ch|nh?)?|[iy]ê(?:[cmptu]|ng?)|o(?:[cimpt]|ng?)?|oo(?:c|ng)|oa(?:[cimopty]|ch|n[gh]?)?"
    r"|oă(?:[cmt]|ng?)|oe[not]?|ô(?:[cimpt]|ng?)?|ơ[imnpt]?|u(?:[acimpt]|ng?)?|uâ(?:[ty]|ng?)|uê(?:ch|nh)?"
    r"|uơ|uô(?:[cimt]|ng?)|uy(?:[aptu]|ch|nh?)?|uyê[nt]|ư(?:[acimtu]|ng)?|ươ(?:[cimptu]|ng?)"
    r"|(?<![bcdđgnprvx])y(?:nh|t)?)"
)


@lru_cache(maxsize=8192)
def _parse_syllable(word: str) -> re.Match[str] | None:
    """Match ``word`` as a Vietnamese syllable, its first consonant as group 1; ``None`` if it is spelt as none."""
    word = nfc(word.lower())
    if len(word) > 7 or not ALL_LETTERS.issuperset(word):
        return None
    letters = normalize("NFD", word)
    tones = "".join(char for char in letters if char in TONES)
    bare = nfc("".join(char for char in letters if char not in TONES))
    if len(tones) > 1 or (bare.endswith(("c", "ch", "p", "t")) and tones not in ("\u0301", "\u0323")):
        return None
    return _SYLLABLE.fullmatch(bare)


class LegacyScript:
    """An old encoding, or a wrong reading, that writes the letters in ``table.values()`` as ``table.keys()``.

    ``chars`` are the characters of its words beyond ASCII letters, as a regular expression's class;
    ``required`` is a pattern that its words must match somewhere, ``certain`` one that needs no other proof.
    """

    def __init__(
        self, name: str, table: dict[str, str], chars: str = "", required: str = "", certain: str = "(?!)"
    ) -> None:
        self.name, self.table = name, table
        self.units = lazy_pattern("|".join(map(re.escape, sorted(table, key=len, reverse=True))) or "(?!)")
        self.words = lazy_pattern(f"[A-Za-z{chars}]+")
        self.required, self.certain = lazy_pattern(required), lazy_pattern(certain)

    def read(self, text: str) -> tuple[str, int]:
        """Return ``text`` with its letters restored, and how many were."""
        return self.units.subn(lambda unit: self.table[unit[0]], text)

    def weight(self, word: str) -> int | None:
        """Return how many letters of ``word`` are evidence for this script; ``None`` if it is evidence against it."""
        decoded, count = self.read(word) if len(word) < 24 else ("", 0)
        syllable = _parse_syllable(decoded) if count else None
        return syllable and (count if syllable[1] and not _parse_syllable(word) else 0)

    def find(self, line: str) -> int | None:
        """Return the index in ``line`` at which this script shows, if it does.

        That takes two of its letters in neighbouring words, and ``required`` among these.
        """
        if match := self.certain.search(line):
            return match.start()
        run: dict[str, int] = {}
        start = 0
        for match in self.words.finditer(line):
            word = match[0].strip("‘’“”–—…‹›")
            weight = 0 if word.isascii() else self.weight(word)
            if weight is None:
                run.clear()
            elif weight and word.lower() not in run:
                start = start if run else match.start()
                run[word.lower()] = weight
                if sum(run.values()) > 1 and self.required.search(" ".join(run)):
                    return start
        return None

    def vietnamese_share(self, text: str) -> float:
        """Return the share, 0 to 1, of the letters beyond ASCII in ``text`` that stand in Vietnamese syllables."""
        text = nfc(self.read(text)[0])
        words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii() and _parse_syllable(word)]
        valid = sum(not char.isascii() for word in words for char in word)
        return valid / sum(not char.isascii() for char in text) if sum(len(word) > 1 for word in set(words)) > 1 else 0


_VNI_WINDOWS = LegacyScript("VNI Windows", VNI, "\xc0-\u1ef9", required="[aeouyôö][à-åè-ëïõøùúûü]")
#: The encodings of files that are no UTF-8: the codec that reads their bytes, then the script.
LEGACY = (
    ("cp1258", LegacyScript("windows-1258", {})),
    ("latin-1", LegacyScript("TCVN3 (ABC)", dict(zip(map(chr, bytes.fromhex(TCVN3)), LETTERS, strict=True)))),
    ("latin-1", LegacyScript("VISCII", dict(zip(map(chr, bytes.fromhex(VISCII)), LETTERS, strict=True)))),
    ("cp1252", _VNI_WINDOWS),
)
_ABC = dict(zip(map(chr, bytes.fromhex(TCVN3)), LETTERS[:74], strict=False))  # its fonts' capitals: ĂÂĐÊÔƠƯ only
_TAIL = "€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ•\x81\x8d\x8f\x90\x9d¡-¿"  # not the quotes and dashes that may follow a closing »
_CERTAIN = f"á[º»][{_TAIL}]|â€[\x9dœ˜™“”¦]|(?<!\\w)Ä[a-z]{{0,2}}[{LOWER_LETTERS}]"
#: The scripts that show as wrong letters in a UTF-8 text, each with advice.
GARBLED = (
    (
        LegacyScript("UTF-8 đọc nhầm", {**UTF8_AS_CP1252, "Ä": "Đ"}, "\x80-\u1ef9‘-›€™", certain=_CERTAIN),
        "Chép lại đoạn này từ bản gốc.",
    ),
    (_VNI_WINDOWS, UNIKEY),
    (LegacyScript("TCVN3 (ABC)", _ABC, "\xa1-\u1ef9", required="[¡-ª¬-º¼-¿]"), UNIKEY),
)
