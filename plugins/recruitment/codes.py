"""List what can be wrong with a notice, with examples."""

from plugins.core.codes import Entry, Files, text


def notice(**fields: str) -> Files:
    defaults = {"title": "Tuyển cán bộ Đoàn", "date": "2026-05-01 08:00", "deadline": "2026-05-31", "unit": "Tỉnh đoàn"}
    return {"tuyen-dung/can-bo/index.md": text(defaults | fields)}


CODES = (
    Entry("DEADLINE_BEFORE_DATE", "Thông báo tuyển dụng hết hạn trước khi đăng.", "Sửa deadline hoặc date.",
          notice(deadline="2026-04-30")),
)  # fmt: skip
