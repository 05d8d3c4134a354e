"""Find files of the old site on the disk, and copy them beside the new texts under plain names."""

from __future__ import annotations

import base64
import binascii
import os
import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from plugins.core.errors import errors
from plugins.core.media import sniff
from plugins.core.media.formats import HEIC_EXTENSIONS, KINDS, MAX_BYTES, PICTURE_EXTENSIONS
from plugins.core.media.policy import examine_upload
from plugins.core.runtime.files import write_whole
from plugins.core.text.vietnamese import file_form, plain, slugify
from scripts.joomla.shapes import is_file_name

#: Where writers tried their pages out before they pasted them.
_OWN_MACHINE = ("localhost", "127.0.0.1", "0.0.0.0", "::1")
_MAX_NAME = 60
_SHOWN = {kind: extension for extension, kind in reversed(KINDS.items())}
_DATA = re.compile(r"data:(image/[\w+.-]+)(?:;[\w=-]+)*;base64,(.*)", re.I | re.S)


class OldFile(NamedTuple):
    """A file of the old site: where it lies, or its bytes where a text had them within itself."""

    path: Path | None
    raw: bytes = b""

    def read(self) -> bytes:
        return self.path.read_bytes() if self.path else self.raw

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path else len(self.raw)


@dataclass
class OldFolder:
    """The folder of the old site, or only its ``images``; ``None`` where the operator has none."""

    root: Path | None
    hosts: frozenset[str] = frozenset()
    """The names under which the old site was reached."""

    _listings: dict[str, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def _prefix(self) -> str:
        """What addresses begin with that the folder does not have: it may be ``images`` itself."""
        if self.root and not (self.root / "images").is_dir() and self.root.name.lower() in ("images", "media"):
            return f"{self.root.name.lower()}/"
        return ""

    def is_ours(self, address: str) -> bool:
        """Return whether an address is of the old site: relative, or with one of its names."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        if parts.scheme and parts.scheme.lower() not in ("http", "https"):
            return False
        try:
            host = (parts.hostname or "").lower()
        except ValueError:
            return False
        return not parts.netloc or host in self.hosts or host in _OWN_MACHINE

    def find(self, address: str) -> OldFile | None:
        """Find the file at an address; case and Unicode form are ignored, as Windows and some servers do."""
        if match := _DATA.match(address):
            try:
                return OldFile(None, base64.b64decode(match[2]))
            except binascii.Error:
                return None
        if self.root is None:
            return None
        path = self.path_of(address)
        segments = path.split("/")
        for start in range(len(segments)):  # the old site may have lain in a folder of its server
            if located := self._locate("/".join(segments[start:])):
                return OldFile(located)
            if start > 2:
                break
        return None

    def path_of(self, address: str) -> str:
        """Return the path of an address from the old site's root."""
        path = unquote(urlsplit(address.replace("\\", "/")).path)
        return posixpath.normpath("/" + re.sub(r"/{2,}", "/", path)).lstrip("/")

    def _locate(self, path: str) -> Path | None:
        if self._prefix:
            if not path.lower().startswith(self._prefix):
                return None
            path = path[len(self._prefix) :]
        folder = str(self.root)
        names = [name for name in path.split("/") if name]
        for name in names:
            actual = self._names(folder).get(_key(name))
            if actual is None:
                return None
            folder = os.path.join(folder, actual)
        return Path(folder) if names and os.path.isfile(folder) else None

    def _names(self, folder: str) -> dict[str, str]:
        if folder not in self._listings:
            try:
                self._listings[folder] = {_key(name): name for name in sorted(os.listdir(folder), reverse=True)}
            except OSError:
                self._listings[folder] = {}
        return self._listings[folder]

    def pictures_in(self, path: str) -> list[str]:
        """Return the addresses of the pictures in a folder, in the order of their names."""
        if self.root is None:
            return []
        folder = str(self.root)
        for name in filter(None, path.removeprefix(self._prefix).split("/")):
            actual = self._names(folder).get(_key(name))
            if actual is None:
                return []
            folder = os.path.join(folder, actual)
        names = sorted(self._names(folder).values())
        return [f"{path}/{name}" for name in names if name.lower().endswith((*PICTURE_EXTENSIONS, *HEIC_EXTENSIONS))]


def _key(name: str) -> str:
    return file_form(name).casefold()


class Copied(NamedTuple):
    """What became of a file: its name beside the text, or why it has none."""

    name: str = ""
    problem: str = ""


class Beside:
    """The files beside one new text. They are copied when the text is written."""

    def __init__(self, folder: OldFolder) -> None:
        self._folder = folder
        self._results: dict[str, Copied] = {}
        self._taken: set[str] = set()
        self.files: dict[str, OldFile] = {}
        """Name beside the text → file to copy."""

    def add(self, address: str, *, is_picture: bool) -> Copied:
        """Choose a name for the file at an address. The same file has one name."""
        identity = self._folder.path_of(address) if not address.startswith("data:") else address
        if identity not in self._results:
            self._results[identity] = self._add(address, is_picture=is_picture)
        return self._results[identity]

    def documents(self) -> list[str]:
        """Return the old paths of the files that come along, pictures aside."""
        return [
            path
            for path, copied in self._results.items()
            if copied.name in self.files and not copied.name.endswith(PICTURE_EXTENSIONS)
        ]

    def _add(self, address: str, *, is_picture: bool) -> Copied:
        file = self._folder.find(address)
        stem, extension = posixpath.splitext(posixpath.basename(self._folder.path_of(address)))
        extension = extension.lower()
        if file is None:
            if not is_picture:
                return Copied("", "không có tệp này")
            known = extension if extension in PICTURE_EXTENSIONS else ".jpg"
            return Copied(self._name(stem, known, is_picture=True), "không có tệp này")
        if extension[1:] not in MAX_BYTES or file.size > MAX_BYTES[extension[1:]]:
            extension = self._extension(file, extension)
        size = file.size
        limit = MAX_BYTES.get(extension[1:], 0)
        raw = file.read() if size <= limit else b""
        kind = sniff.kind_of(raw)
        if kind in KINDS and KINDS.get(extension[1:]) != kind:
            extension = f".{_SHOWN[kind]}"  # the old site never looked
        name = self._name(stem, extension, is_picture=is_picture)
        if problems := errors(examine_upload(name, raw, size)):
            self._taken.discard(name)
            return Copied("", problems[0].message)
        self.files[name] = file
        return Copied(name)

    @staticmethod
    def _extension(file: OldFile, extension: str) -> str:
        kind = sniff.kind_of(file.read()[:4096]) if file.size else ""
        return (
            f".{_SHOWN[kind]}" if kind in KINDS and extension in ("", ".jfif", ".jpe", ".pjpeg", ".php") else extension
        )

    def _name(self, stem: str, extension: str, *, is_picture: bool) -> str:
        """Return a plain name that is free: the old one's words, or a number where it has none."""
        slug = slugify(stem, _MAX_NAME)
        if is_picture and (is_file_name(stem) or is_file_name(plain(stem)) or not re.search("[a-z]{2}", slug)):
            slug = ""
        if not slug:
            base = "anh" if is_picture else "tep"
            number = 1
            while f"{base}-{number}{extension}" in self._taken:
                number += 1
            name = f"{base}-{number}{extension}"
        else:
            name, number = f"{slug}{extension}", 2
            while name in self._taken:
                name, number = f"{slug}-{number}{extension}", number + 1
        self._taken.add(name)
        return name


def copy_file(file: OldFile, target: Path) -> bool:
    """Copy a file, unless one lies there already. Returns whether it was copied; never half of it."""
    if target.exists():
        return False  # it was copied before, or an editor has put another in its place
    write_whole(target, file.read())
    return True
