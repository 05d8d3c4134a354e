"""An old portal, invented: its categories, articles, menus and comments, as dialects write them (``dumps.py``)."""

from dataclasses import dataclass, field

ZERO = "0000-00-00 00:00:00"


@dataclass(frozen=True)
class Category:
    id: int
    title: str
    alias: str
    parent: int = 0


@dataclass(frozen=True)
class Story:
    id: int
    title: str
    intro: str
    full: str = ""
    alias: str = ""
    category: int = 11
    state: int = 1
    created: str = "2012-03-26 01:30:00"
    up: str = ""
    down: str = ZERO
    by: str = ""
    tags: tuple[str, ...] = ()
    picture: str = ""
    caption: str = ""


@dataclass
class OldPortal:
    sections: list[Category] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)


P = '<p style="text-align: justify;"><span style="font-size: 12pt; font-family: \'times new roman\', times;">{}</span></p>\n'

ROUND = P.format(
    "Sáng 26/3, Ban Thường vụ Đoàn xã Suối Mây tổ chức <strong>lễ ra quân</strong> tháng Thanh niên, có&nbsp;120 đoàn viên dự."
)
LONG = P.format(
    "Ngay sau lễ, các chi đoàn chia nhau về sáu thôn: nhóm sửa <em>2 km</em> đường, nhóm trồng 300 cây dầu, nhóm thăm "
    "gia đình neo đơn (\\ ký tự 'nháy đơn', \"nháy kép\", dấu ; và -- hai gạch, /* chú thích */, # thăng)."
)
PICTURE = '<p style="text-align: center;"><img src="images/stories/2012/{}" alt="alt" width="480" /></p>\n'
CAPTION = '<p style="text-align: center;"><em>{}</em></p>\n'

STORIES = [
    Story(
        1,
        "Suối Mây ra quân tháng Thanh niên",
        ROUND + PICTURE.format("ra-quan.jpg") + CAPTION.format("Các bạn trẻ dọn bờ kênh thôn Hai"),
        LONG
        + PICTURE.format("IMG_2041.JPG")
        + '<p>Xem thêm <a href="index.php?option=com_content&amp;view=article&amp;id=2:k-nim&amp;catid=12">bài kỷ niệm</a> và '
        '<a href="images/stories/ke-hoach.pdf" target="_blank">kế hoạch</a>.</p>\n<p style="text-align: right;"><strong>Ban Phong trào</strong></p>',
        alias="sui-may-ra-quan-thang-thanh-nien",
    ),
    Story(
        2,
        "Kỷ niệm 45 năm ngày truyền thống",
        ROUND,
        LONG,
        alias="k-nim-45-nm-ngay-truyn-thng",
        category=12,
        by="Văn phòng",
    ),
    Story(3, "Họp lúc đêm khuya", ROUND + LONG, alias="hp-luc-em-khuya", created="2012-12-31 18:05:00"),
    Story(4, "Bài chưa đăng", ROUND + LONG, alias="bai-chua-dang", state=0),
    Story(5, "Bài đã xóa", ROUND + LONG, alias="bai-da-xoa", state=-2),
    Story(6, "Giới thiệu chung", ROUND + LONG, alias="gioi-thieu-chung", category=13),
    Story(7, "Ra quân mùa hè", ROUND + LONG, alias="ra-quan", created="2013-06-01 01:00:00", tags=("mùa hè xanh",)),
    Story(8, "Ra quân mùa hè", LONG + ROUND, alias="ra-quan", created="2013-06-08 01:00:00"),
    Story(
        9,
        "Kết quả thi đua các chi đoàn",
        P.format("Bảng điểm của các chi đoàn trong quý."),
        '<table border="1"><tbody><tr><td><b>Chi đoàn</b></td><td><b>Điểm</b></td></tr>'
        "<tr><td>Thôn Một</td><td>98,5</td></tr><tr><td>Thôn Hai</td><td>97</td></tr></tbody></table>"
        '<table><tr><td colspan="2">Tổng hợp</td></tr><tr><td>Đợt 1<br />tháng 3</td><td>12</td></tr></table>'
        '<table><tr><td><img src="/images/stories/2012/trao-qua.jpg" /></td></tr><tr><td>Trao quà cho chi đoàn nhất</td></tr></table>',
        alias="kt-qu-thi-ua",
        created="2014-04-02 03:04:05",
    ),
    Story(
        10,
        "Đêm hội trăng rằm",
        "<div>" + P.format("Tối 15 tháng Tám, sân nhà văn hóa sáng đèn.") + "<p>Các em rước đèn quanh",
        " làng rồi phá cỗ.</p></div>"
        + P.format("{gallery}2014/trang-ram{/gallery}")
        + "<p>{youtube}aqz-KE-bpKQ{/youtube}</p>"
        + '<p>{loadposition quang-cao}</p><p><img src="http://trang-khac.example/anh.jpg" alt="x.jpg" /></p>'
        + '<p><img src="images/stories/mat-roi.jpg" alt="Ảnh đã mất" /></p>',
        alias="em-hi-trng-rm",
        created="2014-09-08 12:00:00",
    ),
    Story(
        11,
        "Kế hoạch tổ chức hội trại",
        P.format("Số: 12-KH/TĐTN-PT. Phan Thiết, ngày 20 tháng 4 năm 2015"),
        P.format("Ban Thường vụ xây dựng kế hoạch như sau.")
        + '<p><a href="images/stories/hoi-trai.doc">Tải về</a></p>',
        alias="k-hoch-t-chc-hi-tri",
        category=14,
        created="2015-04-20 02:00:00",
    ),
    Story(
        12,
        "Công văn không ghi số",
        P.format("Kính gửi các chi đoàn.") + LONG,
        alias="cong-van",
        category=14,
        created="2015-05-20 02:00:00",
    ),
    Story(
        13,
        "Tuyển cộng tác viên",
        P.format("Trung tâm tuyển hai cộng tác viên. Nhận hồ sơ đến hết ngày 30/6/2016."),
        LONG,
        alias="tuyn-ctv",
        category=15,
        created="2016-06-01 02:00:00",
    ),
    Story(
        14,
        "-Kiểm tra- cơ sở",
        ROUND + LONG,
        alias="-kim-tra",
        created="2016-07-01 02:00:00",
        down="2016-08-01 00:00:00",
    ),
    Story(
        15, "Bài hẹn giờ", ROUND + LONG, alias="bai-hen-gio", created="2026-11-01 00:00:00", up="2027-01-05 00:00:00"
    ),
]

SECTIONS = [
    Category(1, "Tin tức", "tin-tuc"),
    Category(2, "Giới thiệu", "gioi-thieu"),
    Category(3, "Văn bản", "van-ban"),
]
CATEGORIES = [
    Category(11, "Hoạt động tình nguyện", "hot-ng-tinh-nguyn", 1),
    Category(12, "Xây dựng Đoàn", "xay-dng-oan", 1),
    Category(13, "Giới thiệu chung", "gii-thiu-chung", 2),
    Category(14, "Văn bản Tỉnh đoàn", "vn-bn-tnh-oan", 3),
    Category(15, "Tuyển dụng", "tuyn-dng", 3),
]
PORTAL = OldPortal(SECTIONS, CATEGORIES, STORIES)
