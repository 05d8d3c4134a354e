"""Generate the nginx configuration of one machine.

Two files are ours and are written anew by every upgrade: `http.conf` (maps, the answer to unknown
names) and `server.conf` (everything about the portal). A third, SITE, only includes them: it is
written once, and certbot may edit it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from . import nginx_redirects

MARK = "# Do cổng viết; sửa tay sẽ mất khi nâng cấp. Sửa riêng của máy: tệp trong sites-available."
HTTP2_DIRECTIVE = (1, 25, 1)
COMPRESSIBLE = (
    "text/css text/plain text/xml text/calendar text/csv text/vtt application/javascript application/json"
    " application/manifest+json application/xml application/atom+xml application/rss+xml application/feed+json"
    " application/octet-stream image/svg+xml"
)
#: Nothing is loaded that is not listed; a YouTube film only when the reader asks for it.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "https://www.youtube-nocookie.com",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
UNUSED_FEATURES = (
    "accelerometer bluetooth browsing-topics camera display-capture geolocation gyroscope hid magnetometer microphone"
    " midi payment serial usb"
)


@dataclass(frozen=True)
class Machine:
    """What the configuration depends on."""

    root: Path
    """The server's folder, `/srv/portal`."""

    domain: str
    """The name under which readers find the portal."""

    version: tuple[int, ...] = (1, 22, 1)
    """nginx's own: from 1.25.1 on `http2` is a directive."""

    has_brotli: bool = False
    """Whether nginx has Google's brotli modules."""

    comments: str = ""
    """Origin of the Isso server, if there is one."""

    has_ipv6: bool = True
    """Whether the kernel speaks it: nginx does not start on an address family that is not there."""

    redirects: Path | None = None
    """The table of an old portal's addresses; by default the live release's own."""

    @property
    def redirect_maps(self) -> str:
        """The maps that lead an old portal's addresses to pages."""
        return nginx_redirects.maps(self.redirects or self.root / "current" / nginx_redirects.FILE)


def content_security_policy(comments: str = "") -> str:
    """Return the policy as one header value. `comments` is the origin of an Isso server."""
    policy = dict(POLICY)
    if comments:
        policy["script-src"] += f" {comments}"
        policy["connect-src"] += f" {comments}"
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


#: How long readers keep what, and which sites may show it.
MAPS = """\
# Tên có mã băm thì nội dung không bao giờ đổi: trình duyệt giữ một năm. Mọi thứ khác giữ một phút.
# $request_uri: địa chỉ mà người đọc hỏi, không phải tệp mà nginx chọn để trả lời.
map $request_uri $portal_lifetime {
    ~^/(theme|anh)/             "public, max-age=31536000, immutable";
    # Mỗi địa chỉ dưới đây được hỏi kèm dấu của tệp (?123…); trang tìm kiếm tự thấy tệp của bản khác và hỏi lại.
    ~^/tim-kiem/chi-muc/[a-z]+/ "public, max-age=31536000, immutable";
    ~^/trang-thai\\.json         "no-cache";
    default                     "public, max-age=60";
}
# Câu trả lời 404 không được giữ lâu, dù địa chỉ trông như của một tệp có mã băm.
map $status $portal_cache {
    ~^[23]  $portal_lifetime;
    default "public, max-age=60";
}
# Qua HTTPS thì nhắc trình duyệt luôn dùng HTTPS; dòng rỗng thì nginx không gửi.
map $https $portal_hsts {
    on      "max-age=63072000";
    default "";
}
# Ảnh và nguồn tin được trang khác trích dẫn (máy đọc tin, tin nhắn); phần còn lại chỉ trang này nạp.
map $request_uri $portal_resource_policy {
    ~^/anh/                             cross-origin;
    ~/(atom\\.xml|rss\\.xml|feed\\.json)$  cross-origin;
    ~\\.(ics|csv)$                       cross-origin;
    default                             same-origin;
}
"""


def page_policy(comments: str = "") -> str:
    """Return the policy as far as a page may state it itself, in a `<meta>`."""
    return content_security_policy(comments).partition("; frame-ancestors")[0]


def http_conf(machine: Machine) -> str:
    """Return what stands beside the server: the maps, and the answer to names that are not ours."""
    http2 = " http2" if machine.version < HTTP2_DIRECTIVE else ""
    ipv6 = f"    listen [::]:443 ssl{http2} default_server;\n" if machine.has_ipv6 else ""
    return f"""\
{MARK}

{nginx_redirects.HASH_SIZES}
{MAPS}
{machine.redirect_maps}
# Tên miền khác trỏ vào máy này: không trả lời. Nhờ khối này cổng 443 có HTTP/2 mà certbot không phải biết.
server {{
    listen 443 ssl{http2} default_server;
{ipv6}    server_name _;
    ssl_reject_handshake on;
}}
"""


def server_conf(machine: Machine) -> str:
    """Return everything about the portal but its name, ports and certificates."""
    brotli = f"brotli on;\n    brotli_static on;\n    brotli_types {COMPRESSIBLE};" if machine.has_brotli else ""
    http2 = "" if machine.version < HTTP2_DIRECTIVE else "http2 on;"
    features = ", ".join(f"{name}=()" for name in UNUSED_FEATURES.split())
    text = f"""\
{MARK}

# current là liên kết đến bản đang chạy; đổi bản là đổi liên kết, không cần nạp lại nginx.
root {machine.root}/current;
index index.html;
error_page 403 404 =404 /404.html;
{http2}

{nginx_redirects.BY_QUERY}
charset utf-8;
charset_types text/css text/plain text/xml application/javascript application/json
              application/xml application/atom+xml application/rss+xml application/feed+json
              text/calendar text/csv text/vtt;
include /etc/nginx/mime.types;
types {{
    application/manifest+json webmanifest;
    text/calendar ics;
    text/csv csv;
    text/vtt vtt;
}}

# Bản dựng đặt sẵn .gz và .br bên cạnh; nén tại chỗ chỉ để phòng khi thiếu.
gzip on;
gzip_static on;
gzip_vary on;
gzip_comp_level 6;
gzip_min_length 1000;
gzip_types {COMPRESSIBLE};
{brotli}

server_tokens off;
# Cổng có thể đứng sau một máy chủ khác: chuyển hướng không nêu tên máy và số cổng.
absolute_redirect off;

# add_header trong một location xóa hết add_header ở đây: giữ tất cả ở một chỗ.
add_header Cache-Control $portal_cache always;
add_header Strict-Transport-Security $portal_hsts always;
add_header Content-Security-Policy "{content_security_policy(machine.comments)}" always;
add_header X-Content-Type-Options nosniff always;
add_header X-Frame-Options SAMEORIGIN always;
add_header Referrer-Policy strict-origin-when-cross-origin always;
add_header Permissions-Policy "{features}" always;
add_header Cross-Origin-Opener-Policy same-origin always;
add_header Cross-Origin-Resource-Policy $portal_resource_policy always;

# Chỉ tệp tĩnh: không nhận gì từ người đọc.
client_max_body_size 1k;

location = /404.html {{
    internal;
{nginx_redirects.BY_PATH}}}
# Tình trạng của máy chủ, không thuộc bản nào.
location = /trang-thai.json {{
    root {machine.root}/public;
}}
# .git, .env và các tệp ẩn khác; .well-known thì cần cho chứng chỉ.
location ~ /\\.(?!well-known/) {{
    return 404;
}}
# Những gì không bao giờ là trang: bài gốc, bản đồ mã, tệp dự phòng của trình soạn thảo.
location ~ (\\.(md|map|bak|old|orig|rej|swp|tmp|sql|log|sh|py|env|ini|conf)|~)$ {{
    return 404;
}}
# Ảnh và giao diện của mọi bản nằm chung một kho, tệp cũ được giữ 30 ngày cho những trang còn trong trình duyệt.
# Bản dựng bằng chương trình trước tháng 12/2026 có chúng ở trong bản.
location ~ ^/(anh|theme)/ {{
    root {machine.root}/store;
    try_files $uri @release;
}}
location @release {{
}}
location ~ /atom\\.xml$ {{
    types {{ }}
    default_type application/atom+xml;
}}
location ~ /rss\\.xml$ {{
    types {{ }}
    default_type application/rss+xml;
}}
location ~ /feed\\.json$ {{
    types {{ }}
    default_type application/feed+json;
}}
"""
    return re.sub(r"\n{3,}", "\n\n", text)


def site_conf(machine: Machine, folder: str) -> str:
    """Return the file that certbot and the operator may edit: name, port, and where ours lie."""
    ipv6 = "    listen [::]:80;\n" if machine.has_ipv6 else ""
    return f"""\
# Tệp này là của máy: certbot thêm chứng chỉ vào đây, nâng cấp cổng không đụng đến.
include {folder}/http.conf;
server {{
    listen 80;
{ipv6}    server_name {machine.domain};
    include {folder}/server.conf;
}}
"""


def sample() -> str:
    """Return docs/nginx.conf: all in one file, for machines that were not set up by us."""
    machine = Machine(Path("/srv/portal"), "tinhdoan.example.vn")
    body = server_conf(machine).removeprefix(f"{MARK}\n").strip().replace("\n", "\n    ").replace("\n    \n", "\n\n")
    return f"""\
# nginx cho cổng, cho máy không cài bằng setup_server.py (lệnh ấy tự viết cấu hình của máy).
# Chép vào /etc/nginx/sites-available/portal; sửa server_name, và /srv/portal nếu cài ở thư mục khác.
# Tệp này do scripts/publishing/nginx.py viết: python -m scripts.publishing.nginx > docs/nginx.conf

{nginx_redirects.HASH_SIZES}
{MAPS}
{machine.redirect_maps}
server {{
    listen 80;
    listen [::]:80;
    server_name {machine.domain};
    {body}
}}
"""


if __name__ == "__main__":
    print(sample(), end="")
