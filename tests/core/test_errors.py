"""Problems are reported to people, to programs, to GitHub."""

import json

from plugins.core.errors import Problem, as_github, as_json, report

WRONG = Problem("content/a.md", 4, 11, "DATE_INVALID", "“32/5/2026” không phải ngày hợp lệ.")
DOUBTFUL = Problem("content/a,b:c.md", 0, 0, "PICTURE_UNUSED", "Thừa 100%.\nXóa đi.", "warning")


def test_errors_come_first_each_once_and_counts_last():
    lines = report([DOUBTFUL, WRONG, WRONG]).splitlines()
    assert lines[0] == "content/a.md:4:11: [DATE_INVALID] “32/5/2026” không phải ngày hợp lệ."
    assert lines[1].startswith("content/a,b:c.md: [PICTURE_UNUSED]") and lines[1].endswith("(cảnh báo)")
    assert lines[2] == "1 lỗi, 1 cảnh báo." and len(lines) == 3
    assert report([]) == ""


def test_colours_are_only_for_terminals_and_a_files_own_escapes_never_reach_one():
    hostile = Problem("content/\x1b[2Ja.md", 1, 1, "X", "\x1b]0;x\x07")
    assert "\033[31m" in report([WRONG], colour=True) and "\033" not in report([WRONG])
    assert "\x1b" not in report([hostile]) and "\x07" not in report([hostile])


def test_programs_get_json():
    assert json.loads(as_json([WRONG]))[0] == {
        "path": "content/a.md",
        "line": 4,
        "column": 11,
        "code": "DATE_INVALID",
        "message": "“32/5/2026” không phải ngày hợp lệ.",
        "severity": "error",
    }
    assert json.loads(as_json([])) == []


def test_github_gets_annotations_that_nothing_can_break_out_of():
    lines = as_github([WRONG, DOUBTFUL]).splitlines()
    assert "::error file=content/a.md,line=4,col=11,title=DATE_INVALID::“32/5/2026”" in lines[1]
    assert lines[0] == "::warning file=content/a%2Cb%3Ac.md,line=1,col=1,title=PICTURE_UNUSED::Thừa 100%25.%0AXóa đi."
