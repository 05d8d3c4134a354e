"""List what can be wrong with a publication, with examples."""

from plugins.core.codes import Entry, Files, text


def publication(at: str = "so-thang-5", **fields: str) -> Files:
    defaults = {
        "title": "Sinh hoạt chi đoàn",
        "date": "2026-05-01 08:00",
        "kind": "tai-lieu-sinh-hoat",
        "month": "2026-05",
    }
    return {f"an-pham/{at}/index.md": text(defaults | fields)}


CODES = (
    Entry("ISSUE_MONTH", "Tài liệu sinh hoạt chi đoàn thiếu tháng, hoặc ấn phẩm loại khác lại có tháng.",
          "Thêm hoặc xóa dòng month.", publication(month="")),
    Entry("MONTH_TWICE", "Hai số tài liệu sinh hoạt cùng một tháng, có lẽ chép từ số cũ mà quên sửa.",
          "Sửa month; nếu đúng là hai số của một tháng thì để yên.",
          {**publication(), **publication("so-thang-6")}),
    Entry("TABLE_UNREADABLE", "Tệp CSV của ấn phẩm không hiện thành bảng được, người đọc chỉ có tệp để tải.",
          "Mở tệp bằng bảng tính: đủ tên cột ở dòng đầu, các dòng cùng số ô; bảng quá lớn thì tách hoặc để yên.",
          {**publication(files="[bang.csv]"), "an-pham/so-thang-5/bang.csv": b"nam,so\n2025\n"}),
)  # fmt: skip
