"""Carry out what one can ask of the server: publish a commit, receive a push, go back, list."""

import shutil
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from .build import make_site, open_log, take_inventory
from .outcome import Exit, ReleaseError, say
from .repository import (
    author_date_and_subject,
    export,
    newest_commit,
    published_branch,
    unless_superseded,
)
from .server import Release, Server, next_name


def publish(server: Server, repo: Path, choose_commit: Callable[[], str]) -> None:
    """Build a commit and make it live, or change nothing that a reader sees.

    One build at a time. The commit is chosen when its turn comes: what was the newest when it
    queued may not be any more.
    """
    server.prepare()
    with server.locked("build") as lock:
        commit = choose_commit()
        was_live = server.live_name()
        release = build(server, repo, commit, lock)
        with server.locked("switch"):
            if server.live_name() != was_live:
                message = f"Trong lúc dựng, người vận hành đã chuyển về bản {server.live_name()}. Bản mới để sẵn, chưa đưa lên: portal rollback {release.name}"
                raise ReleaseError(Exit.SUPERSEDED, message)
            server.switch(release.name)
            server.prune()
    say(f"Đã đưa lên {server.settings()['SITEURL']}")


def build(server: Server, repo: Path, commit: str, lock: int) -> Release:
    """Make a new release from `commit`, not live yet. The caller holds the build lock."""
    started = time.monotonic()
    author_date, subject = author_date_and_subject(repo, commit)
    name = next_name(datetime.now(UTC), commit, server.history())
    say(f"Đang dựng {commit[:12]} “{subject}”…")
    tree, site = server.work / "tree", server.work / "site"
    # What a killed build left is swept away by the next one.
    shutil.rmtree(server.work, ignore_errors=True)
    try:
        export(repo, commit, tree)
        with open_log(server, name) as log:
            make_site(server, tree, site, log, lock)
        release = Release(name, commit, author_date, subject, take_inventory(site))
        server.accept(site, release)
    finally:
        shutil.rmtree(server.work, ignore_errors=True)
    took = round(time.monotonic() - started)
    say(f"Xong sau {took} giây: bản {name}, {len(release.files)} tệp.")
    return release


def receive(server: Server, updates: Iterable[str]) -> None:
    """Handle the lines `old new ref` of post-receive: publish one branch, explain the rest."""
    branch = published_branch(server.repo)
    short = branch.removeprefix("refs/heads/")
    pushed = None
    for update in updates:
        _, commit, ref = update.split(" ", 2)
        deleted = not commit.strip("0")
        if ref == branch and not deleted:
            pushed = commit
        else:
            done = "Đã xóa" if deleted else "Đã nhận"
            say(f"{done} {ref}. Chỉ nhánh “{short}” được đưa lên. Bản đang chạy giữ nguyên.")
    if pushed:
        publish(server, server.repo, lambda: unless_superseded(server.repo, pushed))


def rebuild(server: Server, *, live: bool) -> None:
    """Build again, at today's date: the newest commit, or (`live`) the one that readers see.

    A timer rebuilds the live one, so that it never undoes a person's rollback.
    """
    publish(
        server,
        server.repo,
        lambda: live_release(server).commit if live else newest_commit(server.repo),
    )


def rollback(server: Server, wanted: str) -> None:
    """Show an earlier release: `wanted` steps before the live one, or the one of that name.

    Takes no build lock: a long build must not keep a bad page in front of readers.
    """
    server.prepare()
    with server.locked("switch"):
        history = server.history()
        by_name = {release.name: release for release in history}
        if wanted in by_name:
            target = by_name[wanted]
        elif wanted.isascii() and wanted.isdecimal() and int(wanted) > 0:
            index = history.index(live_release(server)) - int(wanted)
            if index < 0:
                message = f"Không có bản nào cũ hơn để lùi {wanted} bước. Xem: portal list"
                raise ReleaseError(Exit.CONFIGURATION, message)
            target = history[index]
        else:
            message = f"Không có bản “{wanted}” (có thể đã dọn). Xem: portal list"
            raise ReleaseError(Exit.CONFIGURATION, message)
        server.switch(target.name)
    say(f"Bản đang chạy: {target}")


def live_release(server: Server) -> Release:
    """Return the release that readers see."""
    for release in server.history():
        if release.name == server.live_name():
            return release
    raise ReleaseError(Exit.CONFIGURATION, "Chưa có bản nào đang chạy.")


def show_list(server: Server) -> None:
    """Print every release, newest first, the live one marked."""
    live = server.live_name()
    for release in reversed(server.history()):
        say(f"{'*' if release.name == live else ' '} {release}")
    if live is None:
        say("Chưa có bản nào đang chạy.")
