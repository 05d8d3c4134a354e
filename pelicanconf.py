"""What the portal is: plain values only. ``publishconf.py`` says what differs when published.

Every setting of ours is read once, checked, and typed in ``plugins/core/site/settings.py``.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

# -- Pelican ------------------------------------------------------------------
PELICAN_CLASS = "plugins.Portal"
PATH = str(ROOT / "content")
OUTPUT_PATH = str(ROOT / "output")
CACHE_PATH = os.environ.get("CACHE") or str(ROOT / ".cache")
THEME = str(ROOT / "theme")
STATIC_PATHS = []  # pictures and files lie beside the texts
LOAD_CONTENT_CACHE = True  # `--ignore-cache` builds as if for the first time
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"

# -- The portal ---------------------------------------------------------------
SITENAME = "Tỉnh đoàn Bình Thuận"
SITEURL = "http://localhost:8000"
TAGLINE = "Cổng thông tin điện tử của tuổi trẻ Bình Thuận: tin hoạt động, văn bản, tuyển dụng, video."

ORGANIZATION = {
    "name": "Tỉnh đoàn Bình Thuận",
    "short_name": "Tỉnh đoàn",
    "parent": "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh",
    "editor": "Văn phòng Tỉnh đoàn Bình Thuận",
    "responsible": "Họ và tên",  # người chịu trách nhiệm; để trống cả hai dòng thì không hiện
    "responsible_office": "Bí thư Tỉnh đoàn",
    "street": "Đại lộ Tôn Đức Thắng, P. Xuân An",
    "locality": "Tp. Phan Thiết",
    "region": "tỉnh Bình Thuận",
    "address_note": "địa chỉ trước 1/7/2025",
    "telephone": "062.3822798",
    "dialled": "0252.3822798",  # 062 là mã vùng cũ, đổi thành 0252 từ năm 2017
    "fax": "062.3822798",
    "email": "tdtn@binhthuan.gov.vn",
    "website": "http://www.tinhdoanbinhthuan.vn",
    "fanpage": "https://facebook.com/tinhdoanbinhthuan",
}

#: Địa chỉ, tên, một câu giới thiệu; thứ tự này là thứ tự trên cổng.
#: Bỏ một chuyên mục thì bỏ cả dòng “news.<địa chỉ>” của nó trong HOME.
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

MENU = [
    ("Trang chủ", "/"),
    ("Giới thiệu", "/gioi-thieu/"),
    ("Tin tức", "/tin-tuc/"),
    ("Văn bản", "/van-ban/"),
    ("Ấn phẩm", "/an-pham/"),
    ("Chuyên đề", "/chuyen-de/"),
    ("Sự kiện", "/su-kien/"),
    ("Video", "/video/"),
    ("Thư viện ảnh", "/thu-vien-anh/"),
    ("Tuyển dụng", "/tuyen-dung/"),
    ("Góp ý kiến", "/gop-y-kien/"),
    ("Liên hệ", "/lien-he/"),
]

FOOTER_LINKS = [
    ("Cơ cấu tổ chức", "/co-cau-to-chuc/"),
    ("Lãnh đạo Tỉnh đoàn", "/lanh-dao/"),
    ("Lịch tuần", "/lich-tuan/"),
    ("Góp ý dự thảo", "/gop-y/"),
    ("Mỗi ngày một tin tốt", "/moi-ngay-mot-tin-tot/"),
    ("Lưu trữ", "/luu-tru/"),
    ("Từ khóa", "/the/"),
    ("Tác giả, đơn vị", "/tac-gia/"),
    ("Khả năng tiếp cận", "/tiep-can/"),
    ("Sơ đồ cổng", "/so-do-cong/"),
    ("RSS", "/rss.xml"),
]

#: Liên kết website ở cuối trang chủ và ở sơ đồ cổng: tên và địa chỉ đầy đủ.
WEBSITES = [
    ("Trung ương Đoàn", "https://doanthanhnien.vn/"),
    ("Cổng Thông tin điện tử Chính phủ", "https://chinhphu.vn/"),
    ("Cổng thông tin tỉnh Lâm Đồng", "https://lamdong.gov.vn/"),
    ("Báo Tiền Phong", "https://tienphong.vn/"),
    ("Báo Thanh Niên", "https://thanhnien.vn/"),
]

#: Tên miền của đơn vị và một năm đơn vị đã có tên miền ấy: đầu mã của mọi bài trong nguồn tin (RSS, Atom).
#: Giữ mãi, cả khi cổng đổi tên miền, để máy của bạn đọc không nhận lại bài cũ.
FEEDS = {"authority": "tinhdoanbinhthuan.vn,2026"}

#: Each section of the portal is a plugin in its folder; other Pelican plugins may stand here too.
PLUGINS = [
    "plugins.news",
    "plugins.video",
    "plugins.recruitment",
    "plugins.banner",
    "plugins.albums",
    "plugins.consultations",
    "plugins.events",
    "plugins.campaigns",
    "plugins.goodnews",
    "plugins.publications",
    "plugins.documents",
    "plugins.comments",
    "plugins.pages",
    "plugins.leaders",
    "plugins.categories",
    "plugins.tags",
    "plugins.authors",
    "plugins.archive",
    "plugins.search",
    "plugins.redirects",
    "plugins.home",
    "plugins.feeds",
    "plugins.sitemap",
]

#: Khối nào nằm ở đâu. Khối chưa có gì để hiện thì tự vắng mặt.
HOME = {
    "opening": ["news.lead"],
    "top": ["banner.top"],
    "main": [
        "news.tin-hoat-dong",
        "news.tinh-nguyen",
        "news.xay-dung-doan",
    ],
    "aside": ["news.update", "documents", "events"],
    "more": [
        "video",
        "news.khoi-nghiep",
        "news.bien-dao",
        "recruitment",
        "consultations",
        "news.thieu-nhi",
        "goodnews",
        "albums",
        "publications",
        "banner.home",
        "banner.left",
        "banner.right",
    ],
}
ASIDE = ["news.latest", "documents", "events", "banner.left"]  # bên cạnh mọi trang khác
