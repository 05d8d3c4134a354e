"""The rules of publishing that need no git, no make and no server."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scripts.publishing.build import RECIPE_FAILED, Run, exit_code
from scripts.publishing.manifest import Release, next_name, save_release
from scripts.publishing.outcome import Exit, ReleaseError
from scripts.publishing.publish import check_room
from scripts.publishing.repository import Changes
from scripts.publishing.server import Server
from scripts.publishing.tidy import prune

COMMIT = "0123456789abcdef" * 2 + "01234567"
NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


def a_release(name: str) -> Release:
    return Release(name, COMMIT, "2026-11-23T19:00:00+07:00", "Đưa tin")


def test_a_name_is_the_time_and_the_short_commit() -> None:
    """In UTC, so that names sort by time whatever the server's zone."""
    assert next_name(NOON, COMMIT, []) == "20261123T120000Z-0123456789ab"


@pytest.mark.parametrize("newest", ["20261123T120000Z-a", "20991231T000000Z-a"])
def test_a_name_sorts_after_every_other_also_with_a_clock_set_back(newest: str) -> None:
    """Two builds in one second, or a clock that was wrong last time, do not confuse the order."""
    assert next_name(NOON, COMMIT, [a_release(newest)]) > newest


def test_a_release_is_listed_with_the_time_in_vietnam() -> None:
    """The operator's clock, not the server's."""
    line = str(a_release("20261123T180000Z-0123456789ab"))
    assert line == "20261123T180000Z-0123456789ab  24/11/2026 01:00  0123456789ab  Đưa tin"


def test_pruning_keeps_five_commits_and_the_live_release_however_old(tmp_path: Path) -> None:
    """What readers see is never removed."""
    server = Server(tmp_path)
    server.prepare()
    for number in range(1, 8):
        name = f"2026112{number}T000000Z-{number}"
        (server.releases / name).mkdir()
        save_release(server.manifests, Release(name, str(number) * 40))
    server.switch(server.history()[0].name)
    prune(server)
    assert [release.commit[0] for release in server.history()] == ["1", "3", "4", "5", "6", "7"]


@pytest.mark.parametrize("root", ["/srv/cổng tin", "/srv/$HOME", "/srv/a#b", "/srv/a'b"])
def test_a_root_that_make_would_misread_is_refused(root: str) -> None:
    """In words, before anything is made."""
    with pytest.raises(ReleaseError, match="ký tự không dùng được") as refused:
        Server(Path(root))
    assert refused.value.code is Exit.CONFIGURATION


@pytest.mark.parametrize(
    ("line", "recipe_code"),
    [
        ("make: *** [Makefile:20: publish] Error 1", "1"),
        ("make[1]: *** [Makefile:20: out/x] Error 127", "127"),
        ("make: *** [Makefile:20: publish] Killed", None),
    ],
)
def test_the_recipes_own_exit_code_is_read_from_what_make_says(line: str, recipe_code: str | None) -> None:
    """make itself answers 2 to all of them."""
    failed = RECIPE_FAILED.match(line)
    assert failed and failed["code"] == recipe_code


@pytest.mark.parametrize(
    "line",
    [
        "make: *** No rule to make target 'publish'.  Stop.",
        "make: [Makefile:2: publish] Error 1 (ignored)",
        "content/tin/a.md:3: [DATE_INVALID] Error 1",
    ],
)
def test_other_lines_are_passed_on_and_not_taken_for_a_code(line: str) -> None:
    """The pusher reads them."""
    assert RECIPE_FAILED.match(line) is None


@pytest.mark.parametrize(
    ("make_code", "recipe_code", "whose"),
    [
        (2, 1, Exit.CONTENT),
        (2, 2, Exit.CONFIGURATION),
        (2, 4, Exit.INTERNAL),
        (2, 127, Exit.ENVIRONMENT),
        (2, None, Exit.CONFIGURATION),
        (124, None, Exit.ENVIRONMENT),
        (127, None, Exit.ENVIRONMENT),
    ],
)
def test_a_failure_is_the_business_of_the_one_who_can_mend_it(
    make_code: int, recipe_code: int | None, whose: Exit
) -> None:
    """The portal's codes pass through; a missing tool or the time limit is the server's."""
    assert exit_code(make_code, recipe_code) is whose


@pytest.mark.parametrize(
    ("answer", "lines", "words"),
    [
        (124, [], "Dựng quá 30 phút nên bị dừng"),
        (137, [], "Dựng quá 30 phút nên bị dừng"),
        (2, ["cp: error writing 'x': No space left on device\n"], "Ổ đĩa đầy (còn "),
        (2, [], "Cấu hình hoặc mã nguồn của cổng có lỗi"),
    ],
)
def test_a_failed_build_is_blamed_on_what_failed(tmp_path: Path, answer: int, lines: list[str], words: str) -> None:
    """R13: one that took too long is no fault of disk and network; a full disk is told with the bytes that are left."""
    with (tmp_path / "log").open("w") as log:
        run = Run(Server(tmp_path), log, lock=0, last_lines=lines)
        error = run.error(answer)
    assert words in str(error) and str(tmp_path / "log") in str(error)
    if answer != 2 or lines:
        assert error.code is Exit.ENVIRONMENT


def test_a_build_for_which_the_disk_has_no_room_is_not_begun(tmp_path: Path) -> None:
    """Case 79: the bytes that are needed are told, and those that are left."""
    check_room(Server(tmp_path), 10)
    with pytest.raises(
        ReleaseError, match=r"Ổ đĩa đầy \(còn [\d.]+ byte và [\d.]+ tệp, cần 5.000.000.067.108.864 byte"
    ) as full:
        check_room(Server(tmp_path), 10**12)
    assert full.value.code is Exit.ENVIRONMENT


@pytest.mark.parametrize(
    ("path", "is_code"),
    [
        ("theme/a.css", True),
        ("Makefile", True),
        ("plugins/x/new.md", False),
        ("docs/a.py", False),
        (".github/x", False),
    ],
)
def test_a_build_relies_on_nothing_known_where_code_has_changed(path: str, is_code: bool) -> None:
    """Not where a handbook or a test has."""
    assert Changes(others=[path]).has_code is is_code
