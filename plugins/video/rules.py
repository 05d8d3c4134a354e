"""Check films against the files that lie beside them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.site.content import Content
from plugins.video.model import Video


def rules(content: Content) -> Iterator[Problem]:
    """Report captions that lie beside a film and are not offered."""
    silent = {video.document.folder: video for video in content.every(Video) if video.file and not video.captions}
    if not silent:
        return
    for path in content.files:
        if path.lower().endswith(".vtt") and (video := silent.get(posixpath.dirname(path))):
            name = posixpath.basename(path)
            message = f"Cạnh bài có phụ đề {name} mà bạn đọc không thấy. Thêm dòng: captions: {name}"
            yield video.problem("file", "VIDEO_CAPTIONS", message, "warning")
