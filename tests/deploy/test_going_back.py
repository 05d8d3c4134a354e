"""The operator's command: list, rollback, rebuild; and the exit codes of release.py itself."""

import sys

import pytest

from tests.deploy.town import Town

pytestmark = pytest.mark.deploy


def test_rollback_shows_the_release_before_and_then_the_one_before_that(town: Town) -> None:
    """One command each time."""
    for number in (1, 2, 3):
        town.publish(f"Tin {number}")
    for number in (2, 1):
        done = town.portal("rollback")
        assert done.returncode == 0 and "Bản đang chạy: " in done.stdout
        assert town.home_page().startswith(f"Tin {number}\n")


def test_rollback_refuses_when_there_is_nothing_to_go_back_to(town: Town) -> None:
    """Exit 2, in words, and the live release stays."""
    assert "Chưa có bản nào đang chạy" in town.portal("rollback").stdout
    town.publish("Tin 1")
    before = town.fingerprint()
    for words in ([], ["2"], ["0"], ["-1"], ["khong-co"], ["../../etc"]):
        done = town.portal("rollback", *words)
        assert done.returncode == 2, words
    assert "Không có bản nào cũ hơn" in town.portal("rollback").stdout
    assert town.fingerprint() == before


def test_rollback_goes_several_steps_or_to_a_name_also_forward(town: Town) -> None:
    """A rollback by mistake is undone with the name that `list` shows."""
    for number in (1, 2, 3):
        town.publish(f"Tin {number}")
    newest = town.live
    assert town.portal("rollback", "2").returncode == 0
    assert town.home_page().startswith("Tin 1\n")
    assert town.portal("rollback", newest).returncode == 0
    assert town.home_page().startswith("Tin 3\n")


def test_list_shows_newest_first_and_marks_the_live_one(town: Town) -> None:
    """Name, time in Vietnam, commit, subject."""
    first = town.write("Tin 1", subject="Đưa tin hội nghị")
    town.push()
    second = town.write("Tin 2", subject="Sửa tên người")
    town.push()
    town.portal("rollback")
    newest, live = town.portal("list").stdout.splitlines()
    assert newest.startswith("  ") and newest.endswith(f"{second[:12]}  Sửa tên người  [đã lùi khỏi]")
    assert live.startswith(f"* {town.live}  ") and live.endswith(f"{first[:12]}  Đưa tin hội nghị  [ghim]")
    assert town.portal().stdout == town.portal("list").stdout


def test_rollback_during_a_build_is_instant_and_not_undone_by_it(town: Town) -> None:
    """The finished release waits for a person's word."""
    town.publish("Tin 1")
    town.publish("Tin 2")
    town.write("Tin 3\nCHỜ")
    push = town.start_push()
    town.wait_for_build()
    assert town.run(str(town.root / "bin" / "portal"), "rollback").returncode == 0
    assert town.home_page().startswith("Tin 1\n") and push.poll() is None
    town.let_build_go()
    answer = push.communicate(timeout=30)[1]
    assert "người vận hành đã chuyển về bản" in answer and "việc sau đó bị lỗi" not in answer
    assert town.home_page().startswith("Tin 1\n")
    assert town.portal("rollback", town.releases[-1]).returncode == 0
    assert town.home_page().startswith("Tin 3\n")


def test_rebuild_builds_the_newest_commit_and_live_the_one_that_is_shown(town: Town) -> None:
    """A timer's `--live` respects a rollback; a person's plain `rebuild` ends it."""
    first = town.write("Tin 1")
    town.push()
    second = town.write("Tin 2")
    town.push()
    town.portal("rollback")
    town.portal("rebuild", "--live")
    assert town.home_page().startswith("Tin 1\n") and first[:12] in town.live
    assert town.portal("rebuild").returncode == 0
    assert town.home_page().startswith("Tin 2\n") and second[:12] in town.live


def test_what_a_killed_build_left_is_swept_away(town: Town) -> None:
    """What lies in the work tree, a half standby, and a folder without a manifest are no part of any site."""
    town.publish("Tin 1")
    (town.root / "work" / "tree" / "content" / "la.txt").write_text("Tệp lạ", "utf-8")
    (town.root / "work" / "index.lock").touch()
    (town.root / "standby.of").unlink()
    (town.root / "standby" / "la.html").write_text("Tệp lạ", "utf-8")
    (town.root / "standby.new" / "nua").mkdir(parents=True)
    (town.root / "releases" / "20200101T000000Z-dodang").mkdir()
    assert "dodang" not in town.portal("list").stdout
    town.publish("Tin 2")
    assert [path.name for path in town.current.iterdir()] == ["index.html"]
    assert len(town.releases) == 2 == len(town.portal("list").stdout.splitlines())
    assert list((town.root / "trash").iterdir()) == [] if (town.root / "trash").exists() else True


def test_build_answers_with_the_exit_codes_of_the_contract(town: Town) -> None:
    """0 done, 1 content, 2 configuration or usage, 5 superseded."""

    def build(commit: str) -> int:
        options = ["--root", str(town.root), "--repo", str(town.root / "portal.git")]
        script = str(town.root / "bin" / "release.py")
        return town.run(sys.executable, script, "build", *options, "--commit", commit).returncode

    town.set("KEEP_LAST_GOOD", "0")
    good = town.write("Tin 1")
    town.push()
    assert build(good) == 0
    bad = town.write("LỖI")
    town.push()
    assert build(bad) == 1
    assert build(good) == 5
    assert build("khong-co") == build("--output=/tmp/x") == 2
    settings = town.root / "portal.env"
    settings.write_text("không phải dòng thiết đặt\n", "utf-8")
    assert build(bad) == 2
    settings.write_text("# trống\n", "utf-8")
    assert build(bad) == 2
