"""The codes of what lies beside the texts, of the whole site, and of the machine.

Data only, like ``catalogue``. The files are the smallest that show what is meant.
"""

from __future__ import annotations

from io import BytesIO
from struct import pack
from zipfile import ZipFile

from plugins.core.checks.catalogue import PLACE, Entry, Files, Group, story

_FOLDER = PLACE.removesuffix("index.md")
_FRAME = b",\0\0\0\0\1\0\1\0\0\2\2D\1\0"


def _gif(width: int = 1, height: int = 1, frames: int = 1, end: bytes = b";") -> bytes:
    return b"GIF89a" + pack("<HH", width, height) + b"\x80\0\0\0\0\0\xff\xff\xff" + _FRAME * frames + end


def _pdf(catalog: bytes = b"", trailer: bytes = b"", more: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog" + catalog + b">>endobj\n" + more
    return body + b"xref\n0 1\ntrailer<</Root 1 0 R" + trailer + b">>\nstartxref\n%d\n" % len(body) + end


def _film(*boxes: tuple[bytes, bytes]) -> bytes:
    start = (b"ftyp", b"isom" + bytes(4) + b"isom")
    return b"".join(pack(">I", 8 + len(data)) + kind + data for kind, data in (start, *boxes))


def _docx(name: str, text: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{kind}"/></Types>')
        archive.writestr(name, text)
    return out.getvalue()


def _beside(name: str, data: str | bytes | None) -> Files:
    """A file beside a story."""
    return {_FOLDER + name: data}


_TEMPLATE = (
    '<Relationships><Relationship Type="http://schemas.example/attachedTemplate" '
    'Target="https://la.example/mau.dotm" TargetMode="External"/></Relationships>'
)

FILES = Group("Tệp", (
    Entry("FOLDER_UNKNOWN", "Bài nằm ngoài các thư mục chuyên mục, nên không thuộc trang nào.",
          "Chuyển bài vào một thư mục có trong thông báo.", story(at="tin-moi/vi-du/index.md")),
    Entry("TEXT_NAME", "Tên tệp làm bài không được đọc: đuôi không phải .md, có chữ hoa, hay tên là bản sao của index.",
          "Đổi tên như thông báo.", story(at=PLACE.replace("index.md", "INDEX.MD"))),
    Entry("TEXT_COPY", "Bản sao của một bài nằm cạnh nó; chỉ bài gốc được đăng.", "Xóa bản sao, hoặc đặt tên thật.",
          {**story(), **story(at=PLACE.replace("index.md", "index - Copy.md"))}),
    Entry("FILE_MISSING", "Trường khai báo nhắc đến một tệp không có cạnh bài.",
          "Chép tệp vào thư mục của bài, hoặc sửa tên.", story(image="anh-1.jpg", image_alt="Hàng ghế hiến máu")),
    Entry("FILE_PATH", "Tệp phải nằm trong thư mục của bài.", "Chép tệp vào cạnh bài rồi chỉ ghi tên tệp.",
          story(image="../anh-1.jpg")),
    Entry("FILE_TWINS", "Hai tệp trùng tên, chỉ khác chữ hoa hoặc cách mã hóa dấu (thường do chép từ máy Mac).",
          "Đổi tên một tệp thành chữ không dấu.",
          {f"{_FOLDER}\u1ea3nh.gif": _gif(), f"{_FOLDER}a\u0309nh.gif": _gif()},
          "Thư mục có hai tệp cùng hiện là “ảnh.gif”: một tên dùng dấu tổ hợp."),
    Entry("FILE_SPECIAL", "Đây là liên kết (symlink) hoặc tệp đặc biệt, không phải tệp thường.",
          "Chép tệp thật vào thay.", _beside("anh-1.jpg", None), "anh-1.jpg là liên kết tới một tệp ngoài content/."),
    Entry("NAME_WINDOWS", "Máy Windows không chép được tên này, nên không tải cổng về được.",
          "Đổi tên: chữ không dấu, số, gạch nối.", story(at="tin-tuc/2026/05/aux/index.md")),
    Entry("NAME_ENCODING", "Tên tệp hoặc thư mục không ở mã UTF-8 (thường do giải nén từ máy cũ).",
          "Đổi tên: chữ không dấu, số, gạch nối."),
    Entry("GIT_NESTED", "Trong thư mục có một kho git riêng, nên các tệp ở đó không theo lên cổng.",
          "Xóa .git bên trong thư mục ấy, rồi git add lại.",
          {**story(), **_beside(".git", b"gitdir: ../../.git/modules/vi-du\n")}),
    Entry("FILE_UNREADABLE", "Máy không cho đọc tệp.", "Xem lại quyền đọc tệp, hoặc chép lại tệp."),
    Entry("FILE_CHANGED", "Tệp đính kèm bị thay hoặc bị xóa trong lúc đang dựng trang, nên chưa được kiểm tra.",
          "Dựng lại lần nữa."),
    Entry("UPLOAD_JUNK", "Tệp do máy tự sinh ra.", "Xóa tệp.", _beside("Thumbs.db", b"x"),
          "Windows để lại tệp này trong thư mục ảnh."),
    Entry("UPLOAD_TYPE", "Cổng không nhận loại tệp này.", "Đổi sang loại ghi trong thông báo, hoặc bỏ tệp.",
          _beside("ke-hoach.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "Văn bản Word đời cũ."),
    Entry("UPLOAD_TOO_LARGE", "Tệp quá nặng.", "Thu nhỏ, nén lại hoặc tách tệp.",
          _beside("phu-de.vtt", b"WEBVTT\n" + b"a" * 1_000_000), "Phụ đề nặng hơn 1 MB."),
    Entry("UPLOAD_EMPTY", "Tệp rỗng, có lẽ chép dở.", "Chép lại tệp gốc.", _beside("ke-hoach.pdf", b"")),
    Entry("UPLOAD_EXTENSION", "Đuôi tên tệp không đúng với loại tệp.", "Đổi tên tệp như gợi ý, sửa cả trong bài.",
          _beside("anh-1.jpg", _gif()), "Bên trong là ảnh GIF."),
    Entry("UPLOAD_CONTENT", "Bên trong tệp không phải loại mà đuôi tên nói.", "Xuất lại từ tệp gốc rồi thay.",
          _beside("ke-hoach.pdf", b"<html><body>404</body></html>"), "Tải nhầm trang mạng báo lỗi thay vì tệp PDF."),
    Entry("UPLOAD_HIDDEN", "Trong tệp có giấu mã chạy hoặc tệp nén.",
          "Mở tệp, xuất lại. Tệp lấy từ nơi lạ thì đừng dùng.", _beside("anh-1.gif", _gif(end=b";<script></script>")),
          "Ảnh có mã JavaScript dính ở cuối."),
    Entry("UPLOAD_BROKEN", "Phim bị cắt giữa chừng.", "Chép lại phim gốc.", _beside("phim.mp4", _film((b"mdat", b"x"))),
          "Phim chép chưa xong."),
    Entry("UPLOAD_PLACE", "Phim ghi tọa độ nơi quay lẫn trong hình và tiếng, ai tải về cũng đọc được.",
          "Chạy lệnh ffmpeg ghi trong thông báo, rồi thay tệp.",
          _beside("phim.mp4", _film((b"moov", b""), (b"mdat", b"GPS (108.1020, 10.9280, 20)"))),
          "Máy bay không người lái ghi tọa độ vào phụ đề của phim."),
    Entry("UPLOAD_ENCODING", "Bảng hoặc phụ đề không ở mã UTF-8.", "Lưu lại: trong Excel chọn “CSV UTF-8”.",
          _beside("danh-sach.csv", "Họ tên,Xã\nLê A,Hà".encode("cp1258", "replace")), "CSV lưu từ Excel không chọn UTF-8."),
    Entry("UPLOAD_MACRO", "Tệp Office có macro, có thể mang vi-rút.", "Lưu lại loại không macro, hoặc xuất PDF.",
          _beside("mau.docx", _docx("word/vbaProject.bin", "x")), "Văn bản Word có macro."),
    Entry("UPLOAD_REMOTE", "Khi mở, tệp Office tự tải dữ liệu từ nơi khác.", "Xuất PDF, đặt tệp PDF.",
          _beside("mau.docx", _docx("word/_rels/settings.xml.rels", _TEMPLATE)), "Văn bản Word dùng mẫu ở một trang khác."),
))  # fmt: skip

PICTURES = Group("Ảnh", (
    Entry("PICTURE_UNUSED", "Ảnh nằm cạnh bài mà không bài nào dùng.", "Chèn vào bài, hoặc xóa.",
          {**story(), **_beside("anh-1.gif", _gif())}),
    Entry("PICTURE_HEIC", "Ảnh HEIC của iPhone, nhiều máy không mở được.", "Xuất thành JPEG rồi thay tệp.",
          _beside("anh-1.heic", b"x")),
    Entry("PICTURE_BROKEN", "Ảnh bị hỏng giữa chừng: chép dở, hoặc thẻ nhớ lỗi.", "Chép lại ảnh gốc.",
          _beside("anh-1.gif", _gif()[:-6]), "Ảnh mất đoạn cuối."),
    Entry("PICTURE_UNREADABLE", "Tệp có dạng ảnh nhưng không đọc được.", "Mở bằng chương trình xem ảnh, xuất thành JPEG.",
          _beside("anh-1.tif", b"II*\0" + bytes(9)), "Ảnh TIFF chỉ còn phần đầu. Ảnh TIFF 12 hay 32 bit của máy đo cũng vậy."),
    Entry("PICTURE_TOO_LARGE", "Ảnh có quá nhiều điểm ảnh.", "Thu nhỏ ảnh: cạnh dài 4000 điểm là đủ.",
          _beside("anh-1.gif", _gif(20_000, 20_000)), "Ảnh 20.000 × 20.000."),
    Entry("PICTURE_TOO_TALL", "Ảnh dài và hẹp, điện thoại không hiện được.", "Cắt thành nhiều ảnh.",
          _beside("anh-1.gif", _gif(100, 20_000)), "Ảnh chụp màn hình cuộn, 100 × 20.000."),
    Entry("PICTURE_ANIMATED", "Ảnh động: cổng chỉ hiện hình đầu tiên.", "Cần chuyển động thì xuất thành phim MP4.",
          _beside("anh-1.gif", _gif(frames=2))),
    Entry("PICTURE_CHANGED", "Ảnh bị thay trong lúc đang dựng trang.", "Dựng lại lần nữa."),
))  # fmt: skip

PDFS = Group("PDF", (
    Entry("PDF_BROKEN", "PDF bị hỏng hoặc có phần không kiểm tra được.", "Chép lại tệp gốc, hoặc in lại thành PDF.",
          _beside("ke-hoach.pdf", _pdf(end=b"")), "PDF mất đoạn cuối."),
    Entry("PDF_LOCKED", "PDF có mật khẩu hoặc bị hạn chế quyền.", "Xuất lại, không đặt bảo mật.",
          _beside("ke-hoach.pdf", _pdf(trailer=b"/Encrypt 5 0 R"))),
    Entry("PDF_ACTIVE", "PDF có phần tự chạy, không an toàn cho người đọc.", "In lại thành PDF thường.",
          _beside("ke-hoach.pdf", _pdf(b"/OpenAction<</S/JavaScript/JS(1)>>")), "PDF tự chạy mã khi mở."),
    Entry("PDF_HEAVY", "PDF nặng, người dùng điện thoại phải chờ lâu.", "Xuất lại ở cỡ nhỏ (150 dpi).",
          _beside("ke-hoach.pdf", _pdf(more=b"%" + b" " * 6_000_000 + b"\n")), "PDF nặng 6 MB."),
    Entry("PDF_PERSONAL", "PDF ghi tên người soạn.", "Không muốn công khai thì xóa tên trong Word rồi xuất lại.",
          _beside("ke-hoach.pdf", _pdf(more=b"2 0 obj<</Author(Nguyen Van A)>>endobj\n"))),
    Entry("PDF_PLACE", "Ảnh trong PDF ghi tọa độ nơi chụp.", "Xóa vị trí trong ảnh rồi xuất lại.",
          _beside("ke-hoach.pdf", _pdf(more=b"<exif:GPSLatitude>10,56N</exif:GPSLatitude>\n"))),
))  # fmt: skip

_SMALL = ("mot", "hai", "ba", "bon", "nam")

SITE = Group("Cả cổng", (
    Entry("CONTENT_EMPTY", "Thư mục nội dung không có bài nào.", "Xem lại có đúng thư mục nội dung không.",
          {"tin-tuc/.gitkeep": b""}, is_alone=True),
    Entry("SITE_SHRINKS", "Quá nhiều bài biến mất so với lần dựng trước.",
          "Lấy lại các bài từ git; nếu xóa có chủ ý thì chạy lại với ALLOW_SHRINK=1.", {}, "Năm bài của lần trước đã bị xóa.",
          before={path: data for name in _SMALL for path, data in story(name, f"tin-tuc/2026/05/{name}/index.md").items()}),
    Entry("QUARANTINED", "Bài có lỗi nên bản dựng tự động để bài ấy ra ngoài, hoặc giữ bản tốt gần nhất.",
          "Sửa lỗi của bài: bản mới sẽ lên ở lần dựng sau.", story(date="32/5/2026"),
          "Lần trước bài này còn đúng.", before=story(), keeps_last_good=True),
))  # fmt: skip

SETTINGS = Group("Cấu hình và giao diện (cho người quản trị)", (
    Entry("CONTENT_MISSING", "Không có thư mục nội dung được chỉ ra.", "Sửa CONTENT=… trên dòng lệnh, hoặc PATH."),
    Entry("THEME_MISSING", "Không có thư mục giao diện.", "Sửa THEME trong pelicanconf.py."),
    Entry("CONF_MISSING", "Không có tệp cấu hình.", "Chạy lệnh trong thư mục của cổng, hoặc sửa tên sau -s."),
    Entry("CONF_SYNTAX", "Tệp cấu hình sai cú pháp Python.", "Sửa dòng được chỉ ra."),
    Entry("CONF_BROKEN", "Tệp cấu hình dừng giữa chừng khi chạy.", "Sửa theo lỗi Python ghi trong ngoặc."),
    Entry("SETTING_MISSING", "Thiếu một thiết đặt bắt buộc.", "Thêm thiết đặt vào pelicanconf.py."),
    Entry("SETTING_INVALID", "Thiết đặt không đúng dạng.", "Viết theo mẫu của thiết đặt ấy trong pelicanconf.py."),
    Entry("SETTING_UNKNOWN", "Không có thiết đặt tên này, nên nó không có tác dụng.", "Sửa tên theo gợi ý, hoặc xóa."),
    Entry("CATEGORIES", "Hai chuyên mục trùng địa chỉ, hoặc tên không dấu của một chuyên mục viết sai.",
          "Sửa CATEGORIES trong pelicanconf.py: mỗi chuyên mục một tên riêng."),
    Entry("SITEURL", "Địa chỉ của cổng chưa đúng.", "Xuất bản thì ghi SITEURL=https://… là địa chỉ thật của cổng."),
    Entry("NOW", "Thời điểm dựng không đọc được.", "Viết NOW dạng 2026-11-23 08:00; SOURCE_DATE_EPOCH là số giây Unix."),
    Entry("SECTION_BROKEN", "Một phần mở rộng trong SECTIONS không nạp được.", "Sửa tên trong SECTIONS, hoặc sửa mã của nó."),
    Entry("PLUGIN_BROKEN", "Một plugin Pelican trong PLUGINS không nạp được.", "Cài plugin ấy, hoặc bỏ khỏi PLUGINS."),
    Entry("TEXTS_MISSING", "Không đọc được theme/texts.yaml.", "Lấy lại tệp ấy từ git."),
    Entry("TEXTS_SYNTAX", "theme/texts.yaml sai cú pháp YAML.", "Sửa dòng được chỉ ra."),
    Entry("TEMPLATE", "Một mẫu trang không vẽ được.", "Sửa mẫu tại dòng được chỉ ra."),
    Entry("TEMPLATE_SYNTAX", "Một mẫu trang sai cú pháp Jinja.", "Sửa mẫu tại dòng được chỉ ra."),
    Entry("OUTPUT_NOT_OURS", "Thư mục xuất bản có tệp không do cổng tạo ra; dựng vào đó có thể mất tệp.",
          "Chọn một thư mục trống, hoặc dời tệp lạ đi. Bản dựng cũ của cổng thì xóa đi rồi dựng lại."),
    Entry("FOLDERS_OVERLAP", "Hai thư mục của cổng (nội dung, giao diện, xuất bản, bộ nhớ đệm) trùng nhau hoặc nằm trong nhau.",
          "Chọn hai thư mục tách rời nhau: CONTENT=…, OUTPUT=…, CACHE=…"),
))  # fmt: skip

MACHINE = Group("Máy (cho người quản trị)", (
    Entry("MACHINE", "Máy không làm được một việc: hết chỗ, thiếu quyền, tệp bị khóa.",
          "Xem lý do trong thông báo: chỗ trống, quyền ghi của thư mục."),
    Entry("PICTURE_DISK", "Không ghi được ảnh đã thu nhỏ.", "Kiểm tra chỗ trống và quyền ghi của thư mục đệm."),
    Entry("PICTURE_KILLED", "Máy dừng việc thu nhỏ ảnh, có lẽ thiếu bộ nhớ.", "Dựng lại khi máy rảnh hơn, hoặc thu nhỏ ảnh."),
    Entry("WORKER_KILLED", "Máy dừng một tiến trình đang dựng cổng, có lẽ thiếu bộ nhớ.", "Dựng lại khi máy rảnh hơn."),
))  # fmt: skip

GROUPS = (FILES, PICTURES, PDFS, SITE, SETTINGS, MACHINE)
