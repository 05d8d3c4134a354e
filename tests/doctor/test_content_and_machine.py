"""faults.md, group F (67–76): links, Markdown, and the machine."""

import os
import subprocess
import sys
import time

import pytest

from plugins.core.errors import ContentError
from plugins.news.model import Article
from tests.tiny import CONF, ROOT
from tests.world import a_content, an_article, check, codes, front, make_pages, read

GOOD = {"title": "A", "date": "2026-05-01", "category": "tin"}


def problems(*items, **more):
    content = a_content(*items, **more)
    return check(content, make_pages(content))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[x](khong-co.md)", "LINK_BROKEN"),
        ("[x](/khong-co/)", "LINK_BROKEN"),
        ("[x](#khong-co)", "ANCHOR_BROKEN"),
        ("![x](khong-co.jpg)", "PICTURE_MISSING"),
        ("[x](../hai/index.md#khong-co)", "ANCHOR_BROKEN"),
    ],
)
def test_case_67_a_link_an_anchor_or_a_picture_that_leads_nowhere_is_told_at_its_line(body, code):
    (problem,) = problems(an_article("mot", f"Đoạn.\n\n{body}"), an_article("hai", "## Có đây\n\nChữ."))
    assert (problem.code, problem.line) == (code, 9)


@pytest.mark.parametrize("body", ["## Kết quả\n\n[x](#ket-qua)", "[x](../hai/index.md#co-day)", "a[^1]\n\n[^1]: b"])
def test_case_67_an_anchor_that_is_there_is_found(body):
    assert problems(an_article("mot", body), an_article("hai", "## Có đây\n\nChữ.")) == []


HARD = {
    "brackets": "[" * 6000,
    "quotes": ">" * 1500,
    "stars": "*" * 100_000,
    "pictures": "![" * 5000,
    "tags": "<a " * 10_000,
    "five megabytes": "Một đoạn văn dài. " * 300_000,
    "table": "|a|b|\n|-|-|\n" + "|1|2|\n" * 10_000,
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(500)),
}


@pytest.mark.parametrize("name", HARD)
def test_case_68_a_text_that_would_take_too_long_is_refused_in_time(name):
    start = time.process_time()
    story, reported = read(Article, front(**GOOD) + "\n" + HARD[name], "tin-tuc/bai/index.md")
    assert time.process_time() - start < 4
    assert story or codes(reported) == ["TEXT_TOO_COMPLEX"]


@pytest.mark.parametrize(
    "body",
    [
        "```\nmã không đóng",
        "<div><div><p>không đóng",
        "<b>đậm",
        "</main></article></body>",
        "<!-- không đóng",
        "<table><tr>",
        "<details><summary>x",
    ],
)
def test_case_69_a_text_that_is_never_closed_leaves_the_page_whole(tiny, body):
    tiny.story(body=f"Đầu.\n\n{body}")
    try:
        tiny.build()
    except ContentError as fault:
        assert "Traceback" not in str(fault)
        return
    page = tiny.page("tin-tuc/2026/05/bai/index.html")
    assert page.find("footer") and page.find("footer").parent.name == "body" and page.find("main")


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
        {"LANG": "vi_VN"},
        {"HOME": "/khong/co"},
        {"HOME": ""},
        {"PATH": "/khong/co"},
    ],
)
def test_case_75_and_76_the_output_does_not_depend_on_the_environment(tiny, environ):
    done = tiny.pelican("-e", 'NOW="2026-11-23 20:00"')
    assert done.returncode == 0, done.stderr
    before = tiny.files()
    command = [
        sys.executable,
        "-m",
        "pelican",
        str(tiny.content),
        "-o",
        str(tiny.root / "lai"),
        "-s",
        CONF,
        "-e",
        'NOW="2026-11-23 20:00"',
    ]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**inherited, "CACHE": str(tiny.root / "cache"), **environ},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    after = {
        path.relative_to(tiny.root / "lai").as_posix(): path.read_bytes()
        for path in (tiny.root / "lai").rglob("*")
        if path.is_file()
    }
    assert after == before
    assert "giây" in done.stderr.decode("utf-8")


def test_case_76_a_strict_umask_leaves_what_nginx_must_read_readable(tiny):
    command = [
        "sh",
        "-c",
        'umask 077; exec "$@"',
        "sh",
        sys.executable,
        "-m",
        "pelican",
        str(tiny.content),
        "-o",
        str(tiny.output),
        "-s",
        "pelicanconf.py",
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "CACHE": str(tiny.root / "cache")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    for path in tiny.output.rglob("*"):
        assert path.stat().st_mode & 0o044 == 0o044, path
