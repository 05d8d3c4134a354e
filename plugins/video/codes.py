"""List what can be wrong with a video, with examples."""

from plugins.core.codes import Entry, Files, text


def video(**fields: str) -> Files:
    defaults = {"title": "Ra khơi", "date": "2026-05-01 08:00", "youtube": "aqz-KE-bpKQ", "poster": "bia.jpg"}
    return {"video/ra-khoi/index.md": text(defaults | {"duration": "4:35"} | fields)}


CODES = (
    Entry("VIDEO_SOURCE", "Bài video không có phim nào, hoặc có cả hai loại.", "Giữ một: youtube hoặc file.",
          video(youtube="")),
    Entry("VIDEO_CAPTIONS", "Phụ đề không phải tệp WebVTT, là của phim ở YouTube, hoặc chưa được ghi vào bài.",
          "Ghi tên tệp .vtt cạnh bài; phụ đề của phim YouTube thì đưa lên YouTube.",
          {**video(captions="phu-de.vtt"), "video/ra-khoi/phu-de.vtt": "WEBVTT\n\n00:01.500 --> 00:04.000\nTàu rời bến.\n"}),
)  # fmt: skip
