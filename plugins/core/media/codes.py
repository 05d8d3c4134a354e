"""List the codes of files, pictures and PDFs, with examples."""

from __future__ import annotations

from io import BytesIO
from struct import pack
from zipfile import ZipFile

from plugins.core.codes import Entry, Group, attachment, story

_FRAME = b",\0\0\0\0\1\0\1\0\0\2\2D\1\0"


def gif(width: int = 1, height: int = 1, frames: int = 1, end: bytes = b";") -> bytes:
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


_TEMPLATE = (
    '<Relationships><Relationship Type="http://schemas.example/attachedTemplate" '
    'Target="https://la.example/mau.dotm" TargetMode="External"/></Relationships>'
)

BODY = Group("Liên kết và nội dung", (
    Entry("SECRET", "Trong bài, bảng hoặc phụ đề có mật khẩu hoặc khóa.",
          "Xóa đi. Nếu đã push thì coi như đã lộ: đổi mật khẩu, thu hồi khóa.",
          story("Tải ở ftp://bientap:matkhau@tep.example.vn/")),
))  # fmt: skip

FILES = Group("Tệp", (
    Entry("UPLOAD_TYPE", "Cổng không nhận loại tệp này.", "Đổi sang loại ghi trong thông báo, hoặc bỏ tệp.",
          attachment("ke-hoach.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "Văn bản Word đời cũ."),
    Entry("UPLOAD_TOO_LARGE", "Tệp quá nặng.", "Thu nhỏ, nén lại hoặc tách tệp.",
          attachment("phu-de.vtt", b"WEBVTT\n" + b"a" * 1_000_000), "Phụ đề nặng hơn 1 MB."),
    Entry("UPLOAD_EMPTY", "Tệp rỗng, có lẽ chép dở.", "Chép lại tệp gốc.", attachment("ke-hoach.pdf", b"")),
    Entry("UPLOAD_EXTENSION", "Đuôi tên tệp không đúng với loại tệp.", "Đổi tên tệp như gợi ý, sửa cả trong bài.",
          attachment("anh-1.jpg", gif()), "Bên trong là ảnh GIF."),
    Entry("UPLOAD_CONTENT", "Bên trong tệp không phải loại mà đuôi tên nói.", "Xuất lại từ tệp gốc rồi thay.",
          attachment("ke-hoach.pdf", b"<html><body>404</body></html>"), "Tải nhầm trang mạng báo lỗi thay vì tệp PDF."),
    Entry("UPLOAD_HIDDEN", "Trong tệp có giấu mã chạy hoặc tệp nén.",
          "Mở tệp, xuất lại. Tệp lấy từ nơi lạ thì đừng dùng.", attachment("anh-1.gif", gif(end=b";<script></script>")),
          "Ảnh có mã JavaScript dính ở cuối."),
    Entry("UPLOAD_BROKEN", "Phim bị cắt giữa chừng.", "Chép lại phim gốc.", attachment("phim.mp4", _film((b"mdat", b"x"))),
          "Phim chép chưa xong."),
    Entry("UPLOAD_PLACE", "Phim ghi tọa độ nơi quay lẫn trong hình và tiếng, ai tải về cũng đọc được.",
          "Chạy lệnh ffmpeg ghi trong thông báo, rồi thay tệp.",
          attachment("phim.mp4", _film((b"moov", b""), (b"mdat", b"GPS (108.1020, 10.9280, 20)"))),
          "Máy bay không người lái ghi tọa độ vào phụ đề của phim."),
    Entry("UPLOAD_ENCODING", "Bảng hoặc phụ đề không ở mã UTF-8.", "Lưu lại: trong Excel chọn “CSV UTF-8”.",
          attachment("danh-sach.csv", "Họ tên,Xã\nLê A,Hà".encode("cp1258", "replace")), "CSV lưu từ Excel không chọn UTF-8."),
    Entry("CAPTIONS_BROKEN", "Phụ đề có chỗ viết sai: trình duyệt bỏ qua câu ấy mà không báo.",
          "Sửa dòng được chỉ. Mỗi câu: một dòng trống, dòng giờ, rồi lời.",
          attachment("phu-de.vtt", "WEBVTT\n\n00:00:01,500 --> 00:00:04,000\nTàu rời bến.\n".encode()),
          "Giờ chép từ tệp SRT, viết bằng dấu phẩy."),
    Entry("UPLOAD_MACRO", "Tệp Office có macro, có thể mang vi-rút.", "Lưu lại loại không macro, hoặc xuất PDF.",
          attachment("mau.docx", _docx("word/vbaProject.bin", "x")), "Văn bản Word có macro."),
    Entry("UPLOAD_REMOTE", "Khi mở, tệp Office tự tải dữ liệu từ nơi khác.", "Xuất PDF, đặt tệp PDF.",
          attachment("mau.docx", _docx("word/_rels/settings.xml.rels", _TEMPLATE)), "Văn bản Word dùng mẫu ở một trang khác."),
))  # fmt: skip

PICTURES = Group("Ảnh", (
    Entry("PICTURE_HEIC", "Ảnh HEIC của iPhone, nhiều máy không mở được.", "Xuất thành JPEG rồi thay tệp.",
          attachment("anh-1.heic", b"x")),
    Entry("PICTURE_BROKEN", "Ảnh bị hỏng giữa chừng: chép dở, hoặc thẻ nhớ lỗi.", "Chép lại ảnh gốc.",
          attachment("anh-1.gif", gif()[:-6]), "Ảnh mất đoạn cuối."),
    Entry("PICTURE_UNREADABLE", "Tệp có dạng ảnh nhưng không đọc được.", "Mở bằng chương trình xem ảnh, xuất thành JPEG.",
          attachment("anh-1.tif", b"II*\0" + bytes(9)), "Ảnh TIFF chỉ còn phần đầu. Ảnh TIFF 12 hay 32 bit của máy đo cũng vậy."),
    Entry("PICTURE_TOO_LARGE", "Ảnh có quá nhiều điểm ảnh.", "Thu nhỏ ảnh: cạnh dài 4000 điểm là đủ.",
          attachment("anh-1.gif", gif(20_000, 20_000)), "Ảnh 20.000 × 20.000."),
    Entry("PICTURE_TOO_TALL", "Ảnh dài và hẹp, điện thoại không hiện được.", "Cắt thành nhiều ảnh.",
          attachment("anh-1.gif", gif(100, 20_000)), "Ảnh chụp màn hình cuộn, 100 × 20.000."),
    Entry("PICTURE_ANIMATED", "Ảnh động: cổng chỉ hiện hình đầu tiên.", "Cần chuyển động thì xuất thành phim MP4.",
          attachment("anh-1.gif", gif(frames=2))),
    Entry("PICTURE_CHANGED", "Ảnh bị thay trong lúc đang dựng trang.", "Dựng lại lần nữa."),
))  # fmt: skip

MACHINE = Group("Máy (cho người quản trị)", (
    Entry("PICTURE_DISK", "Không ghi được ảnh đã thu nhỏ.", "Kiểm tra chỗ trống và quyền ghi của thư mục đệm."),
    Entry("PICTURE_KILLED", "Máy dừng việc thu nhỏ ảnh, có lẽ thiếu bộ nhớ.", "Dựng lại khi máy rảnh hơn, hoặc thu nhỏ ảnh."),
))  # fmt: skip

PDFS = Group("PDF", (
    Entry("PDF_BROKEN", "PDF bị hỏng hoặc có phần không kiểm tra được.", "Chép lại tệp gốc, hoặc in lại thành PDF.",
          attachment("ke-hoach.pdf", _pdf(end=b"")), "PDF mất đoạn cuối."),
    Entry("PDF_LOCKED", "PDF có mật khẩu hoặc bị hạn chế quyền.", "Xuất lại, không đặt bảo mật.",
          attachment("ke-hoach.pdf", _pdf(trailer=b"/Encrypt 5 0 R"))),
    Entry("PDF_ACTIVE", "PDF có phần tự chạy, không an toàn cho người đọc.", "In lại thành PDF thường.",
          attachment("ke-hoach.pdf", _pdf(b"/OpenAction<</S/JavaScript/JS(1)>>")), "PDF tự chạy mã khi mở."),
    Entry("PDF_HEAVY", "PDF nặng, người dùng điện thoại phải chờ lâu.", "Xuất lại ở cỡ nhỏ (150 dpi).",
          attachment("ke-hoach.pdf", _pdf(more=b"%" + b" " * 6_000_000 + b"\n")), "PDF nặng 6 MB."),
    Entry("PDF_PERSONAL", "PDF ghi tên người soạn.", "Không muốn công khai thì xóa tên trong Word rồi xuất lại.",
          attachment("ke-hoach.pdf", _pdf(more=b"2 0 obj<</Author(Nguyen Van A)>>endobj\n"))),
    Entry("PDF_PLACE", "Ảnh trong PDF ghi tọa độ nơi chụp.", "Xóa vị trí trong ảnh rồi xuất lại.",
          attachment("ke-hoach.pdf", _pdf(more=b"<exif:GPSLatitude>10,56N</exif:GPSLatitude>\n"))),
))  # fmt: skip

GROUPS = (BODY, FILES, PICTURES, PDFS)

#: What only who runs the portal can mend.
OPERATORS = (MACHINE,)
