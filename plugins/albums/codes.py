"""List what can be wrong with an album, with examples."""

from plugins.core.codes import Entry, Files, text


def album(body: str) -> Files:
    return {"thu-vien-anh/trung-thu/index.md": text({"title": "Trung thu", "date": "2026-05-01 08:00"}, body)}


CODES = (
    Entry("ALBUM_SMALL", "Album có ít hơn hai ảnh.", "Thêm ảnh; chỉ có một ảnh thì đăng thành tin.",
          album("![Đám rước đèn trong sân thôn](anh-1.jpg)")),
    Entry("ALBUM_PHOTO_TWICE", "Một ảnh đứng hai lần trong album, có khi dưới hai tên tệp.", "Xóa một dòng.",
          album("![Đám rước đèn trong sân thôn](anh-1.jpg)\n![Các em cầm đèn ông sao](anh-1.jpg)")),
    Entry("ALBUM_ALT_SAME", "Mọi ảnh của album cùng một mô tả: người khiếm thị không phân biệt được.", "Tả từng ảnh.",
          album("![Trung thu](anh-1.jpg)\n![Trung thu](anh-2.jpg)")),
)  # fmt: skip
