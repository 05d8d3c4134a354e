"""A real `git push` to a real bare repository: what goes live, and what the pusher reads."""

import json
import os
import signal
import subprocess
from collections.abc import Callable

import pytest

from scripts.publishing.files import delete
from tests.deploy.town import SITEURL, Town, eventually

pytestmark = pytest.mark.deploy


def test_a_good_push_goes_live(town: Town) -> None:
    """The pushed text is served, built with the address of portal.env, and the pusher is told."""
    pushed = town.publish("Tin thứ nhất")
    assert pushed.accepted
    assert f"remote: Đã đưa lên {SITEURL}" in pushed.answer
    assert town.home_page().startswith("Tin thứ nhất\n")
    assert f"{SITEURL}/index.html" in town.home_page()


def test_a_release_has_a_manifest_of_what_is_in_it(town: Town) -> None:
    """Commit, author date, subject, who, and the sha256 of every file, as `sha256sum -c` reads it."""
    commit = town.write("Tin", subject="Đưa tin Đại hội")
    town.push()
    manifest = json.loads((town.root / "manifests" / f"{town.live}.json").read_text("utf-8"))
    sums = (town.root / "manifests" / f"{town.live}.sha256").read_text("utf-8")
    served = {path.split("/", 2)[2]: digest for path, digest in town.fingerprint().items()}
    assert sums == "".join(f"{digest}  {path}\n" for path, digest in served.items())
    assert not [path for path in served if path.startswith(".portal-build")]
    assert (manifest["commit"], manifest["subject"]) == (commit, "Đưa tin Đại hội")
    assert (manifest["who"], manifest["count"], manifest["written"]) == ("Biên tập viên", 1, 1)
    assert manifest["author_date"] == town.git("log", "-1", "--format=%aI").stdout.strip()


def test_a_broken_push_leaves_the_live_site_byte_for_byte_and_says_why(town: Town) -> None:
    """git has the commit, readers do not; the build's own line reaches the pusher."""
    town.set("KEEP_LAST_GOOD", "0")
    town.publish("Tin thứ nhất")
    before, releases = town.fingerprint(), town.releases
    pushed = town.publish("Tin thứ hai\nLỖI")
    assert pushed.accepted, "post-receive cannot refuse"
    assert "remote: content/index.txt:2: [DATE_INVALID] “32/5/2026” không phải ngày" in pushed.answer
    assert "KHÔNG đưa lên trang. Bản đang chạy giữ nguyên." in pushed.answer
    assert "Traceback" not in pushed.answer and "make:" not in pushed.answer
    assert (town.fingerprint(), town.releases) == (before, releases)


def test_a_first_push_that_is_broken_shows_nothing(town: Town) -> None:
    """No half site where there was none."""
    pushed = town.publish("LỖI")
    assert "[DATE_INVALID]" in pushed.answer
    assert not town.current.exists() and town.releases == []


def test_the_next_good_push_heals(town: Town) -> None:
    """After a broken push nobody has to do anything on the server."""
    town.publish("Tin thứ nhất")
    town.publish("LỖI")
    town.publish("Đã sửa")
    assert town.home_page().startswith("Đã sửa\n")
    assert len(town.releases) == 2


def test_a_commit_without_a_publish_target_is_refused_in_words(town: Town) -> None:
    """The wrong project pushed here harms nothing."""
    town.publish("Tin thứ nhất")
    before = town.fingerprint()
    (town.clone / "Makefile").unlink()
    pushed = town.publish("Tin thứ hai")
    assert "Cấu hình hoặc mã nguồn của cổng có lỗi" in pushed.answer
    assert town.fingerprint() == before


def test_six_pushes_keep_five_releases(town: Town) -> None:
    """The oldest goes, with its manifest."""
    for number in range(1, 7):
        town.publish(f"Tin {number}")
    pages = [(town.root / "releases" / name / "index.html").read_text() for name in town.releases]
    assert [page.split("\n")[0] for page in pages] == [f"Tin {number}" for number in range(2, 7)]
    for ending in (".json", ".sha256"):
        assert sorted(path.stem for path in (town.root / "manifests").glob(f"2*{ending}")) == town.releases


def test_nightly_rebuilds_do_not_push_earlier_commits_off_the_list(town: Town) -> None:
    """Of several builds of one commit only the newest is kept."""
    town.publish("Tin 1")
    town.publish("Tin 2")
    for number in range(6):
        town.set("SITEURL", f"https://so-{number}.example.vn")
        assert town.portal("rebuild", "--live").returncode == 0
    assert len(town.releases) == 2
    town.portal("rollback")
    assert town.home_page().startswith("Tin 1\n")


def test_other_branches_tags_and_deletions_are_explained_and_published_never(town: Town) -> None:
    """Only one branch is public; who pushes another learns so."""
    town.publish("Tin chính")
    before = town.live
    town.git("switch", "--create", "nhap")
    town.write("Bản nháp")
    town.git("tag", "v1")
    for refs, sentence in (
        (["nhap"], "Đã nhận refs/heads/nhap."),
        (["v1"], "Đã nhận refs/tags/v1."),
    ):
        pushed = town.push(*refs)
        assert f"{sentence} Chỉ nhánh “main” được đưa lên." in pushed.answer
    refused = town.push("--delete", "nhap")
    assert not refused.accepted and "Không được xóa refs/heads/nhap." in refused.answer
    assert town.live == before


def test_deleting_the_published_branch_leaves_the_site(town: Town) -> None:
    """It is refused; where hook and git are told not to, readers still have their page."""
    town.publish("Tin chính")
    assert not town.push("--delete", "main").accepted
    (town.root / "portal.git" / "hooks" / "pre-receive").unlink()
    for key, value in {"receive.denyDeleteCurrent": "ignore", "receive.denyDeletes": "false"}.items():
        town.run("git", f"--git-dir={town.root}/portal.git", "config", key, value)
    pushed = town.push("--delete", "main")
    assert pushed.accepted and "Bản đang chạy giữ nguyên" in pushed.answer
    assert town.home_page().startswith("Tin chính\n")


def test_case_54_shell_words_in_branch_author_subject_and_file_name_stay_words(
    install: Callable[..., Town],
) -> None:
    """Nothing that a pusher names is ever run, neither by sh nor by make."""
    evil = "$(touch${IFS}pwned);'`touch${IFS}pwned`'\"|&"
    town = install(branch=evil)
    town.environment["GIT_AUTHOR_NAME"] = f"x'; {evil} $(shell touch pwned)"
    subject = f"-x {evil} $(shell touch pwned) \x1b[31m"
    town.write("Tin", name="index", subject=subject)
    town.write("Tin khác", name=f"{evil} $(shell touch pwned)", subject=subject)
    pushed = town.push(f"main:refs/heads/{evil}", f"main:refs/heads/khac{evil}")
    assert f"Đã nhận refs/heads/khac{evil}. Chỉ nhánh “{evil}” được đưa lên." in pushed.answer
    assert "Đã đưa lên" in pushed.answer
    assert len(list(town.current.iterdir())) == 2
    listed = town.portal("list").stdout
    assert "$(shell touch pwned)" in listed and "\x1b" not in listed
    assert list(town.root.parent.rglob("pwned*")) == []


def test_a_push_that_queued_behind_a_build_gives_way_to_a_newer_one(town: Town) -> None:
    """One build at a time; the last commit is live at the end, the one between is never built."""
    town.write("Tin 1\nCHỜ")
    first = town.start_push()
    town.wait_for_build()
    town.write("Tin 2")
    second = town.start_push()
    assert second.stderr is not None and first.stderr is not None
    eventually(lambda: "đang bận" in second.stderr.readline())
    newest = town.write("Tin 3")
    third = town.start_push()
    assert third.stderr is not None
    eventually(lambda: "đang bận" in third.stderr.readline())
    town.let_build_go()
    answers = [push.communicate(timeout=30)[1] for push in (first, second, third)]
    assert "Đã đưa lên" in answers[0] and "Đã đưa lên" in answers[2]
    assert f"đã có commit mới hơn là {newest[:12]}" in answers[1]
    assert town.home_page().startswith("Tin 3\n")
    assert len(town.releases) == 2


def test_an_editor_who_hangs_up_still_gets_the_page_published(town: Town) -> None:
    """The commit is in the repository; the build does not need its pusher."""
    town.write("Tin 1\nCHỜ")
    push = town.start_push()
    town.wait_for_build()
    push.kill()
    assert push.stderr is not None
    push.stderr.close()
    push.wait()
    town.let_build_go()
    eventually(lambda: town.current.exists())
    assert town.home_page().startswith("Tin 1\n")


def test_a_deployer_that_nobody_listens_to_still_does_its_work(town: Town) -> None:
    """A closed pipe is no reason to stop half way."""
    town.publish("Tin 1")
    first = town.live
    town.set("SITEURL", "https://moi.example.vn")
    command = [str(town.root / "bin" / "portal"), "rebuild"]
    with subprocess.Popen(command, env=town.environment, stdout=subprocess.PIPE) as deaf:
        assert deaf.stdout is not None
        deaf.stdout.close()
    assert deaf.returncode == 0
    town.settle()
    assert town.live > first


def test_a_deployer_killed_in_the_middle_leaves_nothing_to_mend(town: Town) -> None:
    """Readers keep their page; the next push waits for what the dead one left running, then builds."""
    town.publish("Tin 1")
    before = town.fingerprint()
    town.write("Tin 2\nCHỜ")
    first = town.start_push()
    town.wait_for_build()
    os.kill(town.deployer(), signal.SIGKILL)
    first.communicate(timeout=30)
    assert town.fingerprint() == before
    town.write("Tin 3")
    second = town.start_push()
    assert second.stderr is not None
    eventually(lambda: "đang bận" in second.stderr.readline())
    town.let_build_go()
    assert "Đã đưa lên" in second.communicate(timeout=30)[1]
    assert town.home_page().startswith("Tin 3\n")
    assert len(town.releases) == 2


def test_locks_that_a_killed_git_has_left_refuse_no_push(town: Town) -> None:
    """Those of a git that runs are its own."""
    town.publish("Tin 1")
    repo = town.root / "portal.git"
    locks = [repo / name for name in ("HEAD.lock", "packed-refs.lock", "refs/heads/main.lock")]
    for lock in locks:
        lock.touch()
    with subprocess.Popen(["git", "cat-file", "--batch"], cwd=repo, stdin=subprocess.PIPE) as other:
        assert not town.publish("Tin 2").accepted
        assert all(lock.exists() for lock in locks)
        assert other.stdin
        other.stdin.close()
    answer = town.push()
    assert answer.accepted and town.home_page().startswith("Tin 2\n"), answer.answer


@pytest.mark.parametrize(
    ("name", "is_folder"),
    [
        *((name, False) for name in ("work/index", "work/result.json", "standby.of", "state.json")),
        *((name, True) for name in ("work/index", "work/result.json", "standby.of", "state.json")),
        *((name, True) for name in ("standby/index.html", "work/tree/Makefile")),
    ],
)
def test_a_damaged_file_of_the_servers_own_stops_no_push(town: Town, name: str, is_folder: bool) -> None:
    """Case 81: zeros, as a disk leaves them, or a folder in its place."""
    town.publish("Tin 1")
    path = town.root / name
    delete(path)
    path.mkdir() if is_folder else path.write_bytes(bytes(100))
    answer = town.publish("Tin 2").answer
    assert town.home_page().startswith("Tin 2\n"), answer


def test_a_build_that_fails_for_what_was_pushed_is_tried_again_once_or_not_at_all(town: Town) -> None:
    """What is damaged is known by what a build from nothing does; a mistake in a text is known at once."""
    town.set("KEEP_LAST_GOOD", "0")
    town.publish("Tin 1")
    fingerprint, runs = town.fingerprint(), town.root / "cache" / "runs"
    makefile = town.clone / "Makefile"
    before = makefile.read_text("utf-8")
    for recipe, count, words in (
        ("exit 1", 1, "Nội dung có lỗi"),
        ("exit 2", 1, "Cấu hình hoặc mã nguồn của cổng có lỗi"),
        ("python3 -c 'raise OSError'", 2, "Chương trình dựng trang bị lỗi"),
        ("exit 3", 2, "Máy chủ gặp trục trặc"),
    ):
        makefile.write_text(f"publish:\n\t@echo x >>{runs}\n\t@{recipe}\n", "utf-8")
        answer = town.publish(f"Tin {recipe}").answer
        assert len(runs.read_text("utf-8").splitlines()) == count and words in answer, answer
        assert ("dựng lại từ đầu, một lần" in answer) is (count == 2)
        runs.unlink()
    assert town.fingerprint() == fingerprint
    makefile.write_text(before, "utf-8")
    assert "Đã đưa lên" in town.publish("Tin 2").answer


def test_tools_of_an_older_commit_are_not_taken_for_those_of_the_pushed_one(town: Town) -> None:
    """make compares times: a lock file committed last year and pushed today is new to the server."""
    makefile = town.clone / "Makefile"
    rule = "\t@cp $(CACHE)/tools $(OUTPUT)\npublish: $(CACHE)/tools\n"
    rule += "$(CACHE)/tools: lock.txt\n\t@mkdir -p $(CACHE); cp lock.txt $@\n"
    makefile.write_text(makefile.read_text("utf-8") + rule, "utf-8")
    for version in ("1", "2"):
        (town.clone / "lock.txt").write_text(version, "utf-8")
        town.environment["GIT_COMMITTER_DATE"] = f"2020-01-0{version}T00:00:00Z"
        town.publish(f"Tin {version}")
        assert (town.current / "tools").read_text("utf-8") == version


def test_the_build_gets_portal_env_and_nothing_of_the_hook(town: Town) -> None:
    """GIT_DIR and its like would make a build's git speak of the bare repository."""
    makefile = town.clone / "Makefile"
    makefile.write_text(makefile.read_text("utf-8") + "\t@env > $(OUTPUT)/env\n", "utf-8")
    town.environment["LC_ALL"] = "POSIX"
    town.publish("Tin")
    seen = (town.current / "env").read_text("utf-8").splitlines()
    assert f"SITEURL={SITEURL}" in seen and "LC_ALL=C.UTF-8" in seen
    assert [line for line in seen if line.startswith("GIT_")] == []


def test_a_push_cannot_change_the_deployer(town: Town) -> None:
    """The hook runs the installer's copies, not the scripts of the pushed commit."""
    folder = town.clone / "scripts"
    folder.mkdir()
    (folder / "release.py").write_text("raise SystemExit('của kẻ lạ')\n", "utf-8")
    pushed = town.publish("Tin")
    assert "Đã đưa lên" in pushed.answer and "kẻ lạ" not in pushed.answer


def test_installing_again_keeps_releases_settings_and_history(town: Town, install: Callable[..., Town]) -> None:
    """The installer may be run at any time; it changes only what it is asked to."""
    town.publish("Tin")
    settings = town.root / "portal.env"
    settings.write_text(settings.read_text("utf-8") + "# múi giờ\nTZ=Asia/Ho_Chi_Minh\n", "utf-8")
    before = town.fingerprint()
    install("--siteurl", "https://moi.example.vn/doan/")
    assert town.fingerprint() == before
    lines = settings.read_text("utf-8").splitlines()
    assert lines[-1] == "SITEURL=https://moi.example.vn/doan"
    assert sum(line.startswith("SITEURL=") for line in lines) == 1
    assert "TZ=Asia/Ho_Chi_Minh" in lines
    assert "Đã đưa lên https://moi.example.vn/doan" in town.publish("Tin mới").answer
