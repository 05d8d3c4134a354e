"""What is known of a release, in two files of ROOT/manifests.

    <name>.json      the fields of `Release`; written last, replaced when a later commit gives the same site
    <name>.sha256    one line per file of the release, `<sha256>  <path>`, as sha256sum writes them:
                     `cd releases/<name> && sha256sum -c ../../manifests/<name>.sha256`

Files of the store that a release's pages name are listed by name only, in `shared-<digest>.txt`: releases
with the same pictures have the same list. `store.sha256` has the sum of every file that ever came into the store.
"""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from .files import write_whole
from .outcome import Exit, ReleaseError

VIETNAM = timezone(timedelta(hours=7))
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Release:
    """One whole site that was built and can be served."""

    name: str

    commit: str
    """The newest commit that is known to give this site."""

    author_date: str = ""
    subject: str = ""

    who: str = ""
    """Who pushed or asked for it: the committer's name, or the account of an operator."""

    now: int = 0
    """The moment that the site shows, in Unix seconds."""

    next_change: int | None = None
    """When the site will change by itself, in Unix seconds; None where it will not, or nobody knows."""

    seconds: float = 0
    """From the beginning of the build until it was live."""

    base: str = ""
    """The release whose files it was built upon; empty where it was built into an empty folder."""

    written: int = 0
    removed: int = 0
    """How many files differ from those of `base`."""

    count: int = 0
    """How many files it has."""

    size: int = 0
    """Their bytes."""

    shared: str = ""
    """The digest in the name of the list of its files in the store; empty where it has none there."""

    stale: dict[str, str] = field(default_factory=dict)
    """The items that show their last good version, each with the commit that has it."""

    @property
    def built_at(self) -> datetime:
        """The moment in its name."""
        return datetime.strptime(self.name.partition("-")[0], STAMP).replace(tzinfo=UTC)

    def __str__(self) -> str:
        moment = self.built_at.astimezone(VIETNAM)
        return f"{self.name}  {moment:%d/%m/%Y %H:%M}  {self.commit[:12]}  {self.subject}"


def next_name(now: datetime, commit: str, history: list[Release]) -> str:
    """Return a name that sorts after every other, also when the clock was set back."""
    if history:
        now = max(now, history[-1].built_at + timedelta(seconds=1))
    return f"{now:{STAMP}}-{commit[:12]}"


def load_release(path: Path) -> Release | None:
    """Return the release of a manifest; None where it is not one. Those of earlier programs have fewer fields."""
    known = {field.name for field in fields(Release)} - {"name"}
    try:
        values: dict[str, Any] = json.loads(path.read_bytes())
        release = Release(path.stem, **{key: value for key, value in values.items() if key in known})
        release.built_at  # noqa: B018 - a name that is no moment is not one of ours
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return release


def save_release(folder: Path, release: Release) -> None:
    """Write the manifest of a release whose sums are there."""
    values = asdict(release)
    del values["name"]
    write_whole(folder / f"{release.name}.json", json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def load_sums(folder: Path, name: str) -> dict[str, str]:
    """Return the sha256 of each file of a release by its path."""
    try:
        return parse_sums((folder / f"{name}.sha256").read_text("utf-8"))
    except FileNotFoundError:
        pass
    try:  # a manifest of earlier programs has the sums in it
        return dict(json.loads((folder / f"{name}.json").read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise ReleaseError(Exit.ENVIRONMENT, f"Bản kê tệp của bản {name} bị hỏng hoặc bị mất.") from None


def save_sums(folder: Path, name: str, sums: dict[str, str]) -> None:
    """Write the sums of a release's files."""
    write_whole(folder / f"{name}.sha256", "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())))


def parse_sums(text: str) -> dict[str, str]:
    """Read lines as sha256sum writes them; a last line that was cut short is none."""
    lines = text.split("\n")[:-1]
    return {line[66:]: line[:64] for line in lines if len(line) > 66}
