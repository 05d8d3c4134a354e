"""What has to be remembered between runs besides the releases: what waits, what is pinned, how the last build ended."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from .files import write_whole
from .layout import Layout
from .manifest import Release
from .outcome import Exit

T = TypeVar("T")


@dataclass(frozen=True)
class Attempt:
    """A build that ended."""

    commit: str
    who: str
    when: float
    """When it ended, in Unix seconds."""

    code: int
    """How: one of outcome.Exit."""

    message: str = ""
    """What was said of it at the end."""

    release: str = ""
    seconds: float = 0
    log: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether to build the same commit again would end in the same way: not where the machine was at fault."""
        return self.code in (Exit.DONE, Exit.CONTENT, Exit.CONFIGURATION, Exit.SUPERSEDED)


@dataclass(frozen=True)
class Pin:
    """An operator's word that a release is to stay live."""

    release: str
    left: str
    """The release that was rolled back from."""

    who: str
    when: float


@dataclass(frozen=True)
class Wanted:
    """A commit that somebody pushed and that is not built yet."""

    commit: str
    who: str
    when: float


def load_last(layout: Layout) -> Attempt | None:
    """Return the last build that ended."""
    return _as(Attempt, _load(layout.state).get("last"))


def save_last(layout: Layout, attempt: Attempt) -> None:
    """Remember how a build ended; one that failed also after others have not."""
    failure = {} if attempt.code in (Exit.DONE, Exit.SUPERSEDED) else {"failure": asdict(attempt)}
    _save(layout.state, _load(layout.state) | {"last": asdict(attempt)} | failure)


def load_failure(layout: Layout) -> Attempt | None:
    """Return the last build that failed."""
    return _as(Attempt, _load(layout.state).get("failure"))


def save_verification(layout: Layout, name: str, message: str) -> None:
    """Remember what a comparison of a release said: nothing, or how it differs from what was published."""
    _save(layout.verified, {"release": name, "message": message, "when": time.time()})


def load_difference(layout: Layout, live: str) -> str:
    """Return how the live release differs from what was published, as far as it was compared."""
    verified = _load(layout.verified)
    return str(verified.get("message", "")) if verified.get("release") == live else ""


def rejected(layout: Layout) -> set[str]:
    """Return the commits that somebody rolled back from."""
    commits = _load(layout.state).get("rejected")
    return set(commits) if isinstance(commits, dict) else set()


def reject(layout: Layout, commit: str, *, is_bad: bool = True) -> None:
    """Note that somebody rolled back from a commit, or wants it again."""
    state = _load(layout.state)
    commits = {key: when for key, when in dict(state.get("rejected") or {}).items() if key != commit}
    if is_bad:
        commits[commit] = time.time()
    newest = dict(sorted(commits.items(), key=lambda item: item[1])[-100:])
    _save(layout.state, state | {"rejected": newest})


def load_pin(layout: Layout) -> Pin | None:
    """Return what is pinned."""
    return _as(Pin, _load(layout.pinned))


def pin(layout: Layout, release: Release, left: str, who: str) -> None:
    """Have a release stay live until somebody unpins it."""
    _save(layout.pinned, asdict(Pin(release.name, left, who, time.time())))


def unpin(layout: Layout) -> None:
    """Let the next build go live again."""
    layout.pinned.unlink(missing_ok=True)


def load_wanted(layout: Layout) -> Wanted | None:
    """Return the commit that waits."""
    return _as(Wanted, _load(layout.wanted))


def want(layout: Layout, commit: str, who: str) -> None:
    """Remember, whatever happens next, that a commit is to be built."""
    _save(layout.wanted, asdict(Wanted(commit, who, time.time())))


def _load(path: Path) -> dict[str, Any]:
    """Read a file of ours; one that is damaged is as good as none."""
    try:
        values = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _save(path: Path, values: dict[str, Any]) -> None:
    write_whole(path, json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def _as(kind: type[T], values: Any) -> T | None:
    try:
        return kind(**values) if values else None
    except TypeError:
        return None
