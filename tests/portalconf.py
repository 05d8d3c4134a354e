"""The settings of tests: the portal's sections and blocks, with a name, an address and categories of
their own, so that the portal's may change."""

from pelicanconf import *  # noqa: F403 - sections and blocks are those of the portal

SITENAME = "Tỉnh đoàn Bình Thuận"
TAGLINE = "Cổng thông tin điện tử của tuổi trẻ Bình Thuận: tin hoạt động, văn bản, tuyển dụng, video."

ORGANIZATION = {
    "name": "Tỉnh đoàn Bình Thuận",
    "short_name": "Tỉnh đoàn",
    "parent": "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh",
    "editor": "Văn phòng Tỉnh đoàn Bình Thuận",
    "street": "Đại lộ Tôn Đức Thắng, P. Xuân An",
    "locality": "Tp. Phan Thiết",
    "region": "tỉnh Bình Thuận",
    "telephone": "062.3822798",
    "fax": "062.3822798",
    "email": "tdtn@binhthuan.gov.vn",
    "website": "http://www.tinhdoanbinhthuan.vn",
    "fanpage": "https://facebook.com/tinhdoanbinhthuan",
}

#: Slug, name, what it is about; the order is the menu's and the home page's.
CATEGORIES = [
    ("tin-hoat-dong", "Tin hoạt động", "Hoạt động thường ngày của các cấp bộ Đoàn trong tỉnh."),
    ("xay-dung-doan", "Xây dựng Đoàn", "Tổ chức, cán bộ, đoàn viên và sinh hoạt chi đoàn."),
    ("giao-duc", "Giáo dục – Tuyên truyền", "Giáo dục lý tưởng, truyền thống, pháp luật; học tập và làm theo Bác."),
    ("tinh-nguyen", "Tình nguyện", "Mùa hè xanh, hiến máu, tiếp sức mùa thi và những công trình vì cộng đồng."),
    ("khoi-nghiep", "Khởi nghiệp – Việc làm", "Thanh niên lập thân, lập nghiệp; vốn vay, việc làm, mô hình kinh tế."),
    ("chuyen-doi-so", "Chuyển đổi số", "Thanh niên xung kích chuyển đổi số, dịch vụ công, kỹ năng số cho người dân."),
    ("thieu-nhi", "Thiếu nhi", "Chăm lo, giáo dục thiếu niên, nhi đồng; công tác Đội."),
    ("bien-dao", "Biển đảo quê hương", "Hướng về biển đảo, giữ biển sạch, đồng hành cùng ngư dân."),
    ("guong-sang", "Gương sáng", "Những người trẻ sống đẹp, sống có ích."),
]
