"""Property tests: whatever the bytes, no exception; whatever the mistake, its file and its line.

``make test`` tries 1,000 cases, the same ones each time; ``FUZZ=5000 pytest tests/doctor/test_fuzz.py``
tries as many as it is told.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.core.checks import item_checks, link_checks, site_checks
from plugins.core.errors import Problem, as_github, report
from plugins.core.source.item_parser import read_item
from plugins.news.model import Article
from tests.world import MARKUP, a_content, an_article

CASES = int(os.environ.get("FUZZ", "1000"))
PATH = "tin-tuc/2026/05/bai-thu/index.md"
SHOWN = f"content/{PATH}"
FOLDER = PATH.rpartition("/")[0]
PICTURES = tuple(f"{FOLDER}/{name}" for name in ("anh.jpg", "anh-1.jpg", "anh-2.jpg"))
OTHERS = (
    an_article(
        "2026/05/a-bien",
        "Một [trang](/tuyen-dung/) và [bài](../a-nui/index.md).",
        title="Biển",
        tags="biển đảo, đoàn viên",
    ),
    an_article("2026/05/a-nui", "Chỉ có chữ.", title="Núi", category="doan"),
)
OUTPUTS = {"index.html", "tuyen-dung/index.html", "tin-tuc/index.html", "video/index.html"}


def part(share: float) -> settings:
    """Return the settings of a test that tries this share of all cases."""
    return settings(
        max_examples=round(CASES * share),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def examine(raw: bytes) -> list[Problem]:
    """Everything that the doctor says of a portal in which ``raw`` is one of three stories."""
    story, _, problems, _ = read_item(Article, raw, PATH, MARKUP)
    assert story is not None or problems, "a story was lost without a word"
    if story is not None:
        content = a_content(*OTHERS, story, pictures=PICTURES)
        for rule in (
            site_checks.duplicate_items,
            site_checks.reserved_names,
            site_checks.unknown_categories,
            site_checks.tag_spellings,
        ):
            problems += rule(content)
        problems += link_checks.missing_files(content)
        problems += link_checks.broken_links(content, OUTPUTS)
        problems += item_checks.check_item(story)
        problems += [problem for problem in site_checks.advise(content) if problem.path == SHOWN]
    return problems


# -- (a) whatever the bytes ----------------------------------------------------

VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I)
#: Codes that mean the whole file: it could not be cut into lines at all.
WHOLE_FILE = {"ENCODING", "FRONT_MATTER_MISSING"}


def hold_to_form(raw: bytes, problems: list[Problem]) -> None:
    lines = len(re.split(b"\r\n|\r|\n", raw))
    for problem in problems:
        assert problem.path == SHOWN, problem
        assert (0 if problem.code in WHOLE_FILE else 1) <= problem.line <= lines + 1, (problem, lines)
        assert problem.column >= 0, problem
        assert re.fullmatch("[A-Z][A-Z_]+", problem.code), problem
        assert VIETNAMESE.search(re.sub("“.*?”", "", problem.message, flags=re.S)), problem
        printed = report([problem]).splitlines()
        assert len(printed) == 2 and all(line.isprintable() for line in printed), problem
        assert "\n" not in as_github([problem]), problem
        assert plain_message(problem), problem


def plain_message(problem: Problem) -> bool:
    return not re.search(r"[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", problem.message)


WORDS = re.findall(
    r"\w+",
    "đoàn viên thanh niên tình nguyện biển đảo Bình Thuận mùa hè xanh hiến máu tuổi trẻ xây dựng chi đoàn cơ sở hôm nay",
)
NASTY = [
    "---", "\n---\n", "\t", "\0", "\x1b[31m", "\u202e", "\ufeff", "\ufffd", "\u2028", "\x85", "\r", "\r\n", "“", "”",
    "title: ", "date: 32/13/2026", "slug: ../../x", "tags: [", "tags: {a: b}", "image: /etc/passwd", "aliases: //x", "a: &a [*a]",
    "<<: *x", "!!python/object:os.system x", "? [a]\n: b", "- a", "'", '"', '"\\x01"', '"\\u202e"', '"\\ud800"', "|", ">-", "%YAML 1.1", "#", ": ", "@", "`",
    "<script>", "</script>", "<svg onload=x>", "<!--", "-->", "<![CDATA[", "<?php", "<a href='javascript:x'>", "[a](data:x)", "![](", "![a](anh-9.jpg)",
    "[a](../x.md#y)", "[a]: <", "[^1]", "[^1]: x", "*[HTML]: y", "```", "~~~", "|a|b|\n|-|-|", "> " * 30, "[" * 80, "*" * 80, "(" * 40, "{: onclick=x }",
    "&#x0;", "&#1;", "&amp;nbsp;", "&#xD800;", "{{ x }}", "{% raw %}", "{filename}../../../x", "http://[::1", "//[", "AKIAIOSFODNN7EXAMPLE", "Ñaïi hoäi", "á»›",
]  # fmt: skip
BYTES = [
    b"\xff",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x80",
    b"\0",
    b"\xe1\xbb",
]


@dataclass
class Story:
    """A good story as lines, so that a mistake can be put where its line is known."""

    front: list[str]
    body: list[str]
    gap: int
    newline: str = "\n"
    mark: bytes = b""
    also: frozenset[int] = field(default=frozenset())

    def at(self, name: str) -> int:
        """Return the line of a field, from 1."""
        return next(index for index, line in enumerate(self.front, 2) if line.startswith(f"{name}:"))

    def put(self, name: str, value: str) -> int:
        """Give a field this value, in its place or as the last one."""
        line = f"{name}: {value}" if value else f"{name}:"
        if any(other.startswith(f"{name}:") for other in self.front):
            self.front[self.at(name) - 2] = line
        else:
            self.front.append(line)
        return self.at(name)

    def insert(self, index: int, *lines: str) -> int:
        """Put paragraphs before one of the body's; the line of the first."""
        self.body[index:index] = [text for line in lines for text in (line, "")]
        return self.body_line + index

    @property
    def body_line(self) -> int:
        return len(self.front) + 3 + self.gap

    @property
    def text(self) -> str:
        return "\n".join(["---", *self.front, "---", *[""] * self.gap, *self.body, ""])

    def raw(self, text: str | None = None) -> bytes:
        shown = self.text if text is None else text
        return self.mark + shown.replace("\n", self.newline).encode("utf-8", "surrogatepass")


@st.composite
def sentences(draw: st.DrawFn, least: int = 3, most: int = 12) -> str:
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most))).capitalize()


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Make a story without a mistake."""
    front = [
        f"title: {draw(sentences())}",
        f"date: {draw(st.sampled_from(['2026-05-01 08:00', '1/5/2026', '2020-02-29', '2026-11-23T07:30:00+07:00']))}",
        f"category: {draw(st.sampled_from(['tin', 'doan', 'bien']))}",
        *draw(
            st.lists(
                st.sampled_from(
                    [
                        "summary: Đoàn viên ra quân từ sáng sớm", "author: Ban Xây dựng Đoàn", 'source: "Báo: Bình Thuận"', "status: unlisted",
                        "tags: mùa hè xanh, hiến máu", "slug: ten-rieng", "image: anh.jpg\nimage_alt: Thuyền về bến", "# một lời nhắc",
                        "aliases: /tin-cu/1234-bai-thu.html", "featured_until: 30/11/2026",
                    ]
                ),
                unique=True,
                max_size=5,
            )
        ),
    ]  # fmt: skip
    front = [line for written in draw(st.permutations(front)) for line in written.split("\n")]
    blocks = [
        "## Kết quả", "- Một\n- Hai\n- Ba", "> Lời của một bạn trẻ", "| a | b |\n|---|--:|\n| 1 | 2 |", '![Thuyền về](anh-1.jpg "Chiều")',
        "![Một](anh-1.jpg)\n![Hai](anh-2.jpg)", "Xem [trang này](/tuyen-dung/) hay [bài kia](../a-nui/index.md).", "Thư: <a@b.vn>, <https://doan.vn/>.",
        "```\n<script>khong chay</script>\n[a](/khong-dau/)\n```", "Có chú thích[^1].\n\n[^1]: Ở đây.", "Dòng một  \ndòng hai", "**Đậm** và *nghiêng* &amp; x < y",
    ]  # fmt: skip
    body: list[str] = []
    for block in draw(st.lists(st.one_of(sentences(5, 30), st.sampled_from(blocks)), min_size=1, max_size=8)):
        body += [*block.split("\n"), ""]
    return Story(
        front, body, draw(st.integers(0, 3)), draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    )  # fmt: skip


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """Make a story and edit it blindly a few times."""
    raw = draw(stories()).raw()
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 60)))
        kind = draw(st.sampled_from(["cut", "twice", "put", "put", "put", "put", "bytes", "noise", "swap"]))
        if kind == "cut":
            raw = raw[:start] + raw[end:]
        elif kind == "twice":
            raw = raw[:end] + raw[start:]
        elif kind == "put":
            raw = raw[:start] + draw(st.sampled_from(NASTY)).encode() + raw[start:]
        elif kind == "bytes":
            raw = raw[:start] + draw(st.sampled_from(BYTES)) + raw[start:]
        elif kind == "noise":
            raw = raw[:start] + draw(st.text(max_size=20)).encode("utf-8", "replace") + raw[end:]
        else:
            lines = raw.split(b"\n")
            first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            lines[first], lines[second] = lines[second], lines[first]
            raw = b"\n".join(lines)
    return raw


def never_raises(raw: bytes, counts: Counter[str]) -> None:
    problems = examine(raw)
    hold_to_form(raw, problems)
    counts["cases"] += 1
    counts["with problems"] += bool(problems)
    counts["problems"] += len(problems)


def test_arbitrary_bytes_never_raise_and_are_told_in_form(capsys):
    counts: Counter[str] = Counter()

    @part(0.12)
    @given(
        st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: f"---\n{text}\n---\n{text}".encode()))
    )
    def run(raw: bytes) -> None:
        never_raises(raw, counts)

    run()
    tell(capsys, "bytes", dict(counts))


def test_mutated_stories_never_raise_and_are_told_in_form(capsys):
    counts: Counter[str] = Counter()

    @part(0.28)
    @given(mutants())
    def run(raw: bytes) -> None:
        never_raises(raw, counts)

    run()
    tell(capsys, "mutants", dict(counts))


def test_a_lone_surrogate_before_a_byte_that_is_not_utf8():
    examine(b"\xed\xa0\x80\xff")


@pytest.mark.parametrize(
    "line",
    [r'slug: "a\x01"', r'slug: "a\nb"', r'"a\nb": x', r'date: "\e[31m"', r'status: "\u202e"', "date: 2026-05-01\u202e"],
)
def test_a_message_quotes_no_control_character(line):
    front = "---\ntitle: Đoàn viên\ncategory: tin\n"
    problems = examine(f"{front}{line}\n---\nNội dung.\n".encode())
    assert problems and all(plain_message(problem) for problem in problems)


# -- (b) wrong on purpose ------------------------------------------------------

Wrong = tuple[bytes, int, set[str]]  # the file, the line to be told, the codes that tell it


def _field(name: str, values: list[str], *codes: str):
    def make(draw: st.DrawFn, story: Story) -> Wrong:
        line = story.put(name, draw(st.sampled_from(values)))
        return story.raw(), line, set(codes)

    return make


def _paragraph(lines: list[str], *codes: str):
    def make(draw: st.DrawFn, story: Story) -> Wrong:
        line = story.insert(_gap_in(draw, story), draw(st.sampled_from(lines)))
        return story.raw(), line, set(codes)

    return make


def _gap_in(draw: st.DrawFn, story: Story) -> int:
    """Return a line where a paragraph may stand: not inside a fenced block."""
    free, fenced = [0], False
    for index, line in enumerate(story.body, 1):
        fenced ^= line.startswith("```")
        if not line and not fenced:
            free.append(index)
    return draw(st.sampled_from(free))


def _sign(signs: list[str], *codes: str, in_front: bool = False):
    """Put a forbidden character in the body or in the front matter."""

    def make(draw: st.DrawFn, story: Story) -> Wrong:
        lines = story.front if in_front else story.body
        index = draw(st.sampled_from([at for at, line in enumerate(lines) if line and line[:2] != "# "]))
        after = len(lines[index]) if in_front else draw(st.integers(0, len(lines[index])))
        lines[index] = lines[index][:after] + draw(st.sampled_from(signs)) + lines[index][after:]
        return story.raw(), index + (2 if in_front else story.body_line), set(codes)

    return make


def _misspelt(draw: st.DrawFn, story: Story) -> Wrong:
    index = draw(st.sampled_from([at for at, line in enumerate(story.front) if re.match("[a-z]", line)]))
    name, colon, value = story.front[index].partition(":")
    at = draw(st.integers(0, len(name) - 1))
    misspelling = draw(
        st.sampled_from([name[:at] + name[at + 1 :], name[: at + 1] + name[at:], name.capitalize(), name + "s"])
    )
    if name == "image_alt":
        misspelling = "image_alts"
    story.front[index] = misspelling + colon + value
    story.also = frozenset([1])  # where it is missing now
    return story.raw(), index + 2, {"KEY_UNKNOWN"}


def _missing(draw: st.DrawFn, story: Story) -> Wrong:
    del story.front[story.at(draw(st.sampled_from(["title", "date", "category"]))) - 2]
    return story.raw(), 1, {"FIELD_MISSING"}


def _blank(draw: st.DrawFn, story: Story) -> Wrong:
    line = story.put(draw(st.sampled_from(["title", "date", "category"])), draw(st.sampled_from(["", '""', "  ", "~"])))
    return story.raw(), line, {"FIELD_MISSING", "TITLE_EMPTY", "DATE_INVALID", "SLUG_INVALID"}


def _twice(draw: st.DrawFn, story: Story) -> Wrong:
    index = draw(st.sampled_from([at for at, line in enumerate(story.front) if re.match("[a-z]", line)]))
    story.front.append(story.front[index])
    return story.raw(), len(story.front) + 1, {"KEY_TWICE"}


def _tab(draw: st.DrawFn, story: Story) -> Wrong:
    index = draw(st.sampled_from([at for at, line in enumerate(story.front) if re.match("[a-z]", line)]))
    story.front[index] = "\t" + story.front[index]
    return story.raw(), index + 2, {"YAML_SYNTAX"}


def _open_quote(draw: st.DrawFn, story: Story) -> Wrong:
    name = draw(st.sampled_from(["title", "author", "summary"]))
    line = story.put(name, draw(st.sampled_from(['"Đoàn viên', "'Tuổi trẻ"])))
    return story.raw(), line, {"YAML_SYNTAX"}


def _open_list(draw: st.DrawFn, story: Story) -> Wrong:
    story.front = ["tags: [mùa hè, hiến máu", *(line for line in story.front if not line.startswith("tags:"))]
    return story.raw(), 2, {"YAML_SYNTAX"}


def _nested_under(draw: st.DrawFn, story: Story) -> Wrong:
    line = story.put(draw(st.sampled_from(["author", "summary", "title"])), "")
    story.front.insert(line - 1, "  ten: Ban Xây dựng")
    return story.raw(), line + 1, {"YAML_NESTED"}


def _not_utf8(draw: st.DrawFn, story: Story) -> Wrong:
    raw = story.raw()
    lines = raw.split(b"\n")
    index = draw(st.integers(0, len(lines) - 2))
    lines[index] = lines[index].rstrip(b"\r") + draw(st.sampled_from([b" \xff", b" \xc3(", b" \x80x", b" \xe1\xbb"]))
    lines[index] += b"\r" if story.newline == "\r\n" else b""
    return b"\n".join(lines), index + 1, {"ENCODING"}


def _utf16(draw: st.DrawFn, story: Story) -> Wrong:
    return story.text.encode(draw(st.sampled_from(["utf-16", "utf-16-le", "utf-16-be"]))), 0, {"ENCODING"}


def _no_end(draw: st.DrawFn, story: Story) -> Wrong:
    front, _, body = story.text[4:].partition("\n---\n")
    return story.raw(f"---\n{front}\n{body}"), 1, {"FRONT_MATTER_OPEN"}


def _no_start(draw: st.DrawFn, story: Story) -> Wrong:
    return story.raw(draw(st.sampled_from(["", "\n", "<!-- x -->\n"])) + story.text[4:]), 1, {"FRONT_MATTER_MISSING"}


def _script_after_code(draw: st.DrawFn, story: Story) -> Wrong:
    story.body += ["Viết `<script>` như thế này là chữ.", ""]
    line = story.insert(len(story.body), draw(st.sampled_from(SCRIPTS)))
    return story.raw(), line, {"HTML_FORBIDDEN"}


CONTROLS = ["\x01", "\x07", "\x1b", "\0", "\x7f", "\x0b", "\ufffe"]
SCRIPTS = ["<script>alert(1)</script>", "Đoàn <SCRIPT src=//x></SCRIPT>", "<script\ttype=module>x</script>"]
RUNS = ["[a](javascript:alert(1))", "[a](JaVaScript:x)", "<a href='data:text/html,x'>a</a>", "[a](vbscript:x)"]

FAULTS = {
    "misspelt key": _misspelt,
    "missing key": _missing,
    "blank value": _blank,
    "bad date": _field("date", ["32/5/2026", "30/02/2026", "2026-13-01", "2026-05-01 25:00", "12", "10:30", "tháng 5", "no", "2026"], "DATE_INVALID"),
    "year out of range": _field("date", ["1/1/1900", "9999-01-01", "0001-01-01"], "DATE_RANGE", "DATE_INVALID"),
    "bad status": _field("status", ["publish", "nháp", "Published", "hidden", "yes"], "VALUE_UNKNOWN"),
    "unknown category": _field("category", ["tinh", "the-thao", "bien-dao"], "CATEGORY_UNKNOWN"),
    "category not a slug": _field("category", ["Tin tức", "Biển đảo", "tin_tuc", "tin/doan"], "SLUG_INVALID"),
    "unquoted colon": _field("title", ["Đoàn viên: ra quân", "A: B: C", "Hỏi: đáp"], "YAML_SYNTAX"),
    "key twice": _twice,
    "tab": _tab,
    "unclosed quote": _open_quote,
    "unclosed list": _open_list,
    "nested value": _field("author", ["{ten: Lan}", "{a: {b: c}}", "[a, [b]]"], "YAML_NESTED"),
    "nested value below": _nested_under,
    "tag": _field("author", ["!x Lan", "!!python/name:os.system x", "!!int 5"], "YAML_SPECIAL"),
    "anchor": _field("author", ["&a Lan", "&x [a]"], "YAML_SPECIAL"),
    "alias": _field("author", ["*a", "*lan"], "YAML_SYNTAX", "YAML_SPECIAL"),
    "list where one value": _field("title", ["[a, b]", "[Một]"], "VALUE_LIST"),
    "title of signs": _field("title", ["'!!!'", "'…'", "'???'"], "TITLE_EMPTY"),
    "bad slug": _field("slug", ["Tên Bài", "a_b", "../x", "a/b", "-a", "ten--bai", "Đoàn"], "SLUG_INVALID"),
    "slug of another": _field("slug", ["a-nui", "a-bien"], "URL_TWICE"),
    "path traversal": _field("image", ["../anh.jpg", "/etc/passwd", "..\\anh.jpg", "a/../../anh.jpg", "~/anh.jpg", "a/%2e%2e/anh.jpg"], "FILE_PATH"),
    "missing file": _field("image", ["anh-9.jpg", "hinh.png", "Anh.jpg"], "FILE_MISSING"),
    "bad alias": _field("aliases", ["//evil.vn/x", "/a/../b", "tin/1", "https://x.vn/", "/a b"], "ALIAS_INVALID"),
    "tag spelt otherwise": _field("tags", ["Biển đảo", "đoàn viên, Biển Đảo"], "TAG_SPELLING"),
    "control character": _sign(CONTROLS, "CHARACTER"),
    "letter lost": _sign(["\ufffd"], "CHARACTER"),
    "letter lost in front matter": _sign(["\ufffd"], "CHARACTER", in_front=True),
    "bidi mark": _sign(["\u202e", "\u202a", "\u2066", "\u2069"], "BIDI"),
    "bidi mark in front matter": _sign(["\u202e", "\u202a", "\u2066", "\u2069"], "BIDI", in_front=True),
    "broken link": _paragraph(["Xem [đây](/khong-co/).", "Xem [đây](../bai-mat/index.md) nhé", "[a](khong-co.pdf)", "- [x](/video/mat/)"], "LINK_BROKEN"),
    "missing picture": _paragraph(["![Biển](anh-9.jpg)", '![Biển](hinh.png "Chiều")', "Nhìn ![x](a/b.jpg) đây"], "PICTURE_MISSING"),
    "picture of others": _paragraph(["![Biển](https://x.vn/a.jpg)", "![Biển](//x.vn/a.jpg)"], "PICTURE_REMOTE"),
    "script": _paragraph(SCRIPTS, "HTML_FORBIDDEN"),
    "script after one in code": _script_after_code,
    "other forbidden tag": _paragraph(["<iframe src=x></iframe>", "<svg onload=x></svg>", "<form action=/x></form>", "<style>p{}</style>"], "HTML_FORBIDDEN"),
    "handler": _paragraph(['<p onclick="x()">Đoàn</p>', "<b onmouseover='x()'>Đoàn</b>", "Có <i onfocus=x>chữ</i>"], "HTML_REMOVED"),
    "link that runs": _paragraph(RUNS, "LINK_UNSAFE"),
    "secret": _paragraph(["AKIAIOSFODNN7EXAMPLE", "-----BEGIN RSA PRIVATE KEY-----", "https://u:matkhau@x.vn/"], "SECRET"),
    "encoded twice": _paragraph(["Đoàn &amp;nbsp; viên", "Đoàn &amp;ldquo;viên"], "MOJIBAKE"),
    "not UTF-8": _not_utf8,
    "UTF-16": _utf16,
    "front matter never closed": _no_end,
    "front matter never opened": _no_start,
}  # fmt: skip


@st.composite
def wrongs(draw: st.DrawFn, kind: str) -> tuple[bytes, bytes, int, set[str], frozenset[int]]:
    """Make a good file, the same with a mistake, its line and codes, and lines on which others may follow."""
    story = draw(stories())
    good = story.raw()
    raw, line, codes = FAULTS[kind](draw, story)
    return good, raw, line, codes, story.also


def is_hit(problems: list[Problem], line: int, codes: set[str], also: frozenset[int]) -> bool:
    """Return whether the mistake is reported at its line, and no error anywhere else."""
    is_reported = any((problem.path, problem.line) == (SHOWN, line) and problem.code in codes for problem in problems)
    stray = [problem for problem in problems if problem.severity == "error" and problem.line not in {line, *also}]
    return is_reported and not stray


def test_what_is_made_wrong_on_purpose_is_told_at_its_file_and_line(capsys):
    tried: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    missed: dict[str, str] = {}
    false_alarms = []

    def check_kind(kind: str) -> None:
        @part(0.6 / len(FAULTS))
        @given(wrongs(kind))
        def run(case: tuple[bytes, bytes, int, set[str], frozenset[int]]) -> None:
            good, raw, line, codes, also = case
            if before := [problem for problem in examine(good) if problem.severity == "error"]:
                false_alarms.append((before, good))
            problems = examine(raw)
            hold_to_form(raw, problems)
            tried[kind] += 1
            if is_hit(problems, line, codes, also):
                hit[kind] += 1
            else:
                reported = [str(problem) for problem in problems]
                missed.setdefault(
                    kind, f"expected line {line} {sorted(codes)}, told {reported} of {raw.decode('utf-8', 'replace')!r}"
                )

        run()

    for kind in FAULTS:
        check_kind(kind)
    cases = sum(tried.values())
    share = sum(hit.values()) / cases
    tell(capsys, "wrong on purpose", {"cases": cases, "kinds": len(tried), "right": f"{share:.2%}", "false alarms": len(false_alarms)})  # fmt: skip
    for kind, example in missed.items():
        with capsys.disabled():
            print(f"  MISSED {kind} {tried[kind] - hit[kind]}/{tried[kind]}: {example}")
    assert not false_alarms, false_alarms[0]
    assert share >= 0.995


def tell(capsys: pytest.CaptureFixture[str], name: str, counts: dict[str, object]) -> None:
    with capsys.disabled():
        print(f"\nfuzz, {name}: " + ", ".join(f"{value} {key}" for key, value in counts.items()))
