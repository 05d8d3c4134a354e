"""Captions of films: what browsers would pass over in silence is told, with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.core.media.captions import find_mistakes
from plugins.core.media.policy import examine_upload

GOOD = """\
WEBVTT - phim Phú Quý
Kind: captions

STYLE
::cue { color: yellow }

NOTE Lời bình: Ban Tuyên giáo

mở đầu
00:00.500 --> 00:03.000 line:80%
Tàu ra Phú Quý,
chở theo <i>lời chào</i> của <I>đất liền</I> {2026}.

00:00:03.000-->01:00:06.000
<v Lan>Đảo & biển <00:00:04.000>&lt;xanh&gt;</v> <font color="red">yên</font>
"""


def mistakes(text: str) -> list[tuple[int, str]]:
    problems = find_mistakes(text, "content/video/a/phu-de.vtt")
    assert {(problem.code, problem.column, problem.severity) for problem in problems} <= {
        ("CAPTIONS_BROKEN", 0, "error")
    }
    return [(problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", [GOOD, GOOD.rstrip("\n"), "WEBVTT\n\n\n\n1\n00:01.000 --> 00:02.000\n\n\n"])
def test_what_the_standard_allows_is_no_mistake(text: str, end: str) -> None:
    assert mistakes(text.replace("\n", end)) == []


CUE = "00:01.000 --> 00:02.000\nMột.\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"1\n{CUE}", 1, "WEBVTT"),
        (f"WEBVTTX\n\n{CUE}", 1, "WEBVTT"),
        (f"webvtt\n\n{CUE}", 1, "WEBVTT"),
        (f"\nWEBVTT\n\n{CUE}", 1, "WEBVTT"),
        (f"WEBVTT\n{CUE}", 1, "để trống"),
        (f"WEBVTT\nCâu đầu\n\n{CUE}", 1, "để trống"),
        ("WEBVTT\n", 1, "Chưa có câu"),
        ("WEBVTT\n\n1\n00:00:01,000 --> 00:00:02,000\nMột.\n", 4, "dấu chấm"),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nMột.\n", 3, "Dòng giờ sai"),
        ("WEBVTT\n\n1:00:01.000 --> 1:00:02.000\nMột.\n", 3, "Dòng giờ sai"),
        ("WEBVTT\n\n00:01.000 -->\nMột.\n", 3, "Dòng giờ sai"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000line:1\nMột.\n", 3, "Dòng giờ sai"),
        (f"WEBVTT\n\n{CUE}\n00:03.000 -> 00:04.000\nHai.\n", 6, "Không có dòng giờ"),
        (f"WEBVTT\n\n{CUE}\n00:03.000 –> 00:04.000\nHai.\n", 6, "Không có dòng giờ"),
        (f"WEBVTT\n\n{CUE}\nnửa sau của câu\n", 6, "Không có dòng giờ"),
        (f"WEBVTT\n\n{CUE}\nSTYLE\n::cue {{}}\n", 6, "Không có dòng giờ"),
        (f"WEBVTT\n\nmột\nhai\n{CUE}", 3, "Không có dòng giờ"),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nMột.\n", 3, "hết trước"),
        ("WEBVTT\n\n00:12.000 --> 00:02.000\nMột.\n", 3, "hết trước"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nMột.\n\n00:01.000 --> 00:02.000\nHai.\n", 6, "bắt đầu trước"),
        (f"WEBVTT\n\n{CUE}<3 biển đảo\n", 5, "&lt;"),
        (f"WEBVTT\n\n{CUE}5 < 7\n", 5, "&lt;"),
        (f"WEBVTT\n\n{CUE}<vỗ tay>\n", 5, "ngoặc tròn"),
        (f"WEBVTT\n\n{CUE}<b\n", 5, "&lt;"),
        (f"WEBVTT\n\n{CUE}{{\\an8}}Hai.\n", 5, "Xóa đi"),
        (f"WEBVTT\n\n{CUE}Hai{{\\pos(20,30)}}.\n", 5, "Xóa đi"),
    ],
)
def test_each_mistake_is_told_at_its_line(text: str, line: int, words: str) -> None:
    assert [(number, words in message) for number, message in mistakes(text)] == [(line, True)]


def test_a_mistake_that_comes_again_is_told_once_with_the_other_lines() -> None:
    cues = "".join(f"{number}\n00:00:0{number},000 --> 00:00:0{number},900\nCâu.\n\n" for number in range(1, 9))
    [(line, message)] = mistakes("WEBVTT\n\n" + cues)
    assert line == 4 and message.endswith("Cũng thế ở dòng 8, 12, 16, 20, 24 và 2 dòng nữa.")


def test_several_kinds_of_mistakes_are_told_at_once() -> None:
    several = mistakes("1\n00:00:02,000 --> 00:00:01,000\nMột.\n\n<vỗ tay>\n")
    assert [line for line, _ in several] == [1, 2, 5]


LINES = ("", " ", "WEBVTT", "NOTE", "tên", "Câu <b>.", "00:01.000 --> 00:02.000", "00:01,0 --> x", "Kind: captions")


@given(st.lists(st.sampled_from(LINES)))
def test_whatever_the_lines_no_exception_and_each_mistake_at_one_of_them(lines: list[str]) -> None:
    assert {number for number, _ in mistakes("\n".join(lines))} <= set(range(1, len(lines) + 2))


def upload_problems(name: str, text: str) -> list[tuple[int, str]]:
    raw = text.encode()
    return [(problem.line, problem.code) for problem in examine_upload(f"video/a/{name}", raw, len(raw))]


def test_captions_are_looked_at_wherever_they_lie() -> None:
    assert upload_problems("phu-de.vtt", "\ufeff" + GOOD) == []
    assert upload_problems("PHU-DE.VTT", "WEBVTT\n\n00:01,000 --> 00:02,000\nMột.\n") == [(3, "CAPTIONS_BROKEN")]
    assert upload_problems("phu-de.vtt", "1\n00:01.000 --> 00:02.000\nMột.\n") == [(0, "UPLOAD_CONTENT")]


def test_who_has_other_captions_is_told_how_to_make_them_webvtt() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nMột.\n".encode()
    [problem] = examine_upload("video/a/phu-de.srt", text, len(text))
    assert problem.code == "UPLOAD_TYPE" and ".vtt" in problem.message and "WEBVTT" in problem.message
