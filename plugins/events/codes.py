"""List what can be wrong with an event, with examples."""

from plugins.core.codes import Entry, Files, text


def event(**fields: str) -> Files:
    defaults = {"title": "Hội trại", "date": "2026-11-01 08:00", "begins": "2026-12-05 07:30", "place": "Nhà Thiếu nhi"}
    return {"su-kien/hoi-trai/index.md": text(defaults | fields)}


CODES = (
    Entry("ENDS_BEFORE_BEGINS", "Sự kiện kết thúc trước khi bắt đầu.", "Sửa ends hoặc begins.", event(ends="2026-12-04")),
    Entry("EVENT_OVER", "Sự kiện đã xong trước khi đăng, có lẽ gõ nhầm năm.",
          "Sửa begins; nếu là tường thuật thì đăng ở tin tức.", event(begins="2025-12-05 07:30")),
    Entry("EVENT_FAR", "Sự kiện cách ngày đăng hơn hai năm, có lẽ gõ nhầm năm.", "Xem lại năm ở begins.",
          event(begins="2029-12-05 07:30")),
)  # fmt: skip
