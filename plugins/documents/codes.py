"""List what can be wrong with a document of the register, with examples."""

from plugins.core.codes import Entry, Files, text


def paper(name: str = "ke-hoach", **fields: str) -> Files:
    defaults = {"title": "Kế hoạch năm", "kind": "ke-hoach", "number": f"{len(name)}-KH/TĐTN", "date": "2026-05-01"}
    return {f"van-ban/2026/{name}/index.md": text(defaults | {"unit": "Văn phòng"} | fields)}


CODES = (
    Entry("DOCUMENT_KIND", "Loại văn bản không khớp với chữ viết tắt trong số, ký hiệu.", "Sửa kind hoặc number.",
          paper(number="12-HD/TĐTN")),
    Entry("DOCUMENT_YEAR", "Năm trong số, ký hiệu khác năm ban hành.", "Sửa number hoặc date.",
          paper(kind="luat", number="57/2020/QH14")),
    Entry("DOCUMENT_EXPIRES", "Văn bản hết hiệu lực trước khi có hiệu lực.", "Sửa expires, effective hoặc date.",
          paper(expires="2026-04-30")),
    Entry("DOCUMENT_TWICE", "Một đơn vị có hai văn bản cùng số trong một năm.", "Sửa number hoặc date của một văn bản.",
          {**paper(), **paper("ban-sao", number="8-KH/TĐTN")}),
    Entry("DOCUMENT_UNKNOWN", "Văn bản được dẫn không có trong sổ.", "Sửa số theo gợi ý, hoặc đăng văn bản ấy trước.",
          {**paper(), **paper("ke-hoach-moi", replaces="8-KH/TĐT")}),
    Entry("DOCUMENT_AMBIGUOUS", "Nhiều văn bản mang số được dẫn.", "Ghi địa chỉ của văn bản thay cho số.",
          {**paper(), **paper("cu", number="8-KH/TĐTN", date="2025-05-01"), **paper("moi", replaces="8-KH/TĐTN")}),
    Entry("DOCUMENT_SELF", "Văn bản dẫn đến chính nó.", "Xóa dòng ấy.", paper(replaces="8-KH/TĐTN")),
    Entry("DOCUMENT_CYCLE", "Hai hay nhiều văn bản thay thế lẫn nhau thành vòng.", "Xóa replaces ở văn bản cũ.",
          {**paper(replaces="3-KH/TĐTN"), **paper("moi", replaces="8-KH/TĐTN")}),
)  # fmt: skip
