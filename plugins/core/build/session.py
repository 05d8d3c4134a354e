"""Hold what one build hands on to the next: on the disk, and in memory of a long-lived process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

import msgspec

from plugins.core import hashing
from plugins.core.incremental import manifest, versions
from plugins.core.incremental.manifest import Manifest
from plugins.core.incremental.store import Store
from plugins.core.markdown.fragment import Pieces
from plugins.core.render import assets
from plugins.core.render.assets import AssetFiles
from plugins.core.render.compiler import CodeCache
from plugins.core.render.renderer import Renderer
from plugins.core.runtime import workers
from plugins.core.runtime.timing import log
from plugins.core.site.composition import Composition
from plugins.core.site.identity import Site
from plugins.core.site.settings import Settings
from plugins.core.site.views import Page

J = TypeVar("J")
R = TypeVar("R")

_HISTORY_VERSION = hashing.digest(b"history 1")
_encode_assets = msgspec.msgpack.Encoder().encode
_decode_assets = msgspec.msgpack.Decoder(AssetFiles).decode


@dataclass(frozen=True)
class SectionStore:
    """What one section keeps from build to build (``site.section.Workshop``)."""

    store: Store
    section: str
    version: bytes
    processes: int

    def map_chunks(self, work: Callable[[Sequence[J]], R], jobs: Sequence[J]) -> Iterator[R]:
        return workers.map_chunks(work, jobs, self.processes)

    def fragment(self, digest: str) -> Pieces:
        return self.store.fragment(digest)

    def load(self, name: str) -> bytes | None:
        return next(self.load_each([name]))

    def load_each(self, names: Iterable[str]) -> Iterator[bytes | None]:
        for data in self.store.each_snapshot((f"{self.section}/{name}" for name in names), self.version):
            yield None if data is None else bytes(data)

    def save_each(self, data: Iterable[tuple[str, bytes]]) -> None:
        self.store.save_snapshots(self.version, ((f"{self.section}/{name}", value) for name, value in data))

    def delete(self, names: str) -> None:
        self.store.delete_snapshots(f"{self.section}/{names}")


class State:
    """The store, manifest and warm pages that builds of one content folder into one output hand on to the next."""

    _assets: ClassVar[tuple[bytes, AssetFiles] | None] = None
    """The digest of what static files were last gathered of in this process, and these files."""

    def __init__(self, settings: Settings, *, is_last: bool = False) -> None:
        self.is_last = is_last
        """Whether the process ends with this build."""

        self.code = versions.code(settings.sections)
        self.portal, self.theme = versions.portal(settings, self.code), versions.theme(settings)

        content, output = (os.fsencode(path.resolve()) for path in (settings.content, settings.output))
        self.store = Store(settings.cache / "state" / f"store-{hashing.digest(content).hex()[:16]}.sqlite", self.code)

        self.manifest: Manifest | None = None
        """The manifest of the last build, ``None`` where it is missing or corrupt. ``catch_up`` loads it."""

        self.body_digests: dict[str, str] = {}
        """The digest of each item's body, by its path, as it was last read."""

        self.warm: tuple[Composition, tuple[Page, ...]] | None = None
        """Content and pages that a long-lived process uses again as long as only bodies change."""

        name = hashing.digest(output).hex()[:16]
        self._manifest_name, self._history_name = f"manifest-{name}", f"history-{name}"
        self._manifest_digest = b""
        self._renderer: Renderer | None = None

    def next(self, settings: Settings) -> None:
        """Begin another build in the same process, whose theme or settings may have changed."""
        portal, theme = versions.portal(settings, self.code), versions.theme(settings)
        if (portal, theme) != (self.portal, self.theme):
            self.portal, self.theme, self._renderer, self.warm = portal, theme, None, None

    def assets(self, settings: Settings) -> AssetFiles:
        """Return the static files, gathered once for all builds of the same theme and settings."""
        version = hashing.digest(self.portal, self.theme)
        if State._assets and State._assets[0] == version:
            return State._assets[1]
        data = self.store.snapshot("assets", version)
        if data is None:
            files = assets.gather(settings.theme, settings.sections, settings.site.base, settings.zones)
            if versions.theme(settings) != self.theme:  # a file was saved meanwhile: the next build gathers again
                return files
            self.store.save_snapshot("assets", version, _encode_assets(files))
        else:
            files = _decode_assets(data)
        State._assets = version, files
        return files

    def renderer(self, settings: Settings, site: Site) -> Renderer:
        """Return one renderer for all builds of the same theme and settings: its templates are compiled once."""
        if self._renderer is None:
            codes = CodeCache(settings.cache / "templates", self.code)
            self._renderer = Renderer(site, settings.sections, str(settings.theme), self.store.fragment, codes)
        return self._renderer

    def catch_up(self) -> None:
        """Load the manifest, and forget what is in memory where that is of another build."""
        data = self.store.snapshot(self._manifest_name, self.portal)
        digest = hashing.digest(data) if data else b""
        if digest != self._manifest_digest:
            self.manifest, self.warm = manifest.decode(data) if data else None, None
            self._manifest_digest = digest
            self.store.release()

    def written(self) -> dict[str, bytes]:
        """Return the stat signatures of the output files that the last build wrote, whichever version of the code ran it."""
        try:
            data = self.store.snapshot(self._manifest_name)
        except hashing.CorruptedCacheError:
            return {}
        return manifest.stat_signatures(data) if data is not None else {}

    def section_store(self, section: str, processes: int) -> SectionStore:
        """Return what a section may keep beside the portal's own, forgotten with a change of settings or code."""
        return SectionStore(self.store, section, self.portal, processes)

    def history(self) -> memoryview | None:
        """Return what ``checks.regressions`` saved of the last good build."""
        return self.store.snapshot(self._history_name, _HISTORY_VERSION)

    def save_history(self, history: bytes) -> None:
        """Save what ``history`` returns to the next build."""
        self.store.save_snapshot(self._history_name, _HISTORY_VERSION, history)

    def begin(self) -> None:
        """Delete the manifest: from here until ``end`` none describes the output."""
        self.store.delete_snapshot(self._manifest_name)
        self.store.close()
        self.manifest, self._manifest_digest = None, b""

    def end(self, new: Manifest) -> None:
        """Save the manifest of the output as it is now."""
        data = manifest.encode(new)
        self.store.save_snapshot(self._manifest_name, self.portal, data)
        self.store.close()
        self.manifest, self._manifest_digest = new, hashing.digest(data)

    def retrying(self, work: Callable[[], R]) -> R:
        """Do ``work``; where the cache is corrupt, empty it and do it again."""
        try:
            return work()
        except hashing.CorruptedCacheError:
            log.info("Bộ nhớ đệm bị hỏng: dựng lại từ đầu.")
            self.forget()
            return work()
        finally:
            self.store.close()

    def forget(self) -> None:
        """Empty the cache, so that the build starts cold."""
        self.store.forget(but="history-*")
        self.manifest = self.warm = None
        self._manifest_digest = b""
