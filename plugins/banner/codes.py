"""List what can be wrong with a banner, with examples."""

from plugins.core.codes import Entry, Files, text


def banner(**fields: str) -> Files:
    defaults = {"title": "Hiến máu", "image": "bien.jpg", "alt": "Ngày hội hiến máu", "link": "/tin-tuc/"}
    return {"banner/hien-mau/index.md": text(defaults | {"position": "left"} | fields)}


CODES = (
    Entry("UNTIL_BEFORE_FROM", "Banner hết hạn trước khi bắt đầu.", "Sửa until hoặc from.",
          banner(**{"from": "2026-05-10", "until": "2026-05-01"})),
)  # fmt: skip
