"""Pushes that nobody means to make, and some that somebody does: none stops the next good one."""

import os
import subprocess

import pytest

from scripts.publishing import access
from scripts.publishing.clock import check_clock
from scripts.publishing.outcome import ReleaseError
from scripts.publishing.repository import describe
from tests.deploy.town import Town


def git(town: Town, *words: str, data: str = "", **environ: str) -> str:
    command = ["git", "-C", str(town.clone), *words]
    done = subprocess.run(
        command, env=town.environment | environ, input=data, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.deploy
def test_a_name_that_no_disk_takes_is_refused_and_may_be_taken_back(town: Town) -> None:
    """From a commit that has it on, no tree could be checked out."""
    town.publish("Tin 1")
    blob = git(town, "hash-object", "-w", "--stdin", data="x")
    content = git(town, "mktree", data=f"100644 blob {blob}\tindex.txt\n100644 blob {blob}\t{'ạ' * 100}.txt\n")
    top = [line for line in git(town, "ls-tree", "HEAD").splitlines() if not line.endswith("\tcontent")]
    tree = git(town, "mktree", data="\n".join([*top, f"040000 tree {content}\tcontent", ""]))
    commit = git(town, "commit-tree", "-p", "HEAD", "-m", "Tên dài", tree)
    refused = town.push(f"{commit}:main")
    assert not refused.accepted and "Tên tệp hay đường dẫn quá dài" in refused.answer and "ạạ" in refused.answer
    removal = git(town, "commit-tree", "-p", commit, "-m", "Bỏ tên dài", "HEAD^{tree}")
    update = access.Update(commit, removal, "refs/heads/main")
    assert list(access.refusals(town.clone / ".git", update, "maintainer")) == []


@pytest.mark.parametrize("seconds", [253_402_300_799, 99_999_999_999_999])
def test_a_date_after_the_last_one_of_all_is_told_as_a_wrong_clock(tmp_path, seconds: int) -> None:
    """git takes it, from a computer whose battery is empty."""
    run = ["git", "-C", str(tmp_path)]
    subprocess.run([*run, "init", "-q", "--bare"], check=True)
    commit = (
        f"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor a <a> 1 +0000\ncommitter a <a> {seconds} +1400\n\nx\n"
    )
    subprocess.run([*run, "mktree"], input=b"", capture_output=True, check=True)
    written = subprocess.run(
        [*run, "hash-object", "-t", "commit", "-w", "--stdin"], input=commit, text=True, capture_output=True, check=True
    )
    with pytest.raises(ReleaseError, match="chậm hơn commit này"):
        check_clock(1_795_000_000, None, describe(tmp_path, written.stdout.strip()).committed)


def test_more_branches_and_tags_than_one_looks_at_are_refused_at_once(
    tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    updates = [access.Update("0" * 40, "1" * 40, f"refs/tags/{number}") for number in range(101)]
    with pytest.raises(ReleaseError, match="KHÔNG NHẬN"):
        access.admit(tmp_path, updates, "maintainer", None)
    assert "tối đa 100 nhánh và thẻ; lần này có 101" in capsys.readouterr().out


@pytest.mark.deploy
def test_what_is_no_commit_of_the_published_branch_is_taken_or_refused_and_changes_no_page(town: Town) -> None:
    town.publish("Tin 1")
    blob, tree = git(town, "rev-parse", "HEAD:content/index.txt"), git(town, "rev-parse", "HEAD^{tree}")
    git(town, "tag", "-a", "-m", "x", "v1")
    git(town, "tag", "-a", "-m", "x", "tep", blob)
    fingerprint = town.fingerprint()
    for ref in ("v1", "HEAD:refs/heads/$(id)", os.fsdecode(b"HEAD:refs/heads/t\xe0i")):
        pushed = town.push(ref)
        assert pushed.accepted and "Chỉ nhánh “main” được đưa lên" in pushed.answer
    for ref in ("tep", f"{blob}:refs/tags/blob", f"{tree}:refs/tags/tree"):
        pushed = town.push(ref)
        assert not pushed.accepted and "không dẫn đến commit nào" in pushed.answer
    for ref in (":main", "HEAD:refs/heads/main/x", "v1:refs/heads/main"):
        assert not town.push(ref).accepted
    assert town.fingerprint() == fingerprint
    assert "Đã đưa lên" in town.publish("Tin 2").answer
