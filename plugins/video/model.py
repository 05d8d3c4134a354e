"""Define videos."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from plugins.core.errors import Problem
from plugins.core.model.fields import File, Image, Seconds, Text, matching
from plugins.core.model.item import Story

YouTube = Annotated[str, matching(r"[A-Za-z0-9_-]{11}", "mã 11 ký tự sau “v=” của địa chỉ YouTube, ví dụ aqz-KE-bpKQ")]


class Video(Story, frozen=True, kw_only=True):
    """A film: on YouTube or our own ``file``, with its own ``poster``. The body is the transcript."""

    youtube: YouTube = ""
    file: File = ""
    captions: File = ""
    """WebVTT (W3C), for ``file`` alone: players of YouTube show those that were given to YouTube."""

    poster: Image
    poster_alt: Text = ""
    duration: Seconds

    @property
    def lead_picture(self) -> str:
        return self.poster

    def own_problems(self) -> Iterator[Problem]:
        """Check that a film is in one place, not in none and not in two, and that it is one."""
        if bool(self.youtube) == bool(self.file):
            message = "Ghi một trong hai: youtube (mã video) hoặc file (tệp phim cạnh bài)."
            yield self.problem("youtube", "VIDEO_SOURCE", message)
        if self.file and not self.file.lower().endswith(".mp4"):
            name = self.file.rpartition("/")[2]
            yield self.problem("file", "VIDEO_SOURCE", f"“{name}” không phải phim. Ghi tên tệp MP4, ví dụ phim.mp4")
        if self.captions and not self.captions.lower().endswith(".vtt"):
            name = self.captions.rpartition("/")[2]
            message = f"“{name}” không phải phụ đề. Ghi tên tệp WebVTT, ví dụ phu-de.vtt"
            yield self.problem("captions", "VIDEO_CAPTIONS", message)
        elif self.captions and not self.file:
            message = "Phụ đề cạnh bài chỉ dùng cho phim của cổng (file). Phim YouTube: đưa phụ đề lên YouTube."
            yield self.problem("captions", "VIDEO_CAPTIONS", message)
