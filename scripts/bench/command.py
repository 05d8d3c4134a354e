"""``make bench``: measure, print, and write docs/benchmarks.md."""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from .articles import ROOT
from .measure import BenchError
from .photographs import section
from .push import measure as measure_push
from .push import table
from .report import document, machine
from .tools import CASES, CHECKS, LABELS, TOOLS, Sample

DEFAULT_CASES = [case for case in CASES if case != "css"]

#: From this many articles on, these take minutes a case and are run once.
ONCE_FROM = {"pelican": 5000}


def bench(
    counts: Sequence[int], rounds: int, tools: Sequence[str], cases: Sequence[str], work: Path, seed: int
) -> dict[tuple[int, str, str], list[Sample]]:
    """Run everything, saying each run on stderr. ``work`` is an empty folder. Raises ``BenchError``."""
    results: dict[tuple[int, str, str], list[Sample]] = defaultdict(list)
    for count in counts:
        sites = {name: TOOLS[name](work / str(count) / name, count, seed) for name in tools}
        for site in sites.values():
            site.corpus.write()
        for turn in range(1, rounds + 1):
            for case in cases:
                for name, site in sites.items():
                    is_over = turn > 1 and count >= ONCE_FROM.get(name, count + 1)
                    if not is_over and (site.check or case not in CHECKS):
                        try:
                            sample = site.run(case, turn)
                        except BenchError as error:
                            raise BenchError(f"{LABELS[name]}, {case}, {count} articles: {error}") from None
                        results[count, case, name].append(sample)
                        say(f"{count:>6} {turn:>2} {case:<10} {LABELS[name]:<25} {_line(sample)}")
    return results


def _line(sample: Sample) -> str:
    cost = sample.cost
    return f"{cost.seconds:8.2f} s {cost.processor:8.2f} s cpu {cost.memory / 2**20:6.0f} MiB {sample.written:>6} files"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--counts", type=_numbers, default=[1000, 10000], help="numbers of articles: 1000,10000")
    parser.add_argument("--rounds", type=int, default=3, help="how often each case is run; medians are printed")
    parser.add_argument("--tools", type=_subset_of(TOOLS), default=list(TOOLS), help=",".join(TOOLS))
    parser.add_argument("--cases", type=_subset_of(CASES), default=DEFAULT_CASES, help=",".join(CASES))
    parser.add_argument("--photographs", type=int, default=4, help="how many of each size are made; 0 for none")
    parser.add_argument("--seed", type=int, default=1, help="another corpus for each number")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md", help="the document")
    parser.add_argument(
        "--push",
        type=_sizes,
        nargs="?",
        const=[(10000, 0), (10000, 25000)],
        help="only from git push to nginx's answer, at sizes articles+photographs: 10000+0,10000+25000",
    )
    parser.add_argument("--work", type=Path, help="where to build: an empty folder, which is kept")


def run(arguments: Namespace) -> int:
    """Measure and write the document. Returns 0, or 1 when a tool failed; then nothing is written."""
    environment = machine(shlex.join(arguments.words))
    # every round begins cold: the other cases build upon it
    cases = [case for case in CASES if case == "cold" or case in arguments.cases]
    # a server of the bench may still tidy up when its folder goes
    with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as temporary:
        Path(temporary).chmod(0o755)  # nginx's workers are of another account
        work = arguments.work.resolve() if arguments.work else Path(temporary)
        try:
            if arguments.push:
                sizes = [
                    measure_push(work / f"push-{count}-{photographs}", count, photographs, arguments.rounds)
                    for count, photographs in arguments.push
                ]
                print(table(sizes), end="")
                return 0
            results = bench(arguments.counts, arguments.rounds, arguments.tools, cases, work, arguments.seed)
            count = arguments.photographs if "hugo" in arguments.tools else 0
            photographs = "\n".join(section(work / "photographs", count, arguments.seed))
        except BenchError as error:
            say(str(error))
            return 1
    text = document(results, environment) + photographs
    arguments.out.write_text(text, "utf-8")
    print(text, end="")
    return 0


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _sizes(text: str) -> list[tuple[int, int]]:
    pairs = [part.partition("+") for part in text.split(",")]
    return [(int(count), int(photographs or 0)) for count, _, photographs in pairs]


def _subset_of(names: Collection[str]) -> Callable[[str], list[str]]:
    """Return a parser of lists of some of ``names``, which returns them in the order of ``names``."""

    def parse(text: str) -> list[str]:
        wanted = text.split(",")
        if unknown := [name for name in wanted if name not in names]:
            raise ArgumentTypeError(f"no {unknown[0]}")
        return [name for name in names if name in wanted]

    return parse
