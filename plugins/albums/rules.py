"""Check albums against the files of their photographs."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.albums.model import Album
from plugins.core.errors import Problem
from plugins.core.model.references import resolve_path
from plugins.core.site.content import Content


def rules(content: Content) -> Iterator[Problem]:
    """Report photographs that an album shows twice, under whichever names."""
    for album in content.every(Album):
        if album.status != "draft":
            yield from _photos_twice(content, album)


def _photos_twice(content: Content, album: Album) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for ref in album.shown:
        path = resolve_path(album.document.path, ref.src)
        picture = content.pictures.get(path)
        key = picture.digest if picture else path
        if key in first:
            message = f"Ảnh “{ref.src}” đã có ở trên (“{first[key]}”). Giữ một."
            yield album.problem_at(ref.position, "ALBUM_PHOTO_TWICE", message, "warning")
        first.setdefault(key, ref.src)
