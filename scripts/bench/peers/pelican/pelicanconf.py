"""The portal as stock Pelican would have it: the same kinds of pages, lists, feeds and related stories.

Its cache is on, which speeds up every build after the first.
"""

import os

from pelican.paginator import PaginationRule

SITENAME = "Tỉnh đoàn Bình Thuận"
SITEURL = "https://tinhdoan.example"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
DEFAULT_DATE_FORMAT = "%d/%m/%Y, %H:%M"
THEME = os.path.join(os.path.dirname(os.path.abspath(__file__)), "theme")
PLUGINS = ["related_posts"]  # pelican-related-posts: counts shared tags
RELATED_POSTS_MAX = 5

CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CACHE_PATH = os.environ["CACHE"]

ARTICLE_PATHS = ["tin-tuc"]
STATIC_PATHS = ["images"]
PAGE_PATHS: list[str] = []
ARTICLE_URL = "tin-tuc/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL = "chuyen-muc/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
TAG_URL = "the/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
AUTHOR_SAVE_AS = ""

DIRECT_TEMPLATES = ["index", "news", "tags", "categories", "sitemap"]
NEWS_SAVE_AS = "tin-tuc/index.html"
TAGS_SAVE_AS = "the/index.html"
CATEGORIES_SAVE_AS = "chuyen-muc/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"news": 10, "category": 10, "tag": 10}
PAGINATION_PATTERNS = [
    PaginationRule(1, "{base_name}/", "{base_name}/index.html"),
    PaginationRule(2, "{base_name}/trang/{number}/", "{base_name}/trang/{number}/index.html"),
]

FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = "atom.xml"
CATEGORY_FEED_ATOM = "chuyen-muc/{slug}/atom.xml"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False

BLOCKS = ["Tin hoạt động", "Tình nguyện", "Xây dựng Đoàn", "Khởi nghiệp – Việc làm", "Biển đảo quê hương", "Thiếu nhi"]
MENUITEMS = [
    ("Trang chủ", "/"),
    ("Tin tức", "/tin-tuc/"),
    ("Xây dựng Đoàn", "/chuyen-muc/xay-dung-doan/"),
    ("Tình nguyện", "/chuyen-muc/tinh-nguyen/"),
    ("Khởi nghiệp", "/chuyen-muc/khoi-nghiep-viec-lam/"),
    ("Thiếu nhi", "/chuyen-muc/thieu-nhi/"),
    ("Thẻ", "/the/"),
]
