"""Weigh what a browser loads for a first query: all that is asked of the server, compressed, the page apart."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

from plugins.search.layout import FOLDER, ROOT, STAMP_BYTES, Layout, shard_name
from plugins.search.postings import Position, Shard, decode

QUESTION = ("hiến máu", "hien", "mau")
"""The question, and how the index knows its words."""

_RESULTS = 10


def first_query(output: Path) -> int:
    """Return the bytes of the first answer of what searches an output: our index, or Pagefind's."""
    return _of_pagefind(output / "pagefind") if (output / "pagefind").is_dir() else _of_ours(output)


def _of_ours(output: Path) -> int:
    folder = output / FOLDER[1:]
    root = json.loads((folder / f"{ROOT}.bin").read_bytes()[STAMP_BYTES:])
    layout = Layout(root["bits"], root["days"])
    _, first, second = QUESTION
    names = {ROOT}
    positions: list[Position] = []
    for term in (first, second, f"{first} {second}"):
        key = crc32(term.encode())
        name = shard_name(key >> 32 - layout.bits)
        shard = Shard((folder / f"{name}.bin").read_bytes()[STAMP_BYTES:])
        names.add(name)
        of_term = [data for of, data in zip(shard.keys, shard.lists, strict=True) if of >> 8 == key & 0xFFFFFF]
        positions = [position for data in of_term for position, _ in decode(data)] or positions
    for position in sorted(positions, reverse=True)[:_RESULTS]:
        names |= {layout.group(position), layout.table(position[0])}
    scripts = (output / "theme").glob("search.*js")
    return _compressed([*(folder / f"{name}.bin" for name in names), *scripts])


def _of_pagefind(folder: Path) -> int:
    """Weigh the least that it can be: the smallest part of the index that may hold a word, the smallest results."""
    size = _compressed([folder / "pagefind.js", folder / "pagefind-worker.js", folder / "pagefind-entry.json"])
    packed = {"*.pf_meta": 1, "wasm.*.pagefind": 1, "index/*.pf_index": 1, "fragment/*.pf_fragment": _RESULTS}
    for pattern, count in packed.items():
        size += sum(sorted(path.stat().st_size for path in folder.glob(pattern))[:count])
    return size


def _compressed(paths: Iterable[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths if path.is_file())
