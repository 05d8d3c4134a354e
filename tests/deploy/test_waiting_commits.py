"""What happens to a commit that was pushed and could not be built at once."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.deploy.town import PROJECT, Town, eventually

pytestmark = pytest.mark.deploy


def test_a_push_whose_hook_never_ran_is_built_by_the_timer(town: Town) -> None:
    """R4: git has the commit; pushing again would only say “Everything up-to-date”."""
    town.publish("Tin 1")
    hook = town.root / "portal.git" / "hooks" / "post-receive"
    hook.chmod(0o644)
    town.publish("Tin 2")
    assert town.home_page().startswith("Tin 1\n")
    hook.chmod(0o755)
    done = town.portal("catch-up")
    assert done.returncode == 0 and "đã nhận mà chưa dựng" in done.stdout
    assert town.home_page().startswith("Tin 2\n")


def test_a_push_whose_build_was_killed_is_built_by_the_timer(town: Town) -> None:
    """R4: what waits lies in a file, with who pushed it."""
    town.publish("Tin 1")
    commit = town.write("Tin 2\nCHỜ")
    push = town.start_push()
    town.wait_for_build()
    assert json.loads((town.root / "wanted").read_text("utf-8"))["commit"] == commit
    os.kill(town.deployer(), signal.SIGKILL)
    push.communicate(timeout=30)
    town.let_build_go()
    town.settle()
    assert town.home_page().startswith("Tin 1\n")
    town.write("Tin 3")
    town.git("push", "origin", "main", "--receive-pack=git -c core.hooksPath=/dev/null receive-pack")
    assert town.portal("catch-up").returncode == 0
    assert town.home_page().startswith("Tin 3\n")
    assert "Không có gì phải dựng" in town.portal("catch-up").stdout


def test_catching_up_leaves_a_commit_that_is_wrong_to_its_author(town: Town) -> None:
    """The same build would end in the same way, each time the timer rings."""
    town.publish("Tin 1")
    town.publish("LỖI")
    (town.root / "wanted").unlink(missing_ok=True)
    assert "Không có gì phải dựng" in town.portal("catch-up").stdout


def test_catching_up_builds_again_what_the_machine_was_to_blame_for(town: Town) -> None:
    """A disk that was full has room again."""
    town.publish("Tin 1")
    makefile = (town.clone / "Makefile").read_text("utf-8")
    (town.clone / "Makefile").write_text(f"{makefile}\t@test ! -e /tmp/day-{os.getpid()} || exit 3\n", "utf-8")
    full = f"/tmp/day-{os.getpid()}"
    with open(full, "w"):
        try:
            assert "Bản đang chạy giữ nguyên" in town.publish("Tin 2").answer
        finally:
            os.unlink(full)
    assert town.portal("catch-up").returncode == 0
    assert town.home_page().startswith("Tin 2\n")


def test_catching_up_rebuilds_when_the_site_has_changed_by_itself(town: Town) -> None:
    """The build says when; before that the timer does nothing."""
    town.set("NEXT_CHANGE", str(int(time.time()) + 3600))
    town.publish("Tin 1")
    assert "Không có gì phải dựng" in town.portal("catch-up").stdout
    town.set("NEXT_CHANGE", str(int(time.time()) - 1))
    town.set("SITEURL", "https://sau.example.vn")
    town.portal("rebuild", "--live")
    town.set("SITEURL", "https://sau-nua.example.vn")
    assert town.portal("catch-up").returncode == 0
    assert "https://sau-nua.example.vn" in town.home_page()


def test_catching_up_respects_a_rollback(town: Town) -> None:
    """What is rebuilt is the commit that readers see; a commit that was never built is prepared and not shown."""
    town.publish("Tin 1")
    town.publish("Tin 2")
    town.portal("rollback")
    town.set("NEXT_CHANGE", str(int(time.time()) - 1))
    town.portal("rebuild", "--live")
    assert town.portal("catch-up").returncode == 0
    assert town.home_page().startswith("Tin 1\n")


def test_who_is_overtaken_is_told_which_build_has_the_commit_and_how_it_ended(town: Town) -> None:
    """R5: a good commit waits, a colleague's bad one comes after it."""
    town.write("Tin 1\nCHỜ")
    first = town.start_push()
    town.wait_for_build()
    mine = town.write("Tin của tôi", name="cua-toi")
    second = town.start_push()
    assert second.stderr is not None
    eventually(lambda: "đang bận" in second.stderr.readline())
    town.write("Tin 1")
    newest = town.write("LỖI", name="hong", subject="Bài hỏng")
    third = town.start_push()
    assert third.stderr is not None
    eventually(lambda: "đang bận" in third.stderr.readline())
    town.let_build_go()
    first.communicate(timeout=60)
    answers = [push.communicate(timeout=60)[1] for push in (second, third)]
    assert f"Không dựng riêng {mine[:12]}" in answers[0] or f"Commit {mine[:12]} nằm trong" in answers[0]
    for answer in answers:
        assert f"{newest[:12]} “Bài hỏng”" in answer and "Nội dung có lỗi" in answer
    assert sum("đang dựng" in answer.lower() for answer in answers) == 1, "dựng hai lần"


def test_twenty_pushes_in_a_burst_end_with_the_last_commit(town: Town) -> None:
    """Cases 86: one build at a time, none lost, and not one build for each."""
    pushes = []
    for number in range(20):
        town.write(f"Tin {number}")
        town.git("push", "-q", "origin", "main", "--receive-pack=git -c core.hooksPath=/dev/null receive-pack")
        ref = f"{'0' * 40} {town.git('rev-parse', 'HEAD').stdout.strip()} refs/heads/main\n"
        pushes.append(town.start_hook(ref))
    answers = [push.communicate(timeout=120)[0] for push in pushes]
    town.settle()
    assert town.home_page().startswith("Tin 19\n")
    assert [answer for push, answer in zip(pushes, answers, strict=True) if push.returncode] == []
    assert sum("Bản 2" in answer for answer in answers) <= 20
    assert not (town.root / "wanted").exists()


def test_a_commit_that_waits_behind_a_newer_one_waits_no_longer_than_that(town: Town) -> None:
    """Of two pushes at once the older may be the last that notes what it wants."""
    town.publish("Tin 1")
    older = town.git("rev-parse", "HEAD").stdout.strip()
    town.write("Tin 2\nCHỜ")
    push = town.start_push()
    town.wait_for_build()
    (town.root / "wanted").write_text(json.dumps({"commit": older, "who": "lan", "when": 1}), "utf-8")
    town.let_build_go()
    push.communicate(timeout=30)
    town.settle()
    assert town.home_page().startswith("Tin 2\n") and not (town.root / "wanted").exists()


def test_many_may_write_one_file_at_once(tmp_path: Path) -> None:
    """Two pushes note at once what they want: one of the two stands, and nobody fails."""
    program = (
        "import sys; from pathlib import Path; from scripts.publishing.files import write_whole\n"
        "for number in range(300): write_whole(Path(sys.argv[1]), f'{number}\\n' * 1000)"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "wanted")]
    writers = [subprocess.Popen(words, cwd=PROJECT) for _ in range(3)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    assert (tmp_path / "wanted").read_text() == "299\n" * 1000 and len(list(tmp_path.iterdir())) == 1


def test_a_release_whose_deployer_died_before_the_switch_is_shown_by_the_timer(town: Town) -> None:
    """It is whole, and nobody sees it."""
    town.publish("Tin 1")
    first = town.live
    town.publish("Tin 2")
    (town.root / "current").unlink()
    (town.root / "current").symlink_to(f"releases/{first}")
    (town.root / "state.json").unlink()
    assert town.portal("catch-up").returncode == 0
    assert town.home_page().startswith("Tin 2\n")
