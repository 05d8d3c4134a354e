"""Write docs/benchmarks.md: the machine, how to repeat it, and a table for each thing that was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from .articles import ROOT
from .queries import QUESTION
from .tools import CASES, CHECKS, LABELS, Sample

#: Number of articles, case, tool → its runs.
Results = Mapping[tuple[int, str, str], Sequence[Sample]]

#: What makes an index, and the same without.
_SEARCHES = (("ours", "ours-without-search"), ("hugo-pagefind", "hugo"))

#: Heading → the value of a run, its format, whether checks have one.
_MEASURES: dict[str, tuple[Callable[[Sample], float], str, bool]] = {
    "Seconds": (lambda sample: sample.cost.seconds, ".2f", True),
    "Seconds of processor time, all processes": (lambda sample: sample.cost.processor, ".2f", True),
    "Peak memory, all processes, MiB": (lambda sample: sample.cost.memory / 2**20, ",.0f", True),
    "Files written": (lambda sample: sample.written, ",.0f", False),
}

_HEAD = """\
<!-- Written by scripts/bench: run `make bench`. -->

# Benchmarks

This portal, [Hugo](https://gohugo.io) and stock [Pelican](https://getpelican.com) build the same articles on one machine,
in one run, by turns: in each round every tool is put through a case before the next case begins. Figures are medians; in
parentheses, the ratio to Hugo with related stories.

## Repeat it

```
make bench                            # 1,000 and 10,000 articles
make bench BENCH="--counts 50000"     # BENCH=--help lists the rest
```

- The articles (`scripts/bench/`) have 500–700 Vietnamese words, headings, lists, quotes, links, two or three pictures and a
  lead picture, five of 200 tags, one of nine categories, and a day within ten years. Pictures are 64×36 pixels.
- The peers' configuration and templates are in `scripts/bench/peers/`: article pages with JSON-LD, breadcrumb and five
  related stories; a home page; lists of all stories, of each category and of each tag, ten a page; Atom feeds of all
  stories and of each category; a sitemap. This portal makes what it always makes: also checks of all content, neighbours in
  the category, RSS, archive, search, video, recruitment and banners, and each picture as AVIF and JPEG.
- Stock Pelican finds related stories with `pelican-related-posts` and has its own cache on. From 5,000 articles on it is
  run once a case. Hugo is called without its Python wrapper.
- Search: [Pagefind](https://pagefind.app) indexes Hugo's output after each build. What an index costs is what a build costs
  with it more than without; the last column is the whole beside the whole. A first query is what a browser loads for it,
  the page apart; of Pagefind the least that it can be.
- *cold*: no output and no cache. The other cases follow on it in the order of the tables, each a process of its own, without
  deleting the output. *one edit*: another word in one article's text. *one new article*: newer than all others. *theme
  change*: a line more in the template that all pages share, so every page is rendered again. *check, cold*: no cache; *warm*:
  that of the builds before.
- A build counts only if every article has its page and the change shows in it.
- Memory is PSS, polled while a command runs. A file is written if its inode or time of change differs afterwards.

"""


def document(results: Results, machine: Mapping[str, str]) -> str:
    """Write the whole document, from at least one run on ``machine``."""
    lines = ["## Machine", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in machine.items()]
    for count in dict.fromkeys(count for count, _, _ in results):
        lines += ["", f"## {count:,} articles", "", *_rounds(results, count)]
        for heading in _MEASURES:
            lines += ["", f"### {heading}", "", *_table(results, count, heading)]
        lines += _search(results, count)
    return _HEAD + "\n".join(lines) + "\n"


def _rounds(results: Results, count: int) -> Iterator[str]:
    """Tell how often each tool was run: one that takes minutes is run once."""
    runs = {
        tool: len(samples) for (number, case, tool), samples in results.items() if (number, case) == (count, "cold")
    }
    yield "Rounds: " + " · ".join(f"{LABELS[tool]} {times}" for tool, times in runs.items()) + "."


def _search(results: Results, count: int) -> Iterator[str]:
    """Tell what the two indexes cost: what a build costs with one more than without it."""
    medians = {
        (case, tool): median(sample.cost.processor for sample in samples)
        for (number, case, tool), samples in results.items()
        if number == count
    }
    if any(("cold", tool) not in medians for pair in _SEARCHES for tool in pair):
        return
    yield from ("", "### Search", "", "| | our index | Pagefind | ours, of Hugo and Pagefind |", "|---|---:|---:|---:|")
    for case in ("cold", "edit", "article"):
        if (case, "ours") in medians and (case, "hugo") in medians:
            ours, theirs = (medians[case, tool] - medians[case, base] for tool, base in _SEARCHES)
            whole = medians[case, "ours"] / medians[case, "hugo-pagefind"]
            yield f"| {CASES[case]}, seconds of processor time | {ours:.2f} | {theirs:.2f} | {_ratio(whole)} |"
    ours, theirs = (results[count, "cold", tool][0].query / 1024 for tool, _ in _SEARCHES)
    yield f"| a first query (“{QUESTION[0]}”), gzip, KB | {ours:.0f} | ≥ {theirs:.0f} | {_ratio(ours / theirs)} |"


def _table(results: Results, count: int, heading: str) -> Iterator[str]:
    value, form, has_checks = _MEASURES[heading]
    tools = list(dict.fromkeys(tool for number, _, tool in results if number == count))
    yield "| | " + " | ".join(LABELS[tool] for tool in tools) + " |"
    yield "|---|" + "---:|" * len(tools)
    medians = {
        (case, tool): median(map(value, samples))
        for (number, case, tool), samples in results.items()
        if number == count
    }
    for case, label in CASES.items():
        cells = []
        for tool in tools:
            cost, base = medians.get((case, tool)), medians.get((case, "hugo"))
            unit = ""
            if case in CHECKS:
                base, unit = medians.get(("cold", tool)), " of cold"
            if cost is None:
                cells.append("–")
            elif base and (tool != "hugo" or unit):
                cells.append(f"{cost:{form}} ({_ratio(cost / base)}{unit})")
            else:
                cells.append(f"{cost:{form}}")
        if any((case, tool) in medians for tool in tools) and (has_checks or case not in CHECKS):
            yield f"| {label} | " + " | ".join(cells) + " |"


def _ratio(value: float) -> str:
    if 0 < value < 0.001:
        return "<0.001"
    return f"{value:.{3 if 0 < value < 0.1 else 2}f}"


def machine(arguments: str) -> dict[str, str]:
    """Describe the machine and the programs. To be asked before measuring begins."""
    info = _fields(Path("/proc/cpuinfo"))
    memory = _fields(Path("/proc/meminfo")).get("MemTotal", "0 kB").split()[0]
    packages = ("pelican", "markdown", "pelican-related-posts", "hugo", "pagefind")
    return {
        "processor": f"{info.get('model name', platform.machine())}, {len(os.sched_getaffinity(0))} cores",
        "memory": f"{int(memory) / 2**20:.0f} GiB",
        "load before": f"{os.getloadavg()[0]:.1f}",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **{name: _version(name) for name in packages},
        "this portal": _revision(),
        "day": date.today().isoformat(),
        "arguments": f"`{arguments}`" if arguments else "none",
    }


def _fields(path: Path) -> dict[str, str]:
    """Read the first value of each name in a file of ``/proc``."""
    fields: dict[str, str] = {}
    for line in path.read_text().splitlines() if path.exists() else ():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    return fields


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"


def _revision() -> str:
    """Return the commit, and whether files differ from it."""
    try:
        command = ["git", "--no-optional-locks", "describe", "--always", "--dirty", "--exclude=*"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "–"
