"""What a video is."""

from __future__ import annotations

from typing import Annotated

from plugins.core.model.fields import File, Image, Seconds, Text, matching
from plugins.core.model.item import Story

YouTube = Annotated[str, matching(r"[A-Za-z0-9_-]{11}", "mã 11 ký tự sau “v=” của địa chỉ YouTube, ví dụ aqz-KE-bpKQ")]


class Video(Story, frozen=True, kw_only=True):
    """A film: on YouTube or our own ``file``, with its own ``poster``. The body is the transcript."""

    youtube: YouTube = ""
    file: File = ""
    poster: Image
    poster_alt: Text = ""
    duration: Seconds
