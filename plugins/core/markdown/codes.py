"""List the codes of Markdown, with examples."""

from __future__ import annotations

from plugins.core.codes import Entry, Group, story

BODY = Group("Liên kết và nội dung", (
    Entry("HTML_MARKDOWN", "Dấu Markdown nằm ngay trong khối HTML nên không có tác dụng.",
          "Thêm một dòng trống trước đoạn Markdown, và một dòng trống sau nó.",
          story("<details>\n<summary>Hồ sơ</summary>\n- Đơn xin việc\n- Ảnh\n</details>")),
    Entry("RAW_SIGN", "Dấu của Markdown hoặc của chương trình khác còn nguyên trên trang.",
          "Sửa như thông báo gợi ý. Cố ý muốn hiện dấu ấy thì đặt \\ ngay trước, hoặc đặt giữa hai dấu `.",
          story("Xem thêm ở cuối bài[^2].\n\n{loadposition tin-moi}")),
    Entry("FENCE_OPEN", "Khối mã không có dòng đóng.", "Thêm dòng ``` (hoặc ~~~) ở cuối khối.",
          story("Gõ lệnh:\n\n```\nmake check")),
    Entry("CODE_INDENTED", "Đoạn thụt vào bốn dấu cách giống mã. Ở đây thụt đầu dòng không thành mã.",
          "Đặt mã giữa hai dòng ```; đoạn văn thì để yên.", story("    for (i = 0; i < 9; i++) {")),
    Entry("TABLE_CELLS", "Một dòng của bảng có nhiều ô hơn dòng tiêu đề.",
          "Thêm cột vào tiêu đề; dấu | nằm trong ô thì viết \\|.", story("| Đơn vị | Số |\n|---|---|\n| La Gi | 120 | 130 |")),
    Entry("TABLE_TABS", "Các dòng chép từ bảng tính, ngăn bằng dấu Tab: trên trang sẽ nối thành một đoạn.",
          "Viết thành bảng như trong bien-tap.md, hoặc lưu tệp CSV rồi đăng ở ấn phẩm.", story("Đơn vị\tSố\nLa Gi\t120")),
    Entry("FOOTNOTE_TWICE", "Hai chú thích trùng tên.", "Đổi tên một chú thích, cả ở chỗ dẫn tới nó.",
          story("Một câu[^1].\n\n[^1]: Lời một.\n\n[^1]: Lời hai.")),
    Entry("FOOTNOTE_UNUSED", "Chú thích cuối bài không có chỗ nào dẫn tới.", "Đặt dấu của chú thích vào bài, hoặc xóa chú thích.",
          story("Một câu.\n\n[^1]: Lời chú thích.")),
    Entry("REFERENCE_UNUSED", "Dòng đặt địa chỉ cho liên kết, mà không liên kết nào dùng: dòng ấy hiện như chữ.",
          "Viết liên kết dùng tên ấy, hoặc xóa dòng.", story("Một câu.\n\n[báo]: https://bao.example.vn/")),
))  # fmt: skip

GROUPS = (BODY,)
