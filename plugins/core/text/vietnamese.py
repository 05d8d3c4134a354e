"""Normalise, slugify, sort, format and fuzzily match Vietnamese text.

No function asks the operating system for a locale: servers have none for Vietnamese.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import quote

#: The letters in the order of the Vietnamese alphabet (Quyết định 240/QĐ, 1984), with
#: the foreign f, j, w, z where Latin has them.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

#: The tones in the order of Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]

_RANK = {letter: index for index, letter in enumerate(ALPHABET, start=100)}
_TONE = {mark: index for index, mark in enumerate(TONES)}
_PERCENT = str.maketrans({chr(code): quote(chr(code), safe="/:") for code in range(128)})
# A fence ends at a line that begins with as many characters as it began with; it may stand in a list or a quotation.
_CODE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<fence>`{3,8}(?=[^`\n]*$)|~{3,8}).*?^[ \t>]*(?P=fence)"
    r"|``(?!`)[^\n]*?``|`[^`\n]+`",
    re.M | re.S,
)

#: Blanks other than the keyboard's, and characters that are not seen at all.
BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = "\u00ad\u180e\u200b-\u200f\u2060\ufeff"
_UNSEEN = re.compile(f"[{UNSEEN}]")

# Letters that look like Đ and đ: Ð (Icelandic), Ɖ (Ewe). Old encodings and fonts left them in Vietnamese texts.
_STROKED = str.maketrans("\u00d0\u0189\u00f0\u0256", "ĐĐđđ")
_LOOKALIKE = re.compile("[\u00d0\u0189\u00f0\u0256]")
# Within words and in phonetic script the small letter is meant: Guðrún, /ðə/
_MISTYPED = re.compile("[\u00d0\u0189]|(?<!\\w)[\u00f0\u0256](?=[aeiouyàáâãèéêìíòóôõùúýăĩũơưạ-ỹ])")


def nfc(text: str) -> str:
    """Return ``text`` in the form that the portal stores: composed (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def file_form(name: str) -> str:
    """Normalise the name or path of a file: composed, and with Đ for the letters that look like it."""
    return name if name.isascii() else nfc(name).translate(_STROKED)


def replace_lookalikes(text: str) -> str:
    """Replace the letters that look like Đ and đ by these, except in quoted code."""
    if not _LOOKALIKE.search(text):
        return text
    prose = without_code(text)
    indexes = {match.start() for match in _MISTYPED.finditer(prose)}
    return "".join(char.translate(_STROKED) if index in indexes else char for index, char in enumerate(text))


def strip_unseen(text: str) -> str:
    """Remove the characters that nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def plain(text: str) -> str:
    """Lower-case ``text`` and strip all its diacritics: ``Đức Linh`` → ``duc linh``."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFD", text.lower().translate(_STROKED).replace("đ", "d"))
    return "".join(char for char in folded if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Return a key that is equal for the spellings of one name: case and the position of a tone are ignored.

    ``LÊ THỦY`` and ``Lê Thuỷ`` are one name, ``Lê Thụy`` is another.
    """
    words = unicodedata.normalize("NFD", name.translate(_STROKED).casefold()).split()
    return " ".join("".join(sorted(word, key=_TONE.__contains__)) for word in words)  # letters, then tones


_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


@lru_cache(maxsize=65_536)
def slugify(text: str, max_bytes: int = 120) -> str:
    """Convert ``text`` to a segment of an address: ASCII letters, digits, single hyphens.

    At most ``max_bytes`` long, cut between syllables: the name of a file may have 255 bytes, and
    an address should be readable. Empty when no letter or digit of ``text`` survives: the caller
    must refuse that.
    """
    if len(text) <= max_bytes and _SLUG.fullmatch(text):
        return text
    slug = re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
    if len(slug) <= max_bytes:
        return slug
    cut, _, _ = slug[: max_bytes + 1].rpartition("-")
    return cut or slug[:max_bytes]


def without_code(markdown: str) -> str:
    """Replace the code in ``markdown`` by as many spaces."""
    return _CODE.sub(blank_out, markdown)


def blank_out(match: re.Match[str]) -> str:
    """Return as many spaces as ``match`` is long; line ends stay, so that positions in the text stay."""
    return re.sub(r"[^\n]", " ", match[0])


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, both from 0, of an offset in ``text``."""
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)


@lru_cache(maxsize=4096)
def sort_key(text: str) -> tuple[object, ...]:
    """Return a key that sorts names as a Vietnamese dictionary does.

    Word by word: letters first (``a < ă < â < b … d < đ``), tones only between
    words of the same letters (``ma < mà < mả < mã < má < mạ``).
    """
    words = []
    for word in nfc(text).casefold().split():
        letters, tones = [], []
        for char in word:
            decomposed = unicodedata.normalize("NFD", char)
            tone = next((mark for mark in decomposed[1:] if mark in _TONE), "")
            letter = nfc(decomposed.replace(tone, "")) if tone else char
            letters.append(_RANK.get(letter, ord(letter[0])))
            tones.append(_TONE[tone])
        words.append((tuple(letters), tuple(tones)))
    return (tuple(letters for letters, _ in words), tuple(tones for _, tones in words), text)


def number(value: float, digits: int = 0) -> str:
    """Format a number: ``1234567.5`` → ``1.234.567,5`` (``digits`` decimals at most, no trailing zeros)."""
    formatted = f"{value:,.{digits}f}"
    if digits:
        formatted = formatted.rstrip("0").rstrip(".")
    return formatted.translate(str.maketrans(",.", ".,"))


def file_size(size: int) -> str:
    """Format ``size``, in bytes, for readers: ``900 B``, ``320 KB``, ``1,4 MB``."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{number(size / 1000)} KB"
    return f"{number(size / 1_000_000, 1)} MB"


def nearest(text: str, candidates: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Return the candidate that is most similar to ``text``, or ``None`` if none is similar.

    Diacritics and case are ignored, since a forgotten accent is the commonest slip.
    ``cutoff`` is the least similarity, from 0 to 1.
    """
    by_plain = {plain(candidate): candidate for candidate in sorted(candidates)}
    matches = get_close_matches(plain(text), by_plain, n=1, cutoff=cutoff)
    return by_plain[matches[0]] if matches else None


def did_you_mean(text: str, candidates: Iterable[str]) -> str:
    """Return a sentence to append to a message, with the most similar candidate; empty if none is similar."""
    match = nearest(text, candidates)
    return f" Có phải là “{match}”?" if match else ""


def mailto(address: str, subject: str, body: str = "") -> str:
    """Return a link that opens a mail with its subject and text filled in (RFC 6068).

    Letters outside ASCII stay as they are, which HTML allows and browsers encode: half as many bytes.
    """
    fields = {"subject": subject, "body": body.replace("\n", "\r\n")}
    return f"mailto:{address}?" + "&".join(
        [f"{name}={value.translate(_PERCENT)}" for name, value in fields.items() if value]
    )
