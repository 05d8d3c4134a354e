"""List the codes of fields and front matter, with examples."""

from __future__ import annotations

from plugins.core.codes import STORY_PATH, Entry, Files, Group, story, text


def _video(**fields: str) -> Files:
    defaults = {"title": "Ra khơi", "date": "2026-05-01 08:00", "youtube": "aqz-KE-bpKQ", "poster": "bia.jpg"}
    return {"video/ra-khoi/index.md": text(defaults | {"duration": "4:35"} | fields)}


def _notice(**fields: str) -> Files:
    defaults = {"title": "Tuyển cán bộ Đoàn", "date": "2026-05-01 08:00", "deadline": "2026-05-31", "unit": "Tỉnh đoàn"}
    return {"tuyen-dung/can-bo/index.md": text(defaults | fields)}


def _banner(**fields: str) -> Files:
    defaults = {"title": "Hiến máu", "image": "bien.jpg", "alt": "Ngày hội hiến máu", "link": "/tin-tuc/"}
    return {"banner/hien-mau/index.md": text(defaults | {"position": "left"} | fields)}


HEAD = Group("Phần khai báo", (
    Entry("FRONT_MATTER_MISSING", "Bài không mở đầu bằng phần khai báo.",
          "Thêm dòng “---” ở đầu tệp, các trường như title, date, rồi một dòng “---” nữa.",
          {STORY_PATH: "Ngày hội giọt hồng\n\nNội dung.\n"}),
    Entry("FRONT_MATTER_OPEN", "Phần khai báo mở mà không đóng.", "Thêm dòng “---” dưới trường cuối cùng.",
          {STORY_PATH: "---\ntitle: Ngày hội giọt hồng\ndate: 2026-05-01 08:00\n\nNội dung.\n"}),
    Entry("FRONT_MATTER_LONG", "Phần khai báo dài bất thường, có lẽ cả bài đã nằm trong đó.",
          "Đặt lại dòng “---” đóng ngay dưới trường cuối cùng.", story(summary="Nội dung bài. " * 1500)),
    Entry("YAML_SYNTAX", "Có dòng khai báo viết sai cách, không đọc được.",
          "Sửa dòng được chỉ ra; giá trị có dấu hai chấm hay ngoặc kép thì đặt cả giá trị trong ngoặc.",
          story(title="Đại hội Đoàn: nhiệm kỳ mới")),
    Entry("YAML_SPECIAL", "Giá trị bắt đầu bằng &, * hoặc !, những dấu có nghĩa riêng trong phần khai báo.",
          "Đặt cả giá trị trong ngoặc kép.", story(author="!Ban Phong trào")),
    Entry("YAML_NESTED", "Trường có nhiều tầng, trong khi chỉ nhận một giá trị hoặc một danh sách.",
          "Viết giá trị trên một dòng, ngay sau tên trường.", story(author="\n  ten: Lan\n  don_vi: La Gi")),
    Entry("VALUE_CUT", "Dấu # đứng sau dấu cách mở đầu lời ghi chú, nên phần sau của giá trị không được đọc.",
          "Đặt cả giá trị trong ngoặc kép; nếu đúng là ghi chú thì viết “# ”, có dấu cách sau dấu #.",
          story(title="Chiến dịch #MùaHèXanh")),
    Entry("KEY_TWICE", "Một trường được viết hai lần.", "Xóa một dòng.",
          story(author="Lan\nauthor: Ban Phong trào")),
    Entry("KEY_UNKNOWN", "Không có trường nào tên như vậy, nên giá trị ấy sẽ không được dùng.",
          "Sửa tên trường theo gợi ý, hoặc xóa dòng.", story(category="", catagory="tinh-nguyen")),
    Entry("FIELD_MISSING", "Thiếu một trường bắt buộc, hoặc trường để trống.", "Thêm trường ấy.", story(category="")),
    Entry("VALUE_LIST", "Viết danh sách ở nơi chỉ nhận một giá trị.", "Giữ một giá trị, bỏ ngoặc vuông.",
          story(category="[tinh-nguyen, thieu-nhi]")),
    Entry("VALUE_UNKNOWN", "Giá trị không nằm trong những giá trị được dùng.", "Chọn một giá trị trong thông báo.",
          story(status="drafts")),
    Entry("VALUE_FORM", "Giá trị không đúng dạng của trường.", "Viết theo ví dụ trong thông báo.",
          _video(youtube="https://youtu.be/aqz-KE-bpKQ")),
    Entry("TITLE_EMPTY", "Tiêu đề không có chữ cái hay chữ số nào.", "Viết tiêu đề bằng chữ.", story(title='"…"')),
    Entry("DATE_INVALID", "Không phải một ngày có thật, hoặc viết không đúng cách.",
          "Viết năm-tháng-ngày giờ:phút (2026-05-31 08:00) hoặc ngày/tháng/năm (31/5/2026).",
          _notice(deadline="32/5/2026")),
    Entry("DATE_RANGE", "Năm quá xa, có lẽ gõ nhầm.", "Sửa lại năm.", story(date="2206-05-01 08:00")),
    Entry("NUMBER_INVALID", "Trường này cần một số nguyên.", "Viết bằng chữ số, không kèm đơn vị.",
          _notice(quota="năm người")),
    Entry("DURATION_INVALID", "Thời lượng phim viết không đúng.", "Viết phút:giây hoặc giờ:phút:giây.",
          _video(duration="4 phút")),
    Entry("LINK_INVALID", "Trường này cần một địa chỉ.",
          "Trang của cổng thì bắt đầu bằng /, trang khác bắt đầu bằng https://.", _banner(link="tuyen-dung")),
))  # fmt: skip

ADDRESSES = Group("Địa chỉ", (
    Entry("SLUG_INVALID", "slug chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.",
          "Viết như thông báo gợi ý.", story(slug="Ngày Hội")),
    Entry("ALIAS_INVALID", "aliases phải là địa chỉ cũ của cổng, bắt đầu bằng /.",
          "Chép phần địa chỉ sau tên miền.", story(aliases="[https://tinhdoan.example.vn/tin-cu/]")),
))  # fmt: skip

BODY = Group("Liên kết và nội dung", (
    Entry("TEXT_TOO_COMPLEX", "Bài dài hoặc lặp ký hiệu đến mức không dựng được.",
          "Tách bài, hoặc xóa đoạn ký hiệu lặp.", story("Nội dung. " * 100_001), "Bài dài hơn một triệu ký tự."),
))  # fmt: skip

FILES = Group("Tệp", (
    Entry("FILE_PATH", "Tệp phải nằm trong thư mục của bài.", "Chép tệp vào cạnh bài rồi chỉ ghi tên tệp.",
          story(image="../anh-1.jpg")),
))  # fmt: skip

GROUPS = (HEAD, ADDRESSES, BODY, FILES)
