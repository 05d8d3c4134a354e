"""What a deploy leaves as it was."""

import json
import os

import pytest

from tests.deploy.town import Town

pytestmark = pytest.mark.deploy


def test_pages_that_are_the_same_stay_the_same_files(town: Town) -> None:
    """R12: inode and times, of which nginx makes its ETag, survive a deploy, also where a build wrote them anew."""
    town.write("Tin", name="cu")
    town.publish("Tin 1")
    before = (town.current / "cu.html").stat()
    town.publish("Tin 2")
    after = (town.current / "cu.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert town.home_page().startswith("Tin 2\n")


def test_a_commit_that_changes_no_page_makes_no_release(town: Town) -> None:
    """R12: the live release is known to be of that commit from then on."""
    town.publish("Tin 1")
    live, releases = town.live, town.releases
    (town.clone / "README.md").write_text("Đọc tôi", "utf-8")
    town.git("add", "--all")
    town.git("commit", "--message", "Viết README")
    answer = town.push().answer
    assert "Không có gì thay đổi" in answer and (town.live, town.releases) == (live, releases)
    commit = town.git("rev-parse", "HEAD").stdout.strip()
    assert json.loads((town.root / "manifests" / f"{live}.json").read_text("utf-8"))["commit"] == commit
    assert "Không có gì phải dựng" in town.portal("catch-up").stdout
    town.publish("Tin 2")
    town.portal("rollback")
    assert town.live == live


def test_a_release_never_shares_a_file_that_a_later_build_writes_into(town: Town) -> None:
    """The page before stays byte for byte, whatever the next build does to its own."""
    town.publish("Tin 1")
    first = town.root / "releases" / town.live / "index.html"
    text = first.read_bytes()
    town.publish("Tin 2")
    assert first.read_bytes() == text and os.stat(first).st_ino != os.stat(town.current / "index.html").st_ino


def test_a_page_that_is_deleted_is_gone_and_comes_back_with_a_rollback(town: Town) -> None:
    """The copy that a build goes into has what the release before had, and no more."""
    town.write("Tin", name="cu")
    town.publish("Tin 1")
    (town.clone / "content" / "cu.txt").unlink()
    town.publish("Tin 2")
    assert not (town.current / "cu.html").exists()
    town.portal("rollback")
    assert (town.current / "cu.html").exists()
