"""From bytes to text: which encoding it is, and whether the letters are those that were meant.

A doubtful word is read in the old encodings: is it a Vietnamese syllable there, and none
as it stands? First consonants, rhymes and tones say which letters follow which more
sharply than frequencies do; foreign words hardly pass twice in a row.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from functools import lru_cache
from html.entities import name2codepoint
from itertools import islice
from unicodedata import normalize

from plugins.core.errors import Problem, Severity
from plugins.core.text.vietnamese import ALPHABET, TONES, line_and_column, nfc, vietnamese, without_code

_LOWER = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_LETTERS = _LOWER + _LOWER.upper()  # the 134 Vietnamese letters that ASCII lacks
_VIETNAMESE = frozenset(ALPHABET + _LOWER)

# How others write _LETTERS, in this order: TCVN 5712:1993, RFC 1456, and VNI for Windows.
_TCVN3 = "a8a9aeaaabacadb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfea1a2a7a3a4a5a68081828384afbabfc085c1c2c3c4868788898a8bc5cdd9da8c8d8e8f90919293949596dbe0f0ff9798999a9b9c9d9e9f010204050611121314151617"
_VISCII = "e5e2f0eaf4bddfe0e4e3e1d5a2c6c7a1a3a5a6e7a4a7e8eba8e9a9abacadaaaeecefeeedb8f2f6f5f3f7b0b1b2afb5b6b7debefef9fcfbfaf8d7d8e6d1f1cfd6dbfddcc5c2d0cad4b4bfc0c4c3c18082020581838586068487c8cb88c9898b8c8d8a8ecc9bcecd98d299a0d39a9091928f939697b39594d99c9dda9ebbbcffbab99f1419dd1e"
_PAIRS = "aê aâ ñ eâ oâ ô ö aø aû aõ aù aï aè aú aü aé aë aà aå aã aá aä eø eû eõ eù eï eà eå eã eá eä ì æ ó í ò oø oû oõ où oï oà oå oã oá oä ôø ôû ôõ ôù ôï uø uû uõ uù uï öø öû öõ öù öï yø yû yõ yù î"
_VNI = dict(zip(f"{_PAIRS} {_PAIRS.upper()} {_PAIRS.title()}".split(), _LETTERS + _LETTERS[67:], strict=True))
_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 160)}
_TWICE = {sign.encode().decode("latin-1").translate(_CP1252): sign for sign in _LETTERS + "‘’“”–—…"}
_SYLLABLE = re.compile(
    r"(ngh?|nh?|gh|gi|kh?|ph|qu|t[hr]?|ch?|[bdđghlmrsvx])?"
    r"(?:a(?:[cimoptuy]|ch|n[gh]?)?|ă(?:[cmpt]|ng?)|â(?:[cmptuy]|ng?)|e(?:[cmopt]|ng?)?|ê(?:[mptu]|ch|nh?)?"
    r"|i(?:[amptu]|ch|nh?)?|[iy]ê(?:[cmptu]|ng?)|o(?:[cimpt]|ng?)?|oo(?:c|ng)|oa(?:[cimopty]|ch|n[gh]?)?"
    r"|oă(?:[cmt]|ng?)|oe[not]?|ô(?:[cimpt]|ng?)?|ơ[imnpt]?|u(?:[acimpt]|ng?)?|uâ(?:[ty]|ng?)|uê(?:ch|nh)?"
    r"|uơ|uô(?:[cimt]|ng?)|uy(?:[aptu]|ch|nh?)?|uyê[nt]|ư(?:[acimtu]|ng)?|ươ(?:[cimptu]|ng?)"
    r"|(?<![bcdđgnprvx])y(?:nh|t)?)"
)
_WIDE = {"UTF-32 LE": BOM_UTF32_LE, "UTF-32 BE": BOM_UTF32_BE, "UTF-16 LE": BOM_UTF16_LE, "UTF-16 BE": BOM_UTF16_BE}
_BIDI, _LOST = "\u202a-\u202e\u2066-\u2069", "\ud800-\udfff\ufffd"
_NEVER = "\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef" + "".join(chr(i) + chr(i + 1) for i in range(65534, 1114112, 65536))
_UNSEEN = "[\u200b\u2060\ufeff]|(?<![\u0590-\u1dff\u2190-\U0010ffff])[\u200c\u200d]"  # emoji may be joined
_FOREIGN = "¡-¦§¨ª¬®¯´-¶¸-º»¼¾¿ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ€"  # in no ordinary Vietnamese text
# every text is searched by this: with single characters past U+FFFF the class would be eight times slower
_DOUBTFUL = re.compile(
    f"[{_FOREIGN}\u0189\u0256{_BIDI}{_LOST}{_NEVER[:-32]}\u200b-\u200d\u2060\ufeff\U0001fffe-\U0010ffff]"
)
_ENTITY = re.compile(r"&amp;(#\d{2,7}|[A-Za-z]{2,8}\d?);")
_UNSAYABLE = re.compile(f"[\xa0{_BIDI}{_LOST}{_NEVER}]")
_SHOWN, _SAMPLE = 5, 200_000  # problems of a kind; characters searched for wrong letters (long articles have 20,000)
_NOTEPAD = "Mở bằng Notepad → Lưu thành… → Mã hóa: UTF-8."
_UNIKEY = "Mở UniKey → Công cụ → chuyển từ {} sang Unicode, rồi lưu lại với mã UTF-8."
_SIGNS: tuple[tuple[str, str, Severity, str], ...] = (
    (f"[{_NEVER}]", "CHARACTER", "error", "Ký tự {} không thuộc về văn bản. Xóa nó (hoặc gõ lại chỗ này)."),
    (f"[{_LOST}]", "CHARACTER", "error", "Chữ ở đây đã hỏng, chỉ còn {}. Gõ lại chữ đúng."),
    (f"[{_BIDI}]", "BIDI", "error", "Ký tự ẩn {} đảo chiều chữ, người đọc thấy khác điều đã viết. Xóa nó."),
    (_UNSEEN, "ZERO_WIDTH", "warning", "Ký tự vô hình {} làm từ này không tìm được. Xóa nó."),
)


@lru_cache(maxsize=8192)
def _syllable(word: str) -> re.Match[str] | None:
    """``word`` taken apart, if it is spelt as a Vietnamese syllable may be."""
    word = nfc(word.lower())
    if len(word) > 7 or not _VIETNAMESE.issuperset(word):
        return None
    letters = normalize("NFD", word)
    tones = "".join(char for char in letters if char in TONES)
    bare = nfc("".join(char for char in letters if char not in TONES))
    if len(tones) > 1 or (bare.endswith(("c", "ch", "p", "t")) and tones not in ("\u0301", "\u0323")):
        return None
    return _SYLLABLE.fullmatch(bare)


class _Script:
    """A way to write Vietnamese letters, the values of ``table``, with other characters."""

    def __init__(self, name: str, table: dict[str, str], chars: str = "", proof: str = "", sure: str = "(?!)") -> None:
        self.name, self.table = name, table
        self.units = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))) or "(?!)")
        self.words, self.proof, self.sure = re.compile(f"[A-Za-z{chars}]+"), re.compile(proof), re.compile(sure)

    def read(self, text: str) -> tuple[str, int]:
        """``text`` as it was meant, and how many letters were hidden in it."""
        return self.units.subn(lambda unit: self.table[unit[0]], text)

    def weight(self, word: str) -> int | None:
        """How many letters of ``word`` speak for this script; ``None`` when it speaks against it."""
        reading, count = self.read(word) if len(word) < 24 else ("", 0)
        syllable = _syllable(reading) if count else None
        return syllable and (count if syllable[1] and not _syllable(word) else 0)

    def find(self, line: str) -> int | None:
        """Where this script shows in ``line``: two wrong letters in words side by side, ``proof`` among them."""
        if sure := self.sure.search(line):
            return sure.start()
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
                if sum(run.values()) > 1 and self.proof.search(" ".join(run)):
                    return start
        return None

    def likeness(self, text: str) -> float:
        """Which part of the letters beyond ASCII in ``text`` stands in Vietnamese syllables, 0 to 1."""
        text = nfc(self.read(text)[0])
        words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii() and _syllable(word)]
        known = sum(not char.isascii() for word in words for char in word)
        return known / sum(not char.isascii() for char in text) if sum(len(word) > 1 for word in set(words)) > 1 else 0


_VNI_WINDOWS = _Script("VNI Windows", _VNI, "\xc0-\u1ef9", proof="[aeouyôö][à-åè-ëïõøùúûü]")
_LEGACY = (
    ("cp1258", _Script("windows-1258", {})),
    ("latin-1", _Script("TCVN3 (ABC)", dict(zip(map(chr, bytes.fromhex(_TCVN3)), _LETTERS, strict=True)))),
    ("latin-1", _Script("VISCII", dict(zip(map(chr, bytes.fromhex(_VISCII)), _LETTERS, strict=True)))),
    ("cp1252", _VNI_WINDOWS),
)
_ABC = dict(zip(map(chr, bytes.fromhex(_TCVN3)), _LETTERS[:74], strict=False))  # its fonts' capitals: ĂÂĐÊÔƠƯ only
_TAIL = "€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ•\x81\x8d\x8f\x90\x9d¡-¿"  # not the quotes and dashes that may follow a closing »
_SURE = f"á[º»][{_TAIL}]|â€[\x9dœ˜™“”¦]|(?<!\\w)Ä[a-z]{{0,2}}[{_LOWER}]"
_GARBLED = (
    (_Script("UTF-8 đọc nhầm", {**_TWICE, "Ä": "Đ"}, "\x80-\u1ef9‘-›€™", sure=_SURE), "Chép lại đoạn này từ bản gốc."),
    (_VNI_WINDOWS, _UNIKEY),
    (_Script("TCVN3 (ABC)", _ABC, "\xa1-\u1ef9", proof="[¡-ª¬-º¼-¿]"), _UNIKEY),
)


def decode(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, without BOM, with line ends ``\\n`` and Vietnamese letters, and what is wrong with it.

    ``None`` when it cannot be read as text at all; a text can always be encoded again.
    """
    if wide := _wide(raw):
        return None, [Problem(path, 0, 0, "ENCODING", f"Tệp đang ở mã {wide}. {_NOTEPAD}")]
    raw = raw.removeprefix(BOM_UTF8)
    try:
        text = raw.decode("utf-8", "surrogatepass").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        return None, [_not_utf8(raw, fault.start, path)]
    if not _DOUBTFUL.search(text) and "&amp;" not in text:
        return text, []
    garbled = _garbled(text, path)
    signs = _signs(re.sub("[\x80-\x9f]", " ", text) if garbled else text, path)
    return vietnamese(re.sub("[\ud800-\udfff]", "\ufffd", text)), garbled + signs


def _wide(raw: bytes) -> str | None:
    """The encoding of ``raw`` if it has two or four bytes a letter."""
    found = [name for name, mark in _WIDE.items() if raw.startswith(mark)]
    for name in _WIDE if b"\0" in raw and not found else ():
        text = raw[:4096].decode(name.replace(" ", "-"), "replace")
        if 2 * sum(" " <= char <= "~" or char in "\n\r\t" for char in text) > len(text):
            found.append(name)
    return found[0] if found else None


def _not_utf8(raw: bytes, start: int, path: str) -> Problem:
    sample = b"\n".join(line for line in raw.splitlines() if not line.isascii())[:_SAMPLE]
    likely, name = max((script.likeness(sample.decode(codec, "replace")), script.name) for codec, script in _LEGACY)
    if likely > 0.7:
        return Problem(path, 0, 0, "ENCODING", f"Tệp đang ở mã {name}. {_UNIKEY.format(name)}")
    before = (raw[:start] + b"?").splitlines()
    message = f"Tệp không phải UTF-8: ở đây có byte lạ 0x{raw[start]:02X}. {_NOTEPAD}"
    return Problem(path, len(before), len(before[-1].decode("utf-8", "replace")), "ENCODING", message)


def _garbled(text: str, path: str) -> list[Problem]:
    """The first place where the letters are not those that were meant."""
    prose = without_code(text[:_SAMPLE])  # what is quoted there is meant
    for number, line in enumerate(prose.split("\n"), 1):
        for entity in _ENTITY.finditer(line):
            if entity[1].startswith("#") or entity[1] in name2codepoint:
                message = f"“{entity[0]}” bị mã hóa hai lần. Viết “&{entity[1]};” hoặc gõ thẳng ký tự ấy."
                return [Problem(path, number, entity.start() + 1, "MOJIBAKE", message)]
        for script, advice in _GARBLED if _DOUBTFUL.search(line) else ():
            if (start := script.find(line)) is not None:
                start = max(line.rfind(" ", 0, start) + 1, start - 20)
                wrong = (line[start : start + 60] + " ").rpartition(" ")[0] or line[start : start + 60]
                meant, _ = script.read(wrong)
                meant = meant.upper() if wrong.encode("ascii", "ignore").isupper() else meant
                message = f"“{wrong}” có lẽ là “{meant}” (mã {script.name}). {advice.format(script.name)}"
                return [Problem(path, number, start + 1, "MOJIBAKE", _UNSAYABLE.sub(" ", message))]
    return []


def _signs(text: str, path: str) -> list[Problem]:
    """The characters that have no place in a text."""
    problems = []
    for pattern, code, severity, message in _SIGNS:
        for found in islice(re.finditer(pattern, text), _SHOWN):
            line, column = line_and_column(text, found.start())
            problems.append(
                Problem(path, line + 1, column + 1, code, message.format(f"U+{ord(found[0]):04X}"), severity)
            )
    return problems
