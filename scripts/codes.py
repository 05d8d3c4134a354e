"""Write docs/ma-loi.md: every code with its example, and what the checks really say of that example."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from plugins.core.build import codes as build_codes
from plugins.core.build.pipeline import build, check
from plugins.core.checks import codes as checks
from plugins.core.codes import Entry, Files, Group, page, story
from plugins.core.errors import ContentError, Problem
from plugins.core.markdown import codes as markdown
from plugins.core.media import codes as media
from plugins.core.model import codes as model
from plugins.core.pelican_adapter import load
from plugins.core.site.section import Section
from plugins.core.source import codes as source
from plugins.core.text import codes as text
from plugins.core.text.vietnamese import nfc

ROOT = Path(__file__).resolve().parent.parent
CONF = str(ROOT / "pelicanconf.py")


def groups_of(sections: Iterable[Section]) -> tuple[Group, ...]:
    """Return all codes under their titles: editors' before operators', a section's under the section's own."""
    core = (model, text, markdown, media, source, checks, build_codes)
    groups = [
        *(group for package in core for group in package.GROUPS),
        *(Group(section.title, section.codes) for section in sections if section.codes),
        *build_codes.OPERATORS,
        *media.OPERATORS,
    ]
    by_title: dict[str, tuple[Entry, ...]] = {}
    for title, entries in groups:
        by_title[title] = (*by_title.get(title, ()), *entries)
    return tuple(Group(title, entries) for title, entries in by_title.items())


GROUPS = groups_of(load(CONF).sections)
ENTRIES = tuple(entry for group in GROUPS for entry in group.entries)
NOW = "2026-11-23 20:00"

#: The smallest site in which nothing is wrong: every example stands among these.
AROUND: Files = {**page("gioi-thieu"), **story(at="tin-tuc/2026/04/ra-quan/index.md")}

_MAX_LINES, _MAX_LETTERS = 12, 100
_LEVELS = {"error": "Lỗi", "warning": "Cảnh báo"}
_HEAD = """\
<!-- Tệp này do scripts/codes.py viết. Sửa ở codes.py của từng gói trong plugins/. -->

# Mã lỗi và cảnh báo

Mỗi thông báo của `make check` có dạng `tệp:dòng:cột: [MÃ] điều sai và cách sửa`. **Lỗi** phải sửa rồi mới dựng được cổng;
**cảnh báo** thì cổng vẫn dựng, nhưng nên xem. Mỗi mã dưới đây kèm một ví dụ và đúng lời mà lệnh kiểm tra nói về ví dụ ấy.
"""


def problems_of(entry: Entry, folder: Path, conf: str = CONF, **more: object) -> tuple[Problem, ...]:
    """Return what the checks say of an example, laid out in the empty ``folder``. ``more``: other settings."""
    content = folder / "content"
    settings = load(
        conf,
        PATH=_laid(content, {} if entry.is_alone else AROUND),
        OUTPUT_PATH=str(folder / "output"),
        CACHE_PATH=str(folder / "cache"),
        NOW=NOW,
        KEEP_LAST_GOOD=entry.keeps_last_good,
        **more,
    )
    if entry.before is not None:
        _laid(content, entry.before)
        build(settings)
        for path in entry.before:
            (content / path).unlink()
    _laid(content, entry.files or {})
    try:
        return build(settings).problems if entry.keeps_last_good else check(settings)
    except ContentError as fault:
        return fault.problems


def _laid(content: Path, files: Files) -> str:
    content.mkdir(exist_ok=True)
    for path, data in files.items():
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            target.symlink_to("/dev/null")
        else:
            target.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(content)


def problems_of_examples() -> dict[str, Problem | None]:
    """Return the first problem of its code that each example gives; ``None`` where it does not."""
    problems = {}
    for entry in ENTRIES:
        if entry.files is not None:
            with TemporaryDirectory() as folder:
                reported = problems_of(entry, Path(folder))
            problems[entry.code] = next((problem for problem in reported if problem.code == entry.code), None)
    return problems


def document(problems: Mapping[str, Problem | None]) -> str:
    """Return the whole of docs/ma-loi.md."""
    lines = [_HEAD]
    for group in GROUPS:
        links = " · ".join(f"[{entry.code}](#{entry.code.lower()})" for entry in group.entries)
        lines.append(f"- **{group.title}**: {links}")
    for group in GROUPS:
        lines += ["", f"## {group.title}"]
        for entry in group.entries:
            lines += ["", *_section(entry, problems.get(entry.code))]
    return "\n".join(lines) + "\n"


def _section(entry: Entry, problem: Problem | None) -> Iterator[str]:
    yield f"### {entry.code}"
    yield ""
    severity = "warning" if entry.is_warning else "error"  # where nothing can be shown
    yield f"**{_LEVELS[problem.severity if problem else severity]}.** {entry.meaning}"
    yield ""
    if entry.files is not None:
        yield from _example(entry.files, entry.note)
    if problem:
        yield from ("~~~~text", _visible(str(problem)), "~~~~", "")
    yield f"**Cách sửa:** {entry.advice}"


def _example(files: Files, note: str) -> Iterator[str]:
    others = dict.fromkeys(nfc(path) for path, data in files.items() if not isinstance(data, str))
    names = ", ".join(f"`{_shown(path)}`" for path in others)
    if names or note:
        yield from (" ".join(filter(None, [f"Ví dụ: {names}." if names else "Ví dụ.", note])), "")
    for path, data in files.items():
        if isinstance(data, str):
            yield from (f"`{_shown(path)}`", "", "~~~~markdown")
            written = data.rstrip("\n").split("\n")
            yield from map(_visible, written[:_MAX_LINES])
            yield from ["…"] if len(written) > _MAX_LINES else []
            yield from ("~~~~", "")


def _shown(path: str) -> str:
    """Return the path of a file from the project's folder; some lie beside the content folder."""
    return path.removeprefix("../") if path.startswith("../") else f"content/{path}"


def _visible(line: str) -> str:
    """Return a line with its hidden characters named, and not too long."""
    named = "".join(char if char.isprintable() else f"‹U+{ord(char):04X}›" for char in line)
    return named if len(named) <= 3 * _MAX_LETTERS else named[:_MAX_LETTERS].rstrip() + "…"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("target", nargs="?", type=Path, default=ROOT / "docs" / "ma-loi.md", help="tệp viết ra")


def run(arguments: Namespace) -> int:
    """Write the document. Returns 1, and writes nothing, when an example does not give its code."""
    problems = problems_of_examples()
    if silent := [code for code, problem in problems.items() if problem is None]:
        print(f"Ví dụ không cho ra mã của mình: {', '.join(silent)}", file=sys.stderr)
        return 1
    arguments.target.write_text(document(problems), "utf-8")
    return 0
