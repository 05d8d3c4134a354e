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


def paper(name: str = "ke-hoach", **fields: str) -> Files:
    given = {"title": "Kế hoạch năm", "kind": "ke-hoach", "number": f"{len(name)}-KH/TĐTN", "date": "2026-05-01"}
    return {f"van-ban/2026/{name}/index.md": text(given | {"unit": "Văn phòng"} | fields)}


def banner(**fields: str) -> Files:
    given = {"title": "Hiến máu", "image": "bien.jpg", "alt": "Ngày hội hiến máu", "link": "/tin-tuc/"}
    return {"banner/hien-mau/index.md": text(given | {"position": "left"} | fields)}


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
    Entry("TAG_SPELLING", "Một thẻ được viết hai cách, trong khi chỉ có một trang thẻ.",
          "Chọn một cách viết cho mọi bài.",
          {**story(tags="[Hiến máu]"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", tags="[hiến máu]")}),
    Entry("TAG_LONELY", "Thẻ chỉ dùng một lần và gần giống một thẻ khác, có lẽ gõ nhầm.",
          "Sửa cho giống thẻ kia; nếu đúng là hai thẻ thì để yên.",
          {**story(tags="[mùa hè xan]"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", tags="[mùa hè xanh]"),
           **story(at="tin-tuc/2026/05/vi-du-3/index.md", tags="[mùa hè xanh]")}),
    Entry("SUMMARY_LONG", "Tóm tắt dài, danh sách và máy tìm kiếm sẽ cắt bớt.", "Rút còn một, hai câu.",
          story(summary="Sáng nay, hơn ba trăm đoàn viên tham gia hiến máu. " * 7)),
    Entry("DEADLINE_BEFORE_DATE", "Thông báo tuyển dụng hết hạn trước khi đăng.", "Sửa deadline hoặc date.",
          notice(deadline="2026-04-30")),
    Entry("UNTIL_BEFORE_FROM", "Banner hết hạn trước khi bắt đầu.", "Sửa until hoặc from.",
          banner(**{"from": "2026-05-10", "until": "2026-05-01"})),
    Entry("VIDEO_SOURCE", "Bài video không có phim nào, hoặc có cả hai loại.", "Giữ một: youtube hoặc file.",
          video(youtube="")),
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
    Entry("ANCHOR_BROKEN", "Phần sau dấu # không có ở bài được dẫn, có lẽ tiêu đề phụ đã đổi.",
          "Sửa theo gợi ý: tiêu đề phụ viết thường, không dấu, nối bằng gạch.",
          story("Xem [thể lệ](#the-le-thi).\n\n## Thể lệ")),
    Entry("LINK_UNSAFE", "Liên kết chạy mã hoặc nhúng dữ liệu.", "Thay bằng địa chỉ https:// hoặc xóa liên kết.",
          story("Bấm [vào đây](javascript:alert) để xem.")),
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
    Entry("ALT_MISSING", "Ảnh chưa có mô tả: người khiếm thị không biết ảnh có gì.",
          "Ghi một câu tả điều trong ảnh vào ngoặc vuông, hoặc vào image_alt.", story("![](anh-1.jpg)")),
    Entry("ALT_FILE_NAME", "Mô tả ảnh chỉ là tên tệp.", "Tả điều trong ảnh.", story("![IMG_20260501](anh-1.jpg)")),
    Entry("CAPTION_FILE_NAME", "Chú thích ảnh chỉ là tên tệp.", "Viết chú thích thật, hoặc xóa.",
          story('![Hàng ghế hiến máu](anh-1.jpg "8c47dbe442dbbc85e5ca")')),
    Entry("BODY_EMPTY", "Bài chỉ có phần khai báo.", "Viết nội dung, hoặc ghi status: draft để chưa đăng.", story("")),
    Entry("TEXT_TOO_COMPLEX", "Bài dài hoặc lặp ký hiệu đến mức không dựng được.",
          "Tách bài, hoặc xóa đoạn ký hiệu lặp.", story("Nội dung. " * 100_001), "Bài dài hơn một triệu ký tự."),
    Entry("SECRET", "Trong bài, bảng hoặc phụ đề có mật khẩu hoặc khóa.",
          "Xóa đi. Nếu đã push thì coi như đã lộ: đổi mật khẩu, thu hồi khóa.",
          story("Tải ở ftp://bientap:matkhau@tep.example.vn/")),
))  # fmt: skip

GROUPS = (HEAD, LETTERS, ADDRESSES, BODY)
