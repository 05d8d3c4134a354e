"""``make bench``: the corpus is the same every time, our portal accepts it, and its changes change what they say."""

import re
import shutil
import sys

import pytest

from plugins.core.build.pipeline import build
from plugins.core.pelican_adapter import load
from scripts.__main__ import main
from scripts.bench import measure, tools
from scripts.bench.articles import CATEGORIES, FIRST, LAST, NOW, ROOT, article, metadata_of
from scripts.bench.corpus import Corpus, Trace, page
from scripts.bench.flavours import FLAVOURS
from scripts.bench.measure import BenchError, Cost
from scripts.bench.queries import first_query
from scripts.bench.report import document
from scripts.bench.tools import Sample, Source
from scripts.bench.words import TAGS

COUNT = 12
MANY = range(300)


def files(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def changed(before, after):
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def words_of(article):
    """Return the number of words that a reader sees, without what pictures say."""
    text = "\n".join(block for block in article.blocks if not block.startswith("!["))
    return len(re.findall(r"\w+", re.sub(r"\]\([^)]*\)", "", text)))


@pytest.fixture(params=FLAVOURS)
def corpus(request, tmp_path):
    corpus = Corpus(request.param, tmp_path / "corpus", COUNT)
    corpus.write()
    return corpus


# -- articles --------------------------------------------------------------------


def test_an_article_follows_from_seed_and_number_alone():
    first = [article(1, number) for number in range(COUNT)]
    metadata_of.cache_clear()
    assert [article(1, number) for number in reversed(range(COUNT))] == first[::-1]
    assert article(2, 3) != first[3]


def test_articles_have_five_to_seven_hundred_words():
    counts = [words_of(article(1, number)) for number in MANY]
    assert min(counts) >= 500 and max(counts) <= 700


def test_articles_have_what_a_news_story_has():
    for number in MANY:
        story = article(1, number)
        text = "\n\n".join(story.blocks)
        assert len(set(story.tags)) == 5 and set(story.tags) <= set(TAGS) and story.category in CATEGORIES
        assert FIRST <= story.date < LAST < NOW
        assert 2 <= text.count("](picture:") <= 3
        assert "https://" in text and "\n## " in text and re.search(r"^(- |1\. |> )", text, re.M) and "**" in text
        assert all(int(target) < number for target in re.findall(r"\(article:(\d+)\)", text))
    assert len(set(TAGS)) == 200
    assert {article(1, number).category for number in MANY} == set(CATEGORIES)


# -- files and changes -------------------------------------------------------------


def test_a_corpus_is_the_same_twice_and_grows_without_changing(corpus, tmp_path):
    name = next(name for name, flavour in FLAVOURS.items() if flavour is corpus.flavour)
    larger = Corpus(name, tmp_path / "larger", COUNT + 5)
    larger.write()
    assert files(corpus.root).items() < files(larger.root).items()
    corpus.write()
    assert files(corpus.root).items() < files(larger.root).items()


def test_an_edit_is_one_word_of_one_file(corpus):
    before = files(corpus.root)
    trace = corpus.edit(7)
    (path,) = changed(before, files(corpus.root))
    old, new = before[path].decode().split(), (corpus.root / path).read_text("utf-8").split()
    assert [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] == [("hiện.", "sửa7.")]
    assert path.endswith(trace.pattern.removesuffix("/index.html") + ".md") and trace.text == "sửa7"
    first = files(corpus.root)
    corpus.edit(8)
    assert changed(first, files(corpus.root)) == {path}


def test_a_new_article_is_the_newest_and_leaves_the_others_alone(corpus):
    before = files(corpus.root)
    assert corpus.size == COUNT
    corpus.add()
    new = changed(before, files(corpus.root))
    assert corpus.size == COUNT + 1
    assert [path for path in new if path.endswith(".md")] == [
        f"{corpus.flavour.articles}/2025/12/{metadata_of(1, COUNT).slug}.md"
    ]
    assert not new & before.keys()


def test_changes_are_undone(corpus):
    before = files(corpus.root)
    corpus.edit(1)
    corpus.add()
    corpus.restore()
    assert files(corpus.root) == before and corpus.size == COUNT


# -- our portal --------------------------------------------------------------------


def test_our_portal_builds_the_corpus_without_a_word(tmp_path):
    corpus = Corpus("portal", tmp_path / "content", COUNT)
    corpus.write()
    output = tmp_path / "output"
    settings = load(
        str(ROOT / "pelicanconf.py"),
        PATH=str(corpus.root),
        OUTPUT_PATH=str(output),
        CACHE_PATH=str(tmp_path / "cache"),
        NOW=f"{NOW:%Y-%m-%d %H:%M}",
    )
    assert build(settings).problems == ()
    assert len(list(output.glob(tools.ARTICLE_PAGES))) == COUNT
    traces = [corpus.edit(1), corpus.add()]
    assert not any(trace.is_in(output) for trace in traces)
    assert build(settings).problems == ()
    assert all(trace.is_in(output) for trace in traces)
    assert len(list(output.glob(tools.ARTICLE_PAGES))) == corpus.size
    assert (output / page(article(1, 0))).exists()


def test_the_theme_is_changed_in_a_copy_of_the_portal(tmp_path):
    before = files(ROOT / "theme")
    ours = tools.ours(tmp_path, COUNT, 1)
    ours.corpus.write()
    template, css = ours.prepare("template", 3), ours.prepare("css", 3)
    assert template.text in ours.template.path.read_text("utf-8")
    assert css.text in ours.css.path.read_text("utf-8")
    assert files(ROOT / "theme") == before != files(ours.site / "theme")
    ours.output.mkdir()
    ours.prepare("cold", 4)
    assert files(ours.site / "theme") == before and not ours.output.exists()


def test_the_command_builds_checks_and_reports(tmp_path, capsys):
    out = tmp_path / "benchmarks.md"
    options = ["--counts", str(COUNT), "--rounds", "1", "--tools", "ours", "--out", str(out), "--work", str(tmp_path)]
    assert main(["bench", *options, "--cases", "edit,template,check-warm"]) == 0
    output = capsys.readouterr()
    assert out.read_text("utf-8") == output.out
    for row in ("cold", "one edit", "theme change: a template", "`make check`, warm"):
        assert f"\n| {row} | " in output.out
    assert "stylesheet" not in output.out and f"\n## {COUNT} articles\n" in output.out
    assert output.err.count("\n") == 4


def test_the_peers_templates_can_be_changed(tmp_path):
    shutil.copytree(tools.PEERS, tmp_path / "peers")
    for path in ("hugo/layouts/baseof.html", "pelican/theme/templates/base.html"):
        source = Source(tmp_path / "peers" / path)
        source.change("</head>", "<!-- 1 -->")
        source.change("</head>", "<!-- 2 -->")
        assert "<!-- 2 --></head>" in source.path.read_text("utf-8") and "<!-- 1 -->" not in source.path.read_text(
            "utf-8"
        )
        with pytest.raises(BenchError):
            source.change("</nothing>", "")


# -- measuring and reporting ---------------------------------------------------------


def test_a_command_and_its_children_are_measured_together(tmp_path):
    child = "b = bytearray(30_000_000); import time; time.sleep(2)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = measure.run([sys.executable, "-c", code], tmp_path, {})
    assert cost.seconds >= 2 and cost.processor > 0 and cost.memory > 30_000_000


def test_a_command_that_fails_is_no_measurement(tmp_path):
    with pytest.raises(BenchError, match="ended with 3:\nhỏng"):
        measure.run([sys.executable, "-X", "utf8", "-c", "print('hỏng'); raise SystemExit(3)"], tmp_path, {})


def test_files_that_are_replaced_or_new_are_written_ones(tmp_path):
    for name in ("same", "replaced"):
        (tmp_path / name).write_text("x")
    before = measure.snapshot(tmp_path)
    (tmp_path / "new").write_text("x")
    (tmp_path / "beside").write_text("x")
    (tmp_path / "beside").replace(tmp_path / "replaced")
    assert measure.written(before, measure.snapshot(tmp_path)) == 2
    assert measure.snapshot(tmp_path / "nothing") == {}


def test_a_build_that_left_out_an_article_or_a_change_is_no_measurement(tmp_path):
    ours = tools.ours(tmp_path, 0, 1)
    ours.prove(None)
    with pytest.raises(BenchError, match="sửa1"):
        ours.prove(Trace("index.html", "sửa1"))
    (tmp_path / "output/tin-tuc/2020/01/la").mkdir(parents=True)
    (tmp_path / "output/tin-tuc/2020/01/la/index.html").touch()
    with pytest.raises(BenchError, match="1 articles in the output, not 0"):
        ours.prove(None)


def test_the_report_gives_medians_and_their_ratios_to_hugo():
    def samples(*seconds):
        return [Sample(Cost(value, 2 * value, 2**20), 3) for value in seconds]

    results = {
        (1000, "cold", "ours"): samples(1.0, 9.0, 2.0),
        (1000, "cold", "hugo"): samples(8.0, 8.0, 8.0),
        (1000, "check-cold", "ours"): samples(0.5, 0.5, 0.5),
        (1000, "cold", "pelican"): samples(16.0),
        (1000, "edit", "ours"): samples(0.2),
        (1000, "edit", "hugo"): samples(8.0),
    }
    text = document(results, {"memory": "24 GiB"})
    assert "| memory | 24 GiB |" in text
    assert "| cold | 2.00 (0.25) | 8.00 | 16.00 (2.00) |" in text
    assert "| one edit | 0.20 (0.025) | 8.00 | – |" in text
    assert "| `make check`, cold | 0.50 (0.25 of cold) | – | – |" in text
    assert "| cold | 3 (1.00) | 3 | 3 (1.00) |" in text and "### Search" not in text
    assert "Rounds: this portal 3 · Hugo 3 · stock Pelican 1." in text
    assert all(len(line) <= 130 for line in text.splitlines() if not line.startswith("|"))


def test_the_report_sets_what_our_index_costs_beside_what_pagefind_does():
    def sample(seconds, query=0):
        return [Sample(Cost(0.0, seconds, 0), 0, query)]

    results = {
        (1000, "cold", "ours"): sample(6.0, 50 * 1024),
        (1000, "cold", "ours-without-search"): sample(4.0),
        (1000, "cold", "hugo-pagefind"): sample(12.0, 400 * 1024),
        (1000, "cold", "hugo"): sample(5.0),
    }
    text = document(results, {})
    assert "| cold, seconds of processor time | 2.00 | 7.00 | 0.50 |" in text
    assert "| a first query (“hiến máu”), gzip, KB | 50 | ≥ 400 | 0.12 |" in text


def test_a_first_query_weighs_what_it_loads(tiny):
    for day in (1, 2, 3):
        tiny.story(f"bai-{day}", title="Hiến máu", date=f"2026-05-0{day} 08:00")
    tiny.build()
    weight = first_query(tiny.output)
    tiny.story("bai-3", title="Hiến máu", date="2026-05-03 08:00", body=" ".join(map(str, range(2000))))
    tiny.build()
    assert weight + 2000 < first_query(tiny.output)


def test_the_portal_without_its_search_makes_no_index(tmp_path):
    plain = tools.ours_without_search(tmp_path, COUNT, 1)
    plain.prepare("cold", 1)
    assert "plugins.search" not in (plain.site / "pelicanconf.py").read_text("utf-8") and not plain.searches
