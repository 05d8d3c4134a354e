"""Read the interface's words, those of the theme and of each section, as one namespace (``site.t``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from plugins.core.errors import ConfigError, Problem
from plugins.core.site.section import Section

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_strings(theme: Path, sections: Iterable[Section]) -> SimpleNamespace:
    """Return the words of the theme's ``texts.yaml`` and of each section's, as nested names.

    Raises ``ConfigError`` where a file cannot be read, or where two files give a meaning to one name.
    """
    words, problems = _read("theme/texts.yaml", theme / "texts.yaml")
    owners = dict.fromkeys(words, "theme/texts.yaml")
    for section in sections:
        path = section.home / "texts.yaml"
        if not path.is_file():
            continue
        shown = f"{section.module.replace('.', '/')}/texts.yaml"
        section_words, faults = _read(shown, path)
        problems += faults
        for name in section_words.keys() & words.keys():
            message = f"Tên “{name}” đã có ở {owners[name]}. Đặt tên khác, thường là tên của mục: {section.name}"
            problems.append(Problem(shown, _line_of(name, path), 0, "TEXTS_CLASH", message))
        words |= section_words
        owners |= dict.fromkeys(section_words, shown)
    if problems:
        raise ConfigError(problems)
    return _namespace(words)


def _read(shown: str, path: Path) -> tuple[dict[str, Any], list[Problem]]:
    try:
        words = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError):
        return {}, [Problem(shown, 0, 0, "TEXTS_MISSING", "Không đọc được tệp chữ của giao diện.")]
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        return {}, [Problem(shown, line, 0, "TEXTS_SYNTAX", "Tệp chữ của giao diện sai cú pháp YAML.")]
    if not isinstance(words, dict):
        message = "Tệp chữ của giao diện phải gồm các dòng “tên: chữ”."
        return {}, [Problem(shown, 1, 0, "TEXTS_SYNTAX", message)]
    return words, []


def _line_of(name: str, path: Path) -> int:
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return next((number for number, line in lines if re.match(rf"{re.escape(name)}\s*:", line)), 0)


def _namespace(words: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(
        **{name: _namespace(value) if isinstance(value, dict) else value for name, value in words.items()}
    )
