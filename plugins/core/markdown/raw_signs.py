"""Find raw signs: markup of Markdown or other programs that stayed on a page as plain text.

``{{< figure >}}`` or ``câu[^2]`` meant something to whoever typed it; the reader sees the signs. The
finished HTML is searched, for it alone shows what was parsed; code is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from plugins.core.text.patterns import lazy_pattern


class RawSign(NamedTuple):
    """A sign that stayed on the page."""

    kind: str
    """A key of ``KINDS``."""

    quote: str
    """The text on the page."""


_SYMBOL = "[\u2600-\u27bf\u2b50\u25a0-\u25ff\u27a4\U0001f300-\U0001faff]\ufe0f?"  # emoji, dingbats
_LETTER = r"[^\W\d_]"
_NUMBER = rf"\d+(?:/ ?|\.){_LETTER}"

#: For each kind, substrings of which a text must have one, and the pattern that finds it.
KINDS: dict[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    kind: (tuple(marks.split("·")), lazy_pattern(pattern, re.M))
    for kind, marks, pattern in (
        ("wiki", "[[", r"!?\[\[[^\[\]\n]+\]\]"),
        (
            "shortcode",
            "{·[·<%·<?·%%·$$",
            r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|<%[^<>\n]*%>|<\?(?:php|=)[^<>\n]*|(?<![\w%])%%(?=[^%\n]*\w)[^%\n]*%%|\$\$[^$\s\d](?=[^$\n]*[\\^_=])[^$\n]*\$\$"
            r"|\{/?(?:load(?:position|module|modulid)|gallery|youtube|vimeo|mos\w+|article|slider|tabs?|accordion|modal|jcomments"
            r"|phocagallery|pdf|audio|video|source|module|jumi|rokbox|avsplayer|mp3)\b[^{}\n]*\}"
            r"|\[/?(?:caption|gallery|embed|video|audio|playlist|youtube|contact-form-7|vc_\w+|et_pb_\w+)\b[^\[\]\n]*\](?!\()"
            r"|\[/(?:b|i|u|s|url|img|quote|color|size|center|code|list)\]|^\[(?:toc|_TOC_)\]$",
        ),
        ("note", "[^·^[", r"\[\^[^\[\]\s]+\]|(?<!\w)\^\[[^\[\]\n]+\]"),
        ("reference", "][", r"!?(?<!\w)\[(?!\d+\])[^\[\]\n]+\]\[[^\[\]\n]*\]"),
        (
            "reversed",
            ")[",
            r"!?\([^()\n]+\)\[(?=/|[^\[\]\s]*[A-Za-z])[^\[\]\s]*[./][^\[\]\s]*\]|!\([^()\n]*\)\[[^\[\]\n]*\]",
        ),
        ("link", "](·![·] (", r"!?\[[^\[\]\n]*\]\s?\((?:https?:|www\.|mailto:|\.{0,2}/)[^()\n]*\)?|\]\(|!\["),
        (
            "bold",
            "**·__",
            r"(?<![*\d(\[])(?<!\d[.-])\*{2,3}(?![*\d)\]])(?![.-]\d)|(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_])",
        ),
        ("italic", "*", r"(?<![\w*])\*(?=[^\W\d_])[^*\n]*\*(?![\w*])"),
        ("struck", "~~", r"(?<!~)~~(?!~)"),
        ("mark", "==", r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])"),
        ("fence", "```·~~~", r"`{3,}|^~{3,}"),
        ("container", ":::·!!! ·??? ·[!", r"^:{3,}[^\n]*|^(?:!!!|\?\?\?)\+? \w[^\n]*|^\[![A-Za-z]+\]"),
        (
            "dash",
            "\n",
            rf"^(?:(?P<sign>[–—*+-]) ?(?={_LETTER}|[“\"(])[^\n]*\n(?P=sign)|{_SYMBOL} ?(?={_LETTER}|[“\"(])[^\n]*\n{_SYMBOL}"
            rf"|[a-zđ]\) [^\n]*\n[a-zđ]\)|{_NUMBER}[^\n]*\n{_NUMBER})[^\n]*",
        ),
        ("heading", "##", r"^#{2,6}[^\s#][^\n]*"),
        (
            "table",
            "---·|",
            r"^\|?(?:[ ]*:?-{3,}:?[ ]*\|)+[ :-]*$|^\|[^\n|]+\|[^\n]*\n\|[^\n|]+\|[^\n]*|^\+(?:-{2,}\+)+$",
        ),
        (
            "tag",
            "<",
            r"<!--|</?(?:title|xmp|plaintext|div|span|font|center|table|tbody|tr|td|th|img|br|iframe|strong|em|blockquote|section|details|summary|figure)"
            r"(?=[\s/>])[^<>\n]*>?",
        ),
    )
}

# HTML without any of these has no raw sign; most has none. To search for one letter takes a twentieth of
# the time that it takes to search for two.
_LETTERS = {"*": "*", "%": "%%", "$": "$$", "|": "\n|", "_": "__", "~": "~~", "`": "```", "[": "[", "&": "&lt;"}
_MARKS = ("==", "---")
#: A brace that does not begin one of Pelican's addresses, ``{static}/…``.
FOREIGN_BRACE = lazy_pattern(r"\{(?!(?:static|filename|attach)\}/)")
_LINES = (
    lazy_pattern(r">(?:##|:::|!!! |\?\?\? )"),
    lazy_pattern(rf"\n(?:##|:::|!!! |\?\?\? |[–—*+-]|[a-zđ]\)|\d+[/.]|{_SYMBOL})"),
)

_CODE = lazy_pattern(r"<(pre|code|kbd)\b[^>]*>.*?</\1>", re.S)
_BREAK = lazy_pattern(
    r"\n?<(?:br|/?(?:p|h\d|li|ul|ol|td|th|tr|table|div|blockquote|figure|figcaption|details|summary|hr)\b)[^>]*>\n?"
)
_TAG = lazy_pattern(r"<[^>]*>")
_MAX_SIGNS = 20  # per text: nobody reads more


def raw_signs(html: str) -> Iterator[RawSign]:
    """Yield the raw signs in the text of ``html`` (as ``nh3`` prints it), in their order."""
    if not _is_suspect(html):
        return
    words = unescape(_TAG.sub("", _BREAK.sub("\n\n", _CODE.sub("", html))))
    matches = [
        (match.start(), match.end(), kind, match[0])
        for kind, (marks, pattern) in KINDS.items()
        if any(mark in words for mark in marks)
        for match in pattern.finditer(words)
    ]
    end = count = 0
    for start, stop, kind, quote in sorted(matches, key=lambda match: (match[0], -match[1])):
        if start >= end and count < _MAX_SIGNS:
            yield RawSign(kind, quote.strip())
            end, count = stop, count + 1


def _is_suspect(html: str) -> bool:
    return bool(
        any(letter in html and mark in html for letter, mark in _LETTERS.items())
        or any(mark in html for mark in _MARKS)
        or ("{" in html and FOREIGN_BRACE.search(html))
        or any(line.search(html) for line in _LINES)
    )
