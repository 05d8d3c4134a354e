"""List what can be wrong with a piece of good news, with examples."""

from plugins.core.codes import Entry, Files, text


def good_news(body: str) -> Files:
    return {"tin-tot/2026-05-01-vi-du.md": text({"title": "Trả lại ví", "date": "2026-05-01 08:00"}, body)}


CODES = (
    Entry("GOODNEWS_LONG", "Tin tốt trong ngày dài quá vài dòng.", "Rút gọn, hoặc ghi kind: chuyen.",
          good_news("Một bạn nhặt được ví và trả lại. " * 30)),
)  # fmt: skip
