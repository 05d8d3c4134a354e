"""``make check`` offers ``updated:`` where a published story's words changed much since."""

import os
import subprocess

import pytest

from plugins.core.checks import rewrites
from plugins.core.pelican_adapter import load
from tests.tiny import CONF, TinySite, a_story

WORDS = " ".join(f"từ{number}" for number in range(200))
REWRITTEN = " ".join(f"khác{number}" for number in range(120))
PATH = "tin-tuc/2026/05/bai/index.md"


@pytest.fixture
def site(tmp_path):
    site = TinySite(tmp_path)
    git(site, "2026-05-01T07:00", "init", "-q")
    return site


def git(site, moment, *words):
    identity = {f"GIT_{role}_{field}": "a@b.vn" for role in ("AUTHOR", "COMMITTER") for field in ("NAME", "EMAIL")}
    times = {"GIT_AUTHOR_DATE": f"{moment}:00+07:00", "GIT_COMMITTER_DATE": f"{moment}:00+07:00"}
    subprocess.run(["git", *words], cwd=site.root, env={**os.environ, **identity, **times}, check=True)


def commit(site, moment, body, **fields):
    site.write(PATH, a_story(body=body, **fields))
    git(site, moment, "add", "content")
    git(site, moment, "commit", "-qm", "Bài")


def hints(site, now="2026-05-20 08:00", content="content"):
    settings = load(CONF, PATH=str(site.root / content), OUTPUT_PATH=str(site.output), CACHE_PATH=str(site.root / "cache"), NOW=now)  # fmt: skip
    return [*rewrites.find(settings)]


def test_a_story_that_was_rewritten_days_after_it_was_published_is_offered_the_line(site):
    commit(site, "2026-05-01T07:50", WORDS)
    commit(site, "2026-05-10T09:30", REWRITTEN)
    (problem,) = hints(site)
    assert (problem.path, problem.line, problem.column) == (f"content/{PATH}", 3, 7)
    assert problem.severity == "warning" and "updated: 2026-05-10 09:30" in problem.message


def test_so_is_one_that_is_not_committed_yet(site):
    commit(site, "2026-05-01T07:50", WORDS)
    site.write(PATH, a_story(body=REWRITTEN))
    assert "updated: 2026-05-20 08:00" in hints(site)[0].message


def test_the_copy_that_the_hook_checks_is_compared_too(site):
    commit(site, "2026-05-01T07:50", WORDS)
    copy = site.root / ".git" / "portal-check" / "content" / PATH
    copy.parent.mkdir(parents=True)
    copy.write_text(a_story(body=REWRITTEN), "utf-8")
    assert len(hints(site, content=".git/portal-check/content")) == 1 and not hints(site)


def test_a_story_that_says_so_is_left_alone_until_it_changes_again(site):
    commit(site, "2026-05-01T07:50", WORDS)
    commit(site, "2026-05-10T09:30", REWRITTEN, updated="2026-05-10 09:00")
    assert hints(site) == []
    commit(site, "2026-05-15T09:30", WORDS, updated="2026-05-10 09:00")
    assert len(hints(site)) == 1


@pytest.mark.parametrize(
    ("moment", "body"),
    [("2026-05-10T09:30", WORDS.replace("từ9 ", "chữ ")), ("2026-05-01T20:00", REWRITTEN)],
    ids=["a word", "the day of its publication"],
)
def test_small_corrections_and_those_of_the_first_day_are_no_news(site, moment, body):
    commit(site, "2026-05-01T07:50", WORDS)
    commit(site, moment, body)
    assert hints(site) == []


def test_what_was_a_draft_then_was_not_published(site):
    commit(site, "2026-05-01T07:50", WORDS, status="draft")
    commit(site, "2026-05-10T09:30", REWRITTEN)
    assert hints(site) == []


def test_changes_of_long_ago_are_told_no_more(site):
    commit(site, "2026-05-01T07:50", WORDS)
    commit(site, "2026-05-10T09:30", REWRITTEN)
    assert hints(site, now="2026-07-01 08:00") == []


def test_without_a_repository_or_a_commit_nothing_is_said(tmp_path, site):
    site.story()
    assert hints(site) == []
    bare = TinySite(tmp_path / "khac")
    bare.story()
    assert hints(bare) == []
