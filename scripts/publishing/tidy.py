"""What is done after the pusher was answered: delete what is old, make the standby of the next build."""

import os
import signal
import time

from . import sandbox, standby, state, store
from .environment import prune_environments
from .files import empty, sweep, throw_away
from .manifest import Release
from .outcome import ReleaseError
from .server import Server

KEPT_RELEASES = 5
STORE_CLEANED_SECONDS = 24 * 3600  # once a day


def start(server: Server, lock: int) -> None:
    """Do it in a process of its own, which holds the build lock for as long as it needs and keeps nobody waiting."""
    if os.fork():
        return
    try:
        os.setsid()
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        with (server.logs / "tidy.txt").open("w") as log, open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        for handle in os.listdir("/proc/self/fd"):
            if int(handle) > 2 and int(handle) != lock:
                try:
                    os.close(int(handle))
                except OSError:
                    continue
        tidy(server, lock)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", flush=True)
    finally:
        os._exit(0)


def tidy(server: Server, lock: int) -> None:
    """Make the standby, let go of the build lock, then delete what nobody needs."""
    with server.locked("switch"):
        names = prune(server)
        history = server.history()
    standby.make(server)
    if history:
        standby.prune_notes(server, history[-1].name)
    marker = server.manifests / "store-cleaned"
    if not marker.exists() or time.time() - marker.stat().st_mtime > STORE_CLEANED_SECONDS:
        store.clean_store(server, history)
        marker.touch()
    prune_environments(server)
    for folder in (server.root, server.manifests, server.public):
        sweep(folder)
    try:
        sandbox.give_back_room(server)
    except ReleaseError as error:  # the builder is not there; the next time will do
        print(error, flush=True)
    with server.locked("prune"):
        os.close(lock)
        empty(server.trash)
    print(f"Đã dọn: {', '.join(names) or 'không có gì'}.", flush=True)


def prune(server: Server) -> list[str]:
    """Keep the newest release of each of the last five commits, the live one and a pinned one; return what went.

    A commit counts once: a nightly rebuild must not push what one may go back to off the end. Folders are only
    renamed here: who holds the lock waits for no disk. The caller holds the switch lock.
    """
    newest_by_commit: dict[str, Release] = {}
    for release in reversed(server.history()):
        newest_by_commit.setdefault(release.commit, release)
    keep = {release.name for release in list(newest_by_commit.values())[:KEPT_RELEASES]}
    pin = state.load_pin(server)
    keep |= {server.live_name() or "", pin.release if pin else ""}
    gone = []
    # Manifests first: a prune that is killed then leaves no half folder that seems whole.
    for manifest in [*server.manifests.glob("*.json"), *server.manifests.glob("*.sha256")]:
        if manifest.stem not in keep and not manifest.name.startswith("store"):
            manifest.unlink()
    for folder in server.releases.iterdir():
        if folder.name not in keep:
            throw_away(folder, server.trash)
            gone.append(folder.name)
    return gone
