"""Check captions of films (WebVTT, W3C): browsers pass over what they cannot read and say nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from plugins.core.errors import Problem
from plugins.core.text.patterns import lazy_pattern

Line = tuple[int, str]
"""Its number, from 1, and its text."""

_ARROW = "-->"
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = lazy_pattern(rf"[ \t]*{_TIME}[ \t]*{_ARROW}[ \t]*{_TIME}(?:[ \t].*)?")
#: Tags and moments that browsers know; ``font`` comes with SRT, and only the tag is lost.
_TAG = lazy_pattern(rf"</?(?:[cibuv]|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<{_TIME}>", re.IGNORECASE)
_ASS_CODE = lazy_pattern(r"\{\\[A-Za-z1-4][^{}]*\}")
_FIRST_LINE = lazy_pattern(r"WEBVTT(?:[ \t]|$)")
#: What programs write below the first line: ``Kind: captions``, ``X-TIMESTAMP-MAP=LOCAL:…``.
_SETTING = lazy_pattern(r"[A-Za-z-]+[:=]")
_NOTE = lazy_pattern(r"NOTE(?:[ \t]|$)")
_BEFORE_CUES = lazy_pattern(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_MAX_LINES = 5

_HEADER = "Dòng đầu phải là WEBVTT, và dòng sau đó để trống."
_BAD_TIMING = (
    "Dòng giờ sai nên câu này không hiện. Viết: 00:00:01.500 --> 00:00:04.000 (dấu chấm, không phải dấu phẩy)."
)
_NO_TIMING = "Không có dòng giờ đứng ngay trên nên câu này không hiện. Viết: 00:00:01.500 --> 00:00:04.000"
_ENDS_EARLY = "Câu này hết trước khi bắt đầu, hoặc ngay lúc bắt đầu."
_STARTS_EARLY = "Câu này bắt đầu trước câu đứng trên nó. Xếp lại theo giờ."
_LOST_WORDS = "Chữ sau dấu “<” không hiện. Viết &lt; thay dấu “<”; tả tiếng động thì viết trong ngoặc tròn: (vỗ tay)."
_CODE_SHOWN = "Mã như {\\an8} của chương trình làm phụ đề hiện nguyên trên phim. Xóa đi; muốn dời chỗ thì thêm line:0 vào dòng giờ."
_EMPTY = "Chưa có câu phụ đề nào."


def find_mistakes(text: str, path: str) -> list[Problem]:
    """Return a problem for each kind of mistake in captions, at the first line that has it; it names more lines."""
    numbers_of: dict[str, list[int]] = defaultdict(list)
    for number, message in _mistakes(re.split(r"\r\n|\n|\r", text)):
        numbers_of[message].append(number)
    return [
        Problem(path, numbers[0], 0, "CAPTIONS_BROKEN", message + _elsewhere(numbers[1:]))
        for message, numbers in numbers_of.items()
    ]


def _elsewhere(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    more = f" và {len(numbers) - _MAX_LINES} dòng nữa" if len(numbers) > _MAX_LINES else ""
    return f" Cũng thế ở dòng {', '.join(map(str, numbers[:_MAX_LINES]))}{more}."


def _mistakes(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield line and message of each mistake."""
    header, *blocks = _blocks(lines)
    has_cue = any(_ARROW in line for _, line in header)
    if has_cue or not _FIRST_LINE.match(lines[0]) or not all(_SETTING.match(line) for _, line in header[1:]):
        yield 1, _HEADER
    if not any(_ARROW in line for line in lines):
        yield 1, _EMPTY
    latest = -1
    if has_cue:
        blocks.insert(0, header if _ARROW in lines[0] else header[1:])
    for block in blocks:
        timing = next((index for index, (_, line) in enumerate(block) if _ARROW in line), None)
        if timing is None:
            if not (_BEFORE_CUES if latest < 0 else _NOTE).match(block[0][1]):
                yield block[0][0], _NO_TIMING
            continue
        number, line = block[timing]
        if times := _TIMING.fullmatch(line):
            start, end = _milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])
            if end <= start:
                yield number, _ENDS_EARLY
            if start < latest:
                yield number, _STARTS_EARLY
            latest = max(latest, start)
        else:
            yield number, _BAD_TIMING
        for number, line in block[timing + 1 :]:
            if "<" in line and "<" in _TAG.sub("", line):
                yield number, _LOST_WORDS
            if "{" in line and _ASS_CODE.search(line):
                yield number, _CODE_SHOWN


def _blocks(lines: Sequence[str]) -> Iterator[list[Line]]:
    """Yield the blocks of a file as browsers divide it: at empty lines, and before a timing that has no room in one.

    A timing is the first line of its block or, below the cue's name, the second.
    """
    block: list[Line] = []
    for number, line in enumerate(lines, 1):
        has_room = len(block) < 2 and not any(_ARROW in earlier for _, earlier in block)
        if block and (not line or (_ARROW in line and not has_room)):
            yield block
            block = []
        if line or number == 1:
            block.append((number, line))
    if block:
        yield block


def _milliseconds(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds, thousandths = (int(group or 0) for group in groups)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
