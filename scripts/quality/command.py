"""Judge the demonstration as readers get it, by nginx with docs/nginx.conf, and fail where a limit is not kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.errors import RefusedError
from scripts.quality import lighthouse, links, paper, screen, validator, weight
from scripts.quality.kinds import BUDGETS, JUDGED, KINDS, PRINTED
from scripts.quality.programs import chromium
from scripts.quality.result import Result
from scripts.quality.server import served


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", default="output", help="thư mục đã dựng")
    parser.add_argument("--only", choices=CHECKS, action="append", help="chỉ những phép đo này")


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each kind of page and check. Returns 1 where a limit is not kept."""
    output = Path(arguments.output).resolve()
    if not (output / "index.html").is_file():
        raise RefusedError(f"Chưa có {output}/index.html. Chạy: make site")
    results = []
    for result in _results(output, arguments.only or list(CHECKS)):
        results.append(result)
        print(*result.lines, sep="\n", flush=True)
    broken = [result for result in results if not result.is_kept]
    print(f"{len(results)} phép đo, {len(broken)} không đạt.", file=sys.stderr if broken else sys.stdout)
    return 1 if broken else 0


def _results(output: Path, checks: Iterable[str]) -> Iterator[Result]:
    with served(output) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for check in checks:
            yield from CHECKS[check](browser, output, address)
        browser.close()


def _files(browser: Browser, output: Path, address: str) -> Iterator[Result]:
    yield links.follow(output)
    yield validator.validate(output)


def _weight(browser: Browser, output: Path, address: str) -> Iterator[Result]:
    for name, budget in BUDGETS.items():
        yield from weight.weigh(browser, output, address, KINDS[name], budget)


def _screen(browser: Browser, output: Path, address: str) -> Iterator[Result]:
    for kind in KINDS.values():
        yield from screen.look(browser, address, kind)


def _paper(browser: Browser, output: Path, address: str) -> Iterator[Result]:
    for name, limit in PRINTED.items():
        yield paper.printed(browser, address, KINDS[name], limit)


def _lighthouse(browser: Browser, output: Path, address: str) -> Iterator[Result]:
    for name in JUDGED:
        yield from lighthouse.judge(address, KINDS[name])


CHECKS: dict[str, Callable[[Browser, Path, str], Iterator[Result]]] = {
    "files": _files,
    "weight": _weight,
    "screen": _screen,
    "paper": _paper,
    "lighthouse": _lighthouse,
}
