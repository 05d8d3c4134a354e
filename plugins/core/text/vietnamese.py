"""Vietnamese text: one Unicode form, addresses, alphabetical order, numbers, near misses.

Nothing here asks the operating system for a locale: servers have none for Vietnamese.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import quote

#: The letters in the order of the Vietnamese alphabet (Quyết định 240/QĐ, 1984), with
#: the foreign f, j, w, z at their Latin places.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

#: The tones in the order of Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]

_PLACE = {letter: index for index, letter in enumerate(ALPHABET, start=100)}
_TONE = {mark: index for index, mark in enumerate(TONES)}
_ADDRESS = re.compile(r"[\w.:/~-]*", re.ASCII)  # nearly every one of ours: its colons alone are quoted
# A fence ends where as many signs begin a line as it began with; it may stand in a list or a quotation.
_CODE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<fence>`{3,8}(?=[^`\n]*$)|~{3,8}).*?^[ \t>]*(?P=fence)"
    r"|``(?!`)[^\n]*?``|`[^`\n]+`",
    re.M | re.S,
)

#: Blanks that are not the one of the keyboard, and signs that are not seen at all.
BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = "\u00ad\u180e\u200b-\u200f\u2060\ufeff"
_UNSEEN = re.compile(f"[{UNSEEN}]")

# Letters that look as Đ and đ do: Ð (Icelandic), Ɖ (Ewe). Old encodings and fonts left them in Vietnamese texts.
_STROKED = str.maketrans("\u00d0\u0189\u00f0\u0256", "ĐĐđđ")
_LOOKALIKE = re.compile("[\u00d0\u0189\u00f0\u0256]")
# Within words and in phonetic script the small one is a letter of its own: Guðrún, /ðə/
_MEANT = re.compile("[\u00d0\u0189]|(?<!\\w)[\u00f0\u0256](?=[aeiouyàáâãèéêìíòóôõùúýăĩũơưạ-ỹ])")


def nfc(text: str) -> str:
    """``text`` in the one form we store: composed (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def file_form(name: str) -> str:
    """The one form of a file's name or path: composed, and with Đ for what looks like it."""
    return name if name.isascii() else nfc(name).translate(_STROKED)


def vietnamese(text: str) -> str:
    """``text`` with Đ and đ for the letters that look like them, but for what it quotes as code."""
    if not _LOOKALIKE.search(text):
        return text
    prose = without_code(text)
    meant = {match.start() for match in _MEANT.finditer(prose)}
    return "".join(char.translate(_STROKED) if place in meant else char for place, char in enumerate(text))


def unseen_removed(text: str) -> str:
    """``text`` without the signs that nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def plain(text: str) -> str:
    """``text`` in lower-case letters without any mark: ``Đức Linh`` → ``duc linh``."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFD", text.lower().translate(_STROKED).replace("đ", "d"))
    return "".join(char for char in folded if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What two spellings of one name share: case, and where a tone stands, are no difference.

    ``LÊ THỦY`` and ``Lê Thuỷ`` are one name, ``Lê Thụy`` is another.
    """
    words = unicodedata.normalize("NFD", name.translate(_STROKED).casefold()).split()
    return " ".join("".join(sorted(word, key=_TONE.__contains__)) for word in words)  # letters, then tones


_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


@lru_cache(maxsize=65_536)
def slugify(text: str, most: int = 120) -> str:
    """The part of an address made of ``text``: ASCII letters, digits, single hyphens.

    At most ``most`` bytes, cut between syllables: a file name may have 255, and an
    address should be readable. Empty when ``text`` has no letter
    or digit that survives: the caller must refuse that.
    """
    if len(text) <= most and _SLUG.fullmatch(text):
        return text
    slug = re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
    if len(slug) <= most:
        return slug
    head, _, _ = slug[: most + 1].rpartition("-")
    return head or slug[:most]


def without_code(markdown: str) -> str:
    """``markdown`` with spaces in place of what it quotes as code."""
    return _CODE.sub(blanked, markdown)


def blanked(found: re.Match[str]) -> str:
    """Return spaces in place of what was found; line ends stay, so that all else keeps its position."""
    return re.sub(r"[^\n]", " ", found[0])


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, both from 0, of an offset in ``text``."""
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)


@lru_cache(maxsize=4096)
def sort_key(text: str) -> tuple[object, ...]:
    """Key that sorts names as a Vietnamese dictionary does.

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
            letters.append(_PLACE.get(letter, ord(letter[0])))
            tones.append(_TONE[tone])
        words.append((tuple(letters), tuple(tones)))
    return (tuple(letters for letters, _ in words), tuple(tones for _, tones in words), text)


def number(value: float, digits: int = 0) -> str:
    """``1234567.5`` → ``1.234.567,5`` (with ``digits`` decimals, none of them a trailing zero)."""
    shown = f"{value:,.{digits}f}"
    if digits:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(str.maketrans(",.", ".,"))


def file_size(size: int) -> str:
    """``size`` in bytes as a reader sees it: ``900 B``, ``320 KB``, ``1,4 MB``."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{number(size / 1000)} KB"
    return f"{number(size / 1_000_000, 1)} MB"


def nearest(wrong: str, right: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The one of ``right`` that was most likely meant by ``wrong``, if any is near.

    Marks and case are forgiven first, since a forgotten accent is the commonest slip.
    ``cutoff``: how alike they must be, from 0 to 1.
    """
    by_plain = {plain(candidate): candidate for candidate in sorted(right)}
    found = get_close_matches(plain(wrong), by_plain, n=1, cutoff=cutoff)
    return by_plain[found[0]] if found else None


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """A sentence to put behind a message: the nearest right value, or nothing."""
    candidate = nearest(wrong, right)
    return f" Có phải là “{candidate}”?" if candidate else ""


def mailto(address: str, subject: str, body: str = "") -> str:
    """A link that opens a letter with its subject and text filled in (RFC 6068)."""
    fields = {"subject": subject, "body": body.replace("\n", "\r\n")}
    return f"mailto:{address}?" + "&".join([f"{name}={percent(value)}" for name, value in fields.items() if value])


def percent(text: str) -> str:
    """``text`` as part of an address: what ``urllib.parse.quote`` makes of it."""
    if _ADDRESS.fullmatch(text):
        return text.replace(":", "%3A")
    return "%20".join(map(_quoted, text.split(" ")))


_quoted = lru_cache(maxsize=8192)(quote)  # words are few
