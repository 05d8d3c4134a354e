"""The codes of what can be wrong in a text: what each means, what to do, an example.

Data only; what lies beside the texts, and the machine, are in ``catalogue_files``.
``scripts/codes.py`` puts every example before the real checks and writes docs/ma-loi.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: Bytes by path from the content folder; a string is a text, ``None`` a symbolic link out of the folder.
Files = Mapping[str, str | bytes | None]


class Entry(NamedTuple):
    """One code. ``files`` are an example, none where a machine or its settings would have to break.

    ``note`` says what the files do not show. ``before``: what the last build had in their
    place. ``is_alone``: without the stories of an ordinary site. ``keeps_last_good``: in an
    automated build.
    """

    code: str
    meaning: str
    advice: str
    files: Files | None = None
    note: str = ""
    before: Files | None = None
    is_alone: bool = False
    keeps_last_good: bool = False


class Group(NamedTuple):
    """Codes that are looked for in one place."""

    title: str
    entries: tuple[Entry, ...]


PLACE = "tin-tuc/2026/05/vi-du/index.md"


def text(head: Mapping[str, str], body: str = "Nội dung.") -> str:
    """A file of ours: its head, without the fields whose value is empty, and its body."""
    lines = (f"{name}: {value}".replace(": \n", ":\n") for name, value in head.items() if value)
    return "\n".join(["---", *lines, "---", "", body, ""])


def story(body: str = "Nội dung.", at: str = PLACE, **fields: str) -> Files:
    given = {"title": "Ngày hội giọt hồng", "date": "2026-05-01 08:00", "category": "tinh-nguyen"}
    return {at: text(given | fields, body)}


def video(**fields: str) -> Files:
    given = {"title": "Ra khơi", "date": "2026-05-01 08:00", "youtube": "aqz-KE-bpKQ", "poster": "bia.jpg"}
    return {"video/ra-khoi/index.md": text(given | {"duration": "4:35"} | fields)}


def notice(**fields: str) -> Files:
    given = {"title": "Tuyển cán bộ Đoàn", "date": "2026-05-01 08:00", "deadline": "2026-05-31", "unit": "Tỉnh Đoàn"}
    return {"tuyen-dung/can-bo/index.md": text(given | fields)}


def consultation(body: str = "Nội dung.", **fields: str) -> Files:
    given = {"title": "Dự thảo Quy chế", "date": "2026-11-01 08:00", "closes": "2026-12-31", "unit": "Văn phòng"}
    return {"gop-y/quy-che/index.md": text(given | fields, body)}


def event(**fields: str) -> Files:
    given = {"title": "Hội trại", "date": "2026-11-01 08:00", "begins": "2026-12-05 07:30", "place": "Nhà Thiếu nhi"}
    return {"su-kien/hoi-trai/index.md": text(given | fields)}


def paper(name: str = "ke-hoach", **fields: str) -> Files:
    given = {"title": "Kế hoạch năm", "kind": "ke-hoach", "number": f"{len(name)}-KH/TĐTN", "date": "2026-05-01"}
    return {f"van-ban/2026/{name}/index.md": text(given | {"unit": "Văn phòng"} | fields)}


def banner(**fields: str) -> Files:
    given = {"title": "Hiến máu", "image": "bien.jpg", "alt": "Ngày hội hiến máu", "link": "/tin-tuc/"}
    return {"banner/hien-mau/index.md": text(given | {"position": "left"} | fields)}


def album(body: str) -> Files:
    return {"thu-vien-anh/trung-thu/index.md": text({"title": "Trung thu", "date": "2026-05-01 08:00"}, body)}


def campaign(name: str = "an-toan", **fields: str) -> Files:
    given = {"title": "An toàn giao thông", "gathers": "[an toàn giao thông]"}
    return {f"chuyen-de/{name}/index.md": text(given | fields)}


def good_news(body: str) -> Files:
    return {"tin-tot/2026-05-01-vi-du.md": text({"title": "Trả lại ví", "date": "2026-05-01 08:00"}, body)}


def publication(at: str = "so-thang-5", **fields: str) -> Files:
    given = {
        "title": "Sinh hoạt chi đoàn",
        "date": "2026-05-01 08:00",
        "kind": "tai-lieu-sinh-hoat",
        "month": "2026-05",
    }
    return {f"an-pham/{at}/index.md": text(given | fields)}


def page(name: str) -> Files:
    return {f"trang/{name}/index.md": text({"title": "Một trang"})}


HEAD = Group("Phần khai báo", (
    Entry("FRONT_MATTER_MISSING", "Bài không mở đầu bằng phần khai báo.",
          "Thêm dòng “---” ở đầu tệp, các trường như title, date, rồi một dòng “---” nữa.",
          {PLACE: "Ngày hội giọt hồng\n\nNội dung.\n"}),
    Entry("FRONT_MATTER_OPEN", "Phần khai báo mở mà không đóng.", "Thêm dòng “---” dưới trường cuối cùng.",
          {PLACE: "---\ntitle: Ngày hội giọt hồng\ndate: 2026-05-01 08:00\n\nNội dung.\n"}),
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
          video(youtube="https://youtu.be/aqz-KE-bpKQ")),
    Entry("TITLE_EMPTY", "Tiêu đề không có chữ cái hay chữ số nào.", "Viết tiêu đề bằng chữ.", story(title='"…"')),
    Entry("DATE_INVALID", "Không phải một ngày có thật, hoặc viết không đúng cách.",
          "Viết năm-tháng-ngày giờ:phút (2026-05-31 08:00) hoặc ngày/tháng/năm (31/5/2026).",
          notice(deadline="32/5/2026")),
    Entry("DATE_RANGE", "Năm quá xa, có lẽ gõ nhầm.", "Sửa lại năm.", story(date="2206-05-01 08:00")),
    Entry("DATE_FAR", "Ngày đăng còn hơn năm năm nữa, có lẽ gõ nhầm năm.", "Sửa lại năm.", story(date="2062-05-01 08:00")),
    Entry("NUMBER_INVALID", "Trường này cần một số nguyên.", "Viết bằng chữ số, không kèm đơn vị.",
          notice(quota="năm người")),
    Entry("DURATION_INVALID", "Thời lượng phim viết không đúng.", "Viết phút:giây hoặc giờ:phút:giây.",
          video(duration="4 phút")),
    Entry("LINK_INVALID", "Trường này cần một địa chỉ.",
          "Trang của cổng thì bắt đầu bằng /, trang khác bắt đầu bằng https://.", banner(link="tuyen-dung")),
    Entry("CATEGORY_UNKNOWN", "Cổng không có chuyên mục này.", "Chọn một chuyên mục trong thông báo.",
          story(category="tinh-nguyn")),
    Entry("TAG_SPELLING", "Một thẻ được viết hai cách (chữ hoa, dấu), trong khi chỉ có một trang thẻ.",
          "Chọn một cách viết cho mọi bài.",
          {**story(tags="[Hiến máu]"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", tags="[hiến máu]")}),
    Entry("NAME_SPELLING", "Tên một tác giả hoặc đơn vị được viết hai cách (chữ hoa, vị trí dấu thanh); cả hai chung một trang.",
          "Chọn một cách viết cho mọi bài.",
          {**story(author="Lê Thủy"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", author="LÊ THUỶ")}),
    Entry("NAME_ALIKE", "Hai tác giả có tên chỉ khác dấu, nên địa chỉ trang của người viết sau có thêm số.",
          "Nếu là một người thì viết thống nhất; đúng là hai người thì để yên.",
          {**story(author="Lê Thủy"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", author="Lê Thụy")}),
    Entry("TAG_LONELY", "Thẻ chỉ dùng một lần và gần giống một thẻ khác, có lẽ gõ nhầm.",
          "Sửa cho giống thẻ kia; nếu đúng là hai thẻ thì để yên.",
          {**story(tags="[mùa hè xan]"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", tags="[mùa hè xanh]"),
           **story(at="tin-tuc/2026/05/vi-du-3/index.md", tags="[mùa hè xanh]")}),
    Entry("SUMMARY_LONG", "Tóm tắt dài, danh sách và máy tìm kiếm sẽ cắt bớt.", "Rút còn một, hai câu.",
          story(summary="Sáng nay, hơn ba trăm đoàn viên tham gia hiến máu. " * 7)),
    Entry("DEADLINE_BEFORE_DATE", "Thông báo tuyển dụng hết hạn trước khi đăng.", "Sửa deadline hoặc date.",
          notice(deadline="2026-04-30")),
    Entry("CLOSES_BEFORE_OPENS", "Đợt góp ý đóng trước khi mở.", "Sửa closes hoặc opens.",
          consultation(opens="2027-01-15")),
    Entry("CONSULTATION_EMPTY", "Đợt góp ý không có tệp dự thảo, câu hỏi hay nội dung nào.",
          "Thêm files, questions, hoặc viết nội dung.", consultation(body="")),
    Entry("ANSWERED_BEFORE_CLOSES", "Ngày trả lời sớm hơn hạn góp ý.", "Sửa answered hoặc closes.",
          consultation("## Tiếp thu, giải trình", closes="2026-11-10", answered="2026-11-05")),
    Entry("ANSWER_MISSING", "Có ngày trả lời mà không có bản tiếp thu, giải trình.",
          "Thêm mục “## Tiếp thu, giải trình” vào bài, hoặc dòng answer với tên tệp cạnh bài.",
          consultation(closes="2026-11-10", answered="2026-11-20")),
    Entry("ANSWER_OVERDUE", "Đợt góp ý đóng đã hơn 30 ngày mà chưa trả lời.",
          "Viết phần tiếp thu, giải trình, rồi thêm dòng answered.",
          consultation(date="2026-09-01 08:00", closes="2026-10-15")),
    Entry("ENDS_BEFORE_BEGINS", "Sự kiện kết thúc trước khi bắt đầu.", "Sửa ends hoặc begins.", event(ends="2026-12-04")),
    Entry("EVENT_OVER", "Sự kiện đã xong trước khi đăng, có lẽ gõ nhầm năm.",
          "Sửa begins; nếu là tường thuật thì đăng ở tin tức.", event(begins="2025-12-05 07:30")),
    Entry("EVENT_FAR", "Sự kiện cách ngày đăng hơn hai năm, có lẽ gõ nhầm năm.", "Xem lại năm ở begins.",
          event(begins="2029-12-05 07:30")),
    Entry("UNTIL_BEFORE_FROM", "Banner hết hạn trước khi bắt đầu.", "Sửa until hoặc from.",
          banner(**{"from": "2026-05-10", "until": "2026-05-01"})),
    Entry("VIDEO_SOURCE", "Bài video không có phim nào, hoặc có cả hai loại.", "Giữ một: youtube hoặc file.",
          video(youtube="")),
    Entry("GATHERS_NOTHING", "Chuyên đề chưa gom được bài nào theo một thẻ, có lẽ thẻ gõ nhầm.",
          "Sửa gathers theo gợi ý, hoặc thêm thẻ ấy vào các bài.",
          {**campaign(gathers="[an toàn giao thôn]"), **story(tags="[an toàn giao thông]")}),
    Entry("TRANSLATION_OF_NOTHING", "Bản dịch của một chuyên đề không có.", "Ghi tên thư mục của bản gốc.",
          {**campaign(), **campaign("an-toan-ru", lang="ru", translates="an-toann")}),
    Entry("TRANSLATION_OF_TRANSLATION", "Bản dịch dẫn tới một bản dịch khác.", "Ghi tên thư mục của bản gốc.",
          {**campaign(), **campaign("an-toan-ru", lang="ru", translates="an-toan"),
           **campaign("an-toan-en", lang="en", translates="an-toan-ru")}),
    Entry("TRANSLATION_TWICE", "Một chuyên đề có hai bản cùng một thứ tiếng.", "Sửa lang, hoặc xóa một bản.",
          {**campaign(), **campaign("an-toan-ru", lang="vi", translates="an-toan")}),
    Entry("GOODNEWS_LONG", "Tin tốt trong ngày dài quá vài dòng.", "Rút gọn, hoặc ghi kind: chuyen.",
          good_news("Một bạn nhặt được ví và trả lại. " * 30)),
    Entry("ISSUE_MONTH", "Tài liệu sinh hoạt chi đoàn thiếu tháng, hoặc ấn phẩm loại khác lại có tháng.",
          "Thêm hoặc xóa dòng month.", publication(month="")),
    Entry("MONTH_TWICE", "Hai số tài liệu sinh hoạt cùng một tháng, có lẽ chép từ số cũ mà quên sửa.",
          "Sửa month; nếu đúng là hai số của một tháng thì để yên.",
          {**publication(), **publication("so-thang-6")}),
    Entry("PART_TITLES", "Ấn phẩm có nhiều tệp mà số tên phần không bằng số tệp.",
          "Ghi cho mỗi tệp một tên, theo đúng thứ tự, trong part_titles.",
          {**publication(files="[bang-1.csv, bang-2.csv]", part_titles="[Đoàn viên]"),
           "an-pham/so-thang-5/bang-1.csv": b"nam,so\n2025,1\n", "an-pham/so-thang-5/bang-2.csv": b"nam,so\n2025,2\n"}),
    Entry("TABLE_UNREADABLE", "Tệp CSV của ấn phẩm không hiện thành bảng được, người đọc chỉ có tệp để tải.",
          "Mở tệp bằng bảng tính: đủ tên cột ở dòng đầu, các dòng cùng số ô; bảng quá lớn thì tách hoặc để yên.",
          {**publication(files="[bang.csv]"), "an-pham/so-thang-5/bang.csv": b"nam,so\n2025\n"}),
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
))  # fmt: skip

LETTERS = Group("Mã hóa chữ", (
    Entry("ENCODING", "Tệp không ở mã UTF-8, cổng không đọc được.",
          "Chuyển bằng UniKey hoặc lưu lại với mã UTF-8, theo cách ghi trong thông báo.",
          {PLACE: ("\ufeff" + text({"title": "Ngày hội giọt hồng"})).encode("utf-16-le")}, "Bài được lưu từ Notepad với mã “Unicode” (UTF-16)."),
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

ADDRESSES = Group("Địa chỉ", (
    Entry("SLUG_INVALID", "slug chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.",
          "Viết như thông báo gợi ý.", story(slug="Ngày Hội")),
    Entry("SLUG_EMPTY", "Tên thư mục hoặc tệp không có chữ cái hay chữ số nào, nên bài không có địa chỉ.",
          "Đổi tên thư mục, hoặc thêm dòng slug như gợi ý.", story(at="tin-tuc/2026/05/…/index.md")),
    Entry("ALIAS_INVALID", "aliases phải là địa chỉ cũ của cổng, bắt đầu bằng /.",
          "Chép phần địa chỉ sau tên miền.", story(aliases="[https://tinhdoan.example.vn/tin-cu/]")),
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
          {**story("![Kế hoạch](ke-hoach.csv)"), PLACE.replace("index.md", "ke-hoach.csv"): b"viec,ngay\n"}),
    Entry("PICTURE_REMOTE", "Ảnh lấy từ trang khác: trang ấy xóa là bài mất ảnh.",
          "Tải ảnh về, đặt cạnh bài, ghi tên tệp.", story("![Hàng ghế hiến máu](https://anh.example.vn/1.jpg)")),
    Entry("HTML_FORBIDDEN", "Bài chứa mã HTML không được phép; cả phần bên trong cũng mất.",
          "Xóa mã ấy; muốn nhúng phim thì đăng ở mục video rồi đặt liên kết.",
          story('<iframe src="https://phim.example.vn/"></iframe>')),
    Entry("HTML_REMOVED", "Một thẻ HTML bị bỏ, chữ bên trong vẫn còn.", "Viết bằng Markdown, hoặc xóa thẻ.",
          story("<center>Kính mời</center>")),
    Entry("WORDS_LOST", "Thẻ HTML viết sai làm mất chữ khỏi trang.", "Sửa thẻ theo mẫu HTML, hoặc viết bằng Markdown."),
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
    Entry("ALT_MISSING", "Ảnh chưa có mô tả: người khiếm thị không biết ảnh có gì.",
          "Ghi một câu tả điều trong ảnh vào ngoặc vuông, hoặc vào image_alt.", story("![](anh-1.jpg)")),
    Entry("ALT_FILE_NAME", "Mô tả ảnh chỉ là tên tệp.", "Tả điều trong ảnh.", story("![IMG_20260501](anh-1.jpg)")),
    Entry("CAPTION_FILE_NAME", "Chú thích ảnh chỉ là tên tệp.", "Viết chú thích thật, hoặc xóa.",
          story('![Hàng ghế hiến máu](anh-1.jpg "8c47dbe442dbbc85e5ca")')),
    Entry("ALBUM_SMALL", "Album có ít hơn hai ảnh.", "Thêm ảnh; chỉ có một ảnh thì đăng thành tin.",
          album("![Đám rước đèn trong sân thôn](anh-1.jpg)")),
    Entry("ALBUM_PHOTO_TWICE", "Một ảnh đứng hai lần trong album, có khi dưới hai tên tệp.", "Xóa một dòng.",
          album("![Đám rước đèn trong sân thôn](anh-1.jpg)\n![Các em cầm đèn ông sao](anh-1.jpg)")),
    Entry("ALBUM_ALT_SAME", "Mọi ảnh của album cùng một mô tả: người khiếm thị không phân biệt được.", "Tả từng ảnh.",
          album("![Trung thu](anh-1.jpg)\n![Trung thu](anh-2.jpg)")),
    Entry("BODY_EMPTY", "Bài chỉ có phần khai báo.", "Viết nội dung, hoặc ghi status: draft để chưa đăng.", story("")),
    Entry("CONFLICT", "Hai bản sửa của git còn đứng chồng lên nhau, với các dòng <<<<<<<, =======, >>>>>>>.",
          "Giữ bản đúng, xóa bản kia và các dòng dấu.",
          story("<<<<<<< HEAD\nSáng nay có 300 bạn.\n=======\nSáng nay có 320 bạn.\n>>>>>>> sua-so-lieu")),
    Entry("TEXT_TOO_COMPLEX", "Bài dài hoặc lặp ký hiệu đến mức không dựng được.",
          "Tách bài, hoặc xóa đoạn ký hiệu lặp.", story("Nội dung. " * 100_001), "Bài dài hơn một triệu ký tự."),
    Entry("SECRET", "Trong bài, bảng hoặc phụ đề có mật khẩu hoặc khóa.",
          "Xóa đi. Nếu đã push thì coi như đã lộ: đổi mật khẩu, thu hồi khóa.",
          story("Tải ở ftp://bientap:matkhau@tep.example.vn/")),
))  # fmt: skip

GROUPS = (HEAD, LETTERS, ADDRESSES, BODY)
