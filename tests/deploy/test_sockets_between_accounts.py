"""The sockets over which the accounts of a server speak, where no systemd holds them."""

import shutil
import socket
from pathlib import Path

import pytest

from scripts.publishing import gate
from scripts.publishing.outcome import ReleaseError


@pytest.mark.parametrize("is_restart", [False, True])
def test_a_socket_that_does_not_answer_yet_stands_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_restart: bool
) -> None:
    path = tmp_path / "build.sock"
    seen: list[bool] = []

    def chown(unready: Path, group: str) -> None:
        assert unready.is_socket() and group == "nhóm"
        seen.append(path.exists())
        if is_restart:
            gate.connected(path).close()
        raise InterruptedError

    monkeypatch.setattr(shutil, "chown", chown)
    with socket.socket(socket.AF_UNIX) as earlier:
        if is_restart:
            earlier.bind(str(path))
            earlier.listen()
        for _ in range(2):  # what a listener left that ended there stops no later one
            with pytest.raises(InterruptedError):
                gate.listen(path, ["true"], "nhóm")
    assert seen == [is_restart] * 2


def test_a_socket_where_nobody_listens_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"build\.sock"):
        gate.connected(tmp_path / "build.sock")
