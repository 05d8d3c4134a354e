"""Carry out what one can ask of the server: receive a push, rebuild, go back, list, catch up."""

import os
import pwd
import time
from collections.abc import Iterable

from . import state
from .manifest import Release
from .outcome import Exit, ReleaseError, say
from .publish import Order, end_waiting, publish
from .repository import describe, is_within, newest_commit, published_branch
from .server import Server

UNKNOWN_CHANGE_SECONDS = 3600  # how often a site is built again that does not say when it will change


class AlreadyBuiltError(ReleaseError):
    """The commit was built while its pusher waited, with another's push. Its message says how that ended."""


def receive(server: Server, updates: Iterable[str], who: str = "") -> None:
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
        started = time.time()
        state.want(server, pushed, who)
        order = Order(server.repo, lambda: _newest_with(server, pushed, started), who=who, started=started)
        try:
            publish(server, order)
        except AlreadyBuiltError:
            end_waiting(server, server.repo, pushed)
            raise


def _newest_with(server: Server, pushed: str, since: float) -> str:
    """Return the newest commit, to be built in place of an older one that was pushed.

    Raises `AlreadyBuiltError` where another has built it `since` then.
    """
    repo = server.repo
    newest = newest_commit(repo)
    last = state.load_last(server)
    if last and last.commit == newest and last.when >= since and last.is_settled:
        other = describe(repo, newest)
        whose = f"Commit {pushed[:12]} nằm trong" if newest != pushed else "Đã có lần push khác dựng"
        ending = last.message if last.code == Exit.DONE else f"KHÔNG đưa lên: {last.message}"
        raise AlreadyBuiltError(Exit(last.code), f"{whose} {newest[:12]} “{other.subject}” của {last.who}. {ending}")
    if newest != pushed:
        other = describe(repo, newest)
        reason = f"nhánh được đưa lên đã có commit mới hơn là {newest[:12]} “{other.subject}” của {other.committer}"
        if is_within(repo, pushed, newest):
            say(f"Không dựng riêng {pushed[:12]}: {reason}. Commit của bạn nằm trong đó: dựng bản ấy.")
        else:
            say(f"Không dựng {pushed[:12]}: {reason}, và commit của bạn KHÔNG còn nằm trong nhánh (có người push đè).")
    return newest


def rebuild(server: Server, *, live: bool, trusts_clock: bool = False, is_anew: bool = False) -> None:
    """Build again, at today's date: the newest commit, or (`live`) the one that readers see.

    A timer rebuilds the live one, so that it never undoes a person's rollback. A person's word for the newest
    commit ends a rollback.
    """
    publish(
        server,
        Order(
            server.repo,
            lambda: live_release(server).commit if live else newest_commit(server.repo),
            who=operator(),
            is_pinned_ok=not live,
            trusts_clock=trusts_clock,
            is_anew=is_anew,
        ),
    )


def catch_up(server: Server) -> None:
    """Do what is due: build a commit that was pushed and never built, or what has changed with time.

    For a timer, for the machine's start, and after a disk was full. Never lands an older commit, never undoes
    a rollback.
    """
    server.prepare()
    newest, live = newest_commit(server.repo), server.live_release()
    last = state.load_last(server)
    if newest not in built_commits(server, last):
        wanted = state.load_wanted(server)
        who = wanted.who if wanted and wanted.commit == newest else ""
        say(f"Commit {newest[:12]} đã nhận mà chưa dựng: dựng bây giờ.")
        publish(server, Order(server.repo, lambda: newest_commit(server.repo), who=who))
    elif live and is_due(live, time.time()):
        rebuild(server, live=True)
    else:
        say("Không có gì phải dựng.")


def built_commits(server: Server, last: state.Attempt | None) -> frozenset[str]:
    """Return the commits that need no build: those that readers see, and that of the last build if it would end alike.

    A release that nobody sees is no end, unless another is pinned: its deployer may have died before the switch.
    """
    live = server.live_release()
    built = server.history() if state.load_pin(server) else [live] if live else []
    settled = {last.commit} if last and last.is_settled else set()
    return frozenset({release.commit for release in built} | settled)


def is_due(live: Release, now: float) -> bool:
    """Return whether the live release has changed by itself since it was built."""
    if live.next_change == 0:
        return now >= (live.now or live.built_at.timestamp()) + UNKNOWN_CHANGE_SECONDS
    return live.next_change is not None and now >= live.next_change


def rollback(server: Server, wanted: str) -> None:
    """Show an earlier release: `wanted` commits before the live one, or the release of that name; and pin it.

    Takes no build lock: a long build must not keep a bad page in front of readers.
    """
    server.prepare()
    with server.locked("switch"):
        history = server.history()
        live = server.live_release()
        target = _target(server, history, live, wanted)
        if live and target.name < live.name:
            state.reject(server, live.commit)
        state.reject(server, target.commit, is_bad=False)
        if target.name == history[-1].name:
            state.unpin(server)
        else:
            state.pin(server, target, live.name if live else "", operator())
        server.switch(target.name)
    say(f"Bản đang chạy: {target}")
    if target.name != history[-1].name:
        say("Bản này được ghim: những lần push sau được dựng sẵn mà chưa đưa lên. Bỏ ghim, đưa commit mới nhất lên:")
        say(f"    {server.bin}/portal unpin")


def _target(server: Server, history: list[Release], live: Release | None, wanted: str) -> Release:
    """Return the release to go back to: never one of a commit that somebody rolled back from, but by its name."""
    for release in history:
        if release.name == wanted:
            return release
    if not (wanted.isascii() and wanted.isdecimal() and int(wanted) > 0):
        message = f"Không có bản “{wanted}” (có thể đã dọn). Xem: portal list"
        raise ReleaseError(Exit.CONFIGURATION, message)
    if live is None:
        live = live_release(server)
    bad = state.rejected(server) | {live.commit}
    earlier: dict[str, Release] = {}
    for release in reversed(history):
        if release.name < live.name and release.commit not in bad:
            earlier.setdefault(release.commit, release)
    if len(earlier) < int(wanted):
        message = f"Không có bản nào cũ hơn để lùi {wanted} bước (không kể những bản đã bị lùi khỏi). Xem: portal list"
        raise ReleaseError(Exit.CONFIGURATION, message)
    return list(earlier.values())[int(wanted) - 1]


def live_release(server: Server) -> Release:
    """Return the release that readers see."""
    if release := server.live_release():
        return release
    if name := server.live_name():
        message = f"Không đọc được {server.manifests / name}.json của bản đang chạy. Đưa commit mới nhất lên: portal rebuild; hoặc về bản có tên trong portal list."
        raise ReleaseError(Exit.CONFIGURATION, message)
    raise ReleaseError(Exit.CONFIGURATION, "Chưa có bản nào đang chạy.")


def show_list(server: Server) -> None:
    """Print every release, newest first, the live one marked."""
    live, pin, bad = server.live_name(), state.load_pin(server), state.rejected(server)
    for release in reversed(server.history()):
        note = "  [ghim]" if pin and pin.release == release.name else "  [đã lùi khỏi]" if release.commit in bad else ""
        say(f"{'*' if release.name == live else ' '} {release}{note}")
    if live is None:
        say("Chưa có bản nào đang chạy.")


def operator() -> str:
    """Return the name of whoever runs a command: behind sudo, the one who called it."""
    if name := os.environ.get("SUDO_USER"):
        return name
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
