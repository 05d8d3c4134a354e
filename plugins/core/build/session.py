"""State: what is kept from one build to the next."""

from __future__ import annotations

import os
from functools import cached_property

from plugins.core import hashing
from plugins.core.incremental import manifest, versions
from plugins.core.incremental.manifest import Manifest
from plugins.core.incremental.store import Store
from plugins.core.render.renderer import Renderer
from plugins.core.site.composition import Composition
from plugins.core.site.identity import Site
from plugins.core.site.settings import Settings
from plugins.core.site.views import Page


class State:
    """What is kept of one content folder in one output: on the disk, and in a process that lives on."""

    def __init__(self, settings: Settings, *, is_last: bool = False) -> None:
        self.is_last = is_last
        """Whether the process ends with this build."""
        content, output = (os.fsencode(path.resolve()) for path in (settings.content, settings.output))
        folder, name = settings.cache / "state", hashing.digest(content, output).hex()[:16]
        self.code = versions.code(settings.sections)
        self.portal, self.look = versions.portal(settings, self.code), versions.look(settings)
        self._folder, self._content = folder, hashing.digest(content).hex()[:16]
        self._path = folder / f"manifest-{name}"
        self.history = settings.cache / "history" / f"{name}.json"
        """Where the history of this content in this output is kept."""
        self.manifest = manifest.load(self._path, self.portal)
        self._stamp = manifest.stamp(str(self._path))
        self.body_digests: dict[str, str] = {}
        """The digest of each item's text, by its path, as it was last read."""
        self.kept: tuple[Composition, tuple[Page, ...]] | None = None
        """What a process that lives on makes no second time: pages, of which only texts may change."""
        self._renderer: Renderer | None = None

    @cached_property
    def store(self) -> Store:
        """Loaded when something has changed."""
        return Store(self._folder, self._content, self.code)

    def next(self, settings: Settings) -> None:
        """Another build in the same process, whose theme or settings may have changed."""
        portal, look = versions.portal(settings, self.code), versions.look(settings)
        if portal != self.portal:
            self.manifest = None
        if (portal, look) != (self.portal, self.look):
            self.portal, self.look, self._renderer, self.kept = portal, look, None, None

    def renderer(self, settings: Settings, site: Site) -> Renderer:
        """One for all builds that look the same: its templates are compiled once."""
        if self._renderer is None:
            self._renderer = Renderer(site, settings.sections, str(settings.theme), self.store.fragments.parts)
        return self._renderer

    def catch_up(self) -> None:
        """Forget what is in memory where another process has built since."""
        if (now := manifest.stamp(str(self._path))) != self._stamp:
            self.manifest, self.kept = manifest.load(self._path, self.portal), None
            self._stamp = now
            self.store.release()

    def written(self) -> dict[str, bytes]:
        """The stamps of what the last build wrote to the output, whichever version of ours made it."""
        return manifest.stamps(self._path)

    @property
    def looks_as_before(self) -> bool:
        """Whether the theme is that of the last build."""
        return self.manifest is not None and self.manifest.look == self.look

    def begin(self) -> None:
        """From here until ``end`` the output is as no manifest says."""
        self._path.unlink(missing_ok=True)

    def end(self, made: Manifest) -> None:
        """The output is as ``made`` says."""
        manifest.save(self._path, self.portal, made)
        self._stamp = manifest.stamp(str(self._path))
        self.manifest = made

    def forget(self) -> None:
        """Something that was kept is not whole: begin from nothing."""
        self.store.forget()
        self.manifest = self.kept = None
