"""Releases that were built each into a copy of the one before are, byte for byte, what a build from nothing makes."""

import hashlib
import os

import pytest

from plugins.core.build.packing import pack, packed_names
from plugins.core.errors import errors
from scripts.publishing import standby, tidy
from scripts.publishing.accept import accept
from scripts.publishing.build import read_result
from scripts.publishing.files import empty
from scripts.publishing.manifest import Release, load_sums
from scripts.publishing.server import Server
from scripts.publishing.store import load_store_sums, names_in
from scripts.publishing.verify import differences_of
from tests.site.test_same_as_cold import Portal
from tests.tiny import a_tiny_site

STEPS = int(os.environ.get("STEPS", "120")) // 5
SEEDS = 2


class Released(Portal):
    """A portal of which every good build becomes a release on a server."""

    def __init__(self, site, seed):
        super().__init__(site, seed)
        self.server = Server(site.root / "server")
        self.server.prepare()
        self.number = 0

    CHANGES = tuple(change for change in Portal.CHANGES if change is not Portal.spoil_output)

    def agrees(self):
        server = self.server
        base = standby.take(server)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PORTAL_STORE", str(server.store))
            patch.setenv("PORTAL_RESULT", str(self.site.root / "result.json"))
            problems = self.build("server/standby", "cache")
        cold = self.build_from_nothing()
        assert cold == problems
        if not errors(problems):
            self.number += 1
            name = f"2026112{self.number // 3600 % 10}T00{self.number // 60:02}{self.number % 60:02}Z-a"
            release = accept(server, base, Release(name, str(self.number)), read_result(self.site.root / "result.json"))
            assert read_result(self.site.root / "result.json").written is not None
            assert set(load_sums(server.manifests, release.name)) == set(standby.walk(server.releases / release.name))
            server.switch(release.name)
            self.is_as_cold(release)
        with server.locked("switch"):
            tidy.prune(server)
        standby.make(server)
        empty(server.trash)
        for release in server.history():
            assert list(differences_of(server.releases / release.name, load_sums(server.manifests, release.name))) == []

    def is_as_cold(self, release):
        sums = load_sums(self.server.manifests, release.name)
        of_store = load_store_sums(self.server)
        sums |= {name: of_store[name] for name in names_in(self.server, release.shared)}
        cold = {path: data for path, data in self.files("cold").items() if not path.startswith(".portal-build/")}
        for path, data in list(cold.items()):
            is_page = not path.startswith(("anh/", "theme/"))
            cold |= {name: pack(name, data, is_page=is_page) for name in packed_names(path)}
        assert sums == {path: hashlib.sha256(data).hexdigest() for path, data in cold.items()}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_every_change_a_release_is_what_a_build_from_nothing_makes(tmp_path, seed):
    """Also of the releases before: not one of their files was written into."""
    portal = Released(a_tiny_site(tmp_path), seed)
    portal.agrees()
    for step in range(STEPS // SEEDS):
        changes = portal.random.sample(Released.CHANGES, portal.random.choice([1, 1, 1, 2, 3]))
        for change in changes:
            change(portal)
        try:
            portal.agrees()
        except AssertionError as fault:
            fault.add_note(f"seed {seed}, step {step}: {', '.join(change.__name__ for change in changes)}")
            raise
