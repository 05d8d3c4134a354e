"""The real portal, pushed whole: its Makefile keeps what the server expects of it."""

import re
import shutil
from collections.abc import Callable

import pytest

from tests.deploy.town import PROJECT, SITEURL, Town

STORY = """\
---
title: Ra quân Tháng Thanh niên
date: {date}
category: tinh-nguyen
summary: Tuổi trẻ toàn tỉnh ra quân.
---

Sáng nay, tuổi trẻ toàn tỉnh ra quân.
"""


@pytest.mark.deploy
@pytest.mark.slow
def test_the_whole_portal_is_published_by_a_push_and_kept_by_a_broken_one(
    install: Callable[..., Town],
) -> None:
    """A fresh server installs its own tools, publishes, refuses an impossible date by file and line,
    keeps what was good in place of what is not, proves it by a build from nothing, and builds upon its last release.
    """
    town = install()
    shutil.rmtree(town.clone)
    cloned = town.run("git", "clone", "--quiet", str(PROJECT), str(town.clone))
    assert cloned.returncode == 0, cloned.stderr
    makefile = town.clone / "Makefile"
    if not makefile.exists() or not re.search(r"^publish:", makefile.read_text("utf-8"), re.M):
        pytest.skip("HEAD chưa có Makefile với đích publish: chưa thử được cả cổng thật")
    town.git("switch", "--force-create", "main")
    town.git("remote", "set-url", "origin", str(town.root / "portal.git"))

    story = town.clone / "content" / "tin-tuc" / "2026" / "05" / "ra-quan" / "index.md"
    shutil.rmtree(town.clone / "content", ignore_errors=True)
    story.parent.mkdir(parents=True)

    def push(date: str) -> str:
        story.write_text(STORY.format(date=date), "utf-8")
        town.git("add", "--all")
        assert town.git("commit", "--message", "Ra quân").returncode == 0
        return town.push(seconds=600).answer

    answer = push("2026-05-04 08:00")
    assert f"Đã đưa lên {SITEURL}" in answer, answer
    page = town.current / "tin-tuc" / "2026" / "05" / "ra-quan" / "index.html"
    assert f"{SITEURL}/tin-tuc/2026/05/ra-quan/" in page.read_text("utf-8")
    for name in ("index.html", "404.html", "sitemap.xml", "robots.txt"):
        assert (town.current / name).is_file(), name

    first, before = town.live, town.fingerprint()
    town.set("KEEP_LAST_GOOD", "0")
    answer = push("32/5/2026")
    named = r"remote: content/tin-tuc/2026/05/ra-quan/index\.md:3(:\d+)?: \[DATE_INVALID\]"
    assert re.search(named, answer), answer
    assert "Nội dung có lỗi" in answer and "Bản đang chạy giữ nguyên." in answer
    assert "Traceback" not in answer
    assert town.fingerprint() == before

    town.set("KEEP_LAST_GOOD", "1")
    (story.parent.parent / "khac").mkdir()
    (story.parent.parent / "khac" / "index.md").write_text(STORY.format(date="2026-05-06 08:00"), "utf-8")
    answer = push("33/5/2026")
    assert "[QUARANTINED]" in answer and "1 bài lỗi đang hiện bản tốt gần nhất" in answer, answer
    assert (town.current / "tin-tuc/2026/05/khac/index.html").exists() and page.exists()
    verified = town.portal("verify", "--rebuild")
    assert "giống hệt" in verified.stdout, verified.stdout
    shutil.rmtree(story.parent.parent / "khac")

    answer = push("2026-05-05 08:00")
    assert "Đã đưa lên" in answer, answer
    assert town.fingerprint().keys() == {path.replace(first, town.live) for path in before}
