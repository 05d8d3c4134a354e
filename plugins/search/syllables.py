"""Read words as readers type them: a syllable without its marks, and which marks it has.

``static/search.js`` reads the words of a question in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

_WORD = re.compile(r"[^\W_]+|\n")

#: The tones, each by its combining mark: huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 32, "\u0309": 64, "\u0303": 96, "\u0301": 128, "\u0323": 160}

#: The marks that make other letters: a Vietnamese syllable has each at most once.
_MARKS = {"d\u0111": 1, "\u0302": 2, "\u0306": 4, "o\u031b": 8, "u\u031b": 16}


class Syllable(NamedTuple):
    """A word as the index knows it."""

    folded: str
    """Lower case and without marks. A final y after a consonant is i: *lý* and *lí* are one word."""

    marks: int
    """Its tone and the marks of its letters, wherever the tone is written: *hòa* and *hoà* are equal. 0 to 191; no two
    Vietnamese syllables of one ``folded`` form have the same."""


@lru_cache(maxsize=65_536)
def syllable(word: str) -> Syllable:
    """Fold one word."""
    folded, marks = "", 0
    for char in unicodedata.normalize("NFD", word.lower()):
        if char == "\u0111":
            folded, marks = f"{folded}d", marks | 1
        elif char in _TONES:
            marks = marks & 31 | _TONES[char]
        elif char == "\u031b":
            marks |= _MARKS.get(f"{folded[-1:]}{char}", 0)
        elif unicodedata.category(char)[0] == "M":
            marks |= _MARKS.get(char, 0)
        else:
            folded += char
    if len(folded) > 1 and folded[-1] == "y" and folded[-2] not in "aeou":
        folded = f"{folded[:-1]}i"
    return Syllable(folded, marks)


def words(text: str) -> list[str]:
    """List the words of a text in lower case, runs of letters and digits; the end of each line stands among them."""
    return _WORD.findall(text.lower())


def word_term(word: Syllable) -> int:
    """Return the number, of 40 bits, by which the index knows a word: 32 of the folded form, 8 of the marks."""
    return crc32(word.folded.encode()) << 8 | word.marks


def pair_term(first: Syllable, second: Syllable) -> int:
    """Return the number of two words that stand side by side."""
    return crc32(f"{first.folded} {second.folded}".encode()) << 8 | (31 * first.marks + second.marks) & 255


def filter_term(name: str) -> int:
    """Return the number under which the index lists all documents of a section or a year; no word has it."""
    return crc32(f":{name}".encode()) << 8


class _WordTerms(dict[str, int]):
    def __missing__(self, word: str) -> int:
        term = self[word] = word_term(syllable(word))
        return term


class _PairTerms(dict[tuple[str, str], int]):
    def __missing__(self, pair: tuple[str, str]) -> int:
        if len(self) > 300_000:
            self.clear()
        term = self[pair] = _NO_TERM if "\n" in pair else pair_term(syllable(pair[0]), syllable(pair[1]))
        return term


_NO_TERM = -1
_word_terms = _WordTerms({"\n": _NO_TERM})
_pair_terms = _PairTerms()


def terms(in_text: Sequence[str]) -> set[int]:
    """Return the numbers of all words of a text, and of all pairs of words side by side in one line."""
    result = set(map(_word_terms.__getitem__, set(in_text)))
    result.update(map(_pair_terms.__getitem__, set(pairwise(in_text))))
    result.discard(_NO_TERM)
    return result


def correctable(word: str) -> str:
    """Return the folded form of a word that a slip of a key may have meant, or nothing: letters alone, not too long."""
    folded = syllable(word).folded
    return folded if 1 < len(folded) < 12 and folded.isalpha() else ""
