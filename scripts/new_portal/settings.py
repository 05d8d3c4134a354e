"""Write the settings of a new portal: ours, with the values that are a union's own replaced."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import NamedTuple

_TEMPLATE = Path(__file__).parent / "pelicanconf.template"
_NAME = re.compile(r"(Tỉnh|Thành|Huyện|Thị|Quận|Xã|Phường) ?[Đđ]oàn (.+)")
_REGIONS = {"Tỉnh": "tỉnh {}", "Thành": "thành phố {}"}
_NO_ADDRESS = 'os.environ.get("SITEURL", "")'  # of publishconf.py


class Union(NamedTuple):
    """The union that a portal belongs to. ``siteurl`` may be ``""``."""

    name: str
    siteurl: str = ""

    @property
    def place_name(self) -> str:
        """The place in its name: Đồng Nai for Tỉnh đoàn Đồng Nai; ``""`` where the name does not tell."""
        match = _NAME.fullmatch(self.name)
        return match[2] if match else ""

    def values(self) -> dict[str, str]:
        """Return the values of the template, not yet quoted."""
        match = _NAME.fullmatch(self.name)
        level, place_name = match.groups() if match else ("", "")
        return {
            "name": self.name,
            "short_name": f"{level} đoàn" if level else self.name,
            "editor": f"Văn phòng {self.name}",
            "tagline": f"Cổng thông tin điện tử của {self.name}: tin hoạt động, văn bản, tuyển dụng, video.",
            "region": _REGIONS.get(level, "Tỉnh, thành phố").format(place_name),
            "website": self.siteurl or "https://tinhdoan.example.vn",
        }


def fill_pelicanconf(source: str, union: Union) -> str:
    """Replace the settings of ``source`` that the template has. Raises ``KeyError`` for one that ``source`` lacks."""
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in union.values().items()}
    template = Template(_TEMPLATE.read_text("utf-8")).substitute(quoted)
    lines = source.splitlines(keepends=True)
    spans = {name: (start, end) for name, start, end in _assignments(source)}
    replacements = dict(_setting_texts(template))
    for name in sorted(replacements, key=lambda name: spans[name], reverse=True):
        start, end = spans[name]
        lines[start:end] = [replacements[name]]
    return "".join(lines)


def _assignments(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield the settings of a configuration file, each with the indices of its lines: first, and after the last."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.end_lineno:
            yield node.targets[0].id, node.lineno - 1, node.end_lineno


def _setting_texts(source: str) -> Iterator[tuple[str, str]]:
    """Yield each setting's text, with the comment before it."""
    lines = source.splitlines(keepends=True)
    previous_end = 0
    for name, _, end in _assignments(source):
        yield name, "".join(lines[previous_end:end]).lstrip("\n")
        previous_end = end


def fill_publishconf(source: str, union: Union) -> str:
    """Make the union's address the one that ``make publish`` takes where it is given none."""
    if source.count(_NO_ADDRESS) != 1:
        raise KeyError(_NO_ADDRESS)
    return source.replace(_NO_ADDRESS, _NO_ADDRESS.replace('""', json.dumps(union.siteurl)))


def replace_place_name(text: str, old: Union, new: Union) -> str:
    """Replace the name of the old union's place in words of the interface: “tuổi trẻ Đồng Nai”."""
    return (
        text.replace(f" {old.place_name}", f" {new.place_name}" if new.place_name else "") if old.place_name else text
    )


def site_name(source: str) -> str:
    """Read SITENAME of a configuration file."""
    values: Mapping[str, ast.expr] = {
        node.targets[0].id: node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    return str(ast.literal_eval(values["SITENAME"]))
