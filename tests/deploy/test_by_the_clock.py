"""What the server does by itself every minute, and what it tells its operator."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.deploy.town import Town

pytestmark = pytest.mark.deploy


def next_change_in(town: Town, seconds: float) -> None:
    """Have the live release say when it changes by itself."""
    manifest = town.root / "manifests" / f"{town.live}.json"
    values = json.loads(manifest.read_text("utf-8"))
    values["next_change"] = int(time.time() + seconds)
    manifest.write_text(json.dumps(values), "utf-8")


def status(town: Town) -> dict:
    done = town.portal("status", "--json")
    assert done.returncode in (0, 3), done.stdout + done.stderr
    return json.loads(done.stdout)


def stop_for_faults(town: Town) -> None:
    """Have one faulty text stop all, so that a build fails."""
    settings = town.root / "portal.env"
    settings.write_text(settings.read_text("utf-8") + "KEEP_LAST_GOOD=0\n", "utf-8")


def builds(town: Town) -> int:
    return len(list((town.root / "log").glob("*.log")))


def messages(town: Town) -> str:
    """Have the server's notices written to a file. Returns those so far."""
    path = town.root.parent / "notices"
    settings = town.root / "portal.env"
    if "PORTAL_NOTIFY" not in settings.read_text("utf-8"):
        script = path.with_suffix(".sh")
        script.write_text(f"echo $PORTAL_EVENT >>{path}; cat >>{path}\n", "utf-8")
        command = f"PORTAL_NOTIFY=sh {script}\n"
        settings.write_text(settings.read_text("utf-8") + command, "utf-8")
    return path.read_text("utf-8") if path.exists() else ""


def test_the_live_release_is_built_again_when_its_moment_has_come_and_not_before(town: Town) -> None:
    town.publish("Tin")
    next_change_in(town, 3600)
    assert town.portal("tick").returncode == 0 and builds(town) == 1
    next_change_in(town, -1)
    assert town.portal("tick").returncode == 0 and builds(town) == 2
    assert town.portal("tick").returncode == 0 and builds(town) in (2, 3)


def test_a_commit_whose_push_was_killed_is_built_at_the_next_minute(town: Town) -> None:
    """Also the first one after the machine was off: a timer that was missed comes at once."""
    town.publish("Tin một")
    (town.root / "portal.git" / "hooks" / "post-receive").rename(town.root / "hook")
    town.publish("Tin hai")
    (town.root / "hook").rename(town.root / "portal.git" / "hooks" / "post-receive")
    assert "Tin một" in town.home_page()
    assert town.portal("tick").returncode == 0
    assert "Tin hai" in town.home_page()


def test_a_minute_never_undoes_a_rollback(town: Town) -> None:
    town.publish("Tin một")
    town.publish("Tin hai")
    assert town.portal("rollback").returncode == 0
    next_change_in(town, -1)
    for _ in range(2):
        assert town.portal("tick").returncode == 0
        assert "Tin một" in town.home_page()


def test_what_failed_is_not_tried_every_minute(town: Town) -> None:
    stop_for_faults(town)
    town.publish("Tin")
    town.publish("LỖI")
    tried = builds(town)
    for _ in range(3):
        town.portal("tick")
    assert builds(town) == tried


def test_the_operator_is_told_once_of_a_failure_and_once_that_it_is_over(town: Town) -> None:
    stop_for_faults(town)
    town.publish("Tin")
    messages(town)
    town.publish("LỖI")
    for _ in range(3):
        town.portal("tick")
    notice = messages(town)
    assert notice.count("failed") == 1 and "Không đưa lên được" in notice and "https://tinhdoan.example.vn" in notice
    town.publish("Tin lành")
    for _ in range(2):
        town.portal("tick")
    assert messages(town).count("healed") == 1


def test_the_operator_is_told_of_texts_that_show_an_earlier_version(town: Town) -> None:
    town.publish("Tin")
    messages(town)
    town.publish("LỖI")
    for _ in range(2):
        town.portal("tick")
    assert status(town)["ok"] and status(town)["live"]["stale"] == ["index.txt"]
    assert messages(town).count("stale") == 1 and "bản tốt gần nhất" in messages(town)


def test_a_command_that_fails_is_not_silent(town: Town) -> None:
    town.publish("Tin")
    settings = town.root / "portal.env"
    settings.write_text(settings.read_text("utf-8") + "PORTAL_NOTIFY=false\n", "utf-8")
    tried = town.portal("notify-test")
    assert tried.returncode == 3 and "kết thúc với mã 1" in tried.stdout


def test_what_the_operator_is_told_is_not_told_to_builds(town: Town) -> None:
    """A webhook's address is a secret."""
    settings = town.root / "portal.env"
    settings.write_text(settings.read_text("utf-8") + "PORTAL_NOTIFY=true bí-mật\n", "utf-8")
    makefile = town.clone / "Makefile"
    makefile.write_text(makefile.read_text("utf-8") + "\t@env >$(OUTPUT)/env.html\n", "utf-8")
    assert town.publish("Tin").accepted
    environment = (town.current / "env.html").read_text("utf-8")
    assert "PORTAL_NOTIFY" not in environment and "bí-mật" not in environment and "SITEURL" in environment


def test_the_status_says_what_is_live_since_when_by_whom_and_what_failed(town: Town) -> None:
    stop_for_faults(town)
    empty = town.portal("status")
    assert "Chưa có bản nào" in empty.stdout and empty.returncode == 0
    town.publish("Tin")
    next_change_in(town, 7200)
    live = status(town)
    commit = town.git("rev-parse", "HEAD").stdout.strip()
    assert live["ok"] and live["live"]["commit"] == live["newest_commit"] == commit
    assert live["live"]["who"] == "Biên tập viên" and live["live"]["since"].endswith("+07:00")
    assert live["next_change"] and live["queue"] == {"building": False, "wanted": None} and live["disk"]["free"] > 0
    assert live["last_failure"] is None
    town.publish("LỖI")
    failed = status(town)
    assert not failed["ok"] and failed["troubles"][0]["kind"] == "failed"
    assert failed["live"]["commit"] == commit and failed["last"]["code"] == 1
    assert town.portal("status").returncode == 3
    town.publish("Tin lành")
    assert status(town)["ok"] and status(town)["last_failure"]["code"] == 1
    text = town.portal("status").stdout
    for word in ("Đang chạy", "commit", "Biên tập viên", "Hàng đợi", "Ổ đĩa", "Lỗi cuối"):
        assert word in text


def test_the_world_is_told_nothing_of_people_and_paths(town: Town) -> None:
    stop_for_faults(town)
    town.publish("Tin")
    town.publish("LỖI")
    town.portal("tick")
    public = (town.root / "public" / "trang-thai.json").read_text("utf-8")
    assert json.loads(public)["ok"] is False and json.loads(public)["live_since"]
    for secret in ("Biên tập viên", str(town.root), "DATE_INVALID", "bbt@"):
        assert secret not in public
    assert (town.root / "public" / "trang-thai.json").stat().st_mode & 0o044


def test_a_backup_brings_a_portal_back_on_another_machine(town: Town, tmp_path: Path) -> None:
    """Rehearsed: every page is the same, and both branches are there."""
    (town.root / "keys").write_text("# trống\n", "utf-8")
    town.publish("Tin")
    town.git("branch", "nháp")
    town.push("nháp")
    settings = town.root / "portal.env"
    settings.write_text(settings.read_text("utf-8") + "SOURCE_DATE_EPOCH=1795791600\n", "utf-8")
    town.portal("rebuild")
    before = {path.name: path.read_bytes() for path in town.current.resolve().glob("*.html")}
    done = town.portal("backup", str(tmp_path / "sao-luu"))
    assert done.returncode == 0, done.stdout + done.stderr
    [backup] = (tmp_path / "sao-luu").iterdir()
    assert backup.stat().st_mode & 0o077 == 0

    other = Town(town.root.parent / "other", town.clone, town.environment)
    install = Path(__file__).resolve().parents[2] / "scripts" / "install_server.py"
    words = ["--root", str(other.root), "--siteurl", "https://khac.example.vn"]
    assert town.run("/usr/bin/env", "python3", str(install), *words).returncode == 0
    restored = other.portal("restore", str(backup))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert {path.name: path.read_bytes() for path in other.current.resolve().glob("*.html")} == before
    branches = town.run("git", f"--git-dir={other.root}/portal.git", "branch", "--format=%(refname:short)")
    assert branches.stdout.split() == ["main", "nháp"]
    assert (other.root / "keys").read_text("utf-8") == "# trống\n"
    assert other.portal("restore", str(backup)).returncode == 2  # it has commits of its own by now


def test_a_damaged_backup_is_refused(town: Town, tmp_path: Path) -> None:
    town.publish("Tin")
    town.portal("backup", str(tmp_path))
    [backup] = tmp_path.glob("*.tar")
    data = bytearray(backup.read_bytes())
    position = data.index(b"PACK") + 40
    data[position] ^= 0xFF
    backup.write_bytes(data)
    other = Town(town.root.parent / "other", town.clone, town.environment)
    install = Path(__file__).resolve().parents[2] / "scripts" / "install_server.py"
    town.run("/usr/bin/env", "python3", str(install), "--root", str(other.root), "--siteurl", "https://khac.example.vn")
    refused = other.portal("restore", str(backup))
    assert refused.returncode == 2 and "bị hỏng" in refused.stdout
    assert not os.path.lexists(other.current)
