"""List the codes of items and the whole site, with examples."""

from __future__ import annotations

from plugins.core.codes import STORY_PATH, Entry, Group, attachment, page, story, text
from plugins.core.media.codes import gif

HEAD = Group("Phần khai báo", (
    Entry("DATE_FAR", "Ngày đăng còn hơn năm năm nữa, có lẽ gõ nhầm năm.", "Sửa lại năm.", story(date="2062-05-01 08:00")),
    Entry("UPDATED_BEFORE_DATE", "Bài ghi lúc cập nhật sớm hơn lúc đăng.", "Sửa updated hoặc date; nhớ ghi cả giờ.",
          story(updated="2026-04-30")),
    Entry("UPDATED_EARLY", "Bài đã đăng ghi lúc cập nhật ở tương lai, nên trang chưa nói là đã cập nhật.",
          "Sửa lại ngày giờ; nếu đúng ý thì để yên.", story(updated="2026-12-20 09:00")),
    Entry("UPDATED_MISSING", "Bài đã đăng mà chữ đổi nhiều so với lúc đăng, theo lịch sử git; trang chưa nói là đã cập nhật.",
          "Điều bạn đọc nên biết thì thêm dòng updated như gợi ý; chỉ sửa câu chữ thì để yên. Chỉ make check nhắc điều này.",
          is_warning=True),
    Entry("CATEGORY_UNKNOWN", "Cổng không có chuyên mục này.", "Chọn một chuyên mục trong thông báo.",
          story(category="tinh-nguyn")),
    Entry("TAG_SPELLING", "Một từ khóa được viết hai cách (chữ hoa, dấu), trong khi chỉ có một trang từ khóa.",
          "Chọn một cách viết cho mọi bài.",
          {**story(tags="[Hiến máu]"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", tags="[hiến máu]")}),
    Entry("TAG_LONELY", "Từ khóa chỉ dùng một lần và gần giống một từ khóa khác, có lẽ gõ nhầm.",
          "Sửa cho giống từ khóa kia; nếu đúng là hai từ khóa thì để yên.",
          {**story(tags="[mùa hè xan]"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", tags="[mùa hè xanh]"),
           **story(at="tin-tuc/2026/05/vi-du-3/index.md", tags="[mùa hè xanh]")}),
    Entry("SUMMARY_LONG", "Tóm tắt dài, danh sách và máy tìm kiếm sẽ cắt bớt.", "Rút còn một, hai câu.",
          story(summary="Sáng nay, hơn ba trăm đoàn viên tham gia hiến máu. " * 7)),
))  # fmt: skip

ADDRESSES = Group("Địa chỉ", (
    Entry("SLUG_EMPTY", "Tên thư mục hoặc tệp không có chữ cái hay chữ số nào, nên bài không có địa chỉ.",
          "Đổi tên thư mục, hoặc thêm dòng slug như gợi ý.", story(at="tin-tuc/2026/05/…/index.md")),
    Entry("URL_TWICE", "Hai bài có cùng địa chỉ.", "Đổi tên thư mục một bài, hoặc thêm dòng slug như gợi ý.",
          {**story(), **story(at="tin-tuc/2026/05/vi-du-2/index.md", slug="vi-du")}),
    Entry("URL_TAKEN", "Địa chỉ này đã thuộc về một trang khác của cổng.", "Đổi tên thư mục, slug hoặc aliases.",
          page("tin-tuc")),
    Entry("NAME_RESERVED", "Tên này dành riêng cho máy chủ hoặc cho cổng.", "Đổi tên thư mục hoặc slug.",
          page("admin")),
    Entry("URL_CHANGED", "Một bài đã đăng đổi địa chỉ: liên kết cũ sẽ hỏng.",
          "Thêm dòng aliases như gợi ý để địa chỉ cũ dẫn tới địa chỉ mới.",
          story(slug="ngay-hoi-giot-hong"), "Lần trước bài này chưa có dòng slug.", before=story()),
))  # fmt: skip

BODY = Group("Liên kết và nội dung", (
    Entry("LINK_BROKEN", "Liên kết không dẫn đến trang, bài hay tệp nào.",
          "Sửa theo gợi ý, hoặc bỏ liên kết.", story("Xem [thông báo tuyển dụng](/tuyen-dug/).")),
    Entry("LINK_EARLY", "Liên kết dẫn đến một bài chưa đến giờ đăng. Trước giờ ấy, chỗ đó chỉ là chữ; banner thì chưa hiện.",
          "Để yên nếu đúng ý; không thì sửa date của bài kia, hoặc bỏ liên kết.",
          {**story("Xem [thể lệ cuộc thi](../the-le/index.md)."),
           **story(at="tin-tuc/2026/05/the-le/index.md", date="2026-12-01 08:00")}),
    Entry("ANCHOR_BROKEN", "Phần sau dấu # không có ở bài được dẫn, có lẽ tiêu đề phụ đã đổi.",
          "Sửa theo gợi ý: tiêu đề phụ viết thường, không dấu, nối bằng gạch.",
          story("Xem [thể lệ](#the-le-thi).\n\n## Thể lệ")),
    Entry("LINK_UNSAFE", "Liên kết chạy mã hoặc nhúng dữ liệu.", "Thay bằng địa chỉ https:// hoặc xóa liên kết.",
          story("Bấm [vào đây](javascript:alert) để xem.")),
    Entry("LINK_SCHEME", "Địa chỉ bắt đầu bằng thứ mà trình duyệt không mở (ftp:, file:, ổ đĩa của máy mình…).",
          "Thay bằng địa chỉ https://, hoặc chép tệp vào cạnh bài rồi ghi tên tệp.",
          story("Tải ở [kho văn bản](ftp://tep.example.vn/).")),
    Entry("LINK_LOCAL", "Liên kết dẫn về chính máy của biên tập viên, chép từ lúc xem thử.", "Viết như thông báo gợi ý.",
          story("Xem [tin tức](http://localhost:8000/tin-tuc/).")),
    Entry("LINK_HTTP", "Liên kết ra ngoài không mã hóa.", "Thử đổi http:// thành https://; trang ấy không có thì để yên.",
          story("Xem [báo tỉnh](http://baotinh.example.vn/).")),
    Entry("PICTURE_MISSING", "Ảnh chèn trong bài không có trong thư mục của bài.",
          "Chép ảnh vào cạnh bài, hoặc sửa tên theo gợi ý.", story("![Hàng ghế hiến máu](anh-1.jpg)")),
    Entry("PICTURE_KIND", "Chèn như ảnh một tệp không phải ảnh.", "Bỏ dấu ! ở đầu để thành liên kết tới tệp.",
          {**story("![Kế hoạch](ke-hoach.csv)"), STORY_PATH.replace("index.md", "ke-hoach.csv"): b"viec,ngay\n"}),
    Entry("PICTURE_REMOTE", "Ảnh lấy từ trang khác: trang ấy xóa là bài mất ảnh.",
          "Tải ảnh về, đặt cạnh bài, ghi tên tệp.", story("![Hàng ghế hiến máu](https://anh.example.vn/1.jpg)")),
    Entry("HTML_FORBIDDEN", "Bài chứa mã HTML không được phép; cả phần bên trong cũng mất.",
          "Xóa mã ấy; muốn nhúng phim thì đăng ở mục video rồi đặt liên kết.",
          story('<iframe src="https://phim.example.vn/"></iframe>')),
    Entry("HTML_REMOVED", "Một thẻ HTML bị bỏ, chữ bên trong vẫn còn.", "Viết bằng Markdown, hoặc xóa thẻ.",
          story("<center>Kính mời</center>")),
    Entry("WORDS_LOST", "Thẻ HTML viết sai làm mất chữ khỏi trang.", "Sửa thẻ theo mẫu HTML, hoặc viết bằng Markdown."),
    Entry("ALT_MISSING", "Ảnh chưa có mô tả: người khiếm thị không biết ảnh có gì.",
          "Ghi một câu tả điều trong ảnh vào ngoặc vuông, hoặc vào image_alt.", story("![](anh-1.jpg)")),
    Entry("ALT_FILE_NAME", "Mô tả ảnh chỉ là tên tệp.", "Tả điều trong ảnh.", story("![IMG_20260501](anh-1.jpg)")),
    Entry("CAPTION_FILE_NAME", "Chú thích ảnh chỉ là tên tệp.", "Viết chú thích thật, hoặc xóa.",
          story('![Hàng ghế hiến máu](anh-1.jpg "8c47dbe442dbbc85e5ca")')),
    Entry("BODY_EMPTY", "Bài chỉ có phần khai báo.", "Viết nội dung, hoặc ghi status: draft để chưa đăng.", story("")),
))  # fmt: skip

FILES = Group("Tệp", (
    Entry("FILE_MISSING", "Trường khai báo nhắc đến một tệp không có cạnh bài.",
          "Chép tệp vào thư mục của bài, hoặc sửa tên.", story(image="anh-1.jpg", image_alt="Hàng ghế hiến máu")),
    Entry("PART_TITLES", "Bài có nhiều tệp mà số tên phần không bằng số tệp.",
          "Ghi cho mỗi tệp một tên, theo đúng thứ tự, trong part_titles.",
          {"an-pham/so-lieu/index.md": text({"title": "Số liệu", "date": "2026-05-01 08:00", "kind": "so-lieu",
                                             "files": "[bang-1.csv, bang-2.csv]", "part_titles": "[Đoàn viên]"}),
           "an-pham/so-lieu/bang-1.csv": b"nam,so\n2025,1\n", "an-pham/so-lieu/bang-2.csv": b"nam,so\n2025,2\n"}),
))  # fmt: skip

PICTURES = Group("Ảnh", (
    Entry("PICTURE_UNUSED", "Ảnh nằm cạnh bài mà không bài nào dùng.", "Chèn vào bài, hoặc xóa.",
          {**story(), **attachment("anh-1.gif", gif())}),
))  # fmt: skip

_SMALL = ("mot", "hai", "ba", "bon", "nam")

SITE = Group("Cả cổng", (
    Entry("CONTENT_EMPTY", "Thư mục nội dung không có bài nào.", "Xem lại có đúng thư mục nội dung không.",
          {"tin-tuc/.gitkeep": b""}, is_alone=True),
    Entry("SITE_SHRINKS", "Quá nhiều bài biến mất so với lần dựng trước.",
          "Lấy lại các bài từ git; nếu xóa có chủ ý thì chạy lại với ALLOW_SHRINK=1.", {}, "Năm bài của lần trước đã bị xóa.",
          before={path: data for name in _SMALL for path, data in story(name, f"tin-tuc/2026/05/{name}/index.md").items()}),
))  # fmt: skip

GROUPS = (HEAD, ADDRESSES, BODY, FILES, PICTURES, SITE)
