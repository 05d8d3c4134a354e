"""Rollbacks that stay, and what a damaged file, a wrong clock or a stranger's hand does to a server."""

import json
import subprocess
from pathlib import Path

import pytest

from scripts.publishing import state
from scripts.publishing.clock import check_clock
from scripts.publishing.manifest import Release
from scripts.publishing.outcome import ReleaseError
from scripts.publishing.release import main
from tests.deploy.town import Town

DAY = 24 * 3600
NOW = 1_795_000_000


@pytest.mark.deploy
def test_a_rollback_is_pinned_and_says_how_to_end_that(town: Town) -> None:
    """R8: later pushes are built and told, not shown, until somebody unpins."""
    town.publish("Tin 1")
    town.publish("Tin 2")
    assert f"{town.root}/bin/portal unpin" in town.portal("rollback").stdout
    answer = town.publish("Tin 3").answer
    assert "được ghim ở bản" in answer and "portal unpin" in answer
    assert town.home_page().startswith("Tin 1\n")
    assert town.portal("unpin").returncode == 0
    assert town.home_page().startswith("Tin 3\n")
    assert "Đã đưa lên" in town.publish("Tin 4").answer


@pytest.mark.deploy
def test_a_rollback_never_returns_to_what_somebody_rolled_back_from(town: Town) -> None:
    """R8: rollback, the timer's rebuild, rollback: the bad release lies right before, and is stepped over."""
    for number in (0, 1, 2):
        town.publish(f"Tin {number}")
    town.portal("rollback")
    town.set("SITEURL", "https://dem.example.vn")
    town.portal("rebuild", "--live")
    assert town.home_page().startswith("Tin 1\n") and "https://dem.example.vn" in town.home_page()
    assert town.portal("rollback").returncode == 0
    assert town.home_page().startswith("Tin 0\n")
    assert "không kể những bản đã bị lùi khỏi" in town.portal("rollback").stdout


@pytest.mark.deploy
@pytest.mark.parametrize("damage", ["", "[]", '{"commit": 1', '{"la": 2}'])
def test_a_damaged_manifest_is_passed_over_with_a_warning(town: Town, damage: str) -> None:
    """R9: list, rollback and push go on."""
    for number in (1, 2, 3):
        town.publish(f"Tin {number}")
    manifest = town.root / "manifests" / f"{town.releases[1]}.json"
    manifest.write_text(damage, "utf-8")
    listed = town.portal("list")
    assert listed.returncode == 0 and f"không đọc được {manifest}" in listed.stdout
    assert len([line for line in listed.stdout.splitlines() if "Bỏ qua" not in line]) == 2
    assert town.portal("rollback").returncode == 0
    assert town.home_page().startswith("Tin 1\n")
    town.portal("unpin")
    assert "Đã đưa lên" in town.publish("Tin 4").answer


@pytest.mark.deploy
def test_the_live_releases_damaged_manifest_stops_no_push(town: Town) -> None:
    """R9."""
    town.publish("Tin 1")
    (town.root / "manifests" / f"{town.live}.json").write_text("", "utf-8")
    assert "Đã đưa lên" in town.publish("Tin 2").answer


@pytest.mark.deploy
def test_what_fails_after_the_switch_is_not_told_as_a_failure_to_publish(
    town: Town, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """R9: readers have the new page, and whoever asked is told so."""
    town.publish("Tin 1")
    town.set("SITEURL", "https://moi.example.vn")

    def fail(*_: object) -> None:
        raise OSError("đĩa hỏng")

    monkeypatch.setattr(state, "save_last", fail)
    assert main(["rebuild", "--root", str(town.root)]) == 3
    answer = capfd.readouterr().out
    assert "https://moi.example.vn" in town.home_page()
    assert "Trang đã chuyển sang bản" in answer and "giữ nguyên" not in answer


@pytest.mark.deploy
def test_one_editors_mistake_holds_up_nobody(town: Town) -> None:
    """R10: on servers the broken page stays as it was in the commit before, also after further pushes."""
    town.write("Trang A tốt", name="a")
    town.publish("Tin 1")
    town.write("Trang A hỏng\nLỖI", name="a")
    answer = town.publish("Tin 2").answer
    assert "[DATE_INVALID]" in answer and "Đã đưa lên" in answer and "1 bài lỗi đang hiện bản tốt gần nhất" in answer
    for number in (3, 4):
        town.publish(f"Tin {number}")
        assert town.home_page().startswith(f"Tin {number}\n")
        assert (town.current / "a.html").read_text("utf-8").startswith("Trang A tốt\n")
    town.write("Trang A đã sửa", name="a")
    town.push()
    assert (town.current / "a.html").read_text("utf-8").startswith("Trang A đã sửa\n")


@pytest.mark.deploy
def test_an_operator_may_ask_for_all_or_nothing(town: Town) -> None:
    """R10: one line of portal.env."""
    town.set("KEEP_LAST_GOOD", "0")
    town.write("Trang A tốt", name="a")
    town.publish("Tin 1")
    town.write("LỖI", name="a")
    assert "KHÔNG đưa lên" in town.publish("Tin 2").answer
    assert town.home_page().startswith("Tin 1\n")


@pytest.mark.parametrize(
    ("built", "committed", "words"),
    [
        (NOW + 2 * DAY, NOW, "chậm hơn bản dựng gần nhất"),
        (NOW, NOW + 2 * DAY, "chậm hơn commit này"),
        (NOW - 3650 * DAY, NOW - 3650 * DAY, "hơn một năm"),
    ],
)
def test_a_clock_that_is_wrong_builds_nothing(built: int, committed: int, words: str) -> None:
    """R11: before the last release or the commit by more than a day, or far after both."""
    with pytest.raises(ReleaseError, match=words):
        check_clock(NOW, Release("20261123T120000Z-a", "a", now=built), committed)


@pytest.mark.parametrize(("built", "committed"), [(NOW - 300 * DAY, 0), (NOW + DAY // 2, NOW), (0, NOW - 3650 * DAY)])
def test_a_clock_that_may_be_right_is_believed(built: int, committed: int) -> None:
    """Also with the first release of an old repository."""
    check_clock(NOW, Release("20261123T120000Z-a", "a", now=built) if built else None, committed)


@pytest.mark.deploy
def test_the_pusher_is_told_of_a_wrong_clock_and_an_operator_may_trust_it(town: Town) -> None:
    """R11: a release of the year 2036 stands for a machine that was ahead and is right now."""
    town.publish("Tin 1")
    manifest = town.root / "manifests" / f"{town.live}.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text("utf-8")), "now": 2_100_000_000}), "utf-8")
    answer = town.publish("Tin 2").answer
    assert "Đồng hồ máy chủ" in answer and "ALLOW_SHRINK" not in answer
    assert town.home_page().startswith("Tin 1\n")
    assert town.portal("rebuild", "--trust-clock").returncode == 0
    assert town.home_page().startswith("Tin 2\n")
    assert "Đã đưa lên" in town.publish("Tin 3").answer


@pytest.mark.deploy
def test_verify_tells_what_was_changed_by_hand_file_by_file(town: Town) -> None:
    """R14, case 93: altered, missing and added files of the live release, and of the store."""
    town.write("Tin", name="mat")
    town.publish("Tin 1\nCSS la")
    verified = town.portal("verify")
    assert verified.returncode == 0 and "2 tệp và 1 tệp trong kho đúng như bản kê" in verified.stdout
    messages = town.root / "told"
    town.set("PORTAL_NOTIFY", f"tee -a {messages}")
    page = town.current.resolve() / "index.html"
    page.write_text(page.read_text("utf-8") + "<script>", "utf-8")
    (town.current / "mat.html").unlink()
    (town.current / "them.html").write_text("x", "utf-8")
    (town.root / "store" / "theme" / "la.css").write_text("x", "utf-8")
    done = town.portal("verify")
    assert done.returncode == 3
    release = town.root / "releases" / town.live
    assert f"bị sửa: {page}" in done.stdout and f"bị mất: {release}/mat.html" in done.stdout
    assert (
        f"thừa: {release}/them.html" in done.stdout
        and "bị sửa: " + str(town.root / "store/theme/la.css") in done.stdout
    )
    assert "portal rebuild --fresh" in done.stdout
    town.portal("tick")
    assert f"Kiểm tra bản đang chạy {town.live}: 4 tệp khác nhau" in messages.read_text("utf-8")
    assert town.portal("rebuild", "--fresh").returncode == 0
    verified = town.portal("verify")
    assert verified.returncode == 0 and town.live != release.name, verified.stdout
    town.portal("tick")
    assert "đã trở lại bình thường" in messages.read_text("utf-8")


@pytest.mark.deploy
def test_verify_compares_with_a_build_from_nothing(town: Town) -> None:
    """The weekly proof that releases built one upon the other are what a clean build gives."""
    town.write("Trang A tốt", name="a")
    town.publish("Tin 1\nCSS mot")
    town.write("LỖI", name="a")
    town.publish("Tin 2\nCSS hai")
    done = town.portal("verify", "--rebuild")
    assert done.returncode == 0 and "Dựng lại từ đầu: giống hệt, 3 tệp" in done.stdout, done.stdout
    town.set("SITEURL", "https://khac.example.vn")
    done = town.portal("verify", "--rebuild")
    assert done.returncode == 3 and "khác: index.html" in done.stdout


@pytest.mark.deploy
def test_a_submodule_in_the_content_is_told(town: Town) -> None:
    """R15: git would keep a commit's name and none of its files."""
    town.publish("Tin 1")
    nested = town.clone / "content" / "long"
    nested.mkdir()
    (nested / "a.txt").write_text("a", "utf-8")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run(["git", "-C", str(nested), *words], env=town.environment, check=True)
    answer = town.publish("Tin 2").answer
    assert "KHÔNG NHẬN" in answer and "  content/long" in answer
    (town.root / "portal.git" / "hooks" / "pre-receive").unlink()  # as on a server before it had one
    answer = town.publish("Tin 3").answer
    assert "content/long là kho git lồng trong kho" in answer and "KHÔNG đưa lên" in answer
    assert town.home_page().startswith("Tin 1\n")


@pytest.mark.deploy
def test_the_programs_run_with_the_python_that_survives_an_upgrade(town: Town) -> None:
    """R13: not with python3.11 by name, where the system has a python3 that will do."""
    hook = (town.root / "portal.git" / "hooks" / "post-receive").read_text("utf-8")
    if Path("/usr/bin/python3").exists():
        assert "exec /usr/bin/python3 -E" in hook
