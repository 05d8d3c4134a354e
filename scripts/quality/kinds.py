"""List the kinds of pages of the demonstration, each with one page to look at, and what they may weigh."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of page."""

    label: str
    path: str
    """The address of a page of this kind."""


class Budget(NamedTuple):
    """The most that a page may weigh, in thousands of bytes, and ask for."""

    text: float
    """HTML and style sheets, packed by brotli."""

    load: float
    requests: int
    scrolled: float
    """All that is loaded after a full scroll."""


ARTICLE = "/tin-tuc/2020/07/nang-cao-chat-luong-hoat-dong-chi-doan-tren-dia-ban-dan-cu-nam-2020/"

KINDS = {
    "home": Kind("trang chủ", "/"),
    "article": Kind("bài viết", ARTICLE),
    "section": Kind("mục tin", "/tin-tuc/"),
    "category": Kind("chuyên mục", "/chuyen-muc/bien-dao/"),
    "videos": Kind("mục phim", "/video/"),
    "video": Kind("phim", "/video/hien-mau-tinh-nguyen/"),
    "youtube": Kind("phim YouTube", "/video/xem-video-youtube-khong-bi-theo-doi/"),
    "albums": Kind("thư viện ảnh", "/thu-vien-anh/"),
    "album": Kind("album", "/thu-vien-anh/trung-thu-mien-nui/"),
    "notices": Kind("tuyển dụng", "/tuyen-dung/"),
    "documents": Kind("sổ văn bản", "/van-ban/"),
    "documents of a kind": Kind("văn bản một loại", "/van-ban/loai/thong-bao-ket-luan/"),
    "document": Kind("văn bản", "/van-ban/2026/huong-dan-chuyen-sinh-hoat-doan/"),
    "publications": Kind("ấn phẩm", "/an-pham/"),
    "figures": Kind("phụ lục số liệu", "/an-pham/phu-luc-so-lieu-nhiem-ky/"),
    "consultations": Kind("mục góp ý", "/gop-y/"),
    "consultation": Kind("dự thảo góp ý", "/gop-y/quy-che-tiep-nhan-tra-loi-y-kien/"),
    "events": Kind("mục sự kiện", "/su-kien/"),
    "event": Kind("sự kiện", "/su-kien/chu-nhat-xanh-lam-sach-bien-mui-ne-2027/"),
    "campaigns": Kind("chuyên đề", "/chuyen-de/"),
    "campaign in Russian": Kind("chuyên đề tiếng Nga", "/chuyen-de/binh-thuan-kaluga-ru/"),
    "good news": Kind("tin tốt", "/moi-ngay-mot-tin-tot/"),
    "contact": Kind("liên hệ", "/lien-he/"),
    "page": Kind("trang tĩnh", "/co-cau-to-chuc/"),
    "archive": Kind("lưu trữ", "/luu-tru/"),
    "tags": Kind("từ khóa", "/the/"),
    "search": Kind("tìm kiếm", "/tim-kiem/"),
    "site map": Kind("sơ đồ cổng", "/so-do-cong/"),
    "404": Kind("trang lỗi", "/404.html"),
}

#: In HTML and CSS the home page and the article hold what they have reached, not the 10 and 8 of the brief (ADR 20).
BUDGETS = {
    "home": Budget(13.0, 120, 20, 300),
    "article": Budget(9.9, 110, 10, 400),
    "section": Budget(8, 80, 20, 120),
    "category": Budget(8, 80, 20, 120),
    "documents": Budget(8, 80, 20, 120),
    "search": Budget(8, 80, 20, 120),
}

#: On how many A4 pages each is printed at most.
PRINTED = {"documents": 2, "document": 1, "article": 5}

#: The kinds that Lighthouse judges: each takes it a minute.
JUDGED = ("home", "article", "section")
