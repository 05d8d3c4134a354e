"""Find published stories whose words changed much, as git tells, without an ``updated`` that says so.

A hint of ``make check`` alone: pages are made of the content, never of its history.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from plugins.core.errors import Problem
from plugins.core.model import frontmatter
from plugins.core.model.item import Story
from plugins.core.site.settings import Settings
from plugins.core.text import dates
from plugins.core.text.encoding.detect import decode

RECENT = timedelta(days=30)
"""Older changes are not worth telling readers any more."""

GRACE = timedelta(days=1)
"""Within it, a story is still being finished."""

MIN_CHANGED_SHARE, MIN_CHANGED_WORDS = 0.2, 30
"""From here on a change of a text is large: a share of its words, and a number of them."""

MAX_STORIES = 500  # arguments of one command


class Version(NamedTuple):
    """A story's file as it was committed."""

    commit: str
    moment: datetime


class Text(NamedTuple):
    """A version of a story, as far as it is compared."""

    written_dates: tuple[datetime, datetime | None]
    """``date`` and ``updated``."""

    is_draft: bool
    position: tuple[int, int]
    """The line and column of ``date``."""

    words: tuple[str, ...]

    @property
    def stated(self) -> datetime:
        """When readers are told that it last changed."""
        date, updated = self.written_dates
        return updated or date


class Repository:
    """The git repository that a content folder lies in, or was copied from by the hook of ``make hooks``."""

    def __init__(self, content: Path) -> None:
        folder = content.resolve()
        git_folder = Path(self._output(["git", "-C", str(folder), "rev-parse", "--absolute-git-dir"]).strip())
        is_copy = git_folder in folder.parents
        root = folder.parent if is_copy else self._output(["git", "-C", str(folder), "rev-parse", "--show-toplevel"])
        self.root = Path(str(root).strip())
        self._command = ["git", f"--git-dir={git_folder}", f"--work-tree={self.root}", "-C", str(self.root)]
        self.prefix = folder.relative_to(self.root.resolve()).as_posix()

    def __call__(self, *words: str) -> str:
        """Return what git answers. Raises ``CalledProcessError``."""
        return self._output([*self._command, *words])

    @staticmethod
    def _output(command: list[str]) -> str:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}  # a hook's own
        environment = inherited | {"GIT_OPTIONAL_LOCKS": "0"}
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout.decode(errors="replace")

    def uncommitted(self) -> set[str]:
        """Return the paths of the files that are not as they were committed last."""
        return set(filter(None, self("diff", "--name-only", "-z", "HEAD", "--", self.prefix).split("\0")))

    def changed_since(self, moment: datetime) -> set[str]:
        """Return the paths of the files that were changed since, newly committed ones left out."""
        options = (f"--since={moment.isoformat()}", "--format=", "--name-only", "-z", "--diff-filter=M")
        return set(filter(None, self("log", *options, "--", self.prefix).split("\0")))

    def versions(self, paths: Collection[str]) -> dict[str, list[Version]]:
        """Return the versions of each file, the newest first."""
        versions: dict[str, list[Version]] = {path: [] for path in paths}
        version = None
        for field in self("log", "--format=%x01%H %ct", "--name-only", "-z", "--", *sorted(paths)).split("\0"):
            name = field.lstrip("\n")
            if name.startswith("\1"):
                commit, seconds = name[1:].split()
                version = Version(commit, dates.from_epoch(int(seconds)))
            elif name in versions and version:
                versions[name].append(version)
        return versions


def find(settings: Settings) -> Iterator[Problem]:
    """Yield a hint for each story whose words changed much and whose ``updated`` did not. None without git."""
    try:
        repository = Repository(settings.content)
        uncommitted = repository.uncommitted()
        paths = uncommitted | repository.changed_since(settings.now - RECENT)
        folders = tuple(
            f"{repository.prefix}/{section.folder}/"
            for section in settings.sections
            if section.model and issubclass(section.model, Story)
        )
        stories = sorted(path for path in paths if path.startswith(folders) and path.endswith(".md"))[:MAX_STORIES]
        if not stories:
            return
        for path, versions in repository.versions(stories).items():
            current = _read((repository.root / path).read_bytes()) if (repository.root / path).is_file() else None
            if current and versions:
                changed = settings.now if path in uncommitted else versions[0].moment
                yield from _compare(repository, path, versions, current, changed, settings.now)
    except (OSError, ValueError, subprocess.CalledProcessError):  # no git, no repository, no commit yet
        return


def _compare(
    repository: Repository, path: str, versions: list[Version], current: Text, changed: datetime, now: datetime
) -> Iterator[Problem]:
    if current.is_draft or current.stated > now or changed <= current.stated + GRACE:
        return
    published = _as_published(repository, path, versions, current)
    if published is None:
        return
    name = f"content/{path.removeprefix(f'{repository.prefix}/')}"
    yield from untold_changes(name, current.position, published.words, current.words, current.stated, changed)


def _as_published(repository: Repository, path: str, versions: list[Version], current: Text) -> Text | None:
    """Return what the story said when it was published, or last told readers of a change.

    That is its newest version until a day after the moment that it states or, where it was committed
    later, the oldest one that states this moment.
    """
    published = None
    for version in versions:
        text = _read(repository("show", f"{version.commit}:{path}").encode())
        if text is None or text.is_draft or text.written_dates != current.written_dates:
            break
        published = text
        if version.moment <= current.stated + GRACE:
            break
    return published


def _read(raw: bytes) -> Text | None:
    """Read the little of a story that is compared; ``None`` where it has no front matter with a date."""
    text, _ = decode(raw, "")
    front, _ = frontmatter.parse(text, "") if text else (None, None)
    if front is None or "date" not in front.values:
        return None
    values = {name: str(value.raw) for name, value in front.values.items()}
    try:
        written_dates = dates.parse(values["date"]), dates.parse(values["updated"]) if "updated" in values else None
    except (ValueError, OverflowError):
        return None
    date = front.values["date"]
    words = tuple(
        re.findall(r"\w+", " ".join((values.get("title", ""), values.get("summary", ""), front.body)).lower())
    )
    return Text(written_dates, values.get("status") == "draft", (date.line, date.column), words)


def untold_changes(
    path: str,
    position: tuple[int, int],
    published: Sequence[str],
    current: Sequence[str],
    stated: datetime,
    changed: datetime,
) -> Iterator[Problem]:
    """Report a story whose words are not those ``published`` at the ``stated`` moment, but were ``changed`` later."""
    old, new = (Counter(pairwise(words)) for words in (published, current))
    longer = max(old.total(), new.total())
    count = longer - (old & new).total()
    if count >= MIN_CHANGED_WORDS and count >= longer * MIN_CHANGED_SHARE:
        message = (
            f"Chữ trong bài đã khác {round(100 * count / longer)}% so với lúc đăng ({dates.short_date(stated)})."
            f" Điều bạn đọc nên biết thì thêm dòng: updated: {changed:%Y-%m-%d %H:%M}"
        )
        yield Problem(path, *position, "UPDATED_MISSING", message, "warning")
