"""Lead the addresses of an old Joomla portal to new pages: nginx's side of ``make import``."""

import os
import re
import stat
from pathlib import Path

from .outcome import Exit, ReleaseError

FILE = "redirects.map"

#: A line as plugins/redirects writes it. Nothing else of what a build made comes into nginx's configuration.
_RULE = re.compile(r'"[\w./=:+%-]+" (https?://[\w.:-]+)?/[\w./-]*;', re.ASCII)
_MOST_BYTES = 64 * 2**20

#: nginx wants these before any map.
HASH_SIZES = """\
# Chỗ cho bảng địa chỉ cũ (redirects.map, ở dưới); nginx muốn hai dòng này đứng trước mọi map.
map_hash_max_size 131072;
map_hash_bucket_size 512;
"""

#: Stands in the server. No page of the portal has such an address.
BY_QUERY = """\
# /index.php?option=com_content&view=article&id=24: không trang nào của cổng có địa chỉ như thế.
if ($portal_by_query) {
    return 301 $portal_by_query;
}
"""

#: Stands where no page was found: so no line of the table can shadow one.
BY_PATH = """\
    # Chỉ hỏi bảng địa chỉ cũ khi cổng không có trang nào ở đó: không dòng nào của bảng che được một trang.
    if ($portal_by_path) {
        return 301 $portal_by_path;
    }
"""

#: The patterns are those of plugins/redirects/forms.py, which browsers and the importer read too.
_MAPS = r"""
# Địa chỉ của cổng Joomla cũ (docs/chuyen-tu-joomla.md). Joomla tìm bài theo số: /tin-tuc/24-chu-gi-cung-duoc.html là bài 24.
# make import viết redirects.map, mỗi bài một dòng; viết ma[p] thì nginx không đòi tệp ấy khi chưa nhập gì.
map "$request_uri?" $portal_old_query {
    default "";
    "~*^/index2?\.php/?\?(?!.*\b(?:option|view|task|id|itemid)=)" "/";
    "~*^[^?]*\?.*(?:=com_frontpage\b|\bview=(?:featured|frontpage)\b)" "/";
    "~*^[^?]*\?(?=.*\boption=com_docman\b).*\bgid=0*(\d+)" "dm$1";
    "~*^[^?]*\?(?=.*\boption=com_phocadownload\b)(?=.*\bview=file\b).*\bid=0*(\d+)" "ph$1";
    "~*^[^?]*\?(?:.*&)?download=0*(\d+)" "ph$1";
    "~*^[^?]*\?(?=.*\boption=com_jdownloads\b).*\bc?id=0*(\d+)" "jd$1";
    "~*^[^?]*\?(?=.*\boption=com_k2\b)(?=.*\bview=item\b).*\bid=0*(\d+)" "k$1";
    "~*^[^?]*\?(?=.*\boption=com_k2\b)(?=.*=category\b).*\bid=0*(\d+)" "kc$1";
    "~*^[^?]*\?(?=.*\boption=com_k2\b).*\btag=([^&?]+)" "kt=$1";
    "~*^[^?]*\?(?=.*\boption=com_k2\b)(?=.*=user\b)" "ku";
    "~*^[^?]*\?(?=.*\boption=com_k2\b)(?=.*\byear=(\d+)).*\bmonth=0*(\d+)" "kd$1-$2";
    "~*^[^?]*\?(?!.*\boption=(?!com_content\b))(?=.*=(?:blog)?section\b).*\bid=0*(\d+)" "s$1";
    "~*^[^?]*\?(?!.*\boption=(?!com_content\b))(?=.*=(?:blog)?category\b).*\bid=0*(\d+)" "c$1";
    "~*^[^?]*\?(?!.*\boption=(?!com_content\b))(?!.*\bview=(?!article\b))(?=.*\b(?:option|view|task)=).*\bid=0*(\d+)" "a$1";
    "~*^[^?]*\?(?!.*\boption=(?!com_content\b))(?!.*\b(?:id|view|task)=).*\bitemid=0*(\d+)" "m$1";
}
map "$request_uri?" $portal_old_path {
    default "";
    "~*^(?:/index2?\.php)?(?:/vi)?(/[^?]*?)(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "$1";
}
map "$request_uri?" $portal_old_last {
    default "";
    "~*^[^?]*?/([^/?]+?)(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "=$1";
}
map "$request_uri?" $portal_old_number {
    default "";
    "~*^[^?]*?/item/0*(\d+)(?:[:-][^/?]*?)?(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "k$1";
    "~*^[^?]*?/itemlist/category/0*(\d+)(?:[:-][^/?]*?)?(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "kc$1";
    "~*^[^?]*?/itemlist/tag/([^/?]+?)(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "kt=$1";
    "~*^[^?]*?/itemlist/user/" "ku";
    "~*^[^?]*?/itemlist/date/(\d+)/0*(\d+)" "kd$1-$2";
    "~*^[^?]*?/tags/tag/0*(\d+)(?:[:-][^/?]*?)?(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "t$1";
    "~*^[^?]*?/tags/tag/([^/?]+?)(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "t=$1";
    "~*^[^?]*?/doc_(?:download|details|view)/0*(\d+)" "dm$1";
    "~*^[^?]*?/0*(\d+)-[^/?]*/file(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "dm$1";
    "~*^[^?]*?/content/view/0*(\d+)[/?]" "a$1";
    "~*^[^?]*?/0*(\d+)(?:[:-][^/?]*?)?(?:/(?:page-\d+|print))?(?:\.(?:html?|pdf|feed|php))?/?\?" "a$1";
}
map $portal_old_query $portal_by_query {
    default "";
    include TABLE;
}
map $portal_old_number $portal_by_number {
    default "";
    include TABLE;
}
map $portal_old_last $portal_by_last {
    default $portal_by_number;
    include TABLE;
}
map $portal_old_path $portal_by_path {
    default $portal_by_last;
    include TABLE;
}
"""


def maps(table: Path) -> str:
    """Return the maps from the addresses that readers ask for to those of pages, by the rules in ``table``."""
    pattern = f"{table}"[:-1] + f"[{table.name[-1]}]"  # a pattern need not match: a portal may have no such table
    return _MAPS.lstrip("\n").replace("TABLE", pattern)


def live_rules(release: Path) -> str:
    """Return the table of a release; empty where it has none. Raises `ReleaseError` where it holds anything but rules.

    Root reads it, and whoever may change a plugin has written it: it may be no file, or lead elsewhere.
    """
    try:
        handle = os.open(release / FILE, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ReleaseError(Exit.CONFIGURATION, f"Không đọc được {FILE}: {error.strerror}.") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ReleaseError(Exit.CONFIGURATION, f"{FILE} của bản đang chạy không phải một tệp.")
    with open(handle, "rb") as file:
        text = file.read(_MOST_BYTES).decode("ascii", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        if not _RULE.fullmatch(line):
            message = f"Dòng {number} của {FILE} ở bản đang chạy không phải một địa chỉ cũ: không đưa vào nginx."
            raise ReleaseError(Exit.CONFIGURATION, message)
    return text
