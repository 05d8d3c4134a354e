"""List the codes of letters and encodings, with examples."""

from __future__ import annotations

from plugins.core.codes import STORY_PATH, Entry, Group, story, text

LETTERS = Group("Mã hóa chữ", (
    Entry("ENCODING", "Tệp không ở mã UTF-8, cổng không đọc được.",
          "Chuyển bằng UniKey hoặc lưu lại với mã UTF-8, theo cách ghi trong thông báo.",
          {STORY_PATH: ("\ufeff" + text({"title": "Ngày hội giọt hồng"})).encode("utf-16-le")}, "Bài được lưu từ Notepad với mã “Unicode” (UTF-16)."),
    Entry("MOJIBAKE", "Chữ tiếng Việt đã bị hỏng khi chép qua mã cũ (VNI, TCVN3) hay qua trang mạng.",
          "Chép lại đoạn ấy từ bản gốc, hoặc chuyển mã bằng UniKey.",
          story("Ñoaøn vieân thanh nieân tình nguyeän heø.")),
    Entry("CHARACTER", "Có ký tự điều khiển hoặc chữ đã hỏng, không hiện lên được.",
          "Xóa ký tự ấy, gõ lại chữ nếu mất chữ.", story("Ngày hội\x07 giọt hồng.")),
    Entry("BIDI", "Có ký tự ẩn đảo chiều chữ: người đọc thấy khác điều đã viết.",
          "Xóa ký tự ấy; nếu chép từ nơi lạ thì xem lại cả đoạn.", story("Tệp \u202egpj.exe ở dưới.")),
    Entry("ZERO_WIDTH", "Có ký tự vô hình trong chữ, người đọc tìm từ ấy sẽ không thấy.",
          "Xóa hai chữ cái hai bên rồi gõ lại.", story("Hiến\u200b máu nhân đạo.")),
))  # fmt: skip

BODY = Group("Liên kết và nội dung", (
    Entry("CONFLICT", "Hai bản sửa của git còn đứng chồng lên nhau, với các dòng <<<<<<<, =======, >>>>>>>.",
          "Giữ bản đúng, xóa bản kia và các dòng dấu.",
          story("<<<<<<< HEAD\nSáng nay có 300 bạn.\n=======\nSáng nay có 320 bạn.\n>>>>>>> sua-so-lieu")),
))  # fmt: skip

GROUPS = (LETTERS, BODY)
