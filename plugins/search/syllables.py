"""Read words as readers type them: a syllable without its marks, and which marks it has.

``static/search.js`` reads the words of a question in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain, repeat
from operator import add, mul
from typing import NamedTuple
from zlib import crc32

#: Digits before letters are a word of their own: ``411KH`` is what ``411-KH`` is.
_WORD = re.compile(r"\d+|[^\W_]+")

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


def word_term(word: Syllable) -> int:
    """Return the number, of 40 bits, by which the index knows a word: 32 of the folded form, 8 of the marks."""
    return crc32(word.folded.encode()) << 8 | word.marks


def pair_term(first: Syllable, second: Syllable) -> int:
    """Return the number of two words that stand side by side."""
    return crc32(f"{first.folded} {second.folded}".encode()) << 8 | (31 * first.marks + second.marks) & 255


def filter_term(name: str) -> int:
    """Return the number under which the index lists all documents of a section or a year; no word has it."""
    return crc32(f":{name}".encode()) << 8


class _Numbers(dict[str, tuple[int, ...]]):
    """The words of a run of characters between blanks: each as a number, from 1, which is its place in ``_words``."""

    def __missing__(self, run: str) -> tuple[int, ...]:
        numbers = self[run] = tuple(map(self._number, _WORD.findall(run.lower())))
        return numbers

    def _number(self, word: str) -> int:
        if word not in _number_of:
            _number_of[word] = len(_words)
            _words.append(word)
        return _number_of[word]


class _Terms(dict[int, int]):
    """The terms of pairs of numbers; a word after the end of a line is a word alone."""

    def __missing__(self, pair: int) -> int:
        first, second = divmod(pair, _MAX_WORDS)
        if second == _LINE_END:
            term = _NO_TERM
        elif first == _LINE_END:
            term = word_term(syllable(_words[second]))
        else:
            term = pair_term(syllable(_words[first]), syllable(_words[second]))
        self[pair] = term
        return term


_MAX_WORDS = 1 << 20
_MAX_KNOWN = 400_000  # runs and pairs, after which all are forgotten
_NO_TERM = -1
_LINE_END = 0
_END_RUN = "\0"  # a run that no text has
_words: list[str] = []
_number_of: dict[str, int] = {}
_numbers = _Numbers()
_terms = _Terms()


def read(text: str) -> tuple[set[int], set[str]]:
    """Return the terms of a text, of all its words and all pairs of words side by side in one line; and its words."""
    if not _words or len(_numbers) + len(_terms) > _MAX_KNOWN:
        for table in (_number_of, _numbers, _terms):
            table.clear()
        _words[:] = [""]
        _numbers[_END_RUN] = (_LINE_END,)
    runs = text.replace("\n", f" {_END_RUN} ").split()
    numbers = list(chain.from_iterable(map(_numbers.__getitem__, runs)))
    alone = set(numbers)
    pairs = set(map(add, map(mul, numbers, repeat(_MAX_WORDS)), numbers[1:]))
    terms = set(map(_terms.__getitem__, alone | pairs))
    terms.discard(_NO_TERM)
    alone.discard(_LINE_END)
    return terms, set(map(_words.__getitem__, alone))


def correctable(word: str) -> str:
    """Return the folded form of a word that a slip of a key may have meant, or nothing: letters alone, not too long."""
    folded = syllable(word).folded
    return folded if 1 < len(folded) < 12 and folded.isalpha() else ""
