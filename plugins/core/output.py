"""HTML → files: each written beside its place and renamed into it, the rest taken away."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec

from plugins.core.problems import ConfigError, Problem


class Output:
    """The output folder. ``cache`` is where the list of what we wrote there is kept."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root = root
        name = blake2b(os.fsencode(root.resolve()), digest_size=8).hexdigest()
        self._list = cache / "outputs" / f"{name}.json"
        self._kept: set[str] = set()
        self.written = 0

    def prepare(self) -> None:
        """Make sure that the folder is ours to change. Raises ``ConfigError`` if it is not.

        A folder that we never wrote, is not empty and holds no portal may be somebody's
        home: a wrong OUTPUT must not cost files.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        strange = not self._list.exists() and any(self.root.iterdir()) and not (self.root / "sitemap.xml").exists()
        if strange or (self.root / ".git").exists() or (self.root / "pelicanconf.py").exists():
            raise ConfigError(
                [
                    Problem(
                        str(self.root),
                        0,
                        0,
                        "OUTPUT_NOT_OURS",
                        "Thư mục xuất bản có tệp lạ, không phải do cổng tạo ra. Chọn một thư mục trống.",
                    )
                ]
            )

    def write(self, path: str, data: bytes) -> None:
        """Write one file if it differs, so that a reader never sees half of it."""
        self._kept.add(path)
        target = self.root / path
        try:
            if target.read_bytes() == data:
                return
        except OSError:
            target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.tmp")
        temporary.write_bytes(data)
        os.replace(temporary, target)
        self.written += 1

    def keep(self, paths: Iterable[str]) -> None:
        """These files are in place already."""
        self._kept.update(paths)

    def finish(self) -> int:
        """Delete what no longer belongs and remember what does. Returns how many went."""
        gone = 0
        for folder, _, names in os.walk(self.root, topdown=False):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self.root)
                if path not in self._kept:
                    os.unlink(os.path.join(folder, name))
                    gone += 1
            if folder != str(self.root) and not os.listdir(folder):
                os.rmdir(folder)
        self._list.parent.mkdir(parents=True, exist_ok=True)
        self._list.write_bytes(msgspec.json.encode(sorted(self._kept)))
        return gone
