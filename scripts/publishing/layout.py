"""Where things are under ROOT, the folder of one portal on a server. Every program takes its paths from here.

What the repository's owner holds, and no build may write:

    portal.git      the bare repository that editors push to; its HEAD names the published branch
    portal.env      KEY=VALUE lines for the build's environment; SITEURL is required
    bin/            copies of the programs that do this
    keys            who may push: role, name, public key (access.py)
    run/            sockets between the accounts (gate.py), where the server has several

What the account that builds owns, where it is another one (sandbox.py):

    build/          its output and its cache

What publishing writes:

    releases/       one folder per whole release, <UTC time>-<short commit>: pages, no pictures
    store/          anh/ and theme/ of all releases, named by their content; it only grows, but for `prune`
    current         symlink to the live release: the only thing that a switch changes
    manifests/      what is known of each release (manifest.py); a folder without a manifest is not a release
    state.json      what the last build tried and how it ended; releases that somebody rolled back from
    wanted          the commit that waits to be built, while one does
    verified.json   what the last comparison of the live release with its manifest said
    pinned          the release that somebody rolled back to, while it is to stay
    log/            what each build said
    public/         trang-thai.json: what the world may know of the server (status.py)

What builds work in; all of it may be deleted while none runs:

    work/tree       the checked-out commit, kept from build to build; work/index is git's index of it
    work/before     what last good versions are taken from (last_good.py), while a build runs
    env/<digest>/   Python libraries, by the digest of their lock and of Python's version
    standby/        a copy of the newest release, by hard links: the folder that the next build goes into
    standby.of      the release that the standby is a copy of; without it the folder is of no use
    cache/site      what the portal's own build keeps: what was read, pictures
    trash/          what is being deleted
"""

import re
from pathlib import Path

from .outcome import Exit, ReleaseError

#: Folders of a release that live in the store: files named by a digest, which never change under one name.
SHARED_FOLDERS = ("anh", "theme")

#: The folder in an output in which the portal's build keeps its own notes: no part of a release.
BUILDERS_OWN = ".portal-build"


def needed_list(notes: Path) -> Path:
    """Return where a build lists, among its notes, what its site needs of the store."""
    return notes / "shared"


class Layout:
    """The paths under ROOT."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        # These paths become make variables, where a blank, $ or # would change their meaning.
        if not re.fullmatch(r"[\w./+-]+", str(self.root)):
            reason = "chứa ký tự không dùng được (dấu cách, $, #, …)"
            raise ReleaseError(Exit.CONFIGURATION, f"Đường dẫn {self.root} {reason}.")
        self.repo = self.root / "portal.git"
        self.settings_file = self.root / "portal.env"
        self.bin = self.root / "bin"
        self.confine = self.bin / "confine"
        self.keys = self.root / "keys"
        self.git_socket = self.root / "run" / "git.sock"
        self.build_socket = self.root / "run" / "build.sock"
        self.fetch_socket = self.root / "run" / "fetch.sock"
        self.builders = self.root / "build"
        self.public = self.root / "public"

        self.releases = self.root / "releases"
        self.store = self.root / "store"
        self.current = self.root / "current"
        self.manifests = self.root / "manifests"
        self.state = self.root / "state.json"
        self.wanted = self.root / "wanted"
        self.pinned = self.root / "pinned"
        self.verified = self.root / "verified.json"
        self.logs = self.root / "log"

        self.work = self.root / "work"
        self.tree = self.work / "tree"
        self.index = self.work / "index"
        self.before = self.work / "before"
        self.environments = self.root / "env"
        self.standby = self.root / "standby"
        self.standby_record = self.root / "standby.of"
        self.cache = self.root / "cache"
        self.site_cache = self.cache / "site"
        self.trash = self.root / "trash"

    @property
    def has_builder(self) -> bool:
        """Return whether another account than ours builds (sandbox.py)."""
        return self.confine.is_file()
