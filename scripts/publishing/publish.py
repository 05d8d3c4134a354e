"""Build a commit and make it live, or change nothing that a reader sees."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from . import last_good, sandbox, standby, state, store, tidy
from .accept import accept
from .build import Result, Run, has_comments, make_site, open_log, read_result
from .clock import check_clock
from .environment import environment_for
from .files import throw_away
from .manifest import Release, next_name
from .outcome import DISK_FULL, DamageError, Exit, ReleaseError, disk_message, say
from .repository import Changes, Commit, changes_between, check_out, describe, forget_tree, is_within
from .server import Server
from .standby import Base

ROOM_BYTES = 64 * 2**20
BYTES_PER_FILE = 5_000
_OFF = {"0", "false", "no", "off", "n", "f", "không", "khong", "tắt"}


@dataclass(frozen=True)
class Order:
    """What somebody wants to be live."""

    repo: Path
    choose_commit: Callable[[], str]
    """Called when its turn comes: what was the newest commit when it queued may not be any more."""

    who: str = ""
    """Who asked; empty for the committer."""

    is_pinned_ok: bool = False
    """Whether it may go live though another release is pinned: a person's express word."""

    trusts_clock: bool = False
    is_anew: bool = False
    """Whether to rely on nothing that builds before have left, as where something in it is damaged."""

    started: float = 0
    """When the person began to wait, in Unix seconds; 0 for now."""


def publish(server: Server, order: Order) -> None:
    """Carry out an order, one at a time. Whoever pushed is answered before the next build is prepared."""
    server.prepare()
    started = order.started or time.time()
    with server.locked("build") as lock:
        commit = order.choose_commit()
        build = Build(server, order, describe(order.repo, commit), lock, started)
        try:
            build.run()
        except BaseException as error:
            build.remember(error)
            raise
        else:
            build.remember(None)
        finally:
            tidy.start(server, lock)


class Build:
    """One commit on its way to be live."""

    def __init__(self, server: Server, order: Order, commit: Commit, lock: int, started: float) -> None:
        self.server, self.order, self.commit, self.lock, self.started = server, order, commit, lock, started
        self.who = order.who or commit.committer
        self.was_live = server.live_name()
        self.history = server.history()
        self.release: Release | None = None
        self.message = ""
        self.log = ""

    def run(self) -> None:
        """Build and switch. Raises `ReleaseError` where the live release stays."""
        server, now = self.server, int(time.time())
        if not self.order.trusts_clock:
            check_clock(now, self.history[-1] if self.history else None, self.commit.committed)
        check_room(server, self.history[-1].count if self.history else 0)
        say(f"Đang dựng {self.commit.hash[:12]} “{self.commit.subject}”…")
        name = next_name(datetime.now(UTC), self.commit.hash, self.history)
        with open_log(server, name) as log:
            self.log = log.name
            run = Run(server, log, self.lock)
            if self.order.is_anew:
                store.throw_away_damaged(server, self.history[-1].shared if self.history else "")
                self.release = self._make_anew(run, name, now)
                state.save_verification(server, self.release.name, "")
            else:
                try:
                    self.release = self._make(run, standby.take(server), name, now)
                except (DamageError, OSError) as error:
                    if isinstance(error, OSError) and error.errno in DISK_FULL:
                        raise
                    log.write(f"{error}\n")
                    say("Có thể có thứ giữ lại từ lần trước đã hỏng: dựng lại từ đầu, một lần…")
                    self.release = self._make_anew(run, name, now)
        self._show(self.release)

    # -- the site --------------------------------------------------------------

    def _make_anew(self, run: Run, name: str, now: int) -> Release:
        """Make the release, relying on nothing that a disk may have damaged."""
        server = self.server
        sandbox.begin_from_nothing(server)
        forget_tree(server)
        return self._make(run, standby.take_empty(server), name, now, is_anew=True)

    def _make(self, run: Run, base: Base, name: str, now: int, *, is_anew: bool = False) -> Release:
        """Make the site in `standby`, and of it a release; `is_anew` says that nothing earlier is relied on."""
        draft, result = self._build(run, base, name, now, is_anew)
        if is_anew:
            result = replace(result, written=None)  # what the build knows of is nothing
        return accept(self.server, base, replace(draft, seconds=self.seconds), result)

    def _build(self, run: Run, base: Base, name: str, now: int, is_anew: bool) -> tuple[Release, Result]:
        """Make the site in `standby`; return its release as far as it is known, and what the build says."""
        server, repo, commit = self.server, self.order.repo, self.commit
        settings = server.settings()
        base_commit = base.release.commit if base.release else ""
        changes = changes_between(repo, base_commit, commit.hash)
        _refuse_submodules(changes)
        check_out(server, repo, commit.hash, is_new_code=changes.has_code)
        environment = environment_for(server, lambda variables: run.make(variables, network=True))
        result_path = server.work / "result.json"
        run.environment = {"PORTAL_STORE": str(server.store), "PORTAL_RESULT": str(result_path)}
        if "NOW" not in settings:
            run.environment["SOURCE_DATE_EPOCH"] = str(settings.get("SOURCE_DATE_EPOCH", now))
        if has_comments(server.tree):
            variables = [f"VENV={environment}", f"CACHE={server.site_cache}", "CONF=publishconf.py"]
            run.make(["comments", f"--assume-old={environment}/.site", *variables], network=True)
        is_lenient = settings.get("KEEP_LAST_GOOD", "").lower() not in _OFF
        stale = base.release.stale if base.release else {}

        def attempt(keeps_last_good: bool) -> int:
            throw_away(result_path, server.trash)
            if keeps_last_good:
                run.environment |= last_good.lay_out(server, repo, commit.hash, changes, base_commit, stale)
            else:
                run.environment["KEEP_LAST_GOOD"] = "0"
            is_fresh = is_anew or (base.release is not None and changes.has_code)
            return make_site(run, server.standby, environment, is_fresh=is_fresh, cache=server.site_cache)

        code = attempt(keeps_last_good=is_lenient and bool(stale))
        if code and is_lenient and not stale and run.recipe_code == Exit.CONTENT:
            code = attempt(keeps_last_good=True)
        shutil.rmtree(server.before, ignore_errors=True)
        if code:
            raise run.error(code, has_code=changes.has_code)
        if not (server.standby / "index.html").is_file():
            raise DamageError(Exit.INTERNAL, "Dựng xong mà không có index.html: không đưa lên.")
        result = read_result(result_path)
        draft = Release(
            name,
            commit.hash,
            commit.author_date,
            commit.subject,
            who=self.who,
            now=now,
            next_change=result.next_change,
            base=base.release.name if base.release else "",
            stale=last_good.next_stale(result.stale, stale, base_commit),
        )
        return draft, result

    # -- live ---------------------------------------------------------------------

    def _show(self, release: Release) -> None:
        """Make a release live, unless somebody wants another."""
        server = self.server
        address = server.settings()["SITEURL"]
        with server.locked("switch"):
            live, pin = server.live_name(), state.load_pin(server)
            live_release = server.live_release()
            is_same_commit = live_release is not None and live_release.commit == release.commit
            if pin and not self.order.is_pinned_ok and not is_same_commit:
                message = f"Trang đang được ghim ở bản {pin.release} ({pin.who}): người vận hành đã chuyển về bản ấy. Bản mới {release.name} để sẵn, chưa đưa lên. Bỏ ghim và đưa lên: portal unpin"
                raise ReleaseError(Exit.SUPERSEDED, message)
            if live != self.was_live and not self.order.is_pinned_ok:
                message = f"Trong lúc dựng, người vận hành đã chuyển về bản {live}. Bản mới để sẵn, chưa đưa lên: portal rollback {release.name}"
                raise ReleaseError(Exit.SUPERSEDED, message)
            if pin and is_same_commit and not self.order.is_pinned_ok:
                state.pin(server, release, pin.left, pin.who)
            else:
                state.unpin(server)
            if release.commit in state.rejected(server) and self.order.is_pinned_ok:
                state.reject(server, release.commit, is_bad=False)
            if live == release.name:
                self.message = f"Không có gì thay đổi trên trang {address}: giữ nguyên bản {release.name}."
            else:
                server.switch(release.name)
                release = replace(release, seconds=self.seconds)
                count = f"{release.written} tệp mới, {release.removed} tệp bỏ đi, cả thảy {release.count}"
                say(f"Bản {release.name}: {count}.")
                self.message = f"Đã đưa lên {address} sau {release.seconds:.1f} giây."
        if release.stale:
            say(f"Có {len(release.stale)} bài lỗi đang hiện bản tốt gần nhất: {', '.join(sorted(release.stale)[:5])}.")
        say(self.message)

    @property
    def seconds(self) -> float:
        """How long whoever asked has waited."""
        return round(max(0.0, time.time() - self.started), 2)

    def remember(self, error: BaseException | None) -> None:
        """Note how it ended; a commit that need not be tried again waits no longer."""
        code = error.code if isinstance(error, ReleaseError) else Exit.ENVIRONMENT if error else Exit.DONE
        release = self.release.name if self.release else ""
        attempt = state.Attempt(
            self.commit.hash,
            self.who,
            time.time(),
            code,
            str(error) if error else self.message,
            release,
            self.seconds,
            self.log,
        )
        try:
            state.save_last(self.server, attempt)
            if attempt.is_settled:
                end_waiting(self.server, self.order.repo, self.commit.hash)
        except OSError:
            if error is None:
                raise


def end_waiting(server: Server, repo: Path, commit: str) -> None:
    """Let what is within `commit` wait no more: of two pushes at once, the older one's word may be the later."""
    wanted = state.load_wanted(server)
    if wanted and is_within(repo, wanted.commit, commit):
        server.wanted.unlink(missing_ok=True)


def check_room(server: Server, files: int) -> None:
    """Refuse to begin a build for which the disk has no room. Raises `ReleaseError` with the bytes that it needs.

    A standby takes a folder for about each file, a build what it draws anew and its own notes.
    """
    needed = ROOM_BYTES + files * BYTES_PER_FILE
    if shutil.disk_usage(server.root).free < needed:
        raise ReleaseError(Exit.ENVIRONMENT, disk_message(server.root, needed))


def _refuse_submodules(changes: Changes) -> None:
    names = [path for path in changes.submodules if path.startswith("content/")]
    if names:
        message = f"{', '.join(names)} là kho git lồng trong kho (submodule): git không giữ tệp của nó ở đây, nên trang sẽ thiếu. Xóa thư mục .git trong đó, git rm --cached {names[0]}, rồi git add {names[0]} và commit lại."
        raise ReleaseError(Exit.CONTENT, message)
