"""Find characters that do not belong in a text: control characters, broken and invisible ones."""

from __future__ import annotations

import re
from itertools import islice

from plugins.core.errors import Problem, Severity
from plugins.core.text.vietnamese import line_and_column

_BIDI, _BROKEN = "\u202a-\u202e\u2066-\u2069", "\ud800-\udfff\ufffd"
_CONTROL = "\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef" + "".join(chr(i) + chr(i + 1) for i in range(65534, 1114112, 65536))
_ZERO_WIDTH = "[\u200b\u2060\ufeff]|(?<![\u0590-\u1dff\u2190-\U0010ffff])[\u200c\u200d]"  # emoji may be joined
_FOREIGN = "¡-¦§¨ª¬®¯´-¶¸-º»¼¾¿ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ€"  # in no ordinary Vietnamese text
#: The characters that make a text worth examining. Every text is searched by this: with single characters
#: past U+FFFF the class would be eight times slower.
DOUBTFUL = re.compile(
    f"[{_FOREIGN}\u0189\u0256{_BIDI}{_BROKEN}{_CONTROL[:-32]}\u200b-\u200d\u2060\ufeff\U0001fffe-\U0010ffff]"
)
_MAX_SHOWN = 5  # problems of each kind
UNPRINTABLE = re.compile(f"[\xa0{_BIDI}{_BROKEN}{_CONTROL}]")
_BAD_CHARACTERS: tuple[tuple[str, str, Severity, str], ...] = (
    (f"[{_CONTROL}]", "CHARACTER", "error", "Ký tự {} không thuộc về văn bản. Xóa nó (hoặc gõ lại chỗ này)."),
    (f"[{_BROKEN}]", "CHARACTER", "error", "Chữ ở đây đã hỏng, chỉ còn {}. Gõ lại chữ đúng."),
    (f"[{_BIDI}]", "BIDI", "error", "Ký tự ẩn {} đảo chiều chữ, người đọc thấy khác điều đã viết. Xóa nó."),
    (_ZERO_WIDTH, "ZERO_WIDTH", "warning", "Ký tự vô hình {} làm từ này không tìm được. Xóa nó."),
)


def find_bad_characters(text: str, path: str) -> list[Problem]:
    """Return a problem for each character that does not belong in a text, of each kind the first few."""
    problems = []
    for pattern, code, severity, message in _BAD_CHARACTERS:
        for match in islice(re.finditer(pattern, text), _MAX_SHOWN):
            line, column = line_and_column(text, match.start())
            problems.append(
                Problem(path, line + 1, column + 1, code, message.format(f"U+{ord(match[0]):04X}"), severity)
            )
    return problems
